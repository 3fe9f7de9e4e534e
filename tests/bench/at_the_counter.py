"""Two people at the counter, measured inside a viewer: two languages side by side, and the visitor's own screen."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from minato_viewer.language.tags import JAPANESE, TAGS

if TYPE_CHECKING:
    import argparse

    from PySide6.QtWidgets import QWidget

    from tests.bench.inside import Viewer

_MOST = 200
"""Rounds of the event loop after which nothing more is painted for sure."""


class _Watch(QObject):
    """Knows how often widgets were painted, and when last."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__(widgets[0])
        self.count, self.last = 0, 0.0
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a painting; its own time is counted by whoever goes round the event loop after it."""
        del watched
        self.count += event.type() == QEvent.Type.Paint
        return False

    def settle(self) -> float:
        """Go round the event loop until nothing more is painted; return the time after the last painting."""
        end, quiet = time.perf_counter(), 0
        for _ in range(_MOST):
            before = self.count
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QCoreApplication.processEvents()
            if self.count != before:
                end, quiet = time.perf_counter(), 0
            else:
                quiet += 1
                if quiet > 3:
                    break
        return end


def counter(viewer: Viewer, options: argparse.Namespace) -> Any:
    """Open every entry in random order, each round for another visitor: side by side, then with a screen of theirs.

    An entry is open once both pages are painted and nothing more is; the visitor's screen has followed once nothing
    more is painted there, while the staff's window shows both languages as well.
    """
    visit, window = viewer.window.visit, viewer.window
    foreign = [tag for tag in TAGS if tag not in JAPANESE]
    visit.open_pair(foreign[0])
    if visit.pair is None:
        raise RuntimeError("no pair")
    sides = _Watch(*(pane.view.viewport() for pane in visit.pair.panes))
    steps: list[dict[str, Any]] = []
    for mode in ("pair", "display"):
        watch = sides
        if mode == "display":
            visit.toggle_screen()
            if visit.screen is None:
                raise RuntimeError("no visitor display")
            visit.screen.show_now()
            watch = _Watch(visit.screen.display.pane.view.viewport())
        for number in range(options.rounds):
            visit.choose(foreign[number % len(foreign)])
            sides.settle()
            watch.settle()
            for code in random.sample(viewer.codes(), len(viewer.codes())):
                if window.pane.page is not None and window.pane.page.code == code:
                    continue
                before = watch.count
                began, cpu = time.perf_counter(), time.process_time()
                window.open_entry(code)
                end = watch.settle()
                if watch.count == before:
                    raise RuntimeError(f"{mode}: {code} was not painted")
                cpu = (time.process_time() - cpu) * 1000
                steps.append({"mode": mode, "total": (end - began) * 1000, "cpu": cpu})
    return {"steps": steps}
