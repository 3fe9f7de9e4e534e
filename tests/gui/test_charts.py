"""Charts as they are painted: lengths, hatching, words, colours, sizes, and their place in a page."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTextFormat
from PySide6.QtWidgets import QApplication

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.blocks import Chart, ChartKind, ChartRow, Figures, Page
from minato_viewer.pages.compose import Composer
from minato_viewer.paths import RESOURCES
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import fonts
from minato_viewer.services import theme as themes
from minato_viewer.services.theme import Theme
from minato_viewer.viewmodel.chart_picture import ChartPicture
from minato_viewer.viewmodel.page_document import MARGIN, PageDocument
from tests.gui.conftest import OpenDesk
from tests.gui.desk import TODAY

OUTLOOK, FORUM, PROJECTS = "2024/section/outlook", "2024/participation/forum", "2021/section/projects"
CHARTED = (OUTLOOK, FORUM, PROJECTS)
COLUMN = 760
RATIOS = (1.0, 1.25, 1.5, 2.0)
ROOM = 40
"""Pixels round a picture, to see whether anything is painted outside it."""


@pytest.fixture(autouse=True)
def program(qapp: QApplication) -> QApplication:
    """Fonts need the application."""
    return qapp


def inverted(theme: Theme) -> Theme:
    """Return a theme of opposite colours: light letters on dark."""
    colours = {name: f"#{0xFFFFFF - int(value[1:], 16):06x}" for name, value in theme.colours.items()}
    return theme._replace(colours=colours)


def resized(theme: Theme, percent: int) -> Theme:
    return theme._replace(sizes={name: round(pixels * percent / 100) for name, pixels in theme.sizes.items()})


LIGHT = themes.load()
LOOKS = [
    pytest.param(look, id=f"{name}-{percent}")
    for name, theme in (("light", LIGHT), ("inverted", inverted(LIGHT)))
    for percent in (100, 200)
    for look in [resized(theme, percent)]
]


def page(plan: Plan, code: str, tag: str = "ja") -> Page:
    return Composer(plan, TODAY).page(code, messages(tag))


def charts(plan: Plan, code: str, tag: str = "ja") -> list[Chart]:
    return [block for block in page(plan, code, tag).blocks if isinstance(block, Chart)]


def bars(*numbers: float, forecast: tuple[int, ...] = ()) -> Chart:
    """Return a chart of bars of such lengths."""
    rows = [
        ChartRow(f"Label {place}", "en", f"{length:g}", f"day {place}", "Basis", place in forecast, 0, length, 0)
        for place, length in enumerate(numbers)
    ]
    return Chart(0, "", ChartKind.BARS, tuple(rows), (), (), "")


def chroma(pixel: int) -> int:
    parts = [pixel >> shift & 0xFF for shift in (0, 8, 16)]
    return max(parts) - min(parts)


class Painted:
    """A painted chart, in pixels of the device, with nothing round it."""

    def __init__(self, chart: Chart, theme: Theme = LIGHT, width: int = COLUMN, ratio: float = 1.0, tag: str = "en"):
        self.picture = ChartPicture(chart, tag, theme, width)
        self.theme = theme
        self.room = round(ROOM * ratio)
        size = [round((length + 2 * ROOM) * ratio) for length in (width, self.picture.height)]
        self.image = QImage(*size, QImage.Format.Format_RGB32)
        self.image.setDevicePixelRatio(ratio)
        self.image.fill(QColor(theme.colours["paper"]))
        painter = QPainter(self.image)
        self.picture.paint(painter, QPointF(ROOM, ROOM))
        painter.end()
        self._lines: dict[str, list[list[bool]]] = {}

    def lines(self, colour: str) -> list[list[bool]]:
        """Return for each line of pixels which of them have exactly a colour of the theme.

        Of "act" also what smoothing has mixed with the ground, to half: it is the one colour that is no grey.
        """
        if colour not in self._lines:
            wanted = QColor(self.theme.colours[colour]).rgb() & 0xFFFFFF
            data = memoryview(self.image.constBits()).cast("I")
            if colour == "act":
                of = {pixel: chroma(pixel) >= chroma(wanted) / 2 for pixel in set(data)}
            else:
                of = {pixel: pixel & 0xFFFFFF == wanted for pixel in set(data)}
            step = self.image.bytesPerLine() // 4
            self._lines[colour] = [
                [of[pixel] for pixel in data[y * step : y * step + self.image.width()]]
                for y in range(self.image.height())
            ]
        return self._lines[colour]

    def bands(self) -> list[tuple[int, int]]:
        """Return the runs of lines on which anything is drawn in the colour of bars, from the top down."""
        full = [any(line) for line in self.lines("act")]
        edges = [y for y in range(1, len(full)) if full[y] != full[y - 1]]
        return list(zip(edges[::2], edges[1::2], strict=True))

    def middle(self, band: tuple[int, int]) -> list[bool]:
        return self.lines("act")[(band[0] + band[1]) // 2]

    def length(self, band: tuple[int, int]) -> int:
        """Return from where to where a bar reaches."""
        columns = [x for line in self.lines("act")[band[0] : band[1]] for x, drawn in enumerate(line) if drawn]
        return max(columns) - min(columns) + 1

    def words(self) -> list[str]:
        return [words.lines.text() for _, words in self.picture._placed]


def changes(line: list[bool]) -> int:
    return sum(one != other for one, other in pairwise(line))


# -- lengths ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize(("percent", "width"), [(100, COLUMN), (200, COLUMN), (100, 360)])
def test_lengths_are_in_proportion_from_one_line_on(ratio: float, percent: int, width: int) -> None:
    painted = Painted(bars(0.5, 1, 0.25, 0.8), resized(LIGHT, percent), width, ratio)
    bands = painted.bands()
    lengths = [painted.length(band) for band in bands]
    assert len(lengths) == 4
    assert lengths[1] == max(lengths) > 200 * ratio
    assert lengths == pytest.approx([lengths[1] * part for part in (0.5, 1, 0.25, 0.8)], abs=2)
    assert len({painted.middle(band).index(True) for band in bands}) == 1


def test_the_longest_bar_is_that_of_the_largest_number(plan: Plan) -> None:
    population = charts(plan, OUTLOOK)[0]
    assert [row.amount for row in population.rows] == ["266,306人", "282,317人"]
    painted = Painted(population, tag="ja")
    now, then = (painted.length(band) for band in painted.bands())
    assert now / then == pytest.approx(266306 / 282317, abs=0.005)


def test_nought_has_no_bar() -> None:
    assert len(Painted(bars(1, 0, 0.5)).bands()) == 2


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("ratio", RATIOS)
def test_a_forecast_is_hatched_and_nothing_else_is(plan: Plan, look: Theme, ratio: float) -> None:
    painted = Painted(charts(plan, OUTLOOK)[0], look, ratio=ratio)
    counted, forecast = painted.bands()
    line = painted.middle(counted)
    assert changes(line) == 2
    assert sum(line) == pytest.approx(painted.length(counted), abs=1)
    hatched = painted.lines("act")[forecast[0] : forecast[1]]
    # The lines of the hatching, each with ground between it and the next; the outline above and below has gaps, too.
    assert changes(painted.middle(forecast)) > 40
    assert changes(hatched[0]) + changes(hatched[1]) > 20
    ground = painted.lines("paper")[(forecast[0] + forecast[1]) // 2]
    left = painted.room + round(painted.length(forecast) / 2)
    assert any(ground[left : left + 60])


def test_a_bar_begins_on_a_thin_line() -> None:
    painted = Painted(bars(0.4, 1))
    top, bottom = painted.bands()[0][0], painted.bands()[-1][1]
    start = painted.middle(painted.bands()[0]).index(True)
    lines = painted.lines("border")
    assert {tuple(line[start - 2 : start + 1]) for line in lines[top:bottom]} == {(False, True, False)}


# -- marks and years -------------------------------------------------------------------------------


def squares(painted: Painted) -> list[tuple[int, int, int, int]]:
    """Return (left, top, width, height) of every separate rectangle in the colour of bars."""
    lines = painted.lines("act")
    taken: set[tuple[int, int]] = set()
    found: list[tuple[int, int, int, int]] = []
    for y, line in enumerate(lines):
        for x, drawn in enumerate(line):
            if drawn and (x, y) not in taken:
                width = line.index(False, x) - x
                height = next(h for h in range(len(lines) - y) if not lines[y + h][x])
                taken |= {(x + right, y + down) for right in range(width) for down in range(height)}
                found.append((x, y, width, height))
    return found


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("percent", [100, 200])
def test_there_is_a_square_for_each(plan: Plan, ratio: float, percent: int) -> None:
    (forum,) = charts(plan, FORUM)
    found = squares(Painted(forum, resized(LIGHT, percent), ratio=ratio))
    assert len(found) == 79 + 71 + 9 + 269
    # All of one size, but for the rounding to whole pixels.
    sides = {side for square in found for side in square[2:]}
    assert max(sides) - min(sides) <= 1
    assert min(sides) >= 8 * percent / 100 * ratio


def test_squares_stand_in_groups_of_ten(plan: Plan) -> None:
    painted = Painted(charts(plan, FORUM)[0])
    lefts = [left for left, top, _, _ in squares(painted) if top == painted.bands()[0][0]]
    steps = [after - before for before, after in pairwise(lefts)]
    assert len(lefts) % 10 == 0
    assert steps[:9] == [steps[0]] * 9
    assert [place for place, step in enumerate(steps) if step > steps[0]] == list(range(9, len(steps), 10))


@pytest.mark.parametrize(("code", "filled"), [(OUTLOOK, (3, 4, 5)), (PROJECTS, (0, 1, 2))])
@pytest.mark.parametrize("percent", [100, 200])
def test_the_years_of_a_number_are_filled_and_the_others_are_not(
    plan: Plan, code: str, filled: tuple[int, ...], percent: int
) -> None:
    painted = Painted(charts(plan, code)[-1], resized(LIGHT, percent))
    for top, _ in painted.bands():
        line = painted.lines("act")[top + 2]
        middles = [painted.room + round(COLUMN * (year + 0.5) / 6) for year in range(6)]
        assert tuple(year for year, x in enumerate(middles) if line[x]) == filled
        outlined = [year for year, x in enumerate(middles) if painted.lines("border")[top][x]]
        assert sorted([*filled, *outlined]) == list(range(6))


def test_years_that_are_a_forecast_are_hatched_and_say_their_amount_beside(plan: Plan) -> None:
    finance = charts(plan, OUTLOOK)[1]
    painted = Painted(finance._replace(rows=tuple(row._replace(forecast=True) for row in finance.rows)))
    (band,) = painted.bands()
    assert changes(painted.middle(band)) > 40
    (bottom,) = [
        place.y() + words.height
        for place, words in painted.picture._placed
        if words.lines.text() == finance.rows[0].amount
    ]
    assert bottom + painted.room <= band[0]


# -- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("code", CHARTED)
@pytest.mark.parametrize("percent", [100, 200])
def test_a_chart_says_the_words_of_its_table(plan: Plan, tag: str, code: str, percent: int) -> None:
    table = next(block for block in page(plan, code, tag).blocks if isinstance(block, Figures))
    for chart in charts(plan, code, tag):
        said = Painted(chart, resized(LIGHT, percent), tag=tag).words()
        amounts = [row.amount for row in table.rows]
        assert [text for text in said if text in amounts] == [row.amount for row in chart.rows]
        for row in chart.rows:
            assert row.label in said
            assert f"{row.when} · {row.basis}" in said
        # Where there is no room for the names of all years, the first and the last stand.
        axis = chart.axis if percent == 100 else (*chart.axis[:1], *chart.axis[-1:])
        assert set(axis) <= set(said)


def test_what_is_the_same_for_all_is_said_once(plan: Plan) -> None:
    (forum,) = charts(plan, FORUM, "en")
    said = Painted(forum).words()
    assert said.count(f"{forum.rows[0].when} · {forum.rows[0].basis}") == 1
    two = forum._replace(rows=(forum.rows[0], forum.rows[1]._replace(basis="Other")))
    assert len([text for text in Painted(two).words() if " · " in text]) == 2


@pytest.mark.parametrize("tag", TAGS)
def test_a_forecast_is_called_one_in_bold_letters(plan: Plan, tag: str) -> None:
    population = charts(plan, OUTLOOK, tag)[0]
    picture = Painted(population, tag=tag).picture
    bold = {
        text[part.start : part.start + part.length]
        for text, formats in ((words.lines.text(), words.lines.formats()) for _, words in picture._placed)
        for part in formats
        if part.format.fontWeight() == QFont.Weight.Bold
    }
    assert bold == {*(row.amount for row in population.rows), messages(tag).gettext("Forecast")}


def test_every_label_is_in_the_letters_of_its_language(plan: Plan) -> None:
    chart = charts(plan, OUTLOOK, "ko")[0]
    # A label that is not translated yet stands in the edition's own language.
    chart = chart._replace(rows=(chart.rows[0]._replace(label="人口", lang="zh-Hans"), *chart.rows[1:]))
    picture = Painted(chart, tag="ko").picture
    families = {words.lines.text(): words.lines.font().families()[0] for _, words in picture._placed}
    assert len(families) == 6
    assert families["人口"] == fonts.families("zh-Hans")[0]
    assert families[chart.rows[0].amount] == families[chart.rows[1].label] == fonts.families("ko")[0]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("width", [COLUMN, 520, 300])
def test_nothing_is_cut_and_no_words_cover_others(plan: Plan, look: Theme, tag: str, width: int) -> None:
    for code in CHARTED:
        for chart in charts(plan, code, tag):
            painted = Painted(chart, look, width, tag=tag)
            paper = painted.lines("paper")
            inside = range(painted.room, painted.room + round(painted.picture.height) + 1)
            for y, line in enumerate(paper):
                edge = line if y not in inside else line[: painted.room] + line[painted.room + width :]
                assert all(edge), (code, y)
            places = [
                QRectF(place.x(), place.y() + 1, words.width, words.height - 2)
                for place, words in painted.picture._placed
            ]
            for number, place in enumerate(places):
                assert place.right() <= width + 1
                assert [other for other in places[:number] if other.intersects(place)] == []


def test_large_letters_stand_above_the_bars(plan: Plan) -> None:
    population = charts(plan, OUTLOOK, "en")[0]

    def rows_above_bars(look: Theme) -> bool:
        painted = Painted(population, look)
        top = painted.bands()[0][0] - painted.room
        (amount,) = [place for place, words in painted.picture._placed if words.lines.text() == "266,306 people"]
        return amount.y() + look.sizes["interface"] < top

    assert not rows_above_bars(LIGHT)
    assert rows_above_bars(resized(LIGHT, 200))


def test_no_length_is_fixed_while_letters_grow() -> None:
    small, large = (Painted(bars(0.5, 1), resized(LIGHT, percent), 300) for percent in (100, 200))
    sizes = [{words.lines.font().pixelSize() for _, words in painted.picture._placed} for painted in (small, large)]
    assert sizes == [{14, 16}, {28, 32}]
    heights = [band[1] - band[0] for painted in (small, large) for band in painted.bands()]
    assert heights[2:] == [2 * height for height in heights[:2]]


# -- colours ---------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", sorted(path.stem for path in (RESOURCES / "themes").glob("*.toml")))
def test_bars_stand_out_and_words_can_be_read_in_every_theme(name: str) -> None:
    colours = themes.load(name).colours
    text = 7 if name == "contrast" else 4.5
    assert contrast(colours["act"], colours["paper"]) >= 3
    assert contrast(colours["border"], colours["paper"]) >= 3
    for ink, ground in (("ink", "paper"), ("secondary", "paper"), ("on_act", "act")):
        assert contrast(colours[ink], colours[ground]) >= text


@pytest.mark.parametrize("look", [LIGHT, inverted(LIGHT)], ids=["light", "inverted"])
def test_all_colours_are_the_themes(plan: Plan, look: Theme) -> None:
    for code in CHARTED:
        for chart in charts(plan, code):
            painted = Painted(chart, look)
            data = memoryview(painted.image.constBits()).cast("I")
            seen = {f"#{pixel & 0xFFFFFF:06x}" for pixel in data}
            assert {look.colours[name] for name in ("paper", "act", "ink", "secondary")} <= seen
            ground = luminance(look.colours["paper"])
            # Nothing is on the other side of the ground: black on white stays so, white on black stays so.
            furthest = max(abs(luminance(colour) - ground) for colour in seen)
            named = [look.colours[name] for name in ("ink", "secondary", "act", "border", "on_act")]
            assert furthest <= max(abs(luminance(colour) - ground) for colour in named) + 0.01


# -- in the page -----------------------------------------------------------------------------------


def images(document: PageDocument) -> Iterator[QTextFormat]:
    block = document.begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            form = iterator.fragment().charFormat()
            if form.isImageFormat():
                yield form.toImageFormat()
            iterator += 1
        block = block.next()


def painted_page(document: PageDocument, width: int) -> QImage:
    document.setTextWidth(width)
    image = QImage(width, round(document.size().height()), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    document.drawContents(painter)
    painter.end()
    return image


def columns(image: QImage) -> tuple[int, int]:
    """Return the first and the last column in which anything has the colour of bars."""
    act = QColor(LIGHT.colours["act"]).rgb()
    found = [x for x in range(image.width()) if any(image.pixel(x, y) == act for y in range(image.height()))]
    return found[0], found[-1]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("code", CHARTED)
def test_every_picture_of_a_page_has_its_alternative(plan: Plan, tag: str, code: str) -> None:
    document = PageDocument(page(plan, code, tag), LIGHT)
    found = [(form.name(), form.property(QTextFormat.Property.ImageAltText.value)) for form in images(document)]
    wanted = [(f"chart:{place}", chart.alternative) for place, chart in enumerate(charts(plan, code, tag))]
    assert found == wanted
    for (_, said), chart in zip(found, charts(plan, code, tag), strict=True):
        assert all(row.amount in said and row.when in said and row.basis in said for row in chart.rows)


@pytest.mark.parametrize("width", [840, 640, 420])
def test_a_chart_fills_the_column_and_follows_its_width(plan: Plan, width: int) -> None:
    document = PageDocument(page(plan, PROJECTS), LIGHT)
    painted_page(document, 700)
    left, _ = columns(painted_page(document, width))
    assert left == MARGIN + 1
    document = PageDocument(page(plan, OUTLOOK), LIGHT)
    painted_page(document, 700)
    _, right = columns(painted_page(document, width))
    assert right == pytest.approx(width - MARGIN - 2, abs=1)


def test_a_page_with_charts_goes_when_nobody_holds_it(plan: Plan) -> None:
    document = PageDocument(page(plan, OUTLOOK), LIGHT)
    painted_page(document, 700)
    gone: list[bool] = []
    document.destroyed.connect(lambda: gone.append(True))
    del document
    assert gone == [True]


def test_a_page_without_charts_has_no_pictures(plan: Plan) -> None:
    for node in plan.nodes():
        if node.code not in CHARTED:
            assert list(images(PageDocument(page(plan, node.code), LIGHT))) == []


def test_the_window_shows_charts_in_every_language(open_desk: OpenDesk) -> None:
    desk = open_desk("ja")
    act = QColor(LIGHT.colours["act"]).rgb()
    desk.window.open_entry("2024/section/message")

    def bar_pixels() -> int:
        QApplication.processEvents()
        image = desk.view.viewport().grab().toImage()
        return sum(image.pixel(x, y) == act for x in range(0, image.width(), 4) for y in range(image.height()))

    assert bar_pixels() == 0
    desk.window.open_entry(OUTLOOK)
    shown = bar_pixels()
    assert shown > 1000
    for tag in TAGS[1:]:
        desk.translator.activate(tag)
        assert bar_pixels() > 1000
