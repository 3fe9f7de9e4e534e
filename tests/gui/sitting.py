"""Runs the real command line in a process of its own, with a reader at the window, and tells what was to be seen.

    python -m tests.gui.sitting MODULE:FUNCTION ARGUMENT...

The function gets the window once it is on screen; a generator goes on each time that what it yields has come true.
What it returns (JSON) and a look at the window go to stdout; then the window is closed, as a reader closes it.
"""

import gc
import json
import os
import sys
from collections.abc import Callable, Generator, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QPushButton

from minato_viewer import paths
from minato_viewer.__main__ import viewer
from minato_viewer.ui.counter.window import CounterWindow
from minato_viewer.ui.shell.face_window import FaceWindow
from tests.gui.starting import Ended, python

MACHINE, PROGRAM, SHIPPED = "TESTS_MACHINE_FOLDER", "TESTS_PROGRAM_FOLDER", "TESTS_SHIPPED_PLAN"
ROUND = 20
"""Milliseconds between two questions whether something has come true."""
PATIENCE = 500
"""Rounds after which a wait has failed."""

Seen = dict[str, Any]
Deed = Callable[[Any], Any]


class Home(NamedTuple):
    """A machine and its user, in a folder: nothing of the real ones is read or written."""

    folder: Path
    plan: Path

    @property
    def state(self) -> Path:
        return self.folder / "state" / "minato-viewer" / "state.json"

    @property
    def variables(self) -> dict[str, str]:
        return {
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            MACHINE: str(self.folder / "machine"),
            PROGRAM: str(self.folder / "program"),
            "LC_ALL": "C.UTF-8",
        }

    def set(self, content: str, of: str = "config/minato-viewer", name: str = "settings.toml") -> Path:
        """Write a settings file of the user (of="machine" or "program": of those), or name="policy.toml"."""
        path = self.folder / of / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    def remember(self, **values: Any) -> None:
        """Write what a program has remembered."""
        self.state.parent.mkdir(parents=True, exist_ok=True)
        self.state.write_text(json.dumps(values), encoding="utf-8")

    def remembered(self) -> dict[str, Any]:
        """Return what the program remembers; empty where there is no file."""
        return json.loads(self.state.read_text("utf-8")) if self.state.exists() else {}

    def written(self) -> list[str]:
        """Return every file that the program has written into the user's folder."""
        folder = self.folder / "state"
        return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())

    def start(self, *arguments: str | Path, deed: str = "", **variables: str) -> tuple[Ended, Seen]:
        """Start the program and let a reader do `deed`, "MODULE:FUNCTION"; return how it ended and what was seen."""
        plan = [] if "--plan" in arguments or SHIPPED in variables else ["--plan", self.plan]
        deed = deed or f"{__name__}:nothing"
        ended = python("-m", __name__, deed, *plan, *arguments, **{**self.variables, **variables})
        lines = ended.out.splitlines()
        return ended, json.loads(lines[-1]) if lines and lines[-1].startswith('{"result"') else {}


def nothing(window: Any) -> None:
    """Look and go."""


def said(window: Any) -> Iterator[Callable[[], object]]:
    """Wait until the program has said what is wrong; return the name and the words of each dialog."""
    yield from until_settled()
    return [[dialog.objectName(), dialog.text(), dialog.informativeText()] for dialog in dialogs()]


# -- in the process ------------------------------------------------------------------------------


def look(window: Any) -> Seen:
    """Return what can be seen of a counter window."""
    buttons = [button for button in window.findChildren(QPushButton) if button.objectName() == "language"]
    # For a window that is only built, everything lies on one point.
    buttons.sort(key=lambda button: button.mapTo(window, button.rect().topLeft()).x())
    return {
        "geometry": list(window.geometry().getRect()),
        "maximised": window.isMaximized(),
        "screen": list(window.screen().availableGeometry().getRect()),
        "widths": list(window.widths()),
        "code": window.pane.page.code,
        "lang": window._context.translator.tag,
        "theme": window._context.appearance.choice,
        "text_size": window._context.appearance.text_size,
        "furigana": window._context.furigana.choice,
        "languages": [button.text() for button in buttons],
        "labels": [label.text() for label in window.findChildren(QLabel) if label.isVisible()],
        "enabled": {name: window.actions_by_id[name].isEnabled() for name in window.actions_by_id},
    }


def dialogs() -> list[Any]:
    """Return the dialogs that are open."""
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()]


def until_settled() -> Generator[Callable[[], object], None, None]:
    """Wait until the program has done what the first page need not wait for, such as to say what is wrong."""
    # The collector gets back its work last of all.
    yield gc.isenabled


class Reader(QObject):
    """Sits down before the window as soon as there is one."""

    def __init__(self, deed: Deed) -> None:
        super().__init__()
        self.seen: Seen = {}
        self._deed = deed
        self._rounds = 0
        self._steps: Iterator[Callable[[], object]] | None = None
        self._until: Callable[[], object] = self._window
        self._timer = QTimer(self)
        self._timer.setInterval(ROUND)
        self._timer.timeout.connect(self._step)

    def sit_down(self) -> None:
        self._timer.start()

    def _window(self) -> QMainWindow | None:
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow) and w.isVisible()]
        return shown[0] if shown else None

    def _step(self) -> None:
        self._rounds += 1
        if not self._until() and self._rounds < PATIENCE:
            return
        window = self._window()
        if window is None or self._rounds >= PATIENCE:
            self._leave({"result": f"waited in vain: {self._rounds} rounds, window {window}"})
            QApplication.instance().quit()
        elif not isinstance(window, FaceWindow):
            self._leave({"result": "the window of a fault"})
            window.close()
        else:
            self._steps = self._steps or self._walk(window)
            try:
                self._until = next(self._steps)
                self._rounds = 0
            except StopIteration as end:
                seen = look(window) if isinstance(window, CounterWindow) else {}
                self._leave({"result": end.value, **seen})
                for dialog in dialogs():
                    dialog.close()
                window.close()

    def _leave(self, seen: Seen) -> None:
        self._timer.stop()
        self.seen = seen

    def _walk(self, window: FaceWindow) -> Generator[Callable[[], object], None, Any]:
        did = self._deed(window)
        return (yield from did) if isinstance(did, Generator) else did


def main() -> int:
    place, *arguments = sys.argv[1:]
    module, _, name = place.partition(":")
    machine, program = Path(os.environ[MACHINE]), Path(os.environ[PROGRAM])
    paths.machine_folder = lambda: machine
    paths.program_folder = lambda: program
    if SHIPPED in os.environ:
        shipped = Path(os.environ[SHIPPED])
        paths.default_plan = lambda: shipped
    reader = Reader(getattr(import_module(module), name))
    QTimer.singleShot(0, reader.sit_down)
    sys.argv = ["minato-viewer", *arguments]
    code = viewer()
    if reader.seen:
        print(json.dumps(reader.seen))
    return code


if __name__ == "__main__":
    sys.exit(main())
