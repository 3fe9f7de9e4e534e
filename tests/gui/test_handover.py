"""A hand-over code typed into the filter box opens entry and language; a wrong one is said."""

from PySide6.QtCore import Qt

from minato_viewer.pages.paper import handover_code
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.settings import Settings
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk


def enter(desk: Desk, text: str) -> None:
    desk.window.navigator.focus_filter()
    desk.type(text)
    desk.press(Qt.Key.Key_Return)


def test_a_code_opens_its_entry_in_its_language(desk: Desk, plan: Plan) -> None:
    enter(desk, handover_code(plan, "2021/policy/4", "ko").lower())
    assert (desk.code, desk.chosen, desk.translator.tag) == ("2021/policy/4", "2021/policy/4", "ko")
    assert desk.filter.text() == ""
    assert desk.tree.hasFocus()


def test_the_page_says_the_code_that_opens_it(desk: Desk, plan: Plan) -> None:
    desk.window.open_entry("2024/issue/2")
    assert f"このページを開くコード：{handover_code(plan, '2024/issue/2', 'ja')}" in desk.text()


def test_a_wrong_code_is_said_and_nothing_moves(desk: Desk, plan: Plan) -> None:
    before = desk.code
    code = handover_code(plan, "2021/policy/4", "ko")
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    enter(desk, wrong)
    assert wrong in desk.window.navigator._state.text()
    assert desk.window.navigator._state.isVisible()
    assert (desk.code, desk.translator.tag, desk.filter.text()) == (before, "ja", wrong)
    assert desk.filter.hasFocus(), "to be mended at once"


def test_a_language_that_is_not_offered_here_does_not_keep_the_entry_shut(open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk(settings=Settings(languages=("ja", "en")))
    enter(desk, handover_code(plan, "2021/policy/4", "ko"))
    assert (desk.code, desk.translator.tag) == ("2021/policy/4", "ja")


def test_words_filter_as_ever(desk: Desk) -> None:
    enter(desk, "MINATO")
    assert desk.model.words == "MINATO"
    assert desk.tree.hasFocus()
