"""Two pages of one entry, in two languages, side by side: each paragraph begins at the height of its counterpart.

Room is added above the one that would begin higher, field by field, and below the shorter page, so that both can be
scrolled together by pixels. What only one of the pages has, such as a notice, moves the other's next field down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock, QTextTable

    from minato_viewer.viewmodel.page_document import PageDocument

CLOSE_ENOUGH = 1.0
"""Pixels between two paragraphs that count as level."""
_ROUNDS = 3
"""Room above a block swallows that below the one before, so a round can leave something to be added."""


class AlignedPages:
    """Two documents that are kept level; `align` is to be called after either was laid out for another width."""

    def __init__(self, one: PageDocument, other: PageDocument) -> None:
        """Take two documents whose room nobody has changed yet."""
        self._sides = (_Side(one), _Side(other))

    def release(self, documents: tuple[PageDocument, ...]) -> None:
        """Take the room away from those of `documents` that are ours, so that they can be aligned with others."""
        for side in self._sides:
            if side.document in documents:
                side.set_room({})
                side.end(0.0)

    def align(self) -> None:
        """Add room so that what both have begins at the same height, and both end at the same."""
        one, other = self._sides
        for _ in range(_ROUNDS):
            common = _common(one, other)
            if all(abs(one.tops[name] - other.tops[name]) < CLOSE_ENOUGH for name in common):
                break
            level(one, other, common)
        heights = [side.document.size().height() - side.below for side in self._sides]
        for side, height in zip(self._sides, heights, strict=True):
            side.end(max(heights) - height)


def level(one: _Side, other: _Side, common: list[str]) -> None:
    """Set the room above every field of `common` anew, from where the fields would stand without any."""
    wanted: tuple[dict[str, float], dict[str, float]] = ({}, {})
    added = [0.0, 0.0]
    for name in common:
        tops = [side.bare_top(name) + more for side, more in zip((one, other), added, strict=True)]
        for number, top in enumerate(tops):
            more = max(tops) - top
            if more >= CLOSE_ENOUGH:
                wanted[number][name] = more
                added[number] += more
    for side, room in zip((one, other), wanted, strict=True):
        side.set_room(room)


class _Side:
    """A document, what stands where in it, and the room that was added."""

    def __init__(self, document: PageDocument) -> None:
        self.document = document
        self.blocks = {name: block for name, block in document.named_blocks().items() if _can_move(block)}
        self.tops: dict[str, float] = {}
        self.below = 0.0
        """The room that was added at the end (pixels)."""
        self._room: dict[str, float] = {}
        self._asked: dict[str, float] = {}
        self._bottom = document.rootFrame().frameFormat().bottomMargin()
        self._margins = {name: self._margin(name) for name in self.blocks}

    def measure(self) -> None:
        layout = self.document.documentLayout()
        self.tops = {name: layout.blockBoundingRect(block).top() for name, block in self.blocks.items()}

    def bare_top(self, name: str) -> float:
        """Return where a field would begin without the room above it and above those before it."""
        above = 0.0
        for other in self.blocks:
            above += self._room.get(other, 0.0)
            if other == name:
                break
        return self.tops[name] - above

    def set_room(self, room: dict[str, float]) -> None:
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        for name in {*self._room, *room}:
            if self._room.get(name) != room.get(name):
                self._move(name, room.get(name, 0.0))
        cursor.endEditBlock()
        self._room = room

    def end(self, room: float) -> None:
        """Set the room below everything."""
        if abs(room - self.below) >= CLOSE_ENOUGH or (self.below and not room):
            frame = self.document.rootFrame()
            looks = frame.frameFormat()
            looks.setBottomMargin(self._bottom + room)
            frame.setFrameFormat(looks)
            self.below = room

    def _margin(self, name: str) -> float:
        block = self.blocks[name]
        table = _table(block)
        return table.format().topMargin() if table is not None else block.blockFormat().topMargin()

    def _move(self, name: str, room: float) -> None:
        table = _table(self.blocks[name])
        if table is not None:
            looks = table.format()
            looks.setTopMargin(self._margins[name] + room)
            table.setFormat(looks)
        else:
            paragraph = self.blocks[name].blockFormat()
            paragraph.setTopMargin(self._margins[name] + room)
            QTextCursor(self.blocks[name]).setBlockFormat(paragraph)


def _table(block: QTextBlock) -> QTextTable | None:
    return QTextCursor(block).currentTable()  # None outside of one, which the stubs do not know


def _can_move(block: QTextBlock) -> bool:
    """Whether room above a block moves nothing but what is below it: not in a row of a table with other cells."""
    table = _table(block)
    return table is None or table.cellAt(block.position()).row() == 0


def _common(one: _Side, other: _Side) -> list[str]:
    """Measure both, and return the names of what both have, in the order of both."""
    for side in (one, other):
        side.measure()
    found: list[str] = []
    reached = -1.0
    for name in one.blocks:
        if name in other.blocks and other.tops[name] > reached:
            found.append(name)
            reached = other.tops[name]
    return found
