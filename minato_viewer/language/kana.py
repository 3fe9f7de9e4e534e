"""Kana as they sound, and from Latin letters: what is typed without a Japanese input method.

`sound` takes long vowels, small kana and kana of one sound as one, because people type them as they hear them;
voiced and unvoiced kana stay two. Texts are folded hiragana (`folding.fold`), so a katakana word is one too.
"""

import re
from functools import cache

from minato_viewer.language.folding import Span, fold

MOST_READINGS = 16
"""Of one word of Latin letters, which may be read in several ways (ti is ち and てぃ)."""
LONGEST = 60
"""Letters; no word of Latin letters that is longer is read as kana."""

_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖぢづを", "あいうえおつやゆよわかけじずお")
_VOWELS = ("あかがさざただなはばぱまやらわ", "いきぎしじちにひびぴみり", "うくぐすずつぬふぶぷむゆるゔ",
           "えけげせぜてでねへべぺめれ", "おこごそぞとどのほぼぽもよろ")  # fmt: skip
_PROLONGED = ("あ", "い", "う", "えい", "おう")
_LONG = re.compile("|".join(f"(?<=[{row}])[{then}]+" for row, then in zip(_VOWELS, _PROLONGED, strict=True)))
_KANA = re.compile("[\u3041-\u3096\u309d\u309eー]+")


def is_kana(folded: str) -> bool:
    """Return whether a folded text is kana alone."""
    return bool(_KANA.fullmatch(folded))


def kana_runs(folded: str) -> list[str]:
    """Return the runs of kana in a folded text."""
    return _KANA.findall(folded)


def sound(kana: str) -> str:
    """Return folded kana as they sound: ぼーさい, ぼうさい and ぼさい are one, ぼうさい and ほうさい are not."""
    return _LONG.sub("", kana.replace("ー", "").translate(_SMALL))


def without_macrons(letters: str) -> str:
    """Return folded Latin letters without the lines above long vowels."""
    return letters.translate(_MACRONS)


def romaji(letters: str) -> tuple[str, ...]:
    """Return the kana that Latin letters may stand for, Hepburn or kunrei, the last one perhaps only begun.

    `bous` is ぼう with さ, し, す, せ or そ; what cannot be Japanese, such as `fangzai`, is nothing.
    """
    text = without_macrons(letters)
    if len(text) > LONGEST or not text.isascii():
        return ()
    readings = [""]
    at = 0
    while at < len(text):
        ways, length = _step(text, at)
        if not ways:
            return ()
        readings = [reading + way for reading in readings for way in ways][:MOST_READINGS]
        at += length
    return tuple(dict.fromkeys(readings))


_MACRONS = str.maketrans("āīūēōâîûêô", "aiueoaiueo")


def _step(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """Return what the next letters may be, and how many letters that takes."""
    table = _syllables()
    if at + 1 < len(text) and text[at] == text[at + 1] and text[at] in "kstpcgzdbfjhmrwy":
        return ("っ",), 1
    if text[at : at + 3] == "tch":
        return ("っ",), 1
    for length in (4, 3, 2, 1):
        if len(syllable := text[at : at + length]) == length and syllable in table:
            return table[syllable], length
    if text[at : at + 2] == "n'":
        return ("ん",), 2
    if text[at] in "nm" and at + 1 < len(text) and text[at + 1] not in "aiueoy":
        return ("ん",), 1
    rest = text[at:]
    if rest == "n":
        return ("ん", *"なにぬねの"), 1
    begun = {kana[0][0] for syllable, kana in table.items() if syllable.startswith(rest)}
    return tuple(sorted(begun)), len(rest)


def latin(kana: str, *, kunrei: bool = False) -> str:
    """Return folded kana in Latin letters as they are typed, long vowels as they are written; Hepburn unless `kunrei`.

    A character that is no kana stays.
    """
    spelt = _spelling(kunrei)
    letters = ""
    at = 0
    while at < len(kana):
        length = 2 if kana[at : at + 2] in spelt else 1
        syllable = spelt.get(kana[at : at + length], kana[at])
        letters += letters[-1:] if syllable == "ー" else syllable
        at += length
    # っ doubles what follows: tch in Hepburn.
    return re.sub("っ(.)", lambda found: ("t" if found[1] == "c" else found[1]) + found[1], letters).replace("っ", "")


@cache
def _spelling(kunrei: bool) -> dict[str, str]:
    other = re.compile("sh|ch|ts|j|f" if kunrei else "s[iy]|t[iuy]|hu|z[iy]|[dj]y")
    table: dict[str, str] = {"ん": "n"}
    # Of two spellings the first in the table is the usual one; one of the other system stands in where there is none.
    for passing in (False, True):
        for syllable, ways in _syllables().items():
            if bool(other.match(syllable)) is passing:
                for kana in ways:
                    table.setdefault(kana, syllable)
    return table


@cache
def _syllables() -> dict[str, tuple[str, ...]]:
    """Return what each syllable of Latin letters is in kana; one of both systems may be two."""
    table: dict[str, tuple[str, ...]] = {"a": ("あ",), "i": ("い",), "u": ("う",), "e": ("え",), "o": ("お",)}
    rows = {"k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
            "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど",
            "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ"}  # fmt: skip
    for consonant, row in rows.items():
        table.update((consonant + vowel, (kana,)) for vowel, kana in zip("aiueo", row, strict=True))
        table.update((f"{consonant}y{vowel}", (row[1] + kana,)) for vowel, kana in zip("auo", "ゃゅょ", strict=True))
    for digraph, kana in {"sh": "し", "ch": "ち", "j": "じ", "jy": "じ"}.items():
        table.update((digraph + vowel, (kana + small,)) for vowel, small in zip("aueo", "ゃゅぇょ", strict=True))
        table[f"{digraph}i"] = (kana,)
    table.update({"ya": ("や",), "yu": ("ゆ",), "yo": ("よ",), "wa": ("わ",), "wo": ("を", "うぉ"), "tsu": ("つ",)})
    table.update({"fu": ("ふ",), "fa": ("ふぁ",), "fi": ("ふぃ",), "fe": ("ふぇ",), "fo": ("ふぉ",), "fyu": ("ふゅ",)})
    table.update({"va": ("ゔぁ",), "vi": ("ゔぃ",), "vu": ("ゔ",), "ve": ("ゔぇ",), "vo": ("ゔぉ",)})
    table.update({"ti": ("ち", "てぃ"), "di": ("ぢ", "でぃ"), "tu": ("つ", "とぅ"), "du": ("づ", "どぅ")})
    table.update({"dyu": ("ぢゅ", "でゅ"), "wi": ("うぃ",), "we": ("うぇ",), "tsa": ("つぁ",)})
    return table


def place(text: str, reading: str, typed: str) -> Span | None:
    """Return where a text is read as `typed` (folded kana or Latin letters); None if nowhere, or who can tell.

    The kana of the text tell which part of the reading is which part of the text; a word of ideographs counts whole.
    """
    parts = [found.span() for found in re.finditer(r"[\u3400-\u9fff々〆]+|[^\u3400-\u9fff々〆]", text)]
    written = [(fold(text[start:end]), start, end) for start, end in parts]
    heard = "".join(kana_runs(fold(reading)))
    shape = ""
    for part, _, _ in written:
        shape += (
            f"({re.escape(part) if is_kana(part) else '.*?' if not part[0].isalnum() or part[0] < '⺀' else '.+?'})"
        )
    aligned = re.fullmatch(shape, heard)
    sounds = [sound(way) for way in ((typed,) if is_kana(typed) else romaji(typed))]
    if aligned is None:
        return None
    return next((span for wanted in sounds if (span := _covering(aligned, written, wanted)) is not None), None)


def _covering(aligned: re.Match[str], written: list[tuple[str, int, int]], wanted: str) -> Span | None:
    """Return the fewest parts of the text whose reading covers the sounds `wanted`."""

    def covers(first: int, last: int) -> bool:
        return wanted in sound(aligned.string[aligned.start(first + 1) : aligned.end(last + 1)])

    for last in range(len(written)):
        # The first end with which it is covered, and then the last beginning.
        if covers(0, last):
            first = max(begun for begun in range(last + 1) if covers(begun, last))
            return Span(written[first][1], written[last][2])
    return None
