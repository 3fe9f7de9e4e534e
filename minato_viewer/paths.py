"""Where things are: the one ROOT, the data folders under it, and the user's folder.

`ROOT` is the checkout in source and the folder of the bundle when frozen: data sits beside the
package in both, so no other module asks which of the two it runs in.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESOURCES = ROOT / "resources"
CATALOGUES = ROOT / "i18n"
SOURCES = ROOT / "db"
PORTABLE = "portable.txt"


def program_folder() -> Path:
    """Return the folder that people see as the program's: that of the executable when frozen, else the checkout."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return ROOT


def default_plan() -> Path:
    """Return where the plan file is looked for: beside the program when frozen, else `build/`."""
    if getattr(sys, "frozen", False):
        return program_folder() / "plan.sqlite"
    return ROOT / "build" / "plan.sqlite"


def is_portable() -> bool:
    """Tell whether the program keeps all it writes in its own folder: it does where `portable.txt` stands beside it."""
    return (program_folder() / PORTABLE).is_file()


def machine_folder() -> Path:
    """Return the folder for what holds for every user of this machine (settings, policy); it may not exist."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA") or r"C:\ProgramData") / "minato-viewer"
    return Path("/etc/minato-viewer")


def user_settings_folder() -> Path | None:
    """Return the folder for this user's settings, which may not exist; None where the user has no home."""
    if is_portable():
        return program_folder() / "user"
    if sys.platform == "win32":
        return _of_user("APPDATA", "AppData/Roaming")
    return _of_user("XDG_CONFIG_HOME", ".config")


def user_folder() -> Path | None:
    """Return the folder for what this user's program writes (crash reports, what is remembered); it may not exist yet.

    None where the user has no home, as some services have none.
    """
    if is_portable():
        return program_folder() / "user"
    if sys.platform == "win32":
        return _of_user("LOCALAPPDATA", "AppData/Local")
    return _of_user("XDG_STATE_HOME", ".local/state")


def _of_user(variable: str, below_home: str) -> Path | None:
    base = Path(os.environ.get(variable, ""))
    # The XDG specification: a relative path is to be ignored. "" is one.
    if not base.is_absolute():
        try:
            base = Path.home() / below_home
        except RuntimeError:
            return None
    return base / "minato-viewer" if base.is_absolute() else None
