"""The next visitor: nothing of the visit before is left, on the screen, in memory or on the disk of a real program."""

import json
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from minato_viewer.ui.counter.window import CounterWindow
from tests.gui.sitting import Home, until_settled
from tests.gui.traces import holders, inventory
from tests.gui.xserver import display, lacking

HERE = __name__
SECRET = "himitsu-no-soudan"
"""What the visitor came for."""
VISITED = "2021/policy/14"


@pytest.fixture
def home(tmp_path: Path, plan_path: Path) -> Home:
    return Home(tmp_path, plan_path)


# -- in the process ------------------------------------------------------------------------------


def current() -> CounterWindow:
    """The window that is open."""
    (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, CounterWindow) and w.isVisible()]
    return window


def gone(window: CounterWindow) -> Any:
    """Press F12 where the keyboard is, and wait until the window is another one."""
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F12)
    return lambda: (
        [w for w in QApplication.topLevelWidgets() if isinstance(w, CounterWindow)] == [current()] != [window]
    )


def visit(window: CounterWindow) -> Iterator[Any]:
    """Do everything a visit can hold, call the next visitor, and tell what differs from before."""
    yield from until_settled()
    window.activateWindow()
    yield QApplication.focusWidget
    yield gone(window)
    yield QApplication.focusWidget
    start = look(current())
    counted, meanwhile = [], {}
    # The first visit opens the visitor's screen, which then stays and welcomes the next one.
    for _ in range(3):
        yield from do_everything(current())
        meanwhile = look(current())
        yield QApplication.focusWidget
        yield gone(current())
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        yield lambda: not [dialog for dialog in QApplication.topLevelWidgets() if isinstance(dialog, QDialog)]
        yield QApplication.focusWidget
        counted.append(inventory())
    screen = current().visit.screen
    shown = screen.display.shown
    screen.close()
    return {
        "start": start,
        "meanwhile": meanwhile,
        "end": look(current()),
        "counted": counted,
        "memory": holders(SECRET, VISITED),
        "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
        "clipboard": QGuiApplication.clipboard().text(),
        "display": shown,
    }


def do_everything(window: CounterWindow) -> Iterator[Any]:
    window.open_entry(VISITED)
    window.actions_by_id["larger"].trigger()
    window.actions_by_id["theme-dark"].trigger()
    window.actions_by_id["furigana"].trigger()
    window.navigator.filter.setText(SECRET)
    window.navigator.apply_filter()
    window.navigator.filter.setText("")
    window.navigator.apply_filter()
    window.search.look_for(SECRET)
    window.search.panel.await_results()
    window.paper.add_to_handout()
    window.pane.copy_with_source()
    window.pane.open_find()
    window.pane._find._box.setText(SECRET)
    window.visit.choose("zh-Hans")
    window.visit.toggle_pair()
    if not window.visit.screened:
        window.visit.toggle_screen()
    window.visit.toggle_pointer("title")
    yield lambda: window.visit.screen.display.shown == "page"
    window.visit.write()
    (conversation,) = [w for w in QApplication.topLevelWidgets() if w.objectName() == "conversation"]
    conversation.box.setPlainText(SECRET)
    yield lambda: window.visit.screen.display.shown == "written"
    window.paper.show_handout()
    window.paper.print_page()
    yield lambda: len([w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]) >= 3


def look(window: CounterWindow) -> dict[str, Any]:
    context = window._context
    return {
        "code": window.pane.page.code,
        "lang": context.translator.tag,
        "theme": context.appearance.choice,
        "text_size": context.appearance.text_size,
        "furigana": context.furigana.choice,
        "back": window.actions_by_id["back"].isEnabled(),
        "search": window.header.search_box.text(),
        "filter": window.navigator.filter.text(),
        "handout": list(window.paper.handout.codes),
        "pair": window.visit.pair is not None,
        "visitor": window.visit.companion,
        "pointed": window.visit.pointed,
        "geometry": list(window.geometry().getRect()),
    }


# -- what is left --------------------------------------------------------------------------------


@pytest.mark.xdisplay
@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_nothing_of_a_visit_is_left(home: Home) -> None:
    with display() as screen:
        ended, seen = home.start("--lang", "ja", deed=f"{HERE}:visit", QT_QPA_PLATFORM="xcb", DISPLAY=screen)
    assert ended.code == 0, ended.error
    result = seen["result"]
    assert isinstance(result, dict), result
    start = result["start"]
    assert start["code"] == "2024"
    assert {name for name in start if start[name] != result["meanwhile"][name]} >= {
        "code", "theme", "text_size", "furigana", "back", "search", "handout", "pair", "visitor", "pointed",
    }  # fmt: skip
    assert result["end"] == start
    assert result["clipboard"] == ""
    assert result["display"] == "welcome"
    assert result["memory"] == []
    assert result["core"] == 0, "and a crash leaves no picture of the memory"
    first, *others = result["counted"]
    assert sum(first.values()) > 100
    assert others == [first, first], "no object more or less after each visit"
    for file in home.folder.rglob("*"):
        if file.is_file() and file != home.plan:
            told = file.read_text("utf-8", errors="replace")
            assert SECRET not in told, file
            assert VISITED not in told, file
    assert json.loads(home.state.read_text("utf-8"))["code"] == "2024"
