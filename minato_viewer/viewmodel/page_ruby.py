"""Furigana of a page: where they stand in its document, and how they are painted over it.

The document holds the plain text alone, with room above the lines that have furigana (`RUBY` in `pages/richtext`).
What is painted is told by the document and a painter, so that a screen and a sheet of paper show the same.
This module is imported by the first page with furigana and not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QTextBlock, QTextBlockFormat

from minato_viewer.pages.blocks import Page, all_links, all_words
from minato_viewer.pages.richtext import ENTRY_SCHEME
from minato_viewer.viewmodel.ruby_setting import Piece, RubySetter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter, QTextCharFormat, QTextDocument

    from minato_viewer.domain.plan import RubyRun

_ROOMY = QTextBlockFormat.LineHeightTypes.MinimumHeight.value
_AHEAD = 400
"""Pixels below what is shown in which blocks are looked for, because the cells of a row stand side by side."""


class Placed(NamedTuple):
    """A piece of a reading on the page."""

    piece: Piece
    origin: QPointF
    """Where the text layout of its block is, in pixels of the document."""
    position: int
    """Of that block in the document."""
    setter: RubySetter
    colour: QColor

    @property
    def area(self) -> QRectF:
        """Where it is in the document."""
        piece = self.piece
        return QRectF(self.origin.x() + piece.x, self.origin.y() + piece.top, piece.width, piece.bottom - piece.top)


class Selected(NamedTuple):
    """Letters of the document that are shown as selected, and how."""

    start: int
    end: int
    ink: QColor
    ground: QColor


class _Block(NamedTuple):
    """A block of the document with furigana, and where it is."""

    block: QTextBlock
    top: float
    bottom: float
    origin: QPointF


class PageRuby:
    """Paints the furigana of one page. Asked with its document, which it does not keep: each would keep the other."""

    def __init__(self, page: Page) -> None:
        """Take the furigana that `page` was composed with."""
        self._words = {words.field: words for words in all_words(page) if words.rubies}
        self._links = {(f"{ENTRY_SCHEME}:{link.code}", link.title): link for link in all_links(page) if link.rubies}
        self._setters: dict[tuple[str, int], RubySetter] = {}
        self._size = QSizeF()
        """Of the page for which the places hold."""
        self._blocks: list[_Block] = []
        self._next = QTextBlock()
        """The first block that has not been looked at."""
        self._reached = 0.0
        self._placed: dict[int, list[Placed]] = {}

    def paint(self, document: QTextDocument, painter: QPainter, clip: QRectF, selected: Selected | None = None) -> None:
        """Paint what stands within `clip` (pixels of the document) over the document, which is painted already."""
        painter.save()
        for placed in self.placed(document, clip):
            colour = placed.colour
            if selected and _meets(placed, selected):
                painter.fillRect(placed.area, selected.ground)
                colour = selected.ink
            painter.setPen(colour)
            placed.setter.draw(painter, placed.piece, placed.origin.x(), placed.origin.y())
        painter.restore()

    def placed(self, document: QTextDocument, clip: QRectF) -> Iterator[Placed]:
        """Yield the pieces that stand within `clip`, in the order of the text."""
        self._look_down_to(document, clip.bottom())
        for found in self._blocks:
            if found.top <= clip.bottom() and found.bottom >= clip.top():
                for placed in self._of_block(found):
                    if placed.area.intersects(clip):
                        yield placed

    def _look_down_to(self, document: QTextDocument, bottom: float) -> None:
        """Find the blocks with furigana as far down as `bottom`; anew where lines have another length now."""
        if document.pageSize() != self._size:
            self._size = document.pageSize()
            self._blocks, self._placed = [], {}
            self._next, self._reached = document.begin(), 0.0
        layout = document.documentLayout()
        while self._next.isValid() and self._reached <= bottom + _AHEAD:
            block = self._next
            if block.blockFormat().lineHeightType() == _ROOMY:
                area = layout.blockBoundingRect(block)
                self._reached = area.top()
                # Qt does not count the room above the first line of a cell.
                room = block.blockFormat().lineHeight()
                self._blocks.append(_Block(block, area.top(), area.bottom() + room, area.topLeft()))
            self._next = block.next()

    def _of_block(self, found: _Block) -> list[Placed]:
        number = found.block.blockNumber()
        placed = self._placed.get(number)
        if placed is None:
            placed = self._placed[number] = list(self._find(found))
        return placed

    def _find(self, found: _Block) -> Iterator[Placed]:
        layout, position = found.block.layout(), found.block.position()
        iterator = found.block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            looks = fragment.charFormat()
            text, rubies = self._text_of(looks, fragment.text())
            if rubies:
                setter = self._setter(looks)
                colour = looks.foreground().color()
                start = fragment.position() - position
                for piece in setter.pieces(layout, text, start, rubies):
                    yield Placed(piece, found.origin, position, setter, colour)
            iterator += 1

    def _text_of(self, looks: QTextCharFormat, text: str) -> tuple[str, tuple[RubyRun, ...]]:
        """Return the text with furigana that begins with letters of these `looks`; nothing where none does."""
        for field in looks.anchorNames():
            if field in self._words:
                return self._words[field].text, self._words[field].rubies
        link = self._links.get((looks.anchorHref(), text))
        return (link.title, link.rubies) if link else ("", ())

    def _setter(self, looks: QTextCharFormat) -> RubySetter:
        font = looks.font()
        key = (font.family(), font.pixelSize())
        if key not in self._setters:
            self._setters[key] = RubySetter(font)
        return self._setters[key]


def _meets(placed: Placed, selected: Selected) -> bool:
    start, end = placed.position + placed.piece.start, placed.position + placed.piece.end
    return start < selected.end and end > selected.start
