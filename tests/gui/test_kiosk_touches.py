"""A kiosk under fingers that do anything: it stays, it stays alone, and nothing of any visit is left.

The same for hours: TESTS_TOUCHES=100000. Where it fails, what was done last stands in the message.
"""

from __future__ import annotations

import os
import random
import sys
import traceback
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget

from minato_viewer.language.tags import TAGS
from minato_viewer.services.pin import hashed
from minato_viewer.ui.kiosk import bar
from minato_viewer.ui.kiosk.pin_pad import PinPad
from minato_viewer.ui.kiosk.window import KioskWindow
from tests.gui import starting
from tests.gui.sitting import Home, until_settled
from tests.gui.test_kiosk_sessions import current, memory
from tests.gui.traces import inventory

HERE = __name__
TOUCHES = int(os.environ.get("TESTS_TOUCHES", "400"))
COUNT, SEED = "MONKEY_TOUCHES", "MONKEY_SEED"
PIN = "739104826105"
WRONG = "0000"
SIZES = ("1080x1920", "1280x800")
MOST_GROWTH = 5 * 1024 * 1024
"""Bytes."""
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


@pytest.fixture
def home(tmp_path: Path, plan_path: Path) -> Home:
    return Home(tmp_path, plan_path)


# -- in the process ------------------------------------------------------------------------------


class Monkey(QObject):
    """Does one thing each time the event loop comes round, so that the program does in between what it ever does."""

    def __init__(self) -> None:
        super().__init__()
        self.done = False
        self.problem = ""
        self.touches = self.visits = self.wrong = self.copied = 0
        self.last: deque[str] = deque(maxlen=15)
        self.counted: list[dict[str, int]] = []
        self.sizes: list[int] = []
        self._count = int(os.environ[COUNT])
        self._random = random.Random(int(os.environ[SEED]))
        self._device = QTest.createTouchDevice()
        self._window = current()
        self._busy = False
        clipboard = QGuiApplication.clipboard()
        clipboard.dataChanged.connect(self._on_copied)
        clipboard.selectionChanged.connect(self._on_copied)
        self._life = self._lives()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(0)

    def _on_copied(self) -> None:
        self.copied += 1

    def _go_on(self) -> None:
        # Painting goes round the event loop as well, and this timer with it.
        if self._busy or self.done:
            return
        self._busy = True
        try:
            next(self._life)
        except StopIteration:
            self.done = True
        except Exception:
            self.problem = traceback.format_exc()
            self.done = True
        self._busy = False

    def _lives(self) -> Iterator[None]:
        for tag in TAGS:
            yield from self._tour(tag)
        yield from self._reset()
        for number in range(self._count):
            (deed,) = self._random.choices(list(DEEDS), list(DEEDS.values()))
            getattr(self, f"_{deed}")()
            self.touches += 1
            yield
            self._check()
            if number in (self._count // 2, self._count - 1):
                yield from self._reset()

    def _tour(self, tag: str) -> Iterator[None]:
        """Do once all that there is, so that what is made once for all is there."""
        window = self._window
        if self._type_wrong_pin():
            yield
        self._type(Key.Key_Down, NONE)
        window.gate.chosen.emit(tag)
        for code in ("viewer/topic/disaster", "2021/policy/14", "2024/section/issues"):
            window.open_entry(code)
            yield
        for name in bar.NAMES:
            if name not in (bar.FINISH, bar.LANGUAGE, bar.HOME, bar.BACK):
                window.bar[name].click()
                yield
        window.open_search()
        window.search.look_for("あ")
        window.search.await_results()
        yield
        self._asked()
        window.bar[bar.FINISH].click()
        yield
        self._check()

    def _reset(self) -> Iterator[None]:
        self._window.over.emit()
        yield
        self._check()
        while [w for w in QApplication.topLevelWidgets() if isinstance(w, KioskWindow)] != [self._window]:
            yield
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.counted.append(inventory())
        self.sizes.append(memory())

    def _check(self) -> None:
        shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        assert [type(widget) for widget in shown] == [KioskWindow], shown
        assert self.copied == 0, "the clipboard was used"
        if shown[0] is not self._window:
            self.visits += 1
            self._window = shown[0]
            assert self._usual(), "not as at the start"

    def _usual(self) -> bool:
        window, context = self._window, self._window._context
        usual = (context.translator.tag, context.appearance.choice, context.appearance.text_size)
        fresh = window.search is None and not window._here and not window._history
        return (
            window.gate.isVisible()
            and fresh
            and usual == ("ja", "system", window.sizes.usual)
            and context.furigana.choice == "easy"
        )

    # -- what fingers do -------------------------------------------------------------------------

    def _touch(self) -> None:
        """Touch what is to be touched: what the page is about, or one of the buttons at its foot."""
        targets = [b for b in self._window.findChildren(QAbstractButton) if b.isVisible()]
        below = [target for target in targets if target.parentWidget() is self._window.bar]
        above: list[QWidget] = [target for target in targets if target.parentWidget() is not self._window.bar]
        areas = [a.viewport() for a in self._window.findChildren(QAbstractScrollArea) if a.isVisible()]
        kind = self._random.choice([*([below] if below else ()), above, above, areas or above])
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
        """Touch a place, as a touch screen tells it or as a mouse does."""
        handle = self._window.windowHandle()
        if self._random.random() < 0.5:
            self._note(f"finger {at.toTuple()} {name}")
            QTest.touchEvent(handle, self._device, False).press(0, at).commit()
            QTest.touchEvent(handle, self._device, False).release(0, at).commit()
        else:
            self._note(f"mouse {at.toTuple()} {name}")
            QTest.mousePress(handle, LEFT, NONE, at)
            QTest.mouseRelease(handle, LEFT, NONE, at)

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
        """Be on the screen still while the visit ends."""
        at = self._within(self._window.rect())
        self._note(f"held {at.toTuple()}")
        QTest.mousePress(self._window.windowHandle(), LEFT, NONE, at)
        self._window.over.emit()
        QTest.mouseRelease(current().windowHandle(), LEFT, NONE, at)

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
        """Ask whether anybody is there, as if nobody had been for long, in a visit; whatever comes next is the answer."""
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
        self.last.append(what)


def play(window: KioskWindow) -> Iterator[Any]:
    """Let a monkey play, and tell what became of it."""
    yield from until_settled()
    # It is the monkey who knows when it is enough.
    sys.modules["__main__"].PATIENCE = sys.maxsize
    monkey = Monkey()
    yield lambda: monkey.done
    return {
        "problem": monkey.problem,
        "last": list(monkey.last),
        "touches": monkey.touches,
        "visits": monkey.visits,
        "wrong": monkey.wrong,
        "counted": monkey.counted,
        "grown": monkey.sizes[-1] - monkey.sizes[len(monkey.sizes) // 2] if monkey.sizes else 0,
    }


# -- what becomes of it --------------------------------------------------------------------------


@pytest.mark.parametrize(("pin", "size"), [("", SIZES[0]), (PIN, SIZES[1])], ids=["no way out", "with a PIN"])
def test_no_touch_breaks_it_or_leads_out(pin: str, size: str, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    count = max(TOUCHES // 2, 1)
    if pin:
        home.set(f'kiosk_pin = "{hashed(pin, rounds=100_000)}"\n')
    monkeypatch.setattr(starting, "LIMIT", starting.LIMIT + count * SECONDS_EACH)
    arguments = ("--profile", "kiosk", "--lang", "ja", "--size", size)
    ended, seen = home.start(*arguments, deed=f"{HERE}:play", **{COUNT: str(count), SEED: "20261101"})
    result = seen.get("result")
    assert isinstance(result, dict), (result, ended)
    assert result["problem"] == "", (result["problem"], result["last"], result["touches"], ended.err)
    assert result["touches"] == count
    assert result["visits"] > len(TAGS)
    assert bool(result["wrong"]) == bool(pin)
    first, middle, last = result["counted"]
    assert sum(first.values()) > 100
    assert middle == first, "no object more or less"
    assert last == middle, "no object more or less"
    assert result["grown"] < MOST_GROWTH
    assert (ended.code, ended.sentences) == (0, [])
    assert home.written() == [], "no crash report, and nothing remembered"
    print({name: result[name] for name in ("touches", "visits", "grown")}, size)
