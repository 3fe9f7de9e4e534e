"""How a result looks: title with what was found marked, mark, way to it, and the words around what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from minato_viewer.services import fonts
from minato_viewer.ui.counter.tree_delegate import pen, rounded
from minato_viewer.viewmodel.search_results import Role, marked

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QListView, QStyleOptionViewItem

    from minato_viewer.services.theme import Theme
    from minato_viewer.viewmodel.search_results import Line, Result

    Index = QModelIndex | QPersistentModelIndex

_PADDING = 10
_MARGIN = 14
_GAP = 8
_MOST_LINES = 2
"""Of a title and of an excerpt; the excerpt is cut so that what was found is in sight."""
_MARK_HEIGHT = 18
"""At a text size of 100 %."""
_RIGHT = 0x0002 | 0x0080
_LEFT = 0x0001 | 0x0080


class _Layout(NamedTuple):
    """A row, measured: where each of its texts stands."""

    height: int
    title: QTextLayout
    place_top: int
    reason_top: int
    excerpt: QTextLayout | None
    excerpt_top: int


class SearchDelegate(QStyledItemDelegate):
    """Paints results. A row is measured once for each width."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        """Paint for `view`."""
        super().__init__(view)
        self._width = 0
        self._layouts: dict[int, _Layout] = {}
        self._fonts: dict[tuple[str, str, bool], QFont] = {}
        self._option = QTextOption()
        self._option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take colours and sizes anew."""
        self._theme = theme
        self._pens = {name: pen(QColor(value), 1) for name, value in theme.colours.items()}
        self._fonts.clear()
        self._layouts.clear()
        self._hit = QTextCharFormat()
        self._hit.setBackground(QBrush(QColor(theme.colours["hit_ground"])))
        self._hit.setForeground(QBrush(QColor(theme.colours["hit_ink"])))
        # Not by colour alone.
        self._hit.setFontUnderline(True)

    def remeasure(self, width: int) -> None:
        """Measure rows for a view `width` pixels wide; anew where it had another width."""
        if width != self._width:
            self._width = width
            self._layouts.clear()

    def forget_rows(self) -> None:
        """Measure rows anew: they are others, or in another language."""
        self._layouts.clear()
        self._fonts.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row at the view's present width."""
        del option
        return QSize(self._width, self._layout(index).height)

    def height(self, index: Index) -> int:
        """Return the height of a row."""
        return self._layout(index).height

    def _layout(self, index: Index) -> _Layout:
        found = self._layouts.get(index.row())
        if found is None:
            found = self._layouts[index.row()] = self._measured(index.data(Role.RESULT))
        return found

    def _measured(self, result: Result) -> _Layout:
        whole = max(self._width - 2 * _MARGIN, 40)
        title = self._lines(result.title, "interface", bold=True, width=whole - self._mark_width(result.mark))
        small = QFontMetrics(self._font("", "small")).lineSpacing()
        top = _PADDING + round(title.boundingRect().height()) + 2
        place_top, top = top, top + small
        reason_top, top = top, top + (small if result.reason else 0)
        excerpt, excerpt_top = None, top + 2
        if result.excerpt.text:
            excerpt = self._lines(result.excerpt, "small", bold=False, width=whole)
            top = excerpt_top + round(excerpt.boundingRect().height())
        return _Layout(top + _PADDING, title, place_top, reason_top, excerpt, excerpt_top)

    def _lines(self, line: Line, size: str, *, bold: bool, width: int) -> QTextLayout:
        """Return a text laid out in at most two lines, with its marks."""
        layout = QTextLayout(line.text, self._font(line.lang, size, bold=bold))
        layout.setTextOption(self._option)
        layout.setFormats(marked(line, self._hit))
        layout.beginLayout()
        top = 0.0
        for _ in range(_MOST_LINES):
            made = layout.createLine()
            if not made.isValid():
                break
            made.setLineWidth(width)
            made.setPosition(QPointF(0, top))
            top += made.height()
        layout.endLayout()
        return layout

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a result; the current one has an outline as the rows of the contents do."""
        result: Result = index.data(Role.RESULT)
        layout = self._layout(index)
        area = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        painter.setPen(self._pens["ink"])
        layout.title.draw(painter, QPointF(area.left(), option.rect.top() + _PADDING))
        if result.mark:
            self._paint_mark(painter, area, option.rect.top() + _PADDING, result.mark)
        small = self._font("", "small")
        metrics = QFontMetrics(small)
        painter.setFont(small)
        for top, text, colour in (
            (layout.place_top, result.place, "secondary"),
            (layout.reason_top, result.reason, "link"),
        ):
            if text:
                line = QRect(area.left(), option.rect.top() + top, area.width(), metrics.lineSpacing())
                painter.setPen(self._pens[colour])
                painter.drawText(line, _LEFT, metrics.elidedText(text, _elide(), area.width()))
        if layout.excerpt is not None:
            painter.setPen(self._pens["ink"])
            layout.excerpt.draw(painter, QPointF(area.left(), option.rect.top() + layout.excerpt_top))
        painter.setPen(self._pens["line"])
        painter.drawLine(area.left(), option.rect.bottom(), area.right(), option.rect.bottom())
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect = option.rect.adjusted(4, 2, -4, -2)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillPath(rounded(rect, 8), self._pens["act_ground"].brush())
            painter.strokePath(rounded(rect.adjusted(2, 2, -2, -2), 6), pen(QColor(self._theme.colours["focus"]), 4))
            inner = rounded(rect.adjusted(5, 5, -5, -5), 4)
            painter.strokePath(inner, pen(QColor(self._theme.colours["focus_ring"]), 2))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillPath(rounded(rect, 8), self._pens["act_ground"].brush())

    def _mark_width(self, mark: str) -> int:
        return QFontMetrics(self._font("", "mark")).horizontalAdvance(mark) + 2 * _GAP if mark else 0

    def _paint_mark(self, painter: QPainter, area: QRect, top: int, mark: str) -> None:
        font = self._font("", "mark")
        width = QFontMetrics(font).horizontalAdvance(mark) + _GAP
        box = QRect(area.right() - width, top + 1, width, self._theme.scaled(_MARK_HEIGHT))
        painter.fillPath(rounded(box, 3), self._pens["reference_ground"].brush())
        painter.strokePath(rounded(box, 3), self._pens["reference"])
        painter.setFont(font)
        painter.setPen(self._pens["reference"])
        painter.drawText(box.adjusted(0, 0, -_GAP // 2, 0), _RIGHT, mark)

    def _font(self, lang: str, size: str, *, bold: bool = False) -> QFont:
        """Return the font of a language in a size of the theme; of the interface's for none."""
        found = self._fonts.get((lang, size, bold))
        if found is None:
            found = self._fonts[lang, size, bold] = fonts.font(lang) if lang else QFont()
            found.setPixelSize(self._theme.sizes[size])
            found.setBold(bold)
        return found


def _elide() -> Qt.TextElideMode:
    from PySide6.QtCore import Qt  # noqa: PLC0415 - see ui/shell/properties

    return Qt.TextElideMode.ElideRight
