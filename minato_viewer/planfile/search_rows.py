"""Which entries belong to the results of a search, and in which order, by the index of the plan file.

Results come in tiers, the best first, and within a tier in order of importance (the rows of the index are laid out
so, see `search_index`): no score is computed, and the first results cost the same in a plan of any size.
"""

import sqlite3
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from minato_viewer.domain.faults import Fault, PlanFault
from minato_viewer.domain.messages import N_
from minato_viewer.language import folding
from minato_viewer.planfile import query as queries
from minato_viewer.planfile.index_words import first_phrase, is_short, phrase, scope_word
from minato_viewer.planfile.opening import connect, faults
from minato_viewer.planfile.query import Query
from minato_viewer.planfile.reader import Plan
from minato_viewer.planfile.search_ways import Way, ways

CHUNK = 20
"""Results that are looked at and ordered together."""
_AT_ONCE = 2 * CHUNK
"""Rows a question asks for: one chunk more than is shown at first, which tells that there are others."""


class Tier(StrEnum):
    """Why an entry is among the results, the best reason first."""

    EXACT = "exact"
    """Its title is the query."""
    NUMBER = "number"
    """Its number or its code is."""
    START = "start"
    """Its title begins with the query."""
    TITLE = "title"
    """Its title holds every word."""
    TEXT = "text"
    """Its texts hold every word."""
    READING = "reading"
    """Something in it is read as the query: kana or Hangul that sound so."""
    LATIN = "latin"
    """The same in Latin letters."""
    INITIALS = "initials"
    """The first letters are the query."""


class Scope(NamedTuple):
    """What a search is narrowed down to; empty for no limit."""

    edition: str = ""
    kind: str = ""
    near: str = ""
    """Code of a district or a topic: entries below it or linked with it."""


class Candidate(NamedTuple):
    """An entry that belongs among the results, not yet looked at."""

    rank: int
    tier: Tier
    way: Way | None
    """By which way of typing; None for the words themselves."""


class Superseded(Exception):
    """A search was called off, because its answer is no longer wanted."""


class Index:
    """The search tables of an open plan, on a connection of its own: to be used by one thread at a time."""

    def __init__(self, plan: Plan) -> None:
        """Open the index; PlanFault where the file is damaged or another program's, Fault where SQLite lacks FTS5."""
        self.path = plan.path
        if plan.properties.get("folding") != folding.version():
            raise _other_program(plan.path)
        self.connection = connect(plan.path)
        try:
            self.ask("PRAGMA trusted_schema = OFF")
            self.ask("PRAGMA cache_size = -2048")
            rows = self.ask("SELECT edition, first, last, shift FROM search_editions ORDER BY first")
            self.ask("SELECT rowid FROM search_text WHERE search_text MATCH 'x' LIMIT 0")
        except (Fault, sqlite3.Error):
            self.close()
            raise
        self._editions = {edition: (first, last) for edition, first, last, _ in rows}
        self._shifts = [(last, shift) for _, _, last, shift in rows]
        self.entries: int = max((last for _, last in self._editions.values()), default=0)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def call_off(self) -> None:
        """Have a search that runs in another thread end as soon as it can."""
        self.connection.interrupt()

    def ask(self, sql: str, *parameters: Any) -> list[Any]:
        """Return all rows of a question; PlanFault where the file turns out to be damaged, Superseded if called off."""
        with _Faults(self):
            return self.connection.execute(sql, parameters).fetchall()

    def node_id(self, rank: int) -> int:
        """Return the id of the entry of a rank."""
        return rank - next(shift for last, shift in self._shifts if rank <= last)

    # -- what belongs to the results -------------------------------------------------------------

    def candidates(self, query: Query, scope: Scope) -> Iterator[list[Candidate]]:
        """Yield the entries in the order of the tiers, in chunks, no entry twice."""
        seen: set[int] = set()
        for chunk in self._tiers(query, scope):
            fresh = [candidate for candidate in chunk if candidate.rank not in seen]
            seen.update(candidate.rank for candidate in fresh)
            if fresh:
                yield fresh

    def count(self, query: Query, scope: Scope) -> int:
        """Return how many entries there are among the results."""
        parts, values = self._everything(query, scope)
        if not parts:
            return 0
        if len(parts) == 1:
            return self.ask(f"SELECT count(*) FROM ({parts[0]})", *values)[0][0]
        return self.ask(f"SELECT count(*) FROM ({' UNION '.join(parts)})", *values)[0][0]

    def _tiers(self, query: Query, scope: Scope) -> Iterator[list[Candidate]]:
        if not query.wanted or (first := self._range(scope)) is None:
            return
        scoped = self._scoped(scope)
        words = all_words(query)
        yield from self._title_tier(Tier.EXACT, query, scoped, first, whole=True)
        yield from self._numbered(query, scope)
        yield from self._title_tier(Tier.START, query, scoped, first, whole=False)
        yield from self._worded(query, f"{scoped}({words})", first)
        for way in ways(query, self.ask):
            for table, expression, block in way.steps(self.entries):
                narrowed = f"{scoped}{expression}" if table == "search_text" else expression
                for chunk in self._rows(table, narrowed, first, block):
                    kept = chunk if table == "search_text" else self._in_scope(chunk, scoped)
                    yield [Candidate(rank, Tier(way.tier), way) for rank in kept]

    def _worded(self, query: Query, expression: str, ranks: tuple[int, int]) -> Iterator[list[Candidate]]:
        """Yield what holds every word: in its titles first, then anywhere."""
        if not query.unwanted and ranks == (1, self.entries):
            # The two kinds of rows follow one another, so that one question does for both.
            for chunk in self._rows("search_text", expression, (1, 2 * self.entries), 0):
                titles = [rank for rank in chunk if rank <= self.entries]
                if titles:
                    yield [Candidate(rank, Tier.TITLE, None) for rank in titles]
                if len(titles) < len(chunk):
                    yield [Candidate(row - self.entries, Tier.TEXT, None) for row in chunk[len(titles) :]]
            return
        for chunk in self._rows("search_text", expression, ranks, 0):
            yield [Candidate(rank, Tier.TITLE, None) for rank in self._kept(chunk, query)]
        for chunk in self._rows("search_text", expression + _unwanted(query), ranks, self.entries):
            yield [Candidate(rank, Tier.TEXT, None) for rank in chunk]

    def _title_tier(
        self, tier: Tier, query: Query, scoped: str, first: tuple[int, int], *, whole: bool
    ) -> Iterator[list[Candidate]]:
        words = [run for word in query.wanted for run in word.runs]
        # What several words end with, if short, begins too many words to be worth gathering them for the order alone.
        if query.plain and (whole or len(words) == 1 or not is_short(words[-1])):
            expression = first_phrase(words, whole=whole)
            for chunk in self._rows("search_text", scoped + expression, first, 0):
                yield [Candidate(rank, tier, None) for rank in chunk]

    def _rows(self, table: str, expression: str, ranks: tuple[int, int], block: int) -> Iterator[list[int]]:
        """Yield the ranks of the rows that match, in their order, `CHUNK` at a time."""
        after, last = ranks
        while True:
            found = self.ask(
                f"SELECT rowid - ? FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ? LIMIT {_AT_ONCE}",
                block, expression, after + block, last + block,
            )  # fmt: skip
            rows = [row[0] for row in found]
            for start in range(0, len(rows), CHUNK):
                yield rows[start : start + CHUNK]
            if len(rows) < _AT_ONCE:
                return
            after = rows[-1] + 1

    def _kept(self, ranks: list[int], query: Query) -> list[int]:
        """Leave out the entries that hold an unwanted word in any text, which a title alone does not tell."""
        if not query.unwanted:
            return ranks
        expression = f"({all_words(query)}){_unwanted(query)}"
        return self.among(ranks, expression)

    def _in_scope(self, ranks: list[int], scoped: str) -> list[int]:
        return self.among(ranks, scoped.removesuffix(" AND ")) if scoped else ranks

    def among(self, ranks: list[int], expression: str) -> list[int]:
        """Return those of `ranks` (ascending) whose whole entry matches."""
        found = self.ask(
            "SELECT rowid - ? FROM search_text WHERE search_text MATCH ? AND rowid BETWEEN ? AND ?",
            self.entries, expression, ranks[0] + self.entries, ranks[-1] + self.entries,
        )  # fmt: skip
        wanted = {row[0] for row in found}
        return [rank for rank in ranks if rank in wanted]

    def _numbered(self, query: Query, scope: Scope) -> Iterator[list[Candidate]]:
        if sql := self._numbers(query, scope):
            found = self.ask(f"{sql[0]} ORDER BY 1 LIMIT {CHUNK}", *sql[1])
            yield [Candidate(row[0], Tier.NUMBER, None) for row in found]

    def _numbers(self, query: Query, scope: Scope) -> tuple[str, list[Any]] | None:
        """Return the SQL for the ranks of what the query names by number or code, and its values."""
        named = queries.number(query.typed) if query.plain else []
        codes = queries.codes(query.typed, self._editions) if query.plain else []
        ranks = self._range(scope)
        if ranks is None or not (named or codes):
            return None
        tests = ["0"]
        values: list[Any] = []
        for kind, number in named:
            tests.append("number = ? AND kind = ?" if kind else "number = ?")
            values += [number, kind] if kind else [number]
        by_number = f"SELECT rank FROM search_numbers WHERE ({' OR '.join(tests)})"
        marks = ", ".join("?" * len(codes))
        by_code = (
            "SELECT node.id + edition.shift AS rank FROM nodes AS node JOIN search_editions AS edition"
            f" ON edition.edition = node.edition WHERE node.code IN ({marks})"
        )
        sql = f"SELECT rank FROM ({by_number} UNION {by_code}) WHERE rank BETWEEN ? AND ?"
        values += [*codes, *ranks]
        if scoped := self._scoped(scope):
            sql += " AND rank IN (SELECT rowid - ? FROM search_text WHERE search_text MATCH ? AND rowid > ?)"
            values += [self.entries, scoped.removesuffix(" AND "), self.entries]
        return sql, values

    def _everything(self, query: Query, scope: Scope) -> tuple[list[str], list[Any]]:
        """Return the SQL for the ranks of every tier together, and its values."""
        ranks = self._range(scope)
        if not query.wanted or ranks is None:
            return [], []
        scoped = self._scoped(scope)
        one = "SELECT rowid - ? AS rank FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?"

        def values_of(expression: str, block: int) -> list[Any]:
            return [block, expression, ranks[0] + block, ranks[1] + block]

        parts = [one.format(table="search_text")]
        values = values_of(f"{scoped}({all_words(query)}){_unwanted(query)}", self.entries)
        if numbers := self._numbers(query, scope):
            parts.append(numbers[0])
            values += numbers[1]
        for way in ways(query, self.ask):
            table, expression, block = list(way.steps(self.entries))[-1]
            narrowed = f"{scoped}{expression}" if table == "search_text" else expression
            sql = one.format(table=table)
            values += values_of(narrowed, block)
            if scoped and table != "search_text":
                sql += " AND rowid IN (SELECT rowid - ? FROM search_text WHERE search_text MATCH ? AND rowid > ?)"
                values += [self.entries, scoped.removesuffix(" AND "), self.entries]
            parts.append(sql)
        return parts, values

    def _range(self, scope: Scope) -> tuple[int, int] | None:
        """Return the first and the last rank of what is searched; None where there is nothing."""
        if not scope.edition:
            return (1, self.entries) if self.entries else None
        return self._editions.get(scope.edition)

    def _scoped(self, scope: Scope) -> str:
        """Return the beginning of an expression for the index."""
        return "".join(f'"{scope_word(value)}" AND ' for value in (scope.kind, scope.near) if value)


def all_words(query: Query) -> str:
    """Return what FTS5 is asked for entries that hold every word that is wanted."""
    return " AND ".join(phrase(word.runs, whole=word.quoted) for word in query.wanted)


def _unwanted(query: Query) -> str:
    words = " OR ".join(phrase(word.runs, whole=word.quoted) for word in query.unwanted)
    return f" NOT ({words})" if words else ""


def _other_program(path: Path) -> PlanFault:
    return PlanFault(
        N_("The plan file {path} cannot be searched, because another version of the program made it: build it anew."),
        path=path,
    )


class _Faults:
    """What SQLite says of a search, in our words: it was called off, the file has no index, the file is damaged."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if not isinstance(error, (sqlite3.Error, ValueError, OverflowError)):
            return
        if str(error) == "interrupted":
            raise Superseded from error
        if "no such module" in str(error):
            raise Fault(
                N_("This Python's SQLite has no full-text search (FTS5): install a Python whose SQLite has it.")
            ) from error
        if "no such table" in str(error):
            raise _other_program(self._index.path) from error
        with faults(self._index.path):
            raise error
