"""The theme: named colours and sizes from resources/themes, poured into the style sheets of window and page."""

import math
from functools import cache
from pathlib import Path
from string import Template
from typing import NamedTuple

from minato_viewer.language.tags import OWN_NAMES
from minato_viewer.pages.richtext import css
from minato_viewer.paths import RESOURCES
from minato_viewer.services import fonts


class Theme(NamedTuple):
    """Colours (`#rrggbb`), sizes (pixels, at the text size) and lengths (pixels, at any) by name."""

    name: str
    colours: dict[str, str]
    sizes: dict[str, int]
    lengths: dict[str, int]
    text_size: int
    """Per cent."""
    window_sheet: str
    """The style sheet of the widgets."""
    page_rules: str
    """The style sheet of a page, but for its fonts."""

    def scaled(self, pixels: float) -> int:
        """Return a length that belongs to the text, such as the room of a number before a title, at the text size."""
        return round(pixels * self.text_size / 100)

    def page_sheet(self, tags: frozenset[str], *, furigana: bool = False) -> str:
        """Return the style sheet of a page that holds texts in the languages `tags`, and may hold furigana."""
        families = {tag: ", ".join(f"'{family}'" for family in fonts.families(tag)) for tag in sorted(tags)}
        room = self._room() if furigana else ""
        # The names' font has one weight, and an artificial one would blur their small marks.
        names = f".{css(OWN_NAMES)} {{ font-weight: 400; }}\n" if OWN_NAMES in tags else ""
        return f"{self.page_rules}{room}{names}" + "".join(
            f".{css(tag)} {{ font-family: {own}; }}\n" for tag, own in families.items()
        )

    def _room(self) -> str:
        """Return the rules that give lines with furigana their height."""
        lines = {f"line_{key}": ruby_line(pixels) for key, pixels in self.sizes.items()}
        return _template("furigana.css").safe_substitute(lines)


def ruby_size(pixels: float) -> int:
    """Return how large furigana are above letters of `pixels`: half as large, and never too small to be read."""
    return max(round(pixels / 2), _LEAST_RUBY)


def ruby_line(pixels: float) -> int:
    """Return the height of a line of letters of `pixels` with furigana above them."""
    return math.ceil(_LINE * pixels + _RUBY_LINE * ruby_size(pixels))


_FOLDER = RESOURCES / "themes"
_COLOUR_DIGITS = frozenset("0123456789abcdefABCDEF")
_TEXT_SIZES = {"mark": 12, "small": 14, "body": 18, "interface": 16, "subtitle": 20, "heading_1": 28, "poster": 60}
_SIZES = {**_TEXT_SIZES, "icon": 20}
_LENGTHS = {"radius": 8}
_LEAST_RUBY = 9
"""Pixels."""
_LINE, _RUBY_LINE = 1.3, 1.2
"""Times the size of the letters: what a line of the bundled fonts takes, and what furigana take above it."""


class _Colours(dict[str, str]):
    """Black on white for what no theme file says, so that a broken file never keeps the program from starting."""

    def __missing__(self, name: str) -> str:
        pale = name in ("paper", "ground", "navigator", "on_act", "line") or name.endswith("_ground")
        return "#ffffff" if pale else "#000000"


@cache
def _template(name: str) -> Template:
    try:
        return Template((_FOLDER / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # Then Qt's own looks have to do.
        return Template("")


def load(name: str = "light", text_size: int = 100, folder: Path = _FOLDER) -> Theme:
    """Return a theme at `text_size` per cent. What its file lacks or says wrongly is as in the light theme."""
    tables = _read(folder / "light.toml")
    colours = _Colours(_colours(tables))
    if name != "light":
        colours.update(_colours(_read(folder / f"{name}.toml")))
    sizes = {key: round(pixels * text_size / 100) for key, pixels in (_SIZES | _pixels(tables, "sizes")).items()}
    lengths = _LENGTHS | _pixels(tables, "lengths")
    # Safely: a sheet with a mistake is worth more than none.
    window_sheet, page_rules = (
        _template(sheet).safe_substitute(colours, **sizes, **lengths) for sheet in ("window.qss", "page.css")
    )
    return Theme(name, colours, sizes, lengths, text_size, window_sheet, page_rules)


@cache
def _read(path: Path) -> dict[str, dict[str, str]]:
    """Return the values of a theme file by table and name, as they are written.

    It is TOML of the plainest kind, a name and a value a line. tomllib would take 4 ms of every start for it.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    table: dict[str, str] = {}
    tables = {"": table}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if equals:
            table[name.strip()] = value.strip()
        elif line.startswith("["):
            table = tables.setdefault(line.strip().strip("[]"), {})
    return tables


def _colours(tables: dict[str, dict[str, str]]) -> dict[str, str]:
    found = tables.get("colours", {})
    return {
        name: value[1:8] for name, value in found.items() if value[8:9] == value[:1] == '"' and _is_colour(value[1:8])
    }


def _is_colour(value: str) -> bool:
    return value[0] == "#" and _COLOUR_DIGITS.issuperset(value[1:])


def _pixels(tables: dict[str, dict[str, str]], name: str) -> dict[str, int]:
    found = {key: value.partition("#")[0].strip() for key, value in tables.get(name, {}).items()}
    return {key: int(value) for key, value in found.items() if value.isdecimal() and 1 <= int(value) <= 100}
