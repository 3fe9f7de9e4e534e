"""Entries on sheets of paper: laid out for any number of entries in the room of one, painted on any device.

An entry is composed and laid out when its turn comes and forgotten after it, so a long print needs no more memory than
a short one. What only the end tells (the number of sheets, where each entry begins) is found in a first pass.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPageLayout, QPainter, QPainterPath

from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_
from minato_viewer.language.catalogues import messages
from minato_viewer.pages import paper
from minato_viewer.pages.wording import notice as program_notice
from minato_viewer.services.pdf import About, page_layout
from minato_viewer.services.pdf_outline import Mark
from minato_viewer.services.theme import load
from minato_viewer.viewmodel.chart_shapes import coloured
from minato_viewer.viewmodel.sheet_breaks import Flow
from minato_viewer.viewmodel.sheet_column import Column, below_each_other, rows
from minato_viewer.viewmodel.sheet_frame import Foot, Strip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPagedPaintDevice

    from minato_viewer.language.catalogues import Messages
    from minato_viewer.pages.blocks import Page
    from minato_viewer.pages.compose import Composer
    from minato_viewer.planfile.reader import Plan
    from minato_viewer.services.settings import Settings
    from minato_viewer.viewmodel.sheet_breaks import Placed

_BODY_POINTS = 11
_MILLIMETRE = 72 / 25.4
_MARGINS = {"A4": (17.0, 15.0, 9.0), "A5": (11.0, 11.0, 7.0)}
"""Millimetres at both sides, above, and below."""
_LARGEST_FOOT = 140
"""Per cent of its size in normal print."""
_BETWEEN_COLUMNS = 32.0
_BETWEEN_ENTRIES = 64.0
_ABOVE_STRIP = 8.0
_LEAST_COLUMN = 14
"""Letters of Japanese in a line: narrower columns stand below each other instead."""


class Sheet(NamedTuple):
    """The measures of a sheet, in pixels of the theme."""

    layout: QPageLayout
    points: float
    """Of a pixel."""
    width: float
    """Of the words, all columns together."""
    column: float
    apart: bool
    """The languages stand below each other: side by side they would be too narrow."""
    left: float
    top: float
    whole: QRectF
    """The sheet itself."""
    foot: float
    """From the top of the words to the lower margin."""


def sheet(order: paper.Order, body: int) -> Sheet:
    """Return the measures for an order, `body` pixels for a letter: turned on its side where two columns need it."""
    points = _BODY_POINTS * order.text_size / 100 / body
    side, above, below = (millimetres * _MILLIMETRE / points for millimetres in _MARGINS[order.paper])
    for landscape in (False, True):
        layout = page_layout(order.paper, landscape=landscape)
        full = layout.fullRectPoints()
        whole = QRectF(0, 0, full.width() / points, full.height() / points)
        width = whole.width() - 2 * side
        column = (width - _BETWEEN_COLUMNS) / 2 if len(order.tags) > 1 else width
        measures = Sheet(layout, points, width, column, False, side, above, whole, whole.height() - above - below)
        if column >= _LEAST_COLUMN * body:
            return measures
    if len(order.tags) == 1:
        return measures
    upright = sheet(order._replace(tags=order.tags[:1]), body)
    return upright._replace(apart=True)


class Sheets:
    """An order on sheets. `measure` it to its end, then paint."""

    def __init__(
        self,
        plan: Plan,
        composer: Composer,
        settings: Settings,
        order: paper.Order,
        leaflet: paper.Leaflet | None = None,
    ) -> None:
        """Take what is ordered: entries, or else the leaflet. Nothing is composed yet."""
        self._plan = plan
        self._leaflet = leaflet
        self._composer = composer
        self._order = order
        self._theme = load("print")
        self._set_by_office = (settings.office, settings.notice, settings.city_page)
        self._said_in = [messages(tag) for tag in order.tags]
        self.sheet = sheet(order, self._theme.sizes["body"])
        # In large print the foot grows less than the words, which need the room.
        self._foot_scale = min(_LARGEST_FOOT / order.text_size, 1.0)
        self._foot = Foot(self._foot_lines(settings), self._theme, self.sheet.width / self._foot_scale)
        self._height = self.sheet.foot - self._foot.height * self._foot_scale
        self._strip = self._strip_of(settings)
        self._listed = [paper.entries(plan, order, said_in) for said_in in self._said_in]
        self._front = int(len(order.codes) > paper.MOST_WITHOUT_CONTENTS)
        parts = len(order.codes) + self._front + (leaflet is not None)
        # Below the list of contents, where there is one: there is room.
        self._strip_after = 0 if self._front else parts - 1
        self._starts: list[tuple[int, float]] = [(0, 0.0)] * parts
        """Sheet and height after the part before each, the front page among them."""
        self._begins = [0] * parts
        """On which sheet each part begins, from 0."""
        self._kept: dict[int, list[Column]] = {}
        self.count = 0
        """Of sheets; 0 until they are measured."""

    def _foot_lines(self, settings: Settings) -> list[tuple[str, str]]:
        editions = self._plan.editions
        named = dict.fromkeys(code.partition("/")[0] for code in self._order.codes)
        used = [editions[code] for code in named if code in editions]
        lines: list[tuple[str, str]] = []
        for said_in in self._said_in:
            notice = program_notice(settings.notice, said_in)
            lines.append((said_in.tag, paper.running_line(used, editions, notice, said_in)))
        return lines

    def _strip_of(self, settings: Settings) -> Strip:
        order, points = self._order, self.sheet.points
        one = order.branch or len(order.codes) == 1
        code = paper.handover_code(self._plan, order.codes[0], order.tags[-1]) if one else ""
        said = [(said_in, settings.office.said_in(said_in.tag)) for said_in in self._said_in]
        address = settings.city_page
        if self._leaflet is not None:
            said, address = [], ""  # nothing of it is read at home
        return Strip(said, code, address, self._theme, width=self.sheet.width, points=points)

    @property
    def title(self) -> str:
        """What the print is called, in its first language."""
        if self._leaflet is not None:
            return self._leaflet.page(self._said_in[0]).heading
        listed = self._listed[0]
        one = self._order.branch or len(listed) == 1
        return listed[0].title if one else self._said_in[0].gettext(paper.HANDOUT)

    def about(self) -> About:
        """Return what a PDF of it says of itself."""
        plan = self._said_in[0].gettext("Minato City Basic Plan")
        parts = (self._plan.properties.get("digest"), self._order, self._set_by_office)
        identity = repr((*parts, self._leaflet.page(self._said_in[0])) if self._leaflet is not None else parts)
        return About(f"{self.title} – {plan}", self._order.tags, identity)

    # -- the passes ------------------------------------------------------------------------------

    def measure(self) -> Iterator[None]:
        """Find out how many sheets there are, an entry a step."""
        flow = Flow(self._height)
        yield from self._run(None, flow, 0)
        self.count = flow.sheet + 1

    def paint(self, device: QPagedPaintDevice) -> list[Mark]:
        """Paint all sheets on a device of their layout and return their headings; Fault where it takes none."""
        painter = QPainter()
        if not painter.begin(device):
            raise Fault(N_("This cannot be printed here: choose another printer, or save it as PDF."))
        scale = device.logicalDpiX() / 72 * self.sheet.points
        painter.scale(scale, scale)
        canvas = _Canvas(self, painter, device)
        try:
            deque(self._run(canvas, Flow(self._height), 0), maxlen=0)
            canvas.draw_foot(self.count - 1)
        finally:
            painter.end()
        return canvas.marks

    def picture(self, number: int, width: int) -> QImage:
        """Return sheet `number` (from 0) as a picture so many pixels wide."""
        scale = width / self.sheet.whole.width()
        image = QImage(width, round(self.sheet.whole.height() * scale), QImage.Format.Format_RGB32)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        painter.scale(scale, scale)
        canvas = _Canvas(self, painter, None, number)
        # From the part on that comes from the sheet before, or from the very beginning.
        first = max((part for part, (at, _) in enumerate(self._starts) if at < number), default=0)
        flow = Flow(self._height, *self._starts[first])
        for _ in self._run(canvas, flow, first):
            if flow.sheet > number:
                break
        canvas.draw_foot(number)
        painter.end()
        return image

    def _run(self, canvas: _Canvas | None, flow: Flow, first: int) -> Iterator[None]:
        for part in range(first, len(self._starts)):
            columns = self._columns(part)
            found = rows(columns)
            found[0] = found[0]._replace(gap=_BETWEEN_ENTRIES)
            found = below_each_other(found) if self.sheet.apart else found
            self._starts[part] = (flow.sheet, flow.y)
            for number, placed in enumerate(flow.place(found)):
                if not number:
                    self._begins[part] = placed.sheet
                if canvas is not None:
                    canvas.draw(columns, placed, part - self._front)
            if part == self._strip_after:
                if flow.y + self._strip.height + _ABOVE_STRIP > self._height:
                    flow.turn()
                if canvas is not None:
                    canvas.draw_strip(flow.sheet)
            if self._front and not part:
                flow.turn()
            yield

    def _columns(self, part: int) -> list[Column]:
        if part in self._kept:
            return self._kept[part]
        pages = [self._page(part, side, said_in) for side, said_in in enumerate(self._said_in)]
        columns = [Column(page, self._theme, self.sheet.column) for page in pages]
        if len(self._starts) == 1:
            # One entry is laid out once for both passes.
            self._kept[part] = columns
        return columns

    def _page(self, part: int, side: int, said_in: Messages) -> Page:
        if self._front and not part:
            sheets = [sheet + 1 for sheet in self._begins[1:]]
            return paper.front_page(self._order, self._listed[side], sheets, said_in)
        if self._leaflet is not None:
            return self._leaflet.page(said_in)
        code, furigana = self._order.codes[part - self._front], said_in.tag in self._order.furigana
        page = self._composer.page(code, said_in, furigana=furigana)
        return paper.for_paper(page, said_in, self._order)

    # -- what the canvas asks for ----------------------------------------------------------------

    def x_of(self, side: int) -> float:
        """Return how far a column stands from the left edge of the words."""
        return 0.0 if self.sheet.apart else side * (self.sheet.column + _BETWEEN_COLUMNS)

    def depth_of(self, number: int) -> int:
        """Return how deep an entry stands in what is printed: 0 for the first of a branch, and in a list for all."""
        codes = self._order.codes
        if not self._order.branch or number <= 0:
            return 0
        node, root = self._plan.node(codes[number]), self._plan.node(codes[0])
        return len(self._plan.ancestors(node)) - len(self._plan.ancestors(root)) if node and root else 0

    def points_above_foot(self, y: float) -> float:
        """Return how high above the lower edge of the sheet something is (points)."""
        return (self.sheet.whole.height() - self.sheet.top - y) * self.sheet.points

    def paint_foot(self, painter: QPainter, number: int) -> None:
        """Paint the foot of sheet `number` (from 0); the upper left corner of the words is the origin."""
        painter.save()
        painter.translate(0, self._height)
        painter.scale(self._foot_scale, self._foot_scale)
        self._foot.draw(painter, number + 1, self.count)
        painter.restore()

    def paint_strip(self, painter: QPainter) -> None:
        """Paint the strip above the foot."""
        painter.save()
        painter.translate(0, self._height - self._strip.height)
        self._strip.draw(painter)
        painter.restore()

    def paint_rule(self, painter: QPainter, y: float) -> None:
        """Paint the line between two entries, above the one that begins at `y`."""
        rule = QPainterPath()
        rule.addRect(QRectF(0, y - _BETWEEN_ENTRIES / 2, self.sheet.width, 1))
        painter.fillPath(rule, coloured(self._theme.colours["line"], 1).brush())


class _Canvas:
    """Puts what was placed on sheets: on all of a device, or on the one (`only`) that is a picture."""

    def __init__(self, sheets: Sheets, painter: QPainter, device: QPagedPaintDevice | None, only: int = 0) -> None:
        self._sheets = sheets
        self._painter = painter
        self._device = device
        self._at = only
        self.marks: list[Mark] = []
        painter.translate(sheets.sheet.left, sheets.sheet.top)

    def draw(self, columns: list[Column], placed: Placed, entry: int) -> None:
        """Draw a part of a column; `entry` is -1 for the front page."""
        if not self._turned_to(placed.sheet):
            return
        sheets, painter = self._sheets, self._painter
        if placed.row == 0 and placed.side == 0 and placed.y:
            sheets.paint_rule(painter, placed.y)
        painter.save()
        painter.translate(QPointF(sheets.x_of(placed.side), placed.y))
        columns[placed.side].draw(painter, placed.top, placed.bottom)
        painter.restore()
        if placed.side == 0 and entry >= 0:
            self._note_headings(columns[0], placed, entry)

    def _note_headings(self, column: Column, placed: Placed, entry: int) -> None:
        depth = self._sheets.depth_of(entry)
        for title, top, level in column.headings:
            if placed.top <= top < placed.bottom:
                y = self._sheets.points_above_foot(placed.y + top - placed.top)
                self.marks.append(Mark(title, placed.sheet, y, depth + (level > 1)))

    def draw_strip(self, sheet: int) -> None:
        """Draw the strip."""
        if self._turned_to(sheet):
            self._sheets.paint_strip(self._painter)

    def draw_foot(self, sheet: int) -> None:
        """Draw the foot of a sheet."""
        self._sheets.paint_foot(self._painter, sheet)

    def _turned_to(self, sheet: int) -> bool:
        """Go on to a sheet where this is a device; return whether what is to be drawn on it may be."""
        while self._device is not None and self._at < sheet:
            self.draw_foot(self._at)
            self._device.newPage()
            self._at += 1
        return self._at == sheet
