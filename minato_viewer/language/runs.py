"""Runs: what a search takes for words. The index, the query and the marks on a result all go by these.

Japanese, Chinese and Korean are written in dense runs, of which any part can be looked for; Latin letters and
digits are words, of which the beginning can be. What is neither is no more than a boundary.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_DENSE = (
    "\u3005-\u3007"  # 々〆〇
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"  # kana and ー, without ・
    "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"  # Hangul
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # ideographs
)
_RUN = re.compile(rf"([{_DENSE}]+)|(\d+(?:,\d{{3}}(?!\d))*)|([^\W\d_{_DENSE}]+)")
"""5,739 is one number, as 5739 is; 4.0,2026 holds three."""


class Run(NamedTuple):
    """One run of a folded text and where it stands in it."""

    text: str
    dense: bool
    start: int
    end: int


def runs(folded: str) -> Iterator[Run]:
    """Yield the runs of a folded text."""
    for found in _RUN.finditer(folded):
        dense, number, _ = found.groups()
        text = number.replace(",", "") if number else found[0]
        yield Run(text, bool(dense), found.start(), found.end())


def tokens(run: Run) -> list[str]:
    """Return what the index holds of a run: a word, or every pair of characters that overlap and the last alone."""
    if not run.dense:
        return [run.text]
    return [run.text[at : at + 2] for at in range(len(run.text))]


def pattern(words: Sequence[Run], *, whole: bool) -> str:
    """Return the regular expression by which `words` stand one after the other in a folded text.

    `whole` says that the last word is all of one, not its beginning.
    """
    first, last = words[0], words[-1]
    found = _before(first) + _one(first)
    for before, run in pairwise(words):
        # Two runs of one kind stand apart, or they would be one.
        found += (r"[\W_]+" if _kind(before) == _kind(run) else r"[\W_]*") + _one(run)
    return found + (_after(last) if whole else "")


def _kind(run: Run) -> str:
    return "dense" if run.dense else "number" if run.text[0].isdecimal() else "letters"


def _before(run: Run) -> str:
    return {"dense": "", "number": r"(?<!\d)(?!(?<=\d,)\d{3}(?!\d))", "letters": rf"(?<![^\W\d_{_DENSE}])"}[_kind(run)]


def _after(run: Run) -> str:
    return {"dense": "", "number": r"(?!\d)(?!,\d{3}(?!\d))", "letters": rf"(?![^\W\d_{_DENSE}])"}[_kind(run)]


def _one(run: Run) -> str:
    # A number may have commas where the query has none.
    return ",?".join(run.text) if _kind(run) == "number" else re.escape(run.text)
