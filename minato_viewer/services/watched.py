"""What a supervisor and the viewer that it watches have agreed on: how one tells the other, and the sign of life.

The supervisor (`minato_viewer/cli/supervise.py`) tells by variables of the environment. The viewer gives its signs on
its standard output, which is a pipe then: the one channel that every system hands to a new process by itself.
"""

import os
from typing import NamedTuple

SIGN = b"\n"
"""Any bytes count; these disturb nobody who looks at the output."""
STREAM = 1
"""The number of the standard output. A windowed program on Windows has no `sys.stdout`, but has this if it is given."""
INTERVAL = 1_000
"""Milliseconds between two signs."""
_MODE = "MINATO_VIEWER_SUPERVISED"
_TERMINAL = "MINATO_VIEWER_TERMINAL"
_USUAL, _SAFE = "usual", "safe"


class Watched(NamedTuple):
    """What the viewer is told."""

    safe: bool = False
    """It is started in safe mode, because it failed several times, and says so."""
    terminal: str = ""
    """The terminal's name, which a start in safe mode does not read from the settings; "" for none."""

    def variables(self) -> dict[str, str]:
        """Return the variables of the environment that tell it."""
        return {_MODE: _SAFE if self.safe else _USUAL, _TERMINAL: self.terminal}


def take() -> Watched | None:
    """Return what this process was told, once; None where nobody watches it.

    What it starts in turn is not watched, so the variables go.
    """
    mode, terminal = os.environ.pop(_MODE, ""), os.environ.pop(_TERMINAL, "")
    return Watched(mode == _SAFE, terminal) if mode else None
