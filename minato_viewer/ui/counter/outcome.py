"""How a start ends: once the content is on screen, with icons, a picture or a line of milliseconds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_
from minato_viewer.services.process_clock import milliseconds_since_start
from minato_viewer.ui.counter.window import CounterWindow
from minato_viewer.ui.shell.face_window import FaceWindow
from minato_viewer.ui.shell.folding_row import lay_out_now

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QMainWindow

    from minato_viewer.services.appearance import Appearance
    from minato_viewer.services.settings import Settings
    from minato_viewer.services.translator import Translator


class Wanted(NamedTuple):
    """What the command line asks for."""

    settings: Settings
    screenshot: Path | None = None
    search: str = ""
    timing: bool = False


class Outcome(QObject):
    """What is done once the content is on screen: the icons, and what `--screenshot` and `--timing` ask for."""

    def __init__(self, wanted: Wanted, translator: Translator, appearance: Appearance, window: QMainWindow) -> None:
        """Wait for the content of `window`."""
        super().__init__(window)
        self._translator = translator
        self._appearance = appearance
        self._window = window
        self._wanted = wanted
        self._waiting = 0
        self._first = 0.0
        self.fault: Fault | None = None

    def await_content(self, painted: list[SignalInstance]) -> None:
        """Finish once every one of the signals `painted` has come."""
        self._waiting = len(painted)
        for signal in painted:
            signal.connect(self._on_painted)

    def _on_painted(self) -> None:
        self._first = self._first or milliseconds_since_start()
        self._waiting -= 1
        if not self._waiting:
            # Once more round the event loop, so that what was painted is on the screen.
            QTimer.singleShot(0, self, self._finish)

    def _show_notice(self) -> None:
        from minato_viewer.ui.shell.upkeep import Upkeep  # noqa: PLC0415 - not for most pictures

        Upkeep(self._window, self._wanted.settings, self._translator, self._appearance).read_now()
        lay_out_now(self._window)

    def _finish(self) -> None:
        content = milliseconds_since_start()
        target = self._wanted.screenshot
        if isinstance(self._window, FaceWindow) and not self._wanted.timing:
            self._window.adorn()
            if self._wanted.search and isinstance(self._window, CounterWindow):
                self._window.search.panel.await_results()
        if target is not None and self._wanted.settings.update_folder:
            self._show_notice()
        if target is not None and not self._window.grab().save(str(target), "PNG"):
            self.fault = Fault(N_("The picture {path} cannot be written: choose another place."), path=target)
        if self._wanted.timing:
            sys.stdout.write(f'{{"first_paint": {self._first:.1f}, "content": {content:.1f}}}\n')
            sys.stdout.flush()
        if target is not None or self._wanted.timing:
            QApplication.quit()
