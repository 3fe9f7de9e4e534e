"""Search in the window: keys, mouse, languages, scope, and what a screen reader hears."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from minato_viewer.language.tags import TAGS
from minato_viewer.pages.paper import handover_code
from minato_viewer.planfile.reader import Plan
from minato_viewer.planfile.search import Search
from minato_viewer.planfile.search_rows import Scope
from minato_viewer.ui.counter.search_panel import MOST
from minato_viewer.viewmodel.search_results import Role
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk, focus_is
from tests.gui.strings import differences, snapshot
from tests.unit.running import run

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
DISASTER = "2024/measure/disaster"
CHILDCARE = "2024/measure/childcare"
TOPIC = "viewer/topic/childcare"


def state(desk: Desk) -> str:
    return desk.panel.findChild(QLabel, "search_state").text()


def rows(desk: Desk) -> list:
    return [desk.panel.model.index(row, 0).data(Role.RESULT) for row in range(desk.panel.model.rowCount())]


# -- typing and going there --------------------------------------------------------------------------


def test_control_k_types_and_enter_opens_the_first(desk: Desk) -> None:
    desk.press(Key.Key_K, CONTROL)
    assert focus_is(desk.window.header.search_box)
    desk.type("kosodate")
    assert desk.results() == [CHILDCARE, TOPIC]
    desk.press(Key.Key_Return)
    assert desk.code == CHILDCARE
    assert desk.chosen == CHILDCARE
    assert desk.panel.isHidden()
    assert focus_is(desk.view)


def test_down_and_up_choose_while_the_box_keeps_the_keyboard(desk: Desk) -> None:
    found = desk.search_for("地域")
    assert len(found) > 3
    for _ in range(3):
        desk.press(Key.Key_Down)
    assert desk.panel.chosen == found[2]
    desk.press(Key.Key_Up)
    assert desk.panel.chosen == found[1]
    assert focus_is(desk.window.header.search_box)
    desk.press(Key.Key_Return)
    assert desk.code == found[1]


def test_up_before_the_first_result_chooses_none(desk: Desk) -> None:
    desk.search_for("地域")
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Up)
    assert desk.panel.chosen == ""


def test_a_click_opens_what_enter_would(desk: Desk) -> None:
    found = desk.search_for("地域")
    view = desk.panel.view
    place = view.visualRect(desk.panel.model.index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert desk.code == found[1]
    assert desk.panel.isHidden()


def test_enter_in_the_list_opens_the_row_with_the_focus(desk: Desk) -> None:
    found = desk.search_for("地域")
    desk.panel.view.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Down)
    chosen = desk.panel.chosen
    assert chosen in found
    desk.press(Key.Key_Return)
    assert desk.code == chosen


def test_escape_goes_back_to_where_the_reader_was(desk: Desk) -> None:
    desk.view.setFocus()
    before = desk.code
    desk.press(Key.Key_K, CONTROL)
    desk.type("fangzai")
    desk.press(Key.Key_Escape)
    assert desk.panel.isHidden()
    assert focus_is(desk.view)
    assert desk.code == before


def test_leaving_by_a_click_on_the_page_hides_the_results(desk: Desk) -> None:
    desk.search_for("地域")
    desk.view.setFocus()
    assert desk.panel.isHidden()
    desk.press(Key.Key_K, CONTROL)
    assert not desk.panel.isHidden()
    assert desk.results(), "what stands in the box is looked for again"


def test_every_letter_is_answered(desk: Desk) -> None:
    desk.press(Key.Key_K, CONTROL)
    counts = []
    for letter in "bousai":
        desk.type(letter)
        counts.append(len(desk.results()))
    assert counts[-1] == 3
    assert DISASTER in desk.results()


def test_numbers_and_codes_go_straight(desk: Desk) -> None:
    for words, code in (("政策4", "2021/policy/4"), ("2024/issue/2", "2024/issue/2"), ("重点課題2", "2024/issue/2")):
        assert desk.search_for(words)[0] == code
        desk.press(Key.Key_Return)
        assert desk.code == code


def test_a_handover_code_opens_its_page_in_its_language(desk: Desk, plan: Plan) -> None:
    desk.press(Key.Key_K, CONTROL)
    desk.type(handover_code(plan, "2021/policy/4", "ko").lower())
    desk.results()
    assert state(desk) == "ページのコードです。Enterで開きます。"
    desk.press(Key.Key_Return)
    assert (desk.code, desk.chosen, desk.translator.tag) == ("2021/policy/4", "2021/policy/4", "ko")
    assert desk.window.header.search_box.text() == ""
    assert desk.panel.isHidden()


def test_a_wrong_handover_code_is_said_and_nothing_moves(desk: Desk, plan: Plan) -> None:
    code = handover_code(plan, "2021/policy/4", "ko")
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    before = desk.code
    desk.search_for(wrong)
    assert wrong in state(desk)
    assert "1文字ずつ確かめてください" in state(desk)
    desk.press(Key.Key_Return)
    assert (desk.code, desk.translator.tag) == (before, "ja")


def test_more_results_come_when_they_are_scrolled_to(desk: Desk, plan: Plan) -> None:
    with closing(Search(plan)) as search:
        count = search.count("区")
    assert count > MOST
    desk.search_for("区")
    loaded = desk.panel.model.rowCount()
    assert 0 < loaded < MOST
    assert state(desk) == f"{count}件"
    bar = desk.panel.view.verticalScrollBar()
    for _ in range(40):
        bar.setValue(bar.maximum())
        QApplication.processEvents()
        desk.panel.await_results()
    assert desk.panel.model.rowCount() == count


# -- what is shown -------------------------------------------------------------------------------------


def test_the_words_are_marked_in_the_characters_of_the_text(open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk("ja", plan)
    assert desk.search_for("计划")
    for row in rows(desk):
        line = row.excerpt if row.excerpt.text else row.title
        assert line.marks
        assert {line.text[start : start + length] for start, length in line.marks} <= {"計画", "计划"}


def test_a_result_in_another_language_says_so_and_shows_its_words(open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk("ja", plan)
    assert desk.search_for("방재")
    (row,) = [row for row in rows(desk) if row.title.text == "地震などの自然災害への対策の強化"]
    assert row.title.lang == "ja"
    assert row.excerpt.lang == "ko"
    assert row.mark == "参考訳"
    assert "한국어" in row.reason
    assert "2024年" in row.place


def test_a_result_by_reading_names_the_word(open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk("ja", plan)
    assert desk.search_for("bousai")
    assert {row.reason for row in rows(desk)} == {"読み方で見つかりました：防災"}


@pytest.mark.parametrize("tag", TAGS)
def test_nothing_found_offers_words_and_the_search_without_its_scope(tag: str, open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk(tag, plan)
    assert desk.search_for("disastr") == []
    offers = [button for button in desk.panel.findChildren(QPushButton, "suggestion") if button.isVisible()]
    assert offers[0].text() == "disaster"
    QTest.mouseClick(offers[0], Qt.MouseButton.LeftButton)
    assert desk.window.header.search_box.text() == "disaster"
    assert DISASTER in desk.results()
    everywhere = len(desk.results())
    assert everywhere > 5
    desk.panel.scope.choose("kind", "slogan")
    assert desk.results() == []
    assert desk.panel.findChild(QLabel, "search_scope").isVisible()
    (offer,) = [button for button in desk.panel.findChildren(QPushButton, "suggestion") if button.isVisible()]
    assert str(everywhere) in offer.text()
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert desk.panel.scope.scope == Scope()
    assert len(desk.results()) == everywhere


def test_a_scope_narrows_down_and_stands_in_words(desk: Desk) -> None:
    everywhere = desk.search_for("都市")
    desk.panel.scope.choose("edition", "2021")
    within = desk.results()
    assert within
    assert set(within) < {*everywhere, *within}
    assert {code.partition("/")[0] for code in within} == {"2021"}
    assert desk.panel.findChild(QLabel, "search_scope").text() == "範囲：2021年度版"
    desk.panel.scope.choose("kind", "issue")
    assert set(desk.results()) <= set(within)
    assert all("/issue/" in code for code in desk.results())


def test_a_district_is_a_scope(desk: Desk) -> None:
    desk.panel.scope.choose("district", "2024/district/shiba")
    assert desk.search_for("地区") == ["2024/district/shiba", "viewer/topic/participation"]


def test_next_visitor_sees_nothing_of_what_was_looked_for(desk: Desk) -> None:
    desk.search_for("防災")
    desk.panel.scope.choose("edition", "2024")
    desk.window.search.forget()
    assert desk.window.header.search_box.text() == ""
    assert not desk.window.header.search_box.isUndoAvailable()
    assert desk.panel.isHidden()
    assert desk.panel.scope.scope == Scope()
    assert desk.results() == []


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        '"',
        "'; DROP TABLE nodes; --",
        "AND OR NOT NEAR(",
        "(((",
        "%_*",
        "\x00防災",
        "\ud83d",
        "🏙️",
        "שלום",
        "ア" * 10_000,
    ],
    ids=ascii,
)
def test_any_string_is_answered(desk: Desk, words: str) -> None:
    desk.search_for(words)
    assert state(desk)


# -- languages -----------------------------------------------------------------------------------------


def searched(desk: Desk) -> None:
    desk.search_for("都市")
    desk.panel.scope.choose("edition", "2024")
    desk.results()
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Down)
    QApplication.processEvents()


def nothing(desk: Desk) -> None:
    desk.search_for("disastr")
    desk.results()
    QApplication.processEvents()


@pytest.mark.parametrize("do", [searched, nothing])
@pytest.mark.parametrize("pair", list(permutations(TAGS, 2)), ids="-to-".join)
def test_a_switched_panel_equals_one_built_in_that_language(
    pair: tuple[str, str], do: Callable[[Desk], None], open_desk: OpenDesk, translated_plan: Plan
) -> None:
    first, second = pair
    wanted = open_desk(second, translated_plan)
    do(wanted)
    chosen, texts = wanted.panel.chosen, snapshot(wanted.window)
    wanted.close()
    desk = open_desk(first, translated_plan)
    do(desk)
    desk.translator.activate(second)
    desk.results()
    QApplication.processEvents()
    assert desk.window.header.search_box.text() == ("都市" if do is searched else "disastr")
    assert focus_is(desk.window.header.search_box)
    assert desk.panel.scope.scope.edition == ("2024" if do is searched else "")
    assert not desk.panel.isHidden()
    if do is searched:
        assert desk.panel.chosen
        assert chosen
    assert differences(without_choice(snapshot(desk.window)), without_choice(texts)) == []


def without_choice(texts: dict[str, object]) -> dict[str, object]:
    """Leave out which row is chosen: the order of results is that of the reader's language."""
    return {place: value for place, value in texts.items() if "QItemSelectionModel" not in place}


# -- shape ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 720), (1024, 700), (600, 720)], ids=str)
@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("tag", TAGS)
def test_the_panel_covers_neither_header_nor_footer_and_nothing_of_it_is_cut(
    tag: str, text_size: int, size: tuple[int, int], open_desk: OpenDesk, plan: Plan
) -> None:
    desk = open_desk(tag, plan, size=size, text_size=text_size)
    assert desk.search_for("区")
    QApplication.processEvents()
    panel, window = desk.panel, desk.window
    room = panel.geometry()
    footer = window.findChild(QWidget, "footer")
    assert room.top() >= window.header.mapTo(window, QPoint(0, window.header.height())).y()
    assert room.bottom() <= footer.mapTo(window, QPoint()).y()
    assert window.rect().contains(room)
    cut = [
        widget.text()
        for widget in panel.findChildren(QPushButton)
        if widget.isVisible()
        and (widget.sizeHint().width() > widget.width() or widget.sizeHint().height() > widget.height())
    ]
    assert cut == []
    view = panel.view
    # In large type on a low screen, the last line of a first result in four lines may have to be scrolled to.
    assert view.viewport().height() >= 0.8 * view.visualRect(panel.model.index(0, 0)).height()


# -- assistive technology --------------------------------------------------------------------------------


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told to say."""
    said: list[str] = []

    def listen(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    monkeypatch.setattr(QAccessible, "isActive", staticmethod(lambda: True))
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(listen))
    return said


def test_the_count_is_announced_once_typing_rests(heard: list[str], desk: Desk, qtbot) -> None:
    desk.press(Key.Key_K, CONTROL)
    desk.type("kosodate")
    desk.results()
    qtbot.waitUntil(lambda: "2件" in heard)
    assert heard.count("2件") == 1


def test_the_chosen_result_is_announced(heard: list[str], desk: Desk) -> None:
    desk.search_for("防災")
    desk.press(Key.Key_Down)
    assert any("防災・安全" in said for said in heard)


def test_results_have_names_and_the_panel_too(open_desk: OpenDesk, plan: Plan) -> None:
    for tag in TAGS:
        desk = open_desk(tag, plan)
        desk.search_for("防災")
        view = QAccessible.queryAccessibleInterface(desk.panel.view)
        assert view.role() == QAccessible.Role.List
        assert view.text(QAccessible.Text.Name)
        item = view.child(0)
        assert item.role() == QAccessible.Role.ListItem
        assert item.text(QAccessible.Text.Name) == desk.panel.model.index(0, 0).data(Role.ACCESSIBLE_TEXT)
        desk.close()


def test_the_model_keeps_the_rules_of_qt(desk: Desk) -> None:
    tester = QAbstractItemModelTester(desk.panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tester.setUseFetchMore(False)  # which would answer a reset by inserting rows, in the middle of it
    for words in ("区", "防災", "disastr", "区"):
        desk.search_for(words)
        desk.translator.activate("en" if desk.translator.tag == "ja" else "ja")
        desk.results()
    tester.deleteLater()


def test_closing_the_window_ends_the_search(open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk("ja", plan)
    desk.search_for("防災")
    thread = desk.panel.worker._latest._thread
    assert thread.is_alive()
    desk.close()
    assert not thread.is_alive()


def test_a_late_answer_to_an_earlier_question_is_dropped(desk: Desk) -> None:
    desk.search_for("防災")
    late = desk.panel._answer
    desk.search_for("kosodate")
    desk.panel._on_answered(late)
    assert desk.results() == [CHILDCARE, TOPIC]


def test_a_plan_of_an_older_program_is_told_in_words(tmp_path: Path, plan_path: Path, open_desk: OpenDesk) -> None:
    path = tmp_path / "older.sqlite"
    shutil.copy(plan_path, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE search_text")
        connection.commit()
    older = Plan(path)
    desk = open_desk("ja", older)
    assert desk.search_for("防災") == []
    assert "作り直してください" in state(desk)
    desk.close()
    older.close()


def test_the_program_starts_with_a_search(plan_path: Path, tmp_path: Path) -> None:
    pictures = [tmp_path / "found.png", tmp_path / "plain.png"]
    for picture, words in zip(pictures, (["--search", "bousai"], []), strict=True):
        arguments = ["--plan", plan_path, "--lang", "ko", "--open", DISASTER, *words, "--screenshot", picture]
        ended = run("viewer", *arguments, home=tmp_path)
        assert (ended.returncode, ended.stderr) == (0, "")
    found, plain = map(QImage, map(str, pictures))
    assert found.size() == plain.size()
    panel = QRect(400, 70, 600, 250)
    assert found.copy(panel) != plain.copy(panel)
