"""Everything a developer runs: python3 dev.py run | test | lint | bench | soak | bundle | i18n | fonts | tables | lock.

Needs Python alone. The first run makes .venv with the locked packages, adds the system libraries that Qt
needs where it may, compiles the catalogues and builds the plan file; later runs only look whether anything
changed. dev.py's own words go to stderr, so that what the programs print can be piped.
"""

import sys

if not (3, 11) <= sys.version_info[:2] <= (3, 13):  # this far, an older Python 3 can read the file too
    sys.exit(
        "dev.py: this project needs Python 3.11, 3.12 or 3.13, and this is Python %d.%d. "  # noqa: UP031
        "Start dev.py with one of those, for example: python3.11 dev.py run" % sys.version_info[:2]
    )

import argparse
import compileall
import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Generator, Sequence
from pathlib import Path

WINDOWS = sys.platform == "win32"
SUDO = "" if hasattr(os, "geteuid") and os.geteuid() == 0 else "sudo "
ROOT = Path(__file__).resolve().parent
BUILD = ROOT / "build"
VENV = ROOT / ".venv"
STAMP = VENV / "dev-stamp.json"
MADE_FOR = f"{sys.version} {sys.base_prefix} {ROOT}"  # what a .venv depends on beside its packages
PLAN = BUILD / "plan.sqlite"
SITE = VENV / ("Lib" if WINDOWS else "lib/python%d.%d" % sys.version_info[:2]) / "site-packages"  # noqa: UP031
UNPACKED = SITE / "shiboken6" / "files.dir"  # PySide6's own Python code (resources/packaging/unpack_pyside.py)
CATALOGUES = ROOT / "i18n"
RUN_LOCK, DEV_LOCK = "requirements.txt", "requirements-dev.txt"

# Language tag -> folder of its catalogues. The messages are English, so of `en` dev.py makes what there is.
LANGUAGES = {"ja": "ja", "ja-x-easy": "ja@easy", "en": "en", "zh-Hans": "zh_Hans", "ko": "ko"}
NEEDS_NO_DISPLAY = ("--screenshot", "--pdf", "--timing", "--version", "--help", "-h")

# What the bundled Qt (core, widgets, printing, SVG; the xcb and offscreen platforms) links against on Linux
# and a bare Debian lacks, read with `readelf -d`, and the Debian package of each.
LIBRARIES = """
    libEGL.so.1:libegl1 libGL.so.1:libgl1 libX11-xcb.so.1:libx11-xcb1 libX11.so.6:libx11-6 libdbus-1.so.3:libdbus-1-3
    libfontconfig.so.1:libfontconfig1 libfreetype.so.6:libfreetype6 libglib-2.0.so.0:libglib2.0-0
    libxcb-cursor.so.0:libxcb-cursor0 libxcb-glx.so.0:libxcb-glx0 libxcb-icccm.so.4:libxcb-icccm4
    libxcb-image.so.0:libxcb-image0 libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-randr.so.0:libxcb-randr0
    libxcb-render-util.so.0:libxcb-render-util0 libxcb-render.so.0:libxcb-render0 libxcb-shape.so.0:libxcb-shape0
    libxcb-shm.so.0:libxcb-shm0 libxcb-sync.so.1:libxcb-sync1 libxcb-util.so.1:libxcb-util1
    libxcb-xfixes.so.0:libxcb-xfixes0 libxcb-xkb.so.1:libxcb-xkb1 libxkbcommon-x11.so.0:libxkbcommon-x11-0
    libxkbcommon.so.0:libxkbcommon0
"""
# What the tests start: an X display, its screens and devices, keys and clicks, windows and their properties, a window
# manager, what the bundle asks of the system.
TEST_PROGRAMS = {
    "Xvfb": "xvfb", "xdotool": "xdotool", "xwininfo": "x11-utils", "xrandr": "x11-xserver-utils", "strace": "strace",
    "xinput": "xinput", "openbox": "openbox",
}  # fmt: skip


class Stop(Exception):
    """Ends dev.py in good order with one sentence on stderr."""


def say(text: str) -> None:
    """Print one line of dev.py's own to stderr."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(text: str) -> Generator[None]:
    """Name a step before it starts, and its seconds once it is done."""
    say(f"{text} ...")
    began = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - began:.1f} s")


def tool(name: str) -> str:
    """Return the path of a program inside .venv."""
    return str(VENV / "Scripts" / f"{name}.exe" if WINDOWS else VENV / "bin" / name)


def start(command: Sequence[str], *, become: bool = False) -> int:
    """Run `command` and return its exit code.

    With `become`, turn into it where the system can, so that signals and the exit code are its own.
    """
    try:
        if become and not WINDOWS:
            os.execv(command[0], list(command))
        return subprocess.run(command, check=False).returncode
    except FileNotFoundError as fault:
        raise Stop(f"{command[0]} is missing. Delete the folder .venv and run this again.") from fault


def read_stamp() -> dict[str, str]:
    """Return what .venv is known to hold; empty if it is missing, half made, moved or another Python's."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if stamp.get("made for") == MADE_FOR and Path(tool("python")).exists() else {}


def write_stamp(stamp: dict[str, str]) -> None:
    """Write down what .venv holds from now on."""
    STAMP.write_text(json.dumps({**stamp, "made for": MADE_FOR}, indent=1), "utf-8")


def digest(name: str) -> str:
    """Return the SHA-256 of a file of the checkout."""
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def lacking(lock: str) -> list[str]:
    """Return what .venv lacks: the name of `lock`, of pyproject.toml, both or nothing. Starts no process."""
    stamp = read_stamp()
    return [name for name in (lock, "pyproject.toml") if stamp.get(name) != digest(name)]


def ensure_venv(lock: str) -> None:
    """Make .venv hold the packages of `lock` and the program itself; costs nothing when it does."""
    if not lacking(lock):
        return
    # A second dev.py waits here. SQLite's lock is the same on every system, and a killed process frees it.
    with contextlib.closing(sqlite3.connect(BUILD / "dev.lock", timeout=900)) as one_at_a_time:
        one_at_a_time.execute("BEGIN EXCLUSIVE")
        missing = lacking(lock)  # the other one may have done it meanwhile
        if missing:
            fill_venv(lock, missing)


def fill_venv(lock: str, missing: list[str]) -> None:
    """Install what is `missing`. Killed on the way, .venv has no stamp and the next run makes it anew."""
    stamp = read_stamp()
    if not stamp:
        make_venv()
    STAMP.unlink(missing_ok=True)
    try:
        if lock in missing:
            shutil.rmtree(UNPACKED, ignore_errors=True)  # it belongs to the version that there was
            with step(f"installing the packages of {lock}"):
                pip("--require-hashes", "-r", lock)
            # The development lock holds all of the other.
            stamp.update({name: digest(name) for name in {lock, RUN_LOCK}})
        if "pyproject.toml" in missing:
            with step("installing the program itself, editable"):
                pip("--no-deps", "--no-build-isolation", "--editable", ".")
            stamp["pyproject.toml"] = digest("pyproject.toml")
    except Stop:
        write_stamp(stamp)  # pip has undone what it could not finish; the next run goes on from here
        raise
    write_stamp(stamp)


def make_venv() -> None:
    """Make an empty .venv with this Python, in place of one that is half made or another Python's."""
    if importlib.util.find_spec("ensurepip") is None:
        package = "python%d.%d-venv" % sys.version_info[:2]  # noqa: UP031
        raise Stop(f"this Python cannot make a .venv. Type: {SUDO}apt-get install {package}")
    if VENV.exists():
        try:
            with step("removing the old .venv, which is half made or another Python's"):
                shutil.rmtree(VENV)
        except OSError as fault:
            raise Stop(f".venv cannot be removed ({fault}). Close what runs from it first.") from fault
    with step(f"making .venv with Python {sys.version.split()[0]}"):
        # Started from inside a virtual environment, the Python below it is meant.
        python: str = getattr(sys, "_base_executable", "") or sys.executable
        if start([python, "-m", "venv", str(VENV)]):
            raise Stop("Python could not make .venv; what it said stands above.")


def pip(*arguments: str) -> None:
    """Install into .venv: with pip's progress bar on a terminal, without a word elsewhere."""
    quiet = [] if sys.stderr.isatty() else ["--quiet", "--progress-bar", "off"]
    command = [tool("python"), "-m", "pip", "install", *quiet, *arguments]
    result = subprocess.run(command, stdout=sys.stderr, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    if not result.returncode:
        return
    if re.search("connection|name resolution|timed out|Timeout|ProxyError|SSLError", result.stderr):
        raise Stop("pip could not reach the package index; connect once, then run this again.")
    raise Stop("\n".join(["pip could not install what this needs:", *result.stderr.splitlines()[-12:]]))


def ensure_system(wanted: str) -> None:
    """Install (as root) or name (otherwise) the Debian packages needed by the "program" or the "tests".

    The answer is kept in the stamp, so that a later run does not even look.
    """
    stamp = read_stamp()
    if stamp.get("system") in {wanted, "tests"} or not Path("/etc/debian_version").exists():
        return
    loader = subprocess.run(["/sbin/ldconfig", "-p"], stdout=subprocess.PIPE, encoding="utf-8", check=False)
    known = set(loader.stdout.split())
    pairs = [pair.split(":") for pair in LIBRARIES.split()]
    packages = libraries = [package for library, package in pairs if library not in known]
    if wanted == "tests":
        packages = libraries + [name for program, name in TEST_PROGRAMS.items() if not shutil.which(program)]
    line = f"{SUDO}apt-get install --no-install-recommends {' '.join(packages)}"
    if packages and SUDO:
        if libraries:
            raise Stop(f"Qt needs system libraries that are not here. Type: {line}")
        say(f"the tests on a real display need some programs; to have them, type: {line}")
        return
    if packages:
        with step(f"installing {len(packages)} system packages: {' '.join(packages)}"):
            for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
                command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *arguments]
                result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
                if result.returncode:
                    raise Stop("\n".join(["apt-get failed:", *result.stderr.splitlines()[-8:]]))
    write_stamp({**stamp, "system": wanted})


def ensure_data() -> None:
    """Compile byte code and catalogues and build the plan file where their sources are newer."""
    # Also where PYTHONDONTWRITEBYTECODE is set: without byte code a start takes half as long again.
    compileall.compile_dir(ROOT / "minato_viewer", quiet=2)
    if not UNPACKED.exists():
        start([tool("python"), "resources/packaging/unpack_pyside.py"])
    compile_catalogues()
    packages = [f"minato_viewer/{name}/**/*.py" for name in ("authoring", "planfile", "domain", "language")]
    # Folders of db/ are looked at too: a deleted file changes the time of its folder.
    if stale(PLAN, "db", "db/**/*", "i18n/*/LC_MESSAGES/plan-*.po", *packages):
        with step("building the plan file"):
            if start([tool("minato-plan"), "build", "-o", str(PLAN)]):
                raise Stop("the plan file could not be built; the reason stands above.")


def compile_catalogues() -> None:
    """Make the .mo of every viewer.po where one is older."""
    sources = CATALOGUES.glob("*/LC_MESSAGES/viewer.po")
    if any(stale(path.with_suffix(".mo"), str(path.relative_to(ROOT))) for path in sources):
        with step("compiling the catalogues"):
            if start([tool("pybabel"), "--quiet", "compile", "-d", str(CATALOGUES), "-D", "viewer"]):
                raise Stop("the catalogues could not be compiled; the reason stands above.")


def stale(made: Path, *sources: str) -> bool:
    """Tell whether `made` is missing or older than one of the files that the patterns of `sources` name."""
    times = (path.stat().st_mtime for pattern in sources for path in ROOT.glob(pattern))
    return not made.exists() or made.stat().st_mtime < max(times)


def prepare(lock: str, system: str) -> None:
    """Make everything ready that the program, and with the development lock its tests, need."""
    ensure_venv(lock)
    ensure_system(system)
    ensure_data()


def run(arguments: list[str]) -> int:
    """Start the viewer; without a display, render previews."""
    prepare(RUN_LOCK, "program")
    shows = not any(argument.startswith(NEEDS_NO_DISPLAY) for argument in arguments)
    display = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform == "linux" and shows and not display:
        return previews(arguments)
    return start([tool("minato-viewer"), *arguments], become=True)


def previews(arguments: list[str]) -> int:
    """Render one picture a language to build/preview/ and list them."""
    say("there is no display here, so this renders previews instead of opening a window.")
    folder = BUILD / "preview"
    folder.mkdir(exist_ok=True)
    worst = 0
    for tag in LANGUAGES:
        picture = folder / f"{tag}.png"
        request = ["--open", "2021/policy/4", *arguments, "--lang", tag, "--screenshot", str(picture)]
        # Qt's offscreen platform grumbles about what it cannot do; its words matter only after a failure.
        drawn = subprocess.run([tool("minato-viewer"), *request], stderr=subprocess.PIPE, check=False)
        if drawn.returncode:
            print(drawn.stderr.decode("utf-8", "replace"), file=sys.stderr, end="")
        print(f"{picture.relative_to(ROOT)}: {'failed' if drawn.returncode else 'written'}", flush=True)
        worst = worst or drawn.returncode
    return worst


def test(arguments: list[str]) -> int:
    """Run the tests with pytest."""
    prepare(DEV_LOCK, "tests")
    # One more than there are processors: many a test waits for a window, a clock or another process.
    os.environ.setdefault("PYTEST_XDIST_AUTO_NUM_WORKERS", str((os.cpu_count() or 1) + 1))
    return start([tool("python"), "-m", "pytest", *arguments], become=True)


def soak(arguments: list[str]) -> int:
    """Touch the kiosk at random and have a thousand visits, for about half an hour."""
    os.environ.update(TESTS_TOUCHES="100000", TESTS_SESSIONS="1000")
    return test(["-n2", "tests/gui/test_kiosk_touches.py", "tests/gui/test_kiosk_sessions.py", *arguments])


def bench(arguments: list[str]) -> int:
    """Measure the program (tests/bench)."""
    prepare(DEV_LOCK, "tests")
    return start([tool("python"), "-m", "tests.bench", *arguments], become=True)


def lint(arguments: list[str]) -> int:
    """Check style, format, types and layers; --fix mends what ruff can."""
    ensure_venv(DEV_LOCK)
    fix = "--fix" in arguments
    checks = {
        "ruff check": ["ruff", "check", "--output-format=concise", *(["--fix"] if fix else [])],
        "ruff format": ["ruff", "format", *([] if fix else ["--check"])],
        "basedpyright": ["basedpyright"],
        "import-linter": ["lint-imports", "--no-logo"],
    }
    results = {name: start([tool(command[0]), *command[1:]]) for name, command in checks.items()}
    for name, code in results.items():
        print(f"{name}: {'FAILED' if code else 'ok'}", flush=True)
    return 1 if any(results.values()) else 0


def fonts(arguments: list[str]) -> int:
    """Make the bundled fonts anew (resources/fonts/make.py)."""
    ensure_venv(DEV_LOCK)
    return start([tool("python"), "resources/fonts/make.py", *arguments], become=True)


def bundle(arguments: list[str]) -> int:
    """Make dist/minato-viewer/, which runs without Python, and its zip (resources/packaging/make.py)."""
    prepare(DEV_LOCK, "program")
    return start([tool("python"), "resources/packaging/make.py", *arguments], become=True)


def tables(arguments: list[str]) -> int:
    """Make the tables of search anew (resources/folding/make.py)."""
    ensure_venv(DEV_LOCK)
    return start([tool("python"), "resources/folding/make.py", *arguments], become=True)


def lock(arguments: list[str]) -> int:
    """Write both lock files anew; --upgrade takes the latest versions."""
    ensure_venv(DEV_LOCK)
    compiling = [tool("uv"), "--no-config", "--quiet", "pip", "compile", "pyproject.toml", "--universal"]
    compiling += ["--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
    compiling += ["--custom-compile-command", "python3 dev.py lock", *arguments]
    names = ("backend", "test", "lint", "fonts", "tables", "build", "authoring", "lock")
    groups = [f"--group={group}" for group in names]
    return start([*compiling, "--group=backend", "-o", RUN_LOCK]) or start(
        [*compiling, *groups, "--constraints", RUN_LOCK, "-o", DEV_LOCK]
    )


def i18n(arguments: list[str]) -> int:
    """Bring the catalogues up to date and compile them (i18n/update.py); --check only tells what they lack."""
    ensure_venv(DEV_LOCK)
    code = start([tool("python"), "i18n/update.py", *arguments])
    if code or "--check" in arguments:
        return code
    compile_catalogues()
    return start([tool("minato-plan"), "export"])


COMMANDS = {command.__name__: command for command in (run, test, lint, bench, soak, bundle, i18n, fonts, tables, lock)}


def main(arguments: list[str]) -> int:
    """Run the command named first with the arguments after it; return the exit code."""
    lines = (f"  {name:6} {command.__doc__}" for name, command in COMMANDS.items())
    about = "\n".join(["What stands after a command is passed on to it.", "", *lines])
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of the above")
    command = COMMANDS[parser.parse_args(arguments[:1]).command]
    os.chdir(ROOT)
    BUILD.mkdir(exist_ok=True)
    os.environ.update(PYTHONUTF8="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    try:
        return command(arguments[1:])
    except Stop as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        say("stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
