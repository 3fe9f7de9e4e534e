"""The ways in which a query may have been typed by someone without an input method for the language of the plan.

Each way leads to entries by their titles' readings (`search_sound`), or by a word of the plan that is typed so
(`search_terms`) and then looked for itself.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from minato_viewer.language import hangul, kana, pinyin
from minato_viewer.language.folding import fold
from minato_viewer.language.runs import runs
from minato_viewer.planfile.index_words import phrase
from minato_viewer.planfile.query import Query

MOST_FORMS = 12
"""Words that one beginning may stand for; the commonest of them."""
_LONGEST = 60
_LEAST = 2
"""Characters; a single letter begins half of everything."""
_CONSONANTS = "c"
"""No script of `search_terms`: told from the words in Hangul."""
_BEYOND = "\U0010ffff"

Ask = Callable[..., list[Any]]


class Way(NamedTuple):
    """One way to read a query."""

    tier: str
    lang: str
    """Of the words that are found."""
    expression: str
    """For `search_sound`; empty where words are looked for."""
    forms: tuple[str, ...] = ()
    """Words of the plan, as they are written."""

    def steps(self, entries: int) -> Iterator[tuple[str, str, int]]:
        """Yield the table, what is asked of it and where its rows begin; the last one finds all that others do."""
        if self.expression:
            yield "search_sound", self.expression, 0
            return
        words = " OR ".join(phrase(tuple(runs(fold(form))), whole=True) for form in self.forms)
        yield "search_text", f"({words})", 0
        yield "search_text", f"({words})", entries


def ways(query: Query, ask: Ask) -> Iterator[Way]:
    """Yield the ways in which `query` can be read, the surest first; `ask` questions the plan file."""
    words = [kana.without_macrons(word.text) for word in query.wanted]
    typed = "".join(words)
    if not query.plain or not _LEAST <= len(typed) <= _LONGEST:
        return
    kinds = _kinds(typed)
    yield from chain.from_iterable(_terms(ask, kind, exact=True) for kind in kinds)
    yield from chain.from_iterable(_terms(ask, kind, exact=False) for kind in kinds if len(kind.key) >= _LEAST)
    yield from _sounds(words)


class _Kind(NamedTuple):
    """A script of `search_terms` (see planfile/search_terms) and the key by which a query would stand there."""

    script: str
    key: str
    tier: str
    lang: str


def _kinds(typed: str) -> list[_Kind]:
    if kana.is_kana(typed) and kana.sound(typed):
        return [_Kind(script, key, "reading", "ja") for script, key in _as_it_sounds([typed])]
    if hangul.is_hangul(typed):
        if initials := hangul.as_initials(typed):
            return [_Kind(_CONSONANTS, initials, "initials", "ko")]
        return [_Kind("h", hangul.keys(hangul.jamo(typed)), "reading", "ko")]
    if _is_latin(typed):
        japanese = [_Kind(script, key, "latin", "ja") for script, key in _as_it_sounds(kana.romaji(typed))]
        return [*japanese, _Kind("p", typed, "latin", "zh-Hans"), _Kind("i", typed, "initials", "zh-Hans")]
    return []


def _as_it_sounds(spelt: Sequence[str]) -> list[tuple[str, str]]:
    """Return scripts and keys of kana: as they are written first, then as they sound, which may be written so too."""
    sounds = dict.fromkeys(map(kana.sound, spelt))
    return list(dict.fromkeys([*(("k", way) for way in spelt), *((script, way) for way in sounds for script in "ks")]))


def _terms(ask: Ask, kind: _Kind, *, exact: bool) -> Iterator[Way]:
    """Yield the ways to words of the plan: those that are typed so, the rarer first, or all together that begin so."""
    if kind.script == _CONSONANTS:
        rows = _by_consonants(ask, kind.key, exact=exact)
    elif exact:
        rows = ask(
            "SELECT form, key FROM search_terms WHERE script = ? AND key = ? ORDER BY weight, form"
            f" LIMIT {MOST_FORMS}",
            kind.script, kind.key,
        )  # fmt: skip
    else:
        rows = ask(
            "SELECT form, key FROM search_terms WHERE script = ? AND key > ? AND key < ?"
            f" ORDER BY weight DESC, key LIMIT {MOST_FORMS}",
            kind.script, kind.key, kind.key + _BEYOND,
        )  # fmt: skip
    forms = tuple(dict.fromkeys(form or key for form, key in rows))
    if exact:
        yield from (Way(kind.tier, kind.lang, "", (form,)) for form in forms)
    elif forms:
        yield Way(kind.tier, kind.lang, "", forms)


def _by_consonants(ask: Ask, wanted: str, *, exact: bool) -> list[tuple[str, str]]:
    """Return the Korean words with these first consonants; of all words, which are no more than a language has."""
    found: list[tuple[str, str]] = []
    for form, key in ask("SELECT form, key FROM search_terms WHERE script = 'h' ORDER BY weight, form"):
        heard = "".join(run.text for run in runs(hangul.initials(form)) if run.dense)
        if heard == wanted if exact else (heard.startswith(wanted) and heard != wanted):
            found.append((form, key))
    return found[:MOST_FORMS] if exact else found[: -MOST_FORMS - 1 : -1]


def _sounds(words: list[str]) -> Iterator[Way]:
    """Yield the ways to read every word as a part of how a title sounds, or of its first letters."""
    if all(map(kana.is_kana, words)):
        sounds = [(kana.sound(word),) for word in words]
        if _enough(sounds):
            yield Way("reading", "ja", _every([_column("sound", sound) for sound in sounds]))
    elif all(_is_latin(word) for word in words):
        sounds = [tuple(map(kana.sound, kana.romaji(word))) for word in words]
        if _enough(sounds):
            yield Way("latin", "ja", _every([_column("sound", ways_of_one) for ways_of_one in sounds]))
        divided = pinyin.ways("".join(words))
        if divided and len(divided[0]) >= _LEAST:
            yield Way("latin", "zh-Hans", f"pinyin : ({' OR '.join(map(_syllables, divided))})")
        yield Way("initials", "zh-Hans", _column("initials", ("".join(words),)))


def _is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _enough(read: list[tuple[str, ...]]) -> bool:
    """Return whether there is something to look for, and not so little that it is in half of all titles."""
    return all(read) and all(len(way) >= _LEAST for ways_of_one in read for way in ways_of_one)


def _every(parts: list[str]) -> str:
    return " AND ".join(parts)


def _column(name: str, texts: Sequence[str]) -> str:
    found = " OR ".join(map(_dense, dict.fromkeys(texts)))
    return f"{name} : ({found})"


def _dense(text: str) -> str:
    # Short runs have no place of their own here, as in `search_text`.
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    return f'"{" ".join(pairs)}"' if pairs else f'"{text}"*'


def _syllables(way: tuple[str, ...]) -> str:
    return f'"{" ".join(way)}"*'
