"""What leaves the window by the clipboard: words with their source, codes, and words without the screen's looks."""

import re
from html import unescape

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from minato_viewer.domain.plan import Status
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.blocks import Chart, Figures, Paragraph
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.wording import edition_name
from minato_viewer.planfile.reader import Plan
from tests.gui.conftest import OpenDesk
from tests.gui.desk import TODAY, Desk

Key, Modifier = Qt.Key, Qt.KeyboardModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # of tips

ENTRY = "2021/issue/2"
NO_TEXT = "\ufffc\u2028\u2029\ufdd0\ufdd1"
"""What stands in a text of Qt for pictures and for the ends of lines and cells."""
BEFORE = "what was on the clipboard before"


@pytest.fixture(autouse=True)
def clipboard(qapp: QApplication) -> None:
    QApplication.clipboard().setText(BEFORE)


def copied() -> str:
    return QApplication.clipboard().text()


def copy(desk: Desk) -> str:
    desk.press(Key.Key_C, Modifier.ControlModifier | Modifier.ShiftModifier)
    return copied()


def select(desk: Desk, words: str) -> None:
    """Select `words` where they first stand on the page."""
    start = desk.view.document().find(words)
    assert not start.isNull(), words
    desk.view.setTextCursor(start)


def paragraphs(desk: Desk) -> list[str]:
    return [block.words.text for block in desk.window.pane.page.blocks if isinstance(block, Paragraph)]


def entries_with_charts(plan: Plan, tag: str = "ja") -> list[str]:
    composer = Composer(plan, TODAY)
    pages = [composer.page(node.code, messages(tag)) for node in plan.nodes()]
    return [page.code for page in pages if any(isinstance(block, Chart) for block in page.blocks)]


# -- with the source -----------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_without_a_selection_the_whole_entry_is_copied_with_its_source(tag: str, open_desk: OpenDesk) -> None:
    desk = open_desk(tag)
    desk.window.open_entry(ENTRY)
    lines = copy(desk).splitlines()
    page, editions, say = desk.window.pane.page, desk.plan.editions, messages(tag).gettext
    assert lines[0] == say("Minato City Basic Plan")
    assert page.heading in lines
    texts = paragraphs(desk)
    assert len(texts) >= 2
    assert [text for text in texts if text not in copied()] == []
    assert lines[-1] == say("Entry in the plan viewer: {code}", code=ENTRY)
    edition = editions["2021"]
    assert any(edition_name(edition, editions, messages(tag)) in line for line in lines[-4:])
    translated = any(block.words.status is Status.REFERENCE for block in page.blocks if isinstance(block, Paragraph))
    notice = say("Reference translation, not the city's official text.")
    assert (notice in lines) is translated
    assert not set(NO_TEXT) & set(copied())


@pytest.mark.parametrize("tag", TAGS)
def test_a_selection_is_copied_alone_but_with_its_source(tag: str, open_desk: OpenDesk) -> None:
    desk = open_desk(tag)
    desk.window.open_entry(ENTRY)
    words, *others = paragraphs(desk)
    part = words.splitlines()[0][1:9].strip()
    select(desk, part)
    lines = copy(desk).splitlines()
    say = messages(tag).gettext
    assert part in lines
    assert desk.window.pane.page.heading in lines
    assert not [text for text in others if text in copied()]
    assert lines[0] == say("Minato City Basic Plan")
    assert lines[-1] == say("Entry in the plan viewer: {code}", code=ENTRY)
    assert desk.view.textCursor().selectedText() == part, "it stays selected"


@pytest.mark.parametrize("place", ["tree", "filter", "view"])
def test_copying_works_wherever_the_focus_is(place: str, desk: Desk) -> None:
    desk.window.open_entry(ENTRY)
    getattr(desk, place).setFocus()
    assert ENTRY in copy(desk)
    assert desk.filter.text() == ""


def test_the_language_is_that_of_the_page_at_the_time(desk: Desk) -> None:
    desk.window.open_entry(ENTRY)
    japanese = copy(desk)
    desk.press(Key.Key_F6)
    korean = copy(desk)
    assert korean != japanese
    assert messages("ko").gettext("Entry in the plan viewer: {code}", code=ENTRY) in korean
    desk.press(Key.Key_F2)
    assert copy(desk) == japanese


def test_the_citys_own_words_on_demand_are_copied_as_such(open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    desk.window.open_entry(ENTRY)
    rows = desk.plan.texts(desk.plan.node(ENTRY).id)
    own = [row.text for row in rows if row.lang == "ja" and row.field.startswith(("body.", "example."))]
    notice = messages("en").gettext("Reference translation, not the city's official text.")
    assert notice in copy(desk)
    desk.press(Key.Key_F7)
    assert own
    said = copy(desk)
    assert [text for text in own if text not in said] == []
    assert notice not in copied()


@pytest.mark.parametrize("tag", TAGS)
def test_every_entry_can_be_copied(tag: str, open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk(tag)
    for node in plan.nodes():
        desk.window.open_entry(node.code)
        desk.action("copy").trigger()
        assert node.code in copied().splitlines()[-1]
        assert desk.window.pane.page.heading in copied()
        assert not set(NO_TEXT) & set(copied())


@pytest.mark.parametrize("tag", TAGS)
def test_copying_is_said(tag: str, open_desk: OpenDesk) -> None:
    desk = open_desk(tag)
    for action in ("copy", "copy_code"):
        QToolTip.hideText()
        desk.action(action).trigger()
        assert QToolTip.text() == messages(tag).gettext("Copied.")
    QToolTip.hideText()


# -- the code ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [ENTRY, "2024", "viewer/guide/keys", "2024/district/shiba"])
def test_the_code_of_an_entry_is_copied_and_opens_it_again(code: str, desk: Desk) -> None:
    desk.window.open_entry(code)
    select(desk, desk.window.pane.page.heading[:3])
    desk.action("copy_code").trigger()
    assert copied() == code
    desk.window.open_entry("2021/policy/1")
    desk.window.open_entry(copied())
    assert desk.code == code


# -- plain copying -------------------------------------------------------------------------------


def copy_plainly(desk: Desk) -> tuple[str, str]:
    """Press Ctrl+C in the page; return the words as plain text and as HTML."""
    desk.view.setFocus()
    QTest.keyClick(desk.view, Key.Key_C, Modifier.ControlModifier)
    QCoreApplication.processEvents()
    return copied(), QApplication.clipboard().mimeData().html()


def select_all(desk: Desk) -> None:
    cursor = QTextCursor(desk.view.document())
    cursor.select(QTextCursor.SelectionType.Document)
    desk.view.setTextCursor(cursor)


@pytest.mark.parametrize("tag", TAGS)
def test_a_selection_over_a_chart_has_words_and_nothing_of_the_screen(
    tag: str, open_desk: OpenDesk, plan: Plan
) -> None:
    codes = entries_with_charts(plan, tag)
    assert codes
    desk = open_desk(tag, theme="dark")
    for code in codes:
        desk.window.open_entry(code)
        select_all(desk)
        assert "\ufffc" in desk.view.document().toRawText(), "there is a picture among the words"
        words, html = copy_plainly(desk)
        assert not set(NO_TEXT) & set(words)
        assert not set(NO_TEXT) & set(html)
        numbers = [row for block in desk.window.pane.page.blocks if isinstance(block, Figures) for row in block.rows]
        assert numbers
        assert all(row.amount in words and row.link.title in words for row in numbers)
        assert set(re.findall(r"</?([a-z0-9]+)", html)) == {"p"}, "no pictures, no links, no looks"
        assert not re.search(r"style|colou?r|font|size|class|#[0-9a-f]{6}|\d(px|pt)\b", html)
        lines = [unescape(line) for line in re.findall(r"<p>(.*?)</p>", html, re.DOTALL)]
        assert lines == [line for line in words.splitlines() if line.strip()]


def test_a_chart_alone_is_copied_as_nothing(desk: Desk, plan: Plan) -> None:
    desk.window.open_entry(entries_with_charts(plan)[0])
    raw = desk.view.document().toRawText()
    cursor = QTextCursor(desk.view.document())
    cursor.setPosition(raw.index("\ufffc"))
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
    desk.view.setTextCursor(cursor)
    words, html = copy_plainly(desk)
    assert (words.strip(), html) in (("", ""), (BEFORE, ""))
    assert desk.window.pane.page.heading in copy(desk), "with the source it is the whole entry"


def test_words_that_look_like_markup_are_copied_as_words(desk: Desk) -> None:
    desk.window.open_entry(ENTRY)
    cursor = QTextCursor(desk.view.document())
    cursor.insertText("a < b & <b>c</b> \N{GRINNING FACE} ")
    select(desk, "a < b & <b>c</b> \N{GRINNING FACE}")
    words, html = copy_plainly(desk)
    assert words == "a < b & <b>c</b> \N{GRINNING FACE}"
    assert "<b>" not in html
    assert unescape(html.removeprefix("<p>").removesuffix("</p>")) == words


def test_nothing_selected_is_nothing_copied(desk: Desk) -> None:
    desk.window.open_entry(ENTRY)
    assert copy_plainly(desk)[0] == BEFORE
