"""Writes a plan file: whole or not at all, and the same bytes from the same values."""

import errno
import os
import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from minato_viewer import VERSION
from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import TITLE, Figure
from minato_viewer.domain.plan_data import Entry, PlanData, Reading, Ruby, Text
from minato_viewer.language import folding
from minato_viewer.language.folding import fold
from minato_viewer.planfile import schema, search_index
from minato_viewer.planfile.format import (
    APPLICATION_ID,
    FORMAT_MAJOR,
    FORMAT_MINOR,
    PAGE_SIZE,
    USER_VERSION,
    VIEWS,
)


def build(plan: PlanData, path: Path) -> None:
    """Write `plan` to `path`, replacing what was there only once the new file is complete and on disk.

    Raises Fault where the folder cannot be written or the file is held open elsewhere.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _write_fault(path, error) from error
    part = Path(name)
    try:
        _write(plan, part)
        part.chmod(0o644)
        _sync(part)
        part.replace(path)
    except DBAPIError as error:
        # SQLAlchemy's own words about what SQLite said are long and name its web site.
        raise _write_fault(path, error.orig or error) from error
    except (OSError, sqlite3.Error) as error:
        raise _write_fault(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _write_fault(path: Path, error: BaseException) -> Fault:
    full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    if full or (isinstance(error, OSError) and error.errno == errno.ENOSPC):
        return Fault(N_("The disk is full: make room and write {path} again."), path=path)
    return Fault(N_("{path} cannot be written ({reason}): choose another place with -o."), path=path, reason=error)


def _sync(path: Path) -> None:
    # Opened for writing, because Windows refuses to flush a handle that is only for reading.
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _write(plan: PlanData, path: Path) -> None:
    # `creator` takes the path as it is: a URL would give `#` and `%` in it a meaning.
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path), poolclass=NullPool)
    with engine.connect() as connection:
        for pragma in (
            f"page_size = {PAGE_SIZE}",
            "journal_mode = OFF",
            "synchronous = OFF",
            f"application_id = {APPLICATION_ID}",
            f"user_version = {USER_VERSION}",
        ):
            connection.execute(text(f"PRAGMA {pragma}"))
        connection.commit()
        schema.METADATA.create_all(connection)
        for name, query in VIEWS.items():
            connection.execute(text(f"CREATE VIEW {name} AS {query}"))
        _insert(connection, plan)
        search_index.fill(connection, plan.terms)
        connection.commit()
    engine.dispose()
    with sqlite3.connect(path, isolation_level=None) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("VACUUM")
    raw.close()


def _insert(connection: Connection, plan: PlanData) -> None:
    ordered = _reading_order(plan.entries)
    ids = {entry.code: number for number, entry in enumerate(ordered, start=1)}
    rows: list[tuple[Any, list[dict[str, Any]]]] = [
        (schema.NODES, _node_rows(ordered, ids)),
        (schema.TEXTS, _text_rows(plan.texts, ids)),
        (schema.FOLDED, _folded_rows(ordered, plan.texts)),
        (schema.FIGURES, _by_node(plan.figures, ids)),
        (schema.LINKS, _link_rows(plan, ids)),
        (schema.READINGS, _by_node(plan.readings, ids, "field", "lang")),
        (schema.RUBIES, _by_node(plan.rubies, ids, "field", "lang", "start")),
        (schema.PROPERTIES, _property_rows(plan)),
    ]
    for table, values in rows:
        if values:
            connection.execute(table.insert(), values)


def _reading_order(entries: tuple[Entry, ...]) -> list[Entry]:
    """Return the entries depth first, siblings by position: the order in which the plan is read."""
    children: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        children[entry.parent].append(entry)
    for siblings in children.values():
        siblings.sort(key=lambda entry: entry.position)

    def walk(parent: str) -> Iterator[Entry]:
        stack = children[parent][::-1]
        while stack:
            entry = stack.pop()
            yield entry
            stack.extend(children[entry.code][::-1])

    return list(walk(""))


def _node_rows(ordered: list[Entry], ids: dict[str, int]) -> list[dict[str, Any]]:
    children = Counter(entry.parent for entry in ordered)
    last = {entry.code: ids[entry.code] for entry in ordered}
    for entry in reversed(ordered):
        if entry.parent:
            last[entry.parent] = max(last[entry.parent], last[entry.code])
    return [
        {
            "id": ids[entry.code],
            "code": entry.code,
            "edition": entry.edition,
            "parent_id": ids.get(entry.parent),
            "kind": entry.kind,
            "number": entry.number,
            "position": entry.position,
            "short": entry.short,
            "until": entry.until,
            "children": children[entry.code],
            "last": last[entry.code],
        }
        for entry in ordered
    ]


def _text_rows(texts: tuple[Text, ...], ids: dict[str, int]) -> list[dict[str, Any]]:
    """Number the fields of each entry in the order in which they first appear, the title as 0."""
    ordinals: defaultdict[str, dict[str, int]] = defaultdict(lambda: {TITLE: 0})
    rows: list[dict[str, Any]] = []
    for row in texts:
        fields = ordinals[row.code]
        ordinal = fields.setdefault(row.field, len(fields))
        rows.append(
            {
                "node_id": ids[row.code],
                "ordinal": ordinal,
                "lang": row.lang,
                "field": row.field,
                "text": row.text,
                "status": row.status.value,
                "stale": int(row.stale),
                "source": row.source,
                "approved_by": row.approved_by,
                "approved_on": row.approved_on,
            }
        )
    return sorted(rows, key=lambda row: (row["node_id"], row["ordinal"], row["lang"]))


def _folded_rows(ordered: list[Entry], texts: tuple[Text, ...]) -> list[dict[str, Any]]:
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for row in texts:
        if row.field == TITLE:
            titles[row.code].add(fold(row.text))
    return [
        {"node_id": node_id, "number": fold(entry.number), "titles": "\n".join(sorted(titles[entry.code]))}
        for node_id, entry in enumerate(ordered, start=1)
    ]


def _link_rows(plan: PlanData, ids: dict[str, int]) -> list[dict[str, Any]]:
    ordinals: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    for link in plan.links:
        ordinals[link.from_code] += 1
        rows.append(
            {
                "from_id": ids[link.from_code],
                "ordinal": ordinals[link.from_code],
                "to_id": ids[link.to_code],
                "relation": link.relation,
                "origin": link.origin.value,
            }
        )
    return rows


def _by_node(values: Iterable[Figure | Reading | Ruby], ids: dict[str, int], *key: str) -> list[dict[str, Any]]:
    """Return `values` as rows by the id of their entry, then by `key`."""
    rows: list[dict[str, Any]] = []
    for value in values:
        row = value._asdict()
        plain = {name: str(cell) if isinstance(cell, StrEnum) else cell for name, cell in row.items() if name != "code"}
        rows.append({"node_id": ids[row["code"]], **plain})
    return sorted(rows, key=lambda row: [row[name] for name in ("node_id", *key)])


def _property_rows(plan: PlanData) -> list[dict[str, Any]]:
    counts = {
        "editions": len(plan.editions),
        "entries": len(plan.entries),
        "texts": len(plan.texts),
        "figures": len(plan.figures),
        "links": len(plan.links),
    }
    properties = {
        "format": f"{FORMAT_MAJOR}.{FORMAT_MINOR}",
        "tool": f"minato-plan {VERSION}",
        "folding": folding.version(),
        "languages": " ".join(sorted({row.lang for row in plan.texts})),
        "editions": " ".join(edition.code for edition in plan.editions),
        **{
            f"edition/{edition.code}/{key}": value
            for edition in plan.editions
            for key, value in edition._asdict().items()
            if key != "code"
        },
        **{f"count/{key}": str(value) for key, value in counts.items()},
        **plan.properties,
    }
    return [{"key": key, "value": value} for key, value in sorted(properties.items())]
