"""The composition root: start order, what is handed to whom, and the ways in which a start can end."""

from __future__ import annotations

import gc
import linecache
import sys
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from minato_viewer import VERSION
from minato_viewer.domain.faults import ExitCode, Fault, PlanFault
from minato_viewer.domain.plan import in_force
from minato_viewer.pages.compose import Composer, unknown_code
from minato_viewer.paths import default_plan, user_folder
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import crash, remembered
from minato_viewer.services.appearance import Appearance
from minato_viewer.services.furigana import Furigana, shows
from minato_viewer.services.offices import Offices
from minato_viewer.services.settings import Loaded, Settings
from minato_viewer.services.settings_file import Problem
from minato_viewer.services.translator import Translator
from minato_viewer.ui.counter.outcome import Outcome, Wanted
from minato_viewer.ui.counter.window import CounterWindow
from minato_viewer.ui.shell.context import Context
from minato_viewer.ui.shell.dress import dress, set_language_font
from minato_viewer.ui.shell.face_window import FaceWindow
from minato_viewer.ui.shell.sitting import Face, Sitting, Start

if TYPE_CHECKING:
    from minato_viewer.ui.kiosk.recovery import Recovery
    from minato_viewer.ui.shell.fault_window import FaultWindow

KIOSK = "kiosk"
DEFAULT_SIZE = (1280, 800)
_QUIET = 1_000
"""Milliseconds after the start, when the first page is surely on screen."""
_SOON = 80
"""Milliseconds after the start, when the first page is on screen or about to be."""


class PdfOptions(NamedTuple):
    """What the command line asks for of a PDF."""

    path: Path
    companion: str = ""
    """The second language; empty for none."""
    paper: str = "A4"
    text_size: int = 100
    """Of the words on paper, per cent."""
    branch: bool = False
    """With all that is below the entry."""


class Options(NamedTuple):
    """What the command line asks for."""

    plan: Path
    lang: str
    plans: Path | None = None
    """The folder of updates; None where this start shows a plan file of its own."""
    passed_over: tuple[Path, ...] = ()
    """Newer plan files of that folder, which do not open."""
    settings: Settings = Settings()
    """With what is remembered and what the command line asks for in place of the files' values."""
    files: Loaded = Loaded(Settings(), (), {})
    """What the settings files say by themselves, and what is wrong with them."""
    offices: Offices = Offices()
    """What the city's file of offices says, and what is wrong with it."""
    open: str = ""
    """The entry that must be shown, or the start fails; empty for `recalled`, then that of the settings."""
    recalled: str = ""
    """The entry that was shown last; passed over where the plan has none of this code."""
    last: remembered.Remembered | None = None
    """What is remembered of the window; None to remember nothing, of this start either."""
    search: str = ""
    """What is looked for at first; empty for nothing."""
    companion: str = ""
    """The language beside that of the window; empty for none."""
    profile: str = "counter"
    """Whose face is shown: `counter` or `kiosk`."""
    size: tuple[int, int] | None = None
    screenshot: Path | None = None
    timing: bool = False
    pdf: PdfOptions | None = None
    """The entry is written as a PDF; no window is shown then."""


def run(options: Options) -> int:
    """Show the window, or the fault of its plan file, and return the exit code."""
    # The sources that PySide6 has read of every module imported after it: their room is taken by what follows.
    linecache.clearcache()
    # The style is an argument, because setStyle() returns an object that takes PySide6 15 ms to wrap.
    application = QApplication([sys.argv[0], "-style", "fusion"])
    application.setApplicationName("minato-viewer")
    application.setApplicationVersion(VERSION)
    if options.pdf is not None:
        return _write_pdf(options.pdf, options)
    translator = Translator(options.lang, application)
    appearance = Appearance(options.settings.theme, options.settings.text_size, application)
    if options.profile == KIOSK:
        _suit_screen(appearance, options)
    furigana = Furigana(options.settings.furigana, options.files.settings.furigana, translator, application)
    desk = _Desk(application, translator, appearance, furigana)
    recovery = _recovery(application, options)
    told = recovery or desk
    crash.install(told.show_crash, told.show_fault, terminal=options.settings.terminal)
    exit_code = ExitCode.WELL
    problems = options.files.problems + options.offices.problems
    plan = None
    try:
        options, plan, window, unknown = _opened(options, desk)
        problems += unknown
        _complain(unknown, translator)
        # Two pages take the room of the contents.
        painted = window.paints()[-1:] if options.companion else window.paints()
    except PlanFault as fault:
        window = _fault_window(fault, desk, options)
        painted = [window.painted]
        exit_code = fault.exit_code
    window.resize(QSize(*(options.size or DEFAULT_SIZE)))
    passing = bool(options.screenshot or options.timing)
    wanted = Wanted(options.settings, options.screenshot, options.search, timing=options.timing)
    outcome = Outcome(wanted, translator, appearance, window)
    outcome.await_content(painted)
    _show(window, options)
    if isinstance(window, CounterWindow) and options.companion:
        window.visit.open_pair(options.companion)
    if isinstance(window, CounterWindow) and options.search:
        window.search.look_for(options.search)
    QTimer.singleShot(_QUIET, window, partial(_settle, window, appearance, translator, () if passing else problems))
    sitting = _sitting(Face(window, plan), desk, problems, options)
    if isinstance(window, FaceWindow):
        _connect(window, sitting)
    if recovery is not None:
        recovery.begin_anew.connect(sitting.next_visitor)
    QTimer.singleShot(_SOON, sitting, sitting.listen)
    if not passing:
        QTimer.singleShot(_QUIET, sitting, sitting.settle)
    code = application.exec()
    if outcome.fault is not None:
        raise outcome.fault
    return exit_code or code


def _recovery(application: QApplication, options: Options) -> Recovery | None:
    """Return what a kiosk does instead of telling staff what went wrong; None where there are staff."""
    if options.profile != KIOSK:
        return None
    from minato_viewer.ui.kiosk.recovery import Recovery  # noqa: PLC0415 - only for a kiosk

    return Recovery(application)


def _suit_screen(appearance: Appearance, options: Options) -> None:
    from minato_viewer.ui.kiosk.opening import suit  # noqa: PLC0415 - only for a kiosk

    suit(appearance, options.settings, options.size)


def _write_pdf(wanted: PdfOptions, options: Options) -> int:
    """Write an entry, or all below it, as a PDF; Fault where plan, entry or place cannot be used."""
    from minato_viewer.pages.paper import Order, branch  # noqa: PLC0415 - only for paper
    from minato_viewer.viewmodel.paper_file import save  # noqa: PLC0415 - the same

    plan = _shown(Plan(options.plan), options)
    code, unknown = _first_entry(plan, options)
    codes = branch(plan, code) if wanted.branch else (code,)
    tags = tuple(dict.fromkeys(tag for tag in (options.lang, wanted.companion) if tag))
    _complain(unknown, Translator(options.lang))
    read = tuple(tag for tag in tags if shows(options.settings.furigana, tag))
    order = Order(codes, tags, wanted.paper, wanted.text_size, branch=wanted.branch, furigana=read)
    composer = Composer(plan, date.today(), options.offices.shown(), district=options.settings.district)
    save(wanted.path, plan, composer, options.settings, order)
    return ExitCode.WELL


class _Desk(QObject):
    """What belongs to no single window: the font of the language, and what is said when something goes wrong."""

    def __init__(
        self, application: QApplication, translator: Translator, appearance: Appearance, furigana: Furigana
    ) -> None:
        super().__init__(application)
        self._application = application
        self.furigana = furigana
        self.translator = translator
        self.appearance = appearance
        self.dress()
        # Connected before any widget is, so that widgets say their texts in the new font and measure them at its size.
        translator.changed.connect(self.set_font)
        appearance.changed.connect(self.dress)

    def set_font(self) -> None:
        """Set the font of the language."""
        set_language_font(self._application, self.appearance.theme, self.translator.tag)

    def dress(self) -> None:
        """Put the theme on."""
        dress(self._application, self.appearance.theme, self.translator.tag)

    def show_crash(self, report: Path | None) -> None:
        """Say that the program made a mistake, and where the report is."""
        from minato_viewer.ui.shell.dialogs import crash_dialog  # noqa: PLC0415 - only after a mistake

        self.translator.teach_qt()
        crash_dialog(report, self.translator.messages, self._application.activeWindow()).open()

    def show_fault(self, fault: Fault) -> None:
        """Say what went wrong outside the program in the middle of the work."""
        from minato_viewer.ui.shell.dialogs import fault_dialog  # noqa: PLC0415 - only after a fault

        self.translator.teach_qt()
        fault_dialog(fault, self.translator.messages, self._application.activeWindow()).open()


def _opened(options: Options, desk: _Desk) -> tuple[Options, Plan, FaceWindow, tuple[Problem, ...]]:
    """Return the window of the plan file; where an update turns out to be damaged, that of the one that was shipped."""
    try:
        plan = Plan(options.plan)
        code, unknown = _first_entry(plan, options)
        unknown += options.files.unknown_district(plan) + options.offices.unknown(plan)
        return options, plan, _window(plan, code, desk, options), unknown
    except PlanFault:
        if options.plans is None or options.plan == default_plan():
            raise
    passed_over = (*options.passed_over, options.plan)
    return _opened(options._replace(plan=default_plan(), passed_over=passed_over), desk)


def _first_entry(plan: Plan, options: Options) -> tuple[str, tuple[Problem, ...]]:
    """Return the entry that is shown first, and what only the plan can tell to be wrong with the settings."""
    if options.open and plan.node(options.open) is None:
        raise unknown_code(options.open)
    start = options.settings.start
    for code in (options.open, options.recalled, start):
        if code and plan.node(code) is not None:
            return code, ()
    return start_code(plan), (options.files.unknown_start(),) if start else ()


def _complain(problems: tuple[Problem, ...], translator: Translator) -> None:
    for problem in problems:
        if sys.stderr is not None:  # a windowed program on Windows has none
            sys.stderr.write(f"{problem.said_in(translator.messages)}\n")


def _shown(plan: Plan, options: Options) -> Plan:
    """Return the plan as a counter shows it, which is a screen before staff."""
    return plan if options.settings.shows_references(staff=True) else plan.without_references()


def _window(plan: Plan, code: str, desk: _Desk, options: Options) -> FaceWindow:
    """Return the window of the face that is asked for."""
    shown, today, offices = _shown(plan, options), date.today(), options.offices.shown()
    composer = Composer(shown, today, offices, district=options.settings.district)
    context = Context(shown, composer, desk.translator, desk.appearance, options.settings, desk.furigana)
    if options.profile == KIOSK:
        from minato_viewer.ui.kiosk.opening import kiosk_window, sizes_of_screen  # noqa: PLC0415 - only for a kiosk

        window = kiosk_window(
            context, start_code(plan), sizes_of_screen(options.settings, options.size), today, offices
        )
        code = options.open
    else:
        window = CounterWindow(context)
    try:
        if code:
            window.open_entry(code)
    except PlanFault:
        window.deleteLater()  # it follows the language, and would meet the damage again with each
        raise
    return window


def _sitting(face: Face, desk: _Desk, problems: tuple[Problem, ...], options: Options) -> Sitting:
    """Return who holds the window from now on."""

    def make(plan: Plan, before: QMainWindow) -> Face:
        code, _ = _first_entry(plan, options._replace(open="", recalled=""))
        window = _window(plan, code, desk, options._replace(open=""))
        window.adorn()
        window.take_over(before)
        _connect(window, sitting)
        return Face(window, plan)

    show_fault = desk.show_fault
    if options.profile == KIOSK:
        from minato_viewer.services.log import note_fault as show_fault  # noqa: PLC0415 - only for a kiosk

    start = Start(
        path=options.plan,
        plans=options.plans,
        passed_over=options.passed_over,
        settings=options.settings,
        problems=problems,
        make=make,
        begin=partial(_begin, desk, options),
        keep=partial(_remember, desk, options) if options.last is not None else None,
        fault_window=partial(_fault_window, desk=desk, options=options),
        show_fault=show_fault,
    )
    sitting = Sitting(face, start, desk.translator, desk.appearance, desk)
    return sitting


def _connect(window: FaceWindow, sitting: Sitting) -> None:
    window.closing.connect(sitting.remember)
    window.over.connect(sitting.next_visitor)
    window.left.connect(sitting.end)


def _begin(desk: _Desk, options: Options) -> None:
    """Set language and looks as at the start of the program."""
    desk.translator.activate(options.lang)
    desk.appearance.choose(options.settings.theme)
    if options.profile == KIOSK:
        _suit_screen(desk.appearance, options)
    else:
        desk.appearance.resize(options.settings.text_size)
    desk.furigana.choose(options.settings.furigana)


def _fault_window(fault: PlanFault, desk: _Desk, options: Options) -> FaultWindow:
    from minato_viewer.ui.shell.fault_window import FaultWindow  # noqa: PLC0415 - only after a fault

    tags, kiosk = options.settings.languages, options.profile == KIOSK
    return FaultWindow(fault, desk.translator, desk.appearance, tags, for_visitors=kiosk)


def _show(window: QMainWindow, options: Options) -> None:
    if options.profile == KIOSK and options.size is None:
        from minato_viewer.ui.shell.placing import fill_screen  # noqa: PLC0415 - only for a kiosk

        fill_screen(window)
    elif options.last is None or options.size is not None:
        window.show()
    else:
        from minato_viewer.ui.shell.placing import place  # noqa: PLC0415 - not for --screenshot and --timing

        if isinstance(window, CounterWindow) and options.last.splitter is not None:
            window.set_widths(options.last.splitter)
        place(window, options.last.geometry, maximised=options.last.maximised)


def _remember(desk: _Desk, options: Options, window: QMainWindow) -> None:
    """Keep what the next start is to have; where it cannot be written, the next start is the usual one."""
    folder = user_folder()
    if folder is None or not isinstance(window, CounterWindow):
        return
    from minato_viewer.ui.shell.placing import geometry_of  # noqa: PLC0415 - not for --screenshot and --timing

    usual, appearance, furigana = options.files.settings, desk.appearance, desk.furigana
    now = remembered.Remembered(
        geometry=geometry_of(window),
        maximised=window.isMaximized(),
        splitter=window.widths(),
        code=window.pane.page.code if window.pane.page is not None else "",
        # What the files say anyway is no choice of the reader, and must not outlast a change of the files.
        theme=appearance.choice if appearance.choice != usual.theme else "",
        text_size=appearance.text_size if appearance.text_size != usual.text_size else 0,
        furigana=furigana.choice if furigana.choice != usual.furigana else None,
    )
    remembered.save(folder, now)


def _settle(window: QMainWindow, appearance: Appearance, translator: Translator, problems: tuple[Problem, ...]) -> None:
    """Do what the first page need not wait for."""
    translator.teach_qt()
    if isinstance(window, FaceWindow):
        window.settle()
        if problems and window.for_staff:
            from minato_viewer.ui.shell.dialogs import settings_dialog  # noqa: PLC0415 - only after a mistake

            settings_dialog(problems, translator.messages, window).open()
    appearance.follow_system()
    # Babel, so that the first page with a number opens as quickly as any other.
    import_module("minato_viewer.language.formats")
    # And what draws charts, for the same reason.
    import_module("minato_viewer.viewmodel.chart_picture")
    linecache.clearcache()
    # The collector gets back its work, without what the start has made and the program keeps.
    gc.collect()
    gc.freeze()
    gc.enable()


def start_code(plan: Plan, today: date | None = None) -> str:
    """Return the entry that is shown first: the edition of the plan that holds today."""
    editions = plan.editions
    if not any(edition.is_plan for edition in editions.values()):
        return next(iter(editions))
    return in_force(editions, today or date.today()).code
