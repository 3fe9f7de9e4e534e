"""Words of the plan for someone who types: what may come next on a keyboard, and what was perhaps meant."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from minato_viewer.language import hangul, kana
from minato_viewer.language.folding import fold

_BEYOND = "\U0010ffff"
_MOST_NEAR = 5
_LIKENESS = 0.6
"""Of 1, which is the same word."""
_LONGEST = 40

Ask = Callable[..., list[Any]]


class Script(StrEnum):
    """A keyboard on the screen."""

    KANA = "kana"
    LATIN = "latin"
    """For English, romaji and pinyin alike."""
    HANGUL = "hangul"


_STORED = {Script.KANA: ("k",), Script.LATIN: ("l", "p"), Script.HANGUL: ("h",)}
"""The scripts of `search_terms` (see planfile/search_terms)."""


class Completion(NamedTuple):
    """A word of the plan that begins as was typed."""

    text: str
    """What to search for."""
    key: str
    """How it is typed in whole: kana, Latin letters, or jamo one after the other."""


class Suggestions(NamedTuple):
    """What may follow."""

    keys: tuple[str, ...]
    """The keys that still lead to a word, in their order."""
    completions: tuple[Completion, ...]
    """The commonest words first."""


def suggestions(ask: Ask, prefix: str, script: Script, limit: int) -> Suggestions:
    """Return what may follow `prefix`, which may be empty."""
    typed = _typed(prefix, script)
    scripts = ", ".join(f"'{stored}'" for stored in _STORED[script])
    where = f"script IN ({scripts}) AND key >= ? AND key < ?"
    bounds = (typed, typed + _BEYOND)
    letters = ask(
        f"SELECT DISTINCT substr(key, ?, 1) FROM search_terms WHERE {where} ORDER BY 1", len(typed) + 1, *bounds
    )
    words = ask(
        f"SELECT form, key FROM search_terms WHERE {where} GROUP BY form, key"
        " ORDER BY max(weight) DESC, length(key), key LIMIT ?",
        *bounds, limit,
    )  # fmt: skip
    shown = hangul.on_keys if script is Script.HANGUL else str
    return Suggestions(
        tuple(shown(letter) for (letter,) in letters if letter),
        tuple(Completion(form or key, shown(key)) for form, key in words),
    )


def _typed(prefix: str, script: Script) -> str:
    folded = fold(prefix[:_LONGEST].encode(errors="replace").decode()).replace(" ", "")
    return hangul.keys(hangul.jamo(folded)) if script is Script.HANGUL else folded


def near_words(ask: Ask, text: str) -> tuple[str, ...]:
    """Return words of the plan that look like `text`, the likest first."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where nothing is found

    typed = fold(text[:_LONGEST].encode(errors="replace").decode()).strip()
    if not typed:
        return ()
    forms: dict[str, str] = {}
    for script, form, key in ask("SELECT script, form, key FROM search_terms WHERE script IN ('k', 'l', 'p', 'h')"):
        shown = form or key
        forms.setdefault(fold(shown), shown)
        # Hangul by its parts, because one wrong vowel is a whole wrong syllable.
        forms.setdefault(hangul.on_keys(key) if script == "h" else key, shown)
    wanted = hangul.jamo(typed) if hangul.is_hangul(typed) else typed
    ways = [wanted, kana.sound(typed)] if kana.is_kana(typed) else [wanted]
    likeness = _LIKENESS if len(wanted) > 2 else 0.5  # one of two characters
    found = [forms[word] for way in ways for word in get_close_matches(way, forms, _MOST_NEAR, likeness)]
    return tuple(dict.fromkeys(found))[:_MOST_NEAR]
