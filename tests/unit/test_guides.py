"""The help inside the program: complete in five languages, true to the screen, and never taken for the city's words."""

import re
from collections import Counter
from datetime import date

import pytest

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import OWN_KINDS, Status
from minato_viewer.domain.plan_data import Text
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import LANGUAGES, TAGS
from minato_viewer.pages.blocks import Imprint, Links, Notice, Page, Paragraph, Role
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.imprint import plan_period
from minato_viewer.pages.wording import edition_name
from minato_viewer.paths import ROOT
from minato_viewer.planfile.reader import Plan
from tests.unit.reading import TODAY, blocks, compose, every_text, untranslated

GUIDES = {
    "viewer/guide/start": 303,
    "viewer/guide/search": 390,
    "viewer/guide/languages": 304,
    "viewer/guide/words": 305,
    "viewer/guide/size-and-colours": 306,
    "viewer/guide/find-and-copy": 307,
    "viewer/guide/print": 310,
    "viewer/guide/visitor": 391,
    "viewer/guide/kiosk": 392,
    "viewer/guide/keys": 308,
    "viewer/guide/about-this-viewer": 309,
}
KEYS = "viewer/guide/keys"
AFTER_THE_PLAN = date(2027, 5, 1)
TRANSLATED = [tag for tag in TAGS if tag != "ja"]
# A key as a guide writes it: F1, Ctrl+L, Ctrl++, Alt+←, an arrow or a named key on its own.
KEY = re.compile(r"F[0-9]+|(?:(?:Ctrl|Alt|Shift)\+)+(?:Enter|[A-Z0-9+\-←↑→↓])|[←↑→↓]|\b(?:Enter|Esc|Space)\b", re.ASCII)
SCRIPTS = {"kana": re.compile("[ぁ-ゖァ-ヺ]"), "hangul": re.compile("[가-힣]"), "han": re.compile("[一-鿿]")}


def own_texts(sources: Sources, tag: str) -> dict[str, Text]:
    """Return the texts of the viewer's own pages in a language, by `CODE#FIELD`."""
    rows = [row for row in sources.data.texts if row.code.split("/")[0] == "viewer" and row.lang == tag]
    return {f"{row.code}#{row.field}": row for row in rows}


def spoken(plan: Plan, code: str, tag: str, today: date = TODAY) -> Page:
    """Return a page with the viewer's real sentences."""
    return Composer(plan, today).page(code, messages(tag))


def scripts(text: str) -> set[str]:
    return {name for name, characters in SCRIPTS.items() if characters.search(text)}


def keys(text: str) -> Counter[str]:
    return Counter(re.findall(KEY, text))


# -- what there is -------------------------------------------------------------------------------


def test_the_viewers_own_pages_are_an_edition_beside_the_plan(plan: Plan) -> None:
    nodes = [node for node in plan.nodes() if node.edition == "viewer"]
    kinds = {node.code: node.kind for node in nodes}
    assert kinds.pop("viewer") == "edition"
    assert set(kinds.values()) <= set(OWN_KINDS)
    assert not {node.kind for node in plan.nodes() if node.edition != "viewer"} & set(OWN_KINDS)
    assert min(node.short for node in nodes) == 301


def test_each_guide_has_its_code_and_hand_over_number(plan: Plan) -> None:
    section = plan.node("viewer/guide")
    assert section is not None
    assert section.short == 302
    assert {row.code: row.short for row in plan.nodes() if row.parent_id == section.id} == GUIDES


@pytest.mark.parametrize("code", [code for code in GUIDES if code != KEYS])
def test_a_guide_is_short(plan: Plan, code: str) -> None:
    said = [block for block in blocks(spoken(plan, code, "en"), Paragraph) if block.role is not Role.HEADING]
    assert 3 <= len(said) <= 8
    assert max(len(block.words.text) for block in said) <= 240


# -- five languages ------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_every_text_of_a_guide_is_there_in_every_language(sources: Sources, tag: str) -> None:
    wanted, there = own_texts(sources, "ja"), own_texts(sources, tag)
    assert len(wanted) > 80
    assert [context for context in wanted if context not in there] == []
    assert [context for context, row in there.items() if row.stale] == []


@pytest.mark.parametrize("tag", TAGS)
def test_the_viewers_words_stay_the_viewers_in_translation(sources: Sources, tag: str) -> None:
    assert {(row.status, row.source) for row in own_texts(sources, tag).values()} == {(Status.EDITOR, "")}


def test_no_translation_is_the_japanese_left_standing(sources: Sources) -> None:
    japanese = own_texts(sources, "ja")
    for tag in ("en", "zh-Hans", "ko"):
        assert [name for name, row in own_texts(sources, tag).items() if row.text == japanese[name].text] == []
    easy = own_texts(sources, "ja-x-easy")
    same = [name for name, row in easy.items() if row.text == japanese[name].text]
    assert not [name for name in same if "body" in name or "lead" in name]


def test_a_translation_is_written_in_the_script_of_its_language(sources: Sources) -> None:
    used = {
        tag: {name: scripts(row.text.replace("やさしい日本語", "")) for name, row in own_texts(sources, tag).items()}
        for tag in TAGS
    }
    assert {name: found for name, found in used["en"].items() if found} == {}
    assert {name: found for name, found in used["zh-Hans"].items() if found != {"han"}} == {}
    assert {name: found for name, found in used["ko"].items() if found != {"hangul"}} == {}
    assert all("hangul" not in found for tag in ("ja", "ja-x-easy") for found in used[tag].values())


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_translation_names_the_same_keys_files_and_large_numbers(sources: Sources, tag: str) -> None:
    japanese, there = own_texts(sources, "ja"), own_texts(sources, tag)
    assert sum(sum(keys(row.text).values()) for row in japanese.values()) > 50
    for name, row in there.items():
        assert set(keys(row.text)) == set(keys(japanese[name].text)), name
        assert set(re.findall("[0-9]{3}", row.text)) == set(re.findall("[0-9]{3}", japanese[name].text)), name


# -- true to the program -------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_a_key_that_a_guide_names_is_on_the_key_card(sources: Sources, tag: str) -> None:
    texts = own_texts(sources, tag)
    card = [row.text for name, row in texts.items() if name.startswith(f"{KEYS}#item.")]
    names = [text.partition(" — ")[0] for text in card]
    assert all(KEY.fullmatch(name) and text.partition(" — ")[2] for name, text in zip(names, card, strict=True))
    assert {name for name in names if names.count(name) > 1} == {"Enter"}, "in the tree and while finding"
    named = {key for row in texts.values() for key in keys(row.text)}
    assert named == set(names)


def test_the_key_card_gives_f2_to_f6_to_the_languages_in_their_order(sources: Sources) -> None:
    names = {"ja": "Japanese", "ja-x-easy": "plain Japanese", "en": "English", "zh-Hans": "Chinese", "ko": "Korean"}
    texts = own_texts(sources, "en")
    for guide in (KEYS, "viewer/guide/languages"):
        for number, language in enumerate(LANGUAGES, start=1):
            assert texts[f"{guide}#item.{number}"].text.startswith(f"F{number + 1} — {names[language.tag]}")


@pytest.mark.parametrize("tag", TAGS)
def test_a_guide_calls_what_is_on_the_screen_by_its_name(sources: Sources, tag: str) -> None:
    texts, said_in = own_texts(sources, tag), messages(tag)
    for name, message in (
        ("viewer/guide/start#lead.2", "Menu"),
        ("viewer/guide/start#body.4", "Filter the contents"),
        ("viewer/guide/start#body.6", "Topics and help"),
        ("viewer/guide/size-and-colours#body.3", "Menu"),
        ("viewer/guide/find-and-copy#body.4", "Menu"),
        ("viewer/guide/words#body.2", "ref. transl."),
        ("viewer/guide/words#body.4", "Editor's note (not in the plan)"),
        ("viewer/guide/about-this-viewer#body.2", "Menu"),
        ("viewer/guide/print#heading.4", "Point-at board"),
        ("viewer/guide/print#body.7", "My language is not here"),
        ("viewer/guide/visitor#lead.1", "Menu"),
        ("viewer/guide/visitor#lead.1", "Visitor"),
        ("viewer/guide/visitor#heading.1", "Two languages side by side"),
        ("viewer/guide/visitor#heading.2", "Visitor display"),
        ("viewer/guide/visitor#body.5", "Follow"),
        ("viewer/guide/visitor#body.5", "Hold"),
        ("viewer/guide/visitor#body.5", "Welcome"),
        ("viewer/guide/visitor#heading.3", "Write to the visitor"),
        ("viewer/guide/visitor#heading.4", "Next visitor"),
        ("viewer/guide/kiosk#body.2", "Search the plan"),
        *(("viewer/guide/kiosk#body.3", word) for word in ("Back", "Start page", "Language", "Large text")),
        *(("viewer/guide/kiosk#body.3", word) for word in ("Furigana", "Clear colors", "Lower")),
        ("viewer/guide/kiosk#body.4", "Take away"),
        ("viewer/guide/kiosk#body.5", "Finish"),
        ("viewer/guide/keys#heading.5", "Visitor"),
    ):
        shown = re.split(r"[（(]", said_in.gettext(message))[0].strip()
        assert shown in texts[name].text, name


@pytest.mark.parametrize("tag", TAGS)
def test_the_documents_that_a_guide_names_are_there(sources: Sources, tag: str) -> None:
    named = {name for row in own_texts(sources, tag).values() for name in re.findall(r"docs/[a-z.]+[a-z]", row.text)}
    assert named <= {"docs/settings.md", "docs/settings.ja.md"}
    assert ("docs/settings.ja.md" if tag.startswith("ja") else "docs/settings.md") in named
    assert [name for name in named if not (ROOT / name).is_file()] == []


# -- never taken for the city's words ------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("today", [TODAY, AFTER_THE_PLAN])
def test_a_page_of_the_viewers_own_says_that_it_is_not_the_citys_and_nothing_else(
    plan: Plan, tag: str, today: date
) -> None:
    for node in plan.nodes():
        if not node.code.startswith("viewer/guide"):
            continue
        page = compose(plan, node.code, tag, today)
        assert blocks(page, Notice) == []
        assert [foot.lines for foot in blocks(page, Imprint)] == [("Written by this viewer, not by the city.",)]
        assert {block.words.lang for block in blocks(page, Paragraph)} == {tag}
        assert {block.caption for block in blocks(page, Paragraph)} == {""}
        linked = [link for block in blocks(page, Links) for link in block.links]
        assert {(link.lang, link.reference) for link in (*linked, *page.path)} <= {(tag, False)}
        assert not any("Period of the plan" in text for text in every_text(page))


def test_the_guides_lead_to_each_other_and_not_into_the_plan(plan: Plan) -> None:
    walked, page = ["viewer"], compose(plan, "viewer", "ja")
    assert page.previous is None
    while page.next is not None:
        page = compose(plan, page.next.code, "ja")
        walked.append(page.code)
    assert walked == [node.code for node in plan.nodes() if node.edition == "viewer"]
    (parts,) = blocks(compose(plan, "viewer/guide", "ko"), Links)
    assert [link.code for link in parts.links] == list(GUIDES)


def test_the_help_has_a_name_and_no_period(plan: Plan) -> None:
    own, said_in = plan.editions["viewer"], untranslated("en")
    assert edition_name(own, plan.editions, said_in) == compose(plan, "viewer", "en").kicker == "Topics and help"
    assert plan_period(own, said_in) == ""
    assert plan_period(plan.editions["2021"], said_in) == "FY2021–FY2026"
    names = {code: edition_name(edition, plan.editions, said_in) for code, edition in plan.editions.items()}
    assert (names["2021"], names["2024"]) == ("2021 edition", "2024 revision")


@pytest.mark.parametrize("tag", TAGS)
def test_no_words_of_the_city_stand_behind_a_page_of_the_viewers_own(plan: Plan, tag: str) -> None:
    for node in plan.nodes():
        if node.edition == "viewer":
            page = compose(plan, node.code, tag, own_words=True)
            assert (page.own_words, page.own_words_differ) == (False, False)
            assert {block.words.lang for block in blocks(page, Paragraph)} == {tag}
