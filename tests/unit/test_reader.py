"""Reading a plan file: what the reader's questions answer, and that they leave the file alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.faults import PlanFault
from minato_viewer.domain.plan import Basis, Origin, Status
from minato_viewer.planfile.reader import Node, Plan

JA = ("ja",)


def node(plan: Plan, code: str) -> Node:
    found = plan.node(code)
    assert found is not None, code
    return found


def code_of(plan: Plan, node_id: int | None) -> str:
    return "" if node_id is None else plan.node_by_id(node_id).code


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO properties VALUES ('a', 'b')",
        "UPDATE texts SET text = ''",
        "DELETE FROM nodes",
        "DROP VIEW entry",
        "CREATE TABLE more (a)",
        "PRAGMA user_version = 7",
    ],
)
def test_the_readers_connection_refuses_to_write(bare_path: Path, statement: str) -> None:
    before = bare_path.read_bytes()
    plan = Plan(bare_path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        plan._connection.execute(statement)
    plan.close()
    assert bare_path.read_bytes() == before


def test_reading_changes_neither_the_file_nor_its_folder(bare_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.sqlite"
    path.write_bytes(bare_path.read_bytes())
    before = path.stat()
    plan = Plan(path)
    assert [plan.texts(row.id) for row in plan.nodes()]
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.sqlite"]
    plan.close()
    after = path.stat()
    assert (after.st_mtime_ns, after.st_size, after.st_ino) == (before.st_mtime_ns, before.st_size, before.st_ino)
    assert path.read_bytes() == bare_path.read_bytes()
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.sqlite"]


def test_a_file_on_read_only_media_opens(bare_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.sqlite"
    path.write_bytes(bare_path.read_bytes())
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    plan = Plan(path)
    assert plan.node("2024") is not None
    plan.close()
    tmp_path.chmod(0o755)


def test_nodes_come_in_reading_order_with_parents_first(plan: Plan, sources: Sources) -> None:
    rows = list(plan.nodes())
    assert {row.code for row in rows} == {entry.code for entry in sources.data.entries}
    assert [row.id for row in rows] == list(range(1, len(rows) + 1))
    assert all(row.parent_id is None or row.parent_id < row.id for row in rows)


def test_an_unknown_code_is_none_and_nothing_is_taken_for_a_pattern(plan: Plan) -> None:
    for code in ("", "2021/policy/99", "2021/policy/%", "2021/POLICY/4", "2021' OR '1'='1"):
        assert plan.node(code) is None


def test_last_and_children_span_exactly_what_stands_below(plan: Plan) -> None:
    rows = list(plan.nodes())
    above = {row.id: set(plan.ancestors(row)) for row in rows}
    for row in rows:
        below = [other.id for other in rows if row.id in above[other.id]]
        assert below == list(range(row.id + 1, row.last + 1))
        assert row.children == sum(other.parent_id == row.id for other in rows)


def test_ancestors_lead_from_the_edition_to_the_parent(plan: Plan) -> None:
    above = [code_of(plan, row) for row in plan.ancestors(node(plan, "2021/policy/4"))]
    assert above == ["2021", "2021/section/policies", "2021/field/1"]
    assert plan.ancestors(node(plan, "2021")) == []


def test_children_come_by_position_and_in_pages(plan: Plan) -> None:
    field = node(plan, "2021/field/1")
    every = [row.code for row in plan.children(field.id, JA)]
    assert every == [f"2021/policy/{number}" for number in range(1, 9)]
    assert [row.code for row in plan.children(field.id, JA, after=2, limit=3)] == every[2:5]
    assert plan.children(field.id, JA, after=8) == []


def test_neighbours_stay_in_their_edition(plan: Plan) -> None:
    editions = [row for row in plan.nodes() if row.parent_id is None]
    assert [row.code for row in editions] == ["2021", "2024", "viewer"]
    for edition in editions:
        assert plan.neighbours(edition) == (None, edition.id + 1)
        assert plan.neighbours(plan.node_by_id(edition.last)) == (edition.last - 1, None)


def test_the_editions_of_the_plan_are_told_from_the_viewers_own_pages(plan: Plan) -> None:
    assert {code: edition.is_plan for code, edition in plan.editions.items()} == {
        "2021": True, "2024": True, "viewer": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("2021/document", ""),
        ("2024/period_end", ""),
        ("2024/published", ""),
        ("viewer/document", "000_448044f3c7e31fd0.txt"),
        ("viewer/period_end", "2027-03-31"),
        ("viewer/superseded_by", "2024"),
    ],
)
def test_a_file_that_mistakes_a_plan_for_the_viewers_own_pages_is_refused(
    bare_path: Path, tmp_path: Path, key: str, value: str
) -> None:
    path = tmp_path / "plan.sqlite"
    path.write_bytes(bare_path.read_bytes())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        changed = connection.execute("UPDATE properties SET value = ? WHERE key = ?", (value, f"edition/{key}"))
        assert changed.rowcount == 1
    with pytest.raises(PlanFault, match="is damaged"):
        Plan(path)


def test_a_heading_is_in_the_first_language_of_the_chain_that_has_one(bare_plan: Plan) -> None:
    forum = node(bare_plan, "2024/participation/forum").id
    assert bare_plan.headings([forum], ("zh-Hans",))[forum].title == "港区市民论坛"
    japanese = bare_plan.headings([forum], ("ja", "zh-Hans"))[forum]
    assert (japanese.title, japanese.lang, japanese.status) == ("みなとタウンフォーラム", "ja", Status.OFFICIAL)
    fallen_back = bare_plan.headings([forum], ("en", "zh-Hans"))[forum]
    assert (fallen_back.title, fallen_back.lang) == ("港区市民论坛", "zh-Hans")


def test_a_heading_without_a_title_in_the_chain_is_empty_and_still_there(bare_plan: Plan) -> None:
    for code, chain in (("2021/policy/24", JA), ("2021/policy/4", ("ko",))):
        row = node(bare_plan, code)
        heading = bare_plan.headings([row.id], chain)[row.id]
        assert (heading.title, heading.lang, heading.number) == ("", "", row.number)


def test_more_headings_than_sqlite_takes_parameters_are_found(plan: Plan) -> None:
    ids = [row.id for row in plan.nodes()]
    assert set(plan.headings([*ids] * 50, JA)) == set(ids)
    assert plan.headings([], JA) == {}


def test_matching_finds_two_characters_numbers_and_other_scripts(bare_plan: Plan) -> None:
    edition = node(bare_plan, "2021").id

    def found(words: str) -> list[str]:
        return [row.code for row in bare_plan.matching(edition, words, JA, 100)]

    assert found("災害") == ["2021/policy/4"]
    assert "2021/section/sdgs" in found("ｓｄｇｓ")
    assert {"2021/policy/4", "2021/issue/4"} <= set(found("4"))
    assert "2021/policy/14" not in found("4")
    assert found("都心 災害") == ["2021/policy/4"]
    assert found("零碳都市") == []
    assert found("' OR 1=1 --") == []


def test_matching_keeps_to_its_limit(bare_plan: Plan) -> None:
    assert len(bare_plan.matching(node(bare_plan, "2021").id, "まち", JA, 3)) == 3


def test_texts_keep_the_plans_order_with_the_title_first(bare_plan: Plan) -> None:
    issue = bare_plan.texts(node(bare_plan, "2021/issue/7").id)
    fields = ["title", "label.1", "body.1", "example_heading.1", "example.1", "example.2", "note.1"]
    assert [row.field for row in issue] == fields
    assert [row.ordinal for row in issue] == list(range(len(fields)))


def test_figures_and_links_come_as_values_of_the_domain(plan: Plan) -> None:
    figure = plan.figure(node(plan, "2024/figure/population-2027"))
    assert figure is not None
    assert figure.basis is Basis.FORECAST
    assert plan.figure(node(plan, "2024")) is None
    (link,) = [row for row in plan.links(node(plan, "2021/policy/4").id) if row.outgoing]
    assert code_of(plan, link.other_id) == "2024/measure/disaster"
    assert (link.relation, link.origin, link.outgoing) == ("related", Origin.VIEWER, True)
    back = [row for row in plan.links(node(plan, "2024/measure/disaster").id) if not row.outgoing]
    assert [(code_of(plan, row.other_id), row.relation) for row in back] == [
        ("2021/policy/4", "related"),
        ("viewer/topic/disaster", "topic"),
    ]


def test_counts_add_up_to_every_text(plan: Plan, sources: Sources) -> None:
    assert sum(row[-1] for row in plan.counts()) == len(sources.data.texts)
