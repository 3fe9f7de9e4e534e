"""A private X display with the real program on it, and hands for keys and clicks."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from minato_viewer.paths import ROOT

LIMIT = 20.0
"""Seconds after which a wait has failed."""
SCREEN = "1600x1000x24"
SOURCE = (sys.executable, "-W", "error", "-m", "minato_viewer")
"""The program as it is started from the checkout."""


def lacking() -> str:
    """Return why there can be no X display here; empty where there can."""
    if sys.platform != "linux":
        return "X displays are Linux's"
    return lacks("Xvfb", "xdotool")


def lacks(*programs: str) -> str:
    """Return which programs are not here; empty where all are."""
    missing = [program for program in programs if shutil.which(program) is None]
    return f"not installed: {', '.join(missing)}" if missing else ""


def wait_for(what: str, seen: Callable[[], object]) -> object:
    """Ask until the answer is true, and return it."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        if answer := seen():
            return answer
        time.sleep(0.02)
    raise AssertionError(f"waited in vain: {what}")


@contextmanager
def managed_display(folder: Path) -> Iterator[str]:
    """Start Xvfb with the window manager openbox as it comes, keys and all; its files are in `folder`."""
    with display() as number:
        environment = {**os.environ, "DISPLAY": number, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        manager = subprocess.Popen(["openbox", "--sm-disable"], env=environment, **quiet)
        try:
            asked = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
            wait_for("openbox", lambda: b"window id" in subprocess.check_output(asked, env=environment))
            yield number
        finally:
            manager.terminate()
            manager.wait()


@contextmanager
def display() -> Iterator[str]:
    """Start Xvfb on a number that it finds free itself."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as numbers:
            number = numbers.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


class Program:
    """The real program on a display."""

    def __init__(self, number: str, *arguments: str | Path, folder: Path, program: tuple[str, ...] = SOURCE) -> None:
        left_out = {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY"}
        self._environment = {key: value for key, value in os.environ.items() if key not in left_out}
        self._environment |= {"DISPLAY": number, "XDG_STATE_HOME": str(folder), "PYTHONUTF8": "1"}
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - open as long as the process
        self._process = subprocess.Popen(
            [*program, *map(str, arguments)],
            cwd=ROOT,
            env=self._environment,
            stderr=self._errors,
        )
        self.window = ""

    def tool(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self._environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=LIMIT,
        )
        return done.stdout.strip()

    def appear(self) -> None:
        """Wait for the window and give it the keyboard; there is no window manager to do so."""
        pattern = re.escape("港区") + "|Minato"
        found = wait_for("the window", lambda: self.tool("search", "--onlyvisible", "--name", pattern))
        self.window = str(found).splitlines()[0]
        self.tool("windowfocus", "--sync", self.window)

    @property
    def title(self) -> str:
        return self.tool("getwindowname", self.window)

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def windows(self) -> int:
        """Return how many of its windows can be seen."""
        return len(self.tool("search", "--onlyvisible", "--pid", str(self._process.pid)).splitlines())

    def size(self) -> str:
        """Return how large the window is, such as 1600x1000."""
        values = dict(line.split("=") for line in self.tool("getwindowgeometry", "--shell", self.window).splitlines())
        return f"{values.get('WIDTH')}x{values.get('HEIGHT')}"

    def place(self) -> tuple[int, int]:
        """Return where the window's corner is on the screen."""
        answer = self.tool("getwindowgeometry", "--shell", self.window)
        values = dict(line.split("=") for line in answer.splitlines())
        return int(values["X"]), int(values["Y"])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.tool("key", key)

    def type(self, text: str) -> None:
        self.tool("type", text)

    def click(self, x: int, y: int) -> None:
        """Click at a place of the window."""
        left, top = self.place()
        self.tool("mousemove", "--sync", str(left + x), str(top + y), "click", "1")

    def until_title(self, wanted: Callable[[str], bool], what: str) -> str:
        wait_for(f"{what}; the title was {self.title!r}", lambda: wanted(self.title))
        return self.title

    def ended(self) -> tuple[int, str]:
        """Wait for the end; return exit code and stderr."""
        code = self._process.wait(LIMIT)
        self._errors.seek(0)
        return code, self._errors.read()

    def stop(self) -> None:
        """End what is still running."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        self._errors.close()
