"""Topics, the comparison and the drawing of the districts in the window: by mouse, by Tab, in every language."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextTable
from PySide6.QtTest import QTest

from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.reader import Plan
from tests.gui.desk import Desk

OpenDesk = Callable[..., Desk]
DISTRICTS = [f"2024/district/{name}" for name in ("akasaka", "azabu", "shiba", "takanawa", "shibaura-konan")]


def tables(desk: Desk) -> list[QTextTable]:
    return [frame for frame in desk.view.document().rootFrame().childFrames() if isinstance(frame, QTextTable)]


def test_a_third_button_leads_to_topics_comparison_and_help(open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    assert desk.button("edition", 2).text() == "Topics and help"
    QTest.mouseClick(desk.button("edition", 2), Qt.MouseButton.LeftButton)
    assert desk.code == "viewer"
    top = [desk.model.index(row, 0).data() for row in range(desk.model.rowCount())]
    assert top == ["Find by topic", "Compare the two editions", "How to use"]
    assert [desk.button("edition", number).isChecked() for number in (0, 1, 2)] == [False, False, True]
    desk.click_link("entry:viewer/topic")
    desk.click_link("entry:viewer/topic/disaster")
    desk.click_link("entry:2024/measure/disaster")
    assert desk.chosen == "2024/measure/disaster"
    assert desk.button("edition", 1).isChecked()
    QTest.mouseClick(desk.button("edition", 2), Qt.MouseButton.LeftButton)
    assert desk.code == "viewer/topic/disaster", "where the reader was"


@pytest.mark.parametrize("target", DISTRICTS)
def test_every_district_of_the_drawing_is_pressed_by_mouse(target: str, open_desk: OpenDesk) -> None:
    desk = open_desk("ja")
    desk.window.open_entry("2024/section/districts")
    desk.click_link(f"entry:{target}")
    assert desk.code == target


def test_tab_goes_through_the_drawing_from_above(open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    desk.window.open_entry("2024/section/districts")
    desk.view.setFocus()
    passed: list[str] = []
    for _ in range(20):
        desk.press(Qt.Key.Key_Tab)
        passed.append(desk.link_with_focus().removeprefix("entry:"))
        if passed[-5:] == DISTRICTS:
            break
    assert passed[-5:] == DISTRICTS
    desk.press(Qt.Key.Key_Return)
    assert desk.code == DISTRICTS[-1]


@pytest.mark.parametrize("text_size", [100, 200])
def test_a_name_on_the_drawing_is_large_enough_for_a_finger(text_size: int, open_desk: OpenDesk) -> None:
    desk = open_desk("ja", text_size=text_size, size=(1280, 720))
    desk.window.open_entry("2024/section/districts")
    for target in DISTRICTS:
        position = next(position for href, _, position in desk.links() if href == f"entry:{target}")
        cursor = QTextCursor(desk.view.document())
        cursor.setPosition(position)
        assert desk.view.cursorRect(cursor).height() >= 24


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("text_size", [100, 200])
def test_the_comparison_fits_the_page_and_breaks_no_outcome(tag: str, text_size: int, open_desk: OpenDesk) -> None:
    desk = open_desk(tag, text_size=text_size, size=(1280, 720))
    desk.window.open_entry("viewer/compare")
    document = desk.view.document()
    assert document.idealWidth() <= desk.view.viewport().width()
    compared = [table for table in tables(desk) if table.columns() == 3]
    assert [table.rows() - 1 for table in compared] == [9, 4, 5, 4]
    for table in compared:
        for row in range(table.rows()):
            block = table.cellAt(row, 1).firstCursorPosition().block()
            lines = [block.layout().lineAt(n) for n in range(block.layout().lineCount())]
            pieces = [block.text()[line.textStart() : line.textStart() + line.textLength()] for line in lines]
            # In a language that writes blanks a line ends at one, and a word is not torn apart.
            torn = [piece for piece in pieces[:-1] if not piece.endswith(" ")]
            assert tag in ("ja", "ja-x-easy", "zh-Hans") or torn == [], pieces


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_an_outcome_is_words_and_a_mark_in_every_theme(theme: str, open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk("en", theme=theme)
    desk.window.open_entry("viewer/compare/issues")
    (table,) = [table for table in tables(desk) if table.columns() == 3]
    said = [table.cellAt(row, 1).firstCursorPosition().block().text() for row in range(1, table.rows())]
    assert set(said) == {"= Kept", "→ Recast", "× Ended", "+ New"}
    assert len(said) == 9


def test_the_comparison_keeps_its_place_when_the_language_changes(open_desk: OpenDesk) -> None:
    desk = open_desk("ja")
    desk.window.open_entry("viewer/compare/figures")
    desk.press(Qt.Key.Key_F4)
    assert desk.code == "viewer/compare/figures"
    assert "¥573.9 billion" in desk.text()
    assert "Forecast" in desk.text()
