"""Rows below one entry of the tree, as far as they are loaded: numbers alone, so that thousands of them cost little."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BITS = 32
"""An index carries the id of its entry in so many bits, and above them the slot of the rows that it is one of."""
IDS = (1 << BITS) - 1
"""What is the id of what an index carries."""


class Rows:
    """The children of one entry that are loaded, in their order."""

    __slots__ = ("above", "at", "below", "depth", "ids", "last", "node_id", "total")

    def __init__(self, node_id: int, above: int, at: int, depth: int, total: int) -> None:
        """Hold none of `total` children of the entry `node_id`, the row `at` of the rows in slot `above`."""
        self.node_id = node_id
        self.above = above
        self.at = at
        self.depth = depth
        self.total = total
        self.ids = array("I")
        """The id of each, ascending: ids are in reading order."""
        self.below = array("I")
        """How many are below each."""
        self.last = 0
        """The position of the last one among all children."""

    def append(self, children: Iterable[tuple[int, int, int]]) -> None:
        """Take up children: the id of each, how many are below it, its position."""
        for node_id, below, position in children:
            self.ids.append(node_id)
            self.below.append(below)
            self.last = position

    def row_of(self, node_id: int) -> int:
        """Return the row of an entry; -1 where it is not among those that are loaded."""
        row = bisect_left(self.ids, node_id)
        return row if row < len(self.ids) and self.ids[row] == node_id else -1
