"""How a row of the tree looks: number, title over up to three lines, mark, count."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainterPath, QPen, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate

from minato_viewer.services import fonts
from minato_viewer.services.theme import ruby_line
from minato_viewer.viewmodel.tree import Role

if TYPE_CHECKING:
    # Types that only annotations name: PySide6 makes a class when it is first imported, at up to 2 ms each.
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter, QTextLayout
    from PySide6.QtWidgets import QStyleOptionViewItem, QTreeView

    from minato_viewer.services.theme import Theme
    from minato_viewer.viewmodel.ruby_setting import Piece, RubySetter
    from minato_viewer.viewmodel.tree import Row

    Index = QModelIndex | QPersistentModelIndex

INDENTATION = 24
"""Pixels, and so the width of an arrow: nothing to be hit is narrower (WCAG 2.2, 2.5.8)."""
PADDING = 9
_GAP = 8
_BESIDE_RING = 12
"""What the ring of the focus needs, with air."""
# At a text size of 100 %.
_NUMBER_WIDTH = 26
_COUNT_WIDTH = 30
_MARK_HEIGHT = 18
_BAR_WIDTH = 12
_MOST_LINES = 3
_EVEN_LINES = 2
_TALL = 10_000
_FIELD_COLOURS = ("field_1", "field_2", "field_3", "field_4")
_COLOURS = ("navigator", "on_act", "reference", "reference_ground", *_FIELD_COLOURS)


def pen(colour: QColor, width: float) -> QPen:
    """Return a pen `width` pixels wide. Made step by step, because QPen(colour) makes PySide6 look at `Qt`."""
    made = QPen()
    made.setColor(colour)
    made.setWidthF(width)
    return made


def rounded(rect: QRect, radius: float) -> QPainterPath:
    """Return the outline of `rect` with round corners."""
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(rect), radius, radius)
    return outline


class _Layout(NamedTuple):
    """A row, measured: its size, where its title begins and how wide it is, and what of it fits."""

    size: QSize
    left: int
    width: int
    title: str
    roomy: _Roomy | None = None
    """The title with its furigana, where it has some."""


class _Roomy(NamedTuple):
    """A title with furigana, set in lines with room above."""

    lines: QTextLayout
    pieces: tuple[Piece, ...]
    room: int
    """Above the first line (pixels)."""


class TreeDelegate(QStyledItemDelegate):
    """Paints the words of a row; the view paints what is behind them. Rows are measured once for each width."""

    def __init__(self, view: QTreeView, theme: Theme) -> None:
        """Paint for `view`."""
        super().__init__(view)
        self._selection = view.selectionModel
        self._width = 0
        self._even = False
        self._layouts: dict[int, _Layout] = {}
        self._fonts: dict[str, tuple[QFont, QFontMetrics]] = {}
        self._setters: dict[str, RubySetter] = {}
        self._mark_font = QFont()
        self._marks: dict[str, QPainterPath] = {}
        self._wrapped = QTextOption()
        self._wrapped.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take colours and sizes anew; `remeasure` is to follow."""
        self._theme = theme
        self._pens = {name: pen(QColor(theme.colours[name]), 1) for name in _COLOURS}
        self._brushes = {name: made.brush() for name, made in self._pens.items()}
        self._fonts.clear()
        self._setters.clear()
        self._mark_font.setPixelSize(theme.sizes["mark"])

    def remeasure(self, width: int, *, even: bool) -> None:
        """Measure rows anew for a view `width` pixels wide; `even` rows all have the same height."""
        self._width = width
        self._even = even
        self._layouts.clear()
        self._mark_font.setFamily(QFont().family())
        self._marks.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row at the view's present width."""
        del option
        return self._layout(index).size

    def _layout(self, index: Index) -> _Layout:
        found = self._layouts.get(index.internalId())
        if found is None:
            found = self._layouts[index.internalId()] = self._measured(index.data(Role.ROW))
        return found

    def _measured(self, row: Row) -> _Layout:
        font, metrics = self._font(row.lang)
        whole = self._width - (row.depth + 1) * INDENTATION
        left = self._left(row)
        width = max(whole - left - self._right(row), 40)
        line = metrics.lineSpacing()
        most = _EVEN_LINES if self._even else _MOST_LINES
        lines, title = self._lines(font, metrics, width, row.title), row.title
        if lines > most:
            lines, title = most, self._elided(font, metrics, width, title)
        if row.rubies or (self._even and row.rubies is not None):
            line = ruby_line(font.pixelSize())
        roomy = self._set(row, title, width, line) if row.rubies else None
        lines = roomy.lines.lineCount() if roomy else lines
        height = (most if self._even else lines) * line + 2 * PADDING
        return _Layout(QSize(whole, height), left, width, title, roomy)

    def _set(self, row: Row, title: str, width: int, height: int) -> _Roomy:
        """Set `title` (of `row`, and cut where it is too long) with furigana in lines of so many pixels."""
        from PySide6.QtGui import QTextLayout  # noqa: PLC0415 - only for those who want furigana

        from minato_viewer.viewmodel.ruby_setting import RubySetter  # noqa: PLC0415 - the same

        font, metrics = self._font(row.lang)
        setter = self._setters.get(row.lang)
        if setter is None:
            setter = self._setters[row.lang] = RubySetter(font)
        room = height - metrics.lineSpacing()
        lines = QTextLayout(title, font)
        lines.setTextOption(self._wrapped)
        lines.beginLayout()
        number, line = 0, lines.createLine()
        while line.isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, number * height + room))
            number, line = number + 1, lines.createLine()
        lines.endLayout()
        kept = len(title) if title == row.title else len(title) - 1
        rubies = [run for run in row.rubies or () if run.start + run.length <= kept]
        return _Roomy(lines, tuple(setter.pieces(lines, title, 0, rubies)), room)

    def first_line(self, index: Index) -> int:
        """Return how much lower than its padding the first line of a row is, for what is painted beside it."""
        roomy = self._layout(index).roomy
        return roomy.room if roomy else 0

    def _lines(self, font: QFont, metrics: QFontMetrics, width: int, title: str) -> int:
        """Return in how many lines a title is painted."""
        room = metrics.boundingRect(QRect(0, 0, width, _TALL), _WORD_WRAP, title)
        if room.width() <= width:
            return max(1, round(room.height() / metrics.lineSpacing()))
        # A word that is longer than a line is broken, which QFontMetrics can only do with all of them.
        from PySide6.QtGui import QTextLayout  # noqa: PLC0415 - hardly ever on the first page

        layout = QTextLayout(title, font)
        layout.setTextOption(self._wrapped)
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(width)
            line = layout.createLine()
        layout.endLayout()
        return layout.lineCount()

    def _elided(self, font: QFont, metrics: QFontMetrics, width: int, title: str) -> str:
        """Return the longest beginning of `title` that fits into as many lines as a row has, with its ellipsis."""
        most = _EVEN_LINES if self._even else _MOST_LINES
        fits, fails = 0, len(title)
        while fails - fits > 1:
            middle = (fits + fails) // 2
            if self._lines(font, metrics, width, title[:middle] + "…") <= most:
                fits = middle
            else:
                fails = middle
        return title[:fits].rstrip() + "…"

    def _right(self, row: Row) -> int:
        """Return what count and mark take at the end of the first line."""
        taken = _GAP + self._count_width(row) if row.below else _BESIDE_RING
        return taken + (QFontMetrics(self._mark_font).horizontalAdvance(row.mark) + 2 * _GAP if row.mark else 0)

    def _left(self, row: Row) -> int:
        """Return what field bar and number take before the title."""
        bar = self._theme.scaled(_BAR_WIDTH) if row.kind == "field" else 0
        return bar + (self._theme.scaled(_NUMBER_WIDTH) + _GAP if row.number else 2)

    def _count_width(self, row: Row) -> int:
        return self._theme.scaled(_COUNT_WIDTH) if row.below else 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the words of a row."""
        row: Row = index.data(Role.ROW)
        layout = self._layout(index)
        selected = self._selection().isSelected(index)  # pyright: ignore[reportArgumentType] - Qt paints plain indexes
        font, metrics = self._font(row.lang)
        area = option.rect.adjusted(0, PADDING, -_GAP - 4, -PADDING)
        roomy = layout.roomy
        line = QRect(area.left(), area.top() + (roomy.room if roomy else 0), area.width(), metrics.lineSpacing())
        painter.save()
        painter.setFont(font)
        if row.kind == "field":
            self._paint_field_bar(painter, option.rect, index.row())
        if selected:
            # The ink of all other rows is the pen that Qt hands over; setting one makes PySide6 look at `Qt`.
            painter.setPen(self._pens["on_act"])
        if row.below:
            painter.drawText(line, _RIGHT, str(row.below))
        if row.number:
            painter.drawText(line.adjusted(0, 0, layout.left - _GAP - line.width(), 0), _RIGHT, row.number)
        if roomy:
            self._paint_title(painter, QPointF(area.left() + layout.left, area.top()), roomy, self._setters[row.lang])
        else:
            title = QRectF(area.left() + layout.left, area.top(), layout.width, area.height())
            painter.drawText(title, layout.title, self._wrapped)
        if row.mark:
            self._paint_mark(painter, line.adjusted(0, 0, -self._count_width(row), 0), row.mark, selected)
        painter.restore()

    def _paint_title(self, painter: QPainter, place: QPointF, title: _Roomy, setter: RubySetter) -> None:
        title.lines.draw(painter, place)
        for piece in title.pieces:
            setter.draw(painter, piece, place.x(), place.y())

    def _paint_mark(self, painter: QPainter, line: QRect, mark: str, selected: bool) -> None:
        metrics = QFontMetrics(self._mark_font)
        width = metrics.horizontalAdvance(mark) + _GAP
        height = self._theme.scaled(_MARK_HEIGHT)
        box = QRect(line.right() - width, line.center().y() - height // 2, width, height)
        outline = rounded(box, 3)
        if not selected:
            painter.fillPath(outline, self._brushes["reference_ground"])
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        colour = "on_act" if selected else "reference"
        painter.strokePath(outline, self._pens[colour])
        # Words as an outline too, because setting a pen to write with makes PySide6 look at `Qt`.
        words = self._marks.get(mark)
        if words is None:
            words = self._marks[mark] = QPainterPath()
            words.addText(0.5, (metrics.ascent() - metrics.descent()) / 2 + 0.5, self._mark_font, mark)
        painter.fillPath(words.translated(box.left() + _GAP / 2, box.center().y()), self._brushes[colour])

    def _paint_field_bar(self, painter: QPainter, rect: QRect, number: int) -> None:
        """Give each field its colour; number and name say the same in words."""
        width = self._theme.scaled(_BAR_WIDTH) - 4
        bar = rounded(QRect(rect.left() + 2, rect.top() + PADDING, width, rect.height() - 2 * PADDING), 3)
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.fillPath(bar, self._brushes[_FIELD_COLOURS[number % len(_FIELD_COLOURS)]])
        painter.strokePath(bar, self._pens["navigator"])

    def _font(self, lang: str) -> tuple[QFont, QFontMetrics]:
        if lang not in self._fonts:
            font = fonts.font(lang)
            font.setPixelSize(self._theme.sizes["interface"])
            self._fonts[lang] = (font, QFontMetrics(font))
        return self._fonts[lang]


# Qt's AlignmentFlag and TextFlag as the numbers that painting takes; `properties` says why.
_RIGHT = 0x0002 | 0x0080
_WORD_WRAP = 0x1000
