"""`minato-viewer --supervise`: a small process without Qt that starts the viewer, listens to it and starts it anew.

The viewer gives a sign of life every second (`services/life_sign.py`). Where it crashes, or gives no sign for ten
seconds, it is started again; where that happens three times in five minutes, in safe mode. The pipe that carries the
signs also ends the viewer: it goes where nobody reads there any more, whatever became of the supervisor.
"""

import contextlib
import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from types import FrameType
from typing import NamedTuple

from minato_viewer.domain.faults import ExitCode
from minato_viewer.paths import default_plan, user_folder
from minato_viewer.services import log
from minato_viewer.services.crash import leave_no_dump
from minato_viewer.services.settings import load, usual_places
from minato_viewer.services.watched import Watched

OPTION = "--supervise"
_OWN_ENDS = (ExitCode.WELL, ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.PLAN_UNUSABLE, ExitCode.PLAN_NEWER)
"""How a viewer ends that has not failed."""
_ASKS = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
"""Signals that ask the supervisor to end, each where the system has it."""
_OF_CONTENT = ("--open", "--search")
"""Options that safe mode leaves out: the shipped plan need not have what they name, or they are the cause."""
_KILLED_ON_WINDOWS = 1
"""The code of a process that the Task Manager has ended, which Windows has no signal for."""


class Times(NamedTuple):
    """Seconds after which something is done."""

    first_sign: float = 30.0
    """For the first sign of life: a first start from a slow disk takes its time."""
    silence: float = 10.0
    """Without a sign, after which the viewer hangs."""
    pause: float = 1.0
    """Before the viewer is started again, so that what it failed by may pass."""
    ending: float = 5.0
    """That a viewer has to end in good order."""
    period: float = 300.0
    """In which `failures` failures are too many."""
    failures: int = 3
    tick: float = 0.25
    """Between two looks at the viewer."""


class AwakeClock:
    """Seconds in which this process was awake: whatever the time of day does, and however long the machine slept.

    A gap between two looks that is longer than `longest` counts as that, because then nobody ran, the viewer neither.
    """

    def __init__(self, longest: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with 0; `clock` is one that never goes backwards."""
        self._longest = longest
        self._clock = clock
        self._last = clock()
        self._seconds = 0.0

    def now(self) -> float:
        """Return the seconds so far."""
        moment = self._clock()
        self._seconds += min(max(moment - self._last, 0.0), self._longest)
        self._last = moment
        return self._seconds


class Step(Enum):
    """What follows a failure of the viewer."""

    RESTART = auto()
    SAFE_MODE = auto()
    GIVE_UP = auto()


class Policy:
    """Counts failures: too many in the period lead to safe mode, and too many there to the end."""

    def __init__(self, times: Times) -> None:
        """Begin without a failure."""
        self._times = times
        self._failures: list[float] = []
        self.safe = False
        """Whether the viewer is started in safe mode from now on."""

    def failed(self, now: float) -> Step:
        """Count a failure at `now`, in seconds, and return what follows."""
        self._failures = [at for at in self._failures if now - at <= self._times.period]
        self._failures.append(now)
        if len(self._failures) < self._times.failures:
            return Step.RESTART
        if self.safe:
            return Step.GIVE_UP
        self._failures.clear()
        self.safe = True
        return Step.SAFE_MODE


class Viewer:
    """A viewer that runs, and the pipe by which it gives signs of life."""

    def __init__(self, command: list[str], watched: Watched) -> None:
        """Start it; OSError where that is not possible."""
        self._heard = threading.Event()
        self._let_go = threading.Event()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            # A windowed supervisor on Windows has none to hand on.
            stderr=None if sys.stderr is not None else subprocess.DEVNULL,
            bufsize=0,
            env={**os.environ, **watched.variables()},
            # On Windows, so that Ctrl+C reaches the supervisor alone, which then ends the viewer in good order.
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        # Reading waits, and only a thread of its own can wait for a pipe on every system.
        threading.Thread(target=self._listen, name="signs of life", daemon=True).start()

    def _listen(self) -> None:
        pipe = self._process.stdout
        if pipe is None:
            return
        with pipe, contextlib.suppress(OSError):
            while not self._let_go.is_set() and pipe.read(4096):
                self._heard.set()

    def heard(self) -> bool:
        """Tell whether it has given a sign since the last time this was asked."""
        heard = self._heard.is_set()
        self._heard.clear()
        return heard

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def code(self) -> int | None:
        """Return the exit code, negative for a signal; None as long as it runs."""
        return self._process.poll()

    def ask_to_end(self) -> None:
        """Ask it to end in good order; a later `code` tells whether it has."""
        # The pipe is closed with the next sign, and the one after that fails, on which the viewer ends.
        self._let_go.set()
        if os.name == "posix":
            self._process.terminate()  # at once; on Windows this would be by force

    def kill(self) -> None:
        """End it by force."""
        self._process.kill()


class Supervisor:
    """Starts viewers one after the other, until one ends by itself or it is asked to end."""

    def __init__(
        self, start: Callable[[bool], Viewer], note: Callable[[str], None] = log.note, times: Times | None = None
    ) -> None:
        """Take what starts a viewer (True: in safe mode; OSError where it cannot) and what notes what happens."""
        self._start = start
        self._note = note
        self._times = times or Times()
        # Two looks that are a second late are a busy machine, not one that slept.
        self._clock = AwakeClock(self._times.tick + 1.0)
        self._policy = Policy(self._times)
        self._asked = False

    def ask_to_end(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Let the viewer end, and then the supervisor; also the handler of the signals that ask for it."""
        del number, frame
        self._asked = True

    def run(self) -> int:
        """Watch viewers to the last end, and return the exit code of the supervisor."""
        self._note("The supervisor has started.")
        while (code := self._watch_one()) is None:
            pass
        self._note(f"The supervisor ends with code {code}.")
        return code

    def _watch_one(self) -> int | None:
        """Start a viewer and watch it to its end; return the supervisor's exit code, None to start another."""
        mode = " in safe mode" if self._policy.safe else ""
        try:
            viewer = self._start(self._policy.safe)
        except OSError as error:
            self._note(f"The viewer cannot be started{mode}: {os.strerror(error.errno or 0)}.")
        else:
            self._note(f"The viewer was started{mode} as process {viewer.pid}.")
            code = self._end_of(viewer)
            if code is not None:
                return code
        return self._after_failure()

    def _end_of(self, viewer: Viewer) -> int | None:
        """Wait for the end of a viewer; return the exit code that follows from it, None where it has failed."""
        began = since = self._clock.now()
        limit = self._times.first_sign
        while not self._asked:
            code, now = viewer.code(), self._clock.now()
            if code is not None:
                return self._by_itself(code, seen=limit == self._times.silence)
            if viewer.heard():
                if limit != self._times.silence:
                    self._note(f"The viewer has given its first sign of life after {now - began:.1f} s.")
                since, limit = now, self._times.silence
            elif now - since > limit:
                self._note(f"The viewer hangs: no sign of life for {limit:g} s.")
                return None if self._killed(viewer) else ExitCode.HUNG
            time.sleep(self._times.tick)
        return self._ended_in_order(viewer)

    def _by_itself(self, code: int, *, seen: bool) -> int | None:
        killed = sys.platform == "win32" and seen and code == _KILLED_ON_WINDOWS
        if code in _OWN_ENDS and not killed:
            self._note(f"The viewer has ended with code {code}.")
            return code
        self._note(f"The viewer has crashed with {_named(code)}.")
        return None

    def _after_failure(self) -> int | None:
        step = self._policy.failed(self._clock.now())
        if step is Step.GIVE_UP:
            self._note("The viewer fails in safe mode too, so the supervisor gives up.")
            return ExitCode.SAFE_SCREEN
        if step is Step.SAFE_MODE:
            times = self._times
            self._note(f"The viewer has failed {times.failures} times in {times.period:g} s; safe mode comes next.")
        self._wait(self._times.pause, lambda: self._asked)
        return ExitCode.WELL if self._asked else None

    def _ended_in_order(self, viewer: Viewer) -> int:
        """Let a viewer end as it was asked to; return the exit code that follows."""
        self._note("The supervisor was asked to end.")
        viewer.ask_to_end()
        if not self._wait(self._times.ending, lambda: viewer.code() is not None):
            self._note(f"The viewer has not ended within {self._times.ending:g} s.")
            self._killed(viewer)
            return ExitCode.HUNG
        code = viewer.code() or 0
        # A viewer that had not yet begun to listen to signals ends by the one that asked it.
        if code in (*_OWN_ENDS, -signal.SIGTERM, -signal.SIGINT):
            self._note("The viewer has ended in good order.")
            return max(code, 0)
        self._note(f"The viewer has crashed with {_named(code)}.")
        return ExitCode.CRASHED

    def _killed(self, viewer: Viewer) -> bool:
        """End a viewer by force; False where the system cannot, such as while it waits for a disk that is gone."""
        viewer.kill()
        gone = self._wait(self._times.ending, lambda: viewer.code() is not None)
        self._note("The viewer was killed." if gone else "The viewer cannot be killed.")
        return gone

    def _wait(self, seconds: float, seen: Callable[[], bool]) -> bool:
        """Wait until `seen` is true, but not longer than `seconds`; return what it is then."""
        end = self._clock.now() + seconds
        while not (answer := seen()) and self._clock.now() < end:
            time.sleep(min(self._times.tick, seconds))
        return answer


def supervise(arguments: list[str], times: Times | None = None) -> int:
    """Watch a viewer with these arguments, which are those of this process, and return the supervisor's exit code."""
    gc.enable()  # which the start of a viewer leaves out, and this runs for months
    # Viewers inherit it, and are without a dump, and on Windows without a box that holds a crash up, from the first on.
    leave_no_dump()
    supervisor = Supervisor(partial(_start, arguments), _note, times)
    for name in _ASKS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), supervisor.ask_to_end)
    return supervisor.run()


def _start(arguments: list[str], safe: bool) -> Viewer:
    frozen = bool(getattr(sys, "frozen", False))
    before = [] if frozen else sys.orig_argv[1 : len(sys.orig_argv) - len(arguments)]
    command = [sys.executable, *before, *viewer_arguments(arguments, safe=safe)]
    return Viewer(command, Watched(safe, _terminal() if safe else ""))


def viewer_arguments(arguments: list[str], *, safe: bool) -> list[str]:
    """Return what of the supervisor's `arguments` the viewer gets.

    In safe mode it shows the shipped plan, where there is one, by no settings: an update, a settings file, or the entry
    that was asked for may be what it fails by.
    """
    own = [argument for argument in arguments if argument != OPTION]
    if not safe:
        return own
    left_out = (*_OF_CONTENT, "--plan") if default_plan().is_file() else _OF_CONTENT
    kept: list[str] = []
    rest = iter(own)
    for argument in rest:
        if argument in left_out:
            next(rest, None)
        elif argument != "--safe" and argument.partition("=")[0] not in left_out:
            kept.append(argument)
    return [*kept, "--safe"]


def _terminal() -> str:
    """Return the terminal's name in the settings; "" where they cannot be read, which may be the cause of all."""
    with contextlib.suppress(Exception):
        return load(usual_places()).settings.terminal
    return ""


def _note(sentence: str) -> None:
    # Opened anew each time: in months other programs may have removed the file as one of the oldest.
    log.open_log(user_folder())
    log.note(sentence)


def _named(code: int) -> str:
    """Return how an exit code is called: a signal by its name, one of Windows's own in hexadecimal."""
    if code < 0:
        with contextlib.suppress(ValueError):
            return f"signal {signal.Signals(-code).name}"
    return f"code {code}" if code < 256 else f"code {code:#010x}"
