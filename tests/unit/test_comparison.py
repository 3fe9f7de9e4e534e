"""Both editions side by side, the drawing of the districts, and their offices."""

import re

import pytest

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import Status
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.blocks import Comparison, ComparisonRow, DistrictMap, Imprint, Links, Paragraph, Role
from minato_viewer.pages.comparison import MARKS
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.plaintext import as_json, plain_text
from minato_viewer.planfile.reader import Plan
from tests.unit.reading import TODAY, blocks, compose

GROUPS = ["viewer/compare/issues", "viewer/compare/fields", "viewer/compare/vision", "viewer/compare/figures"]
OPEN_DATA = "https://opendata.city.minato.tokyo.jp/"
OFFICES = {
    "shiba": "芝公園一丁目5番25号", "azabu": "六本木五丁目16番45号", "akasaka": "赤坂四丁目18番13号",
    "takanawa": "高輪一丁目16番25号", "shibaura-konan": "芝浦一丁目16番1号",
}  # fmt: skip


def pairs(rows: tuple[ComparisonRow, ...]) -> list[tuple[str, str, str]]:
    return [
        (row.earlier.link.code if row.earlier else "", row.outcome, row.later.link.code if row.later else "")
        for row in rows
    ]


# -- the comparison ------------------------------------------------------------------------------


def test_one_page_shows_all_comparisons_and_each_has_a_page_of_its_own(plan: Plan) -> None:
    shown = blocks(compose(plan, "viewer/compare", "ja"), Comparison)
    assert [table.heading.code for table in shown if table.heading] == GROUPS
    for table in shown:
        assert table.heading is not None
        assert len(table.words) > 0
        (alone,) = blocks(compose(plan, table.heading.code, "ja"), Comparison)
        assert alone == table._replace(heading=None, words=())


def test_the_issues_stand_side_by_side_with_what_happened(plan: Plan) -> None:
    (table,) = blocks(compose(plan, "viewer/compare/issues", "en"), Comparison)
    assert (table.earlier, table.outcome, table.later) == ("2021 edition", "Outcome", "2024 revision")
    assert pairs(table.rows) == [
        ("2021/issue/1", "Recast", "2024/issue/7"),
        ("2021/issue/2", "Kept", "2024/issue/2"),
        ("2021/issue/3", "Kept", "2024/issue/4"),
        ("2021/issue/4", "Kept", "2024/issue/5"),
        ("2021/issue/5", "Kept", "2024/issue/6"),
        ("2021/issue/6", "Kept", "2024/issue/8"),
        ("2021/issue/7", "Ended", ""),
        ("", "New", "2024/issue/1"),
        ("", "New", "2024/issue/3"),
    ]
    assert table.summary == "Kept: 5 · Recast: 1 · New: 2 · Ended: 1"


def test_fields_vision_and_statements_were_kept(plan: Plan) -> None:
    for code, prefixes in (("fields", ["field/1", "field/2", "field/3", "field/4"]),
                           ("vision", ["vision", "vision/1", "vision/2", "vision/3", "vision/4"])):  # fmt: skip
        (table,) = blocks(compose(plan, f"viewer/compare/{code}", "en"), Comparison)
        assert pairs(table.rows) == [(f"2021/{name}", "Kept", f"2024/{name}") for name in prefixes]


def test_numbers_stand_with_their_labels_and_a_forecast_is_called_one(plan: Plan) -> None:
    (table,) = blocks(compose(plan, "viewer/compare/figures", "ja"), Comparison)
    rows = {(row.earlier or row.later).link.code: row for row in table.rows if row.earlier or row.later}
    cost = rows["2021/figure/project-cost"]
    assert cost.earlier is not None
    assert cost.later is not None
    assert (cost.earlier.amount, cost.later.amount, cost.outcome) == ("851億円", "5,739億円", "Not the same")
    assert (cost.earlier.link.title, cost.later.link.title) == ("事業費", "財政規模")
    forecast = rows["2024/figure/population-2027"]
    assert forecast.later is not None
    assert "Forecast" in forecast.later.link.detail
    assert forecast.earlier is None
    assert forecast.outcome == "Only in the later one"
    assert table.summary == "", "numbers that only one document gives are not counted as new"


def test_a_translated_title_carries_its_mark_in_the_table(plan: Plan) -> None:
    for tag in TAGS:
        (table,) = blocks(compose(plan, "viewer/compare/vision", tag), Comparison)
        sides = [side.link for row in table.rows for side in (row.earlier, row.later) if side]
        assert all((link.mark == "ref. transl.") == link.reference for link in sides)
        assert {link.code[:4]: link.reference for link in sides} == {"2021": tag != "ja", "2024": tag != "zh-Hans"}


@pytest.mark.parametrize("tag", TAGS)
def test_the_key_of_the_tables_has_every_mark_with_the_words_of_the_table(plan: Plan, tag: str) -> None:
    page = Composer(plan, TODAY).page("viewer/compare", messages(tag))
    key = " ".join(block.words.text for block in blocks(page, Paragraph) if block.role is Role.ITEM)
    used = {f"{row.mark} {row.outcome}" for table in blocks(page, Comparison) for row in table.rows}
    assert {mark[0] for mark in used} == set(MARKS.values())
    assert [words for words in used if words not in key] == []


@pytest.mark.parametrize("tag", TAGS)
def test_every_outcome_has_words_of_its_own(plan: Plan, tag: str) -> None:
    page = Composer(plan, TODAY).page("viewer/compare", messages(tag))
    outcomes = {row.outcome for table in blocks(page, Comparison) for row in table.rows}
    assert len(outcomes) == 7


def test_the_comparison_reads_as_text_and_as_json(plan: Plan) -> None:
    page = compose(plan, "viewer/compare/issues", "en")
    lines = plain_text(page).splitlines()
    assert "2021 edition | Outcome | 2024 revision" in lines
    (ended,) = [line for line in lines if "× Ended" in line]
    assert ended.endswith("<2021/issue/7> | × Ended | Nothing in the supplied document")
    (table,) = [block for block in as_json(page)["blocks"] if block["type"] == "comparison"]
    assert table["rows"][0]["later"]["link"]["code"] == "2024/issue/7"
    assert table["rows"][-1]["earlier"] is None


def test_easy_japanese_has_at_most_13_kanji_a_sentence(sources: Sources) -> None:
    kanji = re.compile("[一-鿿々]")
    texts = [row for row in sources.data.texts if row.lang == "ja-x-easy"]
    ours = [row for row in texts if row.code.startswith(("viewer/topic", "viewer/compare", "2024/district"))]
    long = [
        (row.code, row.field, sentence)
        for row in ours
        for sentence in row.text.split("。")
        if len(kanji.findall(sentence)) > 13
    ]
    assert len(ours) > 60
    assert long == []


# -- the districts -------------------------------------------------------------------------------


def test_the_districts_stand_as_the_brochure_draws_them(plan: Plan) -> None:
    page = compose(plan, "2024/section/districts", "ja")
    (drawn,) = blocks(page, DistrictMap)
    assert [[link.title for link in row] for row in drawn.rows] == [
        ["赤坂地区"], ["麻布地区", "芝地区"], ["高輪地区", "芝浦港南地区"],
    ]  # fmt: skip
    assert "not a map" in drawn.remark
    assert drawn.alternative == (
        "Drawing of the districts, from above: 赤坂地区; below: 麻布地区, 芝地区; below: 高輪地区, 芝浦港南地区."
    )
    listed = [link.code for block in blocks(page, Links) if block.heading == "In this part" for link in block.links]
    assert sorted(listed) == sorted(link.code for row in drawn.rows for link in row)


def test_only_what_a_document_draws_is_drawn(plan: Plan) -> None:
    drawn = [node.code for node in plan.nodes() if blocks(compose(plan, node.code, "ja"), DistrictMap)]
    assert drawn == ["2024/section/districts"]


@pytest.mark.parametrize("district", OFFICES)
def test_a_district_names_its_office_with_the_citys_own_address(plan: Plan, district: str) -> None:
    page = compose(plan, f"2024/district/{district}", "ja")
    found = {block.role: block for block in blocks(page, Paragraph)}
    office, address = found[Role.OFFICE], found[Role.ADDRESS]
    assert office.words.text.endswith("地区総合支所")
    assert address.words.text == OFFICES[district]
    assert (office.caption, address.caption) == ("District office", "Address")
    assert {office.words.status, address.words.status} == {Status.OFFICIAL}
    (foot,) = blocks(page, Imprint)
    assert any(OPEN_DATA in line for line in foot.lines)
    assert "CC BY 4.0" in found[Role.NOTE].words.text


@pytest.mark.parametrize("tag", TAGS)
def test_an_address_in_another_language_is_no_word_of_the_city(plan: Plan, tag: str) -> None:
    for district in OFFICES:
        page = compose(plan, f"2024/district/{district}", tag)
        (address,) = [block.words for block in blocks(page, Paragraph) if block.role is Role.ADDRESS]
        assert address.lang == tag
        assert address.status is (Status.OFFICIAL if tag == "ja" else Status.EDITOR)


def test_no_telephone_number_stands_anywhere(sources: Sources) -> None:
    assert [row for row in sources.data.texts if re.search(r"\d{2,4}-\d{3,4}-\d{4}", row.text)] == []
