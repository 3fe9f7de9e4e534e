"""Stand-ins for catalogues: every message is marked with its language, so that one left behind is seen.

With the real catalogues an untranslated or forgotten text may look right by chance; here each text of the
interface says which language it was asked for in, and each text of the plan which language it stands in.
"""

import gettext
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel.messages.pofile import write_po

from minato_viewer.authoring.catalogues import catalogue_path, read, update
from minato_viewer.domain.plan import Edition
from minato_viewer.domain.plan_data import Text
from minato_viewer.language.catalogues import Messages
from minato_viewer.language.tags import LANGUAGES, TAGS, language

STALE = "2024/issue/3"
"""The entry whose translations are marked as older than the city's text."""


_MARKS = "❶❷❸❹❺"
"""One narrow sign a language, so that a window keeps the widths that it has with the real texts."""


def mark(tag: str) -> str:
    """Return the sign that stands behind every interface text of `tag`."""
    return _MARKS[TAGS.index(tag)]


class PseudoMessages(Messages):
    """The English originals, each marked with the language that was asked for."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag, gettext.NullTranslations())

    def gettext(self, message: str, **values: Any) -> str:
        return super().gettext(message, **values) + mark(self.tag)

    def ngettext(self, one: str, many: str, count: int, **values: Any) -> str:
        return super().ngettext(one, many, count, **values) + mark(self.tag)


def pseudo_messages(tag: str) -> Messages:
    """Return the marked messages of `tag`; RequestFault for an unknown one, as the real ones raise."""
    return PseudoMessages(language(tag).tag)


def translated(tag: str, text: str) -> str:
    """Return the stand-in for our translation of `text` into `tag`."""
    return f"{text} [{tag}]"


def write_catalogues(folder: Path, editions: Iterable[Edition], texts: Iterable[Text]) -> None:
    """Write plan catalogues in which most entries are translated; those of wishes and of policy 9 are not."""
    texts = list(texts)
    for edition in editions:
        for target in LANGUAGES:
            if target.tag == edition.language:
                continue
            update(folder, edition, texts, target)
            path = catalogue_path(folder, target, edition.code)
            catalogue = read(path, target)
            for message in catalogue:
                code = str(message.context or "").partition("#")[0]
                if message.id and "/wish/" not in code and code != "2021/policy/9":
                    message.string = translated(target.tag, str(message.id))
                    if code == STALE:
                        message.flags.add("fuzzy")
            with path.open("wb") as file:
                write_po(file, catalogue, width=0)
