"""A kiosk from visitor to visitor, in the real program on a real display: nothing is left, and nobody gets out.

The same with many more sessions: TESTS_SESSIONS=1000.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from minato_viewer.language.tags import TAGS
from minato_viewer.ui.kiosk import bar
from minato_viewer.ui.kiosk.window import KioskWindow
from tests.gui import starting
from tests.gui.sitting import Home, until_settled
from tests.gui.traces import holders, inventory
from tests.gui.xserver import SCREEN, Program, display, lacking, lacks, managed_display, wait_for

HERE = __name__
SECRET = "himitsu"
VISITED = "2021/policy/14"
SESSIONS = int(os.environ.get("TESTS_SESSIONS", "8"))


@pytest.fixture
def home(tmp_path: Path, plan_path: Path) -> Home:
    return Home(tmp_path, plan_path)


# -- in the process ------------------------------------------------------------------------------


def current() -> KioskWindow:
    (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, KioskWindow) and w.isVisible()]
    return window


def memory() -> int:
    """Return the bytes of memory that are this process's alone."""
    text = Path("/proc/self/smaps_rollup").read_text("ascii")
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private")) * 1024


def sessions(window: KioskWindow) -> Iterator[Any]:
    """Have one visitor after the other, each of whom does what there is to do; the last ones just walk away."""
    yield from until_settled()
    counted, sizes, gates = [], [], []
    for number in range(SESSIONS):
        window = current()
        gates.append(window.gate.isVisible())
        window.gate.chosen.emit(TAGS[number % len(TAGS)])
        window.open_entry(VISITED)
        window.open_search()
        window.search.look_for(SECRET)
        window.go_back()
        for name in (bar.LETTERS, bar.COLOURS, bar.LOW):
            window.bar[name].click()
        window.open_entry("viewer/topic/disaster")
        yield lambda: True
        if number % 2:
            window.idle.expired.emit()
        else:
            window.bar[bar.FINISH].click()
        yield lambda before=window: current() is not before
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        yield lambda: len([w for w in QApplication.topLevelWidgets() if isinstance(w, KioskWindow)]) == 1
        yield lambda: hasattr(current(), "_ring")
        counted.append(inventory())
        sizes.append(memory())
    context = current()._context
    # By then every language has been shown, with fonts that stay loaded.
    warm = max(SESSIONS // 2, len(TAGS))
    return {
        "gates": gates,
        "counted": [counted[warm], counted[-1]],
        "grown": sizes[-1] - sizes[warm],
        "memory": holders(SECRET, VISITED),
        "looks": [context.appearance.choice, context.appearance.text_size == current().sizes.usual],
        "lang": context.translator.tag,
    }


# -- what is left --------------------------------------------------------------------------------


@pytest.mark.xdisplay
@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_nothing_of_any_visit_is_left(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "LIMIT", starting.LIMIT + 2 * SESSIONS)
    with display() as screen:
        arguments = ("--profile", "kiosk", "--lang", "ja")
        ended, seen = home.start(*arguments, deed=f"{HERE}:sessions", QT_QPA_PLATFORM="xcb", DISPLAY=screen)
    assert ended.code == 0, ended.err
    result = seen["result"]
    assert isinstance(result, dict), result
    assert result["gates"] == [True] * SESSIONS
    middle, last = result["counted"]
    assert sum(last.values()) > 100
    assert last == middle, "no object more or less"
    assert result["grown"] < 5 * 1024 * 1024
    assert result["memory"] == []
    assert result["looks"] == ["system", True]
    assert result["lang"] == "ja"
    assert not home.state.exists(), "a kiosk remembers nothing"
    for file in home.folder.rglob("*"):
        if file.is_file() and file != home.plan:
            told = file.read_text("utf-8", errors="replace")
            assert SECRET not in told, file
            assert VISITED not in told, file


# -- nobody gets out -----------------------------------------------------------------------------

CHORDS = (
    "alt+F4", "ctrl+q", "ctrl+w", "ctrl+o", "ctrl+p", "ctrl+s", "ctrl+n", "ctrl+a", "ctrl+c", "ctrl+shift+c", "ctrl+k",
    "ctrl+Escape", "ctrl+alt+Delete", "F1", "F5", "F8", "F9", "F10", "F11", "F12", "Escape", "Print", "Menu", "Help",
    "alt+Left", "alt+space", "super", "BackSpace", "ctrl+Tab", "shift+F10",
)  # fmt: skip


@pytest.mark.xdisplay
@pytest.mark.skipif(bool(lacking() or lacks("openbox", "xprop")), reason=lacking() or lacks("openbox", "xprop"))
def test_no_chord_no_gesture_and_no_button_of_the_window_manager_leads_out(tmp_path: Path, plan_path: Path) -> None:
    with managed_display(tmp_path) as screen:
        program = Program(screen, "--profile", "kiosk", "--lang", "ja", "--plan", plan_path, folder=tmp_path)
        try:
            program.appear()
            whole = SCREEN.rpartition("x")[0]
            wait_for("all of the screen", lambda: program.size() == whole)
            for number, place in enumerate(("gate", "home", "page")):
                for chord in CHORDS:
                    program.tool("key", chord)
                # What openbox itself opens (its menu, its list of windows) closes by Escape.
                program.tool("key", "Escape")
                program.tool("windowfocus", "--sync", program.window)
                gestures(program, 30 + number)
                program.tool("windowquit", program.window)
                assert "港区" in program.title or "Minato" in program.title, place
                assert program.alive, place
                assert program.windows() == 1, "no dialog, no menu"
                assert program.size() == whole, place
                # On by keypad: the first language, then the first topic.
                program.press("Return", "Down", "Return")
        finally:
            program.stop()


def gestures(program: Program, x: int) -> None:
    """Press long, paste what was selected elsewhere, ask for a menu, and drag something out of the window."""
    program.tool("mousemove", str(x), "400", "mousedown", "1")
    time.sleep(0.8)
    program.tool("mouseup", "1", "click", "2", "click", "3")
    program.tool("mousemove", str(x), "400", "mousedown", "1")
    for way in range(5):
        program.tool("mousemove", str(x + way * 60), str(400 - way * 100))
    program.tool("mousemove", "0", "0", "mouseup", "1")
