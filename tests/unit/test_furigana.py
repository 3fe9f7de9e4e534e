"""Furigana in the plan file and on a page: each with the text that it belongs to, and never a part of it."""

import re
import sqlite3
from contextlib import closing
from itertools import groupby
from pathlib import Path

import pytest

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.faults import ExitCode, PlanFault
from minato_viewer.domain.plan import TITLE, RubyRun
from minato_viewer.language.tags import JAPANESE, TAGS
from minato_viewer.pages.blocks import Chart, EntryLink, Figures, Links, Page, Paragraph, Words
from minato_viewer.pages.plaintext import as_json, plain_text
from minato_viewer.pages.richtext import RUBY, rich_text
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from tests.rubies import rubies
from tests.unit.reading import blocks, compose

PAGES = ["2021", "2021/issue/2", "2021/issue/7", "2021/section/projects", "2021/policy/24", "2024/section/outlook"]


def every_words(page: Page) -> list[Words]:
    return [*([page.title] if page.title else []), *(block.words for block in blocks(page, Paragraph))]


def every_link(page: Page) -> list[EntryLink]:
    rows = [row.link for block in blocks(page, Figures) for row in block.rows]
    return [*page.path, *rows, *(link for block in blocks(page, Links) for link in block.links)]


def runs_of(sources: Sources, code: str, field: str, lang: str) -> tuple[RubyRun, ...]:
    texts = [row for row in sources.data.texts if (row.code, row.field, row.lang) == (code, field, lang)]
    return tuple(RubyRun(ruby.start, ruby.length, ruby.text) for ruby in rubies(texts))


def node_id(plan: Plan, code: str) -> int:
    node = plan.node(code)
    assert node is not None
    return node.id


# -- the plan file -------------------------------------------------------------------------------


def test_the_furigana_of_an_entry_are_those_it_was_built_from(rubied_plan: Plan, sources: Sources) -> None:
    for code in PAGES:
        wanted = {
            key: tuple(RubyRun(ruby.start, ruby.length, ruby.text) for ruby in group)
            for key, group in groupby(
                rubies(row for row in sources.data.texts if row.code == code), lambda ruby: (ruby.field, ruby.lang)
            )
        }
        assert rubied_plan.rubies(node_id(rubied_plan, code)) == wanted
        assert wanted or code == "2021/policy/24"


def test_titles_are_asked_for_together(rubied_plan: Plan, sources: Sources) -> None:
    codes = [node.code for node in rubied_plan.nodes()]
    found = rubied_plan.title_rubies(codes * 10)
    titles = [row for row in sources.data.texts if row.field == TITLE]
    assert {(ruby.code, ruby.lang) for ruby in rubies(titles)} == found.keys()
    for code in PAGES[:3]:
        for lang in JAPANESE:
            assert found.get((code, lang), ()) == runs_of(sources, code, TITLE, lang)
    assert rubied_plan.title_rubies([]) == {}


def test_a_plan_without_furigana_has_none(sources: Sources, tmp_path: Path) -> None:
    build(sources.data._replace(rubies=()), tmp_path / "plan.sqlite")
    with closing(Plan(tmp_path / "plan.sqlite")) as plan:
        assert plan.rubies(node_id(plan, "2021/issue/2")) == {}
        assert plan.title_rubies(["2021/issue/2", "2021"]) == {}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rubies SET start = -1 WHERE start = 0",
        "UPDATE rubies SET start = start + 10000",
        "UPDATE rubies SET start = 'there' WHERE start > 0",
        "UPDATE rubies SET length = 0",
        "UPDATE rubies SET length = 10000",
        "UPDATE rubies SET length = 1.5",
        "UPDATE rubies SET length = NULL",
        "UPDATE rubies SET text = ''",
        "UPDATE rubies SET text = x'E3818B'",
        "UPDATE rubies SET text = cast(x'ff' AS TEXT)",
        "UPDATE texts SET text = substr(text, 1, 3)",
        "INSERT INTO rubies SELECT node_id, field, lang, start + 1, length, text FROM rubies WHERE length > 1",
        "DROP TABLE rubies",
    ],
)
def test_furigana_that_make_no_sense_are_a_damaged_file(rubied_path: Path, tmp_path: Path, statement: str) -> None:
    path = tmp_path / "plan.sqlite"
    path.write_bytes(rubied_path.read_bytes())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # A table that takes what a careless tool writes.
        connection.execute("CREATE TABLE loose AS SELECT * FROM rubies")
        connection.execute("DROP VIEW ruby")
        connection.execute("DROP TABLE rubies")
        connection.execute("ALTER TABLE loose RENAME TO rubies")
        connection.execute(statement)
    opened = Plan(path)
    try:
        issue = node_id(opened, "2021/issue/2")
        for ask in (lambda: opened.rubies(issue), lambda: opened.title_rubies(["2021/issue/2", "2021"])):
            with pytest.raises(PlanFault) as caught:
                ask()
            assert caught.value.exit_code == ExitCode.PLAN_UNUSABLE
    finally:
        opened.close()


# -- pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", JAPANESE)
@pytest.mark.parametrize("code", PAGES)
def test_every_japanese_text_of_a_page_carries_its_furigana(
    rubied_plan: Plan, sources: Sources, code: str, tag: str
) -> None:
    page = compose(rubied_plan, code, tag, furigana=True)
    for words in every_words(page):
        assert words.rubies == (runs_of(sources, code, words.field, words.lang) if words.lang in JAPANESE else ())
    for link in every_link(page):
        assert link.rubies == (runs_of(sources, link.code, TITLE, link.lang) if link.lang in JAPANESE else ())
    for row in (row for chart in blocks(page, Chart) for row in chart.rows):
        assert row.rubies == runs_of(sources, row.code, TITLE, row.lang)
    assert any(text.rubies for text in (*every_words(page), *every_link(page)))


@pytest.mark.parametrize("code", PAGES)
@pytest.mark.parametrize("tag", TAGS)
def test_without_furigana_a_page_is_as_ever(rubied_plan: Plan, plan: Plan, code: str, tag: str) -> None:
    usual = compose(plan, code, tag)
    assert compose(rubied_plan, code, tag) == usual
    assert RUBY not in rich_text(usual)
    page = compose(rubied_plan, code, tag, furigana=True)
    assert plain_text(page) == plain_text(usual)
    if tag not in JAPANESE:
        assert page == usual


def test_the_editions_own_japanese_words_have_them_for_a_reader_of_english(rubied_plan: Plan) -> None:
    page = compose(rubied_plan, "2021/issue/2", "en", own_words=True, furigana=True)
    assert page.title is not None
    assert page.title.rubies
    assert all(link.rubies for link in page.path)


def test_json_tells_where_furigana_stand(rubied_plan: Plan, sources: Sources) -> None:
    told = as_json(compose(rubied_plan, "2021/issue/2", "ja", furigana=True))
    first = runs_of(sources, "2021/issue/2", TITLE, "ja")[0]
    assert told["title"]["rubies"][0] == {"start": first.start, "length": first.length, "text": first.text}
    assert as_json(compose(rubied_plan, "2021/issue/2", "ja"))["title"]["rubies"] == []


@pytest.mark.parametrize("code", PAGES)
def test_the_words_of_the_rich_text_are_the_same(rubied_plan: Plan, code: str) -> None:
    def words(page: Page) -> str:
        return re.sub("<[^>]*>", "", rich_text(page))

    page = compose(rubied_plan, code, "ja", furigana=True)
    assert words(page) == words(compose(rubied_plan, code, "ja"))
    assert f" {RUBY}" in rich_text(page)
