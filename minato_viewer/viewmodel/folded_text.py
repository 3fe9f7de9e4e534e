"""A text as it is searched: folded, so that width, case and the two kana make no difference.

What is found is told in the characters of the text itself, which may be fewer or more than the folded ones.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from minato_viewer.language.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator


class Hit(NamedTuple):
    """Where the words stand: positions of a QTextDocument, which are UTF-16 code units."""

    start: int
    end: int


class FoldedText:
    """A text as it is compared, with the way back to its own characters."""

    def __init__(self, text: str) -> None:
        """Fold `text` in the smallest parts that fold on their own; together they are `fold(text)`."""
        parts = list(_parts(text))
        folded = [fold(part) for part in parts]
        units = (len(part.encode("utf-16-le", "surrogatepass")) // 2 for part in parts)
        bounds = list(accumulate(units, initial=0))
        self.folded = "".join(folded)
        self._places = [Hit(*bounds[at : at + 2]) for at, part in enumerate(folded) for _ in part]
        """For each folded character the part that it comes from."""

    def find(self, words: str) -> list[Hit]:
        """Return where `words` stand, from the beginning on and none within another; nothing for blanks alone."""
        wanted = fold(words)
        hits: list[Hit] = []
        at = self.folded.find(wanted) if wanted.strip() else -1
        while at >= 0:
            beyond = at + len(wanted)
            hit = Hit(self._places[at].start, self._places[beyond - 1].end)
            # One character may stand for many, and then hold the words twice.
            if not hits or hit.start >= hits[-1].end:
                hits.append(hit)
            at = self.folded.find(wanted, beyond)
        return hits


def _parts(text: str) -> Iterator[str]:
    part = text[:1]
    for character in text[1:]:
        if not _joins(part, character):
            yield part
            part = ""
        part += character
    yield part


def _joins(part: str, character: str) -> bool:
    """Whether a character folds together with what stands before it, as a half-width dakuten does with its kana."""
    if character < "\u0300" or "\u3041" <= character <= "\u3096" or "\u3400" <= character <= "\u9fff":
        return False  # Latin, hiragana and ideographs: most of every page
    import unicodedata  # noqa: PLC0415 - see folding

    if unicodedata.combining(unicodedata.normalize("NFKC", character)[0]):
        return True
    return fold(part + character) != fold(part) + fold(character)
