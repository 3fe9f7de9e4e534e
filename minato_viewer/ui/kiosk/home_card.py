"""A card of the kiosk's home: a picture and words, with furigana where they are wanted; all of it is the target.

It paints both itself. As widgets of their own they would take most of the time of each change of colors or size.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from minato_viewer.services.icons import pixmap
from minato_viewer.viewmodel.chart_words import Setter

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from minato_viewer.domain.plan import RubyRun
    from minato_viewer.ui.shell.context import Context
    from minato_viewer.viewmodel.chart_words import Words

_PICTURE = 40
"""Pixels at a text size of 100 %."""
_BETWEEN = 8
_LEAST = 1.3
"""Times the side of a target."""


class Card(QPushButton):
    """Shows one topic, list or way to look for something."""

    def __init__(self, context: Context, icon: str, side: int, parent: QWidget | None, *, wide: bool) -> None:
        """Hold no words yet. They stand below the picture, or beside it on a card that is `wide`."""
        super().__init__(parent)
        self.setObjectName("kiosk_card")
        self._context = context
        self._icon = icon
        self._side = side
        self._wide = wide
        self._picture = QPixmap()
        self._said: tuple[str, str, tuple[RubyRun, ...]] = ("", context.translator.tag, ())
        self._set: dict[int, Words] = {}
        """The words as they were set, by the width for which."""
        upright = QSizePolicy.Policy.Preferred if wide else QSizePolicy.Policy.Expanding
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, upright)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, text: str, lang: str, rubies: tuple[RubyRun, ...] = ()) -> None:
        """Show these words of a language, below their furigana; `restyle` is to follow."""
        self._said = (text, lang, rubies)
        self.setAccessibleName(text)

    def restyle(self) -> None:
        """Take words, sizes and colours anew."""
        theme = self._context.theme
        self._picture = QPixmap()
        if self._icon:
            self._picture = pixmap(self._icon, theme, "act", self.devicePixelRatioF(), theme.scaled(_PICTURE))
        self._set.clear()
        self.updateGeometry()
        self.update()

    def _words(self, card: int) -> Words:
        """Return the words as they are set on a card so many pixels wide."""
        wide, _ = self._picture_size
        room = max(card - 2 * self._margin - (wide + _BETWEEN if self._wide else 0), 1)
        found = self._set.get(room)
        if found is None:
            text, lang, rubies = self._said
            setter = Setter(self._context.theme)
            found = self._set[room] = setter.words(text, lang, room, size="interface", bold=text, rubies=rubies)
        return found

    @property
    def _margin(self) -> int:
        return self._side // 4

    @property
    def _picture_size(self) -> tuple[int, int]:
        size = self._picture.deviceIndependentSize()
        return round(size.width()), round(size.height())

    def sizeHint(self) -> QSize:
        """Return the least that a card takes; how high it is follows from how wide it becomes."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return a target, wide enough for some letters."""
        return QSize(2 * self._side, round(self._side * _LEAST))

    def heightForWidth(self, width: int) -> int:
        """Return the room that the words need on a card so many pixels wide, and no less than a target."""
        words = self._words(width).height
        _, picture = self._picture_size
        inside = max(picture, words) if self._wide else picture + _BETWEEN + words
        return max(ceil(inside) + 2 * (self._side // 5), round(self._side * _LEAST))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, and in the middle of its height the picture and the words."""
        super().paintEvent(event)
        words, (wide, tall) = self._words(self.width()), self._picture_size
        left = self._margin
        painter = QPainter(self)
        if self._wide:
            painter.drawPixmap(QPointF(left, (self.height() - tall) / 2), self._picture)
            words.paint(painter, QPointF(left + wide + _BETWEEN, (self.height() - words.height) / 2))
        else:
            top = (self.height() - tall - _BETWEEN - words.height) / 2
            painter.drawPixmap(QPointF(left, top), self._picture)
            words.paint(painter, QPointF(left, top + tall + _BETWEEN))
        painter.end()
