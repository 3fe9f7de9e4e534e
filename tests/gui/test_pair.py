"""Two languages side by side on the real plan: which ones, level, scrolled and pointed at together, and how it ends."""

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import fonts
from minato_viewer.services.settings import Settings
from minato_viewer.ui.counter.visit_bar import VisitBar
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk, delete_now

CODE = "2024/district/takanawa"


def pair(desk: Desk):
    return desk.window.visit.pair


def settle() -> None:
    QTest.qWait(20)


def opened(desk: Desk, tag: str = "zh-Hans", code: str = CODE) -> Desk:
    desk.window.open_entry(code)
    desk.window.visit.choose(tag)
    desk.press(Qt.Key.Key_F8)
    settle()
    return desk


def tags(desk: Desk) -> list[str]:
    return [pane.messages.tag for pane in pair(desk).panes]


def bar_button(desk: Desk, text: str) -> QPushButton | QToolButton:
    (bar,) = desk.window.findChildren(VisitBar)
    buttons = [*bar.findChildren(QPushButton), *bar.findChildren(QToolButton)]
    return next(button for button in buttons if button.text() == text)


# -- which languages -----------------------------------------------------------------------------


def test_the_language_of_the_staff_stands_beside_the_last_one_chosen(desk: Desk) -> None:
    opened(desk, "zh-Hans")
    assert tags(desk) == ["ja", "zh-Hans"]
    assert desk.translator.tag == "ja", "the window speaks with the staff again"
    assert desk.window.header.languages.pressed == "zh-Hans"
    desk.press(Qt.Key.Key_F6)
    assert tags(desk) == ["ja", "ko"]
    assert desk.translator.tag == "ja"
    assert pair(desk).visitors.page.heading != desk.window.pane.page.heading
    desk.press(Qt.Key.Key_F8)
    assert pair(desk) is None
    desk.press(Qt.Key.Key_F8)
    assert tags(desk) == ["ja", "ko"], "the visitor is still the same"


def test_without_a_visitors_language_a_foreign_one_stands_there(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.press(Qt.Key.Key_F8)
    assert tags(desk) == ["ja", "en"]
    easy = open_desk("ja", settings=Settings(languages=("ja", "ja-x-easy")))
    easy.press(Qt.Key.Key_F8)
    assert tags(easy) == ["ja", "ja-x-easy"]


@pytest.mark.parametrize(("words", "tag"), [("育儿", "zh-Hans"), ("disaster", "en"), ("방재", "ko"), ("防災", "en")])
def test_the_language_in_which_something_was_found_is_the_visitors(words: str, tag: str, desk: Desk) -> None:
    assert desk.search_for(words)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_F8)
    assert tags(desk) == ["ja", tag], "what was found in Japanese says nothing of the visitor"


def test_a_hand_over_code_speaks_with_the_visitor(desk: Desk) -> None:
    opened(desk, "zh-Hans")
    desk.window.navigator.handed.emit("2024/issue/2", "ko")
    assert tags(desk) == ["ja", "ko"]
    assert {pane.page.code for pane in pair(desk).panes} == {"2024/issue/2"}
    desk.press(Qt.Key.Key_F8)
    desk.window.navigator.handed.emit("2024/issue/1", "en")
    assert desk.translator.tag == "en"


# -- together ------------------------------------------------------------------------------------


def test_both_pages_go_to_every_entry_and_back(desk: Desk) -> None:
    opened(desk)
    for code in ("2021/policy/4", "2024/issue/2"):
        desk.window.open_entry(code)
        assert {pane.page.code for pane in pair(desk).panes} == {code}
    desk.window.go_back()
    assert {pane.page.code for pane in pair(desk).panes} == {"2021/policy/4"}
    link = pair(desk).visitors.page.path[0].code
    pair(desk).visitors.entry_chosen.emit(link)
    assert desk.code == link


def test_paragraphs_stay_level_whatever_changes(desk: Desk) -> None:
    opened(desk)

    def level() -> bool:
        settle()
        one, other = (pane.document for pane in pair(desk).panes)
        layouts = [
            {name: doc.documentLayout().blockBoundingRect(block).top() for name, block in doc.named_blocks().items()}
            for doc in (one, other)
        ]
        common = layouts[0].keys() & layouts[1].keys()
        return len(common) > 5 and all(abs(layouts[0][name] - layouts[1][name]) < 1.5 for name in common)

    assert level()
    desk.window.resize(1000, 720)
    assert level()
    desk.action("larger").trigger()
    assert level()
    desk.action("theme-dark").trigger()
    assert level()
    desk.action("furigana").trigger()
    assert level()
    desk.press(Qt.Key.Key_F4)
    assert level()
    pair(desk).swap()
    assert level()
    desk.action("own_words").trigger()
    assert level()


def test_they_are_scrolled_together_to_the_very_end(desk: Desk) -> None:
    opened(desk)
    own, visitors = (pane.view.verticalScrollBar() for pane in pair(desk).panes)
    assert own.maximum() == visitors.maximum() > 100
    for one, other in ((own, visitors), (visitors, own)):
        for value in (57, one.maximum(), 0):
            one.setValue(value)
            assert other.value() == value


def test_the_place_on_the_page_stays_when_the_pair_opens_and_closes(desk: Desk) -> None:
    desk.window.resize(1280, 480)
    desk.window.open_entry(CODE)
    bar = desk.view.verticalScrollBar()
    document = desk.window.pane.document
    bar.setValue(round(document.area_of("office.1").top()))
    desk.press(Qt.Key.Key_F8)
    settle()
    assert desk.window.pane.document.place_at(bar.value() + 1).field == "office.1"
    desk.press(Qt.Key.Key_F8)
    settle()
    assert desk.window.pane.document.place_at(bar.value() + 1).field == "office.1"


def test_a_page_a_little_below_its_top_does_not_jump_past_what_stands_above_its_title(desk: Desk) -> None:
    desk.window.open_entry(CODE)
    bar = desk.view.verticalScrollBar()
    bar.setValue(1)
    desk.press(Qt.Key.Key_F8)
    settle()
    assert bar.value() <= 1


def test_each_side_has_the_shapes_and_the_status_of_its_own_words(desk: Desk) -> None:
    opened(desk, "zh-Hans")
    families = []
    for pane in pair(desk).panes:
        block = pane.document.named_blocks()["title"]
        families.append(block.begin().fragment().charFormat().font().families()[0])
    assert families == [fonts.families("ja")[0], fonts.families("zh-Hans")[0]]
    said = [pane.view.toPlainText() for pane in pair(desk).panes]
    assert messages("ja").gettext("Reference translation, not the city's official text.") in said[0]
    assert messages("zh-Hans").gettext("Reference translation, not the city's official text.") not in said[1]


# -- pointing ------------------------------------------------------------------------------------


def click(desk: Desk, side: int, field: str) -> None:
    view = pair(desk).panes[side].view
    area = pair(desk).panes[side].document.area_of(field)
    place = QPoint(round(area.left()) + 20, round(area.center().y()) - view.verticalScrollBar().value())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QCoreApplication.processEvents()


def marked(desk: Desk, side: int, field: str) -> bool:
    """Whether the words of `field` stand on the colour of the pointer, as far as can be seen."""
    pane = pair(desk).panes[side]
    ground = QColor(desk.appearance.theme.colours["point_ground"])
    area = pane.document.area_of(field)
    picture = pane.view.viewport().grab().toImage()
    y = round(area.top()) - pane.view.verticalScrollBar().value() + 1
    return any(picture.pixelColor(x, y) == ground for x in range(30, picture.width() - 60))


@pytest.mark.parametrize("side", [0, 1])
def test_what_is_touched_on_one_side_is_marked_on_both(side: int, desk: Desk) -> None:
    opened(desk)
    assert not marked(desk, 0, "body.1")
    click(desk, side, "body.1")
    assert marked(desk, 0, "body.1")
    assert marked(desk, 1, "body.1")
    click(desk, 1 - side, "label.1")
    assert not marked(desk, 0, "body.1")
    assert marked(desk, 0, "label.1")
    click(desk, side, "label.1")
    assert desk.window.visit.pointed == ""
    assert not marked(desk, 1, "label.1")


def test_the_pointer_goes_by_keys_and_into_sight(desk: Desk) -> None:
    opened(desk)
    desk.window.resize(1000, 500)
    seen = []
    for _ in range(40):
        desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
        seen.append(desk.window.visit.pointed)
        area = desk.window.pane.document.area_of(seen[-1])
        bar = desk.view.verticalScrollBar()
        assert bar.value() <= area.bottom()
        assert area.top() <= bar.value() + bar.pageStep()
    fields = desk.window.pane.document.fields()
    assert seen[: len(fields)] == fields
    assert set(seen[len(fields) :]) == {fields[-1]}
    desk.press(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.visit.pointed == fields[-2]


def test_what_is_pointed_at_by_key_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(desk)
    said: list[str] = []
    monkeypatch.setattr("minato_viewer.ui.counter.visit.announce", lambda _, sentence: said.append(sentence))
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert said == [desk.window.pane.page.heading]


def test_the_pointer_goes_with_the_page_and_with_the_pair(desk: Desk) -> None:
    opened(desk)
    click(desk, 0, "label.1")
    desk.window.open_entry("2021/policy/4")
    assert desk.window.visit.pointed == ""
    click(desk, 0, "title")
    desk.press(Qt.Key.Key_F8)
    assert desk.window.visit.pointed == ""
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.visit.pointed == "", "alone, nobody points"


def test_selecting_words_and_following_links_does_not_point(desk: Desk) -> None:
    opened(desk)
    view = desk.view
    area = desk.window.pane.document.area_of("body.1")
    start = QPoint(round(area.left()) + 10, round(area.top()) + 10)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view.viewport(), start + QPoint(120, 4))
    QTest.mouseRelease(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start + QPoint(120, 4)
    )
    assert desk.window.visit.pointed == ""
    desk.click_link(f"entry:{desk.window.pane.page.path[0].code}")
    assert desk.window.visit.pointed == ""


# -- the two sides -------------------------------------------------------------------------------


def test_sides_are_swapped_and_hidden_and_one_always_stays(desk: Desk) -> None:
    opened(desk)

    def order() -> list[str]:
        shown = [pane for pane in pair(desk).panes if pane.isVisible()]
        return [p.messages.tag for p in sorted(shown, key=lambda p: p.mapToGlobal(QPoint()).x())]

    assert order() == ["ja", "zh-Hans"]
    swap = desk.translator.messages.gettext("Swap the sides")
    bar_button(desk, swap).click()
    settle()
    assert order() == ["zh-Hans", "ja"]
    widths = [pane.width() for pane in pair(desk).panes]
    assert abs(widths[0] - widths[1]) <= 2
    bar_button(desk, swap).click()
    settle()
    assert order() == ["ja", "zh-Hans"]
    bar_button(desk, "简体中文").click()
    settle()
    assert order() == ["ja"]
    assert desk.window.pane.width() > 1000
    bar_button(desk, "日本語").click()
    settle()
    assert order() == ["zh-Hans"]
    bar_button(desk, "日本語").click()
    settle()
    assert order() == ["ja", "zh-Hans"]


def test_the_contents_make_room_and_come_when_asked_for(desk: Desk) -> None:
    opened(desk)
    assert not desk.window.navigator.isVisible()
    desk.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.navigator.isVisible()
    assert desk.tree.hasFocus()
    bar_button(desk, desk.translator.messages.gettext("Contents")).click()
    assert desk.tree.hasFocus()
    desk.view.setFocus()
    bar_button(desk, desk.translator.messages.gettext("Contents")).click()
    assert not desk.window.navigator.isVisible()
    desk.press(Qt.Key.Key_F8)
    assert desk.window.navigator.isVisible()
    assert len([pane for pane in desk.window.findChildren(type(desk.window.pane)) if pane.isVisible()]) == 1


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("tag", TAGS)
def test_it_has_room_in_a_small_window_with_large_text(tag: str, size: int, open_desk: OpenDesk) -> None:
    desk = opened(open_desk(tag, size=(1280, 720), text_size=size), "en" if tag != "en" else "ja")
    settle()
    assert (desk.window.width(), desk.window.height()) == (1280, 720)
    for pane in pair(desk).panes:
        assert pane.isVisible()
        assert pane.view.viewport().width() >= 560
        assert pane.view.viewport().height() >= 200
        assert pane.view.horizontalScrollBar().maximum() == 0
    (bar,) = desk.window.findChildren(VisitBar)
    for button in (*bar.findChildren(QPushButton), *bar.findChildren(QToolButton)):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
            assert bar.rect().contains(button.geometry())


def test_the_bar_follows_the_language_and_is_reached_by_tab(open_desk: OpenDesk) -> None:
    desk = opened(open_desk("en"), "ko")
    desk.window.header.last_stop.setFocus()
    stops = []
    for _ in range(5):
        desk.press(Qt.Key.Key_Tab)
        stops.append(desk.window.focusWidget().accessibleName() or desk.window.focusWidget().text())
    assert stops == ["Contents", "English", "Swap the sides", "한국어", "Next visitor"]
    desk.translator.activate("ja")
    said = messages("ja")
    assert bar_button(desk, said.gettext("Next visitor"))
    assert bar_button(desk, said.gettext("Contents"))


def test_a_long_morning_leaves_one_page(desk: Desk, plan: Plan) -> None:
    for tag in (*TAGS, *TAGS):
        opened(desk, tag)
        desk.press(Qt.Key.Key_F8)
        delete_now()
    assert len(desk.window.findChildren(type(desk.window.pane))) == 1
    assert len(desk.window.findChildren(VisitBar)) == 1
