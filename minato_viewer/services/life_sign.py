"""The signs of life of a viewer that is watched: as long as its event loop turns, its supervisor hears of it."""

import os

from PySide6.QtCore import QObject, QTimer, Signal

from minato_viewer.services.watched import INTERVAL, SIGN, STREAM


class LifeSign(QObject):
    """Gives a sign every second, in the loop that also paints and takes keys: where that stands, there is none."""

    lost = Signal()
    """Nobody listens any more: the supervisor has ended, or wants this program to end."""

    def __init__(self, parent: QObject) -> None:
        """Give signs from the next turn of the loop on."""
        super().__init__(parent)
        if os.name == "posix":
            # A supervisor that the system has stopped for hours must not stop the viewer by a full pipe.
            os.set_blocking(STREAM, False)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._give)
        self._timer.start()
        QTimer.singleShot(0, self, self._give)

    def _give(self) -> None:
        try:
            os.write(STREAM, SIGN)
        except BlockingIOError:
            pass  # it has enough of them to read
        except OSError:
            self._timer.stop()
            self.lost.emit()
