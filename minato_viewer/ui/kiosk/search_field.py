"""Where the kiosk shows what was typed: large, never written in, and saying what to do while it is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QLabel

from minato_viewer.language import hangul
from minato_viewer.services import fonts
from minato_viewer.ui.kiosk.card_button import Colours, paint_card

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from minato_viewer.ui.shell.context import Context

HEIGHT = 1.1
"""Times the side of a key."""
_LETTER, _HINT, _LARGEST = 0.46, 0.36, 0.7
"""Of the side of a key; the last is what has room."""
_RADIUS = 24


class SearchField(QLabel):
    """Shows one line: its end, where it is too long."""

    def __init__(self, context: Context, side: int, parent: QWidget) -> None:
        """Be empty. `retranslate` is to follow."""
        super().__init__(parent)
        self._context = context
        self._side = side
        self._hint = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFixedHeight(round(side * HEIGHT))

    def show_text(self, text: str) -> None:
        """Show what was typed."""
        # Letters of another language than the interface's may be typed, too.
        fonts.load_letters(text, self._context.translator.tag)
        self.setText(text)
        self._say()

    def retranslate(self, hint: str) -> None:
        """Say what to do, in the current language."""
        self._hint = hint
        self._say()

    def _say(self) -> None:
        messages = self._context.translator.messages
        # TRANSLATORS: What a screen reader says of the field that shows what was typed in the search of the kiosk.
        typed = messages.gettext("Typed: {words}", words=self.text())
        self.setAccessibleName(typed if self.text() else self._hint)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Need no width: a long text is shown in part."""
        return QSize(0, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a magnifying glass, and the words with the place of the next letter."""
        del event
        theme = self._context.theme
        ink = QColor(theme.colours["ink" if self.text() else "secondary"])
        painter = QPainter(self)
        paint_card(painter, QRectF(self.rect()), theme, Colours("paper", "secondary", "ink"), _RADIUS)
        glass = self._side * 0.36
        _paint_glass(
            painter, QPointF(self._side * 0.36, (self.height() - glass) / 2), glass, theme.colours["secondary"]
        )
        left = round(self._side * 0.36 + glass * 1.5)
        room = self.width() - left - round(self._side * 0.36)
        text = self.text() or self._hint
        font = QFont(fonts.font(self._context.translator.tag))
        scale = theme.text_size / 100
        font.setPixelSize(round(self._side * min((_LETTER if self.text() else _HINT) * scale, _LARGEST)))
        if self.text():
            text = _in_parts(text)
        wide = QFontMetricsF(font).horizontalAdvance(text)
        if wide > room > 0 and not self.text():
            font.setPixelSize(max(int(font.pixelSize() * room / wide), 8))
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideLeft, room)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(QRectF(left, 0, room + 8, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        if self.text():
            after, half = left + metrics.horizontalAdvance(shown) + 3, self._side * 0.28
            painter.setPen(QPen(QColor(theme.colours["act"]), 3))
            painter.drawLine(QPointF(after, self.height() / 2 - half), QPointF(after, self.height() / 2 + half))
        painter.end()


def _in_parts(text: str) -> str:
    """Return a text with rare syllables, which come up for a moment in typing, as the parts that the font has: 학ㅅ."""
    korean = QFontMetricsF(QFont(fonts.font("ko"))) if hangul.is_hangul(text[-1:]) else None
    shown = ""
    for character in text:
        parts = hangul.jamo(character)
        rare = korean is not None and len(parts) > 2 and not korean.inFontUcs4(ord(character))
        shown += hangul.composed(parts[:-1]) + parts[-1] if rare else character
    return shown


def _paint_glass(painter: QPainter, at: QPointF, size: float, colour: str) -> None:
    painter.setPen(QPen(QColor(colour), max(size / 9, 2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(at.x(), at.y(), size * 0.72, size * 0.72))
    painter.drawLine(at + QPointF(size * 0.63, size * 0.63), at + QPointF(size, size))
