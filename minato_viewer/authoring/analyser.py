"""Japanese text cut into words with their readings, by SudachiPy: only those who write readings need it."""

from collections.abc import Callable
from typing import NamedTuple

from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_

_TO_HIRAGANA = {ord("ァ") + place: ord("ぁ") + place for place in range(ord("ヶ") - ord("ァ") + 1)}


class Word(NamedTuple):
    """A word as it stands in the text, and how it is read in hiragana; empty where nobody knows."""

    surface: str
    reading: str


def hiragana(text: str) -> str:
    """Return `text` with its katakana as hiragana."""
    return text.translate(_TO_HIRAGANA)


Analyse = Callable[[str], list[Word]]


def analyser() -> Analyse:
    """Return the analyser; Fault says what to install where it is missing."""
    try:
        # Imported here because whoever only builds plan files has none; it has types, but no file that says so.
        from sudachipy import Dictionary, SplitMode  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs]

        tokenizer = Dictionary(dict="core").tokenizer()
    except ImportError as error:
        raise Fault(
            N_("Readings are proposed with SudachiPy, which is missing: install it with {command}."),
            command="pip install --require-hashes -r requirements-dev.txt",
        ) from error

    def analyse(text: str) -> list[Word]:
        # B: 基本/計画 apart but 高齢者 whole, as furigana are set.
        words = tokenizer.tokenize(text, SplitMode.B)
        return [Word(word.surface(), hiragana(word.reading_form())) for word in words]

    return analyse
