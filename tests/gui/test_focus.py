"""Where the keyboard is: Tab goes everywhere and back, and what has the focus shows it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenu, QToolButton, QWidget

from minato_viewer.domain.faults import PlanFault
from minato_viewer.domain.messages import N_
from minato_viewer.language.tags import TAGS
from minato_viewer.ui.shell.dialogs import crash_dialog
from minato_viewer.ui.shell.fault_window import FaultWindow
from minato_viewer.ui.shell.focus_ring import OUTLINE, RING, FocusRing
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk

Key = Qt.Key
NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
THEMES = ("light", "dark", "contrast")
LINKS, LONG = "2021/issue/2", "2024/section/outlook"
WIDTH = OUTLINE + RING


def settle() -> None:
    """Let the ring, which waits for the event loop, and all that moves it come to rest."""
    QTest.qWait(30)


def ring_of(window: QWidget) -> FocusRing:
    (ring,) = [child for child in window.children() if isinstance(child, FocusRing)]
    return ring


def name(widget: QWidget | None) -> str:
    """Return what a stop is called in these tests."""
    action = widget.defaultAction() if isinstance(widget, QToolButton) else None
    if action is not None:
        return action.text()
    return (widget.objectName() or type(widget).__name__) if widget is not None else "nothing"


def stops(window: QWidget, *, back: bool = False) -> list[QWidget]:
    """Press Tab until the focus is where it was, and return where it stood; a widget with several links stands once."""
    start = QApplication.focusWidget()
    found = [start]
    for _ in range(200):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Backtab if back else Key.Key_Tab, SHIFT if back else NONE)
        QApplication.processEvents()
        now = QApplication.focusWidget()
        assert now is not None, f"the focus was lost after {name(found[-1])}"
        assert now.window() is window
        if now is start and found[-1] is not start:
            return found
        if now is not found[-1]:
            found.append(now)
    raise AssertionError(f"a trap: {name(found[-1])}")


# -- Tab -----------------------------------------------------------------------------------------

HEADER = ["Back", "search", "language", "Larger text", "menu"]
ORDER = ["edition", "filter", "tree", "page_view", "step", "step", *HEADER]


def plain_page(desk: Desk) -> None:
    desk.window.open_entry(LINKS)


def page_with_chart(desk: Desk) -> None:
    desk.window.open_entry(LONG)


def filtered(desk: Desk) -> None:
    desk.window.open_entry(LINKS)
    desk.look_for("city")
    assert desk.rows()


def finding(desk: Desk) -> None:
    desk.window.open_entry(LINKS)
    desk.press(Key.Key_F, CONTROL)
    desk.type("city")
    assert desk.window.pane.findChild(QLabel, "find_count").text()


def searching(desk: Desk) -> None:
    desk.window.open_entry(LINKS)
    desk.press(Key.Key_K, CONTROL)
    desk.type("city")
    assert desk.results()


STATES: dict[str, Callable[[Desk], None]] = {
    function.__name__: function for function in (plain_page, page_with_chart, filtered, finding, searching)
}
NAMES = {"QToolButton": "menu", "TreeView": "tree"}
SEARCH_PANEL = ["scope", "scope", "scope", "scope", "search_results"]
FIND_BAR = ["find_words", "find_previous", "find_next", "find_close"]


@pytest.mark.parametrize("back", [False, True], ids=["forward", "back"])
@pytest.mark.parametrize("state", STATES)
def test_tab_goes_through_the_window_as_it_is_read(state: str, back: bool, open_desk: OpenDesk) -> None:
    """Contents, page, what finds on it, its neighbours, header, and round again."""
    desk = open_desk("en")
    desk.window.open_entry("2024/section/about")  # so that back is possible
    STATES[state](desk)
    wanted = list(ORDER)
    if state == "searching" and back:
        pass  # out of the box, and what was found is gone
    elif state == "searching":
        # While the focus is in the box and what was found, they go on from there.
        wanted[wanted.index("search") + 1 : wanted.index("search") + 1] = SEARCH_PANEL
    else:
        desk.tree.setFocus()
    if state == "finding":
        wanted[wanted.index("step") : wanted.index("step")] = FIND_BAR
    passed = [NAMES.get(name(widget), name(widget)) for widget in stops(desk.window, back=back)]
    at = wanted.index("search" if state == "searching" else "tree")
    forward = wanted[at:] + wanted[:at]
    assert passed == ([forward[0], *reversed(forward[1:])] if back else forward)


@pytest.mark.parametrize("state", STATES)
def test_what_can_be_pressed_by_mouse_can_be_reached_by_tab(state: str, open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    desk.window.open_entry("2024/section/about")
    STATES[state](desk)
    desk.tree.setFocus()
    reached = stops(desk.window)
    # One stop for the group, whose others the arrow keys reach (test_keyboard).
    groups = {button.group() for button in reached if isinstance(button, QAbstractButton) and button.group()}
    clear = desk.filter.findChildren(QToolButton)  # Ctrl+A and Delete do the same
    missed = [
        name(button)
        for button in desk.window.findChildren(QAbstractButton)
        if button.isVisible()
        and button.isEnabled()
        and button not in reached
        and button not in clear
        and button.group() not in groups
    ]
    assert missed == []


def test_the_contents_get_wider_without_dragging(open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    before, whole = desk.window.widths()[0], sum(desk.window.widths())
    desk.action("wider").trigger()
    assert desk.window.widths()[0] == before + 40
    desk.action("narrower").trigger()
    assert desk.window.widths()[0] == before
    for _ in range(40):
        desk.action("narrower").trigger()
    assert desk.window.widths()[0] == desk.window.navigator.minimumWidth()
    for _ in range(40):
        desk.action("wider").trigger()
    assert desk.window.widths()[1] >= desk.window.pane.minimumWidth()
    assert sum(desk.window.widths()) == whole
    texts = [action.text() for action in menu_of(desk).actions()]
    assert desk.action("wider").text() in texts
    assert desk.action("narrower").text() in texts


def menu_of(desk: Desk) -> QMenu:
    menu = desk.window.header.menu
    menu.aboutToShow.emit()
    return menu


@pytest.mark.qt_log_ignore(
    "This plugin does not support raise", "This plugin does not support grabbing the keyboard", extend=True
)
def test_escape_leaves_the_menu_for_its_button(open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    button = next(button for button in desk.window.findChildren(QToolButton) if button.menu())
    button.setFocus()
    passed: list[str] = []

    def go_through() -> None:
        menu = QApplication.activePopupWidget()
        for _ in range(40):
            QTest.keyClick(menu, Key.Key_Down)
            passed.append(menu.activeAction().text())
        QTest.keyClick(menu, Key.Key_Escape)

    QTimer.singleShot(0, go_through)
    QTest.keyClick(button, Key.Key_Space)
    settle()
    assert QApplication.activePopupWidget() is None
    assert desk.window.focusWidget() is button
    actions = menu_of(desk).actions()
    assert set(passed) >= {action.text() for action in actions if action.isEnabled() and not action.isSeparator()}


@pytest.mark.qt_log_ignore(
    "This plugin does not support raise", "This plugin does not support grabbing the keyboard", extend=True
)
@pytest.mark.parametrize("theme", THEMES)
def test_the_item_of_the_menu_with_the_focus_has_an_outline(theme: str, open_desk: OpenDesk) -> None:
    desk = open_desk("en", theme=theme)
    menu = desk.window.header.menu
    menu.popup(QPoint(5, 5))
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Down)
    settle()
    area, image = menu.actionGeometry(menu.activeAction()), menu.grab().toImage()
    focus = QColor(desk.appearance.theme.colours["focus"]).name()
    for x in (area.left(), area.left() + 1, area.right() - 1, area.right()):
        assert image.pixelColor(x, area.center().y()).name() == focus
    menu.close()


# -- dialogs -------------------------------------------------------------------------------------


@pytest.fixture
def open_dialog() -> Callable[[Desk, str], QDialog]:
    """Open a dialog over a desk's window."""

    def open_one(desk: Desk, kind: str) -> QDialog:
        if kind == "about":
            desk.action("about").trigger()
        else:
            report = Path("/somewhere/crash.txt")
            crash_dialog(report, desk.translator.messages, desk.window).open()
        (dialog,) = desk.window.findChildren(QDialog)
        QTest.qWaitForWindowActive(dialog)
        settle()
        return dialog

    return open_one


@pytest.mark.parametrize("kind", ["about", "crash"])
def test_a_dialog_is_gone_through_by_tab_and_left_by_escape(
    kind: str, open_desk: OpenDesk, open_dialog: Callable[[Desk, str], QDialog]
) -> None:
    desk = open_desk("en")
    desk.filter.setFocus()
    dialog = open_dialog(desk, kind)
    wanted = {
        "about": ["QPushButton", "qt_tabwidget_tabbar", "QPlainTextEdit"],
        "crash": ["QPushButton", "qt_msgbox_label", "qt_msgbox_informativelabel"],
    }[kind]
    assert [name(widget) for widget in stops(dialog)] == wanted
    back = [name(widget) for widget in stops(dialog, back=True)]
    assert back == [wanted[0], *reversed(wanted[1:])]
    QTest.keyClick(dialog, Key.Key_Escape)
    settle()
    assert desk.window.findChildren(QDialog) == []
    desk.window.activateWindow()
    settle()
    assert QApplication.focusWidget() is desk.filter, "the focus goes back to where it was"


def test_the_sentences_of_a_dialog_can_be_copied_by_keyboard(
    open_desk: OpenDesk, open_dialog: Callable[[Desk, str], QDialog]
) -> None:
    desk = open_desk("en")
    dialog = open_dialog(desk, "crash")
    label = dialog.findChild(QLabel, "qt_msgbox_informativelabel")
    label.setFocus()
    QTest.keyClick(label, Key.Key_Home, CONTROL)
    QTest.keyClick(label, Key.Key_End, CONTROL | SHIFT)
    QTest.keyClick(label, Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == label.text()
    assert "crash.txt" in label.text()


# -- what shows it -------------------------------------------------------------------------------


def colours_from(image: QImage, start: QPoint, step: QPoint) -> list[str]:
    """Return the colours of the pixels that the outline and the ring take, from `start` on."""
    return [image.pixelColor(start + step * number).name() for number in range(WIDTH)]


def faults(image: QImage, outer: QRect, theme: dict[str, str]) -> list[str]:
    """Return at which edges of `outer` there is no outline with a ring inside it; edges off the image do not count."""
    wanted = [QColor(theme["focus"]).name()] * OUTLINE + [QColor(theme["focus_ring"]).name()] * RING
    middle = outer.center()
    edges = {
        "left": (QPoint(outer.left(), middle.y()), QPoint(1, 0)),
        "right": (QPoint(outer.right(), middle.y()), QPoint(-1, 0)),
        "top": (QPoint(middle.x(), outer.top()), QPoint(0, 1)),
        "bottom": (QPoint(middle.x(), outer.bottom()), QPoint(0, -1)),
    }
    return [
        f"{edge}: {found}"
        for edge, (start, step) in edges.items()
        if (found := colours_from(image, start, step)) != wanted
    ]


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


def around(area: QRect) -> QRect:
    return area.adjusted(-WIDTH, -WIDTH, WIDTH, WIDTH)


def link_area(desk: Desk) -> QRect:
    """Return where the link with the focus is in the window, by the letters of its first line."""
    return desk.view.focus_area().translated(desk.view.mapTo(desk.window, QPoint()))


def seen(window: QWidget, outer: QRect, desk: Desk) -> list[str]:
    settle()
    return faults(window.grab().toImage(), outer, desk.appearance.theme.colours)


def tab_to_link(desk: Desk, number: int = 1) -> None:
    """Go into the page by Tab, and on to the link `number`."""
    desk.tree.setFocus()
    for _ in range(1 + number):
        desk.press(Key.Key_Tab)
    assert desk.link_with_focus()


@pytest.mark.parametrize("theme", THEMES)
def test_every_stop_has_an_outline_of_four_pixels_and_a_ring(theme: str, open_desk: OpenDesk) -> None:
    desk = open_desk("en", theme=theme)
    desk.window.open_entry("2024/section/about")
    finding(desk)
    for widget in stops(desk.window):
        if widget not in (desk.tree, desk.view):
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            assert seen(desk.window, around(place(widget)), desk) == [], name(widget)
            assert ring_of(desk.window).isVisible()


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_has_it_inside_and_a_link_around(theme: str, open_desk: OpenDesk) -> None:
    desk = open_desk("en", theme=theme)
    desk.window.open_entry(LINKS)
    desk.tree.setFocus()
    desk.press(Key.Key_Tab)
    assert desk.view.hasFocus()
    assert seen(desk.window, place(desk.view), desk) == []
    for number in (1, 2, 3):
        tab_to_link(desk, number)
        assert seen(desk.window, around(link_area(desk)), desk) == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_current_row_of_the_tree_has_both(theme: str, open_desk: OpenDesk) -> None:
    desk = open_desk("en", theme=theme)
    desk.window.open_entry("2024/section/purpose")
    desk.tree.setFocus()
    for key in (Key.Key_Up, Key.Key_Down):  # a row alone; then one that can be opened
        desk.press(key)
        row = desk.tree.visualRect(desk.tree.currentIndex())
        row.setLeft(0)
        row.setRight(desk.tree.viewport().width() - 1)
        corner = desk.tree.viewport().mapTo(desk.window, QPoint())
        assert seen(desk.window, row.adjusted(4, 1, -4, -1).translated(corner), desk) == []
    assert not ring_of(desk.window).isVisible(), "one of the two is enough"
    desk.filter.setFocus()
    assert len(seen(desk.window, row.adjusted(4, 1, -4, -1).translated(corner), desk)) == 4, "it goes with the focus"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", ["about", "crash"])
def test_a_dialog_shows_the_focus_as_the_window_does(
    kind: str, theme: str, open_desk: OpenDesk, open_dialog: Callable[[Desk, str], QDialog]
) -> None:
    desk = open_desk("en", theme=theme)
    dialog = open_dialog(desk, kind)
    for widget in stops(dialog):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        outer = place(widget) if type(widget).__name__ == "QPlainTextEdit" else around(place(widget))
        assert seen(dialog, outer, desk) == [], name(widget)


def test_the_window_of_a_fault_shows_the_focus(open_desk: OpenDesk, qtbot) -> None:
    desk = open_desk("en")
    fault = PlanFault(N_("The plan file {path} is missing: put it there, or choose another with --plan."), path="x")
    window = FaultWindow(fault, desk.translator, desk.appearance, TAGS)
    qtbot.addWidget(window)
    window.resize(900, 500)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    settle()
    passed = stops(window)
    assert {name(widget) for widget in passed} == {"QPushButton", "language", "fault"}
    for widget in passed:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert seen(window, around(place(widget)), desk) == [], name(widget)


# -- it goes along -------------------------------------------------------------------------------


def resized(desk: Desk) -> None:
    desk.window.resize(1100, 700)


def larger_text(desk: Desk) -> None:
    desk.appearance.resize(150)


def folded(desk: Desk) -> None:
    """So narrow that the languages go into a row of their own, and the editions below each other."""
    desk.window.resize(desk.window.minimumSizeHint().width(), 800)


def in_another_language(desk: Desk) -> None:
    desk.translator.activate("ko")


def in_another_theme(desk: Desk) -> None:
    desk.appearance.choose("contrast")


CHANGES = {f.__name__: f for f in (resized, larger_text, folded, in_another_language, in_another_theme)}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("place_name", ["larger", "language", "filter", "step"])
def test_the_ring_goes_along(change: str, place_name: str, open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    desk.window.open_entry(LINKS)
    widget = {
        "larger": next(b for b in desk.window.findChildren(QToolButton) if b.defaultAction() is desk.action("larger")),
        "language": desk.language_button("en"),
        "filter": desk.filter,
        "step": desk.button("step", 1),
    }[place_name]
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert seen(desk.window, around(place(widget)), desk) == []
    before = place(widget)
    CHANGES[change](desk)
    settle()
    assert QApplication.focusWidget() is widget
    assert seen(desk.window, around(place(widget)), desk) == []
    if change == "folded" and place_name in ("larger", "language"):
        assert place(widget) != before


def test_the_ring_goes_along_with_a_link_that_is_scrolled(open_desk: OpenDesk) -> None:
    desk = open_desk("en", size=(1000, 500))
    desk.window.open_entry(LINKS)
    tab_to_link(desk, 2)
    before = link_area(desk)
    assert seen(desk.window, around(before), desk) == []
    bar = desk.view.verticalScrollBar()
    bar.setValue(bar.value() + 20)
    now = link_area(desk)
    assert now.top() == before.top() - 20
    assert seen(desk.window, around(now), desk) == []
    bar.setValue(bar.value() + now.top() - place(desk.view).top() + 4)
    settle()
    ring = ring_of(desk.window)
    assert ring.isVisible()
    assert place(desk.view).contains(ring.geometry()), "what is half out of the page takes its ring along"
    bar.setValue(bar.maximum())
    settle()
    assert ring.visibleRegion().isEmpty(), "scrolled out of the page"
    bar.setValue(bar.minimum())
    assert seen(desk.window, around(before), desk) == []


@pytest.mark.parametrize("size", [100, 200])
def test_a_link_with_the_focus_is_in_sight(size: int, open_desk: OpenDesk) -> None:
    """Nothing hides what has the focus: Tab scrolls the page, and the bar to find in it takes its own room."""
    desk = open_desk("en", size=(1000, 600), text_size=size)
    finding(desk)
    desk.tree.setFocus()
    desk.press(Key.Key_Tab)
    links = 0
    while not desk.press(Key.Key_Tab) and desk.view.hasFocus():
        settle()
        links += 1
        area = desk.view.focus_area()
        assert desk.view.rect().contains(area.center()), f"link {links}"
        assert area.intersected(desk.view.rect()).height() >= min(area.height(), 20)
    assert links == len({position for _, _, position in desk.links()})


# -- when there is none --------------------------------------------------------------------------


def test_the_ring_leaves_with_the_windows_focus_and_comes_back(open_desk: OpenDesk, qtbot) -> None:
    desk = open_desk("en")
    desk.filter.setFocus()
    settle()
    ring = ring_of(desk.window)
    assert ring.isVisible()
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    QTest.qWaitForWindowActive(other)
    settle()
    assert not ring.isVisible()
    desk.window.activateWindow()
    QTest.qWaitForWindowActive(desk.window)
    settle()
    assert ring.isVisible()
    assert seen(desk.window, around(place(desk.filter)), desk) == []


def test_a_click_into_the_page_shows_none_until_tab_goes_on(open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    desk.window.open_entry(LINKS)
    QTest.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(60, 300))
    settle()
    assert desk.view.hasFocus()
    ring = ring_of(desk.window)
    assert not ring.isVisible()
    desk.view.verticalScrollBar().setValue(10)
    settle()
    assert not ring.isVisible()
    desk.press(Key.Key_Tab)
    assert desk.link_with_focus()
    assert seen(desk.window, around(link_area(desk)), desk) == []


class Watch(QObject):
    """Notes whether the pointer would go through a widget each time it is about to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.through: list[bool] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self.through.append(watched.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents))
        return False


def test_the_pointer_goes_through_the_ring(open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    desk.window.open_entry(LINKS)
    ring, watch = ring_of(desk.window), Watch()
    ring.installEventFilter(watch)
    step = desk.button("step", 1)
    step.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    assert watch.through == [True]
    above = QPoint(place(step).center().x(), place(step).top() - 2)
    assert ring.geometry().contains(above)
    assert place(desk.view).contains(above), "here the ring lies on the page"
    QTest.mouseClick(desk.window.windowHandle(), Qt.MouseButton.LeftButton, NONE, above)
    settle()
    assert desk.view.hasFocus()
