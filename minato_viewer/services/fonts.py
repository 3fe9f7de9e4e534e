"""The bundled fonts: one private family a script, so that every language keeps its own character shapes.

A font is loaded when its language is first shown. Where its files are missing or broken, Qt's default family and
the other fonts stand in, and the program goes on.
"""

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from minato_viewer.language.tags import OWN_NAMES
from minato_viewer.paths import RESOURCES

_STEMS = {
    "ja": ("minato-ja",),
    "ja-x-easy": ("minato-ja",),
    # Latin letters of their own, because those of the Japanese face have stubby descenders.
    "en": ("minato-en", "minato-ja"),
    "zh-Hans": ("minato-zh",),
    "ko": ("minato-ko",),
    # Names of languages in their own letters: tiny files, loaded when such names are first shown. One weight each.
    # First the one whose letters join, because Qt asks the first family for the rules.
    OWN_NAMES: ("minato-names-devanagari", "minato-names-thai", "minato-names-latin", "minato-names"),
}
_STAND_INS = ("minato-ja", "minato-zh", "minato-ko")
"""What many a character is in: its shape in another language beats a box."""
_FOLDER = RESOURCES / "fonts"
_WEIGHTS = ("400", "700")
_LOADED: list[str] = []


def families(tag: str) -> list[str]:
    """Return the families in which texts of the language `tag` are set, the first first, loading them on first use."""
    own = [family for stem in _STEMS[tag] if (family := _load(stem))]
    return own or [QFont().family(), *(family for stem in _STAND_INS if (family := _load(stem)))]


def names_family() -> str:
    """Return the tiny family that holds our languages' own names; it has one weight.

    Names of further languages are texts of the language OWN_NAMES, for which `families` loads further fonts.
    """
    return _load("minato-names") or QFont().family()


def loaded() -> list[str]:
    """Return the families that have been loaded so far, each once."""
    return list(dict.fromkeys(_LOADED))


def font(tag: str, pixels: int = 0, *, bold: bool = False) -> QFont:
    """Return the interface font for the language `tag`, in letters of so many pixels (0: as Qt has them).."""
    chosen = QFont(families(tag))
    chosen.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    # Without hints FreeType would guess some for every glyph (20 ms of the first page), and on a screen of a
    # fractional scale the guesses would set lines unevenly.
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if pixels:
        chosen.setPixelSize(pixels)
    if bold:
        chosen.setBold(True)
    return chosen


def load_letters(text: str, tag: str) -> bool:
    """Load the fonts of the other languages where that of `tag` lacks a letter of `text`; return whether it did.

    Qt then takes the letter from them, as the bare machine has no other font to take it from.
    """
    own = QFontMetrics(font(tag))
    if all(character.isspace() or own.inFontUcs4(ord(character)) for character in set(text)):
        return False
    for stem in _STAND_INS:
        _load(stem)
    return True


@cache
def _load(stem: str, folder: Path = _FOLDER) -> str:
    """Return the family of the files of `stem`; "" where none can be used."""
    families = [_load_file(folder / f"{stem}-{weight}.ttf") for weight in _WEIGHTS]
    return next(filter(None, families), "")


def _load_file(path: Path) -> str:
    if not _is_whole(path):
        return ""
    loaded = QFontDatabase.addApplicationFont(str(path))
    names = QFontDatabase.applicationFontFamilies(loaded) if loaded >= 0 else []
    if names:
        _LOADED.append(names[0])
    return names[0] if names else ""


def _is_whole(path: Path) -> bool:
    """Whether a font file is as long as the tables at its head say: one that was cut short would show no letter."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
            places = file.read(16 * int.from_bytes(head[4:6]))
        size = path.stat().st_size
    except OSError:
        return False
    # Each table has a name, a check sum, where it begins and how long it is, of four bytes each.
    tables = [places[at + 8 : at + 16] for at in range(0, len(places), 16)]
    return bool(tables) and all(int.from_bytes(table[:4]) + int.from_bytes(table[4:]) <= size for table in tables)
