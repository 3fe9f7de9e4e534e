"""Reads a plan file: short SQL over stdlib sqlite3, read-only, one question a method.

Entries are addressed by `code` from outside and by integer `id` inside; ids are in reading order.
No method keeps what it read: a plan of 100,000 entries costs no more memory than a small one.
"""

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from minato_viewer.domain.faults import ExitCode, PlanFault
from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import Basis, Edition, Figure, Origin, Status
from minato_viewer.language.folding import fold
from minato_viewer.planfile import soundness
from minato_viewer.planfile.format import APPLICATION_ID, FORMAT_MAJOR

_HEADER_SIZE = 100
_MOST_PARAMETERS = 900
"""Well below what any SQLite takes in one statement."""
_MOST_WORDS = 100
"""More than any title has, and well below the depth of expression that SQLite takes."""
_SQLITE_MAGIC = b"SQLite format 3\0"


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


class TextRow(NamedTuple):
    """One text of an entry in one language."""

    ordinal: int
    lang: str
    field: str
    text: str
    status: Status
    stale: bool
    source: str


class LinkRow(NamedTuple):
    """A related entry, seen from the entry that was asked about."""

    other_id: int
    relation: str
    origin: Origin
    outgoing: bool


class Plan:
    """An open plan file. Every method raises PlanFault where the file turns out to be damaged."""

    def __init__(self, path: Path) -> None:
        """Open `path` read-only; PlanFault (exit 3 or 4) where it is not a usable plan file."""
        self.path = path
        _check_header(path)
        self._connection = connect(path)
        try:
            self._all("PRAGMA trusted_schema = OFF")
            # 512 KiB: questions are short, and the system caches the file anyway.
            self._all("PRAGMA cache_size = -512")
            self.properties = self._read_properties()
            self.editions = self._read_editions()
        except PlanFault:
            # Windows would not let anyone replace the file while it is open.
            self.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _read_properties(self) -> dict[str, str]:
        with self._faults():
            rows = self._connection.execute("SELECT key, value FROM meta").fetchall()
            soundness.columns(rows, soundness.PROPERTY)
        return dict(rows)

    def _read_editions(self) -> dict[str, Edition]:
        fields = [name for name in Edition._fields if name != "code"]
        try:
            editions = {
                code: Edition(code, *(self.properties[f"edition/{code}/{name}"] for name in fields))
                for code in self.properties["editions"].split()
            }
        except KeyError as error:
            raise _damaged(self.path) from error
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
            raise _damaged(self.path)
        return self._node(rows[0])

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
            raise _damaged(self.path)
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
        query = _heading_query(len(chain), "node.parent_id = ? AND node.position > ?")
        return self._headings(f"{query} ORDER BY node.position LIMIT ?", (*chain, parent_id, after, limit))

    def headings(self, ids: Iterable[int], chain: Sequence[str]) -> dict[int, Heading]:
        """Return the headings of `ids` by id."""
        wanted = list(ids)
        found: dict[int, Heading] = {}
        for start in range(0, len(wanted), _MOST_PARAMETERS):
            some = wanted[start : start + _MOST_PARAMETERS]
            query = _heading_query(len(chain), f"node.id IN ({', '.join('?' * len(some))})")
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
        query = _heading_query(len(chain), where)
        return self._headings(f"{query} ORDER BY node.id LIMIT ?", (*parameters, limit))

    def _headings(self, query: str, parameters: Sequence[Any]) -> list[Heading]:
        rows = self._all(query, parameters)
        with self._faults():
            soundness.columns(rows, soundness.HEADING)
        return [Heading(*row[:-1], stale=bool(row[-1])) for row in rows]

    # -- one entry -------------------------------------------------------------------------------

    def texts(self, node_id: int) -> list[TextRow]:
        """Return every text of an entry in every language, by field in the plan's order."""
        rows = self._all(
            "SELECT ordinal, lang, field, text, status, stale, source FROM texts"
            " WHERE node_id = ? ORDER BY ordinal, lang",
            (node_id,),
        )
        with self._faults():
            soundness.columns(rows, soundness.TEXT)
            texts = [
                TextRow(ordinal, lang, field, text, Status(status), bool(stale), source)
                for ordinal, lang, field, text, status, stale, source in rows
            ]
            for row in texts:
                if row.status is Status.ORIGINAL:
                    soundness.source(row.source)
        return texts

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

    def counts(self) -> list[tuple[str, str, str, int]]:
        """Return (edition, language, status, number of texts) for everything in the file."""
        return self._all("SELECT edition, lang, status, count(*) FROM entry_text GROUP BY 1, 2, 3 ORDER BY 1, 2, 3")

    # -- the one way to the file -----------------------------------------------------------------

    def _all(self, query: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[Any]:
        with self._faults():
            return self._connection.execute(query, parameters).fetchall()

    def _faults(self) -> AbstractContextManager[None]:
        return faults(self.path)


def connect(path: Path) -> sqlite3.Connection:
    """Open a plan file for reading alone; PlanFault where SQLite cannot."""
    try:
        # `as_uri` quotes what `#`, `%` and `?` in a path would otherwise mean; immutable, so that it
        # opens from read-only media and nothing is ever written beside it.
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(uri, uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise _damaged(path) from error


@contextmanager
def faults(path: Path) -> Generator[None]:
    """Turn what a damaged file makes SQLite say into the world's fault; mistakes in our SQL stay ours."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise
    except (sqlite3.Error, ValueError, OverflowError) as error:
        # ValueError: no text, or no value that makes sense; OverflowError: an id beyond SQLite's integers.
        raise _damaged(path) from error


_NODE = ", ".join(Node._fields)


def _heading_query(languages: int, where: str) -> str:
    """Return the SELECT of `Heading` for a chain of so many languages; only numbers are formatted into it."""
    texts = [f"text{number}" for number in range(languages)]
    joins = " ".join(
        f"LEFT JOIN texts AS {text} ON {text}.node_id = node.id AND {text}.ordinal = 0 AND {text}.lang = ?"
        for text in texts
    )

    def first(column: str) -> str:
        # A missing text leaves '', which is no title, no language and not stale.
        return f"coalesce({', '.join(f'{text}.{column}' for text in texts)}, '')"

    return (
        "SELECT node.id, node.code, node.parent_id, node.kind, node.number, node.position, node.children,"
        f" {first('text')} AS title, {first('lang')}, {first('status')}, {first('stale')}"
        f" FROM nodes AS node {joins} WHERE {where}"
    )


def _damaged(path: Path) -> PlanFault:
    return PlanFault(
        N_("The plan file {path} is damaged: copy it anew from where it came from."),
        path=path,
    )


def _check_header(path: Path) -> None:
    """Refuse what is not a whole plan file of a format we read, before SQLite opens it."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_SIZE)
        size = path.stat().st_size
    except FileNotFoundError:
        raise PlanFault(
            N_("The plan file {path} is missing: copy it there, or name another one with --plan."), path=path
        ) from None
    except (OSError, ValueError) as error:
        raise PlanFault(
            N_("The plan file {path} cannot be read: check that it is a file and that you may read it."),
            path=path,
        ) from error
    if not header:
        raise PlanFault(N_("The plan file {path} is empty: copy it anew from where it came from."), path=path)
    application_id = int.from_bytes(header[68:72])
    if not header.startswith(_SQLITE_MAGIC) or application_id != APPLICATION_ID:
        raise PlanFault(N_("{path} is not a plan file: choose the file that minato-plan made (--plan)."), path=path)
    if len(header) < _HEADER_SIZE:
        raise _damaged(path)
    if int.from_bytes(header[60:64]) >> 16 > FORMAT_MAJOR:
        raise PlanFault(
            N_("The plan file {path} is newer than this program: install the newer program."),
            ExitCode.PLAN_NEWER,
            path=path,
        )
    page_size = int.from_bytes(header[16:18])
    page_size = 65536 if page_size == 1 else page_size
    if size != page_size * int.from_bytes(header[28:32]):
        raise _damaged(path)
