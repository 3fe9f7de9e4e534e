"""The counter window as a whole: where it starts, where links lead, what stays true whatever is opened."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from minato_viewer.domain.faults import RequestFault
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.notices import OWN_WORDS, READERS_LANGUAGE
from minato_viewer.planfile.reader import Plan
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk, focus_is

EVALUATION = "Evaluation version, not an official app of the city"


def click(widget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()


def test_the_window_starts_with_the_current_edition(desk: Desk) -> None:
    assert desk.code == "2024"
    assert desk.button("edition", 1).isChecked()
    assert not desk.button("edition", 0).isChecked()
    assert not desk.action("back").isEnabled()
    assert not desk.action("forward").isEnabled()
    assert focus_is(desk.tree)


@pytest.mark.parametrize("tag", TAGS)
def test_every_entry_opens_in_every_language_and_the_title_names_the_city(
    tag: str, open_desk: OpenDesk, plan: Plan
) -> None:
    desk = open_desk(tag)
    evaluation = messages(tag).gettext(EVALUATION)
    for node in plan.nodes():
        desk.window.open_entry(node.code)
        QApplication.processEvents()  # painted; a warning of Qt fails the test
        assert desk.code == node.code
        assert desk.chosen == ("" if node.kind == "edition" else node.code)
        title = desk.window.windowTitle()
        assert "港区" in title or "Minato" in title
        assert desk.window.pane.page.heading in title
        shown = [label.text() for label in desk.labels()]
        assert evaluation in shown
        assert len(desk.blocks()) >= 3


def test_the_evaluation_notice_says_both_things_in_japanese(desk: Desk) -> None:
    label = desk.window.findChild(QLabel, "evaluation")
    assert label.isVisible()
    assert "評価版" in label.text()
    assert "公式アプリではありません" in label.text()


def test_an_unknown_code_leaves_the_window_as_it_was(desk: Desk) -> None:
    desk.window.open_entry("2021/issue/2")
    before = (desk.code, desk.chosen, desk.window.windowTitle(), desk.text(), desk.expanded())
    for code in ("2021/policy/99", "", "2021/", "2021/policy/4 ", "9999/x", "'; --"):
        with pytest.raises(RequestFault):
            desk.window.open_entry(code)
        assert (desk.code, desk.chosen, desk.window.windowTitle(), desk.text(), desk.expanded()) == before
    desk.action("back").trigger()
    assert desk.code == "2024"
    desk.action("forward").trigger()
    assert desk.code == "2021/issue/2"


# -- editions and languages by mouse -------------------------------------------------------------


def test_edition_buttons_return_to_the_last_entry_of_that_edition(desk: Desk) -> None:
    desk.window.open_entry("2024/district/azabu")
    click(desk.button("edition", 0))
    assert desk.code == "2021", "nothing of that edition was open yet"
    desk.window.open_entry("2021/policy/14")
    click(desk.button("edition", 1))
    assert desk.code == "2024/district/azabu"
    assert desk.chosen == "2024/district/azabu"
    click(desk.button("edition", 0))
    assert desk.code == "2021/policy/14"
    assert desk.chosen == "2021/policy/14"
    assert [desk.button("edition", number).isChecked() for number in (0, 1)] == [True, False]


def test_the_button_of_the_shown_edition_stays_pressed(desk: Desk) -> None:
    desk.window.open_entry("2024/issue/2")
    click(desk.button("edition", 1))
    assert desk.button("edition", 1).isChecked()
    assert desk.code == "2024/issue/2"


@pytest.mark.parametrize("place", ["tree", "filter", "view"])
def test_a_click_on_a_language_does_not_take_the_focus(desk: Desk, place: str) -> None:
    widget = getattr(desk, place)
    widget.setFocus()
    for tag in (*TAGS, "ja"):
        click(desk.language_button(tag))
        assert desk.translator.tag == tag
        assert focus_is(widget)
        assert [button for button in TAGS if desk.language_button(button).isChecked()] == [tag]


def test_a_second_click_on_the_language_keeps_it_pressed(desk: Desk) -> None:
    for _ in range(3):
        click(desk.language_button("ja"))
        assert desk.language_button("ja").isChecked()
        assert desk.translator.tag == "ja"


# -- links on the page ---------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["signal", "mouse"])
@pytest.mark.parametrize(
    ("start", "target"),
    [
        ("2021/policy/14", "2021"),  # path
        ("2021/policy/14", "2021/field/2"),
        ("2021/field/2", "2021/policy/9"),  # child
        ("2021/section/policies", "2021/field/4"),
        ("2021/issue/2", "2024/issue/2"),  # related, into the other edition
        ("2024/issue/2", "2021/issue/2"),
        ("2021/policy/3", "2024"),  # "Open the revision" of the notice
        ("2024/section/outlook", "2024/figure/population-2027"),  # a figure's label
    ],
)
def test_links_open_what_they_say(desk: Desk, start: str, target: str, by: str) -> None:
    desk.window.open_entry(start)
    QApplication.processEvents()
    href = f"entry:{target}"
    assert href in [link for link, _, _ in desk.links()]
    if by == "mouse":
        desk.click_link(href)
    else:
        desk.view.anchorClicked.emit(QUrl(href))
    assert desk.code == target
    assert desk.chosen == ("" if target in ("2021", "2024") else target)
    desk.action("back").trigger()
    assert desk.code == start


def test_every_link_of_every_page_leads_to_an_entry_with_its_name(desk: Desk, plan: Plan) -> None:
    for node in plan.nodes():
        desk.window.open_entry(node.code)
        links = desk.links()
        assert node.kind == "edition" or links
        for href, text, _ in links:
            scheme, _, code = href.partition(":")
            if scheme == "entry":
                assert plan.node(code) is not None
                assert text.strip()
            else:
                assert href in (OWN_WORDS, READERS_LANGUAGE)


def test_the_notices_action_shows_the_citys_words_and_back(open_desk: OpenDesk, translated_plan: Plan) -> None:
    desk = open_desk("ja", translated_plan)
    desk.window.open_entry("2024/issue/2")
    QApplication.processEvents()
    ours = desk.text()
    desk.click_link(OWN_WORDS)
    assert "[ja]" not in desk.text()
    assert desk.code == "2024/issue/2"
    assert OWN_WORDS not in [href for href, _, _ in desk.links()]
    desk.click_link(READERS_LANGUAGE)
    assert desk.text() == ours
    assert not desk.action("back").isEnabled() or desk.code == "2024/issue/2"


def test_own_words_end_with_the_page(open_desk: OpenDesk, translated_plan: Plan) -> None:
    desk = open_desk("ja", translated_plan)
    desk.window.open_entry("2024/issue/2")
    desk.action("own_words").trigger()
    desk.window.open_entry("2024/issue/3")
    assert "[ja]" in desk.text()


def test_a_foreign_link_opens_nothing(desk: Desk) -> None:
    desk.window.open_entry("2021/issue/2")
    for address in ("https://example.com/", "file:///etc/passwd", "javascript:1", "", "action:else"):
        desk.view.anchorClicked.emit(QUrl(address))
        assert desk.code == "2021/issue/2"


def test_the_page_loads_nothing_from_anywhere(desk: Desk) -> None:
    for kind in range(5):
        assert desk.view.loadResource(kind, QUrl("https://example.com/picture.png")) is None


def test_steps_name_where_they_lead_and_stop_at_the_ends(desk: Desk, plan: Plan) -> None:
    codes = [node.code for node in plan.nodes() if plan.editions[node.edition].is_plan]
    first, last = codes[0], codes[-1]
    desk.window.open_entry(first)
    assert not desk.button("step", 0).isEnabled()
    desk.action("previous").trigger()
    assert desk.code == first
    click(desk.button("step", 1))
    assert desk.code == "2021/section/purpose"
    desk.window.open_entry(last)
    assert not desk.button("step", 1).isEnabled()
    desk.action("next").trigger()
    assert desk.code == last
    click(desk.button("step", 0))
    assert desk.code == "2024/district/shibaura-konan"
    assert plan.headings([plan.node(last).id], ("ja",))[plan.node(last).id].title in desk.button("step", 1).toolTip()


# -- the filter ----------------------------------------------------------------------------------


def test_clearing_the_filter_gives_the_open_branches_back(desk: Desk) -> None:
    desk.window.open_entry("2021/policy/14")
    desk.expand("2021/section/issues", "2021/field/1")
    before = desk.expanded()
    desk.look_for("災害")
    assert desk.code == "2021/policy/14", "a filter opens nothing"
    desk.look_for("")
    assert desk.expanded() == before
    assert desk.chosen == "2021/policy/14"


def test_the_filter_works_by_itself_after_a_moment(desk: Desk, qtbot) -> None:
    desk.filter.setFocus()
    desk.type("2")
    qtbot.waitUntil(lambda: desk.model.words == "2")
    state = desk.window.findChild(QLabel, "filter_state")
    assert state.isVisible()
    assert "2" in state.text()
    desk.filter.clear()
    qtbot.waitUntil(lambda: desk.model.words == "")
    assert not state.isVisible()


def test_an_entry_that_the_filter_hides_ends_the_filter(desk: Desk) -> None:
    desk.window.open_entry("2021/issue/2")
    desk.look_for("観光")
    desk.window.open_entry("2021/vision/1")
    assert desk.filter.text() == ""
    assert desk.chosen == "2021/vision/1"


@pytest.mark.parametrize(
    "words", ["%", "_", "'", "🏙️", "あ" * 10_000, "\0", " ".join(map(str, range(9_000)))], ids=lambda w: ascii(w[:6])
)
def test_no_words_break_the_window(desk: Desk, words: str) -> None:
    desk.window.open_entry("2021/issue/2")
    desk.look_for(words)
    assert desk.code == "2021/issue/2"
    assert (desk.window.width(), desk.window.height()) == (1280, 800)
    desk.look_for("")
    assert desk.chosen == "2021/issue/2"
