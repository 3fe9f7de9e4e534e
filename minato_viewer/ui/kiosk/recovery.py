"""What a kiosk does where a counter would tell its staff: it notes what went wrong, and begins anew by itself."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from minato_viewer.domain.faults import ExitCode
from minato_viewer.services.log import note_fault

if TYPE_CHECKING:
    from pathlib import Path

    from minato_viewer.domain.faults import Fault

MOST, PERIOD = 3, 300.0
"""So many mistakes in so many seconds, and the program ends as crashed: whoever watches it starts it again."""


class Recovery(QObject):
    """Takes what the program would otherwise show in a dialog, which no visitor could do anything about."""

    begin_anew = Signal()

    def __init__(self, parent: QObject) -> None:
        """Have seen no mistake yet."""
        super().__init__(parent)
        self._mistakes: list[float] = []

    def show_crash(self, report: Path | None) -> None:
        """Begin anew after a mistake of ours, of which the report is written; end where it comes again and again."""
        del report
        now = monotonic()
        self._mistakes = [at for at in self._mistakes if now - at < PERIOD] + [now]
        if len(self._mistakes) < MOST:
            QTimer.singleShot(0, self, self.begin_anew.emit)
        else:
            QCoreApplication.exit(ExitCode.CRASHED)

    def show_fault(self, fault: Fault) -> None:
        """Note what went wrong outside the program, and begin anew."""
        note_fault(fault)
        QTimer.singleShot(0, self, self.begin_anew.emit)
