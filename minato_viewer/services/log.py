"""The log: what went wrong on this machine, in a few small files that the oldest entries leave again.

It holds no word of a visit: neither what was looked for nor what was read, nor the name of a user. Each program has a
file of its own, so that two that run at the same time never write into one.
"""

import logging
import os
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from minato_viewer.domain.faults import Fault

FOLDER = "log"
LARGEST_FILE = 64 * 1024
"""Bytes, of two files a program."""
KEPT = 10
"""Files, the newest; older ones are removed."""
_LOGGER = logging.getLogger("minato_viewer")
_LOGGER.propagate = False


def open_log(folder: Path | None) -> None:
    """Write what is noted from now on to a file below `folder`, which is made with the first note; None for nowhere."""
    for handler in _LOGGER.handlers[:]:
        _LOGGER.removeHandler(handler)
        handler.close()
    if folder is None:
        return
    _LOGGER.addHandler(_Handler(folder / FOLDER / f"{os.getpid()}.log"))
    _LOGGER.setLevel(logging.INFO)


def note(sentence: str) -> None:
    """Note something; `sentence` is ours, in English, and names nobody."""
    _LOGGER.info(sentence.replace("\n", " "))


def note_fault(fault: Fault) -> None:
    """Note a fault of the world; of paths the last name alone, because the others may be a user's."""
    values = {name: value.name if isinstance(value, Path) else value for name, value in fault.values.items()}
    note(fault.message.format(**values))


class _Handler(RotatingFileHandler):
    """A file that is made with the first note; where it cannot be written, nothing is noted."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LARGEST_FILE, backupCount=1, encoding="utf-8", delay=True)
        self.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
        self._path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Write a note, and nothing about what keeps it from being written."""
        with suppress(OSError):
            if self.stream is None:  # pyright: ignore[reportUnnecessaryComparison] - None until the first note
                self._path.parent.mkdir(parents=True, exist_ok=True)
                keep_newest(self._path.parent, KEPT - 1)
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: a full disk is not the reader's business."""


def keep_newest(folder: Path, count: int) -> None:
    """Remove all but the `count` newest files of `folder`; what cannot be removed stays."""
    with suppress(OSError):
        files = sorted((path for path in folder.iterdir() if path.is_file()), key=_age)
        for path in files[count:]:
            with suppress(OSError):
                path.unlink()


def _age(path: Path) -> tuple[float, str]:
    """Return what sorts the newest first."""
    with suppress(OSError):
        return -path.stat().st_mtime, path.name
    return 0.0, path.name
