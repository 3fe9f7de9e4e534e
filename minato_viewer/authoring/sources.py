"""Reads the plan's sources: TOML under db/, one folder an edition, flat tables with explicit codes.

db/<edition>/edition.toml    the edition itself
db/<edition>/*.toml          entries, texts and figures, in the order of the plan
db/viewer/edition.toml       the viewer's own pages: an edition without a document
db/viewer/*.toml             their entries and texts, and links the viewer makes between entries
db/glossary.toml             terms with their readings and translations
db/official.toml             the city's own wording found outside the documents
db/left-out.toml             runs of the documents left out on purpose, with the reason
db/sources/                  the supplied documents
"""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from minato_viewer.authoring.catalogues import translations
from minato_viewer.domain.faults import SourceFault
from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import Basis, Edition, Entry, Figure, Link, Origin, PlanData, Status, Term, Text

Table = Mapping[str, Any]
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A run of characters of a document that no entry holds, on purpose."""

    file: str
    lines: str
    run: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything under db/ and the plan catalogues, read but not yet checked."""

    data: PlanData
    left_out: tuple[LeftOut, ...]
    documents: dict[str, tuple[str, ...]]
    """The supplied documents by file name, as lines."""


def load(folder: Path, catalogues: Path) -> Sources:
    """Read all sources; SourceFault names the file (and the table) that cannot be read."""
    editions: list[Edition] = []
    entries: list[Entry] = []
    texts: list[Text] = []
    figures: list[Figure] = []
    links: list[Link] = []
    for home in sorted({path.parent for path in folder.glob("*/*.toml")}):
        edition = _edition(home / "edition.toml")
        editions.append(edition)
        origin = Origin.PLAN if edition.is_plan else Origin.VIEWER
        for path in _content_files(home):
            tables = _read(path, "entry", "text", "link", *(["figure"] if edition.is_plan else []))
            entries += [_entry(row, edition, path) for row in _rows(tables, "entry", path)]
            texts += [_text(row, edition, path) for row in _rows(tables, "text", path)]
            figures += [_figure(row, edition, path) for row in _rows(tables, "figure", path)]
            links += [_link(row, origin, path) for row in _rows(tables, "link", path)]
    if not any(edition.is_plan for edition in editions):
        raise SourceFault(N_("{path} holds no edition: it needs a folder with edition.toml."), path=folder)
    texts += _official(folder / "official.toml")
    texts += [row for edition in editions for row in translations(catalogues, edition, texts)]
    data = PlanData(
        editions=tuple(editions),
        entries=_positioned(entries),
        texts=tuple(texts),
        figures=tuple(figures),
        links=tuple(links),
        properties={"digest": digest(folder, catalogues)},
        terms=_terms(folder / "glossary.toml"),
    )
    return Sources(data, _left_out(folder / "left-out.toml"), _documents(folder / "sources"))


def digest(folder: Path, catalogues: Path) -> str:
    """Return the SHA-256 of every source file with its name, in hexadecimal."""
    total = hashlib.sha256()
    files = [*folder.rglob("*.toml"), *(folder / "sources").glob("*.txt"), *catalogues.rglob("plan-*.po")]
    bases = {True: folder, False: catalogues}
    named = sorted((path.relative_to(bases[path.is_relative_to(folder)]).as_posix(), path) for path in files)
    for name, path in named:
        # Line ends differ between checkouts on Windows and elsewhere; the content does not.
        content = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def _content_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.toml") if path.name != "edition.toml")


def _read(path: Path, *known: str) -> Table:
    """Return the tables of a file, none where it is missing; SourceFault where one is not `known`."""
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(_text_of(path))
    except tomllib.TOMLDecodeError as error:
        raise SourceFault(N_("{path} is not correct TOML: {reason}."), path=path, reason=error) from error
    for name in tables:
        if name not in known:
            raise _unknown_key(path, path.stem, name)
    return tables


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFault(N_("{path} cannot be read as UTF-8 text: {reason}."), path=path, reason=error) from error


def _unknown_key(path: Path, code: str, key: str) -> SourceFault:
    return SourceFault(
        N_("{path}, {code}: the key {key} is not known: correct or remove it."), path=path, code=code, key=key
    )


def _rows(tables: Table, name: str, path: Path) -> list[Table]:
    rows = tables.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):  # pyright: ignore[reportUnknownVariableType] - the same
        raise SourceFault(N_("{path}: write the tables {table} with double brackets."), path=path, table=name)
    return rows  # pyright: ignore[reportUnknownVariableType] - TOML has no types of its own


class _Row:
    """One table of a file: hands out its values by name and type, and says where it stands when one is wrong."""

    def __init__(self, row: Table, path: Path) -> None:
        self._row = dict(row)
        self._path = path
        self._name = str(row.get("code") or row.get("from") or row.get("file") or "?")

    def text(self, key: str, default: str | None = None) -> str:
        value = self._row.pop(key, default)
        if not isinstance(value, str):
            raise self._fault(key, "text")
        return value

    def integer(self, key: str) -> int:
        value = self._row.pop(key, None)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._fault(key, "integer")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        value = self._row.pop(key, [])
        if not isinstance(value, list):
            raise self._fault(key, "list")
        return tuple(str(item) for item in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - TOML has no types of its own

    def choice(self, key: str, choices: type[Choice], default: str | None = None) -> Choice:
        value = self.text(key, default)
        try:
            return choices(value)
        except ValueError:
            raise self._fault(key, " / ".join(choices)) from None

    def done(self) -> None:
        """Refuse keys that nothing has asked for: they are mistyped."""
        for key in self._row:
            raise _unknown_key(self._path, self._name, key)

    def _fault(self, key: str, kind: str) -> SourceFault:
        return SourceFault(
            N_("{path}, {code}: the key {key} is missing or is no {kind}."),
            path=self._path,
            code=self._name,
            key=key,
            kind=kind,
        )


def _edition(path: Path) -> Edition:
    table = _read(path, "edition").get("edition")
    if not isinstance(table, dict):
        raise SourceFault(N_("{path} has no table [edition]: add it."), path=path)
    row = _Row(table, path)  # pyright: ignore[reportUnknownArgumentType] - TOML has no types of its own
    # What the viewer writes itself has neither a document nor dates; an edition of the plan has all of them.
    missing = "" if table.keys() <= {"code", "language"} else None
    edition = Edition(
        code=row.text("code"),
        language=row.text("language"),
        document=row.text("document", missing),
        published=row.text("published", missing),
        published_source=row.text("published_source", missing),
        period_start=row.text("period_start", missing),
        period_end=row.text("period_end", missing),
        period_source=row.text("period_source", missing),
        superseded_by=row.text("superseded_by", ""),
    )
    row.done()
    return edition


def _entry(table: Table, edition: Edition, path: Path) -> Entry:
    row = _Row(table, path)
    entry = Entry(
        code=row.text("code"),
        edition=edition.code,
        parent=row.text("parent", ""),
        kind=row.text("kind"),
        number=row.text("number", ""),
        position=0,
        short=row.integer("short"),
        until=row.text("until", ""),
        number_lines=row.text("number_lines", "") if edition.is_plan else "",
        absent=row.strings("absent") if edition.is_plan else (),
    )
    row.done()
    return entry


def _positioned(entries: list[Entry]) -> tuple[Entry, ...]:
    """Number the siblings in the order of the files."""
    seen: Counter[str] = Counter()
    positioned: list[Entry] = []
    for entry in entries:
        seen[entry.parent] += 1
        positioned.append(entry._replace(position=seen[entry.parent]))
    return tuple(positioned)


def _text(table: Table, edition: Edition, path: Path) -> Text:
    row = _Row(table, path)
    status, lines = Status.EDITOR, ""
    if edition.is_plan:
        status = row.choice("status", Status, Status.ORIGINAL.value)
        lines = row.text("lines") if status is Status.ORIGINAL else row.text("lines", "")
    text = Text(
        code=row.text("code"),
        field=row.text("field"),
        lang=edition.language,
        text=row.text("text"),
        status=status,
        source=_source(edition, lines),
    )
    row.done()
    return text


def _source(edition: Edition, lines: str) -> str:
    return f"{edition.document}:{lines}" if lines else ""


def _figure(table: Table, edition: Edition, path: Path) -> Figure:
    row = _Row(table, path)
    figure = Figure(
        code=row.text("code"),
        value=row.text("value"),
        unit=row.text("unit"),
        basis=row.choice("basis", Basis),
        as_of=row.text("as_of"),
        until=row.text("until", ""),
        source=_source(edition, row.text("lines")),
    )
    row.done()
    return figure


def _link(table: Table, origin: Origin, path: Path) -> Link:
    row = _Row(table, path)
    link = Link(row.text("from"), row.text("to"), row.text("relation"), origin)
    row.text("basis", "")  # for whoever maintains the links; the file format has no room for it
    row.done()
    return link


def _official(path: Path) -> list[Text]:
    texts: list[Text] = []
    for table in _rows(_read(path, "official"), "official", path):
        row = _Row(table, path)
        code, field, lang, text, source = (row.text(key) for key in ("code", "field", "lang", "text", "source"))
        row.done()
        texts.append(Text(code, field, lang, text, Status.OFFICIAL, source))
    return texts


def _terms(path: Path) -> tuple[Term, ...]:
    terms: list[Term] = []
    for table in _rows(_read(path, "term"), "term", path):
        # Its other keys are for translators.
        row = _Row({"code": table.get("ja", "?"), **table}, path)
        terms.append(Term(row.text("ja"), row.text("reading"), row.text("zh"), row.text("ko")))
    return tuple(terms)


def _left_out(path: Path) -> tuple[LeftOut, ...]:
    rows: list[LeftOut] = []
    for table in _rows(_read(path, "left_out"), "left_out", path):
        row = _Row(table, path)
        rows.append(LeftOut(row.text("file"), row.text("lines"), row.text("run"), row.text("reason")))
        row.done()
    return tuple(rows)


def _documents(folder: Path) -> dict[str, tuple[str, ...]]:
    return {path.name: tuple(_text_of(path).splitlines()) for path in sorted(folder.glob("*.txt"))}
