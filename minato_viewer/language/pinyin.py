"""Pinyin without tones: of a text, when a plan file is built, and out of what is typed."""

import re
from functools import cache

from minato_viewer.language.folding import Span, fold
from minato_viewer.paths import RESOURCES

_FOLDER = RESOURCES / "folding"
_HAN = re.compile("[\u3400-\u9fff]+")
LONGEST = 60
"""Letters; no word that is longer is taken for pinyin."""
MOST_WAYS = 16
"""In which one word may be divided (xian is xi an and xian)."""


@cache
def _characters() -> dict[str, str]:
    lines = (_FOLDER / "pinyin.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines)
    return {fold(character): syllable for syllable, characters in pairs for character in characters}


@cache
def _polyphones() -> dict[str, list[str]]:
    lines = (_FOLDER / "polyphones.txt").read_text(encoding="utf-8").splitlines()
    return {fold(word): syllables for word, *syllables in map(str.split, lines)}


@cache
def _words() -> re.Pattern[str]:
    # The longest first: 东京都 before 京都.
    return re.compile("|".join(sorted(map(re.escape, _polyphones()), key=len, reverse=True)))


def syllables(text: str) -> list[list[str]]:
    """Return the syllables of each run of Chinese characters in a text; a character nobody knows ends a run."""
    found: list[list[str]] = []
    for run in _HAN.findall(fold(text)):
        now: list[str] = []
        at = 0
        while at < len(run):
            word = _words().match(run, at)
            read = _polyphones()[word[0]] if word else [_characters().get(run[at], "")]
            at += len(read)
            if read[0]:
                now += read
            else:
                found.append(now)
                now = []
        found.append(now)
    return [run for run in found if run]


def ways(letters: str) -> list[tuple[str, ...]]:
    """Return how letters divide into syllables, the last one perhaps only begun; nothing where they do not."""
    letters = letters.replace("ü", "v").replace("'", "")
    if len(letters) > LONGEST or not (letters.isascii() and letters.isalpha()):
        return []
    return _ways(letters)[:MOST_WAYS]


@cache
def _known() -> frozenset[str]:
    return frozenset(syllable for syllable in _characters().values() if len(syllable) > 1 or syllable in "aeo")


@cache
def _begun() -> frozenset[str]:
    return frozenset(syllable[:length] for syllable in _known() for length in range(1, len(syllable) + 1))


def _ways(letters: str) -> list[tuple[str, ...]]:
    """Divide from the end, so that every place is looked at once."""
    rest: list[list[tuple[str, ...]]] = [*([] for _ in letters), [()]]
    for at in range(len(letters) - 1, -1, -1):
        whole = [length for length in range(6, 0, -1) if letters[at : at + length] in _known()]
        longest = [(letters[at : at + length], at + length) for length in whole if at + length <= len(letters)]
        found = [(syllable, *way) for syllable, then in longest for way in rest[then]]
        if letters[at:] in _begun() and (letters[at:],) not in found:
            found.append((letters[at:],))
        rest[at] = found[:MOST_WAYS]
    return rest[0]


def places(text: str, letters: str) -> tuple[Span, ...]:
    """Return where a text is read as `letters`, in whole syllables or their first letters; nothing if nowhere."""
    for run in _HAN.finditer(text):
        read = [syllable for part in syllables(run[0]) for syllable in part]
        if len(read) != len(run[0]):
            continue
        for way in (*ways(letters), tuple(letters)):
            for at in range(len(read) - len(way) + 1):
                if all(read[at + number].startswith(part) for number, part in enumerate(way)):
                    return (Span(run.start() + at, run.start() + at + len(way)),)
    return ()
