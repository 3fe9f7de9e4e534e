"""What is closed is gone, and what was shown does not pile up."""

import gc
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.reader import Plan
from minato_viewer.ui.counter.window import CounterWindow
from minato_viewer.ui.shell.language_bar import LanguageBar
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk, delete_now


def alive(kind: type) -> int:
    return sum(isinstance(thing, kind) for thing in gc.get_objects())


@pytest.fixture
def used(open_desk: OpenDesk, translated_plan: Plan) -> Desk:
    """A window that has been worked with."""
    desk = open_desk("ja", translated_plan)
    for code in ("2021/issue/2", "2024/section/outlook", "2021/policy/14"):
        desk.window.open_entry(code)
    desk.look_for("都市")
    desk.action("back").trigger()
    for tag in TAGS:
        desk.translator.activate(tag)
    desk.look_for("")
    desk.action("own_words").trigger()
    return desk


def test_a_closed_window_is_gone(used: Desk) -> None:
    window = weakref.ref(used.window)
    parts = [weakref.ref(part) for part in (used.window.navigator, used.window.pane, used.model, used.tree, used.view)]
    translator = used.translator
    used.window.close()
    used.window.deleteLater()
    used.window = None
    delete_now()
    gc.collect()
    assert window() is None
    assert [part() for part in parts if part() is not None] == []
    assert [top for top in QApplication.topLevelWidgets() if isinstance(top, CounterWindow)] == []
    translator.activate("en")  # nobody of the window listens any more
    translator.activate("ja")


def test_ten_windows_leave_none_behind(open_desk: OpenDesk, plan: Plan) -> None:
    def open_and_close() -> None:
        desk = open_desk("ja", plan)
        desk.window.open_entry("2021/issue/2")
        desk.translator.activate("ko")
        desk.close()

    open_and_close()
    gc.collect()
    before = len(QApplication.topLevelWidgets())
    for _ in range(10):
        open_and_close()
    gc.collect()
    assert len(QApplication.topLevelWidgets()) == before
    assert alive(LanguageBar) == 0


def test_two_hundred_openings_leave_one_document_and_no_more_objects(
    open_desk: OpenDesk, translated_plan: Plan
) -> None:
    desk = open_desk("ja", translated_plan)
    codes = [node.code for node in translated_plan.nodes()]
    ways = [*codes, *codes][:200]
    counts: list[int] = []
    for number, code in enumerate(ways):
        desk.window.open_entry(code)
        if number % 50 == 49:
            delete_now()
            assert len(desk.view.findChildren(QTextDocument)) == 1
            counts.append(len(desk.window.findChildren(QObject)))
    assert max(counts[1:]) <= counts[0]


def test_switching_two_hundred_times_leaves_nothing(open_desk: OpenDesk, translated_plan: Plan) -> None:
    desk = open_desk("ja", translated_plan)
    counts: list[tuple[int, int]] = []
    for number in range(200):
        desk.translator.activate(TAGS[number % len(TAGS)])
        if number % 50 == 49:
            delete_now()
            counts.append((len(desk.window.findChildren(QObject)), len(desk.translator.children())))
    assert max(objects for objects, _ in counts[1:]) <= counts[0][0]
    assert counts[-1][1] <= len(TAGS), "Qt's catalogues pile up"
