"""The kiosk, measured inside it: what a finger waits for on every target, and how long a frame of scrolling takes."""

from __future__ import annotations

import random
import sqlite3
import time
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from shiboken6 import isValid

from minato_viewer.language.tags import TAGS
from minato_viewer.pages.notices import OWN_WORDS
from minato_viewer.services.appearance import Appearance
from minato_viewer.services.translator import Translator
from minato_viewer.ui.kiosk import bar
from minato_viewer.ui.kiosk.card_button import CardButton
from minato_viewer.ui.kiosk.cover import Cover
from minato_viewer.ui.kiosk.key_layouts import CLEAR, DELETE, SCRIPTS
from minato_viewer.ui.kiosk.window import KioskWindow
from minato_viewer.ui.shell.focus_ring import FocusRing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QAbstractScrollArea

    from minato_viewer.ui.kiosk.search_screen import SearchScreen

_MOST = 2_000
"""Rounds of the event loop after which something never ends."""
_LONGEST_PAGES = 5
_ACTION = OWN_WORDS.partition(":")[0] + ":"
"""Begins what a page offers to do; everything else leads to an entry."""
_ROWS = 3
"""Rows of a page that are touched on it."""
_LETTERS = 4
"""Keys of a word that are touched, of those that lead on."""
_WORDS = 4
"""Words that are typed in each language."""

T = TypeVar("T", bound=QObject)


class _Watch(QObject):
    """Notes when a window has been painted: all its widgets are, at one request."""

    def __init__(self, window: QWidget, painted: list[tuple[float, QObject]]) -> None:
        super().__init__(window)
        self._painted = painted
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have the window painted from here, so that it is known when it has been."""
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        watched.removeEventFilter(self)
        QCoreApplication.sendEvent(watched, event)
        watched.installEventFilter(self)
        self._painted.append((time.perf_counter(), watched))
        return True


class Kiosk:
    """The kiosk that is on screen, and the finger before it."""

    def __init__(self, plan: Path) -> None:
        """Take hold of the window once it has done all that its first picture need not wait for."""
        self._plan = plan
        self.steps: list[dict[str, Any]] = []
        self.painted: list[tuple[float, QObject]] = []
        """When a window was painted, and which."""
        self.translator, self.appearance = _owned(Translator), _owned(Appearance)
        # Wakes the event loop where nothing else does.
        self._alarm = QTimer(interval=20)
        self._alarm.start()
        self._take_window()
        while self.window.findChild(FocusRing) is None:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.settle()

    def longest_pages(self) -> list[str]:
        """Return the codes of the pages with the most text."""
        connection = sqlite3.connect(f"{self._plan.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        query = "SELECT code FROM entry_text GROUP BY code ORDER BY sum(length(text)) DESC, code"
        rows = connection.execute(query).fetchmany(_LONGEST_PAGES)
        connection.close()
        return [row[0] for row in rows]

    def settle(self) -> None:
        """Go round the event loop until all is answered and nothing more is painted."""
        quiet = 0
        for _ in range(_MOST):
            if not isValid(self.window) or not self.window.isVisible():
                self._take_window()
            before = len(self.painted)
            search = self.window.search
            waits = search is not None and search.isVisible() and search.waiting
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            # While a thread looks for the answer, this one waits as in the program; going round takes it the time.
            flags = QEventLoop.ProcessEventsFlag
            QCoreApplication.processEvents(flags.WaitForMoreEvents if waits else flags.AllEvents)
            quiet = 0 if waits or len(self.painted) > before else quiet + 1
            if quiet > 3:
                return
        raise RuntimeError("it never comes to rest")

    def touch(self, kind: str, target: QWidget, place: QPoint | None = None) -> None:
        """Touch a target in its middle, or at `place`, and note how long each event takes until all of it is seen."""
        at = target.mapTo(self.window, target.rect().center() if place is None else place)
        if self.window.childAt(at) not in (target, *target.findChildren(QWidget)):
            raise RuntimeError(f"{kind}: {target.accessibleName()} is not what is at {at}")
        handle, button, keys = self.window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        pressed = self._timed(lambda: QTest.mousePress(handle, button, keys, at))
        cpu = time.process_time()
        times = self._timed(lambda: QTest.mouseRelease(handle, button, keys, at))
        if not times:
            raise RuntimeError(f"{kind}: {target.accessibleName()} was touched, and nothing was painted")
        cpu = (time.process_time() - cpu) * 1000
        shown = {"tag": self.translator.tag, "text_size": self.appearance.text_size}
        self.steps.append({"kind": kind, "pressed": pressed[-1:], "total": times[-1], "cpu": cpu, **shown})

    def _timed(self, act: Callable[[], object]) -> list[float]:
        """Do something, and return after how many milliseconds each painting was done."""
        self.painted.clear()
        began, window = time.perf_counter(), self.window
        act()
        self.settle()
        # At the end of a visit another window follows with the gate that is seen already.
        seen = [end for end, painted in self.painted if painted is window] or [end for end, _ in self.painted]
        return [(end - began) * 1000 for end in seen]

    def draw(self, kind: str, area: QAbstractScrollArea) -> None:
        """Scroll by a target's side a frame, as far as a finger does that flicks it on, and note each frame."""
        self.settle()
        scrolled = area.verticalScrollBar()
        down = range(0, scrolled.maximum() + 1, self.window.sizes.target)
        for value in [*down[1:], *down[-2::-1]]:
            cpu = time.process_time()
            times = self._timed(partial(scrolled.setValue, value))
            cpu = (time.process_time() - cpu) * 1000
            shown = {"tag": self.translator.tag, "text_size": self.appearance.text_size}
            self.steps.append({"kind": kind, "total": times[-1], "cpu": cpu, **shown})

    def _take_window(self) -> None:
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, KioskWindow) and w.isVisible()]
        (self.window,) = shown
        _Watch(self.window, self.painted)

    # -- what there is to touch ------------------------------------------------------------------

    @property
    def search(self) -> SearchScreen:
        """The search, which has been opened."""
        if self.window.search is None:
            raise RuntimeError("no search")
        return self.window.search

    def languages(self) -> list[QPushButton]:
        """Return the languages at the gate."""
        return self.window.gate.findChildren(QPushButton, "kiosk_language")

    def cards(self) -> list[QPushButton]:
        """Return the cards of the home; the first is the search."""
        return self.window.home.findChildren(QPushButton, "kiosk_card")

    def rows(self) -> list[QPoint]:
        """Return the middle of each row in sight that leads on from the page that is shown (viewport)."""
        view, document = self.window.reading.pane.view, self.window.reading.pane.document
        if document is None or not view.isVisible():
            return []
        top, x = view.verticalScrollBar().value(), view.lineWrapColumnOrWidth() // 2
        found: dict[str, list[int]] = {}
        for y in range(0, view.viewport().height(), 4):
            code = document.link_of_row(y + top)
            if code and not code.startswith(_ACTION):
                found.setdefault(code, []).append(y)
        return [QPoint(x, heights[len(heights) // 2]) for heights in found.values()]

    def letters(self) -> list[CardButton]:
        """Return the keys that lead on from what was typed."""
        others = (*SCRIPTS, DELETE, CLEAR)
        return [key for key in self._keys() if key.property("key") not in others and key.isEnabled()]

    def key(self, name: str) -> CardButton:
        """Return the key of that name."""
        return next(key for key in self._keys() if key.property("key") == name)

    def _keys(self) -> list[CardButton]:
        return [key for key in self.search.keyboard.findChildren(CardButton, "key") if key.isVisible()]

    def words(self) -> list[CardButton]:
        """Return the words that are offered."""
        return [card for card in self.search.words.findChildren(CardButton, "word") if card.isVisible()]

    def answers(self) -> list[QPushButton]:
        """Return the buttons of the question that covers everything; the last one goes back."""
        covers = [cover for cover in self.window.findChildren(Cover) if cover.isVisible()]
        return [b for cover in covers for b in cover.findChildren(QPushButton) if b.isVisible()]


def touches(options: argparse.Namespace) -> Any:
    """Make visits in every language in turn, each of which touches everything that there is."""
    kiosk = Kiosk(options.plan)
    pages = kiosk.longest_pages()
    for number in range(options.rounds):
        for place in range(len(TAGS)):
            kiosk.touch("language", kiosk.languages()[place])
            _touch_home(kiosk)
            _touch_search(kiosk)
            _touch_bar(kiosk, pages[number % len(pages)], place)
            kiosk.touch("finish", kiosk.window.bar[bar.FINISH])
    return {"steps": kiosk.steps}


def _touch_home(kiosk: Kiosk) -> None:
    """Touch every card, and rows of what it leads to."""
    for place in range(1, len(kiosk.cards())):
        card = kiosk.cards()[place]
        kiosk.window.home.ensureWidgetVisible(card)
        kiosk.settle()
        kiosk.touch("card", card)
        for number in range(_ROWS):
            for row in kiosk.rows()[number : number + 1]:
                kiosk.touch("row", kiosk.window.reading.pane.view.viewport(), row)
                kiosk.touch("back", kiosk.window.bar[bar.BACK])
        while not kiosk.window.home.isVisible():
            kiosk.touch("back", kiosk.window.bar[bar.BACK])


def _touch_search(kiosk: Kiosk) -> None:
    """Type words, each key one of those that lead on, or touch one that is offered; touch what is found."""
    kiosk.touch("search", kiosk.cards()[0])
    for number in range(_WORDS):
        # After the first letter there are the most words, and the most results.
        for _ in range(1 if number % 2 else _LETTERS):
            if keys := kiosk.letters():
                kiosk.touch("key", random.choice(keys))
        if number % 2 and (words := kiosk.words()):
            kiosk.touch("word", random.choice(words))
        results = kiosk.search.results
        if results.results.rowCount():
            area = results.visualRect(results.results.index(0, 0))
            kiosk.touch("result", results.viewport(), area.intersected(results.viewport().rect()).center())
            kiosk.touch("back", kiosk.window.bar[bar.BACK])
        for name in (DELETE, CLEAR):
            if kiosk.key(name).isEnabled():
                kiosk.touch(name, kiosk.key(name))
    kiosk.touch("home", kiosk.window.bar[bar.HOME])


def _touch_bar(kiosk: Kiosk, page: str, place: int) -> None:
    """Touch what changes the looks, in sight of a long page, and go on in the next language and back."""
    kiosk.window.open_entry(page)
    kiosk.settle()
    for name in (bar.LETTERS, bar.COLOURS, bar.FURIGANA, bar.LOW):
        for _ in range(2):  # on and off
            if kiosk.window.bar[name].isEnabled():
                kiosk.touch(name, kiosk.window.bar[name])
    kiosk.touch(bar.TAKE, kiosk.window.bar[bar.TAKE])
    kiosk.touch("taken", kiosk.answers()[-1])
    kiosk.touch(bar.HELP, kiosk.window.bar[bar.HELP])
    kiosk.touch("back", kiosk.window.bar[bar.BACK])
    for other in (place + 1, place):
        kiosk.touch("languages", kiosk.window.bar[bar.LANGUAGE])
        kiosk.touch("language on a page", kiosk.languages()[other % len(TAGS)])
    kiosk.touch("home", kiosk.window.bar[bar.HOME])


def frames(options: argparse.Namespace) -> Any:
    """Draw home, pages and results from top to end and back, in usual and large text, in `--rounds` languages."""
    kiosk = Kiosk(options.plan)
    sizes = kiosk.window.sizes
    for tag in TAGS[: options.rounds]:
        for percent in (sizes.usual, sizes.large):
            kiosk.translator.activate(tag)
            kiosk.appearance.resize(percent)
            kiosk.window.begin(tag)
            kiosk.draw("home", kiosk.window.home)
            for page in kiosk.longest_pages():
                kiosk.window.open_entry(page)
                kiosk.draw("page", kiosk.window.reading.pane.view)
            kiosk.window.open_search()
            kiosk.search.look_for("a")
            kiosk.draw("results", kiosk.search.results)
            kiosk.window.go_home()
    return {"steps": kiosk.steps}


def _owned(kind: type[T]) -> T:
    application = QApplication.instance()
    if application is None:
        raise RuntimeError("no application")
    return next(iter(application.findChildren(kind)))
