"""What stands on a key, in which letters, and what a screen reader says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minato_viewer.domain.messages import N_
from minato_viewer.language.kana_keys import HALF_VOICED_MARK, SMALL, VOICED_MARK
from minato_viewer.planfile.suggest import Script
from minato_viewer.services import fonts
from minato_viewer.ui.kiosk.key_layouts import CLEAR, DELETE, SCRIPTS

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from minato_viewer.language.catalogues import Messages
    from minato_viewer.services.theme import Theme

_LETTER, _LARGEST_LETTER, _WORD = 0.44, 0.66, 0.29
"""Of the side of a key."""
_MARK = 1.5
"""Times a letter: the marks are tiny signs in a corner of theirs."""
_SCRIPT_OF = {"ja": Script.KANA, "ja-x-easy": Script.KANA, "ko": Script.HANGUL}
_FONT_OF = {Script.KANA: "ja", Script.LATIN: "en", Script.HANGUL: "ko"}
# Each in its own script, for those who read no other.
_LABELS = {Script.KANA: "かな", Script.LATIN: "ABC", Script.HANGUL: "한글"}
_SCRIPT_NAMES = {
    # TRANSLATORS: What a screen reader says of keys of the keyboard on the screen, up to "Delete one character".
    Script.KANA: N_("Japanese kana"),
    Script.LATIN: N_("Latin letters and digits"),
    Script.HANGUL: N_("Korean letters"),
}
_SIGNS = {
    VOICED_MARK: N_("Voiced sound mark"),
    HALF_VOICED_MARK: N_("Half-voiced sound mark"),
    SMALL: N_("Small kana"),
    "ー": N_("Long vowel mark"),
    DELETE: N_("Delete one character"),
}
_WORDS = {
    # TRANSLATORS: On a key, after an arrow to the left: takes back what was typed last. As short as possible.
    DELETE: N_("Delete"),
    # TRANSLATORS: On a key: takes back all that was typed. As short as possible.
    CLEAR: N_("Delete all"),
}


def of_language(tag: str) -> Script:
    """Return the script in which readers of a language type; those of Chinese type pinyin."""
    return _SCRIPT_OF.get(tag, Script.LATIN)


def label(key: str, messages: Messages) -> str:
    """Return what stands on a key: capitals, which are larger, though it types small letters."""
    if key in SCRIPTS:
        return _LABELS[Script(key)]
    return messages.gettext(_WORDS[key]) if key in _WORDS else key.upper()


def spoken(key: str, messages: Messages) -> str:
    """Return what a screen reader says of a key."""
    if key in SCRIPTS:
        return f"{_LABELS[Script(key)]} ({messages.gettext(_SCRIPT_NAMES[Script(key)])})"
    return messages.gettext(_SIGNS[key]) if key in _SIGNS else label(key, messages)


def font(key: str, script: Script, tag: str) -> QFont:
    """Return the letters of a key among those of a script, for a reader of `tag`."""
    shown = fonts.font(tag if key in _WORDS else _FONT_OF[Script(key) if key in SCRIPTS else script])
    shown.setBold(key in _WORDS or key in SCRIPTS)
    return shown


def pixels(key: str, side: int, theme: Theme) -> int:
    """Return how large the letters are on a key of `side` pixels: as the text size says, as far as there is room."""
    size = _WORD if key in _WORDS or key in SCRIPTS else _LETTER
    size *= _MARK if key in (VOICED_MARK, HALF_VOICED_MARK) else 1
    return round(side * min(size * theme.text_size / 100, _LARGEST_LETTER))
