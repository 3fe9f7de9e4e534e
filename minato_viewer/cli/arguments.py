"""What both command lines share: a parser that speaks the reader's language, and the way faults end a program."""

import argparse
import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Any, NoReturn

from minato_viewer.domain.faults import ExitCode, Fault
from minato_viewer.domain.messages import N_
from minato_viewer.language.catalogues import Messages, messages
from minato_viewer.language.tags import TAGS, of_locale

HELP_WIDTH = 100

# What argparse itself says, so that our catalogues hold it.
_ARGPARSE = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("unrecognized arguments: %s"),
    N_("the following arguments are required: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("ignored explicit argument %r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
)


def translate_argparse(said_in: Messages) -> None:
    """Let argparse speak the language of `said_in`; the process has one command line, so this is its one language.

    argparse asks the `gettext` it has imported as `_`. Left to itself that looks for a catalogue on the disk for
    every sentence, and imports `locale` to do so: 3 ms of every start.
    """
    argparse.__dict__["_"] = said_in.gettext


def _formatter(prog: str) -> argparse.HelpFormatter:
    # With a width of its own argparse need not import what finds the terminal's (5 ms of every start).
    return argparse.HelpFormatter(prog, width=HELP_WIDTH)


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one sentence on stderr and exit code 2."""

    messages: Messages

    def __init__(self, **options: Any) -> None:
        """Take options by their whole names alone; the parsers of commands are made by this too."""
        super().__init__(allow_abbrev=False, formatter_class=_formatter, **options)

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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A Windows console may use a code page without Japanese; a question mark beats a crash.
            stream.reconfigure(errors="replace")
    try:
        code = program()
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever reads the output has enough (`| head`); what is left goes nowhere, at the interpreter's end too.
        if sys.stdout is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.WELL
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
