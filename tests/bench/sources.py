"""How long it takes to make a plan file of the sources and to check them, and how large it is."""

import subprocess
import sys
import time
from pathlib import Path

from tests.bench.figures import Figure, percentile
from tests.bench.processes import BUILD, BenchError

BUILDING, CHECKING = 2000.0, 5000.0
LARGEST = 4_000_000 / 2**20
"""MiB; 4 MB, so that a plan fits into one mail."""

_PROGRAM = str(Path(sys.executable).with_name("minato-plan"))


def sources(env: dict[str, str], rounds: int) -> list[Figure]:
    """Whole processes, from the start to the end; the first round fills the system's file cache."""
    plan = BUILD / "built.sqlite"
    commands = {"build": ["build", "-o", str(plan)], "check": ["check"], "export": ["export", "--format", "csv"]}
    taken = {name: [_milliseconds(command, env) for _ in range(rounds + 1)][1:] for name, command in commands.items()}
    return [
        percentile("build the plan file, 95th percentile", taken["build"], BUILDING, "the whole process"),
        percentile("check the sources, 95th percentile", taken["check"], CHECKING, "the whole process"),
        percentile("  export them as CSV", taken["export"], note="the whole process"),
        Figure("size of the plan file", plan.stat().st_size / 2**20, "MiB", LARGEST),
    ]


def _milliseconds(arguments: list[str], env: dict[str, str]) -> float:
    BUILD.mkdir(parents=True, exist_ok=True)
    before = time.monotonic()
    done = subprocess.run([_PROGRAM, *arguments], env=env, capture_output=True, check=False)
    if done.returncode:
        raise BenchError(f"minato-plan {' '.join(arguments)}: {done.stdout.decode('utf-8', 'replace')[-500:]}")
    return (time.monotonic() - before) * 1000
