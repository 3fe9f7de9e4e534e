"""Draws the charts of a page: words, bars and marks in the theme's colours, sizes and fonts.

A chart is drawn for the width that it gets, as lines and letters and not as a stored image: it is sharp at every
scale of the screen and on paper, and follows the text size. Where words and drawing no longer stand side by
side, the words stand above. Nothing is told by colour: amounts, dates and "forecast" stand in words.

This module is imported by the first page with a chart and not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QPyTextObject, QTextDocument

from minato_viewer.pages.blocks import ChartKind
from minato_viewer.pages.richtext import CHART_SCHEME
from minato_viewer.viewmodel.chart_shapes import Form, Shape, Shapes
from minato_viewer.viewmodel.chart_words import RIGHT, Setter, Words

if TYPE_CHECKING:
    from PySide6.QtCore import QRect, QRectF
    from PySide6.QtGui import QPainter, QTextFormat

    from minato_viewer.pages.blocks import Chart, ChartRow
    from minato_viewer.services.theme import Theme

_IMAGE = 1
"""QTextFormat.ImageObject: the kind of object that an `<img>` becomes."""

_NARROWEST = 16
_GROUP = 10
_MOST_GROUPS = 5


class ChartObjects(QPyTextObject):
    """Stands in a document for the images `chart:N` of its page."""

    def __init__(self, charts: list[Chart], lang: str, theme: Theme, document: QTextDocument) -> None:
        """Draw `charts` of a page in `lang` in the looks of `theme`, for as long as there is the `document`."""
        super().__init__(document)
        self._charts = {f"{CHART_SCHEME}:{chart.number}": chart for chart in charts}
        self._lang = lang
        self._theme = theme
        self._pictures: dict[str, ChartPicture] = {}
        # Not at once: asking for the layout would lay out the whole page before it has a width.
        document.documentLayoutChanged.connect(self._on_layout)

    def _on_layout(self) -> None:
        # Asked for, not kept: document and drawing would keep each other alive.
        document = self.parent()
        if isinstance(document, QTextDocument):
            document.documentLayout().registerHandler(_IMAGE, self)

    def intrinsicSize(self, doc: QTextDocument, position: int, image: QTextFormat) -> QSizeF:
        """Return the room of a chart: as wide as the column of the text."""
        del position
        margins = doc.rootFrame().frameFormat()
        width = doc.textWidth() - margins.leftMargin() - margins.rightMargin()
        # No column is narrower; a document that has not been given a width says -1.
        picture = self._picture(image, max(width, _NARROWEST * self._theme.sizes["small"]))
        return QSizeF(picture.width, picture.height) if picture else QSizeF()

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, doc: QTextDocument, position: int, image: QTextFormat
    ) -> None:
        """Draw a chart where Qt has laid it."""
        del doc, position
        picture = self._picture(image, rect.width())
        if picture:
            picture.paint(painter, QPointF(rect.topLeft()))

    def _picture(self, image: QTextFormat, width: float) -> ChartPicture | None:
        name = image.toImageFormat().name()
        chart = self._charts.get(name)
        if chart is None:
            return None
        # Qt asks several times for each layout; charts are laid out once for each width.
        picture = self._pictures.get(name)
        if picture is None or picture.width != width:
            picture = self._pictures[name] = ChartPicture(chart, self._lang, self._theme, width)
        return picture


class _Row(NamedTuple):
    """The words of a row: what is counted, when, how many."""

    row: ChartRow
    words: tuple[Words, ...]
    amount: Words

    @property
    def width(self) -> float:
        """How wide label and date are."""
        return max(words.width for words in self.words)

    @property
    def height(self) -> float:
        """How high label and date are together, or the amount."""
        return max(self.words_height, self.words[0].room + self.amount.height)

    @property
    def words_height(self) -> float:
        """How high label and date are together."""
        return sum(words.height for words in self.words)


class ChartPicture:
    """A chart, laid out for a width (pixels)."""

    def __init__(self, chart: Chart, lang: str, theme: Theme, width: float) -> None:
        """Lay out `chart` of a page in `lang`."""
        self.width = width
        self.height = 0.0
        self._chart = chart
        self._lang = lang
        self._theme = theme
        self._set = Setter(theme)
        # All lengths follow the text size.
        self._em = theme.sizes["small"]
        self._bar = round(1.5 * self._em)
        self._gap = round(1.2 * self._em)
        self._pitch = round(0.8 * self._em)
        self._placed: list[tuple[QPointF, Words]] = []
        self._drawn: list[Shape] = []
        self._shapes: Shapes | None = None
        # Dates that are the same for all rows are said once, below.
        self._said_once = len(chart.rows) > 1 and len({(row.when, row.basis) for row in chart.rows}) == 1
        self._lay_out()

    def paint(self, painter: QPainter, origin: QPointF) -> None:
        """Draw the chart with its upper left corner at `origin`."""
        painter.save()
        # From a whole pixel of the device on, so that edges are sharp at every scale.
        device = painter.deviceTransform()
        corner = device.map(origin)
        painter.translate(device.inverted()[0].map(QPointF(round(corner.x()), round(corner.y()))))
        # Pixels of the device for one of the layout, however the paper is turned.
        scale = abs(device.determinant()) ** 0.5
        if self._shapes is None or self._shapes.scale != scale:
            self._shapes = Shapes(self._drawn, self._em, scale)
        self._shapes.paint(painter, self._theme)
        for place, words in self._placed:
            words.paint(painter, place)
        painter.restore()

    # -- words -----------------------------------------------------------------------------------

    def _row(self, row: ChartRow, column: float, amounts: float) -> _Row:
        label = self._set.words(row.label, row.lang, column, size="interface", rubies=row.rubies)
        words = (label,) if self._said_once else (label, self._detail(row, column))
        return _Row(row, words, self._amount(row, amounts))

    def _amount(self, row: ChartRow, width: float, colour: str = "ink") -> Words:
        said = row.amount
        return self._set.words(said, self._lang, width, size="interface", colour=colour, bold=said, align=RIGHT)

    def _detail(self, row: ChartRow, width: float) -> Words:
        bold = row.basis if row.forecast else ""
        return self._set.words(f"{row.when} · {row.basis}", self._lang, width, colour="secondary", bold=bold)

    def _put(self, x: float, y: float, *column: Words) -> None:
        """Place words below each other."""
        for words in column:
            self._placed.append((QPointF(round(x), round(y)), words))
            y += words.height

    # -- layout ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        if self._chart.kind is ChartKind.YEARS:
            self._lay_years()
        elif not self._lay_beside():
            self._lay_above()
        if self._said_once:
            once = self._detail(self._chart.rows[0], self.width)
            self._put(0, self.height + 0.5 * self._em, once)
            self.height += 0.5 * self._em + once.height
        self.height = float(round(self.height))

    def _lay_beside(self) -> bool:
        """Words to the left, amounts to the right, the drawing between them; False where that leaves it no room."""
        if self.width < 34 * self._em:
            return False
        rows = [self._row(row, 0.36 * self.width, 0.25 * self.width) for row in self._chart.rows]
        left = round(max(row.width for row in rows) + 1.5 * self._gap)
        room = self.width - left - round(max(row.amount.width for row in rows) + self._gap)
        if room < 22 * self._em:
            return False
        y = 0.0
        for row in rows:
            height = self._drawn_height(row.row, room)
            self._put(0, y, *row.words)
            self._put(self.width - row.amount.width, y + (row.height - row.amount.height) / 2, row.amount)
            self._draw(row.row, left, y + max((row.height - height) / 2, 0), room)
            y += max(row.height, height) + self._gap
        self.height = y - self._gap
        if self._chart.kind is ChartKind.BARS:
            self._drawn.append(Shape(Form.LINE, left - 1, 0, 0, self.height))
        return True

    def _lay_above(self) -> None:
        """Words and amount above the drawing, which takes the whole width."""
        y, beyond = 0.0, round(0.3 * self._em) if self._chart.kind is ChartKind.BARS else 0
        for chart_row in self._chart.rows:
            amount = self._amount(chart_row, 0.45 * self.width)
            row = self._row(chart_row, self.width - amount.width - self._gap, 0.45 * self.width)
            self._put(0, y, *row.words)
            self._put(self.width - amount.width, y + row.words[0].room, amount)
            y = round(y + row.height + 0.4 * self._em)
            height = self._drawn_height(chart_row, self.width - 1)
            self._draw(chart_row, 1, y, self.width - 1)
            if beyond:
                self._drawn.append(Shape(Form.LINE, 0, y - beyond, 0, height + 2 * beyond))
            y += height + self._gap
        self.height = y - self._gap + beyond

    def _lay_years(self) -> None:
        """Words above a line of years, those of the number as one bar with the amount on it; names of years below."""
        years = len(self._chart.axis)
        edges = [round(self.width * year / years) for year in range(years + 1)]
        y = 0.0
        for chart_row in self._chart.rows:
            begin, end = round(chart_row.start * years), round((chart_row.start + chart_row.length) * years)
            amount = self._amount(chart_row, 0.45 * self.width, "on_act")
            # Letters are not legible on a hatched bar, nor where they do not fit.
            inside = not chart_row.forecast and amount.width + self._gap <= edges[end] - edges[begin]
            row = self._row(chart_row, self.width if inside else 0.5 * self.width, 0.45 * self.width)
            self._put(0, y, *row.words)
            if not inside:
                self._put(self.width - row.amount.width, y + row.words[0].room, row.amount)
            y += (row.words_height if inside else row.height) + 0.3 * self._em
            height = max(self._bar, round(amount.height + 0.4 * self._em)) if inside else self._bar
            if inside:
                x = (edges[begin] + edges[end] - amount.width) / 2
                self._put(x, y + (height - amount.height) / 2, amount)
            filled = edges[end] - edges[begin] - 2
            self._drawn.append(Shape(Form.BAR, edges[begin] + 1, y, filled, height, chart_row.forecast))
            self._drawn += [
                Shape(Form.CELL, edges[year] + 1, y, edges[year + 1] - edges[year] - 2, height)
                for year in range(years)
                if not begin <= year < end
            ]
            y += height + self._gap
        self.height = y - 0.8 * self._gap
        self._lay_axis(edges)

    def _lay_axis(self, edges: list[int]) -> None:
        """Set the names of the years between their edges; the first and the last alone where there is no room."""
        axis = self._chart.axis
        room = self.width / len(axis) - 4
        names = [self._set.name(name, self._lang, room) for name in axis]
        if any(name.width > room for name in names):
            names = [self._set.name(name, self._lang, self.width / 2 - 4) for name in (axis[0], axis[-1])]
            self._put(0, self.height, names[0])
            self._put(self.width - names[1].width, self.height, names[1])
        else:
            for year, name in enumerate(names):
                self._put((edges[year] + edges[year + 1] - name.width) / 2, self.height, name)
        self.height += max(name.height for name in names)

    # -- bars and marks --------------------------------------------------------------------------

    def _drawn_height(self, row: ChartRow, width: float) -> float:
        if self._chart.kind is not ChartKind.MARKS:
            return self._bar
        lines = -(-row.marks // (self._groups(width) * _GROUP))
        return lines * self._pitch

    def _groups(self, width: float) -> int:
        """Return how many groups of ten marks stand in a line."""
        return min(max(int((width + self._pitch / 2) // ((_GROUP + 0.5) * self._pitch)), 1), _MOST_GROUPS)

    def _draw(self, row: ChartRow, x: float, y: float, width: float) -> None:
        y = round(y)
        if self._chart.kind is not ChartKind.MARKS:
            self._drawn.append(Shape(Form.BAR, x, y, row.length * width, self._bar, row.forecast))
            return
        groups = self._groups(width)
        side = self._pitch - max(2, self._pitch // 5)
        for number in range(row.marks):
            line, place = divmod(number, groups * _GROUP)
            left = x + place * self._pitch + place // _GROUP * (self._pitch / 2)
            self._drawn.append(Shape(Form.MARK, left, y + line * self._pitch, side, side, row.forecast))
