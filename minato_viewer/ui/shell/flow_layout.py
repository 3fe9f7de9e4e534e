"""Parts side by side in as many rows as their width needs."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Fills rows from the start, and begins a new one where the next part has no room; parts keep their own size."""

    def __init__(self, parent: QWidget, *, margins: tuple[int, int, int, int], spacing: int) -> None:
        """Hold nothing yet. `margins` are left, top, right and bottom; all lengths in pixels."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(*margins)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Add a part at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many parts there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride] - Qt asks beyond the end
        """Return a part; None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride] - the same
        """Take a part out; None beyond the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """A narrower window needs more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put every part in its place."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the size of one row."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(len(sizes) - 1, 0)
        return self._with_margins(QSize(width, max((size.height() for size in sizes), default=0)))

    def minimumSize(self) -> QSize:
        """Return the size of the largest part."""
        sizes = [item.minimumSize() for item in self._shown()]
        largest = QSize(*(max((length(size) for size in sizes), default=0) for length in (QSize.width, QSize.height)))
        return self._with_margins(largest)

    def _with_margins(self, size: QSize) -> QSize:
        around = self.contentsMargins()
        return size + QSize(around.left() + around.right(), around.top() + around.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Return the height that the parts take in the width of `rect`."""
        around = self.contentsMargins()
        room = rect.adjusted(around.left(), around.top(), -around.right(), -around.bottom())
        x, y, tall = room.left(), room.top(), 0
        rows: list[list[tuple[QLayoutItem, QRect]]] = [[]]
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(room.width(), 0), 1 << 20))
            if rows[-1] and x + size.width() > room.right() + 1:
                x, y, tall = room.left(), y + tall + self.spacing(), 0
                rows.append([])
            rows[-1].append((item, QRect(x, y, size.width(), size.height())))
            x, tall = x + size.width() + self.spacing(), max(tall, size.height())
        if move:
            for row in rows:
                height = max((place.height() for _, place in row), default=0)
                for item, place in row:
                    item.setGeometry(place.translated(0, (height - place.height()) // 2))
        return y + tall - rect.top() + around.bottom()
