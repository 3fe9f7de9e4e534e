"""Catalogues for translators with a PO editor: one file an edition and language, the glossary's words as comments."""

import re
from pathlib import Path

from minato_viewer.authoring.catalogues import catalogue_path, read_text, updated
from minato_viewer.authoring.exchange import Delivery, Incoming, term_notes
from minato_viewer.authoring.glossary import Term
from minato_viewer.domain.faults import SourceFault
from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import Edition, PlanData
from minato_viewer.language.tags import LANGUAGES, Language

_LANGUAGE = re.compile(r'^"Language: ([A-Za-z_@]+)\\n"$', re.MULTILINE)


def file_name(edition: Edition, language: Language) -> str:
    """Return what the catalogue is called outside i18n."""
    return f"plan-{edition.code}.{language.folder}.po"


def written(
    catalogues: Path, edition: Edition, data: PlanData, language: Language, glossary: tuple[Term, ...]
) -> bytes:
    """Return the catalogue of an edition with `#. glossary: …` beside each text that holds a term."""
    notes = {
        f"{row.code}#{row.field}": [
            f"glossary: {note}" for note in term_notes(row.text, row.lang, glossary, [language.tag])
        ]
        for row in data.texts
        if row.lang == edition.language
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
    rows = [
        Incoming(
            row=message.lineno or 0,
            code=str(message.context or "").partition("#")[0],
            field=str(message.context or "").partition("#")[2],
            original=str(message.id),
            translations={language.tag: str(message.string)},
            stale=frozenset([language.tag] * message.fuzzy),
            version=None,
        )
        for message in read_text(path, text, language)
        if message.id
    ]
    return Delivery(path, (language.tag,), tuple(rows))
