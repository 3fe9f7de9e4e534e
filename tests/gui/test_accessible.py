"""What a screen reader is told: every control has a name in the reader's language, every row a name and a role."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.reader import Plan
from minato_viewer.viewmodel.tree import Role
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk
from tests.gui.pseudo import mark

Name = QAccessible.Text.Name


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


def focusable(window: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and widget.window() is window
    ]


@pytest.fixture(params=TAGS)
def speaking(request: pytest.FixtureRequest, open_desk: OpenDesk, translated_plan: Plan) -> Desk:
    """A window in each language, with some branches open."""
    desk = open_desk(request.param, translated_plan)
    desk.window.open_entry("2021/policy/14")
    desk.expand("2021/section/issues")
    QApplication.processEvents()
    return desk


def test_every_control_has_a_name(speaking: Desk) -> None:
    controls = focusable(speaking.window)
    assert len(controls) >= 10
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in controls
        if not interface(widget).text(Name).strip(" ‹›☰×")
    ]
    assert nameless == []


def test_every_control_is_found_by_walking(speaking: Desk) -> None:
    found = {thing.object() for thing in walk(interface(speaking.window)) if thing.object() is not None}
    unreachable = [
        f"{type(widget).__name__} {widget.objectName()}" for widget in focusable(speaking.window) if widget not in found
    ]
    assert unreachable == []


def test_names_are_in_the_readers_language(open_desk: OpenDesk, translated_plan: Plan, marked_messages: None) -> None:
    """Names of the interface's own, shown or not, are marked with the language; those of the plan are its texts."""
    desk = open_desk("ko", translated_plan)
    desk.window.open_entry("2021/policy/14")
    languages = {desk.language_button(tag) for tag in TAGS}
    unmarked = [
        interface(widget).text(Name)
        for widget in focusable(desk.window)
        if widget not in languages and mark("ko") not in interface(widget).text(Name)
    ]
    assert [text for text in unmarked if "[ko]" not in text] == []


def test_tree_rows_have_names_and_roles(speaking: Desk) -> None:
    rows = {
        thing.text(Name): thing for thing in walk(interface(speaking.tree)) if thing.role() == QAccessible.Role.TreeItem
    }
    wanted = [index.data(Qt.ItemDataRole.AccessibleTextRole) for index in speaking.rows()]
    assert len(wanted) > 20
    assert [text for text in wanted if text not in rows] == []
    here = speaking.tree.currentIndex()
    said = here.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith(f"{here.data(Role.NUMBER)} {here.data()}")
    assert rows[said].state().selected
    assert rows[said].state().selectable


def test_a_branch_says_whether_it_is_open_and_how_much_is_below(speaking: Desk) -> None:
    tag = speaking.translator.tag
    rows = {
        thing.text(Name): thing for thing in walk(interface(speaking.tree)) if thing.role() == QAccessible.Role.TreeItem
    }
    for code, is_open in (("2021/section/issues", True), ("2021/vision", False)):
        index = speaking.model.index_of(code)
        said = index.data(Qt.ItemDataRole.AccessibleTextRole)
        count = speaking.plan.node(code).children
        wanted = messages(tag).ngettext("{name}, {count} entry below", "{name}, {count} entries below", count, name="x")
        assert said.endswith(wanted.removeprefix("x"))
        state = rows[said].state()
        assert state.expandable
        assert bool(state.expanded) is is_open


def test_the_page_is_a_named_document_with_its_text(speaking: Desk) -> None:
    page = interface(speaking.view)
    heading = speaking.window.pane.page.heading
    assert heading in page.text(Name)
    assert page.textInterface() is not None
    assert heading in page.textInterface().text(0, page.textInterface().characterCount())


def test_roles_say_what_a_control_is(speaking: Desk) -> None:
    assert interface(speaking.tree).role() == QAccessible.Role.Tree
    assert interface(speaking.filter).role() == QAccessible.Role.EditableText
    for tag in TAGS:
        button = interface(speaking.language_button(tag))
        assert bool(button.state().checked) is (tag == speaking.translator.tag)
        assert button.state().checkable


def test_headings_of_the_page_have_levels(speaking: Desk) -> None:
    levels: list[int] = []
    block = speaking.view.document().begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            levels.append(block.blockFormat().headingLevel())
        block = block.next()
    assert levels[0] == 1
    assert levels.count(1) == 1
