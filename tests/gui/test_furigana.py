"""Furigana over page and tree: where they stand, in which colours, and that the text below them stays plain."""

import sqlite3
from contextlib import closing
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetricsF, QImage, QPainter, QRegion, QTextCursor, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from minato_viewer.domain.plan import RubyRun
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import JAPANESE, TAGS
from minato_viewer.pages.blocks import Chart, Figures, Links, Paragraph
from minato_viewer.pages.compose import Composer
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import fonts
from minato_viewer.services.furigana import Furigana
from minato_viewer.services.settings import FURIGANA, TEXT_SIZES, Settings
from minato_viewer.services.theme import load
from minato_viewer.services.translator import Translator
from minato_viewer.viewmodel.chart_picture import ChartPicture
from minato_viewer.viewmodel.page_document import MARGIN
from minato_viewer.viewmodel.page_ruby import Placed
from minato_viewer.viewmodel.ruby_setting import Piece, RubySetter
from minato_viewer.viewmodel.tree import Role
from tests.gui.conftest import OpenDesk
from tests.gui.desk import TODAY, Desk, fetch_all
from tests.gui.sitting import Home
from tests.gui.starting import viewer
from tests.gui.test_appearance import seen as looked_at

ON = Settings(furigana=True)
PAGES = ["2021/issue/7", "2021/section/projects", "2024/section/outlook", "2024/district/azabu"]
ALL = QRectF(0, 0, 1e5, 1e6)
SMALL_KANA = frozenset("ぁぃぅぇぉっゃゅょァィゥェォッャュョーん")


@pytest.fixture
def reading(open_desk: OpenDesk, rubied_plan: Plan):
    """Open windows on a plan with furigana over every kanji, and show them."""

    def open_one(tag: str = "ja", code: str = "2021/issue/7", **options) -> Desk:
        desk = open_desk(tag, rubied_plan, **{"settings": ON, **options})
        desk.window.open_entry(code)
        QApplication.processEvents()
        return desk

    return open_one


def placed(desk: Desk) -> list[Placed]:
    document = desk.view.document()
    document.size()  # laid out to its end
    return list(document.ruby.placed(document, ALL))


def base(desk: Desk, piece: Placed) -> str:
    """Return what stands below a piece."""
    cursor = QTextCursor(desk.view.document())
    cursor.setPosition(piece.position + piece.piece.start)
    cursor.setPosition(piece.position + piece.piece.end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def lines(desk: Desk) -> list[QRectF]:
    """Return where the letters of every line of the page are."""
    found: list[QRectF] = []
    document = desk.view.document()
    block = document.begin()
    while block.isValid():
        origin = document.documentLayout().blockBoundingRect(block).topLeft()
        layout = block.layout()
        found += [layout.lineAt(number).naturalTextRect().translated(origin) for number in range(layout.lineCount())]
        block = block.next()
    return [line for line in found if line.width()]


def wanted(desk: Desk) -> list[tuple[str, str]]:
    """Return (base, reading) of all furigana that the page was composed with, in its order."""
    page = desk.window.pane.page
    texts = [*((link.title, link.rubies) for link in page.path)]
    texts += [(page.title.text, page.title.rubies)] if page.title else []
    for block in page.blocks:
        if isinstance(block, Paragraph):
            texts.append((block.words.text, block.words.rubies))
        elif isinstance(block, Figures):
            texts += [(row.link.title, row.link.rubies) for row in block.rows]
        elif isinstance(block, Links):
            texts += [(link.title, link.rubies) for link in block.links]
    return [(text[run.start : run.start + run.length], run.text) for text, runs in texts for run in runs]


# -- where they stand ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", TEXT_SIZES)
@pytest.mark.parametrize("tag", JAPANESE)
def test_a_reading_stands_above_its_kanji_and_over_nothing_else(tag: str, size: int, reading) -> None:
    for code in PAGES:
        desk = reading(tag, code, text_size=size, size=(1024, 700))
        pieces, written = placed(desk), lines(desk)
        assert len(pieces) > 10
        width = desk.view.document().pageSize().width()
        for piece in pieces:
            area = piece.area
            below = next(
                line for line in written if line.top() >= area.bottom() - 1 and line.left() <= area.center().x()
            )
            assert abs(below.top() - area.bottom()) <= 1, "right above its line"
            assert area.left() >= MARGIN - 1
            assert area.right() <= width - MARGIN + 1
            # Round forms hang a little below the line on which letters stand.
            assert not [line for line in written if line is not below and line.intersects(area.adjusted(1, 1, -1, -1))]
            assert 0.4 < piece.piece.scale <= 1
        for one, other in combinations(pieces, 2):
            if abs(one.area.top() - other.area.top()) < 1:
                assert not one.area.adjusted(0.5, 0, -0.5, 0).intersects(other.area), (one.piece, other.piece)
        desk.close()


@pytest.mark.parametrize("width", [1280, 700, 640])
def test_every_reading_is_there_once_and_over_its_own_kanji(width: int, reading) -> None:
    for code in PAGES:
        desk = reading("ja", code, size=(width, 700))
        pieces = placed(desk)
        found: list[tuple[str, str]] = []
        for kanji, text in wanted(desk):
            below, above = "", ""
            while below != kanji:
                piece = pieces.pop(0)
                below, above = below + base(desk, piece), above + piece.piece.text
                assert kanji.startswith(below)
            found.append((below, above))
            assert above == text
        assert pieces == []
        assert len(found) > 5
        desk.close()


def test_a_broken_word_has_a_part_of_its_reading_on_each_line(reading) -> None:
    broken = 0
    for width in range(640, 760, 24):
        desk = reading("ja", "2021/section/projects", size=(width, 700), text_size=125)
        pieces, bases = placed(desk), {kanji for kanji, _ in wanted(desk)}
        for one, other in pairwise(pieces):
            word = one.position == other.position and one.piece.end == other.piece.start
            # Two words of one kanji are no broken one.
            if word and other.area.top() > one.area.top() + 1 and (base(desk, one) + base(desk, other)) in bases:
                broken += 1
                assert one.piece.text
                assert other.piece.text[0] not in SMALL_KANA
        desk.close()
    assert broken


def test_a_page_wraps_and_its_readings_go_along(reading) -> None:
    desk = reading("ja", "2021/section/projects", size=(1280, 700))
    before = {piece.area.getRect() for piece in placed(desk)}
    desk.window.resize(720, 700)
    QApplication.processEvents()
    after = placed(desk)
    assert {piece.area.getRect() for piece in after} != before
    assert max(piece.area.right() for piece in after) <= desk.view.document().pageSize().width() - MARGIN + 1


# -- how one is set ------------------------------------------------------------------------------


def set_above(text: str, start: int, length: int, above: str, width: float = 1000) -> tuple[list[Piece], QTextLayout]:
    font = fonts.font("ja")
    font.setPixelSize(40)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    y, line = 0.0, layout.createLine()
    while line.isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y, line = y + 80, layout.createLine()
    layout.endLayout()
    return list(RubySetter(font).pieces(layout, text, 0, [RubyRun(start, length, above)])), layout


def edge(layout: QTextLayout, position: int) -> float:
    return layout.lineForTextPosition(position).cursorToX(position)[0]


def advance(text: str) -> float:
    font = fonts.font("ja")
    font.setPixelSize(20)
    return QFontMetricsF(font).horizontalAdvance(text)


def test_a_short_reading_is_spread_one_two_one(dressed: QApplication) -> None:
    (piece,), layout = set_above("この都市は", 2, 2, "とし")
    left, right = edge(layout, 2), edge(layout, 4)
    assert piece.spacing == pytest.approx((right - left - advance("とし")) / 2)
    assert piece.x - left == pytest.approx(piece.spacing / 2)
    assert right - (piece.x + piece.width) == pytest.approx(piece.spacing / 2)
    assert piece.scale == 1


def test_a_long_reading_hangs_over_kana_by_half_a_letter_at_most(dressed: QApplication) -> None:
    (piece,), layout = set_above("を承る", 1, 1, "うけたまわ")
    left, right = edge(layout, 1), edge(layout, 2)
    assert left - piece.x == pytest.approx(10)
    assert piece.x + piece.width - right == pytest.approx(10)
    assert piece.scale == pytest.approx((right - left + 20) / advance("うけたまわ"))


@pytest.mark.parametrize(
    ("text", "before", "after"), [("区承区", 0, 0), ("を承区", 10, 0), ("区承を", 0, 10), ("承", 0, 0), ("1承)", 0, 0)]
)
def test_a_reading_never_hangs_over_what_is_no_kana(text: str, before: int, after: int, dressed) -> None:
    place = text.index("承")
    (piece,), layout = set_above(text, place, 1, "うけたまわ")
    assert edge(layout, place) - piece.x == pytest.approx(before)
    assert piece.x + piece.width - edge(layout, place + 1) == pytest.approx(after)


def test_readings_that_meet_keep_to_their_own_kanji(dressed: QApplication) -> None:
    font = fonts.font("ja")
    font.setPixelSize(40)
    _, layout = set_above("承お承る", 0, 1, "うけたまわ")
    runs = [RubyRun(0, 2, "うけたまわうけたまわ"), RubyRun(2, 1, "うけたまわ")]
    first, second = RubySetter(font).pieces(layout, "承お承る", 0, runs)
    assert first.x + first.width <= second.x + 0.01


def test_letters_beyond_the_first_plane_count_for_one(dressed: QApplication) -> None:
    text = "\U00020bb7野の家"
    font = fonts.font("ja")
    font.setPixelSize(40)
    _, layout = set_above(text, 0, 1, "よし")
    runs = [RubyRun(0, 2, "よしの"), RubyRun(3, 1, "いえ")]
    first, second = RubySetter(font).pieces(layout, text, 0, runs)
    assert (first.start, first.end) == (0, 3), "as Qt counts"
    assert (second.start, second.end) == (4, 5)


@pytest.mark.parametrize(
    ("above", "length", "parts"),
    [
        ("みなとく", 2, ("みな", "とく")),
        ("しょうらい", 2, ("しょう", "らい")),
        ("じゅうじつ", 2, ("じゅう", "じつ")),
        ("きゅう", 2, ("きゅ", "う")),
    ],
)
def test_a_reading_is_cut_where_a_kana_of_full_size_begins(above: str, length: int, parts, dressed) -> None:
    pieces, _ = set_above("港区", 0, length, above, width=45)
    assert tuple(piece.text for piece in pieces) == parts
    assert pieces[0].baseline < pieces[1].baseline


# -- what is painted -----------------------------------------------------------------------------


def page_image(desk: Desk) -> QImage:
    QApplication.processEvents()
    return desk.view.viewport().grab().toImage()


def colours_in(image: QImage, area: QRectF, top: int) -> set[str]:
    rect = area.translated(0, -top).toAlignedRect().intersected(image.rect())
    xs, ys = range(rect.left(), rect.right() + 1), range(rect.top(), rect.bottom() + 1)
    return {image.pixelColor(x, y).name() for x in xs for y in ys}


def has(colour: str, found: set[str]) -> bool:
    """Whether something is painted in a colour: small letters have hardly a pixel without paper in it."""
    wanted = QColor(colour)

    def far(other: QColor) -> int:
        return max(abs(a - b) for a, b in zip(wanted.getRgb(), other.getRgb(), strict=True))

    return min(far(QColor(name)) for name in found) < 48


def first_piece(desk: Desk, kanji: str) -> Placed:
    return next(piece for piece in placed(desk) if base(desk, piece) == kanji)


def test_something_is_painted_above_a_kanji_and_nothing_when_off(reading) -> None:
    desk = reading("ja", "2021/issue/7", text_size=200)
    piece = first_piece(desk, "東京")
    paper = desk.appearance.theme.colours["paper"]
    assert len(colours_in(page_image(desk), piece.area, 0)) > 2
    desk.view.document().ruby = None
    desk.view.viewport().update()
    assert colours_in(page_image(desk), piece.area.adjusted(0, 0, 0, -2), 0) == {paper}, "the room is left empty"
    desk.action("furigana").trigger()
    assert desk.view.document().ruby is None


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_a_reading_has_the_colour_of_its_text(theme: str, reading) -> None:
    desk = reading("ja", "2021/issue/7", text_size=200, theme=theme)
    colours = desk.appearance.theme.colours
    image = page_image(desk)
    link, title = placed(desk)[0], first_piece(desk, "東京")
    assert desk.window.pane.page.path[0].title.startswith(base(desk, link))
    assert has(colours["link"], colours_in(image, link.area, 0))
    assert has(colours["ink"], colours_in(image, title.area, 0))
    cursor = desk.view.textCursor()
    cursor.setPosition(title.position)
    cursor.setPosition(title.position + title.piece.end, QTextCursor.MoveMode.KeepAnchor)
    desk.view.setTextCursor(cursor)
    chosen = colours_in(page_image(desk), title.area.adjusted(1, 1, -1, -3), 0)
    assert colours["act"] in chosen
    assert has(colours["on_act"], chosen)
    assert colours["paper"] in (colours["on_act"], colours["act"]) or colours["paper"] not in chosen


class Painted(QObject):
    """Notes which part of a widget is painted."""

    def __init__(self, widget) -> None:
        super().__init__(widget)
        self.area = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.area = self.area.united(event.region())
        return False


def test_a_selection_paints_readings_anew_and_leaves_no_trace(reading) -> None:
    desk = reading("ja", "2021/issue/7")
    before = page_image(desk)
    title = first_piece(desk, "東京")
    painted = Painted(desk.view.viewport())
    cursor = desk.view.textCursor()
    for end in (title.piece.end, title.piece.start):
        painted.area = QRegion()
        cursor.setPosition(title.position + title.piece.start)
        cursor.setPosition(title.position + end, QTextCursor.MoveMode.KeepAnchor)
        desk.view.setTextCursor(cursor)
        QApplication.processEvents()
        assert painted.area.contains(title.area.toAlignedRect())
        assert (page_image(desk) == before) is (end == title.piece.start)


def test_a_link_with_the_focus_has_its_readings_inside_the_ring(reading) -> None:
    desk = reading("ja", "2021/issue/7")
    link = placed(desk)[0]
    before = colours_in(page_image(desk), link.area, 0)
    desk.view.setFocus()
    desk.press(Qt.Key.Key_Tab)
    assert desk.link_with_focus() == "entry:2021"
    assert desk.view.focus_area().contains(link.area.toAlignedRect().adjusted(0, 1, 0, 0))
    assert colours_in(page_image(desk), link.area.adjusted(0, 0, 0, -2), 0) <= before, "Qt shows no link as selected"
    cursor = desk.view.textCursor()
    cursor.setPosition(link.position)
    cursor.setPosition(link.position + 40, QTextCursor.MoveMode.KeepAnchor)
    desk.view.setTextCursor(cursor)
    assert desk.appearance.theme.colours["act"] in colours_in(page_image(desk), link.area, 0)


def test_scrolling_paints_what_painting_all_would(reading) -> None:
    desk = reading("ja", "2021/section/projects", size=(900, 420), text_size=150)
    bar = desk.view.verticalScrollBar()
    screen = desk.window.grab  # of the whole window, so that only what has changed is painted by Qt
    for value in (13, 51, 40, 260, 300):
        bar.setValue(value)
        QApplication.processEvents()
        assert screen().toImage() == screen().toImage()
        top = desk.view.document().ruby.placed(desk.view.document(), QRectF(0, value, 1000, 300))
        for piece in list(top)[:3]:
            if piece.area.top() > value and piece.area.bottom() < value + 300:
                assert len(colours_in(page_image(desk), piece.area, value)) > 2


@pytest.mark.parametrize("size", [100, 200])
def test_labels_of_charts_have_their_readings(size: int, dressed: QApplication, rubied_plan: Plan) -> None:
    drawn: dict[bool, list[ChartPicture]] = {}
    theme = load("light", size)
    for shown in (False, True):
        page = Composer(rubied_plan, TODAY).page("2024/section/outlook", messages("ja"), furigana=shown)
        charts = [block for block in page.blocks if isinstance(block, Chart)]
        drawn[shown] = [ChartPicture(chart, "ja", theme, 760) for chart in charts]
        for chart, picture in zip(charts, drawn[shown], strict=True):
            sheet = QImage(800, round(picture.height) + 20, QImage.Format.Format_RGB32)
            sheet.fill(Qt.GlobalColor.white)
            painter = QPainter(sheet)
            picture.paint(painter, QPointF(0, 0))
            painter.end()
            above = [(place, words) for place, words in picture._placed if words.ruby]
            assert [words.lines.text() for _, words in above] == [row.label for row in chart.rows if row.rubies]
            for place, words in above:
                for piece in words.ruby.pieces:
                    assert 0 <= piece.top < piece.baseline <= words.room + 1
                    area = QRectF(place.x() + piece.x, place.y() + piece.top, piece.width, piece.bottom - piece.top)
                    assert has(theme.colours["ink"], colours_in(sheet, area, 0))
            assert bool(above) is shown
    for without, having in zip(drawn[False], drawn[True], strict=True):
        assert having.height >= without.height
        assert [words.lines.text() for _, words in having._placed] == [w.lines.text() for _, w in without._placed]


def test_any_painter_will_do_as_on_paper(reading) -> None:
    desk = reading("ja", "2021/issue/7")
    document = desk.view.document()
    sheet = QImage(900, 1200, QImage.Format.Format_ARGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    document.ruby.paint(document, painter, ALL)
    painter.end()
    for piece in placed(desk):
        assert len(colours_in(sheet, piece.area, 0)) > 2


def seen(desk: Desk) -> tuple[object, object]:
    """Return what the window says and what it looks like."""
    looked_at(desk)
    # The outlines of the marks in the tree are a trace different the first time that Qt is asked for them.
    desk.tree.remeasure()
    return looked_at(desk)


@pytest.mark.parametrize("tag", TAGS)
def test_a_window_without_furigana_is_as_if_there_were_none(tag: str, reading, open_desk: OpenDesk, plan: Plan) -> None:
    off = Settings(furigana=False)
    for code in PAGES[::2]:
        desk = reading(tag, code, settings=off)
        wanted = seen(desk)
        desk.close()
        without = open_desk(tag, plan, settings=off)
        without.window.open_entry(code)
        assert seen(without) == wanted
        without.close()


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag not in JAPANESE])
def test_other_languages_are_the_same_with_furigana_on(tag: str, reading) -> None:
    desk = reading(tag, "2024/section/outlook")
    before = seen(desk)
    assert desk.view.document().ruby is None
    desk.furigana.changed.emit()
    assert seen(desk) == before


# -- the text stays plain ------------------------------------------------------------------------


def spoken_text(desk: Desk) -> str:
    text = QAccessible.queryAccessibleInterface(desk.view).textInterface()
    return text.text(0, text.characterCount())


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_furigana_are_no_part_of_the_text(reading) -> None:
    """What is selected, copied, found and told to assistive technology."""
    desk = reading("ja", "2021/issue/7", settings=Settings(furigana=False))

    def told() -> dict[str, object]:
        desk.view.selectAll()
        copied = desk.view.createMimeDataFromSelection()
        desk.action("copy").trigger()
        found = {
            "copied": [line for line in copied.text().splitlines() if line.strip()],
            "as paragraphs": copied.html(),
            "with its source": QApplication.clipboard().text(),
            "spoken": spoken_text(desk).split(),
            "words": desk.text().split(),
        }
        desk.view.moveCursor(QTextCursor.MoveOperation.Start)
        desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        bar = desk.window.pane._find
        bar._box.setText("東京")
        found["hits"] = len(bar._hits)
        bar._box.setText("とうきょう")
        found["hits of a reading"] = len(bar._hits)
        bar.forget()
        return found

    before = told()
    desk.furigana.toggle()
    assert len(placed(desk)) > 10
    after = told()
    assert after == before
    assert before["hits"] > 0
    assert before["hits of a reading"] == 0
    assert "\ufffc" not in desk.text()


# -- the tree ------------------------------------------------------------------------------------


def tree_image(desk: Desk) -> QImage:
    QApplication.processEvents()
    return desk.tree.viewport().grab().toImage()


def spoken(desk: Desk) -> list[tuple[object, ...]]:
    roles = (Role.DISPLAY, Role.TOOL_TIP, Role.ACCESSIBLE_TEXT, Role.ACCESSIBLE_DESCRIPTION)
    return [tuple(row.data(role) for role in roles) for row in fetch_all(desk.model)]


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_titles_of_the_tree_have_room_for_their_readings(size: int, reading) -> None:
    desk = reading("ja", "2021/issue/7", text_size=size, settings=Settings(furigana=False))
    before, said = {row.data(Role.CODE): desk.tree.visualRect(row) for row in desk.rows()}, spoken(desk)
    desk.furigana.toggle()
    QApplication.processEvents()
    assert spoken(desk) == said
    higher = 0
    for row in desk.rows():
        code, rubies = row.data(Role.CODE), row.data(Role.ROW).rubies
        rect = desk.tree.visualRect(row)
        if rubies:
            higher += 1
            assert rect.height() > before[code].height()
            pieces = desk.tree._delegate._layout(row).roomy.pieces
            assert "".join(piece.text for piece in pieces) == "".join(run.text for run in rubies)
            for piece in pieces:
                assert piece.top >= -1
                assert piece.baseline <= rect.height()
        else:
            assert rect.height() == before[code].height()
    assert higher > 5
    desk.furigana.toggle()
    QApplication.processEvents()
    assert {row.data(Role.CODE): desk.tree.visualRect(row) for row in desk.rows()} == before


def test_readings_of_the_tree_are_painted(reading) -> None:
    desk = reading("ja", "2021/issue/7", text_size=200)
    row = desk.model.index_of(
        "2021/section/issues" if desk.model.index_of("2021/section/issues").isValid() else "2021/issue/2"
    )
    desk.tree.scrollTo(row)
    layout, rect = desk.tree._delegate._layout(row), desk.tree.visualRect(row)
    piece = layout.roomy.pieces[0]
    area = QRectF(
        rect.left() + layout.left + piece.x, rect.top() + 9 + piece.top, piece.width, piece.bottom - piece.top
    )
    colours = desk.appearance.theme.colours
    assert has(colours["ink"], colours_in(tree_image(desk), area, 0))
    desk.tree.setCurrentIndex(row)
    assert has(colours["on_act"], colours_in(tree_image(desk), area, 0))


def test_what_a_filter_finds_has_its_readings(reading) -> None:
    desk = reading("ja", "2021/issue/7")
    desk.look_for("都市")
    assert desk.rows()
    for row in desk.rows():
        written = any("一" <= letter <= "鿿" for letter in row.data())
        assert bool(row.data(Role.ROW).rubies) is written
    assert any(row.data(Role.ROW).rubies for row in desk.rows())
    desk.furigana.toggle()
    assert {row.data(Role.ROW).rubies for row in desk.rows()} == {None}


def test_a_title_that_is_cut_keeps_the_readings_of_what_is_left(reading) -> None:
    desk = reading("ja-x-easy", "2021/issue/7", text_size=200, size=(700, 600))
    cut = 0
    for row in fetch_all(desk.model):
        layout = desk.tree._delegate._layout(row)
        if layout.title != row.data() and layout.roomy:
            cut += 1
            for piece in layout.roomy.pieces:
                assert "…" not in layout.title[piece.start : piece.end]
                assert piece.end <= len(layout.title) - 1
    assert cut


def test_rows_of_one_height_all_have_the_room(reading) -> None:
    desk = reading("ja", "2021/issue/7")
    desk.tree.count_rows(10_000)
    QApplication.processEvents()
    with_room = {desk.tree.visualRect(row).height() for row in desk.rows()}
    desk.furigana.toggle()
    desk.tree.doItemsLayout()
    without = {desk.tree.visualRect(row).height() for row in desk.rows()}
    assert len(with_room) == len(without) == 1
    assert max(with_room) > max(without)


# -- the switch ----------------------------------------------------------------------------------


def switch_button(desk: Desk) -> QToolButton:
    return next(button for button in desk.window.findChildren(QToolButton) if button.objectName() == "furigana")


def test_key_button_and_menu_switch_the_same(reading) -> None:
    desk = reading("ja", settings=Settings())
    ways = (
        lambda: desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier),
        lambda: QTest.mouseClick(switch_button(desk), Qt.MouseButton.LeftButton),
        lambda: desk.action("furigana").trigger(),
    )
    shown = False
    for way in (*ways, *ways):
        way()
        QApplication.processEvents()
        shown = not shown
        assert desk.furigana.on is shown
        assert (desk.view.document().ruby is not None) is shown
        assert desk.action("furigana").isChecked() is shown
        assert switch_button(desk).isChecked() is shown
        assert QAccessible.queryAccessibleInterface(switch_button(desk)).state().checked == shown
    desk.window.header._fill_menu()
    assert desk.action("furigana") in desk.window.header.menu.actions()


def test_the_button_is_there_in_japanese_and_the_key_works_on_japanese_words(reading) -> None:
    desk = reading("ja", "2021/issue/7", settings=Settings())
    for tag in (*TAGS, "ja"):
        desk.translator.activate(tag)
        assert switch_button(desk).isVisible() is (tag in JAPANESE)
        assert desk.action("furigana").isEnabled() is (tag in JAPANESE)
        assert switch_button(desk).accessibleName() == messages(tag).gettext("Furigana")
    desk.translator.activate("en")
    desk.action("own_words").trigger()
    assert desk.action("furigana").isEnabled(), "the words of 2021 are Japanese"
    assert desk.view.document().ruby is None
    desk.action("furigana").trigger()
    assert desk.view.document().ruby is not None
    desk.action("own_words").trigger()
    assert not desk.action("furigana").isEnabled()


@pytest.mark.parametrize("usual", FURIGANA)
def test_what_the_settings_say_holds_until_the_reader_chooses(usual: str | bool, reading) -> None:
    desk = reading("ja", settings=Settings(furigana=usual))
    shown = {"easy": {"ja-x-easy"}, True: {"ja", "ja-x-easy"}, False: set()}[usual]
    for tag in JAPANESE:
        desk.translator.activate(tag)
        assert desk.furigana.on is (usual is True or tag in shown)
        assert (desk.view.document().ruby is not None) is (tag in shown)
        assert desk.action("furigana").isChecked() is (tag in shown)
        assert all((row.data(Role.ROW).rubies is not None) is (tag in shown) for row in desk.rows())


def test_on_and_off_again_is_no_choice(qapp: QApplication) -> None:
    translator = Translator("ja")
    furigana = Furigana("easy", "easy", translator)
    furigana.toggle()
    assert furigana.choice is True
    furigana.toggle()
    assert (furigana.choice, furigana.on) == ("easy", False)
    translator.activate("ja-x-easy")
    assert furigana.on
    furigana.toggle()
    assert furigana.choice is False
    furigana.toggle()
    assert furigana.choice == "easy"
    translator.activate("en")


def test_a_policy_switches_the_switch_off(reading) -> None:
    desk = reading("ja", settings=Settings(furigana=True, fixed=frozenset({"furigana"})))
    assert not desk.action("furigana").isEnabled()
    assert not switch_button(desk).isEnabled()
    desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert desk.furigana.on
    desk.translator.activate("ja-x-easy")
    assert not desk.action("furigana").isEnabled()


def test_furigana_are_switched_by_file_and_command_line(tmp_path: Path, rubied_path: Path) -> None:
    home = Home(tmp_path, rubied_path)
    assert home.start("--lang", "ja")[1]["furigana"] == "easy"
    assert home.start("--lang", "ja", "--furigana")[1]["furigana"] is True
    home.set("furigana = false\nremember = false")
    assert home.start("--lang", "ja")[1]["furigana"] is False
    home.set("furigana = false", of="machine", name="policy.toml")
    ended, seen = home.start("--lang", "ja", "--furigana")
    assert (ended.code, ended.sentences, seen["furigana"]) == (0, [], False)


def test_a_picture_has_furigana_where_they_are_asked_for(tmp_path: Path, rubied_path: Path) -> None:
    pictures = []
    for options in ((), ("--furigana",)):
        path = tmp_path / f"{len(options)}.png"
        ended = viewer("--plan", rubied_path, "--lang", "ja", "--open", "2021/issue/7", "--screenshot", path, *options)
        assert (ended.code, ended.sentences) == (0, [])
        pictures.append(QImage(str(path)))
    assert pictures[0].size() == pictures[1].size()
    assert pictures[0] != pictures[1]


def test_a_file_with_damaged_furigana_shows_the_window_of_the_fault(tmp_path: Path, rubied_path: Path) -> None:
    path = tmp_path / "plan.sqlite"
    path.write_bytes(rubied_path.read_bytes())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE rubies SET length = 1000")
    asked = ("--plan", path, "--lang", "ja", "--open", "2021/issue/7", "--screenshot", tmp_path / "page.png")
    assert viewer(*asked).code == 0, "nobody asked for them"
    assert viewer(*asked, "--furigana").code == 3
