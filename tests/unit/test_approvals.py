"""Approved translations: how a catalogue says so, what makes it void, and what a page says instead of "reference"."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from minato_viewer.authoring.approvals import LONGEST_OFFICE
from minato_viewer.authoring.catalogues import catalogue_path, update
from minato_viewer.authoring.sources import Sources, load
from minato_viewer.domain.faults import ExitCode, SourceFault
from minato_viewer.domain.plan import Status
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS, chain, language
from minato_viewer.pages.blocks import Figures, Links, Notice, Paragraph, Tone
from minato_viewer.pages.citation import cited
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.plaintext import as_json, plain_text
from minato_viewer.paths import SOURCES
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from tests.unit.approving import APPROVAL, DAY, OFFICE, comment, plan_with
from tests.unit.reading import TODAY, blocks, compose, links, notices, untranslated
from tests.unit.translating import edition_of, text, translate

JA = language("ja")
CARBON, BODY, NOTE = "2024/measure/carbon#title", "2024/measure/carbon#body.1", "2024/section/message#note.1"
WORDS = {CARBON: "脱炭素化を進める", BODY: "再生可能エネルギーを増やします。", NOTE: "当時の区長です。"}
REFERENCE = "Reference translation, not the city's official text."
PARTLY_REFERENCE = "Partly a reference translation, not the city's official text."
STALE = "The city's text has changed since this translation was made."
APPROVED = f"Translation approved by {OFFICE} on December 1, 2026."
PARTLY_APPROVED = f"Partly a translation approved by {OFFICE} on December 1, 2026."
BOTH = {"": (OFFICE, DAY)}


@pytest.fixture
def catalogue(bare_sources: Sources, tmp_path: Path) -> Path:
    translate(tmp_path, bare_sources, "ja", WORDS)
    return catalogue_path(tmp_path, JA, "2024")


# -- catalogues ----------------------------------------------------------------------------------


def test_two_comments_approve_a_translation_and_no_other(catalogue: Path, tmp_path: Path) -> None:
    comment(catalogue, CARBON, "# 用語集を参照\n" + APPROVAL)
    found = load(SOURCES, tmp_path)
    title, body = (text(found, context, "ja") for context in (CARBON, BODY))
    assert title is not None
    assert body is not None
    assert (title.approved_by, title.approved_on, title.status) == (OFFICE, DAY, Status.REFERENCE)
    assert (body.approved_by, body.approved_on) == ("", "")


def test_an_approval_is_void_while_the_translation_is_fuzzy(catalogue: Path, tmp_path: Path) -> None:
    comment(catalogue, CARBON, APPROVAL + "#, fuzzy\n")
    title = text(load(SOURCES, tmp_path), CARBON, "ja")
    assert title is not None
    assert (title.stale, title.approved_by, title.approved_on) == (True, "", "")


@pytest.mark.parametrize(
    ("context", "comments", "sentence"),
    [
        (CARBON, f"# approved_by: {OFFICE}\n", "add what is missing"),
        (CARBON, f"# approved_on: {DAY}\n", "add what is missing"),
        (CARBON, f"# approved_by:\n# approved_on: {DAY}\n", "add what is missing"),
        (CARBON, f"{APPROVAL}# approved_on: 2026-12-02\n", "add what is missing"),
        (CARBON, f"# approved-by: {OFFICE}\n# approved_on: {DAY}\n", "add what is missing"),
        (CARBON, APPROVAL.replace(DAY, "2026/12/01"), "no day such as 2026-12-01"),
        (CARBON, APPROVAL.replace(DAY, "20261201"), "no day such as 2026-12-01"),
        (CARBON, APPROVAL.replace(DAY, "2026-02-30"), "no day such as 2026-12-01"),
        (CARBON, APPROVAL.replace(OFFICE, "課" * (LONGEST_OFFICE + 1)), f"more than {LONGEST_OFFICE} characters"),
        (NOTE, APPROVAL, "no translation of the city's words"),
        ("2024/measure/health#title", APPROVAL, "no translation of the city's words"),
    ],
)
def test_an_approval_that_cannot_be_meant_so_is_a_fault_with_file_and_line(
    catalogue: Path, tmp_path: Path, context: str, comments: str, sentence: str
) -> None:
    line = comment(catalogue, context, comments)
    with pytest.raises(SourceFault, match=rf"plan-2024\.po, line {line}: .*{sentence}") as caught:
        load(SOURCES, tmp_path)
    assert caught.value.exit_code == ExitCode.FINDINGS
    for tag in TAGS:
        said = messages(tag).gettext(caught.value.message, **caught.value.values)
        assert str(line) in said
        assert tag == "en" or said != str(caught.value)


def test_an_export_keeps_an_approval_to_the_byte(bare_sources: Sources, catalogue: Path, tmp_path: Path) -> None:
    comment(catalogue, CARBON, APPROVAL.replace(OFFICE, "区 " * (LONGEST_OFFICE // 2 - 1) + "区"))
    before = catalogue.read_bytes()
    update(tmp_path, edition_of(bare_sources, "2024"), bare_sources.data.texts, JA)
    assert catalogue.read_bytes() == before
    assert b"approved_on" in before


def test_an_export_takes_the_approval_of_a_changed_original_away_for_good(
    bare_sources: Sources, catalogue: Path, tmp_path: Path
) -> None:
    comment(catalogue, CARBON, "# 用語集を参照\n" + APPROVAL)
    old = "推进低碳化，到 2050 年实现“零碳都市”"
    changed = [row._replace(text=f"{row.text}。") if row.text == old else row for row in bare_sources.data.texts]
    update(tmp_path, edition_of(bare_sources, "2024"), changed, JA)
    left = catalogue.read_text("utf-8")
    assert "approved" not in left
    assert "# 用語集を参照\n" in left


# -- plan files ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def approved_plan(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """Everything is approved but two fields, one of which is out of date."""
    path = tmp_path_factory.mktemp("approved") / "plan.sqlite"
    two = {"2024/field/1#body.1": ("", ""), "2024/field/2#body.1": (OFFICE, DAY)}
    plan = plan_with(sources, path, {**BOTH, **two}, stale=("2024/field/2#body.1",))
    yield plan
    plan.close()


def older(path: Path) -> None:
    """Make of a plan file one of format 1.0, which knew no approvals."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP VIEW entry_text")
        connection.execute("ALTER TABLE texts DROP COLUMN approved_by")
        connection.execute("ALTER TABLE texts DROP COLUMN approved_on")
        connection.execute(
            "CREATE VIEW entry_text AS SELECT node.code, node.edition, node.kind, text.field, text.lang, text.text,"
            " text.status, text.stale, text.source FROM texts AS text JOIN nodes AS node ON node.id = text.node_id"
        )
        connection.execute(f"PRAGMA user_version = {1 << 16}")
        connection.execute("VACUUM")


def test_a_file_of_format_1_0_is_read_and_nothing_in_it_is_approved(sources: Sources, tmp_path: Path) -> None:
    plan_with(sources, tmp_path / "plan.sqlite", BOTH).close()
    older(tmp_path / "plan.sqlite")
    plan = Plan(tmp_path / "plan.sqlite")
    for seen in (plan, plan.without_references()):
        for node in plan.nodes():
            assert not any(row.approved_by or row.approved_on for row in seen.texts(node.id))
            assert not any(row.approved for row in seen.headings([node.id], TAGS).values())
        assert plan_text(seen, "2024/field/1")
    assert REFERENCE in notices(compose(plan, "2024/field/1", "en"))
    assert REFERENCE not in notices(compose(plan.without_references(), "2024/field/1", "en"))
    plan.close()


def plan_text(plan: Plan, code: str) -> str:
    return plain_text(compose(plan, code, "en"))


# -- pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["ja", "ja-x-easy", "en", "ko"])
def test_an_approved_page_says_by_whom_and_when_and_never_reference(approved_plan: Plan, tag: str) -> None:
    page = Composer(approved_plan, TODAY).page("2024/issue/2", messages(tag))
    first = page.blocks[0]
    assert isinstance(first, Notice)
    assert (first.tone, first.name, first.action) == (Tone.APPROVED, OFFICE, "action:own-words")
    assert OFFICE in first.text
    assert "2026" in first.text
    reference = messages(tag).gettext(REFERENCE)
    assert reference not in plain_text(page)
    assert [block.remark for block in blocks(page, Paragraph) if block.remark] == []
    assert not page.title_remark


def test_a_page_that_is_approved_in_part_says_both_and_marks_what_differs(approved_plan: Plan) -> None:
    page = compose(approved_plan, "2024/field/1", "en")
    assert notices(page)[:2] == [PARTLY_REFERENCE, PARTLY_APPROVED]
    actions = [notice.action for notice in blocks(page, Notice)[:2]]
    assert actions == ["action:own-words", ""]
    marked = {block.words.field: block.remark for block in blocks(page, Paragraph) if block.remark}
    assert marked == {"body.1": "Reference translation"}


def test_what_is_stale_is_no_longer_approved_and_marked_by_itself(approved_plan: Plan) -> None:
    page = compose(approved_plan, "2024/field/2", "en")
    assert notices(page)[:3] == [PARTLY_REFERENCE, PARTLY_APPROVED, STALE]
    marked = {block.words.field: block.remark for block in blocks(page, Paragraph) if block.remark}
    assert marked == {"body.1": "Reference translation; the city's text has changed since."}


def test_two_offices_are_both_named(sources: Sources, tmp_path: Path) -> None:
    two = {"2024/issue/2#title": ("区民課", DAY), "2024/issue/2#body.1": ("防災課", "2026-11-30")}
    plan = plan_with(sources, tmp_path / "plan.sqlite", two)
    page = compose(plan, "2024/issue/2", "en")
    assert notices(page)[:2] == [
        "Partly a translation approved by 区民課 on December 1, 2026.",
        "Partly a translation approved by 防災課 on November 30, 2026.",
    ]
    said = [page.title_remark, *(block.remark for block in blocks(page, Paragraph))]
    assert any("区民課" in remark or "防災課" in remark for remark in said)
    plan.close()


def test_the_title_says_where_it_stands_apart_from_the_text(sources: Sources, tmp_path: Path) -> None:
    plan = plan_with(sources, tmp_path / "plan.sqlite", {"2024/field/1#title": (OFFICE, DAY)})
    page = compose(plan, "2024/field/1", "en")
    assert page.title_remark == f"Title: {APPROVED}"
    assert page.title_remark in plain_text(page).splitlines()
    plan.close()


def test_lists_figures_and_headings_mark_what_is_not_approved_alone(
    approved_plan: Plan, plan: Plan, sources: Sources
) -> None:
    for code in ("2024/section/fields", "2024/section/outlook", "2024"):
        for here, mark in ((approved_plan, ""), (plan, "ref. transl.")):
            page = compose(here, code, "en")
            linked = [link for block in blocks(page, Links) for link in block.links]
            linked += [row.link for block in blocks(page, Figures) for row in block.rows]
            reference = [link for link in linked if status_of(sources, link.code, "en") == "reference"]
            assert reference
            assert {(link.mark, link.reference) for link in reference} == {(mark, bool(mark))}


def status_of(sources: Sources, code: str, tag: str) -> str:
    found = text(sources, f"{code}#title", tag)
    return "" if found is None else found.status.value


def test_a_quoted_approved_text_names_its_office(approved_plan: Plan) -> None:
    page = compose(approved_plan, "2024/issue/2", "en")
    quoted = cited(page, approved_plan.editions, untranslated("en"))
    assert APPROVED in quoted.splitlines()
    assert REFERENCE not in quoted
    (shown, *_) = blocks(page, Paragraph)
    assert APPROVED in cited(page, approved_plan.editions, untranslated("en"), shown.words.text)


def test_the_json_of_a_page_holds_the_approval_of_every_text(approved_plan: Plan) -> None:
    found = as_json(compose(approved_plan, "2024/issue/2", "en"))
    paragraphs = [block for block in found["blocks"] if block["type"] == "paragraph"]
    assert paragraphs
    assert {(block["words"]["approved_by"], block["words"]["approved_on"]) for block in paragraphs} == {(OFFICE, DAY)}


# -- readers who are shown no reference translation ------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_without_references_no_page_and_no_heading_holds_one(plan: Plan, tag: str) -> None:
    hidden, said = plan.without_references(), 0
    for node in plan.nodes():
        page = compose(hidden, node.code, tag)
        own = plan.editions[node.edition].language
        shown = [*([page.title] if page.title else []), *(block.words for block in blocks(page, Paragraph))]
        assert all(words.status is not Status.REFERENCE for words in shown)
        linked = [link for block in blocks(page, Links) for link in block.links] + list(page.path)
        assert not any(link.reference or link.mark for link in linked)
        assert {row.status for row in hidden.headings([node.id], chain(tag, own)).values()} <= {
            "original", "official", "editor", "",
        }  # fmt: skip
        # Easy Japanese keeps the names that the city has given in Japanese.
        named = Status.OFFICIAL if tag == "ja-x-easy" else Status.EDITOR
        lacking = any(words.lang == own != tag and words.status not in (Status.EDITOR, named) for words in shown)
        told = any(text.startswith("Reference translations are not shown here.") for text in notices(page))
        assert told == lacking
        said += told
    assert (said > 30) == any(edition.language != tag for edition in plan.editions.values() if edition.is_plan)
    assert plan.references, "whoever sees all still does"


def test_without_references_what_is_approved_is_shown(approved_plan: Plan) -> None:
    hidden = approved_plan.without_references()
    assert notices(compose(hidden, "2024/issue/2", "en"))[0] == APPROVED
    page = compose(hidden, "2024/field/1", "en")
    assert [block.words.lang for block in blocks(page, Paragraph) if block.words.field == "body.1"] == ["zh-Hans"]
    marked = {block.words.field: block.remark for block in blocks(page, Paragraph) if block.remark}
    assert marked == {"body.1": "The city's own words (its Chinese edition)"}
    assert APPROVED in notices(page)
    assert any(text.startswith("Reference translations are not shown here.") for text in notices(page))
    field = approved_plan.node("2024/field/2")
    assert field is not None
    assert "2024/field/2#body.1" not in {f"{field.code}#{r.field}" for r in hidden.texts(field.id) if r.lang == "en"}


def test_a_stale_title_is_not_shown_as_approved(sources: Sources, tmp_path: Path) -> None:
    plan = plan_with(sources, tmp_path / "plan.sqlite", BOTH, stale=("2024/issue/2#title",))
    node = plan.node("2024/issue/2")
    assert node is not None
    assert plan.headings([node.id], ("en",))[node.id].approved is False
    assert plan.without_references().headings([node.id], ("en", "zh-Hans"))[node.id].lang == "zh-Hans"
    (link,) = [
        row for row in links(compose(plan, "2024/section/issues", "en"), "In this part") if row.code == node.code
    ]
    assert link.mark == "old ref. transl."
    plan.close()


def test_half_an_approval_in_a_file_is_damage(sources: Sources, tmp_path: Path) -> None:
    from minato_viewer.domain.faults import PlanFault

    for office, day in (("区", ""), ("", DAY), ("区", "soon")):
        build(
            sources.data._replace(
                texts=tuple(row._replace(approved_by=office, approved_on=day) for row in sources.data.texts)
            ),
            tmp_path / "plan.sqlite",
        )
        plan = Plan(tmp_path / "plan.sqlite")
        with pytest.raises(PlanFault, match="damaged"):
            compose(plan, "2024/issue/2", "en")
        plan.close()
