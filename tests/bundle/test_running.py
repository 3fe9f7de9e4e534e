"""The programs of the bundle at work: the same pages as from the checkout, no network, nothing written elsewhere."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from minato_viewer import VERSION
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from tests.bundle.conftest import Bundle
from tests.gui.starting import viewer
from tests.gui.xserver import Program, display, lacking, wait_for
from tests.unit.running import run

ENTRY = "2024/section/outlook"
HEADER = 60
"""Pixels."""
KILLS = 5
"""The bench kills it a hundred times."""


def test_both_programs_say_their_version(bundle: Bundle) -> None:
    for name in ("minato-viewer", "minato-plan"):
        ended = bundle.run(name, "--version")
        assert (ended.code, ended.out.strip(), ended.err) == (0, f"{name} {VERSION}", "")


def test_a_page_as_text(bundle: Bundle) -> None:
    ended = bundle.run("minato-plan", "show", "2021/policy/4", "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    assert "Policy 4" in ended.out


@pytest.mark.parametrize("tag", TAGS)
def test_a_picture_is_the_one_from_the_checkout(tag: str, bundle: Bundle, plan_path: Path, tmp_path: Path) -> None:
    asked = ("--lang", tag, "--open", ENTRY, "--theme", "light", "--size", "1280x800")
    pictures = [tmp_path / "bundle.png", tmp_path / "checkout.png"]
    ended = bundle.run("minato-viewer", *asked, "--screenshot", pictures[0])
    assert (ended.code, ended.err.replace("This plugin does not support propagateSizeHints()\n", "")) == (0, "")
    home = {"XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    assert viewer(*asked, "--plan", plan_path, "--screenshot", pictures[1], **home).code == 0
    shown, wanted = (QImage(str(path)) for path in pictures)
    assert not wanted.isNull()
    assert shown == wanted


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    with display() as number:
        yield number


@pytest.mark.xdisplay
@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_what_a_search_finds_is_what_it_finds_in_the_checkout(bundle: Bundle, plan_path: Path, tmp_path: Path) -> None:
    words = ("search", "bousai", "--lang", "ko", "--json")
    ours = bundle.run("minato-plan", *words)
    assert (ours.code, ours.err) == (0, "")
    assert ours.out == run("plan", *words, "--plan", plan_path, home=tmp_path).stdout
    pictures = [tmp_path / "ours.png", tmp_path / "theirs.png"]
    shown = ("--lang", "zh-Hans", "--search", "fangzai", "--screenshot")
    assert bundle.run("minato-viewer", *shown, pictures[0]).code == 0
    assert run("viewer", *shown, pictures[1], "--plan", plan_path, home=tmp_path).returncode == 0
    first, second = (QImage(str(picture)) for picture in pictures)
    below = QRect(0, HEADER, first.width(), first.height() - HEADER)  # the caret blinks in the header
    assert first.copy(below) == second.copy(below)


def test_a_page_on_paper_is_the_one_from_the_checkout(bundle: Bundle, plan_path: Path, tmp_path: Path) -> None:
    papers = [tmp_path / "ours.pdf", tmp_path / "theirs.pdf"]
    asked = ("--open", "2024/issue/2", "--lang", "ko", "--with", "ja", "--pdf")
    ended = bundle.run("minato-viewer", *asked, papers[0])
    assert (ended.code, ended.err) == (0, "")
    assert run("viewer", *asked, papers[1], "--plan", plan_path, home=tmp_path).returncode == 0
    ours, theirs = (PdfReader(paper, strict=True) for paper in papers)
    assert len(ours.pages) == len(theirs.pages)
    # Its length holds the fonts too, and the code that is drawn by squares.
    assert papers[0].stat().st_size == papers[1].stat().st_size
    assert [page.extract_text() for page in ours.pages] == [page.extract_text() for page in theirs.pages]


def test_a_window_on_a_real_display(bundle: Bundle, screen: str) -> None:
    started = Program(screen, "--lang", "ja", folder=bundle.home, program=(bundle.program("minato-viewer"),))
    try:
        started.appear()
        for key, tag in zip(("F2", "F3", "F4", "F5", "F6"), TAGS, strict=True):
            started.press(key)
            ending = messages(tag).gettext("{entry} – Minato City Basic Plan", entry="")
            started.until_title(lambda title, ending=ending: title.endswith(ending) or title.startswith(ending), tag)
        started.press("ctrl+q")
        assert started.ended() == (0, "")
    finally:
        started.stop()


WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|\bcreat\(|\bmkdir|\brename|\bunlink|\blink\(|\bsymlink")
SECONDS = "4"
"""After which the system asks a program that is looked at to end: it has then done all it does by itself."""


def traced(bundle: Bundle, tmp_path: Path, *arguments: str) -> list[str]:
    """Start the viewer, ask it to end after some seconds, and return what it asked the system for meanwhile."""
    log = tmp_path / "calls"
    calls = "socket,connect,bind,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,symlink"
    strace = ("strace", "-f", "-qq", "-o", str(log), "-e", f"trace={calls}")
    ending = ("timeout", "--preserve-status", "--signal=TERM", "--kill-after=60", SECONDS)
    ended = bundle.run("minato-viewer", *arguments, before=(*strace, *ending))
    assert ended.code == 0, ended.err
    lines = whole_calls(log.read_text("utf-8", "replace").splitlines())
    assert any("plan.sqlite" in line for line in lines), "and it saw something"
    return lines


def whole_calls(lines: list[str]) -> list[str]:
    """Put together the calls that strace told in two parts, because another thread spoke between."""
    begun: dict[str, str] = {}
    whole: list[str] = []
    for line in lines:
        thread = line.partition(" ")[0]
        if line.endswith("<unfinished ...>"):
            begun[thread] = line.removesuffix("<unfinished ...>")
        elif thread in begun and " resumed>" in line:
            whole.append(begun.pop(thread) + line.partition(" resumed>")[2])
        else:
            whole.append(line)
    return [*whole, *begun.values()]


def written(lines: list[str], *allowed: Path) -> list[str]:
    """Return the calls that write anything outside the folders `allowed`."""
    writing = [line for line in lines if WRITES.search(line) and not re.search(r" = -1 E(NOENT|EXIST)", line)]
    inside = ("/dev/", *(str(folder) for folder in allowed))
    # A path that is told from an open folder belongs to that folder; nobody here opens one to write.
    return [line for line in writing if not any(f'"{start}' in line for start in inside)]


needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="not installed: strace")


@pytest.fixture
def share(bundle: Bundle, plan_path: Path, tmp_path: Path) -> Path:
    """A shared folder with an update (serial 9) and a notice; the bundle's own content has a smaller serial."""
    folder = tmp_path / "share"
    folder.mkdir()
    (folder / "notice.txt").write_text("Closed today", encoding="utf-8")
    newer = tmp_path / "9.sqlite"
    shutil.copyfile(plan_path, newer)
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE properties SET value = '9' WHERE key = 'serial'")
        connection.commit()
    public = bundle.run("minato-plan", "pack", "--new-key", tmp_path / "a.key").out.strip()
    packed = bundle.run("minato-plan", "pack", "-o", folder / "9.pack", "--key", tmp_path / "a.key", "--plan", newer)
    assert packed.code == 0, packed.err
    (folder / "policy.toml").write_text(f"update_folder = '{folder}'\nupdate_keys = ['{public}']", encoding="utf-8")
    return folder


@needs_strace
def test_no_network_is_spoken_with_and_nothing_is_written_outside_the_users_folder(
    bundle: Bundle, share: Path, tmp_path: Path
) -> None:
    settings = bundle.home / ".config" / "minato-viewer" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"update_folder = '{share}'", encoding="utf-8")  # without the key: it is looked at and refused
    lines = traced(bundle, tmp_path, "--lang", "zh-Hans", "--open", ENTRY)
    assert [line for line in lines if "AF_INET" in line or "AF_NETLINK" in line] == []
    assert any("9.pack" in line for line in lines), "it has looked for updates"
    assert any("notice.txt" in line for line in lines), "and for the notice"
    assert written(lines, bundle.home) == []
    own = bundle.home / ".local" / "state" / "minato-viewer"
    assert {path.name for path in own.iterdir()} == {"state.json", "log"}


@needs_strace
def test_a_portable_bundle_writes_into_its_own_folder_alone_and_takes_in_updates_there(
    bundle: Bundle, share: Path, tmp_path: Path
) -> None:
    portable = bundle.copied(tmp_path / "stick" / "minato-viewer")
    (portable.folder / "portable.txt").touch()
    shutil.copyfile(share / "policy.toml", portable.folder / "policy.toml")
    before = set(portable.folder.rglob("*"))
    lines = traced(portable, tmp_path, "--lang", "ja")
    assert written(lines, portable.folder / "user") == []
    assert not list(portable.home.iterdir())
    new = {path.relative_to(portable.folder / "user") for path in portable.folder.rglob("*") if path not in before}
    names = {path.as_posix() for path in new}
    assert {"state.json", "plans", "plans/current.json"} <= names
    assert any(re.fullmatch(r"plans/plan-00000009-\w{8}\.sqlite", name) for name in names)
    lines = traced(portable, tmp_path, "--timing")
    assert any("plan-00000009" in line and "O_RDONLY" in line for line in lines), "and shows them"


def test_a_portable_bundle_on_a_read_only_medium_runs(bundle: Bundle, tmp_path: Path) -> None:
    portable = bundle.copied(tmp_path / "stick" / "minato-viewer")
    (portable.folder / "portable.txt").touch()
    mounted = f"mount --bind {portable.folder} {portable.folder} && mount -o remount,ro,bind {portable.folder}"
    alone = ("unshare", "--mount", "sh", "-c", f'{mounted} && exec "$@"', "sh")
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted read-only here")
    ended = portable.run(
        "minato-viewer", "--lang", "en", before=(*alone, "timeout", "--preserve-status", "-s", "TERM", SECONDS)
    )
    assert ended.code == 0, ended.err
    assert not (portable.folder / "user").exists()
    assert not list(portable.home.iterdir())


@pytest.mark.parametrize("command", ["build", "check", "export", "readings"])
def test_what_needs_the_sources_says_that_there_are_none(command: str, bundle: Bundle) -> None:
    bundle.environment["LANG"] = "en_US.UTF-8"
    ended = bundle.run("minato-plan", command)
    assert (ended.code, ended.out) == (1, "")
    assert "There are no plan sources here" in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_supervisor_starts_the_bundle_anew(bundle: Bundle) -> None:
    process = subprocess.Popen(
        [bundle.program("minato-viewer"), "--supervise", "--lang", "ja"],
        env=bundle.environment,
        cwd=bundle.home,
        stderr=subprocess.DEVNULL,
    )
    own = bundle.home / ".local" / "state" / "minato-viewer" / "log"

    def said() -> str:
        return "".join(path.read_text("utf-8") for path in own.glob("*.log"))

    try:
        for number in (1, 2):
            wait_for("a sign of life", lambda number=number: said().count("first sign of life") == number)
            viewer_process = int(re.findall(r"as process (\d+)", said())[-1])
            if number == 1:
                os.kill(viewer_process, signal.SIGSEGV)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert not Path(f"/proc/{viewer_process}").exists()
        assert "crashed with signal SIGSEGV" in said()
    finally:
        process.kill()
        process.wait()


def test_killing_it_hard_leaves_nothing_behind(bundle: Bundle, tmp_path: Path) -> None:
    folders = (bundle.folder, Path("/tmp"))

    def seen() -> set[str]:
        # Without what the tests themselves, or other programs, make there.
        return {str(path) for folder in folders for path in folder.iterdir() if not path.name.startswith("pytest")}

    bundle.run("minato-viewer", "--timing")
    before = seen()
    for number in range(KILLS):
        process = subprocess.Popen(
            [bundle.program("minato-viewer")],
            env=bundle.environment,
            cwd=bundle.home,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(0.05 + 0.12 * number)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert {path for path in seen() - before if "_MEI" in path or str(bundle.folder) in path} == set()
    assert json.loads(bundle.run("minato-viewer", "--timing").out)["content"] > 0
