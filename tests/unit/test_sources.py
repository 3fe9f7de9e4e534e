"""What the plan's editions hold: the structure that was read from the documents line by line, and their very words."""

import hashlib
import re
from collections import Counter

import pytest

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import Basis, Edition, Figure, Origin, Status
from minato_viewer.domain.plan_data import Entry, Text
from minato_viewer.paths import SOURCES

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
S21, S24 = "000_448044f3c7e31fd0.txt", "002_3ed78eb58858abec.txt"
# Runs of a document as a reader finds them, by hand, with the entry and field that must hold them.
QUOTED = [
    (S21, 3, 3, "1", "2021/section/purpose", "lead.1"),
    (S21, 11, 11, "-", "2021/section/background", "item.4"),
    (S21, 28, 28, "-", "2021/vision/2", "title"),
    (S21, 45, 45, "- ・", "2021/issue/1", "example.2"),
    (S21, 110, 110, "- ・", "2021/issue/7", "example.1"),
    (S21, 121, 121, "4", "2021/policy/4", "title"),
    (S21, 143, 143, "26", "2021/policy/26", "title"),
    (S21, 163, 163, "", "2021/project/welfare-desk", "body.1"),
    (S24, 10, 14, "", "2024/section/message", "body.2"),
    (S24, 38, 38, "", "2024/section/purpose", "lead.1"),
    (S24, 131, 133, "●", "2024/wish/6", "item.1"),
    (S24, 218, 218, "", "2024/issue/4", "body.1"),
    (S24, 255, 257, "", "2024/measure/industry", "body.1"),
    (S24, 358, 360, "", "2024/district/azabu", "subtitle.1"),
    (S24, 393, 395, "", "2024/district/shibaura-konan", "body.1"),
]


def entries(sources: Sources, prefix: str) -> list[Entry]:
    return [row for row in sources.data.entries if row.code.startswith(prefix)]


def below(sources: Sources, parent: str, kind: str) -> list[str]:
    return [row.code for row in sources.data.entries if row.parent == parent and row.kind == kind]


def text(sources: Sources, code: str, field: str) -> Text:
    own = {edition.code: edition.language for edition in sources.data.editions}[code[:4]]
    (found,) = [row for row in sources.data.texts if (row.code, row.field, row.lang) == (code, field, own)]
    return found


def numbered(prefix: str, first: int, last: int) -> list[str]:
    return [f"{prefix}/{number}" for number in range(first, last + 1)]


def test_every_code_is_that_of_the_contract_and_unique(sources: Sources) -> None:
    codes = [row.code for row in sources.data.entries]
    assert len(codes) == len(set(codes))
    assert all(CODE.fullmatch(code) for code in codes)
    assert all(row.code.split("/")[0] == row.edition for row in sources.data.entries)


def test_a_code_names_the_kind_of_its_entry(sources: Sources) -> None:
    kinds = {"compare": "guide"}  # a guide to both editions, not to the program
    parts = {row.code: row.code.split("/")[1] for row in sources.data.entries if "/" in row.code}
    named = {code: kinds.get(part, part) for code, part in parts.items()}
    assert {row.code: row.kind for row in sources.data.entries if "/" in row.code} == named


def test_positions_count_the_siblings_from_one(sources: Sources) -> None:
    siblings: dict[str, list[int]] = {}
    for row in sources.data.entries:
        siblings.setdefault(row.parent, []).append(row.position)
    assert all(places == list(range(1, len(places) + 1)) for places in siblings.values())


def test_shorts_are_unique_and_those_once_given_out(sources: Sources) -> None:
    shorts = {row.code: row.short for row in sources.data.entries}
    assert len(set(shorts.values())) == len(shorts)
    given = {"2021": 1, "2021/policy/4": 22, "2021/project/welfare-desk": 54, "2024": 201, "2024/measure/disaster": 243}
    given |= {"viewer/topic": 320, "viewer/topic/childcare": 321, "viewer/topic/participation": 332}
    given |= {"viewer/compare": 340, "viewer/compare/figures": 344}
    assert {code: shorts[code] for code in given} == given


def test_the_editions_are_what_is_known_of_them(sources: Sources) -> None:
    old, new, own = sources.data.editions
    assert (old.code, old.language, old.document, old.published, old.superseded_by) == (
        "2021", "ja", S21, "2021-02-22", "2024",
    )  # fmt: skip
    assert (new.code, new.language, new.document, new.published, new.superseded_by) == (
        "2024", "zh-Hans", S24, "2024-01", "",
    )  # fmt: skip
    assert {(row.period_start, row.period_end) for row in (old, new)} == {("2021-04-01", "2027-03-31")}
    assert (old.is_plan, new.is_plan, own.is_plan) == (True, True, False)
    assert own == Edition("viewer", "ja", "", "", "", "", "", "")


def test_the_plan_has_as_many_entries_as_were_read_from_its_documents(sources: Sources) -> None:
    counts = Counter(row.edition for row in sources.data.entries)
    assert {code: count for code, count in counts.items() if code != "viewer"} == {"2021": 54, "2024": 60}


def test_2021_has_seven_issues_with_two_examples_each(sources: Sources) -> None:
    assert below(sources, "2021/section/issues", "issue") == numbered("2021/issue", 1, 7)
    for code in numbered("2021/issue", 1, 7):
        own = [row.field for row in sources.data.texts if (row.code, row.lang) == (code, "ja")]
        fields = Counter(field.partition(".")[0] for field in own)
        assert (fields["example"], fields["body"], fields["title"]) == (2, 1, 1)


def test_2021_has_26_policies_in_four_fields(sources: Sources) -> None:
    assert below(sources, "2021/section/policies", "field") == numbered("2021/field", 1, 4)
    assert below(sources, "2021/field/1", "policy") == numbered("2021/policy", 1, 8)
    assert below(sources, "2021/field/2", "policy") == numbered("2021/policy", 9, 14)
    assert below(sources, "2021/field/3", "policy") == numbered("2021/policy", 15, 23)
    assert below(sources, "2021/field/4", "policy") == numbered("2021/policy", 24, 26)
    assert [row.number for row in entries(sources, "2021/policy/")] == [str(number) for number in range(1, 27)]


def test_the_heading_that_fell_into_the_column_of_policies_is_the_fourth_field(sources: Sources) -> None:
    titles = [text(sources, code, "title").text for code in numbered("2021/field", 1, 4)]
    assert titles == ["かがやくまち", "にぎわうまち", "はぐくむまち", "実現をめざして"]


def test_policy_24_is_there_without_a_title_and_an_editor_says_why(sources: Sources) -> None:
    (policy,) = [row for row in sources.data.entries if row.code == "2021/policy/24"]
    assert policy.absent == ("title",)
    held = [row for row in sources.data.texts if row.code == "2021/policy/24"]
    assert [(row.field, row.status) for row in held if row.lang == "ja"] == [("note.1", Status.EDITOR)]
    assert not any(row.field == "title" for row in held)


def test_both_editions_have_a_vision_with_four_statements(sources: Sources) -> None:
    for edition in ("2021", "2024"):
        assert below(sources, f"{edition}/vision", "vision") == numbered(f"{edition}/vision", 1, 4)


def test_three_projects_of_2021_are_described_and_their_period_is_their_own(sources: Sources) -> None:
    assert below(sources, "2021/section/projects", "project") == [
        "2021/project/smoking-areas",
        "2021/project/industry-centre",
        "2021/project/welfare-desk",
    ]
    assert {row.code: row.until for row in sources.data.entries if row.until} == {"2021/section/projects": "2024-03-31"}


def test_2024_has_eight_issues_and_four_slogans(sources: Sources) -> None:
    assert below(sources, "2024/section/issues", "issue") == numbered("2024/issue", 1, 8)
    assert below(sources, "2024/section/purpose", "slogan") == numbered("2024/slogan", 1, 4)


def test_the_six_wishes_of_the_children_have_three_points_each(sources: Sources) -> None:
    wishes = below(sources, "2024/participation/children", "wish")
    assert wishes == numbered("2024/wish", 1, 6)
    for code in wishes:
        points = [row.field for row in sources.data.texts if row.code == code and row.lang == "zh-Hans"]
        assert points == ["title", "item.1", "item.2", "item.3"]


def test_the_eight_measures_of_2024_are_two_a_field_and_the_numerals_are_sorted(sources: Sources) -> None:
    assert [below(sources, f"2024/field/{number}", "measure") for number in range(1, 5)] == [
        ["2024/measure/carbon", "2024/measure/disaster"],
        ["2024/measure/industry", "2024/measure/foreign-residents"],
        ["2024/measure/health", "2024/measure/childcare"],
        ["2024/measure/partners", "2024/measure/digital"],
    ]
    assert [(row.number, text(sources, row.code, "title").text) for row in entries(sources, "2024/field/")] == [
        ("Ⅰ", "魅力城市"), ("Ⅱ", "活力城市"), ("Ⅲ", "爱育城市"), ("Ⅳ", "实现目标"),
    ]  # fmt: skip


def test_each_district_has_the_plan_that_names_it(sources: Sources) -> None:
    names = {"shiba": "芝", "azabu": "麻布", "akasaka": "赤坂", "takanawa": "高轮", "shibaura-konan": "芝浦港南"}
    assert below(sources, "2024/section/districts", "district") == [f"2024/district/{name}" for name in names]
    for code, name in names.items():
        assert text(sources, f"2024/district/{code}", "title").text == f"{name}地区版计划"
        assert text(sources, f"2024/district/{code}", "body.1").text.startswith(f"{name}地区综合分厅舍")


def test_the_figures_are_exactly_these(sources: Sources) -> None:
    found = {row.code: row[1:6] for row in sources.data.figures}
    assert found == {
        "2021/figure/project-count": ("38", "project", Basis.PLAN, "2021-04-01", "2024-03-31"),
        "2021/figure/project-cost": ("85100000000", "JPY", Basis.PLAN, "2021-04-01", "2024-03-31"),
        "2024/figure/forum-people": ("79", "person", Basis.ACTUAL, "2024-01", ""),
        "2024/figure/forum-meetings": ("71", "meeting", Basis.ACTUAL, "2024-01", ""),
        "2024/figure/forum-fields": ("9", "field", Basis.ACTUAL, "2024-01", ""),
        "2024/figure/forum-proposals": ("269", "proposal", Basis.ACTUAL, "2024-01", ""),
        "2024/figure/population-2024": ("266306", "person", Basis.ACTUAL, "2024-01-01", ""),
        "2024/figure/population-2027": ("282317", "person", Basis.FORECAST, "2027-01-01", ""),
        "2024/figure/finance-2024-2026": ("573900000000", "JPY", Basis.PLAN, "2024-04-01", "2027-03-31"),
    }
    assert all(isinstance(row, Figure) and row.source.startswith((S21, S24)) for row in sources.data.figures)


def test_the_misprint_is_kept_and_an_editor_names_it(sources: Sources) -> None:
    assert text(sources, "2021/issue/7", "example.1").text == "MINATOシティーフマラソン"
    note = text(sources, "2021/issue/7", "note.1")
    assert note.status is Status.EDITOR
    assert "シティーフマラソン" in note.text
    assert "誤植" in note.text


def test_the_mayors_message_is_dated_and_signed_by_office_alone(sources: Sources) -> None:
    assert text(sources, "2024/section/message", "signature.1").text == "港区区长"
    assert text(sources, "2024/section/message", "date.1").text == "2024 年 1 月"
    note = text(sources, "2024/section/message", "note.1")
    assert note.status is Status.EDITOR
    assert "时任" in note.text


def test_links_between_the_editions_are_the_viewers(sources: Sources) -> None:
    crossing = [row for row in sources.data.links if row.from_code[:4] != row.to_code[:4]]
    assert crossing
    assert {row.origin for row in crossing} == {Origin.VIEWER}


def test_a_status_goes_with_its_kind_of_source(sources: Sources) -> None:
    documents = {"2021": S21, "2024": S24}
    lines = re.compile(r"\d+(-\d+)?(,\d+(-\d+)?)*")
    for row in sources.data.texts:
        match row.status:
            case Status.ORIGINAL:
                name, _, numbers = row.source.partition(":")
                assert name == documents[row.code[:4]], row
                assert lines.fullmatch(numbers), row
            case Status.OFFICIAL:
                assert row.source.startswith("https://"), row
            case _:
                assert row.source == "", row


def test_the_supplied_documents_are_those_that_came_with_the_task(sources: Sources) -> None:
    assert {name: len(lines) for name, lines in sources.documents.items()} == {S21: 163, S24: 401}
    digests = {
        S21: "01e7b7891b3548def63ff5aafd60cbc96b1a4a9669d17c25f844ff7d6fc35531",
        S24: "5692acfcf592a8873e75dfe05a0720393b36172cd8424a276c700f28921d7661",
    }
    for name, digest in digests.items():
        assert hashlib.sha256((SOURCES / "sources" / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("quoted", QUOTED, ids=[f"{row[-2]}#{row[-1]}" for row in QUOTED])
def test_a_text_is_the_documents_word_for_word(sources: Sources, quoted: tuple[str, int, int, str, str, str]) -> None:
    document, first, last, mark, code, field = quoted
    lines = (SOURCES / "sources" / document).read_bytes().decode("utf-8").split("\n")[first - 1 : last]
    expected = "".join("".join(lines).split()).removeprefix("".join(mark.split()))
    held = text(sources, code, field)
    assert held.status is Status.ORIGINAL
    assert "".join(held.text.split()).endswith(expected)
    assert expected
