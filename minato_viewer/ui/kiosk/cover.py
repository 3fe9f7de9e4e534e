"""A question in front of everything: it covers the window with paper until it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from minato_viewer.ui.shell.context import Context


class Cover(QWidget):
    """Stands over all of its parent."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Cover nothing until `come`."""
        super().__init__(parent)
        self._context = context

    def come(self) -> None:
        """Come to the front."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover what is below with paper."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._context.theme.colours["paper"]))
        painter.end()
