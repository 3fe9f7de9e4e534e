"""Reads the plan's sources: TOML under db/, one folder an edition, flat tables with explicit codes.

db/<edition>/edition.toml    the edition itself
db/<edition>/*.toml          entries, texts and figures, in the order of the plan
db/viewer/edition.toml       the viewer's own pages: an edition without a document
db/viewer/*.toml             their entries and texts, and links the viewer makes between entries; one row may name
                             several entries that a link leads to
db/readings/<edition>.toml   how the Japanese texts of an edition are read (authoring/readings.py)
db/glossary.toml             terms with their readings and translations
db/content.toml              which update of the content this is, and the day for which it holds
db/official.toml             the city's own wording found outside the documents
db/left-out.toml             runs of the documents left out on purpose, with the reason
db/sources/                  the supplied documents
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from minato_viewer.authoring import readings
from minato_viewer.authoring.catalogues import translations
from minato_viewer.authoring.content import content
from minato_viewer.authoring.tables import Row, Table, read, rows, text_of
from minato_viewer.domain.faults import SourceFault
from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import ARRANGEMENT, Basis, Edition, Figure, Origin, Status
from minato_viewer.domain.plan_data import Entry, Link, PlanData, Term, Text


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
    annotations: tuple[readings.Annotation, ...]
    """Everything under db/readings, whether it fits its text or not."""


def load(folder: Path, catalogues: Path) -> Sources:
    """Read all sources; SourceFault names the file (and the table) that cannot be read."""
    editions: list[Edition] = []
    entries: list[Entry] = []
    texts: list[Text] = []
    figures: list[Figure] = []
    links: list[Link] = []
    arrangements: dict[str, str] = {}
    for home in sorted({path.parent for path in folder.glob("*/*.toml")} - {folder / "readings"}):
        edition = _edition(home / "edition.toml")
        editions.append(edition)
        origin = Origin.PLAN if edition.is_plan else Origin.VIEWER
        for path in _content_files(home):
            tables = read(path, "entry", "text", "link", *(["figure", "arrangement"] if edition.is_plan else []))
            entries += [_entry(row, edition, path) for row in rows(tables, "entry", path)]
            texts += [_text(row, edition, path) for row in rows(tables, "text", path)]
            figures += [_figure(row, edition, path) for row in rows(tables, "figure", path)]
            links += [link for row in rows(tables, "link", path) for link in _links(row, origin, path)]
            arrangements |= dict(_arrangement(row, path) for row in rows(tables, "arrangement", path))
    if not any(edition.is_plan for edition in editions):
        raise SourceFault(N_("{path} holds no edition: it needs a folder with edition.toml."), path=folder)
    texts += _official(folder / "official.toml")
    texts += [row for edition in editions for row in translations(catalogues, edition, texts)]
    annotations = tuple(_annotations(folder / "readings"))
    sound = readings.sound(annotations, texts)
    data = PlanData(
        editions=tuple(editions),
        entries=_positioned(entries),
        texts=tuple(texts),
        figures=tuple(figures),
        links=tuple(links),
        properties={"digest": digest(folder, catalogues), **arrangements, **content(folder / "content.toml")},
        readings=tuple(readings.title_readings(sound, texts)),
        rubies=tuple(readings.rubies(sound)),
        terms=_terms(folder / "glossary.toml"),
    )
    return Sources(data, _left_out(folder / "left-out.toml"), _documents(folder / "sources"), annotations)


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


def _edition(path: Path) -> Edition:
    table = read(path, "edition").get("edition")
    if not isinstance(table, dict):
        raise SourceFault(N_("{path} has no table [edition]: add it."), path=path)
    row = Row(table, path)  # pyright: ignore[reportUnknownArgumentType] - TOML has no types of its own
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
    row = Row(table, path)
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
    row = Row(table, path)
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
    row = Row(table, path)
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


def _links(table: Table, origin: Origin, path: Path) -> list[Link]:
    row = Row(table, path)
    targets = row.strings("to") if isinstance(table.get("to"), list) else (row.text("to"),)
    start, relation = row.text("from"), row.text("relation")
    row.text("basis", "")  # for whoever maintains the links; the file format has no room for it
    row.done()
    return [Link(start, target, relation, origin) for target in targets]


def _arrangement(table: Table, path: Path) -> tuple[str, str]:
    """Return the property that says how a document draws the entries below one: its rows from above, parted by ;."""
    row = Row(table, path)
    drawn = f"{ARRANGEMENT}{row.text('code')}", "; ".join(row.strings("rows"))
    row.text("basis", "")  # for whoever maintains it
    row.done()
    return drawn


def _official(path: Path) -> list[Text]:
    texts: list[Text] = []
    for table in rows(read(path, "official"), "official", path):
        row = Row(table, path)
        code, field, lang, text, source = (row.text(key) for key in ("code", "field", "lang", "text", "source"))
        row.done()
        texts.append(Text(code, field, lang, text, Status.OFFICIAL, source))
    return texts


def _terms(path: Path) -> tuple[Term, ...]:
    terms: list[Term] = []
    for table in rows(read(path, "term"), "term", path):
        # Its other keys are for translators.
        row = Row({"code": table.get("ja", "?"), **table}, path)
        terms.append(Term(row.text("ja"), row.text("reading"), row.text("zh"), row.text("ko")))
    return tuple(terms)


def _left_out(path: Path) -> tuple[LeftOut, ...]:
    found: list[LeftOut] = []
    for table in rows(read(path, "left_out"), "left_out", path):
        row = Row(table, path)
        found.append(LeftOut(row.text("file"), row.text("lines"), row.text("run"), row.text("reason")))
        row.done()
    return tuple(found)


def _annotations(folder: Path) -> Iterator[readings.Annotation]:
    for path in sorted(folder.glob("*.toml")):
        for table in rows(read(path, "ruby"), "ruby", path):
            row = Row(table, path)
            code, field, lang, text = (row.text(key) for key in ("code", "field", "lang", "text"))
            yield readings.Annotation(path.stem, code, field, lang, text, row.truth("reviewed", default=True))
            row.done()


def _documents(folder: Path) -> dict[str, tuple[str, ...]]:
    return {path.name: tuple(text_of(path).splitlines()) for path in sorted(folder.glob("*.txt"))}
