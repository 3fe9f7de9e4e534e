"""The bundled fonts: one private family a script, so that every language keeps its own character shapes.

A font is loaded when its language is first shown. Where a file is missing or broken, Qt's default
family stands in and the program goes on.
"""

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from minato_viewer.paths import RESOURCES

_STEMS = {
    "ja": ("minato-ja",),
    "ja-x-easy": ("minato-ja",),
    # Latin letters of their own, because those of the Japanese face have stubby descenders.
    "en": ("minato-en", "minato-ja"),
    "zh-Hans": ("minato-zh",),
    "ko": ("minato-ko",),
}
_FOLDER = RESOURCES / "fonts"
_WEIGHTS = ("400", "700")


def families(tag: str) -> list[str]:
    """Return the families in which texts of the language `tag` are set, the first first, loading them on first use."""
    return [_load(stem) for stem in _STEMS[tag]]


@cache
def names_family() -> str:
    """Return the tiny family that holds the languages' own names; it has one weight."""
    return _load_file(_FOLDER / "minato-names-400.ttf") or QFont().family()


def font(tag: str) -> QFont:
    """Return the interface font for the language `tag`."""
    chosen = QFont(families(tag))
    chosen.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    # Without hints FreeType would guess some for every glyph (20 ms of the first page), and on a screen of a
    # fractional scale the guesses would set lines unevenly.
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return chosen


@cache
def _load(stem: str, folder: Path = _FOLDER) -> str:
    families = [_load_file(folder / f"{stem}-{weight}.ttf") for weight in _WEIGHTS]
    return families[0] or QFont().family()


def _load_file(path: Path) -> str:
    if not path.exists():
        return ""
    loaded = QFontDatabase.addApplicationFont(str(path))
    names = QFontDatabase.applicationFontFamilies(loaded) if loaded >= 0 else []
    return names[0] if names else ""
