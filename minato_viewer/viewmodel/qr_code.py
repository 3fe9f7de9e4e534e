"""QR codes as paths to be filled, for paper and for screens."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

_QUIET = 4
"""Modules of nothing around a QR code."""


def qr_code(address: str, side: float) -> QPainterPath:
    """Return the dark modules of an address as a square of `side`, the quiet zone in it; its corner is the origin.

    A fifth of the modules may be unreadable.
    """
    import segno  # noqa: PLC0415 - only for paper and for what is taken away

    matrix = segno.make_qr(address, error="m").matrix
    path = QPainterPath()
    module = side / (len(matrix) + 2 * _QUIET)
    for row, line in enumerate(matrix):
        start = -1
        for column, dark in enumerate((*line, 0)):
            if dark and start < 0:
                start = column
            elif not dark and start >= 0:
                left, top = (start + _QUIET) * module, (row + _QUIET) * module
                path.addRect(QRectF(left, top, (column - start) * module, module))
                start = -1
    return path
