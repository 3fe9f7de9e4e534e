"""What a query asks for: words, phrases in quotation marks, words after a minus; and numbers and codes of entries."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from minato_viewer.language.folding import fold
from minato_viewer.language.runs import Run, runs

LONGEST = 500
"""Characters of a query; what follows is not looked at."""
_QUOTES = str.maketrans(dict.fromkeys("“”„‟〝〞", '"'))
_MINUS = "-−–‐"
_PART = re.compile(rf'([{_MINUS}]?)"([^"]*)"?|([^\s"]+)')
_CODE = re.compile("[a-z0-9]+(?:[/-][a-z0-9]+)*")

KIND_WORDS = {
    "policy": ("政策", "policy", "policies", "정책"),
    "issue": ("重点課題", "課題", "priority issue", "issue", "重点课题", "课题", "중점 과제", "과제"),
    "field": ("分野", "field", "领域", "분야"),
    "measure": ("主な取組", "取組", "おもにすること", "main effort", "measure", "主要举措", "举措", "주요 시책"),
    "section": ("本文", "説明", "章", "第", "section", "제"),
    "vision": ("本文", "説明", "章", "第", "section", "제"),
}
"""What people write before the number of an entry of a kind, in every language."""
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


class Word(NamedTuple):
    """One word of a query, or a phrase that was in quotation marks."""

    runs: tuple[Run, ...]
    quoted: bool
    written: str
    """As it was typed, before folding."""

    @property
    def text(self) -> str:
        """The letters and characters alone."""
        return "".join(run.text for run in self.runs)


class Query(NamedTuple):
    """What must stand in an entry, and what must not."""

    wanted: tuple[Word, ...]
    unwanted: tuple[Word, ...]
    typed: str
    """The whole query, folded."""

    @property
    def plain(self) -> bool:
        """Whether it is words alone, without phrase or exclusion, so that it may also be a way of typing."""
        return not self.unwanted and not any(word.quoted for word in self.wanted)


def parse(text: str) -> Query:
    """Read a query; any string is one, and one without a word finds nothing."""
    # Half a character cannot stand in a text.
    usable = text[:LONGEST].encode(errors="replace").decode().translate(_QUOTES)
    wanted: dict[tuple[Run, ...], Word] = {}
    unwanted: dict[tuple[Run, ...], Word] = {}
    for minus, phrase, word in _PART.findall(usable):
        written = phrase or word
        folded = fold(written)
        excluded = bool(minus) or (not phrase and len(folded) > 1 and folded[0] in _MINUS)
        found = tuple(run._replace(start=0, end=0) for run in runs(folded))
        if found:
            (unwanted if excluded else wanted).setdefault(found, Word(found, bool(phrase), written))
    return Query(tuple(wanted.values()), tuple(unwanted.values()), fold(usable).strip())


def number(typed: str) -> list[tuple[str, str]]:
    """Return the kinds and the number that a folded query names: `政策4`, `field iv`; the kind is empty for `4`."""
    letters = re.sub(r"[\s.#:-]+", "", typed)
    if letters.isdecimal():
        return [("", arabic(letters))]
    found: list[tuple[str, str]] = []
    for kind, words in KIND_WORDS.items():
        for word in words:
            folded = fold(word).replace(" ", "")
            rest = letters.removeprefix(folded)
            if rest != letters and (rest.isdecimal() or rest in _ROMAN):
                found.append((kind, arabic(rest)))
    return list(dict.fromkeys(found))


def arabic(written: str) -> str:
    """Return the number of an entry in the digits in which it is looked for: Ⅳ is 4, 04 too."""
    folded = fold(written)
    if folded.isdecimal() and folded.isascii():
        return folded.lstrip("0")[:9] or "0"
    return str(_ROMAN.index(folded)) if folded in _ROMAN[1:] else folded


def codes(typed: str, editions: Iterable[str]) -> list[str]:
    """Return the codes that a folded query may be: `2024/issue/2`, or `issue/2` of any edition."""
    if "/" not in typed or not _CODE.fullmatch(typed):
        return []
    return [typed, *(f"{edition}/{typed}" for edition in editions)]
