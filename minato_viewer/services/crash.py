"""Crash reports: written to a file before anything is shown, whatever thread the mistake was in.

A report says where in the program the mistake was, and nothing of the visit: not what was typed or read. So it has the
lines of the program, but of the error's own words only those that Python itself makes up from names in the program.
"""

import contextlib
import os
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from minato_viewer import VERSION
from minato_viewer.domain.faults import Fault
from minato_viewer.paths import user_folder

_FACTS: dict[str, str] = {}
"""What else every report says, a line each."""

FOLDER = "crashes"
LARGEST_REPORT = 64 * 1024
"""Characters; the last ones tell the most."""
KEPT = 20
"""Reports; older ones are removed."""
_WORDS_OF_PYTHON = (AttributeError, ImportError, MemoryError, ModuleNotFoundError, NameError, RecursionError)
_WORDS_OF_LIBRARIES = (RuntimeError, TypeError)
"""Of these, too: PySide6 says in them which object is gone and which argument does not fit, by type."""

_NO_FAULT_BOXES = 0x0001 | 0x0002
"""SEM_FAILCRITICALERRORS and SEM_NOGPFAULTERRORBOX of Windows."""

Show = Callable[[Path | None], None]
ShowFault = Callable[[Fault], None]


def leave_no_dump() -> None:
    """Have the system write no picture of this process's memory after a crash: it could hold what was typed or read.

    On Linux there are no core files then; Windows does not ask its error reporting.
    """
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - not for the first page

        ctypes.windll.kernel32.SetErrorMode(_NO_FAULT_BOXES)
        return
    import resource  # noqa: PLC0415 - not for the first page

    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def write_report(error: BaseException, folder: Path | None = None) -> Path | None:
    """Write what is known about `error` to a new file and return its path; None where nothing can be written."""
    import platform  # noqa: PLC0415 - 2 ms of every start for what a crash alone needs

    own = user_folder()
    folder = folder or (own and own / FOLDER)
    if folder is None:
        return None
    now = datetime.now(UTC)
    path = folder / f"crash-{now:%Y%m%d-%H%M%S-%f}-{os.getpid()}.txt"
    lines = [
        f"minato-viewer {VERSION}",
        f"time: {now.isoformat(timespec='seconds')}",
        f"python: {sys.version.split()[0]} on {platform.platform()}",
        f"thread: {threading.current_thread().name}",
        *(f"{name}: {fact}" for name, fact in _FACTS.items()),
        "",
        told(error)[-LARGEST_REPORT:],
    ]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8")
    except OSError:
        return None
    _tidy(folder)
    return path


def told(error: BaseException) -> str:
    """Return where in the program `error` came from, that before it first, without a word of a visit."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    # A loop of causes ends where the depth does.
    earlier = f"{told(before)}\nand then\n\n" if before is not None and before is not error else ""
    frames = "".join(traceback.format_tb(error.__traceback__))
    words = f": {error}" if type(error) in _WORDS_OF_PYTHON + _WORDS_OF_LIBRARIES else ""
    if isinstance(error, OSError) and error.errno is not None:
        words = f": {os.strerror(error.errno)}"  # without the path, which may be a user's
    return f"{earlier}{frames}{type(error).__qualname__}{words}\n"


def _tidy(folder: Path) -> None:
    """Remove all but the newest reports, whose names begin with the time."""
    with contextlib.suppress(OSError):
        for path in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
            path.unlink()


def install(show: Show, show_fault: ShowFault, terminal: str = "") -> None:
    """Catch every uncaught exception: write the report, say where it is on stderr, then `show` it.

    A fault of the world, such as a plan file that turns out to be damaged, needs no report: its sentence is
    shown. Both are only called in the main thread, because a dialog belongs there. Every report from now on names
    the `terminal`, where it has a name.
    """
    if terminal:
        _FACTS["terminal"] = terminal

    def handle(error: BaseException) -> None:
        in_main_thread = threading.current_thread() is threading.main_thread()
        if isinstance(error, Fault) and in_main_thread:
            show_fault(error)
            return
        path = write_report(error)
        if sys.stderr is not None:  # a windowed program on Windows has none
            sys.stderr.write(told(error))  # which a kiosk's system may keep in its journal
        if in_main_thread:
            # Showing may fail in turn; the report is already on disk.
            with contextlib.suppress(Exception):
                show(path)

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            handle(error)

    def uncaught_in_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            handle(arguments.exc_value)

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread
