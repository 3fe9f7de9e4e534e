"""The texts of the plan as a table for people who do not work with PO files, and what has changed when it comes back.

One row is one text: its original, its translations, which of them are out of date, and the glossary's words for it.
`version` is a mark of the row as it was given out, so that an old table cannot undo newer work.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from minato_viewer.authoring.characters import unshown
from minato_viewer.authoring.glossary import Term, terms_in
from minato_viewer.authoring.toml_texts import Key
from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import Status
from minato_viewer.domain.plan_data import PlanData


class Row(NamedTuple):
    """One text with its translations."""

    code: str
    field: str
    kind: str
    language: str
    """Of the original."""
    status: str
    original: str
    translations: dict[str, str]
    stale: tuple[str, ...]
    official: frozenset[str]
    """Languages in which the city has worded it itself; not ours to change."""
    terms: str


class Incoming(NamedTuple):
    """One row of a table that came back; None where the file has no such column."""

    row: int
    """As the program that made the file counts: a row of a table, a line of a catalogue."""
    code: str
    field: str
    original: str | None
    translations: dict[str, str]
    stale: frozenset[str] | None
    version: str | None
    """None where the file has none, such as a catalogue that was taken from i18n itself."""
    is_catalogue: bool = False
    """Its original cannot be changed there, and its marks for what is out of date are kept by the translator."""


class Delivery(NamedTuple):
    """A file that came back."""

    path: Path
    languages: tuple[str, ...]
    """Those of its columns, which `version` was made for."""
    rows: tuple[Incoming, ...]


class Refusal(NamedTuple):
    """Why a row is not taken: an English msgid with its values, and where."""

    row: int
    column: str
    name: str
    message: str
    values: Mapping[str, Any]


class Change(NamedTuple):
    """One text that becomes another one, or is marked as out of date or as good again."""

    row: int
    key: Key
    lang: str
    old: str
    new: str
    stale: bool
    is_original: bool


def rows(data: PlanData, glossary: tuple[Term, ...], editions: Sequence[str], languages: Sequence[str]) -> list[Row]:
    """Return the texts of some editions with their translations into some languages, in the order of the plan."""
    own = {edition.code: edition.language for edition in data.editions}
    kinds = {entry.code: entry.kind for entry in data.entries}
    translations: dict[Key, dict[str, str]] = {}
    stale: dict[Key, list[str]] = {}
    official: dict[Key, set[str]] = {}
    for text in data.texts:
        key = text.code, text.field
        if text.lang in languages and text.lang != own[text.code.partition("/")[0]]:
            translations.setdefault(key, {})[text.lang] = text.text
            stale.setdefault(key, []).extend([text.lang] * text.stale)
            official.setdefault(key, set()).update([text.lang] * (text.status is Status.OFFICIAL))
    found: list[Row] = []
    for text in data.texts:
        edition, key = text.code.partition("/")[0], (text.code, text.field)
        if edition in editions and text.lang == own[edition]:
            known = translations.get(key, {})
            found.append(
                Row(
                    *(text.code, text.field, kinds[text.code], text.lang, text.status.value, text.text),
                    translations={tag: known[tag] for tag in languages if tag in known},
                    stale=tuple(tag for tag in languages if tag in stale.get(key, ())),
                    official=frozenset(official.get(key, ())),
                    terms="; ".join(term_notes(text.text, text.lang, glossary, languages)),
                )
            )
    return found


def term_notes(text: str, tag: str, glossary: tuple[Term, ...], languages: Iterable[str]) -> Iterator[str]:
    """Yield the glossary's words for a text: `強靱 = resilient, 강인한`."""
    for term in terms_in(text, tag, glossary):
        said = [term.words[other] for other in languages if other != tag and other in term.words]
        if said:
            yield f"{term.words[tag]} = {', '.join(said)}"


def version(row: Row, languages: Iterable[str]) -> str:
    """Return the mark of a row as it is now; it begins with a letter, so that Excel takes it for no number."""
    parts = [row.original, *(f"{tag}={row.translations.get(tag, '')}={tag in row.stale}" for tag in sorted(languages))]
    return f"v{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:9]}"


def compare(known: Iterable[Row], delivery: Delivery) -> tuple[list[Change], list[Refusal]]:
    """Return what the delivery changes, and what of it cannot be taken."""
    by_key = {(row.code, row.field): row for row in known}
    changes: list[Change] = []
    refused: list[Refusal] = []
    seen: set[Key] = set()
    for incoming in delivery.rows:
        key = incoming.code, incoming.field
        name = f"{incoming.code}#{incoming.field}"
        if key not in by_key:
            refused.append(Refusal(incoming.row, "code", name, N_("there is no such text; keep code and field"), {}))
        elif key in seen:
            refused.append(Refusal(incoming.row, "code", name, N_("this text stands twice; keep one of the two"), {}))
        else:
            row = by_key[key]
            found = list(_changes(row, incoming))
            reasons = list(_reasons(row, incoming, found, delivery.languages))
            refused += [Refusal(incoming.row, column, name, message, values) for column, message, values in reasons]
            changes += found
        seen.add(key)
    return changes, refused


def _changes(row: Row, incoming: Incoming) -> Iterator[Change]:
    key, is_catalogue = (row.code, row.field), incoming.is_catalogue
    if incoming.original not in (None, row.original) and not is_catalogue:
        yield Change(
            incoming.row, key, row.language, row.original, str(incoming.original), stale=False, is_original=True
        )
    for tag, new in incoming.translations.items():
        if is_catalogue and tag in row.official:
            continue  # A catalogue is never asked for these.
        old = row.translations.get(tag, "")
        was, marked = tag in row.stale, tag in (row.stale if incoming.stale is None else incoming.stale)
        # Whoever words a text anew in a table has seen what made it out of date; the mark is still that of before.
        stale = marked and not (new != old and was and not is_catalogue)
        if new != old or (new and stale != was):
            yield Change(incoming.row, key, tag, old, new, stale=stale, is_original=False)


_Reason = tuple[str, str, Mapping[str, Any]]

_MANGLED = re.compile(
    r"[0-9]{1,4}[/-][0-9]{1,2}([/-][0-9]{1,4})?( [0-9:]+)?"
    r"|[0-9]{1,2}-[A-Z][a-z]{2}(-[0-9]{2,4})?|[A-Z][a-z]{2}-[0-9]{2,4}"
    r"|[0-9.]+E[+-]?[0-9]+|#(NAME|REF|VALUE|NUM|N/A|DIV/0|NULL)[!?]?|#+"
)
"""What Excel makes of a text that it takes for a date, a number or a formula."""


def _reasons(row: Row, incoming: Incoming, found: list[Change], languages: Iterable[str]) -> Iterator[_Reason]:
    for change in found:
        column = "original" if change.is_original else change.lang
        yield from ((column, *reason) for reason in _wording(change.new, change.old))
        if change.lang in row.official:
            yield column, N_("these are the city's own words; they are changed in db/official.toml alone"), {}
        elif change.lang == row.language and not change.is_original:
            yield column, N_("this is the language of the original: change the column original"), {}
    for tag in sorted((incoming.stale or frozenset()) - set(languages)):
        yield "stale", N_("{tag} is no language of this file"), {"tag": tag}
    old = incoming.version not in (None, version(row, languages))
    if found and (old or (incoming.is_catalogue and incoming.original != row.original)):
        yield "version", N_("this text has changed since the file was made: export it again"), {}


def _wording(new: str, old: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if not new:
        yield N_("it is empty, and “{old}” would be lost: put it back"), {"old": old}
    elif new != new.strip():
        yield N_("there is white space around the text: remove it"), {}
    elif not new.isprintable():
        yield N_("there is a line end or another control character in the text: write it in one line"), {}
    elif _MANGLED.fullmatch(new):
        yield (
            N_("“{new}” looks like what Excel makes of a text: format the cell as text and write “{old}” again"),
            {
                "new": new,
                "old": old,
            },
        )
    elif missing := unshown(new):
        yield N_("no font of the viewer has {characters}: use other characters"), {"characters": missing}
