"""Nothing is cut off, covered or pushed out of the window, in any language at the sizes that are promised."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.reader import Plan
from minato_viewer.ui.counter.tree_delegate import PADDING
from minato_viewer.viewmodel.tree import Role
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk

SIZES = [(1280, 720), (1280, 800), (1024, 700)]
PAGES = ["2024", "2024/section/outlook", "2021/policy/24", "2021/issue/2"]


def place(widget: QWidget, window: QWidget) -> QRect:
    """Return where a widget is in its window."""
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.objectName()} {text!r}"


def visible(window: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible() and isinstance(widget, kinds)]


def wraps(widget: QWidget) -> bool:
    return isinstance(widget, QLabel) and widget.wordWrap()


def cut(window: QWidget) -> list[str]:
    """Return the labels and buttons whose text has not the room it needs."""
    found: list[str] = []
    for widget in visible(window, QLabel, QAbstractButton):
        needed, room = widget.sizeHint(), widget.size()
        if wraps(widget):
            needed = QSize(0, widget.heightForWidth(widget.width()))
        if not widget.text():
            continue  # the box's own button to clear it: Qt gives it a place by its icon
        if needed.width() > room.width() or needed.height() > room.height():
            found.append(f"{name(widget)} needs {needed.toTuple()}, has {room.toTuple()}")
    return found


def outside(window: QWidget) -> list[str]:
    """Return the widgets that are not wholly within the window."""
    return [
        f"{name(widget)} at {place(widget, window).getRect()}"
        for widget in visible(window, QLabel, QAbstractButton, QWidget)
        if widget.window() is window and not window.rect().contains(place(widget, window))
    ]


def overlapping(desk: Desk) -> list[str]:
    """Return the pairs of neighbours that cover one another: header, footers, navigator and their like."""
    found: list[str] = []
    for parent in [desk.window.centralWidget(), *desk.window.centralWidget().findChildren(QWidget)]:
        if not parent.isVisible() or parent.layout() is None:
            continue
        children = [child for child in parent.children() if isinstance(child, QWidget) and child.isVisible()]
        for one, other in combinations(children, 2):
            if place(one, desk.window).intersects(place(other, desk.window)):
                found.append(f"{name(one)} and {name(other)}")
    return found


def faults(desk: Desk) -> list[str]:
    QApplication.processEvents()
    return [*cut(desk.window), *outside(desk.window), *overlapping(desk)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("tag", TAGS)
def test_a_window_of_a_language_fits(tag: str, size: tuple[int, int], open_desk: OpenDesk) -> None:
    desk = open_desk(tag, size=size)
    for code in PAGES:
        desk.window.open_entry(code)
        assert faults(desk) == []
        assert desk.window.size().toTuple() == size, "the window grew to fit its texts"
    desk.look_for("都市")
    assert faults(desk) == []
    desk.look_for("%")
    assert faults(desk) == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_switching_keeps_the_window_and_its_parts_where_they_were(
    size: tuple[int, int], open_desk: OpenDesk, translated_plan: Plan
) -> None:
    desk = open_desk("ja", translated_plan, size=size)
    desk.window.open_entry("2021/issue/2")
    QApplication.processEvents()
    parts = {"navigator": desk.window.navigator, "page": desk.window.pane, "header": desk.window.header}
    before = {part: place(widget, desk.window).getRect() for part, widget in parts.items()}
    for tag in (*TAGS[1:], TAGS[0]):
        desk.translator.activate(tag)
        assert faults(desk) == []
        assert desk.window.size().toTuple() == size
        assert {part: place(widget, desk.window).getRect() for part, widget in parts.items()} == before


@pytest.mark.parametrize("tag", TAGS)
def test_a_page_is_never_wider_than_its_view(tag: str, open_desk: OpenDesk, translated_plan: Plan) -> None:
    desk = open_desk(tag, translated_plan, size=(1024, 700))
    for node in list(translated_plan.nodes())[::3]:
        desk.window.open_entry(node.code)
        QApplication.processEvents()
        assert desk.view.document().size().width() <= desk.view.viewport().width()
        assert desk.view.horizontalScrollBar().maximum() == 0


def test_the_smallest_window_still_fits(open_desk: OpenDesk) -> None:
    for tag in TAGS:
        desk = open_desk(tag, size=(320, 320))
        assert faults(desk) == []
        assert desk.window.minimumSizeHint().width() <= 1024
        desk.close()


@pytest.mark.parametrize(("tag", "text_size"), [("en", 100), ("en", 200), ("ja", 200), ("ko", 150)])
def test_a_title_of_the_contents_stands_whole_or_ends_with_dots(tag: str, text_size: int, open_desk: OpenDesk) -> None:
    desk = open_desk(tag, text_size=text_size)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # as the delegate paints
    delegate = desk.tree.itemDelegate()
    for edition in ("2021", "2024"):
        desk.window.open_entry(edition)
        desk.tree.expandAll()
        rows = desk.rows()
        assert len(rows) > 30
        for index in rows:
            measured, whole = delegate._layout(index), index.data(Role.ROW)
            font, metrics = delegate._font(whole.lang)
            layout = QTextLayout(measured.title, font)
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(measured.width)
            layout.endLayout()
            lines = layout.lineCount()
            assert lines * metrics.lineSpacing() + 2 * PADDING == measured.size.height(), measured
            assert measured.title == whole.title or (measured.title[-1] == "…" and lines == 3), measured
