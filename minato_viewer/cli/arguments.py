"""What both command lines share: a parser that speaks the reader's language, and the way faults end a program."""

import argparse
import os
import sys
from collections.abc import Callable
from typing import NoReturn

from minato_viewer.domain.faults import ExitCode, Fault
from minato_viewer.language.catalogues import Messages, messages
from minato_viewer.language.tags import TAGS, of_locale


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one sentence on stderr and exit code 2."""

    messages: Messages

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to learn what is right."""
        sentence = self.messages.gettext(
            "The command line is not understood ({reason}): {program} --help lists the options.",
            reason=message,
            program=self.prog.split()[0],
        )
        raise UsageError(sentence)


class UsageError(Exception):
    """A command line that cannot be understood; its text is already in the reader's language."""


def interface_messages(arguments: list[str]) -> Messages:
    """Return the messages in the language that `--lang` names, else in that of the system."""
    asked = _value_of("--lang", arguments)
    if asked in TAGS:
        return messages(asked)
    variables = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return messages(of_locale(next((value for value in variables if value), "")))


def _value_of(option: str, arguments: list[str]) -> str:
    for number, argument in enumerate(arguments):
        if argument == option and number + 1 < len(arguments):
            return arguments[number + 1]
        if argument.startswith(f"{option}="):
            return argument.partition("=")[2]
    return ""


def guarded(program: Callable[[], int], said_in: Messages) -> int:
    """Run `program`; a fault of the world becomes a sentence on stderr, a mistake of ours a report."""
    try:
        return program()
    except UsageError as error:
        complain(str(error))
        return ExitCode.USAGE
    except Fault as fault:
        complain(said_in.gettext(fault.message, **fault.values))
        return fault.exit_code
    except KeyboardInterrupt:
        return ExitCode.CRASHED
    except Exception as error:  # noqa: BLE001 - the last stop of every mistake of ours
        return _report(error, said_in)


def complain(sentence: str) -> None:
    """Write one sentence to stderr, which a windowed program on Windows does not have."""
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")


def _report(error: Exception, said_in: Messages) -> int:
    from minato_viewer.services.crash import write_report  # noqa: PLC0415 - only needed after a mistake

    path = write_report(error)
    complain(
        said_in.gettext("The program made a mistake; the report is in {path}.", path=path)
        if path
        else said_in.gettext("The program made a mistake, and no report could be written.")
    )
    return ExitCode.CRASHED
