"""The glossary: how the plan's terms are said in each language, for whoever translates a text that holds them."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from minato_viewer.domain.faults import SourceFault
from minato_viewer.domain.messages import N_

_KEYS = {"ja": "ja", "ja-x-easy": "easy", "en": "en", "zh-Hans": "zh", "ko": "ko"}


class Term(NamedTuple):
    """One term by language tag."""

    words: Mapping[str, str]


def load(path: Path) -> tuple[Term, ...]:
    """Read the glossary; none where it is missing, SourceFault where it cannot be read."""
    if not path.exists():
        return ()
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("term", [])
        return tuple(Term({tag: str(row[key]) for tag, key in _KEYS.items() if row.get(key)}) for row in rows)
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFault(N_("{path} cannot be read as UTF-8 text: {reason}."), path=path, reason=error) from error
    except (tomllib.TOMLDecodeError, AttributeError, TypeError) as error:
        raise SourceFault(N_("{path} is not correct TOML: {reason}."), path=path, reason=error) from error


def terms_in(text: str, tag: str, glossary: tuple[Term, ...]) -> list[Term]:
    """Return the terms that stand in `text`, the longest first where one holds another; single characters are none."""
    known = [term for term in glossary if len(term.words.get(tag, "")) > 1]
    found: dict[int, Term] = {}
    left = text
    for term in sorted(known, key=lambda term: len(term.words[tag]), reverse=True):
        word = term.words[tag]
        if (place := left.find(word)) >= 0:
            found[place] = term
            # Taken out, so that 計画 is not found in 基本計画 again.
            left = left.replace(word, "\0" * len(word))
    return [found[place] for place in sorted(found)]
