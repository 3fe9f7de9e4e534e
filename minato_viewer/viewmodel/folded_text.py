"""The text of a document as it is searched, with the way back to the positions of Qt."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from minato_viewer.language.folding import Folded


class Hit(NamedTuple):
    """Where the words stand: positions of a QTextDocument, which are UTF-16 code units."""

    start: int
    end: int


class FoldedText:
    """The text of a document as it is compared (`language/folding`), with the way back to the positions of Qt."""

    def __init__(self, text: str) -> None:
        """Fold `text`."""
        self._folded = Folded(text)
        # A character beyond the first plane has two positions.
        self._positions = list(accumulate((1 + (character > "\uffff") for character in text), initial=0))

    @property
    def folded(self) -> str:
        """The text in the form in which it is compared."""
        return self._folded.text

    def find(self, words: str) -> list[Hit]:
        """Return where `words` stand, from the beginning on and none within another; nothing for blanks alone."""
        at = self._positions
        return [Hit(at[span.start], at[span.end]) for span in self._folded.find(words)]
