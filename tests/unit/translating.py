"""Catalogues of the plan that a test writes itself, in gettext's layout."""

from collections.abc import Mapping
from pathlib import Path

from babel.messages.pofile import write_po

from minato_viewer.authoring.catalogues import catalogue_path, read, update
from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import Edition
from minato_viewer.domain.plan_data import Text
from minato_viewer.language.tags import Language, language


def edition_of(sources: Sources, code: str) -> Edition:
    (found,) = [edition for edition in sources.data.editions if edition.code == code]
    return found


def fill(path: Path, spoken: Language, words: Mapping[str, str], fuzzy: tuple[str, ...] = ()) -> None:
    """Give the messages with these contexts their translations, as a translator does."""
    catalogue = read(path, spoken)
    left = dict(words)
    for message in catalogue:
        if message.context in left:
            message.string = left.pop(message.context)
            if message.context in fuzzy:
                message.flags.add("fuzzy")
    assert not left, f"not in {path}: {left}"
    with path.open("wb") as file:
        write_po(file, catalogue, width=0)


def translate(folder: Path, sources: Sources, tag: str, words: Mapping[str, str], fuzzy: tuple[str, ...] = ()) -> None:
    """Make the catalogues of `tag` in `folder` with translations of the contexts `CODE#FIELD`."""
    for edition in sources.data.editions:
        own = {context: text for context, text in words.items() if context.startswith(edition.code)}
        if own:
            update(folder, edition, sources.data.texts, language(tag))
            fill(catalogue_path(folder, language(tag), edition.code), language(tag), own, fuzzy)


def text(sources: Sources, context: str, tag: str) -> Text | None:
    """Return the text of `CODE#FIELD` in a language."""
    code, _, field = context.partition("#")
    found = [row for row in sources.data.texts if (row.code, row.field, row.lang) == (code, field, tag)]
    assert len(found) <= 1
    return found[0] if found else None
