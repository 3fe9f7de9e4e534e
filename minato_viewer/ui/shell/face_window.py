"""What the program knows of a window that shows the plan, whoever's face it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance


class FaceWindow(QMainWindow):
    """The window of one visit."""

    closing = Signal()
    """It closes, and still knows where it is."""
    over = Signal()
    """The next visitor may come: nothing of this visit is to be left."""
    left = Signal()
    """Staff end the program."""
    for_staff = False
    """Whether staff sit before it, who are told of what is wrong with the settings."""

    def open_entry(self, code: str) -> None:
        """Open an entry; RequestFault for an unknown code."""
        raise NotImplementedError(code)

    def paints(self) -> list[SignalInstance]:
        """Return the signals that have all come once there is something to read."""
        raise NotImplementedError

    def adorn(self) -> None:
        """Draw what the first picture does without."""

    def settle(self) -> None:
        """Do what the first picture need not wait for."""

    def take_over(self, before: QMainWindow) -> None:
        """Take from the window of the visit before what outlasts it."""
