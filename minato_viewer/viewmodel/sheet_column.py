"""One page in one language as a column on paper: its document, and where that may be cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAbstractTextDocumentLayout, QTextCursor, QTextFormat, QTextTable

from minato_viewer.language.tags import OWN_NAMES
from minato_viewer.pages.blocks import all_words
from minato_viewer.pages.richtext import TOP
from minato_viewer.services.fonts import load_letters
from minato_viewer.viewmodel.page_document import LIST, PageDocument, block_name
from minato_viewer.viewmodel.sheet_breaks import Piece, Row

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QTextBlock, QTextFrame

    from minato_viewer.pages.blocks import Page
    from minato_viewer.services.theme import Theme

_BEGINNING = ("", TOP, "title")
"""Keys of path, kicker and title, which stay with what follows."""
_SHORT = 3
"""Lines of a paragraph that is not cut."""
_EDGE = 1.0
"""Pixels by which a part is narrower than what may be painted of it, so that no neighbouring line is."""


class Heading(NamedTuple):
    """A heading of the page, for the outline."""

    title: str
    top: float
    """Of its line in the document."""
    level: int
    """1 for the title."""


class Segment(NamedTuple):
    """A field, a table or a list with its heading: what stands beside the same of another language."""

    key: str
    pieces: list[Piece]


class Column:
    """A page, set in a column of a width (pixels)."""

    def __init__(self, page: Page, theme: Theme, width: float) -> None:
        """Lay out `page`."""
        self.document = PageDocument(page, theme)
        if load_letters(_unnamed(self.document, page), page.lang):
            self.document = PageDocument(page, theme)
        self.document.setDocumentMargin(0)
        _cut_links(self.document)
        self.document.setTextWidth(width)
        self._width = width
        self.headings: list[Heading] = []
        self._cut: dict[float, QTextBlock] = {}
        """The paragraphs that a sheet may end within, by where they would go on."""
        self.segments = self._segments()

    def draw(self, painter: QPainter, top: float, bottom: float) -> None:
        """Paint what stands between two heights of the document, with its upper left corner at the origin."""
        painter.save()
        painter.translate(0, -top)
        painter.setClipRect(QRectF(-1, top, self._width + 2, bottom - top))
        begin = self._draw_rest(painter, top, bottom)
        if begin < bottom:
            context = QAbstractTextDocumentLayout.PaintContext()
            clip = QRectF(0, begin + _EDGE, self._width, bottom - begin - 2 * _EDGE)
            context.clip = clip  # pyright: ignore[reportAttributeAccessIssue]  # an attribute of the C++ structure
            self.document.documentLayout().draw(painter, context)
        self._draw_over(painter, QRectF(0, top, self._width, bottom - top))
        painter.restore()

    def _draw_rest(self, painter: QPainter, top: float, bottom: float) -> float:
        """Draw what is left of a paragraph that began on the sheet before; return where it ends.

        Line by line, because Qt's layout draws the line before the first one, too: hidden on paper, but not to
        whoever selects or hears the words.
        """
        block = self._cut.get(top)
        if block is None:
            return top
        place = self.document.documentLayout().blockBoundingRect(block).topLeft()
        lines = block.layout()
        for number in range(lines.lineCount()):
            line = lines.lineAt(number)
            if top - _EDGE < place.y() + line.y() < bottom - _EDGE:
                line.draw(painter, place)
        return place.y() + lines.boundingRect().height()

    def _draw_over(self, painter: QPainter, clip: QRectF) -> None:
        """Paint what stands over the letters: the furigana."""
        if self.document.ruby is not None:
            self.document.ruby.paint(self.document, painter, clip)

    # -- where it may be cut ---------------------------------------------------------------------

    def _segments(self) -> list[Segment]:
        found: list[Segment] = []
        last: list[Piece] = []
        lists = 0
        for item in _items(self.document.rootFrame()):
            if isinstance(item, QTextTable):
                pieces, key = list(self._rows(item)), ""
            else:
                pieces, key = list(self._lines(item)), block_name(item, lists)
                lists += key == f"{LIST}{lists + 1}"
                if level := item.blockFormat().headingLevel():
                    self.headings.append(Heading(item.text(), pieces[0].top if pieces else 0.0, level))
            if not found or (key and key != found[-1].key):
                found.append(Segment(key, []))
            if pieces and last and last[-1].bottom > pieces[0].top:
                # Qt counts to a table more than it takes.
                last[-1] = last[-1]._replace(bottom=pieces[0].top)
            found[-1].pieces.extend(pieces)
            last = found[-1].pieces if pieces else last
        for segment in found:
            if segment.key in _BEGINNING:
                segment.pieces[:] = [piece._replace(sticks=True) for piece in segment.pieces]
        return [segment for segment in found if segment.pieces]

    def _lines(self, block: QTextBlock) -> Iterator[Piece]:
        """Yield a block's lines, its first two and its last two together; a heading sticks to what it heads."""
        area = self.document.documentLayout().blockBoundingRect(block)
        block_format = block.blockFormat()
        if block_format.hasProperty(QTextFormat.Property.BlockTrailingHorizontalRulerWidth):
            yield Piece(area.top(), area.bottom(), sticks=True)
            return
        if not block.text().strip():
            return
        lines = block.layout()
        edges = [lines.lineAt(number).y() for number in range(1, lines.lineCount())]
        edges = [area.top(), *(area.top() + edge for edge in edges), area.bottom()]
        sticks = bool(block_format.headingLevel())
        for piece in _together(edges, sticks=sticks):
            if piece.top > edges[0]:
                self._cut[piece.top] = block
            yield piece

    def _rows(self, table: QTextTable) -> Iterator[Piece]:
        """Yield a table's rows; a box is one of a single row."""
        area = self.document.documentLayout().frameBoundingRect(table)
        spans = [self._span(table, row) for row in range(table.rows())]
        edges = [(before[1] + after[0]) / 2 + 1 for before, after in pairwise(spans)]
        edges = [area.top(), *edges, area.bottom()]
        for top, bottom in pairwise(edges):
            yield Piece(top, bottom)

    def _span(self, table: QTextTable, row: int) -> tuple[float, float]:
        """Return where the words of a row begin and end."""
        layout = self.document.documentLayout()
        tops: list[float] = []
        bottoms: list[float] = []
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            tops.append(layout.blockBoundingRect(cell.firstCursorPosition().block()).top())
            bottoms.append(layout.blockBoundingRect(cell.lastCursorPosition().block()).bottom())
        return min(tops), max(bottoms)


def _unnamed(document: PageDocument, page: Page) -> str:
    """Return the text of a page without names of languages, whose letters their own font has."""
    text = document.toPlainText()
    for words in all_words(page):
        if words.lang == OWN_NAMES:
            text = text.replace(words.text, "")
    return text


def _together(edges: Sequence[float], *, sticks: bool) -> Iterator[Piece]:
    """Yield the pieces between edges: all in one where they are few, else none of a single line at either end."""
    if sticks or len(edges) - 1 <= _SHORT:
        yield Piece(edges[0], edges[-1], sticks)
        return
    edges = [edges[0], *edges[2:-2], edges[-1]]
    for top, bottom in pairwise(edges):
        yield Piece(top, bottom)


def _items(frame: QTextFrame) -> Iterator[QTextBlock | QTextTable]:
    """Yield the blocks and tables that stand in a frame, from the top down."""
    place = frame.begin()
    while not place.atEnd():
        inner = place.currentFrame()
        yield inner if isinstance(inner, QTextTable) else place.currentBlock()
        place += 1


def _cut_links(document: PageDocument) -> None:
    """Make plain words of links: on paper they lead nowhere."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        spans: list[tuple[int, int]] = []
        place = block.begin()
        while not place.atEnd():
            fragment = place.fragment()
            if fragment.charFormat().anchorHref():
                spans.append((fragment.position(), fragment.length()))
            place += 1
        for start, length in spans:
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            words = cursor.charFormat()
            words.setAnchor(False)
            words.clearProperty(QTextFormat.Property.AnchorHref)
            words.setFontUnderline(False)
            cursor.setCharFormat(words)
        block = block.next()
    cursor.endEditBlock()


def rows(columns: Sequence[Column]) -> list[Row]:
    """Return the rows of one page in one or two languages: segments of the same key side by side."""
    sides = [{segment.key: segment for segment in column.segments} for column in columns]
    gaps = [_gaps(column) for column in columns]
    found: list[Row] = []
    for key in _keys(sides):
        pieces = tuple(tuple(side[key].pieces) if key in side else () for side in sides)
        gap = max(gap.get(key, 0.0) for gap in gaps)
        found += _line_by_line(pieces, gap) if key.startswith(LIST) else [Row(pieces, gap)]
    return found


def _line_by_line(sides: tuple[tuple[Piece, ...], ...], gap: float) -> list[Row]:
    """Return a list or table as a row for each of its lines, where all languages have as many."""
    if len(sides) < 2 or len({len(side) for side in sides}) > 1:
        return [Row(sides, gap)]
    found: list[Row] = []
    before: tuple[Piece, ...] = ()
    for line in zip(*sides, strict=True):
        if before:
            gap = max(piece.top - above.bottom for piece, above in zip(line, before, strict=True))
        found.append(Row(tuple((piece,) for piece in line), gap))
        before = line
    return found


def below_each_other(found: Sequence[Row]) -> list[Row]:
    """Return rows with their sides one below the other, for columns that would be too narrow."""
    apart: list[Row] = []
    for row in found:
        for number, pieces in enumerate(row.sides):
            if pieces:
                alone = tuple(pieces if other == number else () for other in range(len(row.sides)))
                apart.append(Row(alone, row.gap if not number else row.gap / 2))
    return apart


def _gaps(column: Column) -> dict[str, float]:
    """Return the room above each segment by key."""
    found: dict[str, float] = {}
    before: Segment | None = None
    for segment in column.segments:
        if before is not None:
            found[segment.key] = max(segment.pieces[0].top - before.pieces[-1].bottom, 0.0)
        before = segment
    return found


def _keys(sides: Sequence[dict[str, Segment]]) -> list[str]:
    """Return all keys in the order of the first side, those of another side after what stands before them there."""
    order = list(sides[0])
    for side in sides[1:]:
        place = 0
        for key in side:
            if key in order:
                place = order.index(key) + 1
            else:
                order.insert(place, key)
                place += 1
    return order
