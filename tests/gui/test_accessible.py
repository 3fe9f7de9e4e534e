"""What a screen reader is told: every control has a name in the reader's language, a role and a state."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QCoreApplication, QLocale, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QScrollBar,
    QToolTip,
    QWidget,
)

from minato_viewer.domain.faults import PlanFault
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import JAPANESE, TAGS, language
from minato_viewer.pages.blocks import Chart
from minato_viewer.paths import ROOT
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.settings_file import Problem
from minato_viewer.ui.shell.dialogs import crash_dialog, settings_dialog
from minato_viewer.ui.shell.fault_window import FaultWindow
from minato_viewer.viewmodel.tree import Role
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk
from tests.gui.pseudo import mark
from tests.gui.xserver import LIMIT, Program, display, lacking, wait_for

Kind = QAccessible.Role
Name, Description, Value = QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value
CHARTED = "2024/section/outlook"
ACTS = {"Press", "Toggle", "ShowMenu"}
SIGNS = " ‹›∧∨☰≡×A−+"
"""What stands on buttons in place of words: no name."""


def interface(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


def walk(thing: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """Yield an interface and all below it, as a screen reader finds them."""
    assert depth < 40, "the accessible tree has a circle"
    yield thing
    for number in range(thing.childCount()):
        child = thing.child(number)
        if child is not None and child.isValid():
            yield from walk(child, depth + 1)


def acts(thing: QAccessibleInterface) -> bool:
    actions = thing.actionInterface()
    return actions is not None and bool(ACTS & set(actions.actionNames()))


def controls(root: QWidget) -> list[QAccessibleInterface]:
    """Return all that can have the focus or be pressed. Scroll bars cannot: they belong to what they scroll."""
    return [
        thing
        for thing in walk(interface(root))
        if not thing.state().invisible
        and (thing.state().focusable or acts(thing) or thing.role() in (Kind.MenuItem, Kind.PageTab))
    ]


def said(thing: QAccessibleInterface) -> str:
    return f"{thing.role().name} {thing.text(Name)!r}"


def focusable(window: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and widget.window() is window
    ]


# -- the states of the program that are looked at --------------------------------------------------


def start_page(desk: Desk) -> QWidget:
    return desk.window


def page_with_chart(desk: Desk) -> QWidget:
    desk.window.open_entry(CHARTED)
    desk.expand(CHARTED)
    return desk.window


def filtered(desk: Desk) -> QWidget:
    desk.look_for("2")
    assert desk.rows()
    return desk.window


def finding(desk: Desk) -> QWidget:
    desk.window.open_entry(CHARTED)
    desk.action("find").trigger()
    desk.type("2")
    return desk.window


def searching(desk: Desk) -> QWidget:
    desk.search_for("2")
    assert desk.results()
    return desk.window


def nothing_found(desk: Desk) -> QWidget:
    assert not desk.search_for("disastr")
    return desk.window


def menu(desk: Desk) -> QWidget:
    desk.window.header.menu.popup(QPoint(5, 5))
    return desk.window.header.menu


def about(desk: Desk) -> QWidget:
    desk.action("about").trigger()
    (dialog,) = desk.window.findChildren(QDialog)
    return dialog


def board(desk: Desk) -> QWidget:
    """Phrases in the reader's language alone, so that what is in another is seen."""
    desk.action("board").trigger()
    (dialog,) = desk.window.findChildren(QDialog)
    return dialog


def side_by_side(desk: Desk) -> QWidget:
    """Both pages in the language of the reader, so that what is in another is seen; with the visitor's screen."""
    desk.window.visit.open_pair(desk.translator.tag)
    desk.window.visit.toggle_screen()
    return desk.window


def conversation(desk: Desk) -> QWidget:
    desk.action("write").trigger()
    (dialog,) = desk.window.findChildren(QDialog)
    return dialog


def crash(desk: Desk) -> QWidget:
    dialog = crash_dialog(Path("/somewhere/crash.txt"), desk.translator.messages, desk.window)
    dialog.open()
    return dialog


MISTAKE = "{file}, line {line}: the key {key} is not known and is ignored."


def settings(desk: Desk) -> QWidget:
    """So many mistakes that the dialog keeps some of them as details."""
    problems = tuple(Problem(Path("settings.toml"), 1, MISTAKE, {"file": "x", "line": 1, "key": "y"}) for _ in range(8))
    dialog = settings_dialog(problems, desk.translator.messages, desk.window)
    dialog.open()
    return dialog


State = Callable[[Desk], QWidget]
STATES: dict[str, State] = {
    function.__name__: function
    for function in (
        start_page,
        page_with_chart,
        filtered,
        finding,
        searching,
        nothing_found,
        menu,
        about,
        board,
        side_by_side,
        conversation,
        crash,
        settings,
    )
}
popups = pytest.mark.qt_log_ignore(
    "This plugin does not support raise", "This plugin does not support grabbing the keyboard", extend=True
)


@pytest.fixture(params=TAGS)
def speaking(request: pytest.FixtureRequest, open_desk: OpenDesk, translated_plan: Plan) -> Desk:
    """A window in each language, with some branches open."""
    desk = open_desk(request.param, translated_plan)
    desk.window.open_entry("2021/policy/14")
    desk.expand("2021/section/issues")
    QApplication.processEvents()
    return desk


@pytest.fixture
def look_at(open_desk: OpenDesk, translated_plan: Plan) -> Callable[[str, str], QWidget]:
    """Bring a window of a language into a state, and return what is then in front."""

    def bring(tag: str, state: str) -> QWidget:
        root = STATES[state](open_desk(tag, translated_plan))
        QApplication.processEvents()
        return root

    return bring


# -- names -----------------------------------------------------------------------------------------

LEAST = {"menu": 20, "about": 4, "conversation": 3, "crash": 3, "settings": 4}
"""How many controls there are at least; 15 in the window."""


@popups
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("tag", TAGS)
def test_every_control_has_a_name(tag: str, state: str, look_at: Callable[[str, str], QWidget]) -> None:
    found = controls(look_at(tag, state))
    assert len(found) >= LEAST.get(state, 15)
    assert [said(thing) for thing in found if not thing.text(Name).strip(SIGNS)] == []


def test_every_control_is_found_by_walking(speaking: Desk) -> None:
    found = {thing.object() for thing in walk(interface(speaking.window)) if thing.object() is not None}
    unreachable = [
        f"{type(widget).__name__} {widget.objectName()}" for widget in focusable(speaking.window) if widget not in found
    ]
    assert unreachable == []


def test_the_window_is_read_from_the_top_down_and_the_contents_before_the_page(speaking: Desk) -> None:
    order = [thing.object() for thing in walk(interface(speaking.window))]
    notice = speaking.window.findChild(QLabel, "evaluation")
    read = [speaking.language_button("ja"), speaking.button("edition", 0), speaking.filter, speaking.tree]
    read += [speaking.view, speaking.button("step", 0), notice]
    places = [order.index(widget) for widget in read]
    assert places == sorted(places)


def test_the_window_of_a_fault_has_names_too(open_desk: OpenDesk, qtbot) -> None:
    desk = open_desk("ja")
    fault = PlanFault("The plan file {path} is missing: put it there, or choose another with --plan.", path="x")
    window = FaultWindow(fault, desk.translator, desk.appearance, TAGS)
    qtbot.addWidget(window)
    window.show()
    for tag in TAGS:
        desk.translator.activate(tag)
        found = controls(window)
        assert len(found) == len(TAGS) + 2
        assert [said(thing) for thing in found if not thing.text(Name)] == []
        assert read_in(window) == locale_name(tag)


@popups
# The visitor's page speaks a language of its own, which these marks do not reach.
@pytest.mark.parametrize("state", [state for state in STATES if state != side_by_side.__name__])
@pytest.mark.parametrize("tag", ["ja", "ko"])
def test_names_are_in_the_readers_language(
    tag: str, state: str, look_at: Callable[[str, str], QWidget], marked_messages: None
) -> None:
    """What the interface says is marked with its language here; the rest is the plan's and Qt's."""
    root = look_at(tag, state)
    own = {shown.name for shown in map(language, TAGS)}
    qts = {QCoreApplication.translate("QPlatformTheme", "OK")}
    qts |= {QCoreApplication.translate("QMessageBox", text) for text in ("Show Details...", "Hide Details...")}
    if tag == "ko":
        assert not qts & {"OK", "Show Details...", "Hide Details..."}, "Qt's own words have a catalogue"
    things = [thing for thing in controls(root) if thing.role() != Kind.TreeItem]
    names = [thing.text(Name) for thing in things if thing.text(Name) not in own | qts]
    descriptions = [text for thing in things if (text := thing.text(Description))]
    assert names
    plan = texts_of_the_plan(root)
    assert [text for text in names + descriptions if mark(tag) not in text and text not in plan] == []


def texts_of_the_plan(root: QWidget) -> set[str]:
    """Return the titles of the neighbours, which the buttons that lead to them say."""
    return {button.toolTip() for button in root.findChildren(QAbstractButton) if button.objectName() == "step"}


@popups
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "en"])
def test_no_name_is_left_in_english(tag: str, state: str, look_at: Callable[[str, str], QWidget]) -> None:
    def names(of: str) -> list[str]:
        # English has no button for furigana, the only one that stays pressed.
        others = (Kind.TreeItem, Kind.CheckBox)
        return [thing.text(Name) for thing in controls(look_at(of, state)) if thing.role() not in others]

    own = {shown.name for shown in map(language, TAGS)}
    english = names("en")
    same = [text for text, other in zip(english, names(tag), strict=True) if text == other and text not in own]
    assert set(same) <= {"OK"}


@popups
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("tag", TAGS)
def test_a_name_holds_the_words_that_are_seen(tag: str, state: str, look_at: Callable[[str, str], QWidget]) -> None:
    """So that whoever speaks to the machine can say what stands on the button; signs are no words."""
    root = look_at(tag, state)
    buttons = [button for button in root.findChildren(QAbstractButton) if button.isVisible()]
    words = {button: button.text().replace("&", "") for button in buttons if button.text().strip(SIGNS)}
    assert state == "menu" or words
    assert [text for button, text in words.items() if text not in interface(button).text(Name)] == []


# -- roles and states ------------------------------------------------------------------------------


def test_roles_say_what_a_control_is(speaking: Desk) -> None:
    header = [thing.role() for thing in walk(interface(speaking.window.header)) if acts(thing)]
    assert header.count(Kind.RadioButton) == len(TAGS)
    assert header.count(Kind.ButtonMenu) == 1
    toggles = {Kind.CheckBox} if speaking.translator.tag in JAPANESE else set()
    assert set(header) == {Kind.Button, Kind.RadioButton, Kind.ButtonMenu} | toggles
    assert header.count(Kind.CheckBox) == len(toggles)
    assert interface(speaking.tree).role() == Kind.Tree
    assert interface(speaking.filter).role() == Kind.EditableText
    assert interface(speaking.filter).state().editable
    assert interface(speaking.button("step", 0)).role() == Kind.Button


def test_one_language_and_one_edition_is_said_to_be_chosen(speaking: Desk) -> None:
    chosen = {"language": speaking.translator.tag, "edition": "2021"}
    for name, values in (("language", TAGS), ("edition", ("2021", "2024"))):
        for number, value in enumerate(values):
            button = interface(speaking.button(name, number))
            assert button.role() == Kind.RadioButton
            assert button.state().checkable
            assert bool(button.state().checked) is (value == chosen[name])


def test_assistive_technology_can_choose_language_and_edition(open_desk: OpenDesk) -> None:
    desk = open_desk("ja")
    for button in (desk.language_button("ko"), desk.button("edition", 0)):
        interface(button).actionInterface().doAction("Toggle")
        QApplication.processEvents()
        assert button.isChecked()
    assert desk.translator.tag == "ko"
    assert desk.code == "2021"
    desk.window.open_entry("viewer/guide")
    for number, code in ((1, "2024"), (0, "2021"), (1, "2024")):
        interface(desk.button("edition", number)).actionInterface().doAction("Toggle")
        assert desk.code == code


def test_assistive_technology_can_press_buttons_and_choose_rows(open_desk: OpenDesk, qtbot) -> None:
    desk = open_desk("ja")
    desk.window.open_entry("2021/policy/4")
    interface(desk.button("step", 1)).actionInterface().doAction("Press")
    qtbot.waitUntil(lambda: desk.code == "2021/policy/5")
    back = desk.action("back").text()
    named = next(thing for thing in walk(interface(desk.window.header)) if thing.text(Name) == back)
    named.actionInterface().doAction("Press")
    qtbot.waitUntil(lambda: desk.code == "2021/policy/4")
    row = items(desk)[desk.model.index_of("2021/section/issues").data(Qt.ItemDataRole.AccessibleTextRole)]
    row.actionInterface().doAction("Toggle")
    assert desk.code == "2021/section/issues"


def test_a_dialog_says_that_it_is_one(open_desk: OpenDesk, translated_plan: Plan) -> None:
    desk = open_desk("en", translated_plan)
    found = {state: interface(STATES[state](desk)) for state in ("about", "crash", "settings")}
    assert {state: thing.role() for state, thing in found.items()} == {
        "about": Kind.Dialog,
        "crash": Kind.AlertMessage,
        "settings": Kind.AlertMessage,
    }
    assert all(thing.text(Name) for thing in found.values())
    boxes = [dialog for dialog in desk.window.findChildren(QMessageBox) if dialog.objectName() == "crash"]
    assert found["crash"].text(Value) == boxes[0].text(), "read out when it opens"
    tabs = [thing for thing in walk(found["about"]) if thing.role() == Kind.PageTab]
    assert [bool(tab.state().selected) for tab in tabs] == [True, False]


# -- the tree --------------------------------------------------------------------------------------


def items(desk: Desk) -> dict[str, QAccessibleInterface]:
    found = [thing for thing in walk(interface(desk.tree)) if thing.role() == Kind.TreeItem]
    return {thing.text(Name): thing for thing in found}


def test_tree_rows_have_names_and_roles(speaking: Desk) -> None:
    rows = items(speaking)
    wanted = [index.data(Qt.ItemDataRole.AccessibleTextRole) for index in speaking.rows()]
    assert len(wanted) > 20
    assert [text for text in wanted if text not in rows] == []
    here = speaking.tree.currentIndex()
    name = here.data(Qt.ItemDataRole.AccessibleTextRole)
    assert name.startswith(f"{here.data(Role.NUMBER)} {here.data()}")
    assert rows[name].state().selected
    assert rows[name].state().selectable


def test_a_branch_says_whether_it_is_open_and_how_much_is_below(speaking: Desk) -> None:
    tag = speaking.translator.tag
    rows = items(speaking)
    for code, is_open in (("2021/section/issues", True), ("2021/vision", False)):
        index = speaking.model.index_of(code)
        name = index.data(Qt.ItemDataRole.AccessibleTextRole)
        count = speaking.plan.node(code).children
        wanted = messages(tag).ngettext("{name}, {count} entry below", "{name}, {count} entries below", count, name="x")
        assert name.endswith(wanted.removeprefix("x"))
        state = rows[name].state()
        assert state.expandable
        assert bool(state.expanded) is is_open
        speaking.tree.setCurrentIndex(index)
        speaking.press(Qt.Key.Key_Space)
        assert bool(items(speaking)[name].state().expanded) is not is_open


def position(desk: Desk, code: str, level: int, number: int, count: int) -> tuple[str, str]:
    """Return what is said after the row of `code`, and what should be."""
    name = desk.model.index_of(code).data(Qt.ItemDataRole.AccessibleTextRole)
    wanted = desk.translator.messages.gettext(
        "Level {level}, {number} of {count}", level=level, number=number, count=count
    )
    return items(desk)[name].text(Description), wanted


def test_a_row_says_its_level_and_its_place_among_the_others(speaking: Desk) -> None:
    top = speaking.plan.node("2021").children
    issues = speaking.plan.node("2021/section/issues")
    for code, *wanted in (
        ("2021/section/issues", 1, issues.position, top),
        ("2021/issue/1", 2, 1, issues.children),
        ("2021/issue/3", 2, 3, issues.children),
        ("2021/policy/14", 3, speaking.plan.node("2021/policy/14").position, len(siblings(speaking, "2021/policy/14"))),
    ):
        found, text = position(speaking, code, *wanted)
        assert found == text
    assert found != position(speaking, "2021/issue/1", 2, 1, issues.children)[0]


def siblings(desk: Desk, code: str) -> list[str]:
    node = desk.plan.node(code)
    return [other.code for other in desk.plan.nodes() if other.parent_id == node.parent_id]


def test_a_filter_counts_what_it_shows(open_desk: OpenDesk) -> None:
    desk = open_desk("ja")
    desk.window.open_entry("2021/policy/14")
    desk.look_for("都市")
    shown = [index.data(Role.CODE) for index in desk.rows()]
    top = [code for code in shown if desk.model.parent(desk.model.index_of(code)).row() < 0]
    assert 1 < len(top) < desk.plan.node("2021").children
    for number, code in enumerate(top, 1):
        found, wanted = position(desk, code, 1, number, len(top))
        assert found == wanted


# -- the page --------------------------------------------------------------------------------------


def test_the_page_is_a_named_text_that_can_be_read(speaking: Desk) -> None:
    page = interface(speaking.view)
    heading = speaking.window.pane.page.heading
    assert heading in page.text(Name)
    assert page.role() == Kind.StaticText, "what Qt calls a text that nobody edits"
    assert page.state().readOnly
    assert page.state().multiLine
    text = page.textInterface()
    # Qt leaves its marks for the edges of tables in what it hands over.
    read = "".join(
        letter for letter in text.text(0, text.characterCount()) if letter not in "\n\u2028\u2029\ufdd0\ufdd1"
    )
    assert read == speaking.view.toPlainText().replace("\n", "")
    assert heading in read


def test_headings_of_the_page_have_levels(speaking: Desk) -> None:
    levels: list[int] = []
    block = speaking.view.document().begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            levels.append(block.blockFormat().headingLevel())
        block = block.next()
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("code", [CHARTED, "2021/section/projects"])
def test_the_numbers_of_a_chart_stand_behind_it_as_text(tag: str, code: str, open_desk: OpenDesk) -> None:
    """Qt has no words for a picture in a text, so what the chart shows must stand there in words."""
    desk = open_desk(tag)
    desk.window.open_entry(code)
    charts = [block for block in desk.window.pane.page.blocks if isinstance(block, Chart)]
    text = interface(desk.view).textInterface()
    pieces = text.text(0, text.characterCount()).split("\ufffc")
    assert len(pieces) == len(charts) + 1
    behind = pieces[-1]
    for chart in charts:
        for row in chart.rows:
            for words in (row.label, row.amount, row.when, row.basis):
                assert words in behind


# -- the language to read in -----------------------------------------------------------------------


def read_in(widget: QWidget) -> str:
    """Return the language that a widget says it is in."""
    found = interface(widget).attributesInterface().attributeValue(QAccessible.Attribute.Locale)
    assert isinstance(found, QLocale)
    return found.name()


def locale_name(tag: str) -> str:
    return QLocale(language(tag).locale).name()


def test_a_screen_reader_is_told_the_language(open_desk: OpenDesk) -> None:
    desk = open_desk("ja")
    for tag in (*TAGS, "ja"):
        desk.translator.activate(tag)
        interface_parts = (desk.window, desk.tree, desk.filter, desk.button("step", 0), desk.window.header)
        assert {read_in(widget) for widget in interface_parts} == {locale_name(tag)}
        assert [read_in(desk.language_button(other)) for other in TAGS] == [locale_name(other) for other in TAGS]


def test_the_page_says_the_language_of_its_words(open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk("en")
    desk.window.open_entry("2024/issue/2")
    assert read_in(desk.view) == locale_name(desk.window.pane.page.title.lang)
    desk.action("own_words").trigger()
    assert desk.window.pane.page.title.lang == "zh-Hans"
    assert read_in(desk.view) == locale_name("zh-Hans")
    assert read_in(desk.window) == locale_name("en")


# -- what is said without the focus moving ---------------------------------------------------------


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch, dressed: QApplication) -> Iterator[list[str]]:
    """What is announced to a screen reader that listens."""
    sentences: list[str] = []

    def hand_on(event) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            sentences.append(event.message())
        QAccessible.updateAccessibility(event)

    edge = SimpleNamespace(isActive=QAccessible.isActive, updateAccessibility=hand_on)
    monkeypatch.setattr(QtGui, "QAccessible", edge)
    QAccessible.setActive(True)
    yield sentences
    QAccessible.setActive(False)


def test_a_change_of_language_is_announced_once_by_its_own_name(heard: list[str], open_desk: OpenDesk) -> None:
    desk = open_desk("ja")
    assert heard == []
    ways = (
        lambda: desk.press(Qt.Key.Key_F4),
        lambda: desk.language_button("ko").click(),
        lambda: interface(desk.language_button("zh-Hans")).actionInterface().doAction("Toggle"),
        lambda: desk.press(Qt.Key.Key_F3),
    )
    for way, tag in zip(ways, ("en", "ko", "zh-Hans", "ja-x-easy"), strict=True):
        heard.clear()
        way()
        QApplication.processEvents()
        assert desk.translator.tag == tag
        assert heard == [language(tag).name]
    heard.clear()
    desk.press(Qt.Key.Key_F3)
    assert heard == [], "the same language again is no change"


def test_switching_furigana_is_announced_once(heard: list[str], open_desk: OpenDesk, translated_plan: Plan) -> None:
    sentences = ["Furigana are shown.", "Furigana are hidden."]
    for tag, wanted in (("ja", sentences), ("ja-x-easy", sentences[::-1])):
        desk = open_desk(tag, translated_plan)
        for sentence in wanted:
            heard.clear()
            desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
            assert heard == [desk.translator.messages.gettext(sentence)]
        desk.close()


def test_nothing_is_announced_where_nobody_listens(heard: list[str], open_desk: OpenDesk) -> None:
    desk = open_desk("ja")
    QAccessible.setActive(False)
    desk.translator.activate("en")
    assert heard == []


def test_what_a_filter_finds_is_announced(heard: list[str], open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    for words, message in (
        ("city", "Only entries with “{words}” in the title are shown."),
        ("zzz", "No title holds “{words}”."),
    ):
        heard.clear()
        desk.look_for(words)
        assert heard == [desk.translator.messages.gettext(message, words=words)]
    heard.clear()
    desk.look_for("")
    assert heard == []


def test_every_link_that_tab_comes_to_is_announced(heard: list[str], open_desk: OpenDesk) -> None:
    """Qt tells nobody that the focus moves within a text."""
    desk = open_desk("en")
    desk.window.open_entry("2021/issue/2")
    desk.tree.setFocus()
    desk.press(Qt.Key.Key_Tab)
    assert desk.view.hasFocus()
    assert heard == []
    links = desk.links()
    for _ in links:
        desk.press(Qt.Key.Key_Tab)
        assert desk.link_with_focus()
    desk.press(Qt.Key.Key_Tab)
    assert not desk.view.hasFocus()
    said_of_links = [desk.translator.messages.gettext("Link: {title}", title=text) for _, text, _ in links]
    assert heard == said_of_links
    heard.clear()
    desk.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert desk.view.hasFocus()


@popups
def test_what_was_copied_and_found_is_announced(heard: list[str], open_desk: OpenDesk, qtbot) -> None:
    desk = open_desk("en")
    desk.window.open_entry("2021/issue/2")
    desk.action("copy_code").trigger()
    assert heard == [desk.translator.messages.gettext("Copied.")]
    heard.clear()
    desk.action("find").trigger()
    desk.type("2")
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert re.search(r"\d", heard[0])


# -- sizes -----------------------------------------------------------------------------------------


def target_sizes(root: QWidget) -> dict[str, tuple[int, int]]:
    """Return width and height of all that a finger or a pointer is to hit."""
    return {
        f"{said(thing)} {thing.rect().getRect()}": (thing.rect().width(), thing.rect().height())
        for thing in controls(root)
        if acts(thing) or isinstance(thing.object(), QLineEdit)
    }


@popups
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("tag", TAGS)
def test_nothing_to_press_is_smaller_than_24_pixels(
    tag: str, state: str, look_at: Callable[[str, str], QWidget]
) -> None:
    sizes = target_sizes(look_at(tag, state))
    assert len(sizes) >= 1
    assert {name: size for name, size in sizes.items() if min(size) < 24} == {}


def test_scroll_bars_and_arrows_are_24_pixels_wide(open_desk: OpenDesk) -> None:
    desk = open_desk("ja", text_size=200)
    desk.window.open_entry("2021/policy/4")
    bars = [bar for bar in desk.window.findChildren(QScrollBar) if bar.isVisible()]
    assert len(bars) >= 2
    assert [bar.width() for bar in bars if bar.width() < 24] == []
    assert desk.tree.indentation() >= 24


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
@pytest.mark.parametrize("place", ["tree", "view", "filter"])
def test_escape_takes_a_tip_away(place: str, desk: Desk, qtbot) -> None:
    getattr(desk, place).setFocus()
    for _ in range(2):  # and it can come again
        QToolTip.showText(desk.window.mapToGlobal(QPoint(200, 200)), "A tip", desk.window)
        assert QToolTip.isVisible()
        desk.press(Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not QToolTip.isVisible())


# -- what comes out at the other end, on Linux -------------------------------------------------------


def bus_lacking() -> str:
    """Return why nobody can listen here; empty where the bus of assistive technology (AT-SPI) is installed."""
    missing = [program for program in ("dbus-daemon", "dbus-monitor", "gdbus") if shutil.which(program) is None]
    if not list(Path("/usr/share/dbus-1/services").glob("org.a11y.Bus.service")):
        missing.append("at-spi2-core")
    return lacking() or (f"not installed: {', '.join(missing)}" if missing else "")


class Listener:
    """Stands where a screen reader stands: on the bus, with the real program on a real display."""

    def __init__(self, folder: Path) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusInterface

        address = gdbus("--session", "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress").split("'")[1]
        self._bus = f"--address={address}"
        # Qt says only what somebody has asked for, and as long as who asked is there.
        self._connection = QDBusConnection.connectToBus(address, "listener")
        registry = "org.a11y.atspi.Registry"
        asked = QDBusInterface(registry, "/org/a11y/atspi/registry", registry, self._connection)
        assert asked.call("RegisterEvent", "object:announcement").errorMessage() == ""
        self._heard = folder / "heard"
        with self._heard.open("w") as file:
            what = "interface='org.a11y.atspi.Event.Object',member='Announcement'"
            self._monitor = subprocess.Popen(
                ["dbus-monitor", "--address", address, what], stdout=file, stderr=subprocess.DEVNULL
            )
        wait_for("the monitor", lambda: "NameLost" in self._heard.read_text("utf-8"))

    def close(self) -> None:
        self._monitor.terminate()
        self._monitor.wait()
        self._connection.disconnectFromBus("listener")

    def heard(self) -> list[str]:
        """Return what was announced, in order."""
        return re.findall(
            r"member=Announcement\n.*?variant\s+string \"([^\"]*)\"", self._heard.read_text("utf-8"), re.S
        )

    def ask(self, owner: str, path: str, question: str, *arguments: str) -> str:
        return gdbus(self._bus, owner, path, question, *arguments)

    def things(self, owner: str, path: str) -> Iterator[tuple[str, str, str]]:
        """Yield (role, name, description) of a thing and of all below it."""
        accessible = "org.a11y.atspi.Accessible"
        role = self.ask(owner, path, f"{accessible}.GetRoleName")
        words = [
            self.ask(owner, path, "org.freedesktop.DBus.Properties.Get", accessible, name)
            for name in ("Name", "Description")
        ]
        yield tuple(re.search(r"['\"](.*)['\"]", answer, re.S)[1] for answer in (role, *words))
        for child in children(self.ask(owner, path, f"{accessible}.GetChildren")):
            yield from self.things(*child)


def children(answer: str) -> list[tuple[str, str]]:
    return re.findall(r"\('([^']+)', (?:objectpath )?'([^']+)'\)", answer)


def gdbus(bus: str, owner: str, path: str, question: str, *arguments: str) -> str:
    command = ["gdbus", "call", bus, "--dest", owner, "--object-path", path, "--method", question, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=LIMIT).stdout


@pytest.fixture
def listening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Callable[[], Listener]]]:
    """A display with a session of its own; the second makes a listener once the program is there."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1")
    listeners: list[Listener] = []
    with display() as number:
        monkeypatch.setenv("DISPLAY", number)
        daemon = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
        )  # fmt: skip
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())

        def listen() -> Listener:
            listeners.append(Listener(tmp_path))
            return listeners[-1]

        try:
            yield number, listen
        finally:
            for listener in listeners:
                listener.close()
            daemon.terminate()
            daemon.wait()
            daemon.stdout.close()


@pytest.mark.xdisplay
@pytest.mark.skipif(bool(bus_lacking()), reason=bus_lacking())
def test_what_a_screen_reader_of_linux_gets(
    listening: tuple[str, Callable[[], Listener]], plan_path: Path, plan: Plan, tmp_path: Path
) -> None:
    number, listen = listening
    program = Program(number, "--plan", plan_path, "--lang", "ja", "--open", "2021/issue/2", folder=tmp_path)
    try:
        program.appear()
        listener = listen()
        root = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
        (application,) = children(listener.ask(*root, "org.a11y.atspi.Accessible.GetChildren"))
        things = list(listener.things(*application))
        roles = [role for role, _, _ in things]
        assert roles.count("radio button") == len(TAGS) + 3  # two editions, and the viewer's own pages
        assert {"frame", "push button", "button menu", "text", "tree", "tree item", "label"} <= set(roles)
        to_press = {"push button", "radio button", "button menu", "text", "tree", "tree item"}
        assert [thing for thing in things if thing[0] in to_press and not thing[1]] == []
        rows = [thing for thing in things if thing[0] == "tree item"]
        count = plan.node("2021").children
        wanted = messages("ja").gettext("Level {level}, {number} of {count}", level=1, number=1, count=count)
        assert rows[0][2] == wanted
        program.press("F4")
        wait_for("the language", listener.heard)
        program.press("Tab", "Tab")
        wait_for("a link", lambda: len(listener.heard()) > 1)
        assert [words.partition(": ")[0] for words in listener.heard()] == ["English", "Link"]
    finally:
        program.stop()


# -- what docs/accessibility says ------------------------------------------------------------------

STATES_IN_WORDS = {"満たす": "met", "一部": "partly", "満たさない": "not met", "該当なし": "does not apply"}


def criteria(name: str) -> dict[str, list[str]]:
    """Return the rows of the tables by the number of the criterion: level, JIS, state, remark."""
    rows = re.findall(r"^\| (\d\.\d\.\d+) \| .*$", text := (ROOT / "docs" / name).read_text("utf-8"), re.MULTILINE)
    lines = [line for line in text.splitlines() if re.match(r"\| \d\.\d", line)]
    assert len(set(rows)) == len(rows) == len(lines)
    return {cells[1].strip(): [cell.strip() for cell in cells[3:-1]] for cells in (line.split("|") for line in lines)}


def test_both_documents_say_the_same_of_every_criterion() -> None:
    english, japanese = criteria("accessibility.md"), criteria("accessibility.ja.md")
    assert list(english) == list(japanese)
    assert len(english) == 56  # 55 of WCAG 2.2, and 4.1.1 of WCAG 2.0
    assert sum(jis != "–" for _, jis, _, _ in english.values()) == 38  # all of WCAG 2.0
    for number, (level, jis, state, remark) in english.items():
        other = japanese[number]
        assert other[:2] == [level, jis]
        assert jis in (number, "–")
        assert STATES_IN_WORDS[other[2]] == state
        assert re.findall(r"`(\w+)`", remark) == re.findall(r"`(\w+)`", other[3])


def test_the_documents_name_tests_that_exist_and_claim_nothing() -> None:
    paths = list((ROOT / "tests").rglob("test_*.py"))
    code = "".join(path.read_text("utf-8") for path in paths)
    tests = {path.stem for path in paths} | set(re.findall(r"^def (test_\w+)\(", code, re.MULTILINE))
    for name in ("accessibility.md", "accessibility.ja.md"):
        text = (ROOT / "docs" / name).read_text("utf-8")
        named = re.findall(r"`(test_\w+)`", text)
        assert len(named) > 40
        assert [test for test in named if test not in tests] == []
        assert "準拠" not in text
