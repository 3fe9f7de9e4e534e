"""How long ago this process was started, for `--timing`."""

import os
import sys
import time
from pathlib import Path

_IMPORTED = time.monotonic()


def milliseconds_since_start() -> float:
    """Return the milliseconds since the operating system started this process.

    Linux counts the start in steps of 10 ms. Elsewhere, and where /proc is shut, the time since this module was
    imported is returned, which misses the interpreter's own start.
    """
    own = Path("/proc/self/stat")
    if sys.platform == "linux" and os.access(own, os.R_OK):
        # Field 22 of /proc/self/stat, counted after the command name, which may hold blanks.
        fields = own.read_text(encoding="utf-8").rpartition(")")[2].split()
        started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return (time.clock_gettime(time.CLOCK_BOOTTIME) - started) * 1000
    return (time.monotonic() - _IMPORTED) * 1000
