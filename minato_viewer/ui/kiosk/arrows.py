"""Arrow keys that go from one thing to the next as they lie on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect

Item = TypeVar("Item", bound=QWidget)

DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Steps to the right and down."""


class Arrows(QObject):
    """Moves the focus among some widgets of one parent, never round the end."""

    reached = Signal(QWidget)
    left_upwards = Signal()
    """The arrow up was pressed where nothing is above."""
    left_downwards = Signal()

    def __init__(self, widgets: Sequence[QWidget], parent: QObject) -> None:
        """Serve whichever of `widgets` has the focus."""
        super().__init__(parent)
        self._widgets = widgets
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrows; everything else goes on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QWidget):
            direction = DIRECTIONS.get(Qt.Key(event.key()))
            if direction is not None:
                self._go(watched, *direction)
                return True
        return super().eventFilter(watched, event)

    def _go(self, at: QWidget, across: int, down: int) -> None:
        found = neighbour(at, [widget for widget in self._widgets if widget.isVisible()], across, down)
        if found is not None:
            found.setFocus(Qt.FocusReason.TabFocusReason)
            self.reached.emit(found)
        elif down:
            (self.left_downwards if down > 0 else self.left_upwards).emit()


def neighbour(at: QWidget, among: Sequence[Item], across: int, down: int) -> Item | None:
    """Return the nearest widget of `among` in a direction that is not disabled; None where there is none."""
    ways = [
        (way, number)
        for number, widget in enumerate(among)
        if widget.isEnabled() and (way := _way(at.geometry(), widget.geometry(), across, down)) is not None
    ]
    return among[min(ways)[1]] if ways else None


def _way(here: QRect, there: QRect, across: int, down: int) -> tuple[int, int] | None:
    """Return how far `there` is in a direction, and then to the side; None where it is not in that direction."""
    if across:
        same_row = there.top() <= here.center().y() <= there.bottom()
        far = (there.left() - here.left()) * across
        return (far, 0) if same_row and far > 0 else None
    far = there.top() - here.bottom() if down > 0 else here.top() - there.bottom()
    return (far, abs(there.left() - here.left())) if far > 0 else None
