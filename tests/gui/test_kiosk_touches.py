"""A kiosk under fingers that do anything: it stays, it stays alone, and nothing of any visit is left.

The same for hours: TESTS_TOUCHES=100000. Where it fails, what was done last stands in the message.
"""

from __future__ import annotations

import json
import os
import random
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from ctypes import CDLL
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QPixmapCache
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget

from minato_viewer.language.tags import TAGS
from minato_viewer.services.pin import hashed
from minato_viewer.ui.kiosk import bar
from minato_viewer.ui.kiosk.cover import Cover
from minato_viewer.ui.kiosk.pin_pad import PinPad
from minato_viewer.ui.kiosk.window import KioskWindow
from tests.gui import starting
from tests.gui.sitting import Home, until_settled
from tests.gui.test_kiosk_sessions import current
from tests.gui.traces import inventory

HERE = __name__
TOUCHES = int(os.environ.get("TESTS_TOUCHES", "400"))
COUNT, SEED, NOTES = "MONKEY_TOUCHES", "MONKEY_SEED", "MONKEY_NOTES"
PIN = "739104826105"
WRONG = "0000"
TALL, WIDE = (1080, 1920), (1280, 800)
MOST_GROWTH = 5 * 1024 * 1024
"""Bytes."""
RESETS = 60
"""Times at which everything is looked over, of a long play; of a short one fewer."""
LAST = 15
"""Deeds that are told where something has gone wrong."""
SECONDS_EACH = 0.1
"""Far more than a touch takes; after so long something hangs."""

Key = Qt.Key
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
KEYPAD = (
    Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Return, Key.Key_Enter, Key.Key_Escape,
    Key.Key_Backspace, Key.Key_Home, Key.Key_Tab, Key.Key_Backtab, Key.Key_Space, Key.Key_PageDown, Key.Key_Help,
)  # fmt: skip
CHORDS = (
    (Key.Key_C, CTRL), (Key.Key_A, CTRL), (Key.Key_V, CTRL), (Key.Key_X, CTRL), (Key.Key_Insert, CTRL),
    (Key.Key_C, CTRL | SHIFT), (Key.Key_Q, CTRL), (Key.Key_W, CTRL), (Key.Key_F, CTRL), (Key.Key_P, CTRL),
    (Key.Key_Plus, CTRL), (Key.Key_Tab, CTRL), (Key.Key_F4, ALT), (Key.Key_Left, ALT), (Key.Key_Space, ALT),
    (Key.Key_F1, NONE), (Key.Key_F3, NONE), (Key.Key_F10, SHIFT), (Key.Key_F11, NONE), (Key.Key_F12, NONE),
    (Key.Key_Menu, NONE), (Key.Key_Print, NONE), (Key.Key_Back, NONE), (Key.Key_Delete, SHIFT),
)  # fmt: skip
DEEDS = {"touch": 100, "anywhere": 10, "drawn": 12, "key": 18, "chord": 6, "letter": 4, "twice": 4, "corners": 2,
         "asked": 2, "expired": 1, "held": 1}  # fmt: skip
"""What is done, and how often of all that."""


# -- in the process ------------------------------------------------------------------------------


def kiosks() -> list[KioskWindow]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, KioskWindow)]


def memory() -> int:
    """Return the bytes that this process alone holds, without what Qt and the system keep for later."""
    QPixmapCache.clear()
    CDLL(None).malloc_trim(0)
    # What was not written to is shared with whatever other program uses Qt, as long as that runs.
    text = Path("/proc/self/smaps_rollup").read_text("ascii")
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private_Dirty")) * 1024


class Monkey(QObject):
    """Does one thing each time the event loop comes round, so that the program does in between what it ever does."""

    def __init__(self) -> None:
        super().__init__()
        self.done = False
        self.problem = ""
        self.touches = self.visits = self.wrong = self.copied = 0
        self.said: list[str] = []
        self.counted: list[dict[str, int]] = []
        self.sizes: list[int] = []
        self._count = int(os.environ[COUNT])
        self._random = random.Random(int(os.environ[SEED]))
        self._notes = Path(os.environ[NOTES])
        """What was done since the last reset, to be read even after a crash."""
        self._device = QTest.createTouchDevice()
        self._window = current()
        self._busy = False
        self._holds: QPoint | None = None
        """Where a finger has stayed on the screen."""
        clipboard = QGuiApplication.clipboard()
        clipboard.dataChanged.connect(self._on_copied)
        clipboard.selectionChanged.connect(self._on_copied)
        qInstallMessageHandler(self._on_said)
        # A kiosk goes on after a mistake of ours; it is to be told with what was done last.
        self._report, sys.excepthook = sys.excepthook, self._on_mistake
        self._life = self._lives()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(0)

    def _on_copied(self) -> None:
        self.copied += 1

    def _on_said(self, kind: object, where: object, sentence: str) -> None:
        # Of its windows Qt's platform without a display says what it cannot do.
        if not sentence.startswith("This plugin"):
            self.said += [sentence, *traceback.format_stack(limit=5)]

    def _on_mistake(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.said += traceback.format_exception(error)
        self._report(kind, error, trace)

    def _go_on(self) -> None:
        # Painting goes round the event loop as well, and this timer with it.
        if self._busy or self.done:
            return
        self._busy = True
        try:
            next(self._life)
        except StopIteration:
            self.done = True
        except Exception:  # noqa: BLE001 - told to the test, with what was done last
            self.problem = traceback.format_exc()
            self.done = True
        self._busy = False

    def _lives(self) -> Iterator[None]:
        yield from self._tour()
        yield from self._reset()
        every = max(self._count // RESETS, min(self._count, 200) // 4)
        for number in range(1, self._count + 1):
            (deed,) = self._random.choices(list(DEEDS), list(DEEDS.values()))
            getattr(self, f"_{deed}")()
            self.touches += 1
            yield from self._come_to_rest()
            self._lift()
            if number % every == 0:
                yield from self._reset()

    def _tour(self) -> Iterator[None]:
        """Do once all that there is, so that what is made once for all is there."""
        window = self._window
        if self._type_wrong_pin():
            yield
        self._type(Key.Key_Down, NONE)
        for tag in TAGS:
            window.gate.chosen.emit(tag)
            window.open_entry("2021/policy/14")
            yield
        for name in sorted({*bar.NAMES} - {bar.FINISH, bar.LANGUAGE, bar.HOME, bar.BACK}):
            window.bar[name].click()
            yield
        window.open_search()
        window.search.look_for("あ")
        window.search.await_results()
        self._asked()
        yield
        window.bar[bar.FINISH].click()
        del window
        yield from self._come_to_rest()

    def _come_to_rest(self) -> Iterator[None]:
        """Let the event loop go round, and until the window of a visit that is over is gone: no finger is so quick."""
        yield
        yield
        self._check()
        while kiosks() != [self._window]:
            yield
            self._check()

    def _reset(self) -> Iterator[None]:
        self._window.over.emit()
        yield from self._come_to_rest()
        while not self._window.gate._seen:
            yield
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.counted.append(inventory())
        self.sizes.append(memory())
        self._notes.write_text("", encoding="utf-8")

    def grown(self) -> int:
        """Return by how many bytes the last third of the play held more than the middle one, at the least of each."""
        third = max(len(self.sizes) // 3, 1)
        return min(self.sizes[-third:]) - min(self.sizes[-2 * third : -third])

    def _check(self) -> None:
        assert not self.said, "Qt or Python has said something"
        shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        assert [type(widget) for widget in shown] == [KioskWindow], shown
        assert shown[0].size() == shown[0].screen().size()
        assert self.copied == 0, "the clipboard was used"
        covers = Counter(type(cover) for cover in shown[0].findChildren(Cover) if cover.isVisible())
        assert set(covers.values()) <= {1}, covers
        if shown[0] is not self._window:
            self.visits += 1
            self._window = shown[0]
            self._check_start()

    def _check_start(self) -> None:
        window, context = self._window, self._window._context
        place = (window.gate.isVisible(), window.search, window._here, window._history, window.idle._timer.isActive())
        assert place == (True, None, "", [], False)
        looks = (context.translator.tag, context.appearance.choice, context.furigana.choice)
        assert looks == ("ja", "system", "easy")
        assert context.appearance.text_size == window.sizes.usual

    # -- what fingers do -------------------------------------------------------------------------

    def _touch(self) -> None:
        """Touch what is to be touched: what the page is about, or one of the buttons at its foot."""
        targets = [b for b in self._window.findChildren(QAbstractButton) if b.isVisible()]
        below = [target for target in targets if target.parentWidget() is self._window.bar]
        above: list[QWidget] = [target for target in targets if target.parentWidget() is not self._window.bar]
        areas = [a.viewport() for a in self._window.findChildren(QAbstractScrollArea) if a.isVisible()]
        (kind,) = self._random.choices((above, areas, below), (5, 2, 1))
        target = self._random.choice(kind or targets)
        area = target.visibleRegion().boundingRect()
        if not area.isEmpty():
            name = target.accessibleName() or target.objectName()
            self._press(self._within(area.translated(target.mapTo(self._window, QPoint()))), name)

    def _anywhere(self) -> None:
        self._press(self._within(self._window.rect()), "anywhere")

    def _within(self, area: QRect) -> QPoint:
        return QPoint(self._random.randint(area.left(), area.right()), self._random.randint(area.top(), area.bottom()))

    def _press(self, at: QPoint, name: str) -> None:
        """Touch a place, as a touch screen tells it or as a mouse does: a touch leads one page on at most."""
        handle, history = self._window.windowHandle(), self._window._history
        pages = len(history)
        if self._random.random() < 0.5:
            self._note(f"finger {at.toTuple()} {name}")
            QTest.touchEvent(handle, self._device, False).press(0, at).commit()
            QTest.touchEvent(handle, self._device, False).release(0, at).commit()
        else:
            self._note(f"mouse {at.toTuple()} {name}")
            QTest.mousePress(handle, LEFT, NONE, at)
            QTest.mouseRelease(handle, LEFT, NONE, at)
        assert len(history) <= pages + 1, history

    def _drawn(self) -> None:
        begin, end = self._within(self._window.rect()), self._within(self._window.rect())
        self._note(f"drawn {begin.toTuple()} {end.toTuple()}")
        handle = self._window.windowHandle()
        QTest.mousePress(handle, LEFT, NONE, begin)
        for part in (0.1, 0.3, 0.6, 1.0):
            QTest.mouseMove(handle, begin + (end - begin) * part)
        QTest.mouseRelease(handle, LEFT, NONE, end)

    def _twice(self) -> None:
        at = self._within(self._window.rect())
        self._note(f"twice {at.toTuple()}")
        QTest.mouseDClick(self._window.windowHandle(), LEFT, NONE, at)

    def _held(self) -> None:
        """Be on the screen still while the visit ends; the finger is lifted from the screen of the next one."""
        self._holds = self._within(self._window.rect())
        self._note(f"held {self._holds.toTuple()}")
        QTest.mousePress(self._window.windowHandle(), LEFT, NONE, self._holds)
        self._window.over.emit()

    def _lift(self) -> None:
        if self._holds is not None:
            QTest.mouseRelease(self._window.windowHandle(), LEFT, NONE, self._holds)
            self._check_start()
        self._holds = None

    def _corners(self) -> None:
        """Touch the four corners in the order of staff; at the gate alone that means anything."""
        right, below = self._window.width() - 4, self._window.height() - 4
        for at in (QPoint(3, 3), QPoint(right, 3), QPoint(right, below), QPoint(3, below)):
            self._press(at, "corner")

    # -- what keys do, and who is not there ------------------------------------------------------

    def _key(self) -> None:
        self._type(self._random.choice(KEYPAD), NONE)

    def _chord(self) -> None:
        self._type(*self._random.choice(CHORDS))

    def _letter(self) -> None:
        self._type(Key(self._random.randint(Key.Key_A.value, Key.Key_Z.value)), NONE)

    def _type(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        self._note(f"{modifiers.name} {key.name}")
        QTest.keyClick(self._window.windowHandle(), key, modifiers)
        QCoreApplication.processEvents()

    def _asked(self) -> None:
        """Ask whether anybody is there, as if nobody had been for long; whatever comes next is the answer."""
        idle = self._window.idle
        if idle._timer.isActive():
            self._note("asked")
            idle._wait, usual = 0, idle._wait
            idle._look()
            idle._wait = usual

    def _expired(self) -> None:
        self._note("expired")
        self._window.idle.expired.emit()

    def _type_wrong_pin(self) -> bool:
        """Ask for the way out, and try a wrong PIN; return whether there is such a way."""
        self._corners()
        pads = self._window.findChildren(PinPad)
        if not pads:
            return False
        (pad,) = pads
        keys = {button.text(): button for button in pad.findChildren(QAbstractButton)}
        for key in (*WRONG, "OK"):
            keys[key].click()
        self.wrong += 1
        pad._cancel.click()
        return True

    def _note(self, what: str) -> None:
        with self._notes.open("a", encoding="utf-8") as file:
            file.write(f"{what}\n")


def play(window: KioskWindow) -> Iterator[Any]:
    """Let a monkey play, and tell what became of it."""
    yield from until_settled()
    # It is the monkey who knows when it is enough.
    sys.modules["__main__"].PATIENCE = sys.maxsize
    monkey = Monkey()
    yield lambda: monkey.done
    return {
        "problem": monkey.problem,
        "said": monkey.said,
        "touches": monkey.touches,
        "visits": monkey.visits,
        "wrong": monkey.wrong,
        "inventories": [*monkey.counted[:1], *(found for found in monkey.counted if found != monkey.counted[0])],
        "grown": monkey.grown() if len(monkey.sizes) > 1 else 0,
        "sizes": monkey.sizes,
    }


# -- what becomes of it --------------------------------------------------------------------------


def played(home: Home, pin: str, size: tuple[int, int]) -> tuple[starting.Ended, dict[str, Any]]:
    """Let the monkey play on a screen of its own, with half of the touches."""
    screen = {"name": "kiosk", "x": 0, "y": 0, "width": size[0], "height": size[1], "logicalDpi": 96, "dpr": 1}
    screens = home.set(json.dumps({"screens": [{**screen, "logicalBaseDpi": 96}]}), "screen", "screens.json")
    if pin:
        home.set(f'kiosk_pin = "{hashed(pin, rounds=100_000)}"\n')
    notes = home.set("", "screen", "notes.txt")
    told = {COUNT: str(TOUCHES // 2), SEED: "20261101", NOTES: str(notes), "PYTHONFAULTHANDLER": "1"}
    platform = f"offscreen:configfile={screens}"
    ended, seen = home.start(
        "--profile", "kiosk", "--lang", "ja", deed=f"{HERE}:play", QT_QPA_PLATFORM=platform, **told
    )
    result, last = seen.get("result"), notes.read_text("utf-8").splitlines()[-LAST:]
    assert isinstance(result, dict), (result, ended, last)
    assert (result["problem"], result["said"]) == ("", []), (result["touches"], last)
    return ended, result


def test_no_touch_breaks_it_or_leads_out(tmp_path: Path, plan_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "LIMIT", starting.LIMIT + TOUCHES * SECONDS_EACH)
    homes = [Home(tmp_path / name, plan_path) for name in ("tall", "wide")]
    with ThreadPoolExecutor() as both:
        plays = list(both.map(played, homes, ("", PIN), (TALL, WIDE)))
    for home, pin, (ended, result) in zip(homes, ("", PIN), plays, strict=True):
        print({name: result[name] for name in ("touches", "visits", "grown", "sizes")})
        assert result["touches"] == TOUCHES // 2
        assert result["visits"] > len(TAGS)
        assert bool(result["wrong"]) == bool(pin)
        (first,) = result["inventories"]
        assert sum(first.values()) > 100, "and no object more or less at any other time"
        assert result["grown"] < MOST_GROWTH
        assert (ended.code, ended.sentences) == (0, [])
        assert home.written() == [], "no crash report, and nothing remembered"
