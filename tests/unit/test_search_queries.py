"""What people type finds what they mean: tests/data/search_queries.toml, for a reader of each language."""

import tomllib
from collections.abc import Iterator

import pytest

from minato_viewer.language.tags import TAGS
from minato_viewer.paths import ROOT
from minato_viewer.planfile.reader import Plan
from minato_viewer.planfile.search import Search

ENTRIES = tomllib.loads((ROOT / "tests" / "data" / "search_queries.toml").read_text("utf-8"))["entry"]
FIRST = 3


@pytest.fixture(scope="module")
def search(plan: Plan) -> Iterator[Search]:
    opened = Search(plan)
    yield opened
    opened.close()


def test_there_are_at_least_200_queries() -> None:
    queries = [query for entry in ENTRIES for query in entry["queries"]]
    assert len(queries) >= 300
    assert len(set(queries)) == len(queries)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["code"])
def test_the_right_entry_is_among_the_first_three(search: Search, entry: dict) -> None:
    missed = [
        (query, lang)
        for query in entry["queries"]
        for lang in TAGS
        if not {entry["code"], *entry.get("also", [])}
        & {hit.code for hit in search.find(query, lang, limit=FIRST).hits}
    ]
    assert missed == []
