"""Where sheets end: rows of pieces, side by side, are placed on sheets of one height.

Pure geometry, without Qt. A piece is what must not be cut, such as a line; a row is what stands side by side, such as
a paragraph in two languages, whose sides begin at one height and may go on at the next sheet each where it must.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """What is not cut: from `top` to `bottom` in the document that holds it."""

    top: float
    bottom: float
    sticks: bool = False
    """It does not stand at the end of a sheet: a heading stays with what it heads."""


class Row(NamedTuple):
    """What begins at one height: the pieces of each side (nothing where a side has nothing), from the top down."""

    sides: tuple[tuple[Piece, ...], ...]
    gap: float
    """Room above it, where it is not the first on its sheet."""

    @property
    def height(self) -> float:
        """How high it is where it is not cut."""
        return max((side[-1].bottom - side[0].top for side in self.sides if side), default=0.0)

    @property
    def sticks(self) -> bool:
        """Whether the row after it must begin on the same sheet."""
        return any(side[-1].sticks for side in self.sides if side)


class Placed(NamedTuple):
    """A part of a side's document, and where on the sheets it stands."""

    sheet: int
    """From 0."""
    y: float
    row: int
    side: int
    top: float
    bottom: float
    """Of the part, in the document."""


class Flow:
    """Places rows one after the other; `sheet` and `y` say where the next one would begin."""

    def __init__(self, height: float, sheet: int = 0, y: float = 0.0) -> None:
        """Begin at height `y` of a sheet; all are `height` high."""
        self.height = height
        self.sheet = sheet
        self.y = y

    def place(self, rows: Sequence[Row]) -> Iterator[Placed]:
        """Yield where the rows stand, from the top down."""
        for number, row in enumerate(rows):
            if self.y and self.y + row.gap + self._needed(rows, number) > self.height:
                self.turn()
            yield from self._place(row, number)

    def turn(self) -> None:
        """Go on at the top of the next sheet."""
        self.sheet, self.y = self.sheet + 1, 0.0

    def _needed(self, rows: Sequence[Row], number: int) -> float:
        """Return how much must fit, or the row begins on the next sheet; never more than a sheet has."""
        needed, row = 0.0, rows[number]
        while row.sticks and number + 1 < len(rows):
            number += 1
            needed += row.height + rows[number].gap
            row = rows[number]
        needed += max((_least(side) for side in row.sides if side), default=0.0)
        return needed if needed <= self.height else 0.0

    def _place(self, row: Row, number: int) -> Iterator[Placed]:
        left = [list(side) for side in row.sides]
        y = self.y + (row.gap if self.y else 0.0)
        while any(left):
            end = y
            for side, pieces in enumerate(left):
                taken = _fitting(pieces, self.height - y, must=y == 0.0)
                if taken:
                    end = max(end, y + taken[-1].bottom - taken[0].top)
                    yield Placed(self.sheet, y, number, side, taken[0].top, taken[-1].bottom)
            self.y = end
            if any(left):
                self.turn()
                y = 0.0


def _least(pieces: Sequence[Piece]) -> float:
    """Return how much of a side must fit at its beginning: all that sticks together there."""
    last = next((piece for piece in pieces if not piece.sticks), pieces[-1])
    return last.bottom - pieces[0].top


def _fitting(pieces: list[Piece], room: float, *, must: bool) -> list[Piece]:
    """Take from the beginning of `pieces` what fits into `room`; on an empty sheet, always something."""
    count = sum(piece.bottom - pieces[0].top <= room for piece in pieces)
    if count < len(pieces):
        whole = count
        while count and pieces[count - 1].sticks:
            count -= 1
        count = count or (whole if must else 0)
    if not count and must and pieces:
        # Higher than a sheet: cut where the sheet ends.
        first = pieces[0]
        pieces[0] = first._replace(top=first.top + room)
        return [first._replace(bottom=first.top + room)]
    taken = pieces[:count]
    del pieces[:count]
    return taken
