"""What a page must say about its words: whose they are, whether they hold, what not to take them for."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from minato_viewer.authoring.sources import Sources, load
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.blocks import Notice, Page, Paragraph, Tone
from minato_viewer.paths import SOURCES
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from tests.unit.reading import blocks, compose, notices
from tests.unit.translating import translate

REFERENCE = "Reference translation, not the city's official text."
PARTLY_OURS = "Partly a reference translation, not the city's official text."
STALE = "The city's text has changed since this translation was made."
OUR_WORDS_CHANGED = "The viewer's own words have changed since they were translated."
STANDS_IN = "Not yet available in this language. You are reading the city's Chinese edition."
PARTLY = "Some of this is not yet available in this language and is shown from the city's Chinese edition."
CHINESE, JAPANESE = "The city's own words (its Chinese edition)", "The city's own words (Japanese)"
SUPERSEDED = "This edition was superseded by the revision of "
PART_OVER, PLAN_OVER = "The period of this part ended on ", "The period of this plan ended on "
FORECAST = "This number is a forecast, not a count."
WISH = "This is a wish of children, not a commitment of the city."
MISSING = "The supplied document does not hold the text of this entry."
CARBON, HEALTH, DISASTER = "2024/measure/carbon", "2024/measure/health", "2024/measure/disaster"
GUIDE, NOTED = "viewer/guide/start", "2021/policy/24"
WORDS = {
    f"{CARBON}#title": "脱炭素化を進める",
    f"{CARBON}#body.1": "再生可能エネルギーの導入を増やします。",
    f"{HEALTH}#title": "豊かで健康な暮らしを支える",
    f"{DISASTER}#title": "災害対策を強化する",
    f"{DISASTER}#body.1": "日頃から備えます。",
}


@pytest.fixture(scope="module")
def translated_plan(bare_sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """A plan in which one measure is translated into Japanese, one partly, and one had its original changed."""
    folder = tmp_path_factory.mktemp("notices")
    translate(folder / "i18n", bare_sources, "ja", WORDS, fuzzy=(f"{DISASTER}#body.1",))
    build(load(SOURCES, folder / "i18n").data, folder / "plan.sqlite")
    plan = Plan(folder / "plan.sqlite")
    yield plan
    plan.close()


def built(sources: Sources, folder: Path, words: dict[str, str], fuzzy: tuple[str, ...] = ()) -> Plan:
    """Return the plan with these Korean texts and no other translation."""
    translate(folder / "i18n", sources, "ko", words, fuzzy)
    build(load(SOURCES, folder / "i18n").data, folder / "plan.sqlite")
    return Plan(folder / "plan.sqlite")


def tones(page: Page) -> dict[str, Tone]:
    return {notice.text: notice.tone for notice in blocks(page, Notice)}


def starts(page: Page, words: str) -> list[str]:
    return [text for text in notices(page) if text.startswith(words)]


def test_a_japanese_page_of_2024_begins_by_calling_itself_a_reference_translation(translated_plan: Plan) -> None:
    page = compose(translated_plan, CARBON, "ja")
    first = page.blocks[0]
    assert isinstance(first, Notice)
    assert (first.text, first.tone) == (REFERENCE, Tone.REFERENCE)
    assert (first.action, first.action_text) == ("action:own-words", "Show the city's Chinese edition")
    assert CHINESE not in notices(page)


def test_words_that_stand_in_are_called_so(translated_plan: Plan) -> None:
    for tag in ("en", "ko"):
        page = compose(translated_plan, CARBON, tag)
        assert STANDS_IN in notices(page)
        assert REFERENCE not in notices(page)
        assert CHINESE not in notices(page)


def test_easy_japanese_that_falls_back_to_our_japanese_does_not_claim_to_show_the_citys_words(
    translated_plan: Plan,
) -> None:
    page = compose(translated_plan, CARBON, "ja-x-easy")
    assert notices(page)[0] == REFERENCE
    assert not {STANDS_IN, PARTLY, CHINESE} & set(notices(page))


def test_easy_japanese_that_falls_back_to_the_citys_japanese_says_so(bare_plan: Plan) -> None:
    assert notices(compose(bare_plan, "2021/policy/4", "ja-x-easy"))[0] == (
        "Not yet available in this language. You are reading the city's own words in Japanese."
    )


def test_a_page_that_is_translated_in_part_says_so(translated_plan: Plan) -> None:
    assert notices(compose(translated_plan, HEALTH, "ja"))[:2] == [REFERENCE, PARTLY]


def test_a_stale_translation_says_that_the_citys_text_has_changed(translated_plan: Plan) -> None:
    assert notices(compose(translated_plan, DISASTER, "ja"))[:2] == [REFERENCE, STALE]
    assert STALE not in notices(compose(translated_plan, CARBON, "ja"))
    assert STALE not in notices(compose(translated_plan, DISASTER, "zh-Hans"))


def test_the_citys_words_are_called_by_edition_and_never_the_original(plan: Plan) -> None:
    assert notices(compose(plan, CARBON, "zh-Hans"))[0] == CHINESE
    assert notices(compose(plan, "2021/policy/4", "ja"))[0] == JAPANESE


def test_own_words_on_demand_lead_back_to_the_readers_language(translated_plan: Plan) -> None:
    page = compose(translated_plan, CARBON, "ja", own_words=True)
    first = page.blocks[0]
    assert isinstance(first, Notice)
    assert (first.tone, first.text, first.action) == (Tone.OWN, CHINESE, "action:readers-language")
    assert REFERENCE not in notices(page)


@pytest.mark.parametrize("tag", TAGS)
def test_every_page_that_shows_a_translation_begins_by_saying_so(plan: Plan, tag: str) -> None:
    for node in plan.nodes():
        page = compose(plan, node.code, tag)
        shown = [*([page.title] if page.title else []), *(row.words for row in blocks(page, Paragraph))]
        ours = any(words.status == "reference" for words in shown)
        assert any(sentence in notices(page) for sentence in (REFERENCE, PARTLY_OURS)) == ours, node.code
        if ours:
            assert isinstance(page.blocks[0], Notice)
            # Part of the page is the city's where sentences of it are, and not only a name.
            own = [
                row
                for row in blocks(page, Paragraph)
                if row.words.status == "official" and row.role in ("lead", "body")
            ]
            assert page.blocks[0].text == (PARTLY_OURS if own and own[0].words.lang == tag else REFERENCE), node.code


@pytest.mark.parametrize("tag", TAGS)
def test_every_page_of_2021_says_that_it_was_superseded_and_leads_to_the_revision(plan: Plan, tag: str) -> None:
    for node in plan.nodes():
        page = compose(plan, node.code, tag)
        found = [notice for notice in blocks(page, Notice) if notice.text.startswith(SUPERSEDED)]
        assert [(notice.tone, notice.action) for notice in found] == (
            [(Tone.OVER, "entry:2024")] if node.edition == "2021" else []
        )


def test_the_revision_is_dated_by_month_as_the_document_is(plan: Plan) -> None:
    assert f"{SUPERSEDED}January 2024." in notices(compose(plan, "2021", "en"))
    assert f"{SUPERSEDED}2024年1月." in notices(compose(plan, "2021", "ja"))


@pytest.mark.parametrize(("today", "over"), [(date(2024, 3, 31), False), (date(2024, 4, 1), True)])
def test_the_projects_of_2021_are_over_after_fiscal_2023_and_not_before(plan: Plan, today: date, over: bool) -> None:
    expected = [f"{PART_OVER}March 31, 2024."] if over else []
    for code in ("2021/section/projects", "2021/project/welfare-desk", "2021/figure/project-cost"):
        assert starts(compose(plan, code, "en", today), PART_OVER) == expected
    for code in ("2021", "2021/policy/4", "2024/measure/carbon"):
        assert starts(compose(plan, code, "en", today), PART_OVER) == []


@pytest.mark.parametrize(("today", "over"), [(date(2027, 3, 31), False), (date(2027, 4, 1), True)])
def test_from_april_2027_every_page_says_that_the_plan_is_over(plan: Plan, today: date, over: bool) -> None:
    expected = [f"{PLAN_OVER}March 31, 2027."] if over else []
    for node in plan.nodes():
        said = starts(compose(plan, node.code, "en", today), PLAN_OVER)
        assert said == (expected if plan.editions[node.edition].is_plan else [])


def test_a_forecast_is_called_one_and_a_count_is_not(plan: Plan) -> None:
    assert tones(compose(plan, "2024/figure/population-2027", "en"))[FORECAST] is Tone.CAUTION
    for code in ("2024/figure/population-2024", "2024/figure/finance-2024-2026", "2021/figure/project-cost"):
        assert FORECAST not in notices(compose(plan, code, "en"))


def test_every_wish_is_called_a_wish_and_nothing_else_is(plan: Plan) -> None:
    said = {node.code for node in plan.nodes() if WISH in notices(compose(plan, node.code, "en"))}
    assert said == {f"2024/wish/{number}" for number in range(1, 7)}


def test_policy_24_alone_is_shown_as_missing(plan: Plan) -> None:
    said = {node.code for node in plan.nodes() if MISSING in notices(compose(plan, node.code, "ja"))}
    assert said == {"2021/policy/24"}
    page = compose(plan, "2021/policy/24", "en")
    assert page.title is None
    assert page.heading == "Policy 24 (not in the supplied document)"
    assert tones(page)[MISSING] is Tone.MISSING


# -- the viewer's own pages and notes --------------------------------------------------------------


def test_an_outdated_translation_of_the_viewers_own_words_does_not_blame_the_city(
    bare_sources: Sources, tmp_path: Path
) -> None:
    words = {f"{GUIDE}#title": "옛 제목", f"{NOTED}#note.1": "옛 주석"}
    plan = built(bare_sources, tmp_path, words, fuzzy=tuple(words))
    for code in (GUIDE, NOTED):
        page = compose(plan, code, "ko")
        assert OUR_WORDS_CHANGED in notices(page)
        assert STALE not in notices(page)
        assert OUR_WORDS_CHANGED not in notices(compose(plan, code, "ja"))
    plan.close()


def test_a_guide_that_is_not_translated_says_so_and_claims_nothing_of_the_city(
    bare_sources: Sources, tmp_path: Path
) -> None:
    plan = built(bare_sources, tmp_path, {f"{GUIDE}#title": "안내"})
    assert notices(compose(plan, GUIDE, "ko")) == ["Some of this page is not yet available in this language."]
    for code, tag in ((GUIDE, "en"), (GUIDE, "ja-x-easy"), ("viewer", "ko")):
        assert notices(compose(plan, code, tag)) == ["This page is not yet available in this language."]
    assert notices(compose(plan, GUIDE, "ja")) == []
    plan.close()
