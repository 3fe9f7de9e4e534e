"""Reads a plan file: short SQL over stdlib sqlite3, read-only, one question a method.

Entries are addressed by `code` from outside and by integer `id` inside; ids are in reading order.
No method keeps what it read: a plan of 100,000 entries costs no more memory than a small one.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from minato_viewer.domain.faults import PlanFault
from minato_viewer.domain.plan import Basis, Edition, Figure, Origin, RubyRun, Status
from minato_viewer.language.folding import fold
from minato_viewer.planfile import soundness
from minato_viewer.planfile.headings import heading_query
from minato_viewer.planfile.opening import check_header, connect, damaged, faults, identity

_MOST_PARAMETERS = 900
"""Well below what any SQLite takes in one statement."""
_MOST_WORDS = 100
"""More than any title has, and well below the depth of expression that SQLite takes."""


class Node(NamedTuple):
    """An entry without its texts."""

    id: int
    code: str
    edition: str
    parent_id: int | None
    kind: str
    number: str
    position: int
    short: int
    until: str
    children: int
    last: int
    """Id of the last entry below this one; its own where nothing is below."""


class Heading(NamedTuple):
    """An entry as a list or a tree shows it: its number and its title in the first language of a chain that has it."""

    id: int
    code: str
    parent_id: int | None
    kind: str
    number: str
    position: int
    children: int
    title: str
    """Empty where no language of the chain has a title."""
    lang: str
    status: str
    stale: bool
    approved: bool = False
    """The city has approved the title, which is our translation, and its words have not changed since."""


class TextRow(NamedTuple):
    """One text of an entry in one language."""

    ordinal: int
    lang: str
    field: str
    text: str
    status: Status
    stale: bool
    source: str
    approved_by: str = ""
    approved_on: str = ""


class LinkRow(NamedTuple):
    """A related entry, seen from the entry that was asked about."""

    other_id: int
    relation: str
    origin: Origin
    outgoing: bool


class Plan:
    """An open plan file. Every method raises PlanFault where the file turns out to be damaged."""

    references = True
    """Whether our reference translations are among the texts and headings; those that the city approved always are."""

    def __init__(self, path: Path) -> None:
        """Open `path` read-only; PlanFault (exit 3 or 4) where it is not a usable plan file."""
        self.path = path
        self._file = identity(path)
        check_header(path)
        self._connection = connect(path)
        try:
            self._all("PRAGMA trusted_schema = OFF")
            # 512 KiB: questions are short, and the system caches the file anyway.
            self._all("PRAGMA cache_size = -192")
            self.properties = self._read_properties()
            self.editions = self._read_editions()
            # A file of format 1.0 knows no approvals.
            self._approvals = "approved_on" in [row[1] for row in self._all("PRAGMA table_info(texts)")]
        except PlanFault:
            # Windows would not let anyone replace the file while it is open.
            self.close()
            raise

    @property
    def replaced(self) -> bool:
        """Whether another file stands at the path by now, or this one was written over; it is to be opened anew."""
        now = identity(self.path)
        return now is not None and now != self._file

    @property
    def written_over(self) -> bool:
        """Whether this very file holds something else by now, so that nothing more can be read of it."""
        now = identity(self.path)
        return now is not None and now != self._file and now[:2] == (self._file or now)[:2]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def without_references(self) -> "Plan":
        """Return the same open file for readers who are shown no reference translation that is not approved."""
        from copy import copy  # noqa: PLC0415 - few show no reference translations

        plan = copy(self)
        plan.references = False
        return plan

    def _read_properties(self) -> dict[str, str]:
        with self._faults():
            rows = self._connection.execute("SELECT key, value FROM meta").fetchall()
            soundness.columns(rows, soundness.PROPERTY)
            properties = dict(rows)
            soundness.content(properties.get("serial", ""), properties.get("as_of", ""))
        return properties

    @property
    def serial(self) -> int:
        """Which update of the content this is, from 1; 0 where the file does not say."""
        return int(self.properties.get("serial") or 0)

    @property
    def as_of(self) -> str:
        """The day (ISO) for which the content holds; empty where the file does not say."""
        return self.properties.get("as_of", "")

    def _read_editions(self) -> dict[str, Edition]:
        fields = [name for name in Edition._fields if name != "code"]
        try:
            editions = {
                code: Edition(code, *(self.properties[f"edition/{code}/{name}"] for name in fields))
                for code in self.properties["editions"].split()
            }
        except KeyError as error:
            raise damaged(self.path) from error
        with self._faults():
            for edition in editions.values():
                soundness.edition(edition)
        return editions

    # -- entries ---------------------------------------------------------------------------------

    def node(self, code: str) -> Node | None:
        """Return the entry of `code`, or None."""
        rows = self._all(f"SELECT {_NODE} FROM nodes WHERE code = ?", (code,))
        return self._node(rows[0]) if rows else None

    def node_by_id(self, node_id: int) -> Node:
        """Return the entry of an id that came from this file."""
        rows = self._all(f"SELECT {_NODE} FROM nodes WHERE id = ?", (node_id,))
        if not rows:
            raise damaged(self.path)
        return self._node(rows[0])

    def node_of_short(self, short: int) -> Node | None:
        """Return the entry of a hand-over number, or None."""
        rows = self._all(f"SELECT {_NODE} FROM nodes WHERE short = ?", (short,))
        return self._node(rows[0]) if rows else None

    def codes_from(self, node: Node) -> list[tuple[str, str]]:
        """Return code and kind of `node` and of all below it, in reading order."""
        return self._all("SELECT code, kind FROM nodes WHERE id BETWEEN ? AND ? ORDER BY id", (node.id, node.last))

    def nodes(self) -> Iterator[Node]:
        """Yield every entry in reading order."""
        with self._faults():
            for row in self._connection.execute(f"SELECT {_NODE} FROM nodes ORDER BY id"):
                yield self._node(row)

    def _node(self, row: Sequence[Any]) -> Node:
        with self._faults():
            soundness.columns([row], soundness.NODE)
            node = Node(*row)
            if node.until:
                soundness.day(node.until)
        # A parent stands before what is below it; so no file leads in a circle.
        if node.edition not in self.editions or (node.parent_id is not None and node.parent_id >= node.id):
            raise damaged(self.path)
        return node

    def ancestors(self, node: Node) -> list[int]:
        """Return the ids above `node`, the edition first."""
        above: list[int] = []
        parent = node.parent_id
        while parent is not None:
            above.append(parent)
            parent = self.node_by_id(parent).parent_id
        return above[::-1]

    def neighbours(self, node: Node) -> tuple[int | None, int | None]:
        """Return the ids of the entry before and after `node` in its edition's reading order."""
        rows = self._all(
            "SELECT id FROM nodes WHERE id IN (?, ?) AND edition = ? ORDER BY id",
            (node.id - 1, node.id + 1, node.edition),
        )
        found = {row[0] for row in rows}
        return (
            node.id - 1 if node.id - 1 in found else None,
            node.id + 1 if node.id + 1 in found else None,
        )

    # -- headings --------------------------------------------------------------------------------

    def children(self, parent_id: int, chain: Sequence[str], after: int = 0, limit: int = -1) -> list[Heading]:
        """Return the headings below `parent_id` after position `after`, at most `limit` (-1: all), in their order."""
        query = self._heading_query(len(chain), "node.parent_id = ? AND node.position > ?")
        return self._headings(f"{query} ORDER BY node.position LIMIT ?", (*chain, parent_id, after, limit))

    def below(self, parent_id: int, after: int, limit: int) -> list[tuple[int, int, int]]:
        """Return id, number of children and position of what is below `parent_id` after position `after`.

        At most `limit` rows, in their order.
        """
        where = "parent_id = ? AND position > ? ORDER BY position LIMIT ?"
        rows = self._all(f"SELECT id, children, position FROM nodes WHERE {where}", (parent_id, after, limit))
        with self._faults():
            soundness.below(rows)
        return rows

    def headings(self, ids: Iterable[int], chain: Sequence[str]) -> dict[int, Heading]:
        """Return the headings of `ids` by id."""
        wanted = list(ids)
        found: dict[int, Heading] = {}
        for start in range(0, len(wanted), _MOST_PARAMETERS):
            some = wanted[start : start + _MOST_PARAMETERS]
            query = self._heading_query(len(chain), f"node.id IN ({', '.join('?' * len(some))})")
            found.update((row.id, row) for row in self._headings(query, (*chain, *some)))
        return found

    def matching(self, edition_id: int, words: str, chain: Sequence[str], limit: int) -> list[Heading]:
        """Return the headings below the edition whose title holds every word, in reading order.

        Titles are compared folded and in every language, so that what is found does not depend on the
        language that is shown; a number matches whole.
        """
        root = self.node_by_id(edition_id)
        where = "node.id BETWEEN ? AND ?"
        parameters: list[Any] = [*chain, root.id + 1, root.last]
        # Half a character, which a title cannot hold, would be no text to SQLite.
        wanted = dict.fromkeys(fold(words).encode(errors="replace").decode().split())
        for word in list(wanted)[:_MOST_WORDS]:
            where += (
                " AND node.id IN (SELECT node_id FROM folded WHERE node_id BETWEEN ? AND ?"
                " AND (number = ? OR instr(titles, ?)))"
            )
            parameters += [root.id + 1, root.last, word, word]
        query = self._heading_query(len(chain), where)
        return self._headings(f"{query} ORDER BY node.id LIMIT ?", (*parameters, limit))

    def _headings(self, query: str, parameters: Sequence[Any]) -> list[Heading]:
        rows = self._all(query, parameters)
        with self._faults():
            soundness.columns(rows, soundness.HEADING)
        return [Heading(*row[:-2], stale=bool(row[-2]), approved=bool(row[-1]) and not row[-2]) for row in rows]

    def _heading_query(self, languages: int, where: str) -> str:
        return heading_query(languages, where, approvals=self._approvals, references=self.references)

    # -- one entry -------------------------------------------------------------------------------

    def texts(self, node_id: int) -> list[TextRow]:
        """Return every text of an entry in every language, by field in the plan's order."""
        approval = "approved_by, approved_on" if self._approvals else "'', ''"
        rows = self._all(
            f"SELECT ordinal, lang, field, text, status, stale, source, {approval} FROM texts"
            " WHERE node_id = ? ORDER BY ordinal, lang",
            (node_id,),
        )
        with self._faults():
            soundness.columns(rows, soundness.TEXT)
            texts = [
                TextRow(ordinal, lang, field, text, Status(status), bool(stale), source, by, on)
                for ordinal, lang, field, text, status, stale, source, by, on in rows
            ]
            for row in texts:
                if row.status is Status.ORIGINAL:
                    soundness.source(row.source)
                soundness.approval(row.approved_by, row.approved_on)
        if self.references:
            return texts
        return [row for row in texts if row.status is not Status.REFERENCE or (row.approved_on and not row.stale)]

    def figure(self, node: Node) -> Figure | None:
        """Return the number of an entry, or None."""
        rows = self._all("SELECT value, unit, basis, as_of, until, source FROM figures WHERE node_id = ?", (node.id,))
        if not rows:
            return None
        with self._faults():
            soundness.columns(rows, soundness.FIGURE)
            value, unit, basis, as_of, until, source = rows[0]
            soundness.number(value)
            soundness.day_or_month(as_of)
            if until:
                soundness.day_or_month(until)
            soundness.source(source)
            return Figure(node.code, value, unit, Basis(basis), as_of, until, source)

    def links(self, node_id: int) -> list[LinkRow]:
        """Return the links of an entry, those that start here first."""
        rows = self._all(
            "SELECT to_id, relation, origin, 1, ordinal FROM links WHERE from_id = :id"
            " UNION ALL SELECT from_id, relation, origin, 0, ordinal FROM links WHERE to_id = :id"
            " ORDER BY 4 DESC, 5, 1",
            {"id": node_id},
        )
        with self._faults():
            return [LinkRow(row[0], row[1], Origin(row[2]), bool(row[3])) for row in rows]

    def rubies(self, node_id: int) -> dict[tuple[str, str], tuple[RubyRun, ...]]:
        """Return the furigana of an entry's texts by field and language, in the order of the text."""
        found = self._rubies("node.id = ?", (node_id,))
        return {(field, lang): runs for (_, field, lang), runs in found.items()}

    def title_rubies(self, codes: Iterable[str]) -> dict[tuple[str, str], tuple[RubyRun, ...]]:
        """Return the furigana of the titles of `codes` by code and language."""
        wanted = list(codes)
        found: dict[tuple[str, str], tuple[RubyRun, ...]] = {}
        for start in range(0, len(wanted), _MOST_PARAMETERS):
            some = wanted[start : start + _MOST_PARAMETERS]
            marks = ", ".join("?" * len(some))
            rows = self._rubies(f"node.code IN ({marks}) AND texts.ordinal = 0", some)
            found.update(((code, lang), runs) for (code, _, lang), runs in rows.items())
        return found

    def _rubies(self, where: str, parameters: Sequence[Any]) -> dict[tuple[str, str, str], tuple[RubyRun, ...]]:
        # CROSS JOIN: in this order, in which every step is a look-up by key.
        rows = self._all(
            "SELECT node.code, ruby.field, ruby.lang, ruby.start, ruby.length, ruby.text, length(texts.text)"
            " FROM nodes AS node CROSS JOIN texts ON texts.node_id = node.id CROSS JOIN rubies AS ruby"
            " ON ruby.node_id = node.id AND ruby.field = texts.field AND ruby.lang = texts.lang"
            f" WHERE {where} ORDER BY node.id, ruby.field, ruby.lang, ruby.start",
            parameters,
        )
        with self._faults():
            soundness.rubies(rows)
        found: dict[tuple[str, str, str], list[RubyRun]] = {}
        for *of, start, length, reading, _ in rows:
            found.setdefault((of[0], of[1], of[2]), []).append(RubyRun(start, length, reading))
        return {key: tuple(runs) for key, runs in found.items()}

    def counts(self) -> list[tuple[str, str, str, int]]:
        """Return (edition, language, status, number of texts) for everything in the file."""
        return self._all("SELECT edition, lang, status, count(*) FROM entry_text GROUP BY 1, 2, 3 ORDER BY 1, 2, 3")

    # -- the one way to the file -----------------------------------------------------------------

    def _all(self, query: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[Any]:
        with self._faults():
            return self._connection.execute(query, parameters).fetchall()

    def _faults(self) -> AbstractContextManager[None]:
        return faults(self.path)


_NODE = ", ".join(Node._fields)
