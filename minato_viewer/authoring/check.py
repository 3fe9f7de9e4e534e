"""Looks for mistakes in the sources. Every finding is one English line: where, what, and what to do."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from minato_viewer.authoring import easy_japanese, readings_check
from minato_viewer.authoring.characters import unshown
from minato_viewer.authoring.coverage import Document, content, documents, uncovered
from minato_viewer.authoring.numbers import mismatches, numbers, same_kind
from minato_viewer.authoring.relations import relations
from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import KINDS, OWN_KINDS, RELATIONS, TITLE, UNITS, Edition, Figure, Status
from minato_viewer.domain.plan_data import Entry, Text
from minato_viewer.language.tags import TAGS

_CODE = re.compile(r"[a-z0-9]+(?:[/-][a-z0-9]+)*")
_FIELD = re.compile(r"title|[a-z_]+\.[1-9][0-9]*")
_LINES = re.compile(r"[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*")
_FIELD_NAMES = frozenset(
    [
        "subtitle",
        "label",
        "lead",
        "body",
        "heading",
        "item",
        "example_heading",
        "example",
        "value",
        "date",
        "signature",
        "note",
        "office",
        "address",
    ]
)


def findings(sources: Sources) -> list[str]:
    """Return everything that is wrong with the sources."""
    # Readings last, because whoever mends a text changes how it is read.
    return text_findings(sources) or list(readings_check.findings(sources))


def obstacles(sources: Sources) -> list[str]:
    """Return what a plan file cannot be built with: wrong texts, and titles that nobody says how to read.

    A sentence whose reading is not looked at yet is built without furigana.
    """
    return text_findings(sources) or list(readings_check.unread_titles(sources.data))


def text_findings(sources: Sources) -> list[str]:
    """Return what is wrong with entries, texts, numbers and links, whatever their readings are."""
    data = sources.data
    codes = {entry.code for entry in data.entries}
    found = [
        *_duplicates("code", (entry.code for entry in data.entries)),
        *_duplicates("short", (str(entry.short) for entry in data.entries)),
        *_duplicates("text", (f"{row.code}#{row.field} ({row.lang})" for row in data.texts)),
        *(line for entry in data.entries for line in _entry(entry, codes)),
        *(line for row in data.texts for line in _text(row, codes)),
        *_parents_first(data.entries),
        *_editions(sources),
        *_own_pages(sources),
        *_places(sources),
    ]
    if found:
        # What follows relies on codes, fields and line numbers that are sound.
        return found
    found = [
        *_titles(sources),
        *_figures(sources),
        *_links(sources, codes),
        *_sources(sources),
        *mismatches(sources.data),
        *easy_japanese.findings(sources.data.texts),
    ]
    # What links mean relies on links that lead somewhere.
    return found or list(relations(sources.data))


def _duplicates(what: str, keys: Iterable[str]) -> Iterator[str]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"{key}: this {what} stands {times} times; give each its own"


def _entry(entry: Entry, codes: set[str]) -> Iterator[str]:
    if not _CODE.fullmatch(entry.code):
        yield f"{entry.code}: a code is lower-case ASCII letters, digits, - and /"
    if entry.code.partition("/")[0] != entry.edition:
        yield f"{entry.code}: the code does not begin with its edition {entry.edition}/"
    if entry.kind not in KINDS:
        yield f"{entry.code}: the kind {entry.kind} is not known: choose one of {', '.join(KINDS)}"
    if (entry.kind == "edition") != (not entry.parent) or (entry.parent and entry.parent not in codes):
        yield f"{entry.code}: the parent {entry.parent or '(none)'} does not exist: correct it"
    elif entry.parent and entry.parent.partition("/")[0] != entry.edition:
        yield f"{entry.code}: the parent {entry.parent} belongs to another edition"
    if entry.until and not _is_date(entry.until):
        yield f"{entry.code}: until = {entry.until} is no ISO date"
    if entry.short < 1:
        yield f"{entry.code}: short is {entry.short}; it counts from 1"


def _parents_first(entries: Iterable[Entry]) -> Iterator[str]:
    """A parent stands before its children, which also rules out circles."""
    seen: set[str] = set()
    for entry in entries:
        if entry.parent and entry.parent not in seen:
            yield f"{entry.code}: its parent {entry.parent} must stand before it"
        seen.add(entry.code)


def _text(row: Text, codes: set[str]) -> Iterator[str]:
    name = f"{row.code}#{row.field} ({row.lang})"
    if row.code not in codes:
        yield f"{name}: there is no entry with this code"
    if not _FIELD.fullmatch(row.field) or (row.field != TITLE and row.field.partition(".")[0] not in _FIELD_NAMES):
        yield f"{name}: this field is not known: title, or one of {', '.join(sorted(_FIELD_NAMES))} with a number"
    if row.lang not in TAGS:
        yield f"{name}: this language is not known"
    if not row.text.strip() or row.text != row.text.strip():
        yield f"{name}: the text is empty or has white space around it"
    if row.status is Status.OFFICIAL and not row.source.startswith("https://"):
        yield f"{name}: an official text needs the address where the city says so"
    if missing := unshown(row.text):
        yield f"{name}: no font of the viewer has {missing}: use other characters, or make the fonts anew"


def _places(sources: Sources) -> Iterator[str]:
    """Every original, printed number and run left out names lines that its document has."""
    data = sources.data
    editions = {edition.code: edition for edition in data.editions}
    named = [(f"{row.code}#{row.field}", row.source) for row in data.texts if row.status is Status.ORIGINAL]
    named += [(figure.code, figure.source) for figure in data.figures]
    named += [("left-out.toml", f"{row.file}:{row.lines}") for row in sources.left_out]
    for entry in data.entries:
        if entry.number_lines:
            named.append((f"{entry.code} (number)", f"{editions[entry.edition].document}:{entry.number_lines}"))
    for name, place in named:
        file, _, lines = place.rpartition(":")
        if not _LINES.fullmatch(lines):
            yield f"{name}: its source {place or '(none)'} names no lines, such as 12 or 12-14,17"
        elif file not in sources.documents:
            yield f"{name}: the document {file} is not in db/sources"
        elif not all(1 <= int(line) <= len(sources.documents[file]) for line in re.findall("[0-9]+", lines)):
            yield f"{name}: {file} has no line {lines}"


def _editions(sources: Sources) -> Iterator[str]:
    codes = {edition.code for edition in sources.data.editions if edition.is_plan}
    for edition in sources.data.editions:
        if edition.language not in TAGS:
            yield f"{edition.code}: the language {edition.language} is not known"
        if edition.superseded_by and edition.superseded_by not in codes:
            yield f"{edition.code}: the edition {edition.superseded_by} that supersedes it does not exist"
        if edition.is_plan:
            yield from _plan_edition(edition, sources)
        elif any(edition._replace(code="", language="")):
            yield f"{edition.code}: it has dates or a source but no document: name its document, or remove them"


def _plan_edition(edition: Edition, sources: Sources) -> Iterator[str]:
    if edition.document not in sources.documents:
        yield f"{edition.code}: the document {edition.document} is not in db/sources"
    for day in (edition.period_start, edition.period_end):
        if not _is_date(day):
            yield f"{edition.code}: {day} is no ISO date"
    if not _is_date(edition.published) and not _is_date(f"{edition.published}-01"):
        yield f"{edition.code}: published = {edition.published} is neither a day nor a month"
    if not edition.published_source or not edition.period_source:
        yield f"{edition.code}: publication and period need a source"


def _own_pages(sources: Sources) -> Iterator[str]:
    """The viewer's guides and topics stand apart from the plan, and hold nobody's words but its own."""
    own = {edition.code for edition in sources.data.editions if not edition.is_plan}
    for entry in sources.data.entries:
        if entry.kind != "edition" and (entry.kind in OWN_KINDS) != (entry.edition in own):
            yield f"{entry.code}: an entry of kind {entry.kind} does not belong in the edition {entry.edition}"
    for row in sources.data.texts:
        if row.code.partition("/")[0] in own and row.status is not Status.EDITOR:
            yield f"{row.code}#{row.field} ({row.lang}): its status is {row.status}; these pages are the viewer's own"


def _titles(sources: Sources) -> Iterator[str]:
    languages = {edition.code: edition.language for edition in sources.data.editions}
    titled = {(row.code, row.lang) for row in sources.data.texts if row.field == TITLE}
    for entry in sources.data.entries:
        has = (entry.code, languages[entry.edition]) in titled
        if not has and TITLE not in entry.absent:
            yield f'{entry.code}: it has no title: add one, or say absent = ["title"] if the document has none'
        if has and TITLE in entry.absent:
            yield f"{entry.code}: it has a title although it says that it has none"


def _figures(sources: Sources) -> Iterator[str]:
    entries = {entry.code for entry in sources.data.entries if entry.kind == "figure"}
    figures = [figure.code for figure in sources.data.figures]
    yield from _duplicates("figure", figures)
    for code in sorted(entries - set(figures)):
        yield f"{code}: an entry of kind figure needs a number: add a [[figure]]"
    for code in sorted(set(figures) - entries):
        yield f"{code}: a number needs an entry of kind figure: add an [[entry]]"
    printed: defaultdict[str, list[Text]] = defaultdict(list)
    for row in sources.data.texts:
        if row.field.startswith("value.") and row.status is Status.ORIGINAL:
            printed[row.code].append(row)
    for figure in sources.data.figures:
        yield from _figure(figure, printed[figure.code])


def _figure(figure: Figure, printed: list[Text]) -> Iterator[str]:
    if figure.unit not in UNITS:
        yield f"{figure.code}: the unit {figure.unit} is not known: choose one of {', '.join(UNITS)}"
    for day in filter(None, (figure.as_of, figure.until)):
        if not _is_date(day) and not _is_date(f"{day}-01"):
            yield f"{figure.code}: {day} is no ISO date"
    try:
        value = Decimal(figure.value)
    except InvalidOperation:
        yield f"{figure.code}: {figure.value} is no number"
        return
    if not printed:
        yield f"{figure.code}: the printed words of the number are missing: add value.1"
    for row in printed:
        if not any(Decimal(found.value) == value for found in numbers(row) if same_kind(found.unit, figure.unit)):
            yield f"{figure.code}: {figure.value} {figure.unit} does not stand in the printed words {row.text}"


def _links(sources: Sources, codes: set[str]) -> Iterator[str]:
    for link in sources.data.links:
        name = f"{link.from_code} -> {link.to_code}"
        for code in (link.from_code, link.to_code):
            if code not in codes:
                yield f"{name}: there is no entry {code}: correct the link"
        if link.from_code == link.to_code:
            yield f"{name}: an entry is not linked to itself"
        if link.relation not in RELATIONS:
            yield f"{name}: the relation {link.relation} is not known: choose one of {', '.join(RELATIONS)}"
    yield from _duplicates("link", (f"{link.from_code} -> {link.to_code}" for link in sources.data.links))


def _sources(sources: Sources) -> Iterator[str]:
    """Every original stands in the lines it names, and nothing of the documents is lost."""
    found = documents(sources)
    for row in sources.data.texts:
        if row.status is Status.ORIGINAL:
            name, _, lines = row.source.rpartition(":")
            yield from _stands_in(f"{row.code}#{row.field}", row.text, found[name], lines)
    editions = {edition.code: edition for edition in sources.data.editions}
    for entry in sources.data.entries:
        if entry.number_lines:
            document = found[editions[entry.edition].document]
            yield from _stands_in(f"{entry.code} (number)", entry.number, document, entry.number_lines)
    for row in sources.left_out:
        yield from _stands_in("left-out.toml", row.run, found[row.file], row.lines)
    for document in found.values():
        for number, run in uncovered(document):
            yield f"{document.name}:{number}: no entry holds {run}: add it, or say why not in left-out.toml"


def _stands_in(name: str, text: str, document: Document, lines: str) -> Iterator[str]:
    if not document.find(text, lines):
        yield f"{name}: “{content(text)}” does not stand in {document.name}, lines {lines}"


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2024-01-01")
