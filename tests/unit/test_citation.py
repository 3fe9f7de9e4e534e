"""Quoted words and what must stand with them: plan, title, edition, source, whose words they are, and the code."""

from collections.abc import Iterator
from datetime import date

import pytest

from minato_viewer.authoring.sources import Sources, load
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.blocks import Figures, Imprint, Notice, Page, Paragraph, Tone
from minato_viewer.pages.citation import cited
from minato_viewer.paths import SOURCES
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from tests.unit.reading import TODAY, blocks, compose, untranslated
from tests.unit.translating import translate

PLAN = "Minato City Basic Plan"
REFERENCE = "Reference translation, not the city's official text."
PARTLY = "Partly a reference translation, not the city's official text."
STALE = "The city's text has changed since this translation was made."
CHINESE, JAPANESE = "The city's own words (its Chinese edition)", "The city's own words (Japanese)"
SUPERSEDED = "This edition was superseded by the revision of January 2024."
FOREIGN = "Some of these lines are not from this entry of the plan."
FORECAST = "This number is a forecast, not a count."
EDITORS = "Notes and labels without a source are by the editors of this viewer."
POPULATION = "2024/figure/population-2027"
CARBON, HEALTH, DISASTER = "2024/measure/carbon", "2024/measure/health", "2024/measure/disaster"
WORDS = {
    f"{CARBON}#title": "脱炭素化を進める",
    f"{CARBON}#body.1": "再生可能エネルギーの導入を増やします。",
    f"{HEALTH}#title": "豊かで健康な暮らしを支える",
    f"{POPULATION}#title": "人口の予測",
    f"{DISASTER}#title": "災害対策を強化する",
    f"{DISASTER}#body.1": "日頃から備えます。",
}


@pytest.fixture(scope="module")
def partly_translated(bare_sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """A plan in which one measure is translated into Japanese, one partly, and one had its original changed."""
    folder = tmp_path_factory.mktemp("citation")
    translate(folder / "i18n", bare_sources, "ja", WORDS, fuzzy=(f"{DISASTER}#body.1",))
    build(load(SOURCES, folder / "i18n").data, folder / "plan.sqlite")
    plan = Plan(folder / "plan.sqlite")
    yield plan
    plan.close()


def quote(plan: Plan, code: str, tag: str, selection: str = "", **options: bool) -> list[str]:
    """Return the lines of a citation, the sentences in English."""
    return cited(compose(plan, code, tag, **options), plan.editions, untranslated(tag), selection).split("\n")


def body(page: Page, place: int = 0) -> str:
    return blocks(page, Paragraph)[place].words.text


# -- the whole of an entry -----------------------------------------------------------------------


def test_an_entry_is_quoted_with_all_that_must_be_known(bare_plan: Plan) -> None:
    page = compose(bare_plan, "2021/issue/7", "ja")
    assert quote(bare_plan, "2021/issue/7", "ja") == [
        PLAN,
        "Priority issue 7",
        "東京2020大会の成功と「レガシーの継承」",
        "",
        body(page),
        "",
        "【主な取組】",
        "- MINATOシティーフマラソン",
        "- 「泳げる海、お台場」の実現に向けた取組",
        f"* Editor's note (not in the plan): {body(page, -1)}",
        "",
        JAPANESE,
        SUPERSEDED.replace("January 2024", "2024年1月"),
        "Source: the supplied Japanese document (000_448044f3c7e31fd0.txt), lines 102, 104, 106, 108, 110–111",
        EDITORS,
        "2021 edition. Period of the plan: 令和3(2021)年度～令和8(2026)年度.",
        "Entry in the plan viewer: 2021/issue/7",
        "",
    ]


@pytest.mark.parametrize("tag", TAGS)
def test_every_entry_can_be_quoted_and_nothing_of_it_is_lost(plan: Plan, tag: str) -> None:
    for node in plan.nodes():
        page = compose(plan, node.code, tag)
        text = cited(page, plan.editions, untranslated(tag))
        wanted = [page.kicker, page.heading, *(block.words.text for block in blocks(page, Paragraph))]
        wanted += [block.caption for block in blocks(page, Paragraph)]
        wanted += [cell for block in blocks(page, Figures) for row in block.rows for cell in (row.amount, row.basis)]
        wanted += [line for block in blocks(page, Imprint) for line in block.lines if node.edition in ("2021", "2024")]
        wanted += [notice.text for notice in blocks(page, Notice) if notice.tone in (Tone.OVER, Tone.CAUTION)]
        assert [part for part in wanted if part not in text] == []
        assert text.endswith(f": {node.code}\n")
        assert "\n\n\n" not in text
        assert not text.startswith("\n")


@pytest.mark.parametrize("tag", TAGS)
def test_whoever_quotes_a_translation_calls_it_one(plan: Plan, tag: str) -> None:
    for node in plan.nodes():
        page = compose(plan, node.code, tag)
        shown = [*([page.title] if page.title else []), *(block.words for block in blocks(page, Paragraph))]
        ours = any(words.status == "reference" for words in shown)
        said = quote(plan, node.code, tag)
        assert any(sentence in said for sentence in (REFERENCE, PARTLY)) == ours


def test_links_to_other_entries_are_not_quoted(bare_plan: Plan) -> None:
    text = "\n".join(quote(bare_plan, "2021/policy/4", "ja"))
    assert "2024/measure" not in text
    assert "links were made" not in text


def test_a_number_is_quoted_with_its_day_and_basis(bare_plan: Plan) -> None:
    lines = quote(bare_plan, "2024/figure/population-2027", "en")
    assert "- 人口预测: 282,317 people (January 1, 2027; Forecast)" in lines
    assert FORECAST in lines


def test_what_the_document_does_not_hold_is_said_to_be_missing(bare_plan: Plan) -> None:
    lines = quote(bare_plan, "2021/policy/24", "en")
    assert "Policy 24 (not in the supplied document)" in lines
    assert "The supplied document does not hold the text of this entry." in lines


def test_a_plan_that_is_over_is_said_to_be(bare_plan: Plan) -> None:
    page = compose(bare_plan, CARBON, "en", date(2027, 4, 1))
    over = "The period of this plan ended on March 31, 2027."
    assert over in cited(page, bare_plan.editions, untranslated("en"))
    assert over not in cited(compose(bare_plan, CARBON, "en"), bare_plan.editions, untranslated("en"))


def test_own_words_on_demand_are_quoted_as_the_citys(partly_translated: Plan) -> None:
    lines = quote(partly_translated, CARBON, "ja", own_words=True)
    assert CHINESE in lines
    assert REFERENCE not in lines
    assert WORDS[f"{CARBON}#body.1"] not in lines


def test_a_stale_translation_is_said_to_be_one(partly_translated: Plan) -> None:
    assert STALE in quote(partly_translated, DISASTER, "ja")
    assert STALE not in quote(partly_translated, CARBON, "ja")


@pytest.mark.parametrize(
    ("tag", "sentence"), [("ja", "参考訳"), ("ko", "참고"), ("zh-Hans", "参考"), ("en", "Reference")]
)
def test_the_sentences_are_in_the_readers_language(partly_translated: Plan, tag: str, sentence: str) -> None:
    page = compose(partly_translated, CARBON, "ja")
    assert sentence in cited(page, partly_translated.editions, messages(tag))


# -- a selection ---------------------------------------------------------------------------------


def test_a_selection_is_quoted_below_the_title_with_its_own_source(bare_plan: Plan) -> None:
    assert quote(bare_plan, "2021/issue/7", "ja", "「泳げる海、お台場」の実現に向けた取組") == [
        PLAN,
        "Priority issue 7",
        "東京2020大会の成功と「レガシーの継承」",
        "",
        "「泳げる海、お台場」の実現に向けた取組",
        "",
        JAPANESE,
        SUPERSEDED.replace("January 2024", "2024年1月"),
        "Source: the supplied Japanese document (000_448044f3c7e31fd0.txt), lines 104, 111",
        "2021 edition. Period of the plan: 令和3(2021)年度～令和8(2026)年度.",
        "Entry in the plan viewer: 2021/issue/7",
        "",
    ]


def test_part_of_a_paragraph_has_the_lines_of_the_paragraph(bare_plan: Plan) -> None:
    page = compose(bare_plan, "2021/issue/7", "ja")
    lines = quote(bare_plan, "2021/issue/7", "ja", body(page)[5:20])
    assert body(page)[5:20] in lines
    assert any(line.endswith("lines 104, 106") for line in lines)


def test_a_blank_selection_is_none(bare_plan: Plan) -> None:
    assert quote(bare_plan, CARBON, "en", " \u2029\ufffc\u3000\n") == quote(bare_plan, CARBON, "en")


def test_lines_of_a_selection_end_as_qt_or_python_ends_them(bare_plan: Plan) -> None:
    page = compose(bare_plan, "2021/issue/7", "ja")
    parts = [block.words.text for block in blocks(page, Paragraph)[:4]]
    wanted = quote(bare_plan, "2021/issue/7", "ja", "\n".join(parts))
    assert wanted[4:8] == parts
    for end in ("\u2029", "\u2028", "\r\n", "\n\n", "\ufdd1\ufdd0", " \ufffc\u2029"):
        assert quote(bare_plan, "2021/issue/7", "ja", end.join(parts)) == wanted


def test_the_citys_words_beside_a_translation_are_quoted_as_what_they_are(partly_translated: Plan) -> None:
    """The title is translated and the body is not: the body is the city's, and the title above it is ours."""
    page = compose(partly_translated, HEALTH, "ja")
    assert {block.words.status for block in blocks(page, Paragraph)} == {"original"}
    lines = quote(partly_translated, HEALTH, "ja", body(page))
    assert REFERENCE in lines
    assert any("is shown from the city's Chinese edition" in line for line in lines)
    own = page._replace(title=None)
    alone = cited(own, partly_translated.editions, untranslated("zh-Hans"), body(page)).split("\n")
    assert CHINESE in alone
    assert REFERENCE not in alone


def test_a_selected_translation_is_called_one_and_has_the_source_of_the_page(partly_translated: Plan) -> None:
    lines = quote(partly_translated, CARBON, "ja", "再生可能エネルギー")
    assert REFERENCE in lines
    imprint = blocks(compose(partly_translated, CARBON, "ja"), Imprint)[0]
    assert [line for line in lines if line in imprint.lines] == list(imprint.lines)
    assert any(line.startswith("Source: the city's Chinese edition") for line in lines)


@pytest.mark.parametrize(("selected", "stale"), [("災害対策", False), ("日頃から", True)])
def test_only_a_selection_that_is_out_of_date_is_said_to_be(
    partly_translated: Plan, selected: str, stale: bool
) -> None:
    assert (STALE in quote(partly_translated, DISASTER, "ja", selected)) == stale


def test_a_note_alone_is_said_to_be_the_editors(bare_plan: Plan) -> None:
    page = compose(bare_plan, "2021/issue/7", "ja")
    caption, note = "Editor's note (not in the plan)", body(page, -1)
    lines = quote(bare_plan, "2021/issue/7", "ja", note[:30])
    assert lines[4:6] == [f"{caption}:", note[:30]]
    assert EDITORS in lines
    lines = quote(bare_plan, "2021/issue/7", "ja", f"{caption}\u2028{note}")
    assert lines[4:7] == [caption, note, ""]
    assert FOREIGN not in lines
    lines = quote(bare_plan, "2021/issue/7", "ja", f"{body(page)}\u2029{note}")
    assert lines[4:7] == [body(page), note, ""]
    assert EDITORS in lines


@pytest.mark.parametrize(
    "line", ["Related entries", "加强应对地震等自然灾害的措施", SUPERSEDED, "No such words stand anywhere."]
)
def test_lines_of_other_entries_and_of_the_viewer_are_not_passed_off_as_the_entrys(bare_plan: Plan, line: str) -> None:
    title = "自助・共助・公助により災害に強い都心づくりを進める"
    assert FOREIGN in quote(bare_plan, "2021/policy/4", "en", line)
    assert FOREIGN in quote(bare_plan, "2021/policy/4", "en", f"{title}\n{line}")
    assert FOREIGN not in quote(bare_plan, "2021/policy/4", "en", title)
    assert FOREIGN not in quote(bare_plan, "2021/policy/4", "en", "Policy 4")


def test_a_number_never_stands_without_what_it_counts(bare_plan: Plan) -> None:
    page = compose(bare_plan, "2024/section/outlook", "en")
    (row, *others) = [row for block in blocks(page, Figures) for row in block.rows if row.forecast]
    whole = f"- {row.link.title}: {row.amount} ({row.when}; {row.basis})"
    for selected in (row.amount, row.amount.split(" ")[0], f"{row.link.title}\u2029{row.amount}"):
        assert whole in quote(bare_plan, "2024/section/outlook", "en", selected)
    every_cell = [row.link.title, row.amount, row.when, row.basis]
    lines = quote(bare_plan, "2024/section/outlook", "en", "\u2029".join(every_cell))
    assert whole not in lines
    assert [line for line in lines if line in every_cell] == every_cell
    assert FOREIGN not in lines
    assert others == [] or f"- {others[0].link.title}: {others[0].amount}" not in "\n".join(lines)


def test_the_translated_label_of_a_number_is_called_a_translation_once(partly_translated: Plan) -> None:
    """On the page of the number itself, where the title is that label, and on one whose other words are the city's."""
    assert quote(partly_translated, POPULATION, "ja").count(REFERENCE) == 1
    outlook = quote(partly_translated, "2024/section/outlook", "ja")
    assert any("人口の予測" in line for line in outlook)
    assert outlook.count(REFERENCE) == 1


def test_a_selected_number_has_its_own_source(bare_plan: Plan) -> None:
    page = compose(bare_plan, "2024/section/outlook", "en")
    row = next(row for block in blocks(page, Figures) for row in block.rows)
    lines = quote(bare_plan, "2024/section/outlook", "en", row.amount)
    number = row.source.rpartition(":")[2].split(",")[0].split("-")[0]
    source = next(line for line in lines if line.startswith("Source: "))
    assert number in source.replace("–", " ").replace(",", " ").split()
    assert source not in blocks(page, Imprint)[0].lines, "the page has more sources than this number"


def test_one_digit_is_no_number_of_the_plan(bare_plan: Plan) -> None:
    lines = quote(bare_plan, "2024/section/outlook", "en", "2")
    assert not any(line.startswith("- ") for line in lines)


@pytest.mark.parametrize("tag", TAGS)
def test_what_can_be_selected_on_a_page_can_be_quoted(plan: Plan, tag: str) -> None:
    """Every line of every page of one edition, alone."""
    for node in list(plan.nodes())[::7]:
        page = compose(plan, node.code, tag, TODAY)
        for block in blocks(page, Paragraph):
            lines = quote(plan, node.code, tag, block.words.text)
            assert block.words.text in "\n".join(lines)
            assert FOREIGN not in lines
