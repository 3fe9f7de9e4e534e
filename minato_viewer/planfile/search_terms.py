"""What may be typed for a word of the plan, by kind of keyboard, and which words stand in its texts anyway."""

import re
from collections.abc import Iterable, Iterator

from minato_viewer.domain.plan import TITLE
from minato_viewer.domain.plan_data import Term
from minato_viewer.language import hangul, kana, pinyin
from minato_viewer.language.folding import fold
from minato_viewer.language.runs import runs

Typed = tuple[str, str, str]
"""Script, key, and the form that stands in the texts."""

KANA, LATIN, HANGUL, PINYIN = "k", "l", "h", "p"
"""Scripts whose keys are what is typed: kana, Latin letters, jamo as `hangul.keys`, pinyin without blanks."""
SOUND, INITIALS = "s", "i"
"""Scripts in which a query is understood: kana as they sound, where that is not as they are written, and first letters
of pinyin. The first consonants of Hangul are told from the words themselves."""

_KATAKANA = re.compile("[ァ-ヺー]{2,}")
_LATIN = re.compile("[A-Za-z]{4,}")
LONGEST = 12
"""Characters of a term: a whole sentence is no word that anyone begins to type."""


def typed(terms: Iterable[Term]) -> Iterator[Typed]:
    """Yield all that may be typed for `terms`."""
    for term in terms:
        if len(term.ja) <= LONGEST:
            yield from _japanese(term.ja, term.reading)
        if len(term.zh) <= LONGEST:
            yield from _chinese(term.zh)
        yield from _korean(term.ko)


def terms_of_texts(texts: Iterable[tuple[str, str, str]]) -> Iterator[Typed]:
    """Yield all that may be typed for the words of (language, field, text) that need no one to say how they are read.

    These are words in katakana and in Latin letters, and the words of Korean titles.
    """
    seen: set[tuple[str, str]] = set()
    for lang, field, content in texts:
        ways = ((_KATAKANA, KANA, lang.startswith("ja")), (_LATIN, LATIN, True))
        for words, script, written in ways:
            for word in words.findall(content) if written else ():
                if (script, fold(word)) not in seen:
                    seen.add((script, fold(word)))
                    yield from _japanese(word, word) if script == KANA else ((LATIN, fold(word), fold(word)),)
        if lang == "ko" and field == TITLE:
            for run in runs(content):
                if run.dense and (HANGUL, run.text) not in seen:
                    seen.add((HANGUL, run.text))
                    yield from _korean(run.text)


def _japanese(form: str, reading: str) -> Iterator[Typed]:
    heard = "".join(kana.kana_runs(fold(reading)))
    if heard:
        yield KANA, heard, form
        if kana.sound(heard) != heard:
            yield SOUND, kana.sound(heard), form
        for kunrei in (False, True):
            yield LATIN, kana.latin(heard, kunrei=kunrei), form


def _chinese(form: str) -> Iterator[Typed]:
    spoken = [syllable for run in pinyin.syllables(form) for syllable in run]
    if spoken:
        yield PINYIN, "".join(spoken), form
    if len(spoken) > 1:
        yield INITIALS, "".join(syllable[0] for syllable in spoken), form


def _korean(form: str) -> Iterator[Typed]:
    # Without the blanks, which many leave out.
    word = "".join(run.text for run in runs(fold(form)) if run.dense)
    if 0 < len(word) <= LONGEST:
        yield HANGUL, hangul.keys(hangul.jamo(word)), form
