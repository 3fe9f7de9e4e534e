"""What may follow on a keyboard on the screen: which keys still lead to an entry, and whole words.

Looking at every key takes some milliseconds, so it is done in a thread (see `latest`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from minato_viewer.language import hangul, kana_keys
from minato_viewer.planfile.search_rows import Tier
from minato_viewer.planfile.suggest import Script
from minato_viewer.viewmodel.latest import Latest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from minato_viewer.planfile.reader import Plan
    from minato_viewer.planfile.search import Search

MOST_WORDS = 10
_LOOKED_AT = 32
"""Words that are put in order; the commonest alone would be "with" and "that"."""
_PLACES = {Tier.EXACT: 0, Tier.NUMBER: 0, Tier.START: 0, Tier.TITLE: 1}
"""Words with which a title begins come first, then those that stand in one."""
_CHANGING = (kana_keys.VOICED_MARK, kana_keys.HALF_VOICED_MARK, kana_keys.SMALL)


class Typing(NamedTuple):
    """What has been typed, and the keys from which the next one is to come."""

    text: str
    script: Script
    lang: str
    """Of the reader."""
    keys: tuple[str, ...]


class NextKeys(NamedTuple):
    """What may follow."""

    typing: Typing
    live: frozenset[str]
    """The keys that lead to an entry."""
    words: tuple[str, ...]
    """Those first with which titles begin."""
    failed: Exception | None = None
    """What kept the search from being made; every key is live then."""


def pressed(text: str, key: str, script: Script) -> str:
    """Return what a text becomes by a key."""
    if script is Script.HANGUL:
        return hangul.composed(hangul.jamo(text) + key)
    if key in _CHANGING:
        return text[:-1] + kana_keys.changed(text[-1], key) if text else text
    return text + key


def shortened(text: str, script: Script) -> str:
    """Return a text without what was typed last: a character, or a part of a syllable of Hangul."""
    if script is Script.HANGUL:
        return hangul.composed(hangul.jamo(text)[:-1])
    return text[:-1]


class KeyWorker(QObject):
    """Answers one question at a time."""

    answered = Signal(object)
    """A `NextKeys`, in the thread of the window."""

    def __init__(self, plan: Plan, parent: QObject | None = None) -> None:
        """Be ready; the thread starts with the first question."""
        super().__init__(parent)
        self._latest: Latest[Typing, NextKeys] = Latest(
            plan, "", answers=_answers, failed=_failed, told=self.answered.emit
        )
        self.await_answer = self._latest.await_answer
        self.stop = self._latest.stop

    def ask(self, typing: Typing) -> None:
        """Have `answered` bring the answer; nobody waits for it, as the window waits for what is found already."""
        self._latest.ask(typing, 0)


def _answers(search: Search, typing: Typing) -> Iterator[NextKeys]:
    offered = set(search.suggest(typing.text, typing.script, 1).keys)
    live = frozenset(key for key in typing.keys if _leads(search, typing, key, offered))
    yield NextKeys(typing, live, _words(search, typing) if typing.text.strip() else ())


def _leads(search: Search, typing: Typing, key: str, offered: set[str]) -> bool:
    """Whether a word of the plan goes on with the key, or a search with it finds something as it stands."""
    text, script = typing.text, typing.script
    if script is not Script.KANA:
        return key in offered or search.tier(pressed(text, key, script)) is not None
    if key in _CHANGING:
        after = pressed(text, key, script)
        return after != text and (search.tier(after) is not None or bool(search.suggest(after, script, 1).completions))
    following = kana_keys.variants(key)
    return bool(offered.intersection(following)) or any(search.tier(text + kana) for kana in following)


def _words(search: Search, typing: Typing) -> tuple[str, ...]:
    """Return words that begin as was typed; kana, too, that a key after them would still change."""
    text = typing.text
    ways = [text]
    if typing.script is Script.KANA:
        ways += [text[:-1] + kana for kana in kana_keys.variants(text[-1])[1:]]
    found = [word.text for way in ways for word in search.suggest(way, typing.script, _LOOKED_AT).completions]

    def order(word: str) -> tuple[bool, int, bool]:
        tier = search.tier(word)
        english = typing.lang == "en"
        foreign = word.isascii() is not english
        # Most who read English read no other script; who reads Chinese characters types their reading.
        return foreign and english, _PLACES.get(tier, 2) if tier is not None else 3, foreign

    return tuple(sorted((word for word in dict.fromkeys(found) if word != text), key=order)[:MOST_WORDS])


def _failed(typing: Typing, error: Exception) -> NextKeys:
    return NextKeys(typing, frozenset(typing.keys), (), error)
