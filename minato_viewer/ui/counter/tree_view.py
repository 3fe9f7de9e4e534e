"""The tree itself: rows that wrap, numbers, child counts, marks, and type-ahead by number or title."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF, QTextOption
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from minato_viewer.language.folding import fold
from minato_viewer.services import fonts
from minato_viewer.viewmodel.tree import Role

if TYPE_CHECKING:
    # Types that only annotations name: PySide6 makes a class when it is first imported, at up to 2 ms each.
    from PySide6.QtCore import QEvent, QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from minato_viewer.services.theme import Theme

    Index = QModelIndex | QPersistentModelIndex

INDENTATION = 20
_PADDING = 9
_GAP = 8
_NUMBER_WIDTH = 26
_COUNT_WIDTH = 30
_MOST_LINES = 3
_FIELD_COLOURS = ("field_1", "field_2", "field_3", "field_4")


def _plain(index: Index) -> QModelIndex:
    """Qt hands painters plain indexes; that they might be persistent is only in the stubs."""
    return cast("QModelIndex", index)


class TreeDelegate(QStyledItemDelegate):
    """Paints an entry: number, title over up to three lines, mark, count. The view paints what is behind it."""

    def __init__(self, view: TreeView, theme: Theme) -> None:
        """Paint for `view`."""
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._sizes: dict[tuple[int, int], QSize] = {}
        self._fonts: dict[str, QFont] = {}

    def forget_sizes(self) -> None:
        """Measure rows anew: their titles or the width have changed."""
        self._sizes.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row at the view's present width."""
        del option
        width = self._view.row_width(index)
        key = (index.internalId(), width)
        if key not in self._sizes:
            metrics = QFontMetrics(self._font(index))
            box = QRect(0, 0, self._title_width(index, width), 10_000)
            flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
            height = metrics.boundingRect(box, flags.value, index.data()).height()
            lines = min(max(1, round(height / metrics.lineSpacing())), _MOST_LINES)
            self._sizes[key] = QSize(width, lines * metrics.lineSpacing() + 2 * _PADDING)
        return self._sizes[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the texts of a row."""
        selected = self._view.selectionModel().isSelected(_plain(index))
        colours = self._theme.colours
        ink = QColor(colours["on_act" if selected else "ink"])
        quiet = QColor(colours["on_act" if selected else "secondary"])
        font = self._font(index)
        metrics = QFontMetrics(font)
        area = option.rect.adjusted(0, _PADDING, -_GAP, -_PADDING)
        first_line = QRect(area.left(), area.top(), area.width(), metrics.lineSpacing())
        painter.save()
        painter.setFont(font)
        self._paint_field_mark(painter, option.rect, index)
        left = area.left() + self._number_width(index)
        if index.data(Role.NUMBER):
            painter.setPen(ink)
            box = QRect(first_line.left(), first_line.top(), self._number_width(index) - _GAP, first_line.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, index.data(Role.NUMBER))
        count = index.data(Role.CHILDREN)
        if count:
            painter.setPen(quiet)
            painter.drawText(first_line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(count))
        mark = index.data(Role.MARK)
        if mark:
            self._paint_mark(
                painter, first_line.adjusted(0, 0, -_COUNT_WIDTH if count else 0, 0), mark, selected=selected
            )
        painter.setFont(font)
        painter.setPen(ink)
        box = QRect(left, area.top(), self._title_width(index, option.rect.width()), area.height())
        self._paint_title(painter, box, index.data(), metrics)
        painter.restore()

    def _paint_title(self, painter: QPainter, box: QRect, title: str, metrics: QFontMetrics) -> None:
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        limit = QRect(0, 0, box.width(), 10_000)
        while title and metrics.boundingRect(limit, flags.value, title).height() > box.height() + 2:
            title = title.removesuffix("…")[:-1].rstrip() + "…"
        options = QTextOption(Qt.AlignmentFlag.AlignLeft)
        options.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.drawText(QRectF(box), title, options)

    def _paint_mark(self, painter: QPainter, line: QRect, mark: str, *, selected: bool) -> None:
        colours = self._theme.colours
        font = QFont(painter.font())
        font.setPixelSize(11)
        painter.setFont(font)
        width = QFontMetrics(font).horizontalAdvance(mark) + 8
        box = QRect(line.right() - width, line.center().y() - 8, width, 17)
        painter.setPen(QColor(colours["on_act" if selected else "reference"]))
        painter.setBrush(Qt.BrushStyle.NoBrush if selected else QColor(colours["reference_ground"]))
        painter.drawRoundedRect(box, 3, 3)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark)

    def _paint_field_mark(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Give each field its coloured bar; number and name say the same in words."""
        if index.data(Role.KIND) == "field":
            colour = self._theme.colours[_FIELD_COLOURS[index.row() % len(_FIELD_COLOURS)]]
            bar = QRect(rect.left() + 2, rect.top() + _PADDING, 8, rect.height() - 2 * _PADDING)
            painter.setPen(QPen(QColor(self._theme.colours["navigator"]), 1))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(bar, 3, 3)

    def _font(self, index: Index) -> QFont:
        lang = index.data(Role.LANG)
        if lang not in self._fonts:
            font = fonts.font(lang)
            font.setPixelSize(self._theme.sizes["interface"])
            self._fonts[lang] = font
        return self._fonts[lang]

    def _number_width(self, index: Index) -> int:
        bar = 12 if index.data(Role.KIND) == "field" else 0
        return bar + (_NUMBER_WIDTH + _GAP if index.data(Role.NUMBER) else 2)

    def _title_width(self, index: Index, width: int) -> int:
        right = _GAP + (_COUNT_WIDTH if index.data(Role.CHILDREN) else 0)
        mark = index.data(Role.MARK)
        if mark:
            right += 8 * len(mark) + 16
        return max(width - self._number_width(index) - right, 40)


class TreeView(QTreeView):
    """A tree that a keyboard alone can use."""

    painted = Signal()
    """The rows are on screen for the first time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show an empty tree."""
        super().__init__(parent)
        self._theme = theme
        self._delegate = TreeDelegate(self, theme)
        self._width = self.width()
        """Of the viewport. Kept from resize events, because asking PySide6 for the viewport takes 15 ms at first."""
        self._pointer = QPoint(-1, -1)
        self._shown = False
        self._typed = ""
        self._typing = QElapsedTimer()
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setIndentation(INDENTATION)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(True)
        self.setMouseTracking(True)
        self.setWordWrap(True)

    def remeasure(self) -> None:
        """Lay rows out anew, after their titles or the width have changed."""
        self._delegate.forget_sizes()
        self.scheduleDelayedItemsLayout()

    def row_width(self, index: Index) -> int:
        """Return the width (pixels) that a row has beside its indentation."""
        depth = 1
        above = index.parent()
        while above.isValid():
            depth += 1
            above = above.parent()
        return self._width - depth * INDENTATION

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap titles to the new width, and keep the current row in sight."""
        super().resizeEvent(event)
        if event.size().width() != self._width:
            self._width = event.size().width()
            self.remeasure()
            self.executeDelayedItemsLayout()
            self.scrollTo(self.currentIndex())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Note where the pointer is, for the ground of the row below it."""
        self._pointer = event.position().toPoint()
        super().mouseMoveEvent(event)

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
        colours = self._theme.colours
        rect = options.rect.adjusted(4, 1, -4, -1)
        selected = self.selectionModel().isSelected(_plain(index))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected:
            painter.setBrush(QColor(colours["act"]))
            painter.drawRoundedRect(rect, 8, 8)
        elif rect.contains(self._pointer):
            painter.setBrush(QColor(colours["act_ground"]))
            painter.drawRoundedRect(rect, 8, 8)
        if index == self.currentIndex() and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours["focus_ring"]), 2))
            painter.drawRoundedRect(rect.adjusted(0, 0, 0, 0), 8, 8)
        painter.restore()
        super().drawRow(painter, options, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the arrow that opens and closes a branch; Qt's own lines would say nothing more."""
        if not self.model().hasChildren(_plain(index)):
            return
        selected = self.selectionModel().isSelected(_plain(index))
        first_line = self._delegate.sizeHint(QStyleOptionViewItem(), index)
        centre = QPointF(rect.right() - INDENTATION / 2 + 4, rect.top() + min(first_line.height(), 42) / 2)
        arrow = [QPointF(-2.5, -4.5), QPointF(2.5, 0), QPointF(-2.5, 4.5)]
        if self.isExpanded(_plain(index)):
            arrow = [QPointF(-4.5, -2.5), QPointF(0, 2.5), QPointF(4.5, -2.5)]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._theme.colours["on_act" if selected else "secondary"]), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([centre + point for point in arrow]))
        painter.restore()

    def keyboardSearch(self, search: str) -> None:
        """Go to the next visible row whose number or title begins with the letters typed in a row."""
        pause = QApplication.keyboardInputInterval()
        again = self._typing.isValid() and self._typing.elapsed() < pause
        self._typed = fold(self._typed + search) if again else fold(search)
        self._typing.start()
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
        """Let Space open and close a branch, as Right and Left do; the rest is Qt's."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and self.model().hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().keyPressEvent(event)
