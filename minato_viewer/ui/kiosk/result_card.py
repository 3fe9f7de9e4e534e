"""How a result looks on the kiosk: a large card with its title, what it is, the way to it and the words found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from minato_viewer.services import fonts
from minato_viewer.services.theme import ruby_line
from minato_viewer.ui.kiosk.card_button import Colours, paint_card
from minato_viewer.viewmodel.ruby_setting import RubySetter
from minato_viewer.viewmodel.search_results import Role, marked

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QListView, QStyleOptionViewItem

    from minato_viewer.domain.plan import RubyRun
    from minato_viewer.services.theme import Theme
    from minato_viewer.viewmodel.ruby_setting import Piece
    from minato_viewer.viewmodel.search_results import Line, Result

    Index = QModelIndex | QPersistentModelIndex

Rubies = dict[tuple[str, str], tuple["RubyRun", ...]]
"""Furigana of titles by code and language."""

GAP = 12
"""Pixels below each card, which no target takes."""
RADIUS = 24
_PADDING = 20
_BETWEEN = 6
_TITLE, _TEXT, _SMALL = 0.36, 0.29, 0.26
"""Of the height of a target."""
_MOST_LINES = {"title": 6, "place": 2, "reason": 2, "excerpt": 3}
_REST, _CHOSEN = Colours("paper", "border", "ink"), Colours("act_ground", "act", "ink")


class _Part(NamedTuple):
    """A text of a card, laid out."""

    layout: QTextLayout
    top: float
    colour: str
    furigana: tuple[Piece, ...] = ()


class _Card(NamedTuple):
    """A card, measured."""

    height: int
    parts: tuple[_Part, ...]
    mark: str
    mark_box: QRectF


class CardDelegate(QStyledItemDelegate):
    """Paints results as cards. A card is measured once for each width."""

    def __init__(self, view: QListView, side: int) -> None:
        """Paint for `view`, no card lower than `side`; `set_theme` is to follow."""
        super().__init__(view)
        self._side = side
        self._tag = ""
        self._width = 0
        self._cards: dict[int, _Card] = {}
        self._theme: Theme | None = None
        self.ringed = False
        """The focus came to the list by a keyboard, and so it is shown where it is."""
        self._option = QTextOption()
        self._option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._found = QTextCharFormat()
        self._rubies: Rubies = {}
        self._setter: RubySetter | None = None

    def set_theme(self, theme: Theme, tag: str) -> None:
        """Take colours, sizes and the interface's language anew."""
        self._theme, self._tag = theme, tag
        self._found = QTextCharFormat()
        self._found.setBackground(QBrush(QColor(theme.colours["hit_ground"])))
        self._found.setForeground(QBrush(QColor(theme.colours["hit_ink"])))
        # Not by colour alone.
        self._found.setFontUnderline(True)
        self._setter = None
        self._cards.clear()

    def remeasure(self, width: int) -> None:
        """Measure cards for a view `width` pixels wide; anew where it had another width."""
        if width != self._width:
            self._width = width
            self._cards.clear()

    def forget_rows(self, rubies: Rubies) -> None:
        """Measure cards anew, because they are others; `rubies` stand above their titles."""
        self._rubies = rubies
        self._cards.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a card with the gap below it."""
        del option
        return QSize(self._width, self._card(index).height + GAP)

    def _card(self, index: Index) -> _Card:
        found = self._cards.get(index.row())
        if found is None:
            found = self._cards[index.row()] = self._measured(index.data(Role.RESULT), index.data(Role.CODE))
        return found

    def _measured(self, result: Result, code: str) -> _Card:
        room = max(self._width - 2 * _PADDING, 40)
        small = self._font("", _SMALL)
        mark_box = QRectF()
        if result.mark:
            metrics = QFontMetricsF(small)
            wide = min(metrics.horizontalAdvance(result.mark) + 20, room)
            mark_box = QRectF(self._width - _PADDING - wide, _PADDING, wide, metrics.height() + 6)
        # Above the title, where it would not leave it two thirds of the width.
        beside = mark_box.width() <= room / 3
        top = float(_PADDING)
        if result.mark and not beside:
            mark_box.moveLeft(_PADDING)
            top += mark_box.height() + _BETWEEN
        rubies = self._rubies.get((code, result.title.lang), ())
        taken = mark_box.width() + 16 if result.mark and beside else 0
        parts = [self._title(result.title, rubies, room - taken, top)]
        title = parts[0].layout
        top += title.boundingRect().bottom() + _BETWEEN
        lines = [
            ("place", result.title._replace(text=result.place, marks=(), lang=""), small, "secondary"),
            ("reason", result.title._replace(text=result.reason, marks=(), lang=""), small, "link"),
            ("excerpt", result.excerpt, self._font(result.excerpt.lang, _TEXT), "ink"),
        ]
        for name, line, font, colour in lines:
            if line.text:
                layout = self._laid_out(line, name, font, room)
                parts.append(_Part(layout, top, colour))
                top += layout.boundingRect().height() + _BETWEEN
        height = max(round(top - _BETWEEN + _PADDING), self._side)
        return _Card(height, tuple(parts), result.mark, mark_box)

    def _title(self, line: Line, rubies: tuple[RubyRun, ...], width: float, top: float) -> _Part:
        """Return a title laid out, with its furigana in the room above each line."""
        font = self._font(line.lang, _TITLE, bold=True)
        if not rubies:
            return _Part(self._laid_out(line, "title", font, width), top, "ink")
        layout = self._laid_out(line, "title", font, width, ruby_line(font.pixelSize()))
        if self._setter is None:
            self._setter = RubySetter(font)
        whole = len(layout.text()) - (layout.text() != line.text)
        shown = [run for run in rubies if run.start + run.length <= whole]
        return _Part(layout, top, "ink", tuple(self._setter.pieces(layout, layout.text(), 0, shown)))

    def _laid_out(self, line: Line, name: str, font: QFont, width: float, height: int = 0) -> QTextLayout:
        """Return a text in as many lines as its kind may have; what has no room ends in dots.

        Lines are `height` pixels high, with the letters at their foot, where that is more than the letters need.
        """
        length = len(line.text)
        while length > 0:
            text = line.text if length == len(line.text) else line.text[:length].rstrip() + "…"
            layout = QTextLayout(text, font)
            layout.setTextOption(self._option)
            layout.setFormats(marked(line, self._found))
            layout.beginLayout()
            top = 0.0
            for _ in range(_MOST_LINES[name]):
                made = layout.createLine()
                if not made.isValid():
                    break
                made.setLineWidth(width)
                above = max(height - made.height(), 0.0)
                made.setPosition(QPointF(0, top + above))
                top += above + made.height()
            layout.endLayout()
            last = layout.lineAt(layout.lineCount() - 1)
            end = last.textStart() + last.textLength()
            if end >= len(text.encode("utf-16-le")) // 2:
                return layout
            length = min(length - 1, end)
        return QTextLayout("", font)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a card; the current one has the outline of the keyboard while the list has it."""
        theme = self._theme
        if theme is None:
            return
        card = self._card(index)
        # As wide as it was measured, whether the scroll bar is there or not.
        rect = QRectF(option.rect.left(), option.rect.top(), self._width, option.rect.height() - GAP)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focus = self.ringed and chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        paint_card(painter, rect, theme, _CHOSEN if chosen else _REST, RADIUS, focus=focus)
        for part in card.parts:
            painter.setPen(QColor(theme.colours[part.colour]))
            at = rect.topLeft() + QPointF(_PADDING, part.top)
            part.layout.draw(painter, at)
            if self._setter is not None:
                for piece in part.furigana:
                    self._setter.draw(painter, piece, at.x(), at.y())
        if card.mark:
            box = card.mark_box.translated(rect.topLeft())
            painter.setPen(QPen(QColor(theme.colours["reference"]), 1))
            painter.setBrush(QColor(theme.colours["reference_ground"]))
            painter.drawRoundedRect(box, 6, 6)
            painter.setFont(self._font("", _SMALL))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, card.mark)
        painter.restore()

    def _font(self, lang: str, size: float, *, bold: bool = False) -> QFont:
        """Return the letters of a language, or of the interface for none."""
        found = QFont(fonts.font(lang or self._tag or "ja"))
        scale = self._theme.text_size / 100 if self._theme else 1.0
        found.setPixelSize(max(round(self._side * size * scale), 8))
        found.setBold(bold)
        return found
