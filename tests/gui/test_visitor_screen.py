"""The visitor's screen: it follows, holds or welcomes, and never shows anything of the staff's."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QTextBrowser, QWidget

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.wording import not_official
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.furigana import shows
from minato_viewer.services.settings import Settings
from minato_viewer.services.theme import load
from minato_viewer.ui.counter.conversation import Conversation
from minato_viewer.ui.counter.menu import FOLLOW, HOLD, MODES, WELCOME
from minato_viewer.ui.counter.visitor_display import WRITTEN
from minato_viewer.viewmodel.page_document import PageDocument
from tests.gui.desk import TODAY, Desk, delete_now
from tests.gui.sitting import Home, until_settled
from tests.gui.xserver import display as x_display
from tests.gui.xserver import lacking

if TYPE_CHECKING:
    from tests.gui.conftest import OpenDesk  # which chooses the platform of whatever process loads it

HERE = __name__
CODE = "2024/district/takanawa"


@pytest.fixture
def shown(open_desk: OpenDesk) -> Iterator[Desk]:
    desk = open_desk(settings=Settings())
    desk.window.open_entry(CODE)
    desk.press(Qt.Key.Key_F9)
    settle()
    yield desk
    if desk.window is not None and desk.window.visit.screened:
        desk.window.visit.screen.close()


def settle() -> None:
    QTest.qWait(15)
    QCoreApplication.processEvents()


def screen(desk: Desk):
    return desk.window.visit.screen


def display(desk: Desk):
    return screen(desk).display


def text(desk: Desk) -> str:
    """The page on the visitor's screen."""
    assert display(desk).shown == "page"
    return display(desk).pane.view.toPlainText()


def composed(plan: Plan, code: str, tag: str, *, furigana: bool = False) -> str:
    page = Composer(plan, TODAY).page(code, messages(tag), furigana=furigana)
    return PageDocument(page, load("light", 200)).toPlainText()


# -- what is shown -------------------------------------------------------------------------------


def test_it_follows_the_entry_and_the_visitors_language(shown: Desk, plan: Plan) -> None:
    assert text(shown) == composed(plan, CODE, "ja")
    shown.window.open_entry("2021/policy/4")
    settle()
    assert text(shown) == composed(plan, "2021/policy/4", "ja")
    shown.press(Qt.Key.Key_F5)
    settle()
    assert text(shown) == composed(plan, "2021/policy/4", "zh-Hans")
    shown.press(Qt.Key.Key_F8)
    settle()
    assert shown.translator.tag == "ja"
    assert text(shown) == composed(plan, "2021/policy/4", "zh-Hans"), "the window speaks with the staff again"
    shown.press(Qt.Key.Key_F6)
    settle()
    assert text(shown) == composed(plan, "2021/policy/4", "ko")


def test_it_follows_the_place_and_the_pointer(shown: Desk) -> None:
    shown.window.resize(1000, 420)
    display(shown).resize(1000, 500)
    settle()
    bar, seen = shown.view.verticalScrollBar(), display(shown).pane.view
    bar.setValue(round(shown.window.pane.document.area_of("body.1").top()))
    settle()
    field = display(shown).pane.document.place_at(seen.verticalScrollBar().value() + 1).field
    assert field == "body.1"
    shown.window.visit.toggle_pointer("note.1")
    settle()
    area = display(shown).pane.document.area_of("note.1")
    top = seen.verticalScrollBar().value()
    assert top <= area.top() <= top + seen.viewport().height()
    ground = QColor(display(shown).appearance.theme.colours["point_ground"])
    picture = seen.viewport().grab().toImage()
    assert any(picture.pixelColor(60, y) == ground for y in range(picture.height()))
    bar.setValue(0)
    shown.window.visit.point("")
    settle()
    assert seen.verticalScrollBar().value() == 0


def test_it_holds_what_it_shows_and_goes_on_following(shown: Desk, plan: Plan) -> None:
    shown.window.visit.set_mode(HOLD)
    shown.window.open_entry("2021/policy/4")
    shown.press(Qt.Key.Key_F4)
    settle()
    assert text(shown) == composed(plan, CODE, "ja")
    shown.window.visit.set_mode(FOLLOW)
    settle()
    assert text(shown) == composed(plan, "2021/policy/4", "en")


def test_the_welcome_greets_in_every_language_and_shows_no_page(shown: Desk) -> None:
    shown.window.visit.set_mode(WELCOME)
    shown.window.open_entry("2021/policy/4")
    settle()
    assert display(shown).shown == "welcome"
    said = {label.text() for label in display(shown).findChildren(QLabel) if label.isVisibleTo(display(shown))}
    assert {messages(tag).gettext("Welcome") for tag in TAGS} <= said
    assert not display(shown).pane.isVisibleTo(display(shown))


def test_letters_and_colours_are_its_own(shown: Desk) -> None:
    own = display(shown).appearance
    assert own.text_size == 200
    shown.action("visitor_smaller").trigger()
    settle()
    assert (own.text_size, shown.appearance.text_size) == (175, 100)
    shown.action("visitor_contrast").trigger()
    assert (own.theme.name, shown.appearance.theme.name) == ("contrast", "light")
    shown.action("theme-dark").trigger()
    assert (own.theme.name, shown.appearance.theme.name) == ("contrast", "dark")
    shown.action("visitor_contrast").trigger()
    assert own.theme.name == "dark"
    settle()
    picture = display(shown).pane.view.viewport().grab().toImage()
    assert picture.pixelColor(2, 2) == QColor(own.theme.colours["paper"])


def test_what_staff_write_is_shown_as_they_type_and_goes_with_the_dialog(shown: Desk, plan: Plan) -> None:
    shown.window.visit.choose("ko")
    shown.action("write").trigger()
    (dialog,) = shown.window.findChildren(Conversation)
    QTest.keyClicks(dialog.box, "3 F")
    settle()
    assert display(shown).shown == "written"
    (written,) = display(shown).findChildren(QPlainTextEdit)
    assert written.toPlainText() == "3 F"
    assert written.font().pointSize() == WRITTEN == 45
    dialog.box.setPlainText("잠시만 기다려 주세요.\n" * 12)
    settle()
    assert written.verticalScrollBar().value() == written.verticalScrollBar().maximum() > 0
    dialog.close()
    delete_now()
    settle()
    assert text(shown) == composed(plan, CODE, "ko")
    assert written.toPlainText() == ""


def test_without_a_visitors_screen_the_box_itself_has_large_letters(desk: Desk) -> None:
    desk.action("write").trigger()
    (dialog,) = desk.window.findChildren(Conversation)
    assert dialog.box.font().pointSize() == 45
    assert not dialog.isModal()
    dialog.box.setPlainText("ことば")
    assert desk.window.visit.screen is None
    dialog.close()


def test_reference_translations_that_are_for_staff_alone_are_not_shown(open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk("ja", settings=Settings(reference_text="staff"))
    desk.window.open_entry(CODE)
    desk.press(Qt.Key.Key_F9)
    settle()
    assert text(desk) == composed(plan.without_references(), CODE, "ja")
    assert text(desk) != desk.text()


# -- never anything else -------------------------------------------------------------------------


def strings(widget: QWidget) -> set[str]:
    """Everything that can be read on a screen, or is told of it to assistive technology."""
    found: set[str] = {widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
    for part in widget.findChildren(QWidget):
        if part.isVisibleTo(widget):
            found |= {part.toolTip(), part.accessibleName(), part.accessibleDescription()}
            if isinstance(part, QLabel):
                found.add(part.text())
            if isinstance(part, (QTextBrowser, QPlainTextEdit)):
                found.add(part.toPlainText())
            assert not isinstance(part, (QLineEdit, QAbstractButton)), part
    return found - {""}


def allowed(desk: Desk, plan: Plan, held: tuple[str, str, bool], written: str | None) -> set[str]:
    """Everything that may be read there, as it is composed anew."""
    said = {message for tag in TAGS for message in (messages(tag).gettext("Minato City Basic Plan"),)}
    said |= {not_official(messages(tag)) for tag in TAGS}
    if written is not None:
        return said | {written}
    if screen(desk).mode == WELCOME or not held[0]:
        return said | {messages(tag).gettext("Welcome") for tag in TAGS}
    code, tag, furigana = held
    page = Composer(plan, TODAY).page(code, messages(tag), furigana=furigana)
    name = messages(tag).gettext("Page: {title}", title=page.heading)
    return said | {composed(plan, code, tag, furigana=furigana), name}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_staff_do_the_visitor_sees_nothing_of_theirs(seed: int, open_desk: OpenDesk, plan: Plan) -> None:
    chance = random.Random(seed)
    desk = open_desk(settings=Settings())
    desk.press(Qt.Key.Key_F9)
    codes = ["2024", CODE, "2021/policy/4", "2021/policy/24", "viewer/compare", "viewer/topic/disaster"]
    held, written = ("2024", "ja", False), None
    window = desk.window

    def search() -> None:
        window.search.look_for(chance.choice(["himitsu", "防災", "4"]))
        window.search.panel.await_results()

    def write() -> None:
        nonlocal written
        written = f"himitsu {chance.random()}"
        screen(desk).write(written)

    def stop_writing() -> None:
        nonlocal written
        written = None
        screen(desk).write(None)

    deeds = [
        lambda: window.open_entry(chance.choice(codes)),
        lambda: window.visit.choose(chance.choice(TAGS)),
        lambda: window.visit.set_mode(chance.choice(MODES)),
        window.visit.toggle_pair,
        window.visit.swap,
        window.visit.point_next,
        window.go_back,
        lambda: desk.look_for(chance.choice(["himitsu", "", "防災"])),
        window.pane.open_find,
        window.paper.add_to_handout,
        window.pane.copy_with_source,
        window.pane.toggle_own_words,
        lambda: desk.action(chance.choice(["larger", "smaller", "theme-dark", "theme-light", "furigana"])).trigger(),
        lambda: desk.action(chance.choice(["visitor_larger", "visitor_smaller", "visitor_contrast"])).trigger(),
        search, write, stop_writing,
    ]  # fmt: skip
    for _ in range(45):
        chance.choice(deeds)()
        settle()
        visit = window.visit
        if screen(desk).mode == FOLLOW and written is None:
            furigana = shows(desk.furigana.choice, visit.shown_language)
            held = (desk.code, visit.shown_language, furigana)
        elif screen(desk).mode == HOLD and display(desk).shown == "page":
            held = (held[0], held[1], shows(desk.furigana.choice, held[1]))
        if screen(desk).mode == HOLD and display(desk).shown == "welcome":
            held = ("", "", False)
        assert strings(display(desk)) <= allowed(desk, plan, held, written)
    screen(desk).close()


def test_no_key_and_no_touch_does_anything_there(shown: Desk) -> None:
    view = display(shown).pane.view
    before = text(shown)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Down):
        QTest.keyClick(display(shown), key)
    for x in range(60, view.viewport().width(), 120):
        for y in range(30, view.viewport().height(), 60):
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    settle()
    assert text(shown) == before
    assert (shown.code, shown.window.visit.pointed, shown.window.visit.pair) == (CODE, "", None)
    assert not view.textCursor().hasSelection()


# -- coming and going ----------------------------------------------------------------------------


def test_it_is_opened_and_closed_by_key_and_goes_with_the_window(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F9)
    assert display(desk).isVisible()
    assert desk.action("display").isChecked()
    assert desk.action("hold").isEnabled()
    desk.press(Qt.Key.Key_F9)
    assert not display(desk).isVisible()
    assert not desk.action("hold").isEnabled()
    desk.press(Qt.Key.Key_F9)
    display(desk).close()
    assert not desk.action("display").isChecked()
    desk.press(Qt.Key.Key_F9)
    window = display(desk)
    desk.window.close()
    delete_now()
    assert window not in QApplication.topLevelWidgets()


def test_without_a_second_screen_it_is_a_window_and_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("minato_viewer.ui.counter.visitor_screen.tell", lambda _, sentence: said.append(sentence))
    desk.press(Qt.Key.Key_F9)
    assert not display(desk).isFullScreen()
    told = "There is no second screen, so the visitor display is a window: move it to where the visitor sees it."
    assert said == [messages("ja").gettext(told)]


# -- on a real X display, with screens that come and go ------------------------------------------


def monitor(name: str, place: str) -> None:
    """Add a screen of the X display, or take it away where `place` is empty."""
    command = ["--setmonitor", name, place, "none"] if place else ["--delmonitor", name]
    subprocess.run(["xrandr", *command], check=True)


def plug(window: Any) -> Iterator[Any]:
    """Show the visitor something while screens come and go; return what was to be seen each time."""
    yield from until_settled()
    seen: list[tuple[bool, bool, list[int]]] = []

    def look() -> None:
        shown = window.visit.screen.display
        seen.append((shown.isVisible(), shown.isFullScreen(), list(shown.geometry().getRect())))

    window.setGeometry(20, 60, 700, 600)
    window.visit.toggle_screen()
    yield window.visit.screen.display.isVisible
    look()
    monitor("RIGHT", "600/150x1000/260+1000+0")
    yield lambda: window.visit.screen.display.geometry().width() == 600
    look()
    monitor("RIGHT", "")
    yield lambda: len(QGuiApplication.screens()) == 1
    look()
    window.open_entry("2021/policy/4")
    monitor("RIGHT", "500/150x1000/260+1100+0")
    yield window.visit.screen.display.isVisible
    yield lambda: window.visit.screen.display.geometry().width() == 500
    yield lambda: window.visit.screen.display.pane.page.code == "2021/policy/4"
    look()
    return seen


@pytest.mark.xdisplay
@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_screens_come_and_go(tmp_path: Path, plan_path: Path) -> None:
    home = Home(tmp_path, plan_path)
    with x_display() as number:
        ended, seen = home.start("--lang", "ja", deed=f"{HERE}:plug", QT_QPA_PLATFORM="xcb", DISPLAY=number)
    assert ended.code == 0, ended.error
    alone, second, gone, back = seen["result"]
    assert alone[:2] == [True, False]
    assert second == [True, True, [1000, 0, 600, 1000]]
    assert gone[0] is False, "and nothing covers the staff's window"
    assert back == [True, True, [1100, 0, 500, 1000]]
