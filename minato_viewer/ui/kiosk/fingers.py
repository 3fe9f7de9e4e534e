"""Several fingers at once on the cards of one widget.

Of several fingers Qt makes a mouse of the first alone, and who types fast has two on the screen at times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEventPoint

from minato_viewer.ui.kiosk.card_button import CardButton

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QTouchEvent
    from PySide6.QtWidgets import QWidget


class Fingers:
    """Lets each finger press the card that it comes down on; one that leaves it before it is lifted presses nothing."""

    def __init__(self, area: QWidget) -> None:
        """Serve the cards in `area`, which hands on its touches."""
        self._area = area
        self._held: dict[int, CardButton] = {}
        """The cards that fingers are on, by the number of the finger."""
        area.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)

    def forget(self) -> None:
        """Have no finger press anything any more."""
        for card in self._held.values():
            card.setDown(False)
        self._held.clear()

    def take(self, event: QTouchEvent) -> None:
        """Do what the fingers do."""
        event.accept()
        if event.type() == QEvent.Type.TouchCancel:
            self.forget()
            return
        for point in event.points():
            if point.state() != QEventPoint.State.Stationary:
                self._move(point.id(), point.position().toPoint(), point.state())

    def _move(self, finger: int, place: QPoint, state: QEventPoint.State) -> None:
        under = self._area.childAt(place)
        if state == QEventPoint.State.Pressed and isinstance(under, CardButton) and under.isEnabled():
            self._held[finger] = under
        held = self._held.get(finger)
        if held is None:
            return
        lifted = state == QEventPoint.State.Released
        if lifted:
            del self._held[finger]
        held.setDown(under is held and not lifted)
        if under is held and lifted and held.isEnabled():
            held.click()
