"""How a plan file is opened: its head is looked at, SQLite reads it alone, and what is damaged becomes a fault."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from minato_viewer.domain.faults import ExitCode, PlanFault
from minato_viewer.domain.messages import N_
from minato_viewer.planfile.format import APPLICATION_ID, FORMAT_MAJOR

_HEADER_SIZE = 100
_SQLITE_MAGIC = b"SQLite format 3\0"


def damaged(path: Path) -> PlanFault:
    """Return the fault of a file that turns out to be damaged."""
    return PlanFault(
        N_("The plan file {path} is damaged: copy it anew from where it came from."),
        path=path,
    )


def check_header(path: Path) -> None:
    """Refuse what is not a whole plan file of a format we read, before SQLite opens it."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_SIZE)
        size = path.stat().st_size
    except FileNotFoundError:
        raise PlanFault(
            N_("The plan file {path} is missing: copy it there, or name another one with --plan."), path=path
        ) from None
    except (OSError, ValueError) as error:
        raise PlanFault(
            N_("The plan file {path} cannot be read: check that it is a file and that you may read it."),
            path=path,
        ) from error
    if not header:
        raise PlanFault(N_("The plan file {path} is empty: copy it anew from where it came from."), path=path)
    application_id = int.from_bytes(header[68:72])
    if not header.startswith(_SQLITE_MAGIC) or application_id != APPLICATION_ID:
        raise PlanFault(N_("{path} is not a plan file: choose the file that minato-plan made (--plan)."), path=path)
    if len(header) < _HEADER_SIZE:
        raise damaged(path)
    if int.from_bytes(header[60:64]) >> 16 > FORMAT_MAJOR:
        raise PlanFault(
            N_("The plan file {path} is newer than this program: install the newer program."),
            ExitCode.PLAN_NEWER,
            path=path,
        )
    page_size = int.from_bytes(header[16:18])
    page_size = 65536 if page_size == 1 else page_size
    if size != page_size * int.from_bytes(header[28:32]):
        raise damaged(path)


def identity(path: Path) -> tuple[int, ...] | None:
    """Return what tells one file from another that comes to stand at its path; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def connect(path: Path) -> sqlite3.Connection:
    """Open a plan file for reading alone; PlanFault where SQLite cannot."""
    try:
        # `as_uri` quotes what `#`, `%` and `?` in a path would otherwise mean; immutable, so that it
        # opens from read-only media and nothing is ever written beside it.
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(uri, uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise damaged(path) from error


@contextmanager
def faults(path: Path) -> Generator[None]:
    """Turn what a damaged file makes SQLite say into the world's fault; mistakes in our SQL stay ours."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise
    except (sqlite3.Error, ValueError, OverflowError) as error:
        # ValueError: no text, or no value that makes sense; OverflowError: an id beyond SQLite's integers.
        raise damaged(path) from error
