"""The gesture with which staff ask for the way out: the four corners of the gate, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, QSize

_ORDER = ((False, False), (True, False), (True, True), (False, True))
"""Whether at the right, and whether at the bottom."""


class Corners:
    """Counts the corners that were touched in their order."""

    def __init__(self, side: int) -> None:
        """Take squares of `side` pixels for the corners."""
        self._side = side
        self._done = 0

    def forget(self) -> None:
        """Count from the first corner again."""
        self._done = 0

    def touch(self, place: QPoint, size: QSize) -> bool:
        """Count a touch of a window of `size`, and return whether it was the last of the four."""
        right, below = place.x() > size.width() - self._side, place.y() > size.height() - self._side
        at_corner = (right or place.x() < self._side) and (below or place.y() < self._side)
        if at_corner and (right, below) == _ORDER[self._done]:
            self._done += 1
        else:
            self._done = int(at_corner and (right, below) == _ORDER[0])
        if self._done < len(_ORDER):
            return False
        self._done = 0
        return True
