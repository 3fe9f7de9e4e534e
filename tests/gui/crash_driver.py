"""Runs the real program, lets it make a mistake, and prints as JSON what was to be seen.

    python -m tests.gui.crash_driver PLAN LANGUAGE slot|fault|thread|switch

Started by test_crash; a module of its own because a program that has set its hooks keeps them.
"""

import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from minato_viewer import app
from minato_viewer.domain.faults import PlanFault
from minato_viewer.paths import user_folder
from minato_viewer.services import fonts
from minato_viewer.ui.counter.window import CounterWindow

SECRET = "the driver's mistake"
FAULT = "The plan file {path} is damaged: copy it anew from where it came from."
PATIENCE = 200
"""Rounds of 25 ms after which nothing more is waited for."""


class Watch(QObject):
    """Notes which reports are on disk when a dialog is about to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.reports_before_dialog: list[str] | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Polish, QEvent.Type.Show) and isinstance(watched, QMessageBox):
            self.reports_before_dialog = self.reports_before_dialog or reports()
        return False


def reports() -> list[str]:
    return [str(path) for path in sorted(user_folder().glob("crashes/*"))]


def dialogs() -> list[QMessageBox]:
    return [
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox) and widget.isVisible()
    ]


def window() -> CounterWindow | None:
    shown = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, CounterWindow)]
    return shown[0] if shown and shown[0].isVisible() else None


def mistake() -> None:
    raise RuntimeError(SECRET)


def fault() -> None:
    raise PlanFault(FAULT, path="plan.sqlite")


class Script(QObject):
    """What is done to the running program, step by step, each once the one before has come true."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.seen: dict[str, Any] = {}
        self._mistake = fault if kind == "fault" else mistake
        self._watch = Watch()
        self._rounds = 0
        self._steps = {"slot": self._slot, "fault": self._slot, "thread": self._thread, "switch": self._switch}[kind]()
        self._until: Callable[[], object] = window
        self._timer = QTimer(self)
        self._timer.setInterval(25)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        QApplication.instance().installEventFilter(self._watch)
        self._timer.start()

    def _step(self) -> None:
        self._rounds += 1
        if not self._until() and self._rounds < PATIENCE:
            return
        try:
            self._until = next(self._steps)
        except StopIteration:
            self._timer.stop()
            QApplication.instance().quit()

    def _slot(self):
        action = QAction(window())
        action.triggered.connect(self._mistake)
        QTimer.singleShot(0, action.trigger)
        yield dialogs
        dialog = dialogs()[0] if dialogs() else None
        self.seen["reports before dialog"] = self._watch.reports_before_dialog
        self.seen["dialog"] = [dialog.windowTitle(), dialog.text(), dialog.informativeText()] if dialog else None
        if dialog:
            dialog.accept()
        yield lambda: not dialogs()
        window().open_entry("2021/policy/4")
        self.seen["goes on with"] = window().pane.page.code
        self.seen["reports"] = reports()

    def _thread(self):
        thread = threading.Thread(target=mistake, name="worker")
        thread.start()
        thread.join()
        self.seen["reports"] = reports()
        yield lambda: True
        yield lambda: True
        self.seen["dialog"] = bool(dialogs()) or self._watch.reports_before_dialog is not None
        window().open_entry("2021/policy/4")
        self.seen["goes on with"] = window().pane.page.code

    def _switch(self):
        """Go through the languages, and note which widgets are set in the fonts of another."""
        self.seen["styled"] = bool(QApplication.instance().styleSheet())
        self.seen["families"] = {}
        for tag in ("ko", "zh-Hans", "en", "ja-x-easy", "ja"):
            window().header.languages.chosen.emit(tag)
            yield lambda: True
            widgets = [widget for widget in window().findChildren(QWidget) if widget.objectName() != "language"]
            wanted = fonts.font(tag).families()
            others = [widget.font().families() for widget in widgets if widget.font().families() != wanted]
            self.seen["families"][tag] = others


def main() -> None:
    plan, lang, kind = sys.argv[1:]
    script = Script(kind)
    QTimer.singleShot(0, script.start)
    code = app.run(app.Options(plan=Path(plan), lang=lang))
    print(json.dumps({**script.seen, "code": code}))


if __name__ == "__main__":
    main()
