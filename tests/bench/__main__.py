"""The command line of the benchmark: measures, prints a table, writes everything as JSON."""

import argparse
import contextlib
import datetime
import importlib.metadata
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

from minato_viewer.paths import ROOT, default_plan
from tests.bench.figures import Figure, table
from tests.bench.measure import FULL, LARGE_MEASURES, MEASURES, QUICK
from tests.bench.processes import BenchError, environment, prepare, private_display


def main() -> int:
    """Run the measures that were asked for; a missed target is a finding, not a failure."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__, allow_abbrev=False)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: to see whether it works, not how fast")
    parser.add_argument("--xvfb", action="store_true", help="on a private X display, as users see it, not offscreen")
    parser.add_argument("--large", action="store_true", help="search in plans of 100,000 and 1,000,000 entries, too")
    every = {**MEASURES, **LARGE_MEASURES}
    parser.add_argument("--only", action="append", choices=every, metavar="NAME", help=", ".join(every))
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "bench.json", help="default: build/bench.json")
    options = parser.parse_args()
    if sys.platform != "linux":
        parser.error("the benchmark reads /proc, so it runs on Linux alone")
    if not default_plan().exists():
        parser.error(f"{default_plan()} is missing: python3 dev.py bench builds it")
    try:
        return _run(options)
    except BenchError as error:
        sys.stderr.write(f"bench: {error}\n")
        return 1


def _run(options: argparse.Namespace) -> int:
    prepare()
    effort = QUICK if options.quick else FULL
    figures: list[Figure] = []
    result: dict[str, Any] = {"machine": _machine(), "effort": effort._asdict(), "loads": {}, "figures": {}}
    result["platform"] = "xcb" if options.xvfb else "offscreen"
    with contextlib.ExitStack() as stack:
        display = stack.enter_context(private_display()) if options.xvfb else ""
        env = environment(result["platform"], display)
        measures = {**MEASURES, **LARGE_MEASURES}
        for name in options.only or [*MEASURES, *(LARGE_MEASURES if options.large else ())]:
            sys.stderr.write(f"bench: {name} ...\n")
            before = os.getloadavg()[0]
            found = measures[name](env, effort)
            result["loads"][name] = (before, os.getloadavg()[0])
            result["figures"][name] = [figure.as_json() for figure in found]
            figures += found
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(result, indent=1, ensure_ascii=False), encoding="utf-8")
    machine = result["machine"]
    print(
        f"{machine['cpus']} cpus, {machine['system']}, Python {machine['python']}, PySide6 {machine['pyside6']}, "
        f"{result['platform']}{', quick' if options.quick else ''}; load {result['loads']}"
    )
    print(table(figures))
    print(f"Everything that was measured: {options.json}")
    return 0


def _machine() -> dict[str, Any]:
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return {
        "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "cpus": len(os.sched_getaffinity(0)),
        "processor": model[0].partition(":")[2].strip() if model else platform.machine(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "pyside6": importlib.metadata.version("PySide6-Essentials"),
        "plan_bytes": default_plan().stat().st_size,
    }


if __name__ == "__main__":
    sys.exit(main())
