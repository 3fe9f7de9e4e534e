"""`--supervise` with the real program in real processes: crashes, hangs, safe mode, ends, and what the log says."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.services.watched import Watched
from minato_viewer.ui.counter.window import CounterWindow
from tests.gui import supervised
from tests.gui.sitting import Home
from tests.gui.supervised import Supervised, state
from tests.gui.test_operation import news, upkeep, windows
from tests.gui.xserver import Program, display, lacking, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and /proc")

SOON = 10.0
"""Seconds in which a new viewer shows its content after a crash."""
SIGN = "first sign of life"
NAMED = (
    "The program had to be restarted several times and shows the content it came with: "
    "please tell the people in charge of this terminal ({terminal})."
)
NAMELESS = NAMED.replace(" ({terminal})", "")

Start = Callable[..., Supervised]


@pytest.fixture
def start(plan_path: Path, tmp_path: Path) -> Iterator[Start]:
    with ExitStack() as stack:

        def one(*arguments: str | Path, **options: Any) -> Supervised:
            started = Supervised(tmp_path, "--plan", plan_path, *arguments, **options)
            stack.callback(started.stop)
            return started

        yield one


def quick(**times: float) -> tuple[str, ...]:
    return ("-m", supervised.__name__, json.dumps({"pause": 0.1, "tick": 0.05, **times}))


def gone(number: int) -> bool:
    return state(number) in ("", "Z")


def test_after_three_crashes_the_program_comes_in_safe_mode_and_goes_on_being_watched(start: Start) -> None:
    watched = start("--open", "2021/policy/4", program=quick())
    for number, hit in enumerate((signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT), start=1):
        wait_for("a viewer", lambda number=number: len(watched.viewers()) == number)
        watched.hit(hit)
    watched.until("in safe mode as process")
    watched.until(SIGN)
    watched.until("the window says so")
    shown = Path(f"/proc/{watched.viewers()[-1]}/cmdline").read_text("utf-8").split("\0")
    assert "--safe" in shown
    assert not {"--supervise", "--open"} & set(shown)
    wait_for("one child, and none that has ended", lambda: len(watched.children()) == 1)
    assert not watched.children()[0].endswith("Z")
    watched.process.send_signal(signal.SIGTERM)
    assert watched.ended() == (0, "")
    assert gone(watched.viewers()[-1])
    lines = [line.partition(" ")[2] for line in watched.log.splitlines() if "the window says so" not in line]
    started = [f"The viewer was started as process {number}." for number in watched.viewers()[:3]]
    names = ("SIGSEGV", "SIGKILL", "SIGABRT")
    crashed = [f"The viewer has crashed with signal {name}." for name in names]
    assert lines[0] == "The supervisor has started."
    assert lines[1:7] == [line for pair in zip(started, crashed, strict=True) for line in pair]
    assert lines[7] == "The viewer has failed 3 times in 300 s; safe mode comes next."
    assert lines[8] == f"The viewer was started in safe mode as process {watched.viewers()[-1]}."
    assert lines[10:] == [
        "The supervisor was asked to end.",
        "The viewer has ended in good order.",
        "The supervisor ends with code 0.",
    ]


def test_a_viewer_that_finds_a_fault_is_not_started_again(start: Start) -> None:
    watched = start("--open", "2021/none")
    code, said = watched.ended()
    assert (code, "2021/none" in said) == (1, True)
    assert len(watched.viewers()) == 1


def test_what_only_writes_is_done_without_a_supervisor(start: Start) -> None:
    timing = start("--timing")
    out, _ = timing.process.communicate(timeout=60)
    assert timing.process.returncode == 0
    assert json.loads(out)["content"] > 0
    assert timing.log == ""


@pytest.mark.slow
def test_one_that_hangs_is_replaced_by_real_times_and_none_outlives_its_supervisor(start: Start) -> None:
    watched = start()
    watched.until(SIGN)
    began = time.monotonic()
    watched.hit(signal.SIGSTOP)
    watched.until("The viewer was killed.")
    assert 9 < time.monotonic() - began < 10 + SOON
    watched.until(SIGN, times=2)
    assert time.monotonic() - began < 10 + SOON
    first, second = watched.viewers()
    assert state(first) == ""
    assert "no sign of life for 10 s" in watched.log
    watched.process.kill()
    wait_for("the end of a viewer that nobody watches", lambda: gone(second))


@pytest.mark.xdisplay
@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_after_a_crash_the_window_is_there_again(plan_path: Path, tmp_path: Path) -> None:
    with display() as number:
        program = Program(number, "--supervise", "--lang", "ko", "--plan", plan_path, folder=tmp_path)
        try:
            program.appear()
            title, window = program.title, program.window
            began = time.monotonic()
            os.kill(int(program.tool("getwindowpid", window)), signal.SIGSEGV)
            wait_for("the end of the old window", lambda: not program.tool("getwindowname", window))
            program.appear()
            program.until_title(lambda shown: shown == title, title)
            assert time.monotonic() - began < SOON
            program.press("ctrl+q")
            assert program.ended() == (0, "")
        finally:
            program.stop()


# -- what the window says in safe mode -----------------------------------------------------------


def hear_of_safe_mode(window: CounterWindow) -> Iterator[Any]:
    yield upkeep
    heard = {}
    for tag in TAGS:
        window._context.translator.activate(tag)
        heard[tag] = news()
    window.actions_by_id["next_visitor"].trigger()
    yield lambda: len(windows()) == 1 and upkeep()
    after = news()
    upkeep().tell_safe_mode("")
    return {"heard": heard, "after": after, "nameless": news()}


def test_the_window_says_in_every_language_that_it_is_in_safe_mode_and_to_every_visitor(
    plan_path: Path, tmp_path: Path
) -> None:
    told = Watched(safe=True, terminal="麻布 3").variables()
    deed = f"{__name__}:{hear_of_safe_mode.__name__}"
    ended, seen = Home(tmp_path, plan_path).start("--safe", "--lang", "ja", deed=deed, **told)
    assert (ended.code, ended.sentences) == (0, [])
    wanted = {tag: [messages(tag).gettext(NAMED, terminal="麻布 3")] for tag in TAGS}
    assert seen["result"]["heard"] == wanted
    assert seen["result"]["after"] == wanted["ja"], "whatever the visitor before has dismissed or turned to"
    assert seen["result"]["nameless"] == [messages("ja").gettext(NAMELESS)]
    assert "麻布 3" in wanted["ja"][0]
