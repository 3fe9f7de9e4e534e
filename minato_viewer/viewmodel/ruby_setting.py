"""Sets furigana above the lines of a laid-out text, as the requirements for Japanese text layout (JLREQ) have it.

The text itself stays as it is. Readings are half as large as their base and centred above it: a short one is
spread over the base (one part before, two between, one after), a long one hangs over kana on either side by half
a letter of its own, and is made narrower where that does not do. Where a base is broken over two lines, so is its
reading, in proportion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF

from minato_viewer.services.theme import ruby_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QPainter, QTextLayout, QTextLine

    from minato_viewer.domain.plan import RubyRun

_OVERHANG = 0.5
"""Of a letter of the reading: how far it may hang over a kana beside its base."""
_FIRST_KANA, _LAST_KANA = "\u3041", "\u30ff"
_NEVER_FIRST = frozenset("ぁぃぅぇぉっゃゅょゎんァィゥェォッャュョヮンー")
"""Kana that belong to the one before them."""
_LONG = {
    "う": frozenset("うくぐすずつづぬふぶぷむゆるおこごそぞとどのほぼぽもよろをゅょ"),
    "い": frozenset("えけげせぜてでねへべぺめれ"),
}
"""Kana that make those before them long, and belong to them as well."""


class Piece(NamedTuple):
    """A reading, or the part of it that stands on one line. Lengths are pixels of the text layout."""

    text: str
    x: float
    """Where its first letter begins."""
    baseline: float
    width: float
    top: float
    bottom: float
    spacing: float
    """Between two letters."""
    scale: float
    """How much of its width a letter has left; 1 for all of it."""
    start: int
    end: int
    """The part of the base below it, as Qt counts letters in the text layout."""


class RubySetter:
    """Sets readings above letters of one font."""

    def __init__(self, base: QFont) -> None:
        """Set above letters of `base`, in the same family at half the size."""
        self.size = ruby_size(base.pixelSize())
        self.font = QFont(base)
        self.font.setPixelSize(self.size)
        self.font.setWeight(QFont.Weight.Normal)
        self.font.setUnderline(False)
        metrics = QFontMetricsF(self.font)
        self._advance = metrics.horizontalAdvance
        self._spread: dict[float, QFont] = {}

    def pieces(self, layout: QTextLayout, text: str, start: int, rubies: Sequence[RubyRun]) -> Iterator[Piece]:
        """Yield the readings of `text`, which begins at `start` (as Qt counts letters) in `layout`, line by line."""
        places = _Places(text, start)
        for number, run in enumerate(rubies):
            end = run.start + run.length
            before, after = text[run.start - 1 : run.start], text[end : end + 1]
            # Where two readings meet, none hangs over the other's base.
            if number and rubies[number - 1].start + rubies[number - 1].length == run.start:
                before = ""
            if number + 1 < len(rubies) and rubies[number + 1].start == end:
                after = ""
            yield from self._of_run(layout, run, (places.unit(run.start), places.unit(end)), (before, after))

    def _of_run(
        self, layout: QTextLayout, run: RubyRun, base: tuple[int, int], beside: tuple[str, str]
    ) -> Iterator[Piece]:
        start, last = base
        left = run.text
        while start < last:
            line = layout.lineForTextPosition(start)
            if not line.isValid():
                return
            begins, ends = line.textStart(), line.textStart() + line.textLength()
            end = min(last, ends)
            if end <= start:
                return
            part = left if end == last else left[: _cut(left, (end - start) / (last - start))]
            left = left[len(part) :]
            if part:
                before = beside[0] if start == base[0] and start > begins else ""
                after = beside[1] if end == last and end < ends else ""
                yield self._piece(part, line, (start, end), (before, after))
            start = end

    def _piece(self, text: str, line: QTextLine, base: tuple[int, int], beside: tuple[str, str]) -> Piece:
        x, end = _x(line, base[0]), _x(line, base[1])
        room, width, spacing, scale = end - x, self._advance(text), 0.0, 1.0
        if width <= room:
            spacing = (room - width) / len(text)
            x += spacing / 2
            width = room - spacing
        else:
            most = [_OVERHANG * self.size if _is_kana(letter) else 0.0 for letter in beside]
            over = min(width - room, sum(most))
            before = min(max(over / 2, over - most[1]), most[0])
            scale = (room + over) / width
            x, width = x - before, room + over
        bottom = line.y()
        return Piece(text, x, bottom, width, bottom - self.size, bottom, spacing, scale, *base)

    def draw(self, painter: QPainter, piece: Piece, x: float, y: float) -> None:
        """Draw a piece of a text layout that stands at (`x`, `y`), with the pen that the painter has."""
        if piece.scale < 1:
            painter.save()
            painter.setFont(self.font)
            painter.translate(x + piece.x, y + piece.baseline)
            painter.scale(piece.scale, 1)
            painter.drawText(QPointF(0, 0), piece.text)
            painter.restore()
        else:
            painter.setFont(self._spread_by(piece.spacing) if piece.spacing else self.font)
            painter.drawText(QPointF(x + piece.x, y + piece.baseline), piece.text)

    def _spread_by(self, spacing: float) -> QFont:
        spacing = round(spacing, 1)
        found = self._spread.get(spacing)
        if found is None:
            found = self._spread[spacing] = QFont(self.font)
            found.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
        return found


class _Places:
    """Where the code points of a text are, as Qt counts letters: those beyond the first 65,536 count for two."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._start = start
        self._plain = not text or max(text) <= "\uffff"

    def unit(self, place: int) -> int:
        beyond = 0 if self._plain else sum(letter > "\uffff" for letter in self._text[:place])
        return self._start + place + beyond


def _x(line: QTextLine, position: int) -> float:
    # PySide6 returns with it the position, which Qt may have moved.
    x, _ = cast("tuple[float, int]", line.cursorToX(position))
    return x


def _is_kana(letter: str) -> bool:
    return _FIRST_KANA <= letter <= _LAST_KANA


def _cut(reading: str, part: float) -> int:
    """Return after which letter a reading is best cut, so that about `part` of it stands before the cut."""
    inner = range(1, len(reading))
    cuts = [cut for cut in inner if reading[cut] not in _NEVER_FIRST]
    best = [cut for cut in cuts if reading[cut - 1] not in _LONG.get(reading[cut], ())]
    return min(best or cuts or [len(reading)], key=lambda cut: abs(cut - len(reading) * part))
