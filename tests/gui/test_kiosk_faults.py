"""What the world does to a running kiosk, the real program: to devices, screen, clocks, disk and plan file."""

import datetime
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from minato_viewer import app
from minato_viewer.ui.kiosk.window import KioskWindow
from minato_viewer.ui.shell import sitting as sittings
from minato_viewer.ui.shell.fault_window import FaultWindow
from tests.gui.sitting import Home, until_settled
from tests.gui.xserver import Program, display, lacking, lacks

HERE = __name__
CODE = "2024/issue/2"
OTHER_PLAN = "TESTS_OTHER_PLAN"


@pytest.fixture
def home(tmp_path: Path, plan_path: Path) -> Home:
    own = tmp_path / "plan of the terminal.sqlite"
    shutil.copyfile(plan_path, own)
    return Home(tmp_path, own)


def start(home: Home, deed: Any, *arguments: str, **variables: str) -> Any:
    """Run a deed in a kiosk, which must end well and say nothing; return what it saw."""
    asked = ("--profile", "kiosk", "--lang", "ja", *arguments)
    ended, seen = home.start(*asked, deed=f"{HERE}:{deed.__name__}", **variables)
    assert ended.code == 0, ended.err
    assert ended.sentences == []
    return seen["result"]


# -- in the process ------------------------------------------------------------------------------


def current() -> QMainWindow:
    """Return the window that is open: one, and no dialog."""
    (window,) = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    return window


def at_gate(window: QMainWindow) -> bool:
    return isinstance(window, KioskWindow) and hasattr(window, "_ring") and window.gate.isVisible()


def visit() -> str:
    """Have somebody come and read a page; return its title."""
    window = current()
    window.gate.chosen.emit("en")
    window.open_entry(CODE)
    return window.reading.pane.page.heading


def gone() -> Any:
    """End the visit, and wait for the gate."""
    before = current()
    before.over.emit()
    return lambda: current() is not before and at_gate(current())


# -- devices -------------------------------------------------------------------------------------


@pytest.mark.xdisplay
@pytest.mark.skipif(bool(lacking() or lacks("xinput")), reason=lacking() or lacks("xinput"))
def test_a_pointer_that_is_pulled_out_while_it_presses_holds_up_nothing(tmp_path: Path, plan_path: Path) -> None:
    with display() as screen:
        program = Program(screen, "--profile", "kiosk", "--lang", "ja", "--plan", plan_path, folder=tmp_path)
        try:
            program.appear()

            def device(name: str, does: str) -> None:
                subprocess.run(["xinput", does, name], env={**os.environ, "DISPLAY": screen}, check=True)

            program.tool("mousemove", "400", "400", "mousedown", "1")
            for name in ("Xvfb mouse", "Xvfb keyboard"):
                device(name, "float")
            time.sleep(0.2)
            assert program.alive
            for name, master in (
                ("Xvfb mouse", "Virtual core pointer"),
                ("Xvfb keyboard", "Virtual core keyboard"),
            ):
                subprocess.run(["xinput", "reattach", name, master], env={**os.environ, "DISPLAY": screen}, check=True)
            program.tool("mouseup", "1")
            # By keypad, as before: in, and to the first topic.
            program.press("Return", "Down", "Return")
            assert program.alive
            assert program.windows() == 1
        finally:
            program.stop()


# -- the screen ----------------------------------------------------------------------------------


def screen_changes(window: KioskWindow) -> Iterator[Any]:
    """Have the system set another resolution in the middle of a visit."""
    yield from until_settled()
    window = current()
    found = []
    for mode in ("800x960", "1280x800"):
        visit()
        wide, tall = map(int, mode.split("x"))
        timings = ["60", *(str(wide + n) for n in range(4)), *(str(tall + n) for n in range(4))]
        for arguments in (
            ["--newmode", mode, *timings],
            ["--addmode", "screen", mode],
            ["--output", "screen", "--mode", mode],
        ):
            subprocess.run(["xrandr", *arguments], check=True)
        yield lambda before=window: current() is not before and at_gate(current())
        window = current()
        yield lambda size=(wide, tall): current().size().toTuple() == size
        sizes = window.sizes
        context = window._context
        found.append([window.size().toTuple(), sizes.target, context.appearance.text_size == sizes.usual])
        inside = [b.geometry().right() <= window.width() for b in window.gate._languages]
        found[-1].append(all(inside))
    return found


@pytest.mark.xdisplay
@pytest.mark.skipif(bool(lacking() or lacks("xrandr")), reason=lacking() or lacks("xrandr"))
def test_on_another_resolution_it_begins_anew_with_other_sizes(home: Home) -> None:
    with display() as screen:
        portrait, landscape = start(home, screen_changes, QT_QPA_PLATFORM="xcb", DISPLAY=screen)
    # The same screen of 21.5 inches, and so the same millimetres.
    assert portrait == [[800, 960], 46, True, True]
    assert landscape == [[1280, 800], 56, True, True]


# -- clocks --------------------------------------------------------------------------------------


def clock_jumps(window: KioskWindow) -> Iterator[Any]:
    """Set the clock forwards and back, as in spring, in autumn and by a time server, in the middle of a visit."""
    yield from until_settled()
    heard: list[str] = []
    window = current()
    window.idle.asked.connect(lambda: heard.append("asked"))
    window.idle.expired.connect(lambda: heard.append("expired"))
    visit()
    usual, day = time.time, datetime.date
    for hours in (1, -1, 24 * 400, -24 * 400):
        moved = usual() + hours * 3600
        time.time = lambda moved=moved: moved

        class Day(day):
            @classmethod
            def today(cls, moved=moved) -> datetime.date:
                return day.fromtimestamp(moved)

        app.date = sittings.date = Day
        # Longer than the idle watch and the gate look away.
        until = time.monotonic() + 0.6
        yield lambda until=until: time.monotonic() > until
        yield gone()
        window = current()
        window.idle.asked.connect(lambda: heard.append("asked"))
        visit()
    time.time = usual
    yield gone()
    return heard


def test_nobody_is_sent_away_because_a_clock_was_set(home: Home) -> None:
    assert start(home, clock_jumps) == []


# -- the disk ------------------------------------------------------------------------------------


def disk_is_full(window: KioskWindow) -> Iterator[Any]:
    """Have visits while nothing can be written to any file, and a mistake of the program's in one of them."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    yield from until_settled()
    titles = []
    for _ in range(3):
        titles.append(visit())
        current().open_search()
        current().search.look_for("bousai")
        yield gone()
    return titles


def test_visits_go_on_with_a_full_disk(home: Home) -> None:
    titles = start(home, disk_is_full)
    assert len(set(titles)) == 1
    assert all(titles)
    left = [file for file in home.folder.rglob("*") if file.is_file() and file != home.plan]
    assert [file for file in left if file.stat().st_size] == []


# -- mistakes of ours ----------------------------------------------------------------------------


def mistake(window: KioskWindow) -> Iterator[Any]:
    """Make a mistake in the middle of a visit."""
    yield from until_settled()
    window = current()
    visit()

    def wrong() -> None:
        raise ZeroDivisionError

    QTimer.singleShot(0, wrong)
    yield lambda: current() is not window and at_gate(current())
    return current()._context.translator.tag


def test_after_a_mistake_of_ours_it_begins_anew_without_a_dialog(home: Home) -> None:
    ended, seen = home.start("--profile", "kiosk", "--lang", "ja", deed=f"{HERE}:{mistake.__name__}")
    assert ended.code == 0
    assert seen["result"] == "ja"
    assert "ZeroDivisionError" in ended.err
    assert any("crash" in name for name in home.written())


def mistakes(window: KioskWindow) -> Iterator[Any]:
    """Make one mistake after the other."""
    yield from until_settled()

    def wrong() -> None:
        raise ZeroDivisionError

    for _ in range(3):
        QTimer.singleShot(0, wrong)
        yield lambda: True
    yield lambda: False


def test_one_mistake_after_the_other_ends_it_as_crashed(home: Home) -> None:
    ended, _ = home.start("--profile", "kiosk", "--lang", "ja", deed=f"{HERE}:{mistakes.__name__}")
    assert ended.code == 10


# -- the plan file -------------------------------------------------------------------------------


def replaced(window: KioskWindow) -> Iterator[Any]:
    """Put another plan file in the place of the one that is open, in each of the ways in which an update may do so."""
    yield from until_settled()
    plan, other = current()._context.plan.path, Path(os.environ[OTHER_PLAN])
    found = [visit()]
    beside = plan.with_suffix(".new")
    shutil.copyfile(other, beside)
    beside.replace(plan)
    found.append(current().reading.pane.page.heading)
    current().open_entry("2024/issue/3")  # the visit goes on with the content that it began with
    yield gone()
    found.append(visit())
    yield gone()
    shutil.copyfile(other, plan)
    found.append(visit())
    yield gone()
    return found


def test_a_plan_file_that_is_replaced_is_shown_to_the_next_visitor(home: Home, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    subprocess_copy(home.plan, other)
    first, same, *later = start(home, replaced, **{OTHER_PLAN: str(other)})
    assert first == same
    assert set(later) == {"The other plan"}


def subprocess_copy(plan: Path, other: Path) -> None:
    """Make a plan file in which one entry has another title."""
    import sqlite3

    shutil.copyfile(plan, other)
    connection = sqlite3.connect(other)
    (node,) = connection.execute("SELECT id FROM nodes WHERE code = ?", (CODE,)).fetchone()
    connection.execute("UPDATE texts SET text = 'The other plan' WHERE node_id = ? AND ordinal = 0", (node,))
    connection.commit()
    connection.close()


def damaged(window: KioskWindow) -> Iterator[Any]:
    """Write rubbish over the plan file in the middle of a visit, and put a whole one there later."""
    yield from until_settled()
    sittings_timer = next(s for s in QApplication.instance().findChildren(sittings.Sitting))._again
    sittings_timer.setInterval(50)
    plan = current()._context.plan.path
    whole = plan.read_bytes()
    visit()
    plan.write_bytes(b"x" * len(whole))
    current().over.emit()
    closable: list[bool] = []

    def healed() -> bool:
        window = current()
        if isinstance(window, FaultWindow) and not closable:
            closable.append(window._close.isVisible())
            plan.write_bytes(whole)
        return bool(closable) and at_gate(window)

    yield healed
    return [closable, visit()]


def test_a_damaged_plan_file_is_said_and_shown_again_once_it_is_whole(home: Home) -> None:
    closable, title = start(home, damaged)
    assert closable == [False], "nobody can close what visitors stand before"
    assert title
