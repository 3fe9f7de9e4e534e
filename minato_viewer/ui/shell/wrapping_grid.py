"""Parts in columns of one width, as many as there is room for: cards and rows of buttons that large text wraps."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget


class WrappingGrid(QWidget):
    """Parts from left to right and then down."""

    def __init__(self, parent: QWidget, spacing: int = 8) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._least = 0
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(spacing)

    def add(self, part: QWidget) -> None:
        """Add a part at the end; `wrap` gives it its place."""
        self._parts.append(part)

    def wrap(self, least: int = 0) -> None:
        """Choose the columns anew, each `least` pixels wide or as wide as the widest part needs."""
        self._least = least
        spacing = self._grid.spacing()
        fit = max((self.width() + spacing) // max(self._width() + spacing, 1), 1)
        count = len(self._parts)
        lines = -(-count // fit)
        columns = -(-count // lines) if lines else 0  # so that the last line is no shorter than it must be
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for number, part in enumerate(self._parts):
            self._grid.addWidget(part, number // columns, number % columns)
            self._grid.setColumnStretch(number % columns, 1)

    def _width(self) -> int:
        return self._least or max((part.sizeHint().width() for part in self._parts), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew for the new width."""
        super().resizeEvent(event)
        self.wrap(self._least)

    def sizeHint(self) -> QSize:
        """Return the width of a column, from which on a row of grids may stand side by side."""
        return QSize(self._width(), self._grid.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the size of a single column as to the width, so that many columns never keep a window wide."""
        widest = max((part.minimumSizeHint().width() for part in self._parts), default=0)
        return QSize(widest, self._grid.minimumSize().height())
