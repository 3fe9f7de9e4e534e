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


def default_plan() -> Path:
    """Return where the plan file is looked for: beside the program when frozen, else `build/`."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent / "plan.sqlite"
    return ROOT / "build" / "plan.sqlite"


def user_folder() -> Path:
    """Return the folder for what this user's program writes (crash reports); it may not exist yet."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "minato-viewer"
