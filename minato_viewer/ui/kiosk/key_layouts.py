"""Where the keys of the keyboard on the screen stand: three scripts, each in a tall and in a wide arrangement.

A tall one has few columns, as on paper and on other keyboards; a wide one has four rows, for a screen that is low.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from minato_viewer.language.kana_keys import HALF_VOICED_MARK, SMALL, VOICED_MARK
from minato_viewer.planfile.suggest import Script

if TYPE_CHECKING:
    from collections.abc import Iterator

DELETE, CLEAR = "delete", "clear"
SCRIPTS = tuple(script.value for script in Script)
"""The names of keys that choose a script."""


class Cell(NamedTuple):
    """A place for a key, in keys from the upper left corner."""

    key: str
    """What it types; else DELETE, CLEAR or the name of a script."""
    row: int
    column: float
    width: float = 1


class Arrangement(NamedTuple):
    """All keys of a script."""

    cells: tuple[Cell, ...]
    columns: float
    rows: int


_COLUMNS = ("あいうえお", "かきくけこ", "さしすせそ", "たちつてと", "なにぬねの", "はひふへほ", "まみむめも",
            "や　ゆ　よ", "らりるれろ", "わ　を　ん", f"ー{VOICED_MARK}{HALF_VOICED_MARK}{SMALL}")  # fmt: skip
_QWERTY = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SET = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
_INDENTS = (0, 0.5, 1.5)
_APART = 0.5
"""Between groups of keys in one row."""


def _row(keys: str, row: int, column: float = 0) -> Iterator[Cell]:
    """Yield keys side by side; a wide blank keeps a place free."""
    for place, key in enumerate(keys):
        if key != "　":
            yield Cell(key, row, column + place)


def _controls(row: int, columns: float, *, begin: float = 0, switch: float = 1.5) -> Iterator[Cell]:
    """Yield the choice of scripts at the left and the keys that take something back at the right."""
    for number, script in enumerate(Script):
        yield Cell(script.value, row, begin + number * switch, switch)
    yield Cell(DELETE, row, columns - 5, 2)
    yield Cell(CLEAR, row, columns - 3, 3)


def _kana_tall() -> Arrangement:
    cells = [Cell(key, row, column) for column, keys in enumerate(_COLUMNS) for row, key in enumerate(keys)]
    cells = [cell for cell in cells if cell.key != "　"]
    return Arrangement((*cells, *_controls(5, 11)), 11, 6)


def _kana_wide() -> Arrangement:
    cells: list[Cell] = []
    for number, keys in enumerate(_COLUMNS[:9]):
        group = number % 3
        cells += _row(keys, number // 3, group * (5 + _APART))
    cells += _row("わをん" + _COLUMNS[-1], 3)
    return Arrangement((*cells, *_controls(3, 16, begin=7.25, switch=1.2)), 16, 4)


def _lettered(rows: tuple[str, ...]) -> Iterator[Cell]:
    for number, (keys, indent) in enumerate(zip(rows, _INDENTS, strict=True)):
        yield from _row(keys, number, indent)


def _latin_tall() -> Arrangement:
    letters = [cell._replace(row=cell.row + 1) for cell in _lettered(_QWERTY)]
    return Arrangement((*_row("1234567890", 0), *letters, *_controls(4, 10)), 10, 5)


def _hangul_tall() -> Arrangement:
    letters = [cell._replace(row=cell.row + 1) for cell in _lettered(_SET)]
    doubles = (*_row("ㅃㅉㄸㄲㅆ", 0), *_row("ㅒㅖ", 0, 8))
    return Arrangement((*doubles, *letters, *_controls(4, 10)), 10, 5)


def _beside(rows: tuple[str, ...], block: tuple[str, ...]) -> Arrangement:
    """Return letters with a block of further keys at their right."""
    column = 10 + _APART
    cells = [cell for number, keys in enumerate(block) for cell in _row(keys, number, column)]
    return Arrangement((*_lettered(rows), *cells, *_controls(3, 10)), column + 3, 4)


ARRANGEMENTS = {
    Script.KANA: (_kana_tall(), _kana_wide()),
    Script.LATIN: (_latin_tall(), _beside(_QWERTY, ("123", "456", "789", "　0"))),
    Script.HANGUL: (_hangul_tall(), _beside(_SET, ("ㅃㅉㄸ", "ㄲㅆ", "ㅒㅖ"))),
}
"""Tall and wide."""
