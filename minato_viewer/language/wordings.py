"""Words that an office sets in a file: one text for all languages, or one for each that is named."""

from typing import NamedTuple

from minato_viewer.language.tags import chain


class Wording(NamedTuple):
    """The words, in one form or the other."""

    plain: str = ""
    by_language: tuple[tuple[str, str], ...] = ()

    def said_in(self, tag: str) -> str:
        """Return the words in the language `tag` (easy Japanese falls back on Japanese); "" where there are none."""
        texts = dict(self.by_language)
        return next((texts[known] for known in chain(tag, tag) if known in texts), self.plain)
