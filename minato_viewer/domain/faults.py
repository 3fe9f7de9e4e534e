"""The world's faults: what went wrong outside the program, as one sentence that says what to do.

    Fault                   one sentence, an exit code
    +-- PlanFault           the plan file is missing, damaged or newer (exit 3, 4)
    +-- SourceFault         a file under db/ or i18n/ is wrong (exit 1), with its place
    +-- RequestFault        the caller asked for something that does not exist (exit 1, 2)

Anything else that is raised is a mistake of ours and ends in a crash report, never in a sentence.
"""

from enum import IntEnum
from typing import Any


class ExitCode(IntEnum):
    """Exit codes of both programs (the contract of the design); the last two are the supervisor's alone."""

    WELL = 0
    FINDINGS = 1
    USAGE = 2
    PLAN_UNUSABLE = 3
    PLAN_NEWER = 4
    CRASHED = 10
    HUNG = 11
    SAFE_SCREEN = 12


class Fault(Exception):
    """A fault of the world. `message` is an English msgid with named placeholders from `values`."""

    exit_code = ExitCode.FINDINGS

    def __init__(self, message: str, /, exit_code: ExitCode | None = None, **values: Any) -> None:
        """Keep the sentence and its values apart, so that any language can say it later."""
        super().__init__(message.format(**values))
        self.message = message
        self.values = values
        if exit_code is not None:
            self.exit_code = exit_code


class PlanFault(Fault):
    """The plan file cannot be used."""

    exit_code = ExitCode.PLAN_UNUSABLE


class SourceFault(Fault):
    """A plan source or a catalogue cannot be read."""


class RequestFault(Fault):
    """A code, language or option that does not exist was asked for."""
