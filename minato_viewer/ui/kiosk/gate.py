"""The attract screen, which is the gate of the languages: numbers of the plan, the harbour, a way in for everyone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import language
from minato_viewer.pages.wording import notice
from minato_viewer.services import fonts
from minato_viewer.ui.kiosk.facts import fact, figures
from minato_viewer.ui.shell.harbour import wave

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath, QPaintEvent, QResizeEvent

    from minato_viewer.services.touch import TouchSizes
    from minato_viewer.ui.kiosk.facts import Fact
    from minato_viewer.ui.shell.context import Context

EACH = 8_000
"""Milliseconds for which a fact stands."""
_AMOUNT = 3
"""Which line of a fact is its number."""
_LARGEST = 4
"""Times a heading."""
_WAVE = 14
"""Pixels: how high the wave is."""


class Gate(QWidget):
    """Shows one fact after the other, each in another language. Touching a language's name is the way in."""

    chosen = Signal(str)
    painted = Signal()
    """There is something to see."""

    def __init__(self, context: Context, sizes: TouchSizes, edition: str, parent: QWidget) -> None:
        """Show the numbers of `edition`."""
        super().__init__(parent)
        self.setObjectName("gate")
        self._context = context
        self._sizes = sizes
        self._seen = False
        self._codes = figures(context.plan, edition)
        self._turn = 0
        self._facts = Facts(context, self)
        self._languages = [self._button(tag) for tag in context.settings.languages]
        self._notice = QLabel(self)
        self._notice.setObjectName("evaluation")
        self._notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._notice.setWordWrap(True)
        side = sizes.target
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(0)
        self._halves.addWidget(self._facts, 1)
        below = QVBoxLayout()
        below.setContentsMargins(side, side // 4, side, side // 4)
        below.setSpacing(max(side // 5, 8))
        below.addStretch(1)
        for button in self._languages:
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(self._notice)
        self._halves.addLayout(below, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(EACH)
        self._timer.timeout.connect(self._next)
        context.appearance.changed.connect(self.restyle)
        self.restyle()
        self._show(0)

    def _button(self, tag: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName("kiosk_language")
        button.setMinimumHeight(round(self._sizes.target * 1.15))
        button.setLocale(QLocale(language(tag).locale))
        row = QHBoxLayout(button)
        row.setContentsMargins(self._sizes.target // 2, 0, self._sizes.target // 2, 0)
        name, start = QLabel(language(tag).name, button), QLabel(button)
        name.setObjectName("kiosk_language_name")
        # TRANSLATORS: Beside a language's name on a touch screen that nobody is using yet.
        start.setText(messages(tag).gettext("Touch to start"))
        start.setObjectName("small")
        for label in (name, start):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(name)
        row.addStretch(1)
        row.addWidget(start)
        button.setAccessibleName(f"{language(tag).name}. {start.text()}")
        button.clicked.connect(partial(self.chosen.emit, tag))
        return button

    def begin(self) -> None:
        """Let facts change from now on."""
        self._timer.start()
        self._languages[0].setFocus()

    def rest(self) -> None:
        """Let nothing change, while somebody reads something else."""
        self._timer.stop()

    def _next(self) -> None:
        self._show(self._turn + 1)

    def _show(self, turn: int) -> None:
        self._turn = turn
        tags = self._context.settings.languages
        tag = tags[turn % len(tags)]
        code = self._codes[turn // len(tags) % len(self._codes)] if self._codes else ""
        self._facts.show_fact(fact(self._context, code, tag) if code else None, tag)
        self._notice.setText(notice(self._context.settings.notice, messages(tag)))
        self._notice.setFont(fonts.font(tag, self._context.theme.sizes["small"]))

    def restyle(self) -> None:
        """Take sizes and colours anew."""
        theme = self._context.theme
        for button in self._languages:
            name, start = button.findChildren(QLabel)
            tag = self._context.settings.languages[self._languages.index(button)]
            name.setFont(fonts.font(tag, theme.sizes["subtitle"], bold=True))
            start.setFont(fonts.font(tag, theme.sizes["small"]))
        self._facts.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put facts and languages one below the other, or side by side on a screen that is wider than tall."""
        super().resizeEvent(event)
        tall = self.height() > self.width()
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if tall else QBoxLayout.Direction.LeftToRight)
        self._halves.setStretch(1, 0 if tall else 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and say once that there is something to see."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            self.painted.emit()


class Facts(QWidget):
    """A fact in large type above the harbour's waves."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._context = context
        self._tag = context.translator.tag
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._labels = [QLabel(self) for _ in range(5)]
        column = QVBoxLayout(self)
        column.addStretch(1)
        for label in self._labels:
            label.setObjectName("kiosk_fact")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(1)
        self._column = column

    def show_fact(self, shown: Fact | None, tag: str) -> None:
        """Show a fact in the language `tag`; the plan's name where there is none."""
        self._tag = tag
        name = messages(tag).gettext("Minato City Basic Plan")
        texts = (
            (name, shown.within, shown.title, shown.amount, f"{shown.remark}  {shown.mark}".strip())
            if shown
            else ("", "", name, "", "")
        )
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        self.restyle()

    def restyle(self) -> None:
        """Take sizes and colours anew."""
        sizes = self._context.theme.sizes
        margin = max(self.width() // 14, 24)
        amount = round(min(sizes["heading_1"] * _LARGEST, self.height() / 5))
        pixels = (sizes["interface"], sizes["subtitle"], sizes["heading_1"], amount, sizes["subtitle"])
        for number, label in enumerate(self._labels):
            label.setFont(fonts.font(self._tag, pixels[number], bold=number == _AMOUNT))
        wide = self._labels[_AMOUNT].fontMetrics().horizontalAdvance(self._labels[_AMOUNT].text())
        room = self.width() - 2 * margin
        if wide > room > 0:
            self._labels[_AMOUNT].setFont(fonts.font(self._tag, amount * room // wide, bold=True))
        self._column.setContentsMargins(margin, margin // 2, margin, margin * 2)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Need no room: the way in needs it more."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the number be as large as there is room."""
        super().resizeEvent(event)
        self.restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sea behind the words, down to a wave."""
        del event
        colours = self._context.theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        level = self.height() - 40
        sea = self._wave(level, 0.0)
        sea.lineTo(self.width(), 0)
        sea.lineTo(0, 0)
        painter.fillPath(sea, QColor(colours["act"]))
        painter.setPen(QPen(QColor(colours["focus_ring"]), 3))
        painter.setOpacity(0.8)
        painter.drawPath(self._wave(level - 16, 0.6))
        painter.end()

    def _wave(self, level: float, shift: float) -> QPainterPath:
        return wave(self.width(), level, _WAVE, max(self.width(), 1) / 9, shift)
