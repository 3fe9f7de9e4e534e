"""Starts the programs that are measured, times them from outside, and reads how much memory they hold."""

import compileall
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from minato_viewer.paths import ROOT, default_plan

BUILD = ROOT / "build" / "bench"
BARE = (sys.executable, str(Path(__file__).with_name("bare_window.py")))
DELIVERED = BUILD / "delivered"
"""PySide6 as its makers deliver it: links to its files without the folder that dev.py adds (`unpack_pyside`)."""
VIEWER = (str(Path(sys.executable).with_name("minato-viewer")), "--lang", "ja")
LONGEST = 900
"""Seconds after which a program that hangs is ended."""

PATIENCE = 5
"""Seconds to wait for other programs that use Qt to end before memory is read."""


class BenchError(Exception):
    """A program that is measured did not do what it was asked for."""


class Started(NamedTuple):
    """One start of a program, measured from outside."""

    content: float
    """Milliseconds from just before it was started until its line arrived."""
    cpu: float
    """Milliseconds of processor time, user and system, from the start to the end of the process."""


def prepare() -> None:
    """Compile to byte code what a measured program imports, so that no start pays for that."""
    site = Path(next(path for path in sys.path if path.endswith("site-packages")))
    folders = [
        ROOT / "minato_viewer",
        Path(__file__).parent,
        *(site / name for name in ("PySide6", "shiboken6", "babel")),
    ]
    for folder in folders:
        compileall.compile_dir(folder, quiet=2)  # quiet: PySide6 brings templates that are no Python
    BUILD.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(DELIVERED, ignore_errors=True)
    without = shutil.ignore_patterns("files.dir")
    for name in ("PySide6", "shiboken6"):
        # Linked, so that both share what the system keeps of the files in memory.
        shutil.copytree(site / name, DELIVERED / name, ignore=without, copy_function=os.link)


def environment(platform: str, display: str = "") -> dict[str, str]:
    """Return the environment of every measured program: one platform plugin, byte code used, no one's settings."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "WAYLAND_DISPLAY", "DISPLAY")
    kept = {name: value for name, value in os.environ.items() if name not in dropped and not name.startswith("QT_")}
    home = str(BUILD / "home")
    own = {"QT_QPA_PLATFORM": platform, "XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
    return {**kept, **own, **({"DISPLAY": display} if display else {})}


@contextlib.contextmanager
def private_display() -> Generator[str]:
    """Start an Xvfb of our own and yield its name, such as `:7`."""
    server = shutil.which("Xvfb")
    if server is None:
        raise BenchError("Xvfb is missing: python3 dev.py test installs it, or leave --xvfb out.")
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise BenchError("Xvfb did not start.")
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def _running(command: Sequence[str], env: dict[str, str]) -> Generator[subprocess.Popen[str]]:
    """Run a program of ours with pipes; BenchError with its own words where it fails."""
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=env, cwd=ROOT, text=True
        )
        guard = threading.Timer(LONGEST, process.kill)
        guard.start()
        try:
            with process:
                yield process
        finally:
            guard.cancel()
        if process.returncode:
            errors.seek(0)
            raise BenchError(f"{' '.join(command)} ended with {process.returncode}:\n{errors.read()[-3000:]}")


def start(command: Sequence[str], env: dict[str, str]) -> Started:
    """Start a program that prints one line once its content is on screen and ends."""
    cpu = 0.0
    before = time.monotonic()
    with _running(command, env) as process:
        line = _line(process)
        content = time.monotonic() - before
        if line:
            # Waited for here and not by Popen, because this tells what the process cost.
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            cpu = usage.ru_utime + usage.ru_stime
    if not line:
        raise BenchError(f"{' '.join(command)} printed nothing")
    return Started(content * 1000, cpu * 1000)


def delivered(env: dict[str, str]) -> dict[str, str]:
    """Return the environment of a program that uses PySide6 as its makers deliver it."""
    return {**env, "PYTHONPATH": str(DELIVERED)}


def viewer(plan: Path | None = None) -> tuple[str, ...]:
    """Return the command that shows a plan (the real one unless another is named), prints its line and ends."""
    return (*VIEWER, "--timing", "--plan", str(plan or default_plan()))


def _inside(job: str, plan: Path, arguments: Sequence[str]) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.bench.inside", job, "--plan", str(plan), *arguments)


def inside(job: str, env: dict[str, str], plan: Path, *arguments: str) -> Any:
    """Run a job of `inside.py` in a viewer of its own and return what it measured."""
    with _running(_inside(job, plan, arguments), env) as process:
        line = _line(process)
    return json.loads(line or "null")


def core_share(command: Sequence[str], env: dict[str, str], settled: float, seconds: float) -> float:
    """Return the per cent of one core that a program takes for `seconds` that begin `settled` seconds after its start.

    The program is then asked to end, which it is to do in good order.
    """
    with _running(command, env) as process:
        time.sleep(settled)
        cpu, before = _cpu(process.pid), time.monotonic()
        time.sleep(seconds)
        share = (_cpu(process.pid) - cpu) / (time.monotonic() - before) * 100
        process.terminate()
    return share


def _cpu(pid: int) -> float:
    """Return the seconds of processor time that a process has taken, user and system, of all its threads."""
    # The name of the program, in brackets, may hold blanks.
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Memory(NamedTuple):
    """What a process holds, in KiB, as Linux counts it in smaps_rollup."""

    pss: int
    rss: int
    heap: int
    """The anonymous part of `pss`: memory that no other process can share, so that none disturbs it."""


def bare_memory(env: dict[str, str]) -> Memory:
    """Return what the bare window holds once it was painted, PySide6 as its makers deliver it."""
    return _staying((*BARE, "--stay"), delivered(env))["painted"]


def viewer_memory(env: dict[str, str], plan: Path, *arguments: str) -> dict[str, Memory]:
    """Return what the viewer holds at every stage of the memory job of `inside.py`."""
    return _staying(_inside("memory", plan, arguments), env)


def _staying(command: Sequence[str], env: dict[str, str]) -> dict[str, Memory]:
    """Measure a program that prints the name of a stage, then waits for a line before it goes on."""
    stages: dict[str, Memory] = {}
    with _running(command, env) as process:
        if process.stdin is None:
            raise BenchError("no pipe")
        while stage := _line(process):
            stages[stage] = _memory(process.pid)
            process.stdin.write("\n")
            process.stdin.flush()
    return stages


def _line(process: subprocess.Popen[str]) -> str:
    return process.stdout.readline().strip() if process.stdout else ""


def _qt_elsewhere(pid: int) -> bool:
    """Whether another process holds Qt: its pages would then count half, for this process alone."""
    for maps in Path("/proc").glob("[0-9]*/maps"):
        with contextlib.suppress(OSError):
            if maps.parent.name != str(pid) and "libQt6Core" in maps.read_text(encoding="utf-8", errors="replace"):
                return True
    return False


def _memory(pid: int) -> Memory:
    """Read what a waiting process holds, in a moment in which no other shares Qt with it, if there is one."""
    until = time.monotonic() + PATIENCE
    while _qt_elsewhere(pid) and time.monotonic() < until:
        time.sleep(0.2)
    sizes: dict[str, int] = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]:
        name, _, rest = line.partition(":")
        sizes[name] = int(rest.split()[0])
    return Memory(sizes["Pss"], sizes["Rss"], sizes["Pss_Anon"])
