"""The shape of the code: sizes, names, and what importing a module does."""

import ast
import re
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from minato_viewer import VERSION
from minato_viewer.paths import ROOT
from tests.unit.running import python

PACKAGE = ROOT / "minato_viewer"
MODULES = sorted(PACKAGE.rglob("*.py"))
WITHOUT_QT = ("domain", "language", "planfile", "authoring", "pages", "cli", "paths", "__main__", "__init__")
BANNED = {"utils", "util", "misc", "common", "helpers", "helper", "manager", "managers"}

IMPORT_ALL = """
import importlib, os, sys
names = sys.argv[1:]
for name in ("PySide6", "shiboken6"):
    sys.modules[name] = None
did = []
def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND):
            did.append(f"writes {path}")
    elif event in ("sqlite3.connect", "subprocess.Popen", "os.mkdir", "socket.connect"):
        did.append(f"{event} {arguments}")
sys.addaudithook(watch)
for name in names:
    importlib.import_module(name)
print(did)
"""


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def without_qt() -> list[str]:
    return [module_name(path) for path in MODULES if path.relative_to(PACKAGE).parts[0].split(".")[0] in WITHOUT_QT]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_is_longer_than_400_lines_and_no_function_than_60(path: Path) -> None:
    source = path.read_text("utf-8")
    assert len(source.splitlines()) <= 400
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    too_long = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: lines for name, lines in too_long.items() if lines > 60} == {}


def test_the_main_window_is_shorter_than_300_lines() -> None:
    (window,) = PACKAGE.glob("ui/counter/window.py")
    assert len(window.read_text("utf-8").splitlines()) < 300


def test_no_module_is_named_after_nothing() -> None:
    names = {part for path in MODULES for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert names & BANNED == set()
    assert len(MODULES) > 40


def test_every_module_says_what_it_is_for() -> None:
    silent = [path.name for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def test_importing_what_is_below_the_window_opens_nothing_and_needs_no_qt(tmp_path: Path) -> None:
    names = without_qt()
    assert {"minato_viewer.planfile.build", "minato_viewer.cli.viewer", "minato_viewer.pages.compose"} <= set(names)
    done = python(["-B", "-W", "error", "-c", IMPORT_ALL, *names], tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_a_module_that_cannot_do_without_qt_is_noticed(tmp_path: Path) -> None:
    done = python(["-B", "-c", IMPORT_ALL, "minato_viewer.services.translator"], tmp_path)
    assert done.returncode != 0
    assert "PySide6" in done.stderr


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == VERSION


def test_the_format_document_describes_every_column_of_every_view(plan_path: Path) -> None:
    document = (PACKAGE / "planfile" / "FORMAT.md").read_text("utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", document, re.MULTILINE | re.DOTALL))
    with closing(sqlite3.connect(plan_path)) as connection:
        views = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
        columns = {view: [row[1] for row in connection.execute(f"PRAGMA table_info({view})")] for view in views}
    assert len(views) == 7
    lacking = {view: [name for name in names if f"`{name}`" not in sections[view]] for view, names in columns.items()}
    assert {view: names for view, names in lacking.items() if names} == {}


def test_the_format_document_names_what_identifies_the_file(plan_path: Path) -> None:
    document = (PACKAGE / "planfile" / "FORMAT.md").read_text("utf-8")
    assert "0x4D4E5450" in document
    with closing(sqlite3.connect(plan_path)) as connection:
        keys = {row[0] for row in connection.execute("SELECT key FROM meta")}
    plain = {key for key in keys if "/" not in key}
    assert {key for key in plain if f"`{key}`" not in document} == set()
