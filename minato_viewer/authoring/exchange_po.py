"""Catalogues for translators with a PO editor: one file an edition and language, the glossary's words as comments."""

import re
from pathlib import Path

from babel.messages.catalog import Message

from minato_viewer.authoring.catalogues import catalogue_path, read_text, updated
from minato_viewer.authoring.exchange import Delivery, Incoming, rows, term_notes, version
from minato_viewer.authoring.glossary import Term
from minato_viewer.domain.faults import SourceFault
from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import Edition
from minato_viewer.domain.plan_data import PlanData
from minato_viewer.language.tags import LANGUAGES, Language

_LANGUAGE = re.compile(r'^"Language: ([A-Za-z_@]+)\\n"$', re.MULTILINE)
_VERSION = "version: "


def file_name(edition: Edition, language: Language) -> str:
    """Return what the catalogue is called outside i18n."""
    return f"plan-{edition.code}.{language.folder}.po"


def written(
    catalogues: Path, edition: Edition, data: PlanData, language: Language, glossary: tuple[Term, ...]
) -> bytes:
    """Return the catalogue of an edition with `#. glossary: …` beside each text that holds a term."""
    tags = [language.tag]
    notes = {
        f"{row.code}#{row.field}": [
            *(f"glossary: {note}" for note in term_notes(row.original, row.language, glossary, tags)),
            f"{_VERSION}{version(row, tags)}",
        ]
        for row in rows(data, (), [edition.code], tags)
    }
    path = catalogue_path(catalogues, language, edition.code)
    return updated(path, edition, data.texts, language, {}, comments=notes)


def read(path: Path, content: bytes) -> Delivery:
    """Read a catalogue that came back; SourceFault where it is none of the plan's."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceFault(N_("{path} cannot be read as UTF-8 text: {reason}."), path=path, reason=error) from error
    found = _LANGUAGE.search(text)
    language = next((row for row in LANGUAGES if found and row.folder == found[1]), None)
    if language is None:
        raise SourceFault(
            N_("{path} does not say its language: its header needs a line such as “Language: ko”."), path=path
        )
    incoming = [
        Incoming(
            row=message.lineno or 0,
            code=str(message.context or "").partition("#")[0],
            field=str(message.context or "").partition("#")[2],
            original=str(message.id),
            translations={language.tag: str(message.string)},
            stale=frozenset([language.tag] * message.fuzzy),
            version=_version(message),
            is_catalogue=True,
        )
        for message in read_text(path, text, language)
        if message.id
    ]
    return Delivery(path, (language.tag,), tuple(incoming))


def _version(message: Message) -> str | None:
    found = [comment.removeprefix(_VERSION) for comment in message.auto_comments if comment.startswith(_VERSION)]
    return found[0] if found else None
