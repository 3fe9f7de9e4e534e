"""The bundle against a plain PyInstaller program of PySide6, made in the same run: size, start, hard kills."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from minato_viewer.paths import ROOT
from tests.bench.figures import Figure, middle, ratios
from tests.bench.processes import BARE, BUILD, BenchError, Started, start

SIZE, SIZE_AIM = 0.80, 0.70
ZIP = 60.0
CONTENT, CONTENT_AIM = 1.5, 1.3
HELLO = BUILD / "hello" / "dist" / "hello"
BUNDLE = ROOT / "dist" / "minato-viewer"


def made() -> None:
    """Make both programs anew."""
    script = BARE[-1]
    hello = ["-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--name", "hello"]
    hello += ["--distpath", str(HELLO.parent), "--workpath", str(BUILD / "hello"), "--specpath", str(BUILD), script]
    for arguments in (hello, ["resources/packaging/make.py"]):
        done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BenchError(f"{arguments} ended with {done.returncode}:\n{done.stderr[-3000:]}")


def figures(env: dict[str, str], starts: int, kills: int) -> list[Figure]:
    """Return size, start and what hard kills leave."""
    made()
    plain, ours = _bytes(HELLO), _bytes(BUNDLE)
    zipped = BUNDLE.with_suffix(".zip").stat().st_size / 1e6
    pairs = _starts(env, starts)
    wall = [(a.content, b.content) for a, b in pairs]
    return [
        Figure("bundle: size / plain hello-world", ours / plain, "x", SIZE, note=f"aim {SIZE_AIM} x"),
        Figure("  bundle", ours / 1e6, "MB", note="fonts and plan included"),
        Figure("  plain hello-world", plain / 1e6, "MB"),
        Figure("bundle: zip", zipped, "MB", ZIP),
        ratios("bundle: content / hello-world's window", wall, CONTENT, f"aim {CONTENT_AIM} x"),
        ratios("  processor time", [(a.cpu, b.cpu) for a, b in pairs]),
        middle("  bundle: content on screen", (row.content for _, row in pairs), "ms"),
        middle("  hello-world: content on screen", (row.content for row, _ in pairs), "ms"),
        Figure(f"bundle: new files after {kills} hard kills", _left_behind(env, kills), "files", 0),
    ]


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _starts(env: dict[str, str], count: int) -> list[tuple[Started, Started]]:
    hello, ours = (str(HELLO / "hello"),), (str(BUNDLE / "minato-viewer"), "--lang", "ja", "--timing")
    start(hello, env)
    start(ours, env)
    return [(start(hello, env), start(ours, env)) for _ in range(count)]


def _left_behind(env: dict[str, str], kills: int) -> int:
    """Return how many files are in the bundle and in a folder for temporary files after so many kills, from none."""
    before = len(list(BUNDLE.rglob("*")))
    with tempfile.TemporaryDirectory() as empty:
        for number in range(kills):
            process = subprocess.Popen(
                [str(BUNDLE / "minato-viewer")], env={**env, "TMPDIR": empty}, stderr=subprocess.DEVNULL
            )
            time.sleep(0.02 + 0.4 * number / kills)  # at every moment of the start
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        return len(list(BUNDLE.rglob("*"))) - before + len(list(Path(empty).rglob("*")))
