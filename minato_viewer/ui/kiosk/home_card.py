"""A card of the kiosk's home: a picture and words, with furigana where they are wanted; all of it is the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from minato_viewer.services.icons import pixmap
from minato_viewer.viewmodel.chart_words import Setter

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from minato_viewer.domain.plan import RubyRun
    from minato_viewer.ui.shell.context import Context
    from minato_viewer.viewmodel.chart_words import Words

_PICTURE = 40
"""Pixels at a text size of 100 %."""


class Card(QPushButton):
    """Shows one topic, list or way to look for something."""

    def __init__(self, context: Context, icon: str, side: int, parent: QWidget | None, *, wide: bool) -> None:
        """Hold no words yet. They stand below the picture, or beside it on a card that is `wide`."""
        super().__init__(parent)
        self.setObjectName("kiosk_card")
        self._context = context
        self._icon = icon
        self._side = side
        self._picture, self._words = QLabel(self), Caption(context, self)
        parts = QBoxLayout(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom, self)
        parts.setContentsMargins(side // 4, side // 5, side // 4, side // 5)
        parts.addStretch(int(not wide))
        for part in (self._picture, self._words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            parts.addWidget(part, int(wide and part is self._words))
        parts.addStretch(int(not wide))
        upright = QSizePolicy.Policy.Fixed if wide else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Preferred, upright)

    def say(self, text: str, lang: str, rubies: tuple[RubyRun, ...] = ()) -> None:
        """Show these words of a language, below their furigana."""
        self._words.say(text, lang, rubies)
        self.setAccessibleName(text)

    def restyle(self) -> None:
        """Take sizes and colours anew."""
        theme = self._context.theme
        size = theme.scaled(_PICTURE)
        drawn = pixmap(self._icon, theme, "act", self.devicePixelRatioF(), size) if self._icon else None
        self._picture.setVisible(drawn is not None and not drawn.isNull())
        if drawn is not None:
            self._picture.setPixmap(drawn)
        self._words.restyle()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room of picture and words."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the room that the words need in the width that there is, and no less than a target."""
        layout = self.layout()
        width = max(self.width(), 2 * self._side)
        tall = layout.totalHeightForWidth(width) if layout is not None else 0
        return QSize(2 * self._side, max(tall, round(self._side * 1.3)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that the words need in the new width."""
        super().resizeEvent(event)
        self.updateGeometry()


class Caption(QWidget):
    """Words in as many lines as they need."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Hold no words yet."""
        super().__init__(parent)
        self._context = context
        self._said: tuple[str, str, tuple[RubyRun, ...]] = ("", "", ())
        self._set: tuple[int, Words] | None = None
        """The width for which the words were set, and how."""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, text: str, lang: str, rubies: tuple[RubyRun, ...]) -> None:
        """Show these words."""
        self._said = (text, lang, rubies)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes and colours anew."""
        self._set = None
        self.updateGeometry()
        self.update()

    def _words(self, width: int) -> Words:
        if self._set is None or self._set[0] != width:
            text, lang, rubies = self._said
            setter = Setter(self._context.theme)
            words = setter.words(text, lang, width, size="interface", bold=text, rubies=rubies)
            self._set = (width, words)
        return self._set[1]

    def sizeHint(self) -> QSize:
        """Return the room of the words in the width that there is."""
        return QSize(self.width(), self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """Return how high the words are in lines of so many pixels."""
        return round(self._words(max(width, 1)).height) + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words."""
        del event
        painter = QPainter(self)
        words = self._words(max(self.width(), 1))
        words.paint(painter, QPointF(0, max((self.height() - words.height) / 2, 0)))
        painter.end()
