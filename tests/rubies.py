"""Furigana for every kanji of a plan, where a test or a measurement needs many of them: invented, and never shown.

Some are those of real words; the others have two kana a kanji, which is what most kanji have.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from minato_viewer.domain.plan_data import PlanData, Ruby, Text
from minato_viewer.language.tags import JAPANESE
from minato_viewer.planfile.build import build

_KANJI = re.compile("[一-鿿々]+")
_WORDS = {"港区": "みなとく", "政策": "せいさく", "東京": "とうきょう", "力": "ちから", "命": "いのち", "区": "く"}
_KANA = "かきせとみのはるうおん"
_LONGEST = 2
"""Kanji of one word, as most words have."""


def rubies(texts: Iterable[Text]) -> Iterator[Ruby]:
    """Yield furigana over every kanji of the Japanese texts."""
    for row in texts:
        if row.lang in JAPANESE:
            for run in _KANJI.finditer(row.text):
                for start, word in _words(run.group()):
                    yield Ruby(row.code, row.field, row.lang, run.start() + start, len(word), reading(word))


def _words(run: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(run):
        pair = run[start : start + _LONGEST]
        word = pair if pair in _WORDS or pair[:1] not in _WORDS else pair[:1]
        yield start, word
        start += len(word)


def reading(word: str) -> str:
    """Return what stands above a word."""
    invented = "".join(_KANA[(ord(kanji) + turn) % len(_KANA)] for kanji in word for turn in range(2))
    return _WORDS.get(word, invented)


def build_with_rubies(data: PlanData, path: Path) -> None:
    """Write the plan with furigana over every kanji."""
    build(data._replace(rubies=tuple(rubies(data.texts))), path)
