"""Hangul taken apart and put together: jamo as they are typed, and initial consonants alone."""

import re

_FIRST, _LAST = 0xAC00, 0xD7A3
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = (
    "ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ",
    "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ",
)  # fmt: skip
_FINALS = (
    "", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ",
    "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
)  # fmt: skip
_SIMPLE_VOWELS = frozenset("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ")
_TYPED = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ", "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ",
    "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
# NFKC turns the jamo of a keyboard into those that compose; this is the way back.
_CONJOINING = {
    **{chr(0x1100 + number): jamo for number, jamo in enumerate(_INITIALS)},
    **{chr(0x1161 + number): jamo for number, jamo in enumerate(_VOWELS)},
    **{chr(0x11A7 + number): jamo for number, jamo in enumerate(_FINALS) if jamo},
}
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+")
_JAMO = re.compile("[\u1100-\u11ff\u3131-\u318e]")


def is_hangul(text: str) -> bool:
    """Return whether a text is Hangul alone, whole syllables or parts of them."""
    return bool(_HANGUL.fullmatch(text))


def has_jamo(text: str) -> bool:
    """Return whether a text has parts of syllables."""
    return bool(_JAMO.search(text))


def jamo(text: str) -> str:
    """Return a text with its Hangul as the keys by which it is typed: 방재 is ㅂㅏㅇㅈㅐ, and so is 방ㅈㅐ."""
    return "".join(_parts(character) for character in text)


def _parts(character: str) -> str:
    code = ord(character) - _FIRST
    if 0 <= code <= _LAST - _FIRST:
        first, rest = divmod(code, 588)
        return _INITIALS[first] + _VOWELS[rest // 28] + _FINALS[rest % 28]
    character = _CONJOINING.get(character, character)
    return _TYPED.get(character, character)


_KEYS = dict(
    zip(
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        strict=True,
    )
)
_ON_KEYS = {letter: jamo for jamo, letter in _KEYS.items()}


def keys(parts: str) -> str:
    """Return jamo as the Latin letters on the same keys (of the usual layout with two sets): ㅂㅏㅇㅈㅐ is qkdwo.

    One byte each in place of three; and who cannot switch the keyboard types just this.
    """
    return "".join(_KEYS.get(character, character) for character in parts)


def on_keys(letters: str) -> str:
    """Return the jamo on the keys of Latin letters."""
    return "".join(_ON_KEYS.get(letter, letter) for letter in letters)


def composed(parts: str) -> str:
    """Return jamo as a keyboard of two sets joins them: ㅂㅏㅇㅈㅐ is 방재, and ㄷㅏㄹㄱㅏ is 달가.

    What no syllable can be made of stays, and so does any other character. The way back is `jamo`.
    """
    done: list[str] = []
    at = 0
    while at < len(parts):
        vowel = _longest(parts, at + 1, _VOWELS) if parts[at] in _INITIALS else ""
        if not vowel:
            done.append(parts[at])
            at += 1
            continue
        after = at + 1 + len(vowel)
        final = _longest(parts, after, _FINALS)
        # A consonant before a vowel begins the next syllable.
        if final and parts[after + len(final) : after + len(final) + 1] in _SIMPLE_VOWELS:
            final = final[:-1]
        code = (_INITIALS.index(parts[at]) * 21 + _VOWELS.index(vowel)) * 28 + _FINALS.index(final)
        done.append(chr(_FIRST + code))
        at = after + len(final)
    return "".join(done)


def _longest(parts: str, at: int, known: tuple[str, ...]) -> str:
    """Return the longest of `known` that stands at a place; empty for none."""
    return next((parts[at:end] for end in (at + 2, at + 1) if end <= len(parts) and parts[at:end] in known), "")


def initials(text: str) -> str:
    """Return a text with each Hangul syllable as its first consonant: 방재 is ㅂㅈ."""
    return "".join(_INITIALS[(ord(c) - _FIRST) // 588] if _FIRST <= ord(c) <= _LAST else c for c in text)


def as_initials(text: str) -> str:
    """Return the first consonants that a query of nothing else stands for; empty for any other query."""
    found = jamo(text) if is_hangul(text) and not any(_FIRST <= ord(c) <= _LAST for c in text) else ""
    return found if set(found) <= set(_INITIALS) else ""
