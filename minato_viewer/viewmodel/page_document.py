"""A page as a Qt document, with the place of every field in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QTextCursor, QTextDocument

from minato_viewer.language.tags import OWN_NAMES, TAGS
from minato_viewer.pages.blocks import Chart
from minato_viewer.pages.richtext import ENTRY_SCHEME, RUBY, TOP, css, rich_text
from minato_viewer.services import fonts

if TYPE_CHECKING:
    # Types that only annotations name: PySide6 makes a class when it is first imported, at up to 2 ms each.
    from collections.abc import Iterator

    from PySide6.QtCore import QObject, QRectF
    from PySide6.QtGui import QFont, QTextBlock

    from minato_viewer.pages.blocks import Page
    from minato_viewer.services.theme import Theme
    from minato_viewer.viewmodel.page_ruby import PageRuby

MARGIN = 40
LIST = "list."
"""Begins the name of what has no field: figures, contents, related entries."""


class Place(NamedTuple):
    """A place on a page that outlasts a change of language: a field, and how far into it, from 0 to 1."""

    field: str
    part: float


class PageDocument(QTextDocument):
    """The rich text of one page."""

    def __init__(self, page: Page, theme: Theme, parent: QObject | None = None) -> None:
        """Lay out `page` in the colours, sizes and fonts of `theme`."""
        super().__init__(parent)
        self.page = page
        self.ruby: PageRuby | None = None
        """What paints the furigana over this document; None where it has none."""
        html = rich_text(page)
        furigana = f" {RUBY}" in html
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(MARGIN)
        tags = frozenset(tag for tag in (*TAGS, OWN_NAMES) if css(tag) in html)
        self.setDefaultFont(_default_font(page, theme))
        self.setDefaultStyleSheet(theme.page_sheet(tags, furigana=furigana))
        self.setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, page.heading)
        self.setHtml(html)
        if furigana:
            from minato_viewer.viewmodel.page_ruby import PageRuby  # noqa: PLC0415 - only for those who want them

            self.ruby = PageRuby(page)
        charts = [block for block in page.blocks if isinstance(block, Chart)]
        if charts:
            # Few pages have one, and the first page need not wait for what draws them.
            from minato_viewer.viewmodel.chart_picture import ChartObjects  # noqa: PLC0415

            ChartObjects(charts, page.lang, theme, self)

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.begin()
        while block.isValid():
            yield block
            block = block.next()

    def place_at(self, y: float) -> Place | None:
        """Return the field that covers the height `y` (pixels of the document); None above the first."""
        found: tuple[str, float, float] | None = None
        for field, top, bottom in self._fields():
            if top > y:
                break
            found = (field, top, bottom)
        if found is None:
            return None
        field, top, bottom = found
        part = (y - top) / (bottom - top) if bottom > top else 0.0
        return Place(field, min(max(part, 0.0), 1.0))

    def height_of(self, place: Place) -> float:
        """Return the height (pixels) of a place, 0 where this page does not have its field."""
        for field, top, bottom in self._fields():
            if field == place.field:
                return top + place.part * (bottom - top)
        return 0.0

    def field_at(self, y: float) -> str:
        """Return the field whose words stand at the height `y` (pixels of the document); empty for none."""
        for block in self._blocks():
            area = self._area(block)
            if area.top() <= y < area.bottom():
                return next((name for name in anchors(block) if name != TOP), "")
        return ""

    def link_of_row(self, y: float) -> str:
        """Return the entry, or the action, to which the row or box at the height `y` leads; empty where it has none."""
        for block in self._blocks():
            area = self._area(block)
            table = QTextCursor(block).currentTable()
            if not table or not (targets := _targets(block)):
                continue
            cell = table.cellAt(block.position())
            looks = cell.format().toTableCellFormat()
            if area.top() - looks.topPadding() <= y < area.bottom() + looks.bottomPadding() and len(targets) == 1:
                return targets[0]
        return ""

    def words_of(self, field: str) -> str:
        """Return the words of a field as plain text; empty where this page has no such field."""
        return next((block.text() for block in self._blocks() if field in anchors(block)), "")

    def area_of(self, field: str) -> QRectF | None:
        """Return where the words of a field stand, with the box around them if they have one (pixels of the document).

        None where this page has no such field.
        """
        for block in self._blocks():
            if field in anchors(block):
                table = QTextCursor(block).currentTable()
                return self.documentLayout().frameBoundingRect(table) if table else self._area(block)
        return None

    def _area(self, block: QTextBlock) -> QRectF:
        return self.documentLayout().blockBoundingRect(block)

    def fields(self) -> list[str]:
        """Return the fields of this page at which one can point, from the top down."""
        found = [name for block in self._blocks() for name in anchors(block)[:1] if name != TOP]
        return list(dict.fromkeys(found))

    def named_blocks(self) -> dict[str, QTextBlock]:
        """Return every field, the heading of every list and the imprint by name, from the top down."""
        found: dict[str, QTextBlock] = {}
        lists = 0
        for block in self._blocks():
            name = block_name(block, lists)
            lists += name == f"{LIST}{lists + 1}"
            if name:
                found.setdefault(name, block)
        return found

    def _fields(self) -> list[tuple[str, float, float]]:
        """Return (field, top, bottom) of every field from the top down; one ends where the next begins."""
        tops: list[tuple[str, float]] = []
        for block in self._blocks():
            names = anchors(block)
            if names:
                tops.append((names[0], self.documentLayout().blockBoundingRect(block).top()))
        ends = [top for _, top in tops[1:]] + [self.size().height()]
        return [(field, top, end) for (field, top), end in zip(tops, ends, strict=True)]


def block_name(block: QTextBlock, lists: int) -> str:
    """Return the field of a block, LIST and a number for the heading of a list (`lists` stand above it), or `imprint`.

    Empty for any other block.
    """
    looks = block.blockFormat()
    if looks.hasProperty(looks.Property.BlockTrailingHorizontalRulerWidth):
        return "imprint"
    names = anchors(block)
    return names[0] if names else f"{LIST}{lists + 1}" if looks.headingLevel() == 2 else ""


def anchors(block: QTextBlock) -> list[str]:
    """Return the names of the places in a block."""
    names: list[str] = []
    iterator = block.begin()
    while not iterator.atEnd():
        names += iterator.fragment().charFormat().anchorNames()
        iterator += 1
    return names


def _targets(block: QTextBlock) -> list[str]:
    """Return the entries and actions to which the links of a block lead, each once."""
    found: list[str] = []
    iterator = block.begin()
    while not iterator.atEnd():
        target = iterator.fragment().charFormat().anchorHref()
        found += [target.removeprefix(f"{ENTRY_SCHEME}:")] if target else []
        iterator += 1
    return list(dict.fromkeys(found))


def _default_font(page: Page, theme: Theme) -> QFont:
    font = fonts.font(page.lang)
    font.setPixelSize(theme.sizes["body"])
    return font
