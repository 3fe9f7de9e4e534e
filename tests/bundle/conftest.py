"""The bundle that these tests start: made once, anew where anything it is made of has changed."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from minato_viewer.paths import ROOT, default_plan

BUNDLE = ROOT / "dist" / "minato-viewer"
LIMIT = 300
MADE_OF = ("minato_viewer/**/*.py", "resources/**/*", "i18n/*/LC_MESSAGES/viewer.mo", "build.spec", "pyproject.toml")


class Ended(NamedTuple):
    """How a program of the bundle ended."""

    code: int
    out: str
    err: str


class Bundle:
    """The folder, and its two programs started in a home of their own."""

    def __init__(self, home: Path, folder: Path = BUNDLE) -> None:
        self.folder = folder
        self.home = home
        # As on a machine that has none of what a developer has.
        self.environment = {
            "HOME": str(home),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
        }

    def copied(self, folder: Path) -> "Bundle":
        """Return the same in another folder, for a test that changes it."""
        shutil.copytree(self.folder, folder, copy_function=_linked)
        return Bundle(self.home, folder)

    def program(self, name: str) -> str:
        return str(self.folder / (f"{name}.exe" if sys.platform == "win32" else name))

    def run(self, name: str, *arguments: str | Path, before: tuple[str, ...] = ()) -> Ended:
        done = subprocess.run(
            [*before, self.program(name), *map(str, arguments)],
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)


def _linked(source: str, target: str) -> None:
    """Give a file a second name, which costs neither room nor time; a copy where that cannot be."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.fixture(scope="session")
def made() -> Path:
    """Make the bundle, unless the one that is there is newer than all it is made of; one process at a time."""
    with closing(sqlite3.connect(ROOT / "build" / "bundle.lock", timeout=LIMIT)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        make()
    return BUNDLE


def make() -> None:
    sums = BUNDLE / "SHA256SUMS"
    newest = max(path.stat().st_mtime for pattern in MADE_OF for path in ROOT.glob(pattern))
    if not sums.exists() or sums.stat().st_mtime < max(newest, default_plan().stat().st_mtime):
        done = subprocess.run(
            [sys.executable, "resources/packaging/make.py"],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT,
            check=False,
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture
def bundle(made: Path, tmp_path: Path) -> Bundle:
    """The bundle, with an empty home."""
    (tmp_path / "home").mkdir()
    return Bundle(tmp_path / "home")
