"""How the two editions are related: what the links say, what the check finds, what stands on a page about it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import OUTCOMES, Origin
from minato_viewer.domain.plan_data import Entry, Link
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.blocks import Comparison, Links, Notice, Tone
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from tests.unit.editing import Db
from tests.unit.reading import blocks, compose, links, notices

LINKS, TOPICS, COMPARISON = "viewer/links.toml", "viewer/02-topics.toml", "viewer/04-comparison.toml"
DISTRICTS = "2024/70-districts.toml"
ISSUES = {
    "2021/issue/1": ("2024/issue/7", "Recast"),
    "2021/issue/2": ("2024/issue/2", "Kept"),
    "2021/issue/3": ("2024/issue/4", "Kept"),
    "2021/issue/4": ("2024/issue/5", "Kept"),
    "2021/issue/5": ("2024/issue/6", "Kept"),
    "2021/issue/6": ("2024/issue/8", "Kept"),
}
ENDED, ADDED = "2021/issue/7", ("2024/issue/1", "2024/issue/3")
FOUND = "This viewer found it by comparing the two supplied documents."
BECAME, COMES = "What became of it in the revision", "Where it comes from in the earlier edition"
SIDE_BY_SIDE = "Both editions side by side"


# -- what is said --------------------------------------------------------------------------------


def test_every_issue_of_both_editions_says_what_became_of_it_or_where_it_comes_from(plan: Plan) -> None:
    for old, (new, outcome) in ISSUES.items():
        (became,) = links(compose(plan, old, "en"), BECAME)
        (comes,) = links(compose(plan, new, "en"), COMES)
        assert (became.code, comes.code) == (new, old)
        assert became.detail == f"2024 revision · Priority issue {new[-1]} · {outcome}"
        assert comes.detail == f"2021 edition · Priority issue {old[-1]} · {outcome}"
        assert became.mark == comes.mark == "ref. transl."
    told = {*ISSUES, *(new for new, _ in ISSUES.values()), ENDED, *ADDED}
    assert told == {node.code for node in plan.nodes() if node.kind == "issue"}


def test_an_issue_without_its_like_says_so_and_whose_finding_that_is(plan: Plan) -> None:
    ended, added = compose(plan, ENDED, "en"), compose(plan, ADDED[1], "en")
    assert f"This priority issue is not continued in the document of the 2024 revision. {FOUND}" in notices(ended)
    assert f"New in the 2024 revision: the document of the 2021 edition has no such priority issue. {FOUND}" in notices(
        added
    )
    for page in (ended, added):
        assert links(page, BECAME) == links(page, COMES) == []
        assert [link.code for link in links(page, SIDE_BY_SIDE)] == ["viewer/compare/issues"]
        assert [notice.action for notice in blocks(page, Notice) if notice.tone is Tone.COMPARED] == [""]


def test_a_number_of_one_document_alone_is_not_called_new(plan: Plan) -> None:
    for code, other in (
        ("2024/figure/population-2024", "2021 edition"),
        ("2021/figure/project-count", "2024 revision"),
    ):
        (said,) = [notice.text for notice in blocks(compose(plan, code, "en"), Notice) if notice.tone is Tone.COMPARED]
        assert said == f"The document of the {other} gives no such number. {FOUND}"


def test_the_cost_of_projects_and_the_size_of_the_plan_are_never_set_equal(plan: Plan) -> None:
    cost, size = "2021/figure/project-cost", "2024/figure/finance-2024-2026"
    for here, there in ((cost, size), (size, cost)):
        page = compose(plan, here, "en")
        (link,) = links(page, "Not to be compared: a number of the other edition")
        assert link.code == there
        assert "Not the same" in link.detail
        assert links(page, BECAME) == links(page, COMES) == []


def test_only_what_has_its_like_missing_says_so(plan: Plan) -> None:
    said = {
        node.code
        for node in plan.nodes()
        if any(notice.tone is Tone.COMPARED for notice in blocks(compose(plan, node.code, "ja"), Notice))
    }
    assert said == {
        ENDED, *ADDED, "2021/figure/project-count", "2024/figure/population-2024", "2024/figure/population-2027",
        "2024/participation/children",
    }  # fmt: skip


def test_both_editions_and_every_related_entry_lead_to_the_comparison(plan: Plan) -> None:
    assert [link.code for link in links(compose(plan, "2021", "ja"), SIDE_BY_SIDE)] == ["viewer/compare"]
    assert [link.code for link in links(compose(plan, "2024", "ja"), SIDE_BY_SIDE)] == ["viewer/compare"]
    seen = 0
    for node in plan.nodes():
        if node.kind != "edition" and any(row.relation in OUTCOMES for row in plan.links(node.id)):
            (link,) = links(compose(plan, node.code, "ja"), SIDE_BY_SIDE)
            assert link.code.startswith("viewer/compare")
            seen += 1
    assert seen > 30


def test_a_link_into_2024_carries_the_mark_of_a_translation_except_in_its_own_language(plan: Plan) -> None:
    def mark(tag: str) -> str:
        return links(compose(plan, "2021/issue/2", tag), BECAME)[0].mark

    assert {tag: mark(tag) == "ref. transl." for tag in TAGS} == {tag: tag != "zh-Hans" for tag in TAGS}


# -- topics --------------------------------------------------------------------------------------


def topics(plan: Plan) -> list[str]:
    return [node.code for node in plan.nodes() if node.kind == "topic" and node.code != "viewer/topic"]


def test_there_are_twelve_topics_in_the_order_given(plan: Plan) -> None:
    parent = compose(plan, "viewer/topic", "ja")
    assert [link.title for link in links(parent, "In this part")] == [
        "子育て・教育", "高齢者", "障害", "防災・安全", "環境とごみ", "健康・スポーツ",
        "仕事と商店", "文化と観光", "国際・人権・平和", "デジタルと区政", "まちづくり・交通", "参加と地域",
    ]  # fmt: skip
    assert [link.code for link in links(parent, "In this part")] == topics(plan)


@pytest.mark.parametrize("tag", ["ja", "zh-Hans"])
def test_a_topic_lists_entries_of_both_editions_the_current_one_first(plan: Plan, tag: str) -> None:
    for code in topics(plan):
        page = compose(plan, code, tag)
        later, earlier = blocks(page, Links)
        assert (later.heading, earlier.heading) == ("2024 revision", "2021 edition")
        assert {link.code[:4] for link in later.links} == {"2024"}
        assert {link.code[:4] for link in earlier.links} == {"2021"}
        assert later.remark == earlier.remark == "These links were made by this viewer, not by the city."


def test_every_entry_of_the_plan_says_its_topics_but_the_mayors_message(plan: Plan) -> None:
    silent: list[str] = []
    for node in plan.nodes():
        if node.edition != "viewer":
            found = links(compose(plan, node.code, "ja"), "Topics")
            assert [link.code for link in found] == sorted((link.code for link in found), key=topics(plan).index)
            silent += [] if found else [node.code]
    assert silent == ["2024/section/message"]


def test_every_topic_of_an_entry_leads_back_to_it(plan: Plan) -> None:
    for node in plan.nodes():
        if node.edition == "viewer" or node.kind == "figure":
            continue
        for topic in links(compose(plan, node.code, "ja"), "Topics"):
            listed = [link.code for block in blocks(compose(plan, topic.code, "ja"), Links) for link in block.links]
            assert node.code in listed


@pytest.mark.parametrize("tag", TAGS)
def test_the_topic_of_disasters_says_first_that_it_is_no_live_information(sources: Sources, tag: str) -> None:
    said = {
        "ja": "今起きている災害の情報ではありません", "ja-x-easy": "今の災害のお知らせではありません",
        "en": "not live disaster information", "zh-Hans": "并非实时灾害信息", "ko": "재해의 정보가 아닙니다",
    }  # fmt: skip
    (lead,) = [
        row.text for row in sources.data.texts
        if (row.code, row.field, row.lang) == ("viewer/topic/disaster", "lead.1", tag)
    ]  # fmt: skip
    assert said[tag] in lead


# -- a third edition -----------------------------------------------------------------------------


@pytest.fixture
def three(bare_sources: Sources, tmp_path: Path) -> Iterator[Plan]:
    """The plan with a later edition: its first issue recast from one of 2024, its second new, and a page on them."""
    data = bare_sources.data
    by_code = {entry.code: entry for entry in data.entries}
    (revision,) = [edition for edition in data.editions if edition.code == "2024"]
    later = revision._replace(code="2027", language="ja", published="2027-04")

    def copy(model: str, code: str, parent: str, position: int) -> Entry:
        short = 900 + len(code) * 10 + position
        return by_code[model]._replace(
            code=code, edition=code.partition("/")[0], parent=parent, position=position, short=short
        )

    entries = (
        copy("2024", "2027", "", 4),
        copy("2024/section/issues", "2027/section/issues", "2027", 1),
        copy("2024/issue/1", "2027/issue/1", "2027/section/issues", 1),
        copy("2024/issue/1", "2027/issue/2", "2027/section/issues", 2),
        copy("viewer/compare", "viewer/compare-2027", "viewer", 4),
    )
    links = (
        Link("2024/issue/2", "2027/issue/1", "recast", Origin.VIEWER),
        Link("2024", "2027/issue/2", "added", Origin.VIEWER),
        Link("2024/issue/3", "2027", "ended", Origin.VIEWER),
        Link("viewer/compare-2027", "2027/section/issues", "compares", Origin.VIEWER),
        Link("viewer/compare-2027", "2024/section/issues", "compares", Origin.VIEWER),
    )
    more = data._replace(
        editions=(*data.editions, later), entries=(*data.entries, *entries), links=(*data.links, *links)
    )
    build(more, tmp_path / "plan.sqlite")
    plan = Plan(tmp_path / "plan.sqlite")
    yield plan
    plan.close()


def test_an_entry_of_the_middle_edition_leads_both_ways_and_to_both_comparisons(three: Plan) -> None:
    page = compose(three, "2024/issue/2", "ja")
    assert [link.code for link in links(page, COMES)] == ["2021/issue/2"]
    assert [link.code for link in links(page, BECAME)] == ["2027/issue/1"]
    assert [link.code for link in links(page, SIDE_BY_SIDE)] == ["viewer/compare/issues", "viewer/compare-2027"]


def test_what_is_new_in_one_edition_may_end_in_the_next(three: Plan) -> None:
    said = [notice for notice in blocks(compose(three, "2024/issue/3", "en"), Notice) if notice.tone is Tone.COMPARED]
    assert ["the 2021 edition" in said[0].text, "not continued in the document of the" in said[1].text] == [True, True]


def test_a_later_comparison_holds_its_own_editions_alone(three: Plan) -> None:
    (table,) = blocks(compose(three, "viewer/compare-2027", "en"), Comparison)
    codes = [[side.link.code if side else "" for side in (row.earlier, row.later)] for row in table.rows]
    assert codes == [["2024/issue/2", "2027/issue/1"], ["2024/issue/3", ""], ["", "2027/issue/2"]]
    (first,) = blocks(compose(three, "viewer/compare/issues", "en"), Comparison)
    assert len(first.rows) == 9


# -- what the check finds ------------------------------------------------------------------------

KEPT = 'from = "2021/issue/2"\nto = "2024/issue/2"\nrelation = "kept"'
# file, what stands in it, what is put in its place, the place that the finding names, what it says.
MISTAKES = {
    "link backwards": (
        LINKS, KEPT, 'from = "2024/issue/2"\nto = "2021/issue/2"\nrelation = "kept"', "2024/issue/2 -> 2021/issue/2",
        "into a later one",
    ),
    "link within an edition": (
        LINKS, KEPT, KEPT.replace("2024/issue/2", "2021/policy/4"), "2021/issue/2 -> 2021/policy/4", "a later one",
    ),
    "added by an entry": (
        LINKS, KEPT, KEPT.replace("kept", "added"), "2021/issue/2 -> 2024/issue/2", "from the earlier edition itself",
    ),
    "ended in an entry": (
        LINKS, KEPT, KEPT.replace("kept", "ended"), "2021/issue/2 -> 2024/issue/2", "to the later edition itself",
    ),
    "issue of which nothing is said": (
        LINKS, KEPT, KEPT.replace("kept", "related"), "2021/issue/2", "no link says what became of it in 2024",
    ),
    "topic of a guide": (
        TOPICS, 'from = "viewer/topic/work"', 'from = "viewer/guide/keys"', "viewer/guide/keys -> ",
        "from a topic to an entry of the plan",
    ),
    "topic of the viewer's own pages": (
        TOPICS, '"2024/issue/1",\n    "2024/measure/industry"', '"viewer/guide",\n    "2024/measure/industry"',
        "viewer/topic/work -> viewer/guide", "to an entry of the plan",
    ),
    "entry that no topic reaches": (
        TOPICS, '    "2024/issue/2",\n    "2024/measure/disaster",\n', '    "2024/issue/2",\n',
        "2024/measure/disaster", "no topic leads to it",
    ),
    "comparison of one edition": (
        COMPARISON, '"2021/vision", "2024/vision"', '"2021/vision", "2021/section/issues"', "viewer/compare/vision",
        "one entry of each of two editions",
    ),
    "comparison by the plan": (
        COMPARISON, 'from = "viewer/compare/vision"', 'from = "2021/section/issues"', "2021/section/issues -> ",
        "from a page of the viewer",
    ),
    "district drawn twice": (
        DISTRICTS, '    "2024/district/akasaka",\n', '    "2024/district/azabu",\n', "2024/section/districts",
        "stands there twice",
    ),
    "drawing of what stands elsewhere": (
        DISTRICTS, '    "2024/district/akasaka",\n', '    "2024/issue/1",\n', "2024/section/districts",
        "which is not below it",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_what_a_link_means_is_found(db: Db, mistake: tuple[str, str, str, str, str]) -> None:
    *change, place, words = mistake
    if "no topic" in words:
        # Its field leads to it as well, being just above it.
        for name in ("2024/field/1",):
            text = (db.folder / TOPICS).read_text("utf-8")
            (db.folder / TOPICS).write_text(text.replace(f'    "{name}",\n', ""), "utf-8")
    db.replace(*change)
    found = db.findings()
    assert any(line.startswith(place) and words in line for line in found), found


def test_an_edition_that_no_topic_reaches_yet_is_no_mistake(db: Db) -> None:
    path = db.folder / TOPICS
    kept = [line for line in path.read_text("utf-8").splitlines() if '"2021' not in line]
    path.write_text("\n".join(kept), "utf-8")
    assert db.findings() == []
