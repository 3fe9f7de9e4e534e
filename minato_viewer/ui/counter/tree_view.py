"""The tree itself: rows that wrap, arrows, the focus, and type-ahead by number or title."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QApplication, QTreeView

from minato_viewer.language.folding import fold
from minato_viewer.ui.counter.tree_delegate import INDENTATION, PADDING, TreeDelegate, pen, rounded
from minato_viewer.ui.shell.properties import set_by_name
from minato_viewer.viewmodel.tree import Role

if TYPE_CHECKING:
    # Types that only annotations name: PySide6 makes a class when it is first imported, at up to 2 ms each.
    from PySide6.QtCore import QEvent, QPersistentModelIndex, QRect
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QPen, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from minato_viewer.services.theme import Theme

    Index = QModelIndex | QPersistentModelIndex

_ARROW_DOWN = 12
"""How far below the padding of a row its arrow stands (pixels at 100 %), so that it is level with the first line."""


_ARROW_CLOSED = ((-2.5, -4.5), (2.5, 0), (-2.5, 4.5))
_ARROW_OPEN = ((-4.5, -2.5), (0, 2.5), (4.5, -2.5))


def _arrow(points: tuple[tuple[float, float], ...], scale: float) -> QPainterPath:
    (x, y), *others = points
    path = QPainterPath(QPointF(x * scale, y * scale))
    for x, y in others:
        path.lineTo(x * scale, y * scale)
    return path


MANY = 1_000
"""With so many rows loaded all get the same height, so that Qt need not measure every one of them."""


def _plain(index: Index) -> QModelIndex:
    """Qt hands painters plain indexes; that they might be persistent is only in the stubs."""
    return cast("QModelIndex", index)


class TreeView(QTreeView):
    """A tree that a keyboard alone can use."""

    shows_focus = True
    painted = Signal()
    """The rows are on screen for the first time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show an empty tree."""
        super().__init__(parent)
        self._delegate = TreeDelegate(self, theme)
        self._take_colours(theme)
        self._width = self.width()
        """Of the viewport. Kept from resize events, because asking PySide6 for the viewport takes 15 ms at first."""
        self._pointer = QPoint(-1, -1)
        self._longer: QPersistentModelIndex | None = None
        """The branch of which more is to be loaded."""
        self._shown = False
        self._typed = ""
        self._typed_at = 0.0
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setIndentation(INDENTATION)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        # The vertical one is always there, because rows would wrap anew each time it comes and goes with a branch.
        set_by_name(self, horizontalScrollBarPolicy="ScrollBarAlwaysOff", verticalScrollBarPolicy="ScrollBarAlwaysOn")
        self.setExpandsOnDoubleClick(True)
        self.setMouseTracking(True)
        self.setWordWrap(True)

    def _take_colours(self, theme: Theme) -> None:
        def coloured(name: str, width: float) -> QPen:
            return pen(QColor(theme.colours[name]), width)

        self._theme = theme
        self._selected = coloured("act", 1).brush()
        self._under_pointer = coloured("act_ground", 1).brush()
        # The room for an arrow stays the same, so it grows less than the text.
        scale = min(theme.text_size / 100, 1.5)
        self._arrows = {is_open: _arrow(_ARROW_OPEN if is_open else _ARROW_CLOSED, scale) for is_open in (False, True)}
        self._arrow_pens = {False: coloured("secondary", 1.8), True: coloured("on_act", 1.8)}
        self._ring_pen = coloured("focus_ring", 2)
        self._focus_pen = coloured("focus", 4)

    def set_theme(self, theme: Theme) -> None:
        """Take colours and sizes anew."""
        self._take_colours(theme)
        self._delegate.set_theme(theme)
        self.remeasure()

    def remeasure(self) -> None:
        """Lay rows out anew, after their titles or the width have changed."""
        self._delegate.remeasure(self._width, even=self.uniformRowHeights())
        self.scheduleDelayedItemsLayout()

    def count_rows(self, loaded: int) -> None:
        """Give rows the height of their titles, or all the same where `loaded` are too many to measure."""
        even = loaded > MANY
        if even != self.uniformRowHeights():
            self.setUniformRowHeights(even)
            self.remeasure()
            # At once, because Qt only learns the common height while it lays out, and takes it for 0 until then.
            self.doItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap titles to the new width, and keep the current row in sight."""
        changed = event.size().width() != self._width
        if changed:
            # Before Qt's own handling, which asks for the sizes of all rows.
            self._width = event.size().width()
            self.remeasure()
        super().resizeEvent(event)
        if changed:
            self.executeDelayedItemsLayout()
            self.scrollTo(self.currentIndex())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Note where the pointer is, for the ground of the row below it."""
        self._pointer = event.position().toPoint()
        super().mouseMoveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; Ctrl and the wheel are the window's, for the text size."""
        if event.modifiers() & event.modifiers().ControlModifier:
            event.ignore()
        else:
            super().wheelEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._pointer = QPoint(-1, -1)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and say once that there is something to see."""
        super().paintEvent(event)
        if not self._shown:
            self._shown = True
            self.painted.emit()

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground of a whole row: selected, under the pointer, or with the focus."""
        rect = options.rect.adjusted(4, 1, -4, -1)
        selected = self.selectionModel().isSelected(_plain(index))
        ground = rounded(rect, 8)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.fillPath(ground, self._selected)
        elif rect.contains(self._pointer):
            painter.fillPath(ground, self._under_pointer)
        if index == self.currentIndex() and self.hasFocus():
            # A black line for those who see no colour, a yellow ring for those who look for one.
            painter.strokePath(rounded(rect.adjusted(2, 2, -2, -2), 6), self._focus_pen)
            painter.strokePath(rounded(rect.adjusted(5, 5, -5, -5), 4), self._ring_pen)
        painter.restore()
        super().drawRow(painter, options, index)
        if not _plain(index).siblingAtRow(index.row() + 1).isValid() and self.model().canFetchMore(index.parent()):
            # The last row that is loaded of a longer branch came into sight.
            from PySide6.QtCore import QPersistentModelIndex  # noqa: PLC0415 - not for the first page

            self._longer = QPersistentModelIndex(index.parent())
            QTimer.singleShot(0, self._fetch_more)

    def _fetch_more(self) -> None:
        """Load more of the branch that came into sight; Qt does that for the top level alone."""
        if self._longer is None:
            return
        parent = self.model().index(self._longer.row(), 0, self._longer.parent())
        if self.model().canFetchMore(parent):
            self.model().fetchMore(parent)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the arrow that opens and closes a branch; Qt's own lines would say nothing more."""
        if not self.model().hasChildren(index):
            return
        selected = self.selectionModel().isSelected(_plain(index))
        down = PADDING + self._delegate.first_line(index) + self._theme.scaled(_ARROW_DOWN)
        centre = QPointF(rect.right() - INDENTATION / 2 + 4, rect.top() + down)
        arrow = self._arrows[self.isExpanded(_plain(index))]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(arrow.translated(centre), self._arrow_pens[selected])
        painter.restore()

    def keyboardSearch(self, search: str) -> None:
        """Go to the next visible row whose number or title begins with the letters typed in a row."""
        now = monotonic()
        again = (now - self._typed_at) * 1000 < QApplication.keyboardInputInterval()
        self._typed = fold(self._typed + search) if again else fold(search)
        self._typed_at = now
        start = self.currentIndex() if self.currentIndex().isValid() else self.model().index(0, 0)
        # A first letter looks beyond the current row; more letters may still mean the current one.
        index = self.indexBelow(start) if len(self._typed) == 1 else start
        for first in (index, self.model().index(0, 0)):
            found = self._first_from(first, self._typed)
            if found.isValid():
                self.setCurrentIndex(found)
                return

    def _first_from(self, index: QModelIndex, typed: str) -> QModelIndex:
        while index.isValid():
            if fold(index.data(Role.NUMBER)) == typed or fold(index.data()).startswith(typed):
                return index
            index = self.indexBelow(index)
        return index

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Space open and close a branch, as Right and Left do; the rest is Qt's.

        While nothing is chosen, as on the page of an edition, the first arrow chooses the row with the cursor.
        """
        from PySide6.QtCore import Qt  # noqa: PLC0415 - 20 ms, which the first page need not wait for

        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # a key of the window, or of an action that is off: Alt+Left is no Left
            return
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and self.model().hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))
            return
        arrow = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers()
        if arrow and index.isValid() and not self.selectionModel().hasSelection():
            self.setCurrentIndex(index)
            return
        super().keyPressEvent(event)
