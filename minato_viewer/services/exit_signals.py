"""The system's wish that the program ends (SIGTERM, SIGINT, SIGHUP), as one signal of Qt's.

Python runs its handlers between two steps of its own, and Qt's loop takes none while nobody moves the mouse. So the
handlers do nothing; Python also writes a byte into a pipe, and the other end of that wakes the loop.
"""

import contextlib
import os
import signal

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_NAMES = ("SIGTERM", "SIGINT", "SIGHUP")


class ExitSignals(QObject):
    """Emits `asked` when the system asks the program to end. There is one of it, made in the main thread."""

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        """Listen from now on; on Windows, where a session that ends closes the windows itself, to nothing."""
        super().__init__(parent)
        if os.name != "posix":
            return
        self._read, write = os.pipe()
        for end in (self._read, write):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_byte)
        for name in _NAMES:
            signal.signal(getattr(signal, name), _nothing)

    def _on_byte(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._read, 512)
        self.asked.emit()


def _nothing(number: int, frame: object) -> None:
    """Stand in the place of the handler that would end the process at once."""
