"""A question in front of everything: it covers the window with paper until it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from minato_viewer.ui.shell.context import Context


class Cover(QWidget):
    """Stands over all of its parent."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Cover nothing until `come`."""
        super().__init__(parent)
        self._context = context
        self._before: QWidget | None = None
        """What had the focus."""

    def come(self) -> None:
        """Come to the front."""
        self._before = self.window().focusWidget()
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Go, and give the focus back."""
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def dismiss(self) -> None:
        """Answer as whoever only wants to go on."""
        raise NotImplementedError

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the focus in front of what is covered."""
        buttons = [b for b in self.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
        at = next((number for number, button in enumerate(buttons) if button.hasFocus()), -1)
        if not buttons:
            return False
        number = (at + (1 if forward else -1)) % len(buttons)
        buttons[number].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let no touch through to what is covered."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover what is below with paper."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._context.theme.colours["paper"]))
        painter.end()
