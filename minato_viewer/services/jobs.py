"""Work that may have to wait for a disk, a stick or a network share: done beside the window, which never waits.

Each job has a thread of its own that does not outlive the program. Qt's thread pool would: at the end it waits for its
threads, and one that asks a dead share for a file can take minutes. Whatever a job writes must therefore stand being
cut off at any step, as `updates` does.
"""

import threading
from collections.abc import Callable
from functools import cache
from typing import Any
from weakref import ReferenceType, ref

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from minato_viewer.domain.faults import Fault


class Job(QObject):
    """One piece of work, done as often as it is started; never twice at the same time."""

    done = Signal(object)
    """What the work returned."""
    failed = Signal(object)
    """The Fault in which it ended. A mistake of ours is raised in the main thread, and ends in a crash report."""

    def __init__(self, name: str, parent: QObject) -> None:
        """Do nothing yet; `parent` lives in the main thread."""
        super().__init__(parent)
        self._name = name
        self.running = False
        self._mailbox = _mailbox()

    def start(self, work: Callable[[], Any]) -> bool:
        """Do `work`; return False where the job has not yet ended what it did before."""
        if self.running:
            return False
        self.running = True
        arguments = (work, ref(self), self._mailbox)
        threading.Thread(target=_do, args=arguments, name=self._name, daemon=True).start()
        return True

    def deliver(self, outcome: object) -> None:
        """Tell how the work has ended; to be called in the main thread."""
        self.running = False
        if isinstance(outcome, Fault):
            self.failed.emit(outcome)
        elif isinstance(outcome, Exception):
            raise outcome
        else:
            self.done.emit(outcome)


class _Mailbox(QObject):
    """Brings outcomes to the main thread. It lives as long as the program.

    A thread must not touch a job, which goes with its window: Qt would crash where both happen at the same time.
    """

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._hand_over)

    def _hand_over(self, letter: tuple[ReferenceType[Job], object]) -> None:
        job = letter[0]()
        if job is not None and isValid(job):
            job.deliver(letter[1])


@cache
def _mailbox() -> _Mailbox:
    """Return the one mailbox, made by the first job, and so in the main thread."""
    return _Mailbox()


def _do(work: Callable[[], Any], job: ReferenceType[Job], mailbox: _Mailbox) -> None:
    try:
        outcome = work()
    except Exception as error:  # noqa: BLE001 - raised again in the main thread
        outcome = error
    mailbox.arrived.emit((job, outcome))
