"""What one start leaves to the next: in real processes, one after the other, with a user folder of their own."""

import errno
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from minato_viewer import paths
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import chain
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import crash
from tests.gui.sitting import Home
from tests.gui.starting import python, viewer
from tests.gui.xserver import Program, display, lacking, wait_for

HERE = __name__
KEPT = ("geometry", "maximised", "widths", "code", "theme", "text_size", "furigana")
USUAL = {"code": "2024", "theme": "system", "text_size": 100, "furigana": "easy"}
OTHERWISE = {
    "geometry": [60, 80, 700, 610],
    "maximised": False,
    "widths": [271, 428],
    "code": "2021/policy/14",
    "theme": "dark",
    "text_size": 125,
    "furigana": True,
}


@pytest.fixture
def home(tmp_path: Path, plan_path: Path) -> Home:
    return Home(tmp_path, plan_path)


def kept(seen: dict) -> dict:
    return {name: seen[name] for name in KEPT}


# -- what a reader does (in the process) ---------------------------------------------------------


def arrange(window) -> Iterator[object]:
    """Set everything otherwise, by the hands of a reader as far as there are any."""
    window.actions_by_id["larger"].trigger()
    window.actions_by_id["theme-dark"].trigger()
    window.actions_by_id["furigana"].trigger()
    window.open_entry("2021/policy/14")
    window.setGeometry(*OTHERWISE["geometry"])
    yield lambda: window.height() == OTHERWISE["geometry"][3]
    window.set_widths(tuple(OTHERWISE["widths"]))


def maximise(window) -> Iterator[object]:
    window.setGeometry(60, 80, 700, 610)
    yield lambda: window.height() == 610
    window.showMaximized()
    yield lambda: window.isMaximized() and window.width() > 700


def change_nothing_but_the_theme_and_back(window) -> None:
    window.actions_by_id["theme-dark"].trigger()
    window.actions_by_id["theme-light"].trigger()


def fill_the_disk(window) -> None:
    """From now on nothing can be written."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    os.replace = os.rename = os.write = full
    Path.write_bytes = Path.write_text = Path.mkdir = full


# -- from start to start -------------------------------------------------------------------------


def test_the_first_start_has_nothing_to_remember(home: Home) -> None:
    ended, seen = home.start()
    assert (ended.code, ended.sentences) == (0, [])
    assert {name: seen[name] for name in USUAL} == USUAL
    assert home.written() == ["minato-viewer/state.json"]
    assert set(home.remembered()) == {"geometry", "maximised", "splitter", "code", "theme", "text_size", "furigana"}


def test_window_splitter_entry_theme_and_text_size_come_back(home: Home) -> None:
    ended, seen = home.start(deed=f"{HERE}:arrange")
    assert (ended.code, ended.sentences) == (0, [])
    assert kept(seen) == OTHERWISE
    for _ in range(3):
        ended, seen = home.start()
        assert (ended.code, ended.sentences) == (0, [])
        assert kept(seen) == OTHERWISE, "and it stays so from start to start"
    assert home.written() == ["minato-viewer/state.json"], "nothing is left lying about"


def test_a_maximised_window_comes_back_maximised_and_can_be_restored(home: Home) -> None:
    assert home.start(deed=f"{HERE}:maximise")[1]["maximised"]
    for _ in range(2):
        assert home.start()[1]["maximised"]
        assert home.remembered()["geometry"] == [60, 80, 700, 610]


def test_the_command_line_wins_over_what_is_remembered(home: Home) -> None:
    home.start(deed=f"{HERE}:arrange")
    asked = ("--theme", "light", "--text-size", "150", "--open", "2024/issue/2", "--size", "640x620")
    _, seen = home.start(*asked)
    assert (seen["theme"], seen["text_size"], seen["code"]) == ("light", 150, "2024/issue/2")
    assert seen["furigana"] is True, "which nothing on this command line is against"
    assert seen["geometry"][3] == 620


def test_what_nobody_chose_does_not_outlast_a_change_of_the_files(home: Home) -> None:
    home.set('theme = "light"')
    home.start(deed=f"{HERE}:change_nothing_but_the_theme_and_back")
    home.set('theme = "contrast"\ntext_size = 150')
    _, seen = home.start()
    assert (seen["theme"], seen["text_size"]) == ("contrast", 150)


def test_what_a_reader_chose_wins_over_the_files(home: Home) -> None:
    home.start(deed=f"{HERE}:arrange")
    home.set('theme = "contrast"\ntext_size = 150\nstart = "2024/issue/2"')
    _, seen = home.start()
    assert kept(seen) == OTHERWISE


def test_a_text_size_of_the_policy_is_no_choice_of_the_reader(home: Home) -> None:
    policy = home.set('theme = "contrast"\ntext_size = 150', of="machine", name="policy.toml")
    home.start()
    policy.unlink()
    _, seen = home.start()
    assert (seen["theme"], seen["text_size"]) == ("system", 100)


# -- when nothing is to be remembered ------------------------------------------------------------


def test_where_nothing_is_to_be_remembered_every_start_is_the_same(home: Home) -> None:
    home.set("remember = false")
    _, first = home.start()
    assert kept(home.start(deed=f"{HERE}:arrange")[1]) == OTHERWISE
    assert home.written() == []
    assert kept(home.start()[1]) == kept(first)


def test_what_was_remembered_before_is_neither_used_nor_touched(home: Home) -> None:
    home.start(deed=f"{HERE}:arrange")
    before = home.state.read_bytes()
    home.set("remember = false", of="machine", name="policy.toml")
    _, seen = home.start()
    assert {name: seen[name] for name in USUAL} == USUAL
    assert home.state.read_bytes() == before


def test_a_picture_and_a_timing_write_nothing(home: Home, tmp_path: Path) -> None:
    for asked in (("--screenshot", tmp_path / "page.png"), ("--timing",)):
        ended, _ = home.start(*asked)
        assert (ended.code, ended.sentences) == (0, [])
        assert home.written() == []
    assert not (home.folder / "state").exists()


def test_a_picture_shows_nothing_of_what_is_remembered(home: Home, tmp_path: Path) -> None:
    pictures = [tmp_path / "before.png", tmp_path / "after.png"]
    home.start("--screenshot", pictures[0])
    home.start(deed=f"{HERE}:arrange")
    before = home.state.read_bytes()
    home.start("--screenshot", pictures[1])
    home.start("--timing")
    assert home.state.read_bytes() == before
    first, second = (QImage(str(path)) for path in pictures)
    assert (first.width(), first.height()) == (1280, 800)
    assert first == second


def test_the_window_of_a_fault_leaves_it_as_it_is(home: Home, tmp_path: Path) -> None:
    home.start(deed=f"{HERE}:arrange")
    before = home.state.read_bytes()
    ended, seen = home.start("--plan", tmp_path / "none")
    assert (ended.code, seen["result"]) == (3, "the window of a fault")
    assert home.state.read_bytes() == before


# -- when it cannot be ---------------------------------------------------------------------------


def test_an_entry_that_no_longer_exists_leaves_the_rest(home: Home) -> None:
    home.start(deed=f"{HERE}:arrange")
    home.remember(**{**home.remembered(), "code": "2019/policy/14"})
    ended, seen = home.start()
    assert (ended.code, ended.sentences) == (0, [])
    assert kept(seen) == {**OTHERWISE, "code": "2024"}


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 300, b"{", b"[]", b'{"geometry": "x", "code": 3, "splitter": [1]}', b"\xff\xfe{}", b"[" * 15000],
    ids=lambda content: repr(content[:12]),
)
def test_a_state_that_is_garbage_is_no_state(content: bytes, home: Home) -> None:
    home.state.parent.mkdir(parents=True)
    home.state.write_bytes(content)
    ended, seen = home.start()
    assert (ended.code, ended.sentences) == (0, [])
    assert {name: seen[name] for name in USUAL} == USUAL
    assert home.remembered()["code"] == "2024", "and is replaced by a sound one"


@pytest.mark.parametrize(
    ("geometry", "whole"),
    [
        ([5000, 100, 700, 600], True),
        ([-3000, -2000, 700, 600], True),
        ([100, 9000, 700, 600], True),
        ([760, 100, 700, 600], False),
        ([100, 100, 99999, 99999], True),
        ([100, 100, 1, 1], True),
    ],
)
def test_a_window_of_a_screen_that_is_gone_comes_back_into_sight(geometry: list[int], whole: bool, home: Home) -> None:
    home.remember(geometry=geometry)
    ended, seen = home.start()
    assert (ended.code, ended.sentences) == (0, [])
    frame = 2  # pixels, which the offscreen platform keeps in sight
    window, screen = QRect(*seen["geometry"]), QRect(*seen["screen"])
    assert screen.adjusted(0, 0, frame, frame).contains(window) or not whole
    seen_of_it = screen.intersected(window)
    assert seen_of_it.width() >= 100
    assert seen_of_it.height() >= 300
    assert min(window.width(), window.height()) >= 300


@pytest.mark.parametrize("splitter", [[0, 5], [99999, 1], [1, 99999]])
def test_a_splitter_that_hides_a_side_does_not_come_back(splitter: list[int], home: Home) -> None:
    home.remember(splitter=splitter)
    ended, seen = home.start()
    assert ended.code == 0
    assert seen["widths"][0] >= 240
    assert seen["widths"][1] >= 320


def test_a_user_folder_that_cannot_be_is_no_matter(home: Home, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder", encoding="utf-8")
    ended, seen = home.start(deed=f"{HERE}:arrange", XDG_STATE_HOME=str(blocked / "below"))
    assert (ended.code, len(ended.sentences)) == (0, 0)
    assert kept(seen) == OTHERWISE
    assert blocked.read_text("utf-8") == "not a folder"


def test_a_full_disk_leaves_what_was_remembered(home: Home) -> None:
    home.start(deed=f"{HERE}:arrange")
    before = home.state.read_bytes()
    ended, seen = home.start("--theme", "light", deed=f"{HERE}:fill_the_disk")
    assert (ended.code, len(ended.sentences)) == (0, 0)
    assert seen["theme"] == "light"
    assert home.state.read_bytes() == before
    assert home.written() == ["minato-viewer/state.json"]
    assert kept(home.start()[1]) == OTHERWISE


NO_HOME = """
import os, pwd, sys
def unknown(number):
    raise KeyError(number)
pwd.getpwuid = unknown
for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
    os.environ.pop(name, None)
from minato_viewer.__main__ import viewer
sys.exit(viewer())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="users of Windows have a profile")
def test_a_user_without_a_home_starts_the_program(plan_path: Path, tmp_path: Path) -> None:
    ended = python("-c", NO_HOME, "--plan", plan_path, "--timing")
    assert (ended.code, ended.sentences) == (0, [])


@pytest.mark.parametrize("given", ["", "relative/folder"])
def test_a_relative_folder_is_no_user_folder(given: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_STATE_HOME", given)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert paths.user_folder() == tmp_path / ".local" / "state" / "minato-viewer"
    monkeypatch.setenv("HOME", "not/absolute")
    assert paths.user_folder() is None
    assert crash.write_report(RuntimeError("x")) is None


# -- on a real display ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    with display() as number:
        yield number


def heading(plan: Plan, code: str) -> str:
    node = plan.node(code)
    return plan.headings([node.id], chain("ja", plan.editions[node.edition].language))[node.id].title


@pytest.mark.xdisplay
@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_a_window_moved_by_hand_is_there_again(
    screen: str, plan: Plan, plan_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    title = messages("ja").gettext("{entry} – Minato City Basic Plan", entry=heading(plan, "2024/section/about"))
    for start in range(3):
        program = Program(screen, "--plan", plan_path, "--lang", "ja", folder=tmp_path)
        try:
            program.appear()
            if not start:
                program.tool("windowsize", "--sync", program.window, "900", "640")
                program.tool("windowmove", "--sync", program.window, "210", "130")
                program.press("Down", "Down", "ctrl+plus")
            program.until_title(lambda found: found == title, title)
            wait_for(f"the place, start {start}", partial(is_there, program))
            program.press("ctrl+q")
            assert program.ended() == (0, "")
        finally:
            program.stop()
    assert '"text_size": 125' in (tmp_path / "minato-viewer" / "state.json").read_text("utf-8")


def is_there(program: Program) -> bool:
    values = dict(line.split("=") for line in program.tool("getwindowgeometry", "--shell", program.window).splitlines())
    return tuple(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT")) == (210, 130, 900, 640)


def test_the_program_is_started_with_folders_of_its_own(home: Home) -> None:
    """Else these tests would say something about whoever runs them."""
    home.set('theme = "contrast"', of="program")
    assert home.start()[1]["theme"] == "contrast"
    home.set('theme = "dark"', of="machine")
    assert home.start()[1]["theme"] == "dark"
    ended = viewer("--plan", home.plan, "--timing", **home.variables)
    assert ended.code == 0
