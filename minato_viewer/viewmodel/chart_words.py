"""Words of a chart, broken into lines; part of `chart_picture`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QTextLayout, QTextOption

from minato_viewer.services import fonts
from minato_viewer.services.theme import ruby_line
from minato_viewer.viewmodel.chart_shapes import coloured

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from minato_viewer.domain.plan import RubyRun
    from minato_viewer.services.theme import Theme
    from minato_viewer.viewmodel.ruby_setting import Piece, RubySetter

LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0
"""How much of the room beside a shorter line stands before it."""


class Words(NamedTuple):
    """A text, set: its lines, how wide (pixels) the longest is, how high all are."""

    lines: QTextLayout
    width: float
    height: float
    ruby: Ruby | None = None

    @property
    def room(self) -> float:
        """How much lower than its upper edge the first line begins (pixels), for what stands beside it."""
        return self.lines.lineAt(0).y()

    def paint(self, painter: QPainter, place: QPointF) -> None:
        """Paint the words with their upper left corner at `place`."""
        self.lines.draw(painter, place)
        if self.ruby is not None:
            painter.setPen(self.ruby.colour)
            for piece in self.ruby.pieces:
                self.ruby.setter.draw(painter, piece, place.x(), place.y())


class Ruby(NamedTuple):
    """Furigana above words: who sets them, where they are, in which colour."""

    setter: RubySetter
    pieces: tuple[Piece, ...]
    colour: QColor


class Setter:
    """Sets words in a theme's sizes and colours."""

    def __init__(self, theme: Theme) -> None:
        """Set in `theme`."""
        self._theme = theme
        self._anywhere = _wrapped(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._whole = _wrapped(QTextOption.WrapMode.WordWrap)
        self._fonts: dict[tuple[str, str], QFont] = {}

    def words(
        self,
        text: str,
        lang: str,
        width: float,
        *,
        size: str = "small",
        colour: str = "ink",
        bold: str = "",
        align: float = LEFT,
        whole: bool = False,
        rubies: tuple[RubyRun, ...] = (),
    ) -> Words:
        """Break `text` into lines of at most `width` pixels; `bold` is its end, as far as that is in bold letters.

        `whole` words are not broken, even where a line becomes longer. Above words with `rubies` there is room.
        """
        lines = QTextLayout(text, self._font(lang, size))
        lines.setTextOption(self._whole if whole else self._anywhere)
        # The colour is the text's own: a pen for the painter makes PySide6 look at the whole namespace `Qt`.
        looks = [_end(text, text)]
        looks[0].format.setForeground(coloured(self._theme.colours[colour], 1).brush())
        if bold:
            looks.append(_end(text, bold))
            looks[1].format.setFontWeight(QFont.Weight.Bold)
        lines.setFormats(looks)
        height, widest = _break(lines, width, ruby_line(self._theme.sizes[size]) if rubies else 0)
        if align:
            for number in range(lines.lineCount()):
                line = lines.lineAt(number)
                line.setPosition(QPointF(align * (widest - line.naturalTextWidth()), line.y()))
        return Words(lines, widest, height, self._ruby(lines, text, rubies, colour) if rubies else None)

    def _ruby(self, lines: QTextLayout, text: str, rubies: tuple[RubyRun, ...], colour: str) -> Ruby:
        from minato_viewer.viewmodel.ruby_setting import RubySetter  # noqa: PLC0415 - only for those who want them

        setter = RubySetter(lines.font())
        return Ruby(setter, tuple(setter.pieces(lines, text, 0, rubies)), QColor(self._theme.colours[colour]))

    def _font(self, lang: str, size: str) -> QFont:
        found = self._fonts.get((lang, size))
        if found is None:
            found = self._fonts[lang, size] = fonts.font(lang)
            found.setPixelSize(self._theme.sizes[size])
        return found

    def name(self, text: str, lang: str, width: float) -> Words:
        """Set a short name centred in lines of whole words, as even as can be: not all but a letter on the first."""

        def set_within(most: float) -> Words:
            return self.words(text, lang, most, colour="secondary", align=CENTRE, whole=True)

        name = set_within(width)
        if name.lines.lineCount() == 1:
            return name
        tries = (set_within(width * tenths / 10) for tenths in range(4, 10))
        return next((found for found in tries if found.lines.lineCount() == name.lines.lineCount()), name)


def _wrapped(mode: QTextOption.WrapMode) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(mode)
    return option


def _break(lines: QTextLayout, width: float, least: int) -> tuple[float, float]:
    """Break into lines of at least that height; return how high they are, and how wide the longest is."""
    height = widest = 0.0
    lines.beginLayout()
    line = lines.createLine()
    while line.isValid():
        line.setLineWidth(width)
        room = max(least - line.height(), 0)
        line.setPosition(QPointF(0, height + room))
        height += room + line.height()
        widest = max(widest, line.naturalTextWidth())
        line = lines.createLine()
    lines.endLayout()
    return height, widest


def _end(text: str, end: str) -> QTextLayout.FormatRange:
    """Return the range of the letters `end` at the end of `text`, as Qt counts letters."""
    part = QTextLayout.FormatRange()
    part.length = len(end.encode("utf-16-le")) // 2
    part.start = len(text.encode("utf-16-le")) // 2 - part.length
    return part
