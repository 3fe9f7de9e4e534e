"""The harbour (港), the program's one ornament: a wave line."""

from math import sin

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

_STEP = 8
"""Pixels between two points of the line."""


def wave(width: int, level: float, height: float, length: float, shift: float) -> QPainterPath:
    """Return a wave from the left edge to the right around `level` (pixels).

    It is `height` high, repeats after 2π times `length`, and begins `shift` (radians) later.
    """
    path = QPainterPath(QPointF(0, level + height * sin(shift)))
    for x in range(_STEP, width + _STEP, _STEP):
        path.lineTo(x, level + height * sin(x / length + shift))
    return path
