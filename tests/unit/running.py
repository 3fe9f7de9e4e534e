"""The two programs as real processes, in a folder of their own and without a display."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PROGRAMS = {"viewer": ["-m", "minato_viewer"], "plan": ["-c", "from minato_viewer.__main__ import plan; exit(plan())"]}
INHERITED = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP")


def environment(home: Path, variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a process that writes nothing outside `home` and speaks English."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    own = {"HOME": str(home), "XDG_STATE_HOME": str(home), "LOCALAPPDATA": str(home), "LC_ALL": "en_US.UTF-8"}
    return {**inherited, **own, "PYTHONIOENCODING": "utf-8", **(variables or {})}


def run(
    program: str, *arguments: str | Path, home: Path, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `viewer` or `plan` to its end; its output is decoded as far as it can be."""
    return python([*PROGRAMS[program], *map(str, arguments)], home, variables)


def python(
    arguments: list[str], home: Path, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Python itself with `arguments`."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=home,
        env=environment(home, variables),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )


def one_sentence(stderr: str) -> str:
    """Return what a program complained about; an AssertionError where it is not one sentence."""
    assert "Traceback" not in stderr, stderr
    assert len(stderr.splitlines()) == 1, stderr
    assert stderr.strip().endswith((".", "。")), stderr
    return stderr.strip()
