"""The window by keyboard alone."""

from functools import partial

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.reader import Plan
from minato_viewer.viewmodel.tree import Role
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk, focus_is

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LANGUAGE_KEYS = dict(zip((Key.Key_F2, Key.Key_F3, Key.Key_F4, Key.Key_F5, Key.Key_F6), TAGS, strict=True))


def current(desk: Desk) -> str:
    return desk.tree.currentIndex().data(Role.CODE) or ""


@pytest.fixture
def at_policies(desk: Desk) -> Desk:
    """The policies of 2021 open, the focus in the tree on the first field."""
    desk.window.open_entry("2021/field/1")
    desk.tree.setFocus()
    return desk


# -- the tree ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Key.Key_Down, Key.Key_Up])
def test_the_first_arrow_key_chooses_the_first_row(key: Key, desk: Desk) -> None:
    assert (desk.code, desk.chosen) == ("2024", ""), "the edition itself is no row"
    desk.press(key)
    assert (desk.code, desk.chosen) == ("2024/section/message", "2024/section/message")
    desk.press(Key.Key_Down)
    second = desk.model.index(1, 0).data(Role.CODE)
    assert (desk.code, desk.chosen) == (second, second)
    desk.action("back").trigger()
    desk.action("back").trigger()
    assert (desk.code, desk.chosen) == ("2024", "")
    desk.tree.setFocus()
    desk.press(key)
    assert desk.code == desk.chosen == "2024/section/message"


def test_the_arrow_keys_walk_through_the_tree(desk: Desk) -> None:
    desk.press(Key.Key_Return)  # the cursor stands on the first row, of which nothing is chosen yet
    assert (desk.code, desk.chosen) == ("2024/section/message", "2024/section/message")
    desk.press(Key.Key_Down)
    assert desk.code == "2024/section/about"
    desk.press(Key.Key_Up)
    assert desk.code == "2024/section/message"
    desk.press(Key.Key_End)
    assert desk.code == "2024/section/closing"
    desk.press(Key.Key_Home)
    assert desk.code == "2024/section/message"


def test_right_and_left_open_and_close_a_branch(at_policies: Desk) -> None:
    desk = at_policies
    desk.press(Key.Key_Right)
    assert desk.expanded() == ["2021/section/policies", "2021/field/1"]
    desk.press(Key.Key_Right)
    assert desk.code == "2021/policy/1"
    desk.press(Key.Key_Left)
    assert desk.code == "2021/field/1"
    desk.press(Key.Key_Left)
    assert desk.expanded() == ["2021/section/policies"]
    desk.press(Key.Key_Left)
    assert desk.code == "2021/section/policies"


def test_space_opens_and_closes_a_branch(at_policies: Desk) -> None:
    for wanted in (True, False, True):
        at_policies.press(Key.Key_Space)
        assert at_policies.tree.isExpanded(at_policies.tree.currentIndex()) is wanted
        assert at_policies.code == "2021/field/1"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_opens_the_entry_under_the_cursor(at_policies: Desk, key: Qt.Key) -> None:
    desk = at_policies
    desk.press(Key.Key_Down, CONTROL)  # moves the cursor; what is chosen stays, or follows
    here = current(desk)
    desk.press(key)
    assert desk.code == here
    assert desk.chosen == here
    assert focus_is(desk.tree)


def test_a_number_typed_within_the_interval_goes_to_that_policy(at_policies: Desk) -> None:
    desk = at_policies
    desk.expand("2021/field/1", "2021/field/2", "2021/field/3")
    desk.type("14")
    assert desk.code == "2021/policy/14"


def test_two_numbers_typed_one_after_the_other_are_two(at_policies: Desk, request: pytest.FixtureRequest) -> None:
    desk = at_policies
    desk.expand("2021/field/1", "2021/field/2")
    desk.type("1")
    assert desk.code in ("2021/policy/1", "2021/issue/1", "2021/section/purpose")
    request.addfinalizer(partial(QApplication.setKeyboardInputInterval, QApplication.keyboardInputInterval()))
    QApplication.setKeyboardInputInterval(0)  # as if the time between two letters were over
    desk.type("4")
    assert desk.code == "2021/policy/4"


@pytest.mark.parametrize(
    ("typed", "wanted"), [("安全", "2021/policy/5"), ("世界に", "2021/policy/2"), ("SDG", "2021/section/sdgs")]
)
def test_the_beginning_of_a_title_goes_to_it(at_policies: Desk, typed: str, wanted: str) -> None:
    desk = at_policies
    desk.expand("2021/field/1")
    for letter in typed:
        desk.tree.keyboardSearch(letter)  # as an input method hands it over
    assert desk.code == wanted


def test_typing_what_is_not_there_stays(at_policies: Desk) -> None:
    at_policies.type("zzq")
    assert at_policies.code == "2021/field/1"


# -- keys of the window --------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["tree", "filter", "view"])
def test_f2_to_f6_change_the_language_wherever_the_focus_is(desk: Desk, place: str) -> None:
    widget = getattr(desk, place)
    widget.setFocus()
    for key, tag in [*LANGUAGE_KEYS.items(), (Key.Key_F2, "ja")]:
        desk.press(key)
        assert desk.translator.tag == tag
        assert desk.language_button(tag).isChecked()
        assert focus_is(widget)


def test_alt_left_and_right_go_through_the_history(desk: Desk) -> None:
    way = ["2024", "2021/issue/2", "2024/issue/2", "2021/policy/14"]
    for code in way[1:]:
        desk.window.open_entry(code)
    assert focus_is(desk.tree)
    for code in way[-2::-1]:
        desk.press(Key.Key_Left, ALT)
        assert desk.code == code
        assert desk.action("forward").isEnabled()
        assert desk.action("back").isEnabled() is (code != way[0])
    desk.press(Key.Key_Left, ALT)
    assert desk.code == way[0], "nothing lies behind"
    for code in way[1:]:
        desk.press(Key.Key_Right, ALT)
        assert desk.code == code
        assert desk.action("back").isEnabled()
        assert desk.action("forward").isEnabled() is (code != way[-1])
    desk.press(Key.Key_Left, ALT)
    desk.window.open_entry("2021/vision")
    assert not desk.action("forward").isEnabled(), "a new entry forgets what lay ahead"
    assert desk.chosen == "2021/vision"


@pytest.mark.parametrize("place", ["tree", "filter", "view"])
def test_alt_up_and_down_go_to_the_neighbours(desk: Desk, plan: Plan, place: str) -> None:
    order = [node.code for node in plan.nodes() if node.edition == "2021"]
    desk.window.open_entry(order[0])
    getattr(desk, place).setFocus()
    for code in order[1:12]:
        desk.press(Key.Key_Down, ALT)
        assert desk.code == code
        assert desk.chosen == code
    desk.press(Key.Key_Up, ALT)
    assert desk.code == order[10]


def test_f7_shows_the_citys_words_and_the_translation_again(open_desk: OpenDesk, translated_plan: Plan) -> None:
    desk = open_desk("en", translated_plan)
    desk.window.open_entry("2021/policy/4")
    assert "[en]" in desk.text()
    desk.press(Key.Key_F7)
    assert desk.code == "2021/policy/4"
    assert "自助・共助・公助により災害に強い都心づくりを進める" in desk.blocks()
    assert not any("[en]" in title for title in desk.blocks()[:3])
    desk.press(Key.Key_F7)
    assert "[en]" in desk.text()


def test_f7_does_nothing_where_the_words_are_the_citys_already(desk: Desk) -> None:
    desk.window.open_entry("2021/policy/4")
    before = desk.text()
    assert not desk.action("own_words").isEnabled()
    desk.press(Key.Key_F7)
    assert desk.text() == before


def test_control_l_filters_and_enter_goes_to_the_first_found(desk: Desk) -> None:
    desk.window.open_entry("2021/issue/1")
    desk.view.setFocus()
    desk.press(Key.Key_L, CONTROL)
    assert focus_is(desk.filter)
    desk.filter.insert("観光")
    desk.press(Key.Key_Return)
    assert focus_is(desk.tree)
    desk.press(Key.Key_End)
    assert desk.code == "2021/policy/13"
    desk.press(Key.Key_L, CONTROL)
    assert desk.filter.selectedText() == "観光", "typing replaces the words of before"
    desk.press(Key.Key_T, CONTROL)
    assert focus_is(desk.tree)


def test_control_q_closes_the_window(desk: Desk, qtbot) -> None:
    desk.press(Key.Key_Q, CONTROL)
    qtbot.waitUntil(lambda: not desk.window.isVisible())


# -- Tab -----------------------------------------------------------------------------------------


def stops(desk: Desk, key: Qt.Key) -> list[tuple[QWidget, str]]:
    """Press Tab until the focus is back where it was; return each stop with the link it stands on."""
    start = QApplication.focusWidget()
    found: list[tuple[QWidget, str]] = []
    for _ in range(300):
        desk.press(key, SHIFT if key == Key.Key_Backtab else Qt.KeyboardModifier.NoModifier)
        widget = QApplication.focusWidget()
        found.append((widget, desk.link_with_focus() if widget is desk.view else ""))
        if widget is start:
            return found
    raise AssertionError(f"a trap: {found[-1]}")


@pytest.mark.parametrize("key", [Key.Key_Tab, Key.Key_Backtab])
@pytest.mark.parametrize("tag", ["ja", "en"])
def test_tab_reaches_everything_and_comes_back(open_desk: OpenDesk, key: Qt.Key, tag: str) -> None:
    desk = open_desk(tag)
    desk.window.open_entry("2024/section/about")  # so that back is possible
    desk.window.open_entry("2021/issue/2")
    desk.tree.setFocus()
    passed = stops(desk, key)
    widgets = [widget for widget, _ in passed]
    menu = next(button for button in desk.window.findChildren(QToolButton) if button.menu())
    wanted = {
        "tree": desk.tree,
        "filter": desk.filter,
        "page": desk.view,
        "previous": desk.button("step", 0),
        "next": desk.button("step", 1),
        "menu": menu,
        "back": next(b for b in desk.window.findChildren(QToolButton) if b.defaultAction() is desk.action("back")),
    }
    assert [name for name, widget in wanted.items() if widget not in widgets] == []
    # A group of buttons is one stop, and the arrow keys go on within it.
    assert {widget.objectName() for widget in widgets} >= {"language", "edition"}
    links = [link for widget, link in passed if widget is desk.view and link]
    on_page = [href for href, _, _ in desk.links()]
    assert set(links) == set(on_page), "every link of the page is a stop"


def test_enter_opens_the_link_on_which_tab_stands(desk: Desk) -> None:
    desk.window.open_entry("2021/issue/2")
    desk.view.setFocus()
    for _ in range(20):
        desk.press(Key.Key_Tab)
        if desk.link_with_focus() == "entry:2024/issue/2":
            break
    desk.press(Key.Key_Return)
    assert desk.code == "2024/issue/2"
    assert focus_is(desk.view)


def test_tab_reaches_the_two_editions_and_every_language(desk: Desk) -> None:
    """Where a group of buttons is one stop, the arrow keys lead to the others."""
    desk.tree.setFocus()
    for name, count in (("edition", 2), ("language", len(TAGS))):
        group = [desk.button(name, number) for number in range(count)]
        for _ in range(60):
            if QApplication.focusWidget() in group:
                break
            desk.press(Key.Key_Tab)
        reached = {QApplication.focusWidget()}
        for key in (Key.Key_Right, Key.Key_Left):
            for _ in group:
                desk.press(key)
                reached.add(QApplication.focusWidget())
        assert reached >= set(group)


@pytest.mark.qt_log_ignore(
    "This plugin does not support raise", "This plugin does not support grabbing the keyboard", extend=True
)
def test_the_menu_opens_by_keyboard_and_acts(desk: Desk, qtbot) -> None:
    desk.window.open_entry("2021/issue/2")
    button = next(button for button in desk.window.findChildren(QToolButton) if button.menu())
    button.setFocus()
    chosen: list[str] = []

    def choose_back() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        chosen.extend(action.text() for action in menu.actions() if action.text())
        QTest.keyClick(menu, Key.Key_Down)
        QTest.keyClick(menu, Key.Key_Return)

    QTimer.singleShot(0, choose_back)
    QTest.keyClick(button, Key.Key_Space)
    qtbot.waitUntil(lambda: desk.code == "2024")
    assert len(chosen) == len(set(chosen)) >= 8
