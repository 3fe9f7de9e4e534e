"""Runs before either program of the bundle: lends Qt what a bare Linux lacks.

The libraries of the graphics system and of X are the machine's own where it has them, because they belong to its
driver. Qt links them even where it never draws with them, so on a machine without any the copies in `stand-ins` load.
"""

import sys
import types
from pathlib import Path

# What draws QR codes (segno) loads a part of Python's XML that wants this by name and uses nothing of it. It speaks
# with networks, which nothing here does, so it stays out of the bundle.
sys.modules["urllib.request"] = types.ModuleType("urllib.request")

if sys.platform == "linux" and Path(sys.executable).stem == "minato-viewer":
    import contextlib
    import ctypes
    import os

    _inside = Path(sys._MEIPASS)
    for _copy in sorted(_inside.glob("stand-ins/*/*")):  # in the order in which they need each other
        try:
            ctypes.CDLL(_copy.name, ctypes.RTLD_GLOBAL)
        except OSError:
            with contextlib.suppress(OSError):  # the viewer says in a sentence what Qt lacks
                ctypes.CDLL(str(_copy), ctypes.RTLD_GLOBAL)
    # Both would only make Qt and fontconfig complain to whoever cannot do anything about it.
    if not Path("/etc/fonts/fonts.conf").exists():
        os.environ.setdefault("FONTCONFIG_FILE", str(_inside / "fonts.conf"))
    if not any(os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")):
        os.environ["LC_CTYPE"] = "C.UTF-8"
