"""Which characters can be shown: those of the bundled fonts. An emoji would be an empty box at the counter."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from minato_viewer.paths import RESOURCES

_FONTS = RESOURCES / "fonts"
_SEGMENTS, _GROUPS = 4, 12
"""The two formats of a font's character table that the bundled fonts have."""


def unshown(text: str) -> str:
    """Return the characters of `text` that no bundled font has, each once; none where there are no fonts."""
    known = shown()
    return "".join(dict.fromkeys(character for character in text if known and ord(character) not in known))


@cache
def shown(folder: Path = _FONTS) -> frozenset[int]:
    """Return the code points that at least one of the bundled fonts has; those of names alone are for no text."""
    paths = (path for path in sorted(folder.glob("minato-*-400.ttf")) if "-names-" not in path.name)
    return frozenset(code for path in paths for code in _codes(path.read_bytes()))


def _codes(font: bytes) -> Iterator[int]:
    (tables,) = struct.unpack_from(">H", font, 4)
    for number in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * number)
        if tag == b"cmap":
            (count,) = struct.unpack_from(">H", font, start + 2)
            for place in range(count):
                (offset,) = struct.unpack_from(">L", font, start + 8 + 8 * place)
                yield from _subtable(font, start + offset)


def _subtable(font: bytes, start: int) -> Iterator[int]:
    (form,) = struct.unpack_from(">H", font, start)
    if form == _GROUPS:
        (count,) = struct.unpack_from(">L", font, start + 12)
        for first, last, _ in struct.iter_unpack(">LLL", font[start + 16 : start + 16 + 12 * count]):
            yield from range(first, last + 1)
    elif form == _SEGMENTS:
        (doubled,) = struct.unpack_from(">H", font, start + 6)
        count = doubled // 2
        lasts = struct.unpack_from(f">{count}H", font, start + 14)
        firsts = struct.unpack_from(f">{count}H", font, start + 16 + doubled)
        for first, last in zip(firsts, lasts, strict=True):
            # The last segment is a mark for the end, U+FFFF.
            yield from range(first, min(last, 0xFFFE) + 1)
