"""The programs of the bundle at work: the same pages as from the checkout, no network, nothing written elsewhere."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from minato_viewer import VERSION
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from tests.bundle.conftest import Bundle
from tests.gui.starting import viewer
from tests.gui.xserver import Program, display, lacking

ENTRY = "2024/section/outlook"
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


def traced(bundle: Bundle, tmp_path: Path, *arguments: str) -> list[str]:
    """Return the system calls of a start that touch the network or open a file."""
    log = tmp_path / "calls"
    calls = "trace=socket,connect,bind,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat"
    strace = ("strace", "-f", "-qq", "-o", str(log), "-e", calls)
    ended = bundle.run("minato-viewer", *arguments, before=strace)
    assert ended.code == 0, ended.err
    lines = log.read_text("utf-8", "replace").splitlines()
    assert any("plan.sqlite" in line for line in lines), "and it saw something"
    return lines


@pytest.mark.skipif(shutil.which("strace") is None, reason="not installed: strace")
def test_no_network_is_spoken_with_and_nothing_is_written_outside_the_users_folder(
    bundle: Bundle, tmp_path: Path
) -> None:
    lines = traced(bundle, tmp_path, "--timing", "--lang", "zh-Hans", "--open", ENTRY)
    assert [line for line in lines if "AF_INET" in line or "AF_NETLINK" in line] == []
    writing = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|\bcreat\(|\bmkdir|\brename|\bunlink")
    written = [line for line in lines if writing.search(line) and not re.search(r" = -1 E(NOENT|EXIST)", line)]
    elsewhere = [line for line in written if str(bundle.home) not in line and '"/dev/' not in line]
    assert elsewhere == []


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
