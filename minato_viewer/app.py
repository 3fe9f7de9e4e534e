"""The composition root: start order, what is handed to whom, and the ways in which a start can end."""

import gc
import linecache
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication, QMainWindow

from minato_viewer import VERSION
from minato_viewer.domain.faults import ExitCode, Fault, PlanFault
from minato_viewer.domain.messages import N_
from minato_viewer.pages.compose import Composer, unknown_code
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import crash, theme
from minato_viewer.services.process_clock import milliseconds_since_start
from minato_viewer.services.translator import Translator
from minato_viewer.ui.counter.window import CounterWindow
from minato_viewer.ui.shell.context import Context
from minato_viewer.ui.shell.dress import dress, set_language_font

DEFAULT_SIZE = (1280, 800)
_QUIET = 1_000
"""Milliseconds after the start, when the first page is surely on screen."""


class Options(NamedTuple):
    """What the command line asks for."""

    plan: Path
    lang: str
    open: str = ""
    size: tuple[int, int] = DEFAULT_SIZE
    screenshot: Path | None = None
    timing: bool = False


def run(options: Options) -> int:
    """Show the window, or the fault of its plan file, and return the exit code."""
    # The sources that PySide6 has read of every module imported after it: their room is taken by what follows.
    linecache.clearcache()
    # The style is an argument, because setStyle() returns an object that takes PySide6 15 ms to wrap.
    application = QApplication([sys.argv[0], "-style", "fusion"])
    application.setApplicationName("minato-viewer")
    application.setApplicationVersion(VERSION)
    translator = Translator(options.lang, application)
    look = theme.load()
    desk = _Desk(application, translator, look)
    crash.install(desk.show_crash, desk.show_fault)
    exit_code = ExitCode.WELL
    try:
        plan = Plan(options.plan)
        window = _counter_window(plan, translator, look, options)
        painted = [window.navigator.tree.painted, window.pane.view.painted]
    except PlanFault as fault:
        from minato_viewer.ui.shell.fault_window import FaultWindow  # noqa: PLC0415 - only after a fault

        window = FaultWindow(fault, translator)
        painted = [window.painted]
        exit_code = fault.exit_code
    window.resize(QSize(*options.size))
    outcome = _Outcome(application, window, options)
    if options.screenshot or options.timing:
        outcome.await_content(painted)
    window.show()
    QTimer.singleShot(_QUIET, window, _settle)
    code = application.exec()
    if outcome.fault is not None:
        raise outcome.fault
    return exit_code or code


class _Desk(QObject):
    """What belongs to no single window: the font of the language, and what is said when something goes wrong."""

    def __init__(self, application: QApplication, translator: Translator, look: theme.Theme) -> None:
        super().__init__(application)
        self._application = application
        self._translator = translator
        self._look = look
        dress(application, look, translator.tag)
        # Connected before any widget is, so that widgets say their texts in the new font.
        translator.changed.connect(self.set_font)

    def set_font(self) -> None:
        """Set the font of the language."""
        set_language_font(self._application, self._look, self._translator.tag)

    def show_crash(self, report: Path | None) -> None:
        """Say that the program made a mistake, and where the report is."""
        from minato_viewer.ui.shell.dialogs import crash_dialog  # noqa: PLC0415 - only after a mistake

        crash_dialog(report, self._translator.messages, self._application.activeWindow()).open()

    def show_fault(self, fault: Fault) -> None:
        """Say what went wrong outside the program in the middle of the work."""
        from minato_viewer.ui.shell.dialogs import fault_dialog  # noqa: PLC0415 - only after a fault

        fault_dialog(fault, self._translator.messages, self._application.activeWindow()).open()


def _counter_window(plan: Plan, translator: Translator, look: theme.Theme, options: Options) -> CounterWindow:
    if options.open and plan.node(options.open) is None:
        raise unknown_code(options.open)
    window = CounterWindow(Context(plan, Composer(plan, date.today()), translator, look))
    window.open_entry(options.open or start_code(plan))
    return window


def _settle() -> None:
    """Do what the first page need not wait for."""
    # Babel, so that the first page with a number opens as quickly as any other.
    import_module("minato_viewer.language.formats")
    linecache.clearcache()
    # The collector gets back its work, without what the start has made and the program keeps.
    gc.collect()
    gc.freeze()
    gc.enable()


def start_code(plan: Plan) -> str:
    """Return the entry that is shown first: the edition that no other supersedes."""
    current = [edition.code for edition in plan.editions.values() if edition.superseded_by not in plan.editions]
    return current[-1] if current else next(iter(plan.editions))


class _Outcome(QObject):
    """What `--screenshot` and `--timing` do once the content is on screen."""

    def __init__(self, application: QApplication, window: QMainWindow, options: Options) -> None:
        super().__init__(window)
        self._application = application
        self._window = window
        self._options = options
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

    def _finish(self) -> None:
        content = milliseconds_since_start()
        target = self._options.screenshot
        if target is not None and not self._window.grab().save(str(target), "PNG"):
            self.fault = Fault(N_("The picture {path} cannot be written: choose another place."), path=target)
        if self._options.timing:
            sys.stdout.write(f'{{"first_paint": {self._first:.1f}, "content": {content:.1f}}}\n')
            sys.stdout.flush()
        self._application.quit()
