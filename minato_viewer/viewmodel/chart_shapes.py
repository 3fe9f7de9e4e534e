"""Bars, cells and marks of a chart, set on the pixels of what they are painted on; part of `chart_picture`."""

from __future__ import annotations

from enum import Enum
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from minato_viewer.services.theme import Theme


class Form(Enum):
    """What is drawn."""

    BAR = 0
    """Filled, with a rounded end; hatched, with a dashed outline, for a forecast."""
    CELL = 1
    """An empty place: an outline."""
    MARK = 2
    """A filled square; an outline for a forecast."""
    LINE = 3
    """The line on which bars stand, one pixel thin."""


class Shape(NamedTuple):
    """One thing to draw, in pixels of the layout."""

    form: Form
    x: float
    y: float
    width: float
    height: float
    forecast: bool = False


class Shapes:
    """Shapes for a device with `scale` pixels for each of the layout: edges on whole pixels, so that they are sharp."""

    def __init__(self, shapes: Iterable[Shape], em: float, scale: float) -> None:
        """Make `shapes` ready; `em` is the size of the small text, which everything follows."""
        self.scale = scale
        self._em = em
        self._thin = max(round(scale), 1) / scale
        self._filled = QPainterPath()
        self._squares = QPainterPath()
        self._outlines = QPainterPath()
        self._hatching = QPainterPath()
        self._dashed = QPainterPath()
        for shape in shapes:
            self._add(shape.form, self._snapped(shape), forecast=shape.forecast)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Draw all."""
        act = theme.colours["act"]
        filling, outlining = coloured(act, 1).brush(), coloured(theme.colours["border"], 1).brush()
        # What stands on whole pixels needs no smoothing, which would take ten times as long for hundreds of marks.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillPath(self._squares, filling)
        painter.fillPath(self._outlines, outlining)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.fillPath(self._filled, filling)
        painter.strokePath(self._hatching, coloured(act, self._em / 10))
        painter.strokePath(self._dashed, coloured(act, self._em / 8, dashed=True))

    def _snapped(self, shape: Shape) -> QRectF:
        """Set place and size on whole pixels, each for itself: what is equally large stays so."""
        scale = self.scale
        # Up from half a pixel, unlike `round`, so that even steps stay even.
        left, top = floor(shape.x * scale + 0.5) / scale, floor(shape.y * scale + 0.5) / scale
        return QRectF(left, top, round(shape.width * scale) / scale, round(shape.height * scale) / scale)

    def _add(self, form: Form, rect: QRectF, *, forecast: bool) -> None:
        if rect.isEmpty() and form is not Form.LINE:
            return
        match form:
            case Form.BAR if forecast:
                # Outline and hatching are drawn within the length that the number has, ends of lines counted.
                _add_bar(self._dashed, _within(rect, self._em / 12), self._em / 5)
                _add_hatching(self._hatching, _within(rect, self._em / 8), self._em / 2)
            case Form.BAR:
                _add_bar(self._filled, rect, self._em / 5)
            case Form.MARK if not forecast:
                self._squares.addRect(rect)
            case Form.LINE:
                self._outlines.addRect(QRectF(rect.left(), rect.top(), self._thin, rect.height()))
            case Form.CELL | Form.MARK:
                # A rectangle within a rectangle is a frame: what is in both is not filled.
                self._outlines.addRect(rect)
                self._outlines.addRect(_within(rect, self._thin))


def _within(rect: QRectF, inset: float) -> QRectF:
    return rect.adjusted(inset, inset, -inset, -inset)


def _add_bar(path: QPainterPath, bar: QRectF, radius: float) -> None:
    """Add a bar whose end is rounded; its beginning is straight, because it stands on the baseline."""
    radius = min(radius, bar.width(), bar.height() / 2)
    path.moveTo(bar.topLeft())
    path.lineTo(bar.right() - radius, bar.top())
    path.quadTo(bar.topRight(), QPointF(bar.right(), bar.top() + radius))
    path.lineTo(bar.right(), bar.bottom() - radius)
    path.quadTo(bar.bottomRight(), QPointF(bar.right() - radius, bar.bottom()))
    path.lineTo(bar.bottomLeft())
    path.closeSubpath()


def _add_hatching(path: QPainterPath, bar: QRectF, distance: float) -> None:
    """Add lines that rise to the right through a bar."""
    foot = bar.left() - bar.height() + distance
    while foot < bar.right():
        # How far a line has risen where it enters the bar, and where it leaves it.
        enters, leaves = max(bar.left() - foot, 0.0), min(bar.right() - foot, bar.height())
        path.moveTo(foot + enters, bar.bottom() - enters)
        path.lineTo(foot + leaves, bar.bottom() - leaves)
        foot += distance


def coloured(colour: str, width: float, *, dashed: bool = False) -> QPen:
    """Return a pen of a colour (`#rrggbb`), made step by step: QPen(colour) makes PySide6 look at all of `Qt` (20 ms).

    So does QBrush(colour), which the pen's own brush replaces.
    """
    pen = QPen()
    pen.setColor(QColor(colour))
    pen.setWidthF(width)
    if dashed:
        pen.setDashPattern([4, 2.5])
    return pen
