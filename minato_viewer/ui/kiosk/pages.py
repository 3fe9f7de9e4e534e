"""What a kiosk shows one of at a time, in the room that there is."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Pages(QStackedWidget):
    """Never makes the window larger than the screen, whatever one of its pages would need for a moment."""

    def minimumSizeHint(self) -> QSize:
        """Need no room."""
        return QSize(0, 0)
