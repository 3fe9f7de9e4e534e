"""What search is measured by: queries typed letter by letter, the size of the index, and what a trigram index finds."""

import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

from minato_viewer.language.folding import fold
from minato_viewer.paths import ROOT
from minato_viewer.planfile.query import parse
from minato_viewer.planfile.reader import Plan
from minato_viewer.planfile.search_rows import Index, Scope, Tier
from tests.bench.processes import BUILD

QUERIES = ROOT / "tests" / "data" / "search_queries.toml"
_LITERAL = (Tier.EXACT, Tier.START, Tier.TITLE, Tier.TEXT)


def queries() -> list[str]:
    """Return the queries of the tests, which people of five languages type in every way."""
    entries = tomllib.loads(QUERIES.read_text("utf-8"))["entry"]
    return [query for entry in entries for query in entry["queries"]]


def query_file(every: int) -> Path:
    """Write one of `every` queries to a file, a line each, and return it."""
    path = BUILD / "queries.txt"
    path.write_text("\n".join(queries()[::every]), encoding="utf-8")
    return path


def index_size(path: Path) -> tuple[int, int]:
    """Return the bytes of the search tables of a plan file, and those of its texts."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        (text,) = connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM texts").fetchone()
        (index,) = connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_%'").fetchone()
    return index, text


def beside_trigram(path: Path) -> dict[str, tuple[int, int, int]]:
    """Return for every length of query (1, 2, 3 or more characters) how many find what brute force finds.

    The numbers are: queries, those that this index answers rightly, those that FTS5's trigram index does. Both are
    asked for every run of up to five characters of the Japanese, Chinese and Korean titles, folded.
    """
    with closing(Plan(path)) as plan, closing(sqlite3.connect(":memory:")) as other:
        other.execute("CREATE VIRTUAL TABLE trigram USING fts5(words, tokenize='trigram')")
        texts: dict[int, str] = {}
        for node in plan.nodes():
            texts[node.id] = "\n".join(fold(row.text) for row in plan.texts(node.id))
        other.executemany("INSERT INTO trigram(rowid, words) VALUES (?, ?)", texts.items())
        titles = {fold(row.text) for node in plan.nodes() for row in plan.texts(node.id) if row.field == "title"}
        words = {
            word
            for title in titles
            for length in range(1, 6)
            for at in range(len(title) - length + 1)
            if (word := title[at : at + length]) and len(parse(word).wanted) == 1
            and (runs := parse(word).wanted[0].runs) and len(runs) == 1 and runs[0].dense and runs[0].text == word
        }  # fmt: skip
        index = Index(plan)
        rows = {"1 character": [0, 0, 0], "2 characters": [0, 0, 0], "3 to 5 characters": [0, 0, 0]}
        for word in sorted(words):
            wanted = {node_id for node_id, text in texts.items() if word in text}
            ours = _found(index, word)
            theirs = {
                row[0] for row in other.execute("SELECT rowid FROM trigram WHERE trigram MATCH ?", (f'"{word}"',))
            }
            row = rows["1 character" if len(word) == 1 else "2 characters" if len(word) == 2 else "3 to 5 characters"]
            row[0] += 1
            row[1] += ours == wanted
            row[2] += theirs == wanted
        index.close()
    return {name: (row[0], row[1], row[2]) for name, row in rows.items()}


def _found(index: Index, word: str) -> set[int]:
    found: set[int] = set()
    for chunk in index.candidates(parse(word), Scope()):
        if chunk[0].way is not None:
            break
        found.update(index.node_id(candidate.rank) for candidate in chunk if candidate.tier in _LITERAL)
    return found
