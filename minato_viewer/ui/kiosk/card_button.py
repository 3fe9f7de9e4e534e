"""What a finger touches: a button that is a card, with one word or sign on it, painted in the theme's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from minato_viewer.services.theme import Theme

PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select, Qt.Key.Key_Space)
_OUTLINE, _RING = 4, 2
"""Pixels, of where the keyboard is."""
_BORDER = 1.5
_ARROW = 0.8
"""Of the letters' size."""


class Colours(NamedTuple):
    """What a card is painted with, by the theme's names."""

    ground: str
    border: str
    ink: str


_REST = Colours("paper", "border", "ink")
_DOWN = Colours("act_ground", "act", "act")
_CHECKED = Colours("act", "act", "on_act")
# Without a border, because one would make it look like a key in high contrast.
_DISABLED = Colours("ground", "ground", "disabled")


def paint_card(
    painter: QPainter, rect: QRectF, theme: Theme, colours: Colours, radius: float, *, focus: bool = False
) -> None:
    """Paint a card with round corners; with `focus`, the outline and the ring of the keyboard inside it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(theme.colours[colours.ground]))
    painter.setPen(QPen(QColor(theme.colours[colours.border]), _BORDER))
    half = _BORDER / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    if not focus:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for name, width, inset in (("focus", _OUTLINE, _OUTLINE / 2), ("focus_ring", _RING, _OUTLINE + _RING / 2)):
        painter.setPen(QPen(QColor(theme.colours[name]), width))
        inner = rect.adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(inner, max(radius - inset, 2), max(radius - inset, 2))


class CardButton(QPushButton):
    """A card that is pressed as a whole, by a touch or by Enter where it has the focus; no gesture, no repeating."""

    def __init__(self, parent: QWidget, text: str = "", *, arrow: bool = False) -> None:
        """Show `text`, with an arrow to the left before it where `arrow`; `dress` is to follow."""
        super().__init__(parent)
        self._theme: Theme | None = None
        self._font = QFont()
        self._radius = 12
        self._padding = 8
        self._arrow = arrow
        self.label = text
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def dress(self, theme: Theme, font: QFont, *, radius: int, padding: int) -> None:
        """Take the theme's colours, the letters, and lengths in pixels."""
        self._theme, self._font, self._radius, self._padding = theme, font, radius, padding
        self.updateGeometry()
        self.update()

    def say(self, label: str, spoken: str) -> None:
        """Show `label`, and have a screen reader say `spoken`."""
        self.label = label
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    @property
    def _arrow_width(self) -> float:
        return self._font.pixelSize() * (_ARROW + 0.3) if self._arrow else 0.0

    def sizeHint(self) -> QSize:
        """Return the size that the word needs."""
        metrics = QFontMetricsF(self._font)
        wide = metrics.horizontalAdvance(self.label) + self._arrow_width + 2 * self._padding
        return QSize(round(wide) + 1, max(round(metrics.height()) + self._padding, self.minimumHeight()))

    def minimumSizeHint(self) -> QSize:
        """Need no room: whoever places a card says how large it is."""
        return QSize(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press by Enter and Space; arrows and letters are for what the card stands in."""
        if event.key() not in PRESSING or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif not event.isAutoRepeat():
            self.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, and its word as large as it fits."""
        del event
        if self._theme is None:
            return
        colours = _REST
        if not self.isEnabled():
            colours = _DISABLED
        elif self.isDown():
            colours = _DOWN
        elif self.isChecked():
            colours = _CHECKED
        painter = QPainter(self)
        paint_card(painter, QRectF(self.rect()), self._theme, colours, self._radius)
        self._paint_word(painter, QColor(self._theme.colours[colours.ink]))
        painter.end()

    def _paint_word(self, painter: QPainter, ink: QColor) -> None:
        room = self.width() - self._padding
        wide = QFontMetricsF(self._font).horizontalAdvance(self.label) + self._arrow_width
        font = QFont(self._font)
        if wide > room > 0:
            font.setPixelSize(max(int(font.pixelSize() * room / wide), 8))
        arrow = self._arrow_width * font.pixelSize() / self._font.pixelSize()
        metrics = QFontMetricsF(font)
        left = (self.width() - metrics.horizontalAdvance(self.label) - arrow) / 2
        painter.setPen(ink)
        painter.setFont(font)
        painter.drawText(
            QRectF(left + arrow, 0, self.width(), self.height()),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            self.label,
        )
        if arrow:
            _paint_arrow(painter, QPointF(left, self.height() / 2), font.pixelSize() * _ARROW, ink)


def _paint_arrow(painter: QPainter, at: QPointF, size: float, ink: QColor) -> None:
    """Paint an arrow to the left, `size` pixels long."""
    painter.setPen(QPen(ink, max(size / 9, 1.5), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    head = size * 0.38
    painter.drawLine(at + QPointF(1, 0), at + QPointF(size, 0))
    painter.drawPolyline(QPolygonF([at + QPointF(head, -head), at + QPointF(1, 0), at + QPointF(head, head)]))
