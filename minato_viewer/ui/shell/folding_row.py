"""Parts side by side where there is room, else one below the other: what large text needs on a small screen."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

SPACING = 8


def lay_out_now(window: QWidget) -> None:
    """Give every widget of a window its place at once after their shapes have changed.

    Qt would do it from the event loop, level by level, and a reader would see the levels between.
    """
    layouts = [layout for widget in window.findChildren(QWidget) if (layout := widget.layout()) is not None]
    for layout in layouts:
        layout.invalidate()
    for layout in layouts:
        layout.activate()


class FoldingRow(QWidget):
    """A row of parts that becomes a column."""

    def __init__(self, parent: QWidget, *, equal: bool = True) -> None:
        """Hold nothing yet. Parts of a row are equally wide, or each as wide as it needs."""
        super().__init__(parent)
        self._equal = equal
        self._parts: list[QWidget] = []
        self._sized = False
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)

    def add(self, part: QWidget) -> None:
        """Add a part at the end."""
        self._parts.append(part)
        self._layout.addWidget(part, 1 if self._equal else 0)

    def fold(self) -> None:
        """Choose row or column; to be called after the texts or their size have changed."""
        if not self._sized:
            return  # its width says nothing yet
        widths = [part.sizeHint().width() for part in self._parts]
        # Where they are equally wide, all need the room of the widest.
        needed = max(widths) * len(widths) if self._equal else sum(widths)
        fits = needed + SPACING * (len(self._parts) - 1) <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if direction != self._layout.direction():
            self._layout.setDirection(direction)
            lay_out_now(self.window())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew for the new width."""
        super().resizeEvent(event)
        self._sized = True
        self.fold()

    def minimumSizeHint(self) -> QSize:
        """Return the size of a column as to the width, so that a row never keeps the window from getting narrower."""
        widest = max((part.minimumSizeHint().width() for part in self._parts), default=0)
        return QSize(widest, self._layout.minimumSize().height())
