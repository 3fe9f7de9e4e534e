"""Starts the real program as a process of its own, without a display."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from minato_viewer.paths import ROOT

LIMIT = 60
"""Seconds after which a start has failed."""


class Ended(NamedTuple):
    """How a process ended."""

    code: int
    out: str
    err: str

    @property
    def sentences(self) -> list[str]:
        """The lines on stderr, without what Qt's offscreen platform says of every window."""
        lines = [line for line in self.err.splitlines() if line.strip()]
        return [line for line in lines if "propagateSizeHints" not in line]


def viewer(*arguments: str | Path, **variables: str) -> Ended:
    """Run `minato-viewer`."""
    return python("-m", "minato_viewer", *arguments, **variables)


def driver(name: str, *arguments: str | Path, **variables: str) -> Ended:
    """Run a module of this folder that drives the program from inside."""
    return python("-m", f"tests.gui.{name}", *arguments, **variables)


def python(*arguments: str | Path, **variables: str) -> Ended:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", **variables}
    done = subprocess.run(
        [sys.executable, "-W", "error", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)
