"""A window with three editions: the switch shows them all, and the one that holds today comes first."""

from collections.abc import Iterator
from datetime import date

import pytest

from minato_viewer.app import start_code
from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from tests.gui.conftest import OpenDesk
from tests.gui.test_geometry import faults
from tests.third_edition import checked

AFTER = date(2027, 4, 2)


@pytest.fixture(scope="module")
def plan_of_three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    folder = tmp_path_factory.mktemp("three")
    build(checked(folder).data, folder / "plan.sqlite")
    plan = Plan(folder / "plan.sqlite")
    yield plan
    plan.close()


@pytest.mark.parametrize("tag", TAGS)
def test_three_editions_fit_their_switch_and_each_opens(tag: str, plan_of_three: Plan, open_desk: OpenDesk) -> None:
    desk = open_desk(tag, plan_of_three, size=(1280, 720), today=AFTER)
    buttons = list(desk.window.navigator.findChildren(type(desk.button("edition", 0)), "edition"))
    assert len({button.text() for button in buttons}) == 4, "three editions and the viewer's own pages"
    assert all(button.isVisible() for button in buttons)
    assert faults(desk) == []
    for button, code in zip(buttons, ("2021", "2024", "2027", "viewer"), strict=True):
        button.click()
        assert desk.code == code
        assert [other.isChecked() for other in buttons] == [other is button for other in buttons]
    buttons[2].click()
    desk.look_for("900")
    assert faults(desk) == []


def test_text_twice_as_large_fits_with_three_editions(plan_of_three: Plan, open_desk: OpenDesk) -> None:
    desk = open_desk("ja-x-easy", plan_of_three, size=(1280, 720), today=AFTER, text_size=200)
    assert faults(desk) == []


def test_a_window_starts_with_the_edition_that_holds(plan_of_three: Plan, plan: Plan) -> None:
    assert start_code(plan_of_three, AFTER) == "2027"
    assert start_code(plan_of_three, date(2027, 3, 31)) == "2024"
    assert start_code(plan, AFTER) == "2024"
