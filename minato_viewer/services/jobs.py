"""Work that may have to wait for a disk, a stick or a network share: done beside the window, which never waits.

Each job has a thread of its own that does not outlive the program. Qt's thread pool would: at the end it waits for its
threads, and one that asks a dead share for a file can take minutes. Whatever a job writes must therefore stand being
cut off at any step, as `updates` does.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Signal

from minato_viewer.domain.faults import Fault


class Job(QObject):
    """One piece of work, done as often as it is started; never twice at the same time."""

    done = Signal(object)
    """What the work returned."""
    failed = Signal(object)
    """The Fault in which it ended. A mistake of ours is raised in the main thread, and ends in a crash report."""
    _ended = Signal(object)

    def __init__(self, name: str, parent: QObject) -> None:
        """Do nothing yet; `parent` lives in the main thread."""
        super().__init__(parent)
        self._name = name
        self.running = False
        self._ended.connect(self._deliver)

    def start(self, work: Callable[[], Any]) -> bool:
        """Do `work`; return False where the job has not yet ended what it did before."""
        if self.running:
            return False
        self.running = True
        threading.Thread(target=self._run, args=(work,), name=self._name, daemon=True).start()
        return True

    def _run(self, work: Callable[[], Any]) -> None:
        try:
            outcome = work()
        except Exception as error:  # noqa: BLE001 - raised again in the main thread
            outcome = error
        with suppress(RuntimeError):  # the window, and all that belongs to it, may be gone
            self._ended.emit(outcome)

    def _deliver(self, outcome: object) -> None:
        self.running = False
        if isinstance(outcome, Fault):
            self.failed.emit(outcome)
        elif isinstance(outcome, Exception):
            raise outcome
        else:
            self.done.emit(outcome)
