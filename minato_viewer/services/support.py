"""The support bundle: one zip with what whoever maintains the program needs to know of this machine.

It holds nothing of a visit or of a person.
"""

import platform
import sqlite3
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QScreen

from minato_viewer import VERSION
from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_
from minato_viewer.language.catalogues import messages
from minato_viewer.paths import is_portable, user_folder
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import crash, fonts, log
from minato_viewer.services.settings import Settings
from minato_viewer.services.settings_file import Problem

_MOST_FILES = 10
"""Crash reports and logs each, the newest."""
_LARGEST = 128 * 1024
"""Bytes of each: what is larger is none of ours."""


def write_support(
    folder: Path, plan: Plan, settings: Settings, problems: Iterable[Problem], own: Path | None = None
) -> Path:
    """Write the bundle into `folder` and return it; Fault where that is not possible. `own` is the user's folder."""
    now = datetime.now(UTC)
    path = folder / f"minato-viewer-support-{now:%Y%m%d-%H%M%S}.zip"
    try:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("about.txt", _without_home("\n".join([*_about(now, plan, settings, problems), ""])))
            for name, text in _errors(own or user_folder()):
                archive.writestr(name, _without_home(text))
    except OSError as error:
        raise Fault(
            N_("{path} cannot be written ({reason}): choose another folder."),
            path=path,
            reason=error.strerror or error,
        ) from error
    return path


def _about(now: datetime, plan: Plan, settings: Settings, problems: Iterable[Problem]) -> Iterator[str]:
    yield f"minato-viewer {VERSION}"
    yield f"time: {now.isoformat(timespec='seconds')}"
    yield f"system: {platform.platform()}"
    yield f"python: {platform.python_version()}, Qt {qVersion()}, PySide6 {pyside_version}"
    yield f"sqlite: {sqlite3.sqlite_version}"
    yield f"in a bundle: {bool(getattr(sys, 'frozen', False))}, portable: {is_portable()}"
    yield f"terminal: {settings.terminal or '-'}"
    yield f"plan file: {plan.path.name}, format {plan.properties.get('format', '?')}"
    yield f"content: number {plan.serial}, as of {plan.as_of or '?'}, sources {plan.properties.get('digest', '?')}"
    yield f"fonts: {', '.join(fonts.loaded()) or 'none'}; the system's: {len(QFontDatabase.families())}"
    yield f"windows: {QGuiApplication.platformName()}"
    yield from (f"screen: {_screen(screen)}" for screen in QGuiApplication.screens())
    yield f"set by the policy: {', '.join(sorted(settings.fixed)) or 'nothing'}"
    yield from (f"setting: {problem.said_in(messages('en'))}" for problem in problems)


def _screen(screen: QScreen) -> str:
    size, ratio = screen.size(), screen.devicePixelRatio()
    return f"{size.width()}x{size.height()}, ratio {ratio:g}, {screen.logicalDotsPerInch():.0f} dpi"


def _errors(own: Path | None) -> Iterator[tuple[str, str]]:
    """Yield name and text of the newest crash reports and logs."""
    for folder in (own / crash.FOLDER, own / log.FOLDER) if own else ():
        try:
            files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        except OSError:
            continue
        for path in files[:_MOST_FILES]:
            try:
                if path.is_file() and path.stat().st_size <= _LARGEST:
                    yield f"{folder.name}/{path.name}", path.read_text("utf-8", "replace")
            except OSError:
                continue


def _without_home(text: str) -> str:
    """Return `text` without the folder of the user, whose name is in it."""
    try:
        home = Path.home()
    except RuntimeError:
        return text
    return text.replace(str(home), "~") if home != Path(home.anchor) else text
