"""Interface catalogues: gettext files under i18n/, one `Messages` a language."""

import gettext
from functools import cache
from pathlib import Path
from typing import Any

from minato_viewer.language.tags import language
from minato_viewer.paths import CATALOGUES

DOMAIN = "viewer"


class Messages:
    """The interface texts of one language. Placeholders are named and filled here: `gettext("At {place}", place=x)`."""

    def __init__(self, tag: str, translations: gettext.NullTranslations) -> None:
        """Wrap `translations` as the messages of `tag`."""
        self.tag = tag
        self._translations = translations

    def gettext(self, message: str, **values: Any) -> str:
        """Return `message` in this language with its placeholders filled."""
        text = self._translations.gettext(message)
        return text.format(**values) if values else text

    def ngettext(self, one: str, many: str, count: int, **values: Any) -> str:
        """Return the form for `count`, which is also the placeholder {count}."""
        return self._translations.ngettext(one, many, count).format(count=count, **values)


@cache
def messages(tag: str, folder: Path = CATALOGUES) -> Messages:
    """Return the messages of `tag`. A catalogue that is missing or broken leaves the English originals."""
    path = folder / language(tag).folder / "LC_MESSAGES" / f"{DOMAIN}.mo"
    try:
        with path.open("rb") as file:
            return Messages(tag, gettext.GNUTranslations(file))
    except (OSError, ValueError, UnicodeDecodeError):
        return Messages(tag, gettext.NullTranslations())
