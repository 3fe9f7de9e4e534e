"""Runs the real program with `--supervise` as it is started from the checkout, with times that a test can wait for.

    python -m tests.gui.supervised TIMES ARGUMENT...

TIMES is a JSON object of `Times`. The supervisor starts its viewers by the same command, without `--supervise`.
"""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from minato_viewer.__main__ import viewer
from minato_viewer.cli.supervise import OPTION, Times, supervise
from minato_viewer.paths import ROOT
from tests.gui.xserver import wait_for

PROGRAM = ("-m", "minato_viewer")
STARTED = re.compile(r"started(?: in safe mode)? as process (\d+)")


class Supervised:
    """A supervisor at work, in a home of its own, and what its log says."""

    def __init__(
        self, home: Path, *arguments: str | Path, program: tuple[str, ...] = PROGRAM, **variables: str
    ) -> None:
        self.home = home
        own = {"XDG_STATE_HOME": str(home), "XDG_CONFIG_HOME": str(home), "HOME": str(home), "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", *program, OPTION, "--lang", "en", *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **own, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    @property
    def log(self) -> str:
        """Everything that supervisor and viewers have noted; no order between the files."""
        return "".join(path.read_text("utf-8") for path in self.home.glob("minato-viewer/log/*.log*"))

    def count(self, text: str) -> int:
        return self.log.count(text)

    def viewers(self) -> list[int]:
        """The processes of all viewers so far."""
        return list(map(int, STARTED.findall(self.log)))

    def until(self, text: str, times: int = 1) -> None:
        wait_for(f"{times} times {text!r} in\n{self.log}", lambda: self.count(text) >= times)

    def hit(self, number: signal.Signals) -> None:
        """Send a signal to the viewer that runs."""
        os.kill(self.viewers()[-1], number)

    def children(self) -> list[str]:
        """The processes that the supervisor has to care for, ended ones too, by number and state."""
        of = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii").split()
        return [f"{number} {state(int(number))}" for number in of]

    def ended(self) -> tuple[int, str]:
        """Wait for the end; return exit code and stderr without what Qt says of every window."""
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, "".join(line for line in said.splitlines() if "propagateSizeHints" not in line)

    def stop(self) -> None:
        """End what is still running."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


def state(number: int) -> str:
    """Return the state of a process as one letter; "" where there is none."""
    try:
        return Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return ""


def main() -> int:
    arguments = sys.argv[1:]
    sys.argv[1:] = arguments[1:]
    return supervise(arguments[1:], Times(**json.loads(arguments[0]))) if OPTION in arguments else viewer()


if __name__ == "__main__":
    sys.exit(main())
