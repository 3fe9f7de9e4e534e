"""Truth on the screen: whose words these are, what is over, what must not be mistaken, what is not there."""

import pytest
from PySide6.QtWidgets import QApplication

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.notices import OWN_WORDS
from minato_viewer.planfile.reader import Plan
from minato_viewer.viewmodel.tree import Role
from tests.gui.conftest import OpenDesk
from tests.gui.desk import TODAY, Desk, fetch_all

REFERENCE = "Reference translation, not the city's official text."
PARTLY = "Partly a reference translation, not the city's official text."
SUPERSEDED = "This edition was superseded by the revision of {published}."
FORECAST = "This number is a forecast, not a count."
WISH = "This is a wish of children, not a commitment of the city."
MISSING = "The supplied document does not hold the text of this entry."
STALE = "The city's text has changed since this translation was made."


def begin(sentence: str) -> str:
    """Return a sentence up to its first placeholder."""
    return sentence.partition("{")[0]


def said(tag: str, message: str) -> str:
    """Return a message in a language; a real catalogue must have it, or this test would compare English."""
    text = messages(tag).gettext(message)
    assert tag == "en" or text != message, f"{message!r} is not translated into {tag}"
    return text


def after_title(desk: Desk) -> str:
    """Return the first block of the page below its title."""
    blocks = desk.blocks()
    return blocks[blocks.index(desk.window.pane.page.heading) + 1]


@pytest.fixture
def translated(open_desk: OpenDesk, translated_plan: Plan) -> Desk:
    return open_desk("ja", translated_plan)


def test_a_japanese_page_of_2024_begins_with_the_reference_notice(translated: Desk, translated_plan: Plan) -> None:
    seen = 0
    for node in translated_plan.nodes():
        if node.edition != "2024":
            continue
        statuses = {row.status.value for row in translated_plan.texts(node.id) if row.lang == "ja"}
        translated.window.open_entry(node.code)
        if "reference" in statuses:
            first = after_title(translated)
            assert "参考訳" in first
            assert "ではありません" in first
            assert first.startswith((said("ja", REFERENCE), said("ja", PARTLY)))
            assert OWN_WORDS in [href for href, _, _ in translated.links()]
            seen += 1
    assert seen > 30


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "zh-Hans"])
def test_the_reference_notice_stands_first_in_every_language(
    tag: str, open_desk: OpenDesk, translated_plan: Plan
) -> None:
    desk = open_desk(tag, translated_plan)
    desk.window.open_entry("2024/section/about")
    assert after_title(desk).startswith(said(tag, REFERENCE))


def test_the_words_of_2024_are_the_citys_chinese_edition_and_never_the_original(
    open_desk: OpenDesk, translated_plan: Plan
) -> None:
    desk = open_desk("ja", translated_plan)
    for code in ("2024/section/about", "2024/wish/1", "2024/issue/2"):
        desk.window.open_entry(code)
        assert "原文" not in desk.text()
        assert "中国語版" in desk.text()
        desk.action("own_words").trigger()
        assert "原文" not in desk.text()


def test_tree_rows_of_translations_carry_the_mark(translated: Desk) -> None:
    translated.window.open_entry("2024/issue/2")
    rows = {index.data(Role.CODE): index for index in fetch_all(translated.model)}
    assert rows["2024/issue/2"].data(Role.MARK) == "参考訳"
    assert rows["2024/wish/1"].data(Role.MARK) == "", "shown in the city's own words"
    translated.window.open_entry("2021/issue/2")
    rows = {index.data(Role.CODE): index for index in fetch_all(translated.model)}
    assert {index.data(Role.MARK) for index in rows.values()} == {""}
    assert rows["2021/issue/2"].data() in translated.blocks()


@pytest.mark.parametrize("tag", TAGS)
def test_every_page_of_2021_says_that_it_was_superseded(tag: str, open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk(tag)
    sentence = begin(said(tag, SUPERSEDED)) or said(tag, SUPERSEDED).partition("}")[2]
    for node in plan.nodes():
        desk.window.open_entry(node.code)
        assert (sentence in desk.text()) is (node.edition == "2021")


def test_the_period_of_the_projects_is_over_and_of_the_plan_is_not(desk: Desk) -> None:
    ended = said("ja", "The period of this part ended on {day}.").partition("{day}")
    desk.window.open_entry("2021/project/smoking-areas")
    assert f"{ended[0]}2024年3月31日{ended[2]}" in desk.text()
    desk.window.open_entry("2021/policy/4")
    assert f"{ended[0]}20" not in desk.text() or "2024年3月31日" not in desk.text()


@pytest.mark.parametrize("tag", TAGS)
def test_from_april_2027_every_page_says_that_the_period_is_over(tag: str, open_desk: OpenDesk, plan: Plan) -> None:
    over = said(tag, "The period of this plan ended on {day}.").partition("{day}")
    before = open_desk(tag, today=TODAY.replace(year=2027, month=3, day=31))
    after = open_desk(tag, today=TODAY.replace(year=2027, month=4, day=1))
    for node in [node for node in plan.nodes() if plan.editions[node.edition].is_plan][::9]:
        before.window.open_entry(node.code)
        after.window.open_entry(node.code)
        assert any(line.startswith(over[0]) and over[2] in line for line in after.blocks())
        assert not any(over[0] + "2027" in line for line in before.blocks() if over[0])


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("2024/figure/population-2027", FORECAST),
        ("2024/wish/1", WISH),
        ("2024/wish/6", WISH),
        ("2021/policy/24", MISSING),
    ],
)
def test_what_must_not_be_mistaken_is_said(tag: str, code: str, message: str, open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk(tag)
    desk.window.open_entry(code)
    assert said(tag, message) in desk.text()
    parent = code.rpartition("/")[0]
    other = {"2024/figure": "2024/figure/population-2024", "2024/wish": "2024/vision/1"}.get(parent, "2021/policy/25")
    desk.window.open_entry(other)
    assert said(tag, message) not in desk.text()


@pytest.mark.parametrize("tag", TAGS)
def test_a_forecast_is_called_one_in_the_table_too(tag: str, open_desk: OpenDesk) -> None:
    desk = open_desk(tag)
    desk.window.open_entry("2024/section/outlook")
    assert said(tag, "Forecast") in desk.text()


@pytest.mark.parametrize("tag", TAGS)
def test_policy_24_is_shown_as_missing_in_tree_and_page(tag: str, open_desk: OpenDesk) -> None:
    desk = open_desk(tag)
    desk.window.open_entry("2021/policy/24")
    row = desk.model.index_of("2021/policy/24")
    stands_in = said(tag, "{entry} (not in the supplied document)").partition("{entry}")[2]
    for text in (row.data(), desk.window.pane.page.heading, desk.window.windowTitle()):
        assert "24" in text
        assert stands_in in text
    assert row.data() in desk.blocks()
    desk.window.open_entry("2021/field/4")
    assert row.data() in desk.text(), "the field's list of parts names it too"


def test_a_translation_older_than_the_citys_text_says_so(translated: Desk) -> None:
    translated.window.open_entry("2024/issue/3")
    assert said("ja", STALE) in translated.text()
    translated.window.open_entry("2024/issue/2")
    assert said("ja", STALE) not in translated.text()


@pytest.mark.parametrize("tag", TAGS)
def test_links_made_by_the_viewer_say_so(tag: str, open_desk: OpenDesk) -> None:
    desk = open_desk(tag)
    desk.window.open_entry("2021/issue/2")
    QApplication.processEvents()
    assert said(tag, "These links were made by this viewer, not by the city.") in desk.text()


def test_the_window_claims_nothing_official(translated: Desk) -> None:
    for code in ("2021", "2024", "2024/section/message"):
        translated.window.open_entry(code)
        shown = [label.text() for label in translated.labels()]
        assert any("評価版" in text and "公式アプリではありません" in text for text in shown)
        assert not any("準拠" in text for text in shown)
