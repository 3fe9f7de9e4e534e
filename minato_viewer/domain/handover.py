"""Hand-over codes: a few characters that say which entry somebody reads in which language, for another screen or paper.

`K7P-4M` is the entry's short number and the language, and a check character. The characters are 23, a prime number of
them, none of which looks like another; with a different weight for each place, one wrong character is always noticed,
and so are two neighbours that changed places.
"""

from typing import NamedTuple

CHARACTERS = "23456789CEFHJKMNPRTVWXY"
"""Without 0 O D Q, 1 I L, B, G, S, Z, A and U, which are mistaken for each other or for these."""
LANGUAGES = ("ja", "ja-x-easy", "en", "zh-Hans", "ko")
"""By their number in a code: later languages come at the end, and none is ever taken out."""
_BASE = len(CHARACTERS)
_ROOM = 8
"""Numbers of languages; three of them are free."""
_SHORTEST = 4
"""Characters before the check character."""
_LONGEST = 9
_FIRST = 3
"""Characters before the dash."""


class Handover(NamedTuple):
    """What a code says."""

    short: int
    """The number that an entry keeps for ever (`Entry.short`)."""
    lang: str


def write(handover: Handover) -> str:
    """Return the code; ValueError for a language that has no number, or a short number below 1."""
    if handover.short < 1:
        raise ValueError(handover.short)
    number = handover.short * _ROOM + LANGUAGES.index(handover.lang)
    digits: list[int] = []
    while number or len(digits) < _SHORTEST:
        number, digit = divmod(number, _BASE)
        digits.insert(0, digit)
    code = "".join(CHARACTERS[digit] for digit in (*digits, _check(digits)))
    return f"{code[:_FIRST]}-{code[_FIRST:]}"


def code_for(short: int, lang: str) -> str:
    """Return the code of an entry, by its hand-over number, in a language; empty where no code says that language."""
    return write(Handover(short, lang)) if lang in LANGUAGES else ""


def read(text: str) -> Handover | None:
    """Return what a code says, however it is typed: small letters, blanks, any dash or none; None for no code.

    A character that is used nowhere, or a check character that does not fit, makes it none.
    """
    code = [character for character in text.upper() if character.isalnum()]
    if not _SHORTEST < len(code) <= _LONGEST or not all(character in CHARACTERS for character in code):
        return None
    *digits, check = map(CHARACTERS.index, code)
    if check != _check(digits):
        return None
    number = 0
    for digit in digits:
        number = number * _BASE + digit
    short, language = divmod(number, _ROOM)
    return Handover(short, LANGUAGES[language]) if short and language < len(LANGUAGES) else None


def looks_like_one(text: str) -> bool:
    """Whether somebody who typed `text` meant a code: its length and its form are a code's, right or wrong."""
    code = text.strip().upper()
    return len(code) == _SHORTEST + 2 and code[_FIRST] == "-" and code.replace("-", "").isalnum() and code.isascii()


def _check(digits: list[int]) -> int:
    return -sum(place * digit for place, digit in enumerate(digits, start=2)) % _BASE
