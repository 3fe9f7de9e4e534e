"""The supervisor without a window: what it counts, what it hands on, and how it treats a process that misbehaves."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from minato_viewer.cli import supervise
from minato_viewer.cli.supervise import AwakeClock, Policy, Step, Supervisor, Times, Viewer, viewer_arguments
from minato_viewer.domain.faults import ExitCode
from minato_viewer.services.watched import Watched, take
from tests.unit.running import python

QUICK = Times(first_sign=2.0, silence=0.4, pause=0.01, ending=0.6, tick=0.02)
SIGNS = "import os, sys, time\nfor _ in range(int(sys.argv[1])):\n    os.write(1, b'.'); time.sleep(0.05)\n"
"""Gives so many signs of life."""


class Noted:
    """A supervisor of small programs in the viewer's place, and what it has noted."""

    def __init__(self, *codes: str, times: Times = QUICK) -> None:
        self.lines: list[str] = []
        self.safe: list[bool] = []
        self.viewers: list[Viewer] = []
        self._codes = iter(codes)
        self.supervisor = Supervisor(self._start, self.lines.append, times)

    def _start(self, safe: bool) -> Viewer:
        self.safe.append(safe)
        code = next(self._codes)
        if not code:
            raise FileNotFoundError(2, "none")
        self.viewers.append(Viewer([sys.executable, "-I", "-S", "-c", code, "1000"], Watched(safe)))
        return self.viewers[-1]

    def run(self) -> int:
        try:
            return self.supervisor.run()
        finally:
            self.tidy()

    def tidy(self) -> None:
        for viewer in self.viewers:
            viewer.kill()
            viewer._process.wait()

    def told(self, text: str) -> list[str]:
        return [line for line in self.lines if text in line]


# -- what is counted -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "steps"),
    [
        ([0, 150, 300], "RRS"),
        ([0, 150, 300.01], "RRR"),
        ([0, 200, 400, 500], "RRRS"),
        ([0, 299, 301, 302], "RRRS"),
        ([0, 1, 2, 3, 4, 5], "RRSRRG"),
        ([0, 1, 2, 3, 4, 304, 305, 605.1, 606], "RRSRRRRRR"),
        ([100 * number for number in range(4)], "RRSR"),
        ([151 * number for number in range(50)], "R" * 50),
    ],
)
def test_three_failures_in_five_minutes_lead_to_safe_mode_and_three_there_to_the_end(
    at: list[float], steps: str
) -> None:
    policy = Policy(Times())
    names = {Step.RESTART: "R", Step.SAFE_MODE: "S", Step.GIVE_UP: "G"}
    assert "".join(names[policy.failed(moment)] for moment in at) == steps
    assert policy.safe == ("S" in steps)


def test_the_clock_counts_only_the_time_in_which_this_process_was_awake() -> None:
    moments = iter([1000.0, 1000.5, 1001.0, 30_000.0, 30_000.2, 29_000.0, 29_000.1])
    clock = AwakeClock(1.25, lambda: next(moments))
    assert [round(clock.now(), 6) for _ in range(6)] == [0.5, 1.0, 2.25, 2.45, 2.45, 2.55]


def test_a_machine_that_slept_finds_no_viewer_that_hangs() -> None:
    """An hour passes between every two looks, in which nobody ran."""
    hours = iter(range(0, 10**9, 3600))
    noted = Noted(SIGNS.replace("int(sys.argv[1])", "4"), times=QUICK._replace(first_sign=1000.0, silence=1000.0))
    noted.supervisor._clock = AwakeClock(1.25, lambda: float(next(hours)))
    assert noted.run() == 0
    assert noted.told("hangs") == []


# -- what is handed on ---------------------------------------------------------------------------


def test_the_viewer_gets_every_option_but_that_of_the_supervisor() -> None:
    given = ["--lang", "ko", "--supervise", "--open", "2024", "--search=--supervise"]
    assert viewer_arguments(given, safe=False) == ["--lang", "ko", "--open", "2024", "--search=--supervise"]


@pytest.mark.parametrize("shipped", [True, False])
def test_safe_mode_leaves_out_what_the_shipped_plan_may_lack(
    shipped: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.sqlite"
    monkeypatch.setattr(supervise, "default_plan", lambda: plan)
    if shipped:
        plan.touch()
    given = ["--plan", "a.sqlite", "--open", "2027/x", "--supervise", "--search=a b", "--safe", "--lang=ja"]
    kept = ["--lang=ja", "--safe"]
    assert viewer_arguments(given, safe=True) == (kept if shipped else ["--plan", "a.sqlite", *kept])


def test_what_a_viewer_is_told_it_takes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert take() is None
    for told in (Watched(), Watched(safe=True), Watched(safe=True, terminal="麻布 3")):
        for name, value in told.variables().items():
            monkeypatch.setenv(name, value)
        assert take() == told
        assert take() is None


def test_the_supervisor_loads_no_qt_and_collects_its_garbage(tmp_path: Path) -> None:
    code = (
        "import gc, sys\nfrom minato_viewer.cli import supervise\n"
        "def run(self):\n"
        "    print(gc.isenabled(), sorted({n.partition('.')[0] for n in sys.modules} & {'PySide6', 'sqlalchemy'}))\n"
        "    return 0\n"
        "supervise.Supervisor.run = run\n"
        "from minato_viewer.__main__ import viewer\nsys.exit(viewer())"
    )
    told = python(["-c", code, "--supervise", "--lang", "ja"], tmp_path)
    assert (told.returncode, told.stdout.strip()) == (0, "True []"), told.stderr


# -- how viewers end -----------------------------------------------------------------------------


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4])
def test_a_viewer_that_ends_by_itself_is_not_started_again(code: int) -> None:
    noted = Noted(f"raise SystemExit({code})")
    assert noted.run() == code
    assert noted.safe == [False]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_crashes_lead_to_restarts_then_to_safe_mode_then_to_the_end() -> None:
    crashes = [f"import os; os.kill(os.getpid(), {number})" for number in (signal.SIGSEGV, signal.SIGKILL)]
    own = ["raise SystemExit(10)", "raise SystemExit(99)"]
    noted = Noted(*crashes, *own, *crashes)
    assert noted.run() == ExitCode.SAFE_SCREEN
    assert noted.safe == [False] * 3 + [True] * 3
    told = [line.rpartition("with ")[2] for line in noted.told("crashed")]
    assert told == ["signal SIGSEGV.", "signal SIGKILL.", "code 10.", "code 99.", "signal SIGSEGV.", "signal SIGKILL."]
    assert len(noted.told("safe mode comes next")) == 1
    assert noted.told("gives up")
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # no process is left, ended or not


def test_one_that_is_silent_is_killed_and_the_next_one_started() -> None:
    noted = Noted(SIGNS.replace("int(sys.argv[1])", "3") + "time.sleep(60)", "raise SystemExit(0)")
    began = time.monotonic()
    assert noted.run() == 0
    assert time.monotonic() - began < 5
    assert noted.told("no sign of life for 0.4 s")
    assert noted.told("was killed")
    assert len(noted.viewers) == 2


def test_one_that_never_gives_a_sign_has_longer() -> None:
    noted = Noted("import time; time.sleep(60)", "raise SystemExit(0)", times=QUICK._replace(first_sign=0.8))
    assert noted.run() == 0
    assert noted.told("no sign of life for 0.8 s")


def test_one_that_cannot_be_started_is_a_failure_like_others() -> None:
    noted = Noted("", "raise SystemExit(0)")
    assert noted.run() == 0
    assert noted.told("cannot be started: No such file")


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_one_that_cannot_even_be_killed_is_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    noted = Noted("import time; time.sleep(60)", times=QUICK._replace(first_sign=0.1, ending=0.1))
    with monkeypatch.context() as patched:
        patched.setattr(Viewer, "kill", lambda self: None)
        assert noted.supervisor.run() == ExitCode.HUNG
    assert noted.told("cannot be killed")
    noted.tidy()


# -- when it is asked to end ---------------------------------------------------------------------

ENDS_ON = "\nimport signal\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit({code}))\n"
DEAF = "\nimport signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"


def asked(noted: Noted, after: str = "first sign") -> int:
    """Let the supervisor be asked to end once it has noted something."""

    def note(line: str) -> None:
        noted.lines.append(line)
        if after in line:
            noted.supervisor.ask_to_end()

    noted.supervisor._note = note
    return noted.run()


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        (SIGNS, ExitCode.WELL),
        (f"import sys{ENDS_ON.format(code=0)}{SIGNS}", ExitCode.WELL),
        (f"import sys{ENDS_ON.format(code=3)}{SIGNS}", ExitCode.PLAN_UNUSABLE),
        (f"import sys{ENDS_ON.format(code=10)}{SIGNS}", ExitCode.CRASHED),
        (f"{DEAF}\n{SIGNS.replace('time.sleep(0.05)', 'time.sleep(60)')}", ExitCode.HUNG),
    ],
)
def test_one_that_is_asked_ends_in_good_order_or_by_force_and_none_comes_after(code: str, wanted: int) -> None:
    noted = Noted(code)
    assert asked(noted) == wanted
    assert len(noted.viewers) == 1
    assert noted.viewers[0].code() is not None


def test_the_pipe_alone_ends_a_viewer_too_as_it_must_where_no_signal_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess.Popen, "terminate", lambda self: None)
    ends = "\ntry:\n    {body}\nexcept OSError:\n    sys.exit(0)\n"
    noted = Noted("import os, sys, time" + ends.format(body="while True: os.write(1, b'.'); time.sleep(0.05)"))
    assert asked(noted) == 0
    assert noted.told("good order")


def test_asked_between_two_viewers_it_starts_no_more() -> None:
    noted = Noted("raise SystemExit(10)", times=QUICK._replace(pause=5.0))
    began = time.monotonic()
    assert asked(noted, "crashed") == 0
    assert time.monotonic() - began < 3
    assert len(noted.viewers) == 1
