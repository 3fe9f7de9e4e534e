"""Folding: the one normal form in which texts and queries are compared, and the way back to the characters folded.

Width, case, hiragana and katakana, the two wave dashes, and the traditional, Japanese and simplified forms of a
character are one (`resources/folding/README.md` says where those come from). Voiced and unvoiced kana stay two.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from minato_viewer.paths import RESOURCES

HAN = RESOURCES / "folding" / "han.txt"
_ALONE = (
    r"[\n -~"
    "\u2013\u2014\u2018-\u201d\u3000-\u3029\u3041-\u3096\u30a1-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]*"
)
"""Texts of characters that each fold to one on their own: nearly all there are. Not compiled before it is needed."""
_KATAKANA_FIRST, _KATAKANA_LAST, _KANA_DISTANCE = 0x30A1, 0x30F6, 0x60


def fold(text: str) -> str:
    """Return `text` in the form in which it is compared."""
    # A table of 1 MB, which no first page needs.
    import unicodedata  # noqa: PLC0415

    return unicodedata.normalize("NFKC", text).casefold().translate(_table())


@cache
def _table() -> dict[int, int]:
    """Return what each character becomes; without the file of Han characters, those stay as they are."""
    table = {code: code - _KANA_DISTANCE for code in range(_KATAKANA_FIRST, _KATAKANA_LAST + 1)}
    table[ord("〜")] = ord("~")
    try:
        groups = HAN.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        groups = []
    for head, *forms in groups:
        table.update((ord(form), ord(head)) for form in forms)
    return table


def version() -> str:
    """Return what tells one table of Han characters from another: a text folds the same only by the same table."""
    import zlib  # noqa: PLC0415 - as unicodedata above

    return f"{zlib.crc32(repr(sorted(_table().items())).encode()):08x}"


class Span(NamedTuple):
    """A run of characters of a text, by positions before its first and after its last one (code points)."""

    start: int
    end: int


class Folded:
    """A text as it is compared, with the way back to its own characters, which may be fewer or more."""

    def __init__(self, text: str) -> None:
        """Fold `text` in the smallest parts that fold on their own; together they are `fold(text)`."""
        if re.fullmatch(_ALONE, text):
            self.text = fold(text)
            self._places = None
            return
        parts = list(_parts(text))
        folded = [fold(part) for part in parts]
        bounds = list(accumulate(map(len, parts), initial=0))
        self.text = "".join(folded)
        self._places: list[Span] | None = [Span(*bounds[at : at + 2]) for at, part in enumerate(folded) for _ in part]
        """For each folded character the part that it comes from; None where each comes from the one in its place."""

    def original(self, start: int, end: int) -> Span:
        """Return the characters of the text that the folded ones from `start` to `end` come from; end > start."""
        if self._places is None:
            return Span(start, end)
        return Span(self._places[start].start, self._places[end - 1].end)

    def find(self, words: str) -> list[Span]:
        """Return where `words` stand, from the beginning on and none within another; nothing for blanks alone."""
        wanted = fold(words)
        found: list[Span] = []
        at = self.text.find(wanted) if wanted.strip() else -1
        while at >= 0:
            beyond = at + len(wanted)
            span = self.original(at, beyond)
            # One character may stand for many, and then hold the words twice.
            if not found or span.start >= found[-1].end:
                found.append(span)
            at = self.text.find(wanted, beyond)
        return found


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
    import unicodedata  # noqa: PLC0415 - see fold

    if unicodedata.combining(unicodedata.normalize("NFKC", character)[0]):
        return True
    return fold(part + character) != fold(part) + fold(character)
