"""What the bundle holds: which parts of Qt, Python and Babel stay in, and which are left out.

Read by build.spec. Everything a program needs is found by following the imports of its libraries from the roots
named here, so that a plugin that is left out takes along what only it needed.
"""

import subprocess
import sys
from pathlib import Path, PurePosixPath

from PyInstaller.depend.bindepend import get_imports

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
WORK = ROOT / "build" / "packaging"
EMBEDDED = WORK / "files.dir"
"""PySide6's own Python code, compiled by make.py."""
WINDOWS = sys.platform == "win32"
CONSOLE = not WINDOWS
"""A windowed program on Windows has no console; elsewhere there is no difference."""
STRIP = not WINDOWS
"""Symbols are for whoever debugs; PyInstaller advises against it on Windows."""

Row = tuple[str, str, str]
"""Where it goes in the bundle, where it comes from, and of which kind it is: a row of PyInstaller's."""

DATA = [
    (str(ROOT / "resources" / "fonts" / "*.ttf"), "resources/fonts"),
    (str(ROOT / "resources" / "icons" / "*.svg"), "resources/icons"),
    (str(ROOT / "resources" / "folding" / "*.txt"), "resources/folding"),
    (str(ROOT / "resources" / "themes" / "*"), "resources/themes"),
    (str(ROOT / "resources" / "keys.toml"), "resources"),
    (str(FOLDER / "fonts.conf"), "."),
    (str(EMBEDDED), "shiboken6/files.dir"),
    *((str(path), str(path.parent.relative_to(ROOT))) for path in ROOT.glob("i18n/*/LC_MESSAGES/viewer.mo")),
]

HIDDEN = [
    "_cffi_backend",  # which PyNaCl's library loads, not its Python code
    *(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "minato_viewer").rglob("*.py")
        if path.stem not in ("__init__", "__main__") and "authoring" not in path.parts
    ),
]
"""Every module of ours too, because some are imported by name."""

EXCLUDED = [
    # Plan files are made where the sources are.
    "minato_viewer.authoring",
    "minato_viewer.planfile.build",
    "minato_viewer.planfile.schema",
    "sqlalchemy",
    # Nothing here speaks with a network, and without these nothing can.
    "PySide6.QtNetwork",
    "PySide6.QtDBus",
    "ssl",
    "_ssl",
    "http",
    "ftplib",
    "xmlrpc",
    "asyncio",
    "urllib.request",
    "smtplib",
    "email",
    "importlib.metadata",
    "webbrowser",
    # OpenSSL's hashes; Python's own serve.
    "_hashlib",
    # No file here is packed so, and nothing reads XML.
    "tarfile",
    "bz2",
    "_bz2",
    "lzma",
    "_lzma",
    "pyexpat",
    "_elementtree",
    "xml.sax.expatreader",
    # Encodings of Taiwan and Hong Kong, in which no file here is written.
    "_codecs_hk",
    "_codecs_tw",
    # Tools of developers.
    "tracemalloc",
    "statistics",
    "typing_extensions",
    "babel.messages",
    "curses",
    "distutils",
    "doctest",
    "ensurepip",
    "lib2to3",
    "multiprocessing",
    "pdb",
    "pip",
    "pydoc",
    "pydoc_data",
    "readline",
    "setuptools",
    "sqlite3.dbapi2.test",
    "test",
    "tkinter",
    "unittest",
    "venv",
]

_PLUGINS = frozenset(
    [
        "platforms/qwindows",
        "platforms/qxcb",
        "platforms/qwayland",
        "platforms/qoffscreen",
        "imageformats/qsvg",
        # Printers; the library of CUPS is the system's, where it has any.
        "printsupport/cupsprintersupport",
        "printsupport/windowsprintersupport",
        # How people type Japanese, Chinese and Korean on Linux.
        "platforminputcontexts/ibusplatforminputcontextplugin",
        "platforminputcontexts/composeplatforminputcontextplugin",
        # What a kiosk's compositor (cage) speaks.
        "wayland-shell-integration/xdg-shell",
        "wayland-decoration-client/bradient",
    ]
)
_MODULES = frozenset(["QtCore", "QtGui", "QtWidgets", "QtPrintSupport"])
_TRANSLATIONS = frozenset(["qtbase_ja.qm", "qtbase_ko.qm", "qtbase_zh_CN.qm"])
_LOCALES = frozenset(["root", "en", "en_US", "ja", "ja_JP", "ko", "ko_KR", "zh", "zh_Hans", "zh_Hans_CN"])

_NOT_FOLLOWED = "libcupsprintersupport.so"
"""Where a machine has printers, it has the library of CUPS; with ours would come all it needs to speak with a network.

What PyInstaller says that a library imports is all that is loaded with it, so this plugin, which needs nothing else
that Qt does not, is not asked at all.
"""

_ON_EVERY_LINUX = frozenset(
    ["libsystemd.so.0", "libgcrypt.so.20", "libgpg-error.so.0", "liblz4.so.1", "liblzma.so.5", "libcap.so.2"]
)
"""What D-Bus needs of the system that starts it: the smallest Debian has these, and an update of theirs counts."""

STAND_INS = ("libxcb.so.1", "libGLdispatch.so.0", "libGLX.so.0", "libEGL.so.1", "libGL.so.1")
"""Graphics and X libraries that Qt links, in the order in which they need each other (start_hook.py)."""


def binaries(rows: list[Row]) -> list[Row]:
    """Return the libraries that the programs reach, and the stand-ins of those that machines usually have."""
    named = {PurePosixPath(row[0].replace("\\", "/")).name.lower(): row for row in rows}
    wanted: dict[str, Row] = {}
    waiting = [row for row in rows if _is_root(row)]
    while waiting:
        row = waiting.pop()
        if row[0] in wanted:
            continue
        wanted[row[0]] = row
        if row[0].endswith(_NOT_FOLLOWED):
            continue
        for name, _ in get_imports(row[1]):
            needed = named.get(PurePosixPath(name.replace("\\", "/")).name.lower())
            if needed is not None and needed[0] not in _ON_EVERY_LINUX:
                waiting.append(needed)
    return [*wanted.values(), *_stand_ins()]


def _is_root(row: Row) -> bool:
    path = PurePosixPath(row[0].replace("\\", "/"))
    if "plugins" in path.parts:
        return f"{path.parent.name}/{path.stem.removeprefix('lib')}" in _PLUGINS
    if path.parts[0] == "PySide6" and path.suffix in (".so", ".pyd"):
        return path.name.partition(".")[0] in _MODULES
    # Python itself, its extension modules, and Shiboken.
    return row[2] == "EXTENSION" or path.name.startswith(("libpython", "python3", "vcruntime", "msvcp", "ucrtbase"))


def _stand_ins() -> list[Row]:
    if sys.platform != "linux":
        return []
    listed = subprocess.run(["/sbin/ldconfig", "-p"], stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    known: dict[str, str] = {}
    for line in listed.splitlines():
        name, _, path = line.strip().partition(" => ")
        known.setdefault(name.partition(" ")[0], path)
    return [(f"stand-ins/{number}/{name}", known[name], "BINARY") for number, name in enumerate(STAND_INS, start=1)]


def datas(rows: list[Row]) -> list[Row]:
    """Return the data files without Qt's and Babel's languages that nobody here reads.

    Second names of libraries (SYMLINK) stay out too: each library says where those beside it are, and a folder without
    links can be copied and zipped by anything.
    """
    return [row for row in rows if row[2] != "SYMLINK" and _is_read(PurePosixPath(row[0].replace("\\", "/")))]


def _is_read(path: PurePosixPath) -> bool:
    if path.parts[0] == "PySide6":
        return path.name in _TRANSLATIONS
    if path.parent.name == "locale-data":
        return path.suffix == ".dat" and path.stem in _LOCALES
    return True


def icon() -> str | None:
    """Return the icon of the programs, which only Windows keeps inside them; make.py has drawn it."""
    return str(WORK / "minato-viewer.ico") if WINDOWS else None


def version(name: str) -> str | None:
    """Return the version resource of a program, which only Windows has; make.py has written it."""
    return str(WORK / f"{name}.version") if WINDOWS else None
