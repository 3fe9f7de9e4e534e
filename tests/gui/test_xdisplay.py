"""The real program on a real X display, with real keys and clicks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS, chain
from minato_viewer.planfile.reader import Plan
from tests.gui.conftest import OpenDesk
from tests.gui.xserver import Program, display, lacking

pytestmark = [pytest.mark.xdisplay, pytest.mark.skipif(bool(lacking()), reason=lacking())]

SIZE = (1280, 800)
TITLE = "{entry} – Minato City Basic Plan"


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    with display() as number:
        yield number


@pytest.fixture
def program(screen: str, plan_path: Path, tmp_path: Path) -> Iterator[Program]:
    """The program in Japanese, started and in front."""
    size = f"{SIZE[0]}x{SIZE[1]}"
    started = Program(screen, "--plan", plan_path, "--lang", "ja", "--size", size, folder=tmp_path)
    try:
        started.appear()
        yield started
    finally:
        started.stop()


def heading(plan: Plan, code: str, tag: str) -> str:
    node = plan.node(code)
    own = plan.editions[node.edition].language
    return plan.headings([node.id], chain(tag, own))[node.id].title


def titled(program: Program, plan: Plan, code: str, tag: str) -> None:
    """Wait until the window's title names an entry in a language."""
    wanted = messages(tag).gettext(TITLE, entry=heading(plan, code, tag))
    program.until_title(lambda title: title == wanted, f"{code} in {tag}, {wanted!r}")


def test_a_morning_at_the_counter(program: Program, plan: Plan, open_desk: OpenDesk) -> None:
    titled(program, plan, "2024", "ja")
    assert "港区" in program.title
    program.press("Down", "Down")
    titled(program, plan, "2024/section/about", "ja")
    program.press("Down", "Right", "Down", "Return")
    titled(program, plan, "2024/slogan/1", "ja")
    program.press("F4")
    titled(program, plan, "2024/slogan/1", "en")
    assert "Minato" in program.title
    program.press("alt+Left")
    titled(program, plan, "2024/section/purpose", "en")
    button = open_desk("en", size=SIZE).language_button("ko")
    middle = button.mapTo(button.window(), QPoint(button.width() // 2, button.height() // 2))
    program.click(middle.x(), middle.y())
    titled(program, plan, "2024/section/purpose", "ko")
    program.press("Down")  # the click has not taken the focus from the tree
    titled(program, plan, "2024/slogan/1", "ko")
    program.press("ctrl+q")
    assert program.ended() == (0, "")


def test_the_filter_by_keyboard(program: Program, plan: Plan) -> None:
    program.press("F4", "ctrl+l")
    program.type("2030 carbon")
    program.press("ctrl+a")
    program.type("DX")
    program.press("Return", "End")
    titled(program, plan, "2024/issue/7", "en")
    program.press("ctrl+l", "BackSpace", "ctrl+t", "alt+Down")
    titled(program, plan, "2024/issue/8", "en")
    program.press("ctrl+q")
    assert program.ended() == (0, "")


def test_every_language_has_the_city_in_the_title(program: Program, plan: Plan) -> None:
    for key, tag in zip(("F2", "F3", "F4", "F5", "F6"), TAGS, strict=True):
        program.press(key)
        titled(program, plan, "2024", tag)
        assert "港区" in program.title or "Minato" in program.title
    program.press("ctrl+q")
    assert program.ended() == (0, "")


def test_a_fault_is_shown_and_ends_with_its_code(screen: str, tmp_path: Path) -> None:
    program = Program(screen, "--plan", tmp_path / "none.sqlite", "--lang", "en", folder=tmp_path)
    try:
        program.appear()
        program.press("space")  # "Close" has the focus
        assert program.ended() == (3, "")
    finally:
        program.stop()
