"""The command line of `minato-viewer`."""

import os
import sys
from argparse import ArgumentTypeError, Namespace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import cast

from minato_viewer import VERSION
from minato_viewer.cli.arguments import Parser, UsageError, complain, guarded, interface_messages, translate_argparse
from minato_viewer.domain.faults import ExitCode, Fault
from minato_viewer.domain.messages import N_
from minato_viewer.language.catalogues import Messages, messages
from minato_viewer.language.tags import language
from minato_viewer.paths import ROOT, default_plan, user_folder
from minato_viewer.services import offices, remembered
from minato_viewer.services.settings import (
    PAPERS,
    TEXT_SIZES,
    THEMES,
    Loaded,
    Settings,
    load,
    office_places,
    usual_places,
)

PROFILES = ("counter", "kiosk")
_SMALLEST, _LARGEST = 320, 16384

_QT_FOLDERS = (
    "minato_viewer",
    "minato_viewer/services",
    "minato_viewer/viewmodel",
    "minato_viewer/ui/shell",
    "minato_viewer/ui/counter",
)

_BEFORE_QT = (
    "sqlite3",
    "minato_viewer.pages.compose",
    "minato_viewer.pages.richtext",
    "minato_viewer.services.crash",
    "minato_viewer.services.process_clock",
    "minato_viewer.viewmodel.history",
)
"""What the first page needs and Qt does not: once PySide6 is loaded, it reads the source of every module that
is imported after it, to see whether that uses PySide6 (0.2 ms each)."""


def main(arguments: list[str]) -> int:
    """Run the viewer and return its exit code."""
    said_in = interface_messages(arguments)
    return guarded(lambda: _run(arguments, said_in), said_in)


def _run(arguments: list[str], said_in: Messages) -> int:
    translate_argparse(said_in)
    options = _parser(said_in).parse_args(arguments)
    for tag in filter(None, (options.lang, options.companion)):
        language(tag)  # an unknown one is said at once
    if (code := _without_window(options, arguments, said_in)) is not None:
        return code
    loaded = Loaded(Settings(), (), {}) if options.safe else load(usual_places())
    settings = loaded.settings
    passing = bool(options.screenshot or options.timing)
    # A kiosk is the same for everyone who comes.
    remembers = settings.remember and not options.safe and options.profile == PROFILES[0]
    # A picture and a PDF show what the settings and the command line say, whoever makes them.
    windowless = bool(options.screenshot or options.pdf)
    kept = remembers and not windowless
    folder = user_folder()
    plan, plans, passed_over = _plan_to_show(options.plan, None if options.safe else folder)
    last = remembered.load(folder) if kept and folder else remembered.Remembered()
    settings = settings.with_wishes(
        theme=options.theme or last.theme or None,
        text_size=options.text_size or last.text_size or None,
        furigana=options.furigana or last.furigana,
        language=options.lang or None,
    )
    lang = settings.first_language(said_in.tag)
    found = offices.Offices() if options.safe else offices.load(office_places(), date.today())
    for problem in (*loaded.problems, *found.problems):
        complain(problem.said_in(messages(lang)))
    _choose_platform(windowless=windowless)
    if options.profile == PROFILES[1]:
        # Qt paints letters of more than 64 pixels as outlines, 20 times as slowly; large text in 4K has such letters.
        os.environ.setdefault("QT_MAX_CACHED_GLYPH_SIZE", "200")
    _load_qt()
    from minato_viewer import app  # noqa: PLC0415 - --version and a wrong option answer without Qt

    return app.run(
        app.Options(
            plan=plan,
            plans=plans,
            passed_over=passed_over,
            settings=settings,
            lang=lang,
            files=loaded,
            offices=found,
            open=options.open,
            recalled="" if "start" in settings.fixed else last.code,
            last=last if remembers and not passing else None,
            search=options.search,
            companion=options.companion,
            profile=options.profile,
            size=options.size,
            screenshot=options.screenshot,
            timing=options.timing,
            # The settings' text size is that of the screen.
            pdf=options.pdf
            and app.PdfOptions(
                options.pdf, options.companion, options.paper, options.text_size or TEXT_SIZES[0], options.branch
            ),
        )
    )


def _without_window(options: Namespace, arguments: list[str], said_in: Messages) -> int | None:
    """Do what needs no window of this process, and return the exit code; None where a window is wanted."""
    if options.version:
        sys.stdout.write(f"minato-viewer {VERSION}\n")
        return ExitCode.WELL
    if options.kiosk_pin:
        return _print_pin(said_in)
    # What only writes something and ends by itself needs nobody who watches it.
    if options.supervise and not (options.screenshot or options.pdf or options.timing):
        from minato_viewer.cli.supervise import supervise  # noqa: PLC0415 - what the viewer itself never needs

        return supervise(arguments)
    return None


def _print_pin(said_in: Messages) -> int:
    """Ask for a PIN, without showing it, and print the line of the settings that lets staff out of a kiosk with it."""
    from getpass import getpass  # noqa: PLC0415 - only here

    from minato_viewer.services.pin import LENGTHS, hashed  # noqa: PLC0415 - only here

    # TRANSLATORS: Asked on a command line; the answer is not shown.
    question = said_in.gettext("New PIN for staff (4 to 12 digits): ")
    pin = getpass(question) if sys.stdin.isatty() else sys.stdin.readline().strip()
    if not (pin.isascii() and pin.isdigit() and len(pin) in LENGTHS):
        raise UsageError(said_in.gettext("A PIN is 4 to 12 digits: choose another one."))
    sys.stdout.write(f'kiosk_pin = "{hashed(pin)}"\n')
    return ExitCode.WELL


def _plan_to_show(asked: Path | None, folder: Path | None) -> tuple[Path, Path | None, tuple[Path, ...]]:
    """Return the plan file to show, the folder of updates, and the newer plan files that do not open.

    There is no such folder where a plan file was `asked` for, or where no user's `folder` counts.
    """
    if asked or folder is None:
        return asked or default_plan(), None, ()
    plans = folder / "plans"
    if not plans.is_dir():
        return default_plan(), plans, ()
    from minato_viewer.services.updates import PlanStore  # noqa: PLC0415 - only where there was an update

    shown, passed_over = PlanStore(plans, default_plan()).shown()
    return shown, plans, passed_over


def _load_qt() -> None:
    """Load what shows something; Fault where the system lacks a library that it needs."""
    for name in _BEFORE_QT:
        import_module(name)
    try:
        _spare_pyside_the_search()
        import_module("minato_viewer.app")
    except ImportError as error:
        if "cannot open shared object file" not in str(error):
            raise
        raise Fault(
            # TRANSLATORS: {reason} is the system's own sentence; it names the missing file.
            N_("A library of the system that the window needs is missing ({reason}): install it and start again."),
            reason=error,
        ) from error


def _spare_pyside_the_search() -> None:
    """Load PySide6 and tell it that nobody here switches its features (`from __feature__ import ...`).

    It would read the source of every module that is imported by name from now on, loaded before or not, to see
    whether it might: 67 modules, 8 ms of the 250 to the first page. What it has seen it keeps in a dictionary by
    module name, -1 for "leave alone". Where a PySide6 has no such dictionary, it looks for itself as before.
    """
    import_module("PySide6.QtCore")
    seen = getattr(sys.modules.get("shibokensupport.feature"), "pyside_feature_dict", None)
    if isinstance(seen, dict):
        names = [name for folder in _QT_FOLDERS for name in _modules(folder)]
        cast("dict[str, int]", seen).update(dict.fromkeys((*sys.modules, *names), -1))


def _modules(folder: str) -> list[str]:
    # In a bundle there is no such folder, and no source that PySide6 could read either.
    place = ROOT / folder
    files = os.listdir(place) if place.is_dir() else []  # noqa: PTH208 - a tenth of the time, at every start
    return [f"{folder.replace('/', '.')}.{file.removesuffix('.py')}" for file in files if file.endswith(".py")]


def _choose_platform(*, windowless: bool) -> None:
    """Make pictures without a display; Fault where a window is wanted and there is none (Qt would abort)."""
    display = sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if "QT_QPA_PLATFORM" in os.environ or (display and not windowless):
        return
    if not windowless:
        raise Fault(N_("There is no display: start it in a desktop session, or write a picture with --screenshot."))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # That platform warns that it knows no window frames; nobody can act on it.
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")


def _parser(said_in: Messages) -> Parser:
    say = said_in.gettext
    parser = Parser(prog="minato-viewer", description=say(N_("Shows the Minato City Basic Plan.")))
    parser.messages = said_in
    parser.add_argument("--profile", choices=PROFILES, default=PROFILES[0], help=say(N_("whose screen it is")))
    parser.add_argument("--plan", type=Path, metavar="FILE", help=say(N_("the plan file to show")))
    parser.add_argument("--lang", metavar="TAG", default="", help=say(N_("the interface language")))
    parser.add_argument("--open", metavar="CODE", default="", help=say(N_("the entry to open, such as 2021/policy/4")))
    parser.add_argument("--search", metavar="TEXT", default="", help=say(N_("the words to look for")))
    parser.add_argument("--size", type=_size, metavar="WxH", help=say(N_("the window's size in pixels")))
    parser.add_argument("--text-size", type=_percent, metavar="PERCENT", help=say(N_("the text size, 100 to 200")))
    parser.add_argument("--theme", choices=THEMES, help=say(N_("the colors")))
    parser.add_argument("--furigana", action="store_true", help=say(N_("show how kanji are read")))
    parser.add_argument(
        "--screenshot", type=Path, metavar="FILE.png", help=say(N_("write a picture of the window and end"))
    )
    parser.add_argument(
        "--safe", action="store_true", help=say(N_("start with the shipped plan and without any settings"))
    )
    parser.add_argument(
        "--supervise", action="store_true", help=say(N_("watch the window and start it anew after a crash or a hang"))
    )
    _add_paper(parser, said_in)
    parser.add_argument("--timing", action="store_true", help=say(N_("print how long the start took and end")))
    pin = say(N_("ask for a PIN and print the setting that lets staff out of a kiosk with it"))
    parser.add_argument("--kiosk-pin", action="store_true", help=pin)
    parser.add_argument("--version", action="store_true", help=say(N_("print the version and end")))
    return parser


def _add_paper(parser: Parser, said_in: Messages) -> None:
    say = said_in.gettext
    parser.add_argument("--pdf", type=Path, metavar="FILE.pdf", help=say(N_("write the entry as a PDF and end")))
    parser.add_argument(
        "--with",
        dest="companion",
        metavar="TAG",
        default="",
        help=say(N_("the second language, side by side with the first")),
    )
    parser.add_argument("--branch", action="store_true", help=say(N_("all below the entry, too, in the PDF")))
    parser.add_argument("--paper", choices=PAPERS, default=PAPERS[0], help=say(N_("the paper of the PDF")))


def _percent(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) in TEXT_SIZES):
        raise ArgumentTypeError(f"--text-size {text}: {', '.join(map(str, TEXT_SIZES))}")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isascii() and width.isdigit() and height.isascii() and height.isdigit()):
        raise ArgumentTypeError(f"--size {text}: 1280x800")
    size = (int(width), int(height))
    if not all(_SMALLEST <= length <= _LARGEST for length in size):
        raise ArgumentTypeError(f"--size {text}: {_SMALLEST}-{_LARGEST}")
    return size
