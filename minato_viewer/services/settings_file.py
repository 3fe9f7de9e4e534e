"""One settings file: read within bounds, decoded, parsed, and where its keys stand; and what is said of a wrong one."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from minato_viewer.domain.messages import N_

if TYPE_CHECKING:
    from minato_viewer.language.catalogues import Messages

LARGEST_FILE = 64 * 1024
"""Bytes."""
LONGEST_LINE = 2_000
"""Characters. tomllib takes time by the square of a dotted key's length: 20 s for one that fills a file."""


# Not compiled before a file needs it.
UNSEEN = r"[\x00-\x1f\x7f-\x9f\u2028\u2029]"
"""Control characters and line ends, which no single line has."""


def in_a_line(text: str) -> str:
    """Return a text that was found in a file without what would break the line, and not too long for it."""
    return re.sub(UNSEEN, "\ufffd", text if len(text) <= 60 else f"{text[:60]}…")


class Problem(NamedTuple):
    """Something wrong in a file: `messages.gettext(message, **values)` is one sentence that names file and line."""

    file: Path
    line: int
    """From 1; 0 where it is the file as a whole."""
    message: str
    values: Mapping[str, Any]

    def said_in(self, messages: "Messages") -> str:
        """Return the sentence in the language of `messages`."""
        return messages.gettext(self.message, **self.values)


class UnusableFileError(Exception):
    """A file of which nothing can be used, and why."""

    def __init__(self, file: Path, message: str, line: int = 0, **values: Any) -> None:
        """Keep the problem for whoever reads the other files."""
        super().__init__(message)
        self.problem = Problem(file, line, message, {"file": file, "line": line, **values})


class SettingsFile:
    """A file that was read: its tables, and the lines of its keys."""

    def __init__(self, path: Path, text: str) -> None:
        """Parse `text`; UnusableFileError where it is not TOML."""
        self.tables = _parsed(path, text)
        self._path = path
        self._text = text
        self._lines: dict[tuple[str, ...], int] = {}
        self._rows: list[dict[str, int]] = []

    def problem(self, message: str, *key: str, **values: Any) -> Problem:
        """Return a problem at a key, or at a key of a table (two names)."""
        # Found only after a mistake.
        self._lines = self._lines or _lines(self._text)
        line = self._lines.get(key) or self._lines.get(key[:1], 0)
        return Problem(self._path, line, message, {"file": self._path, "line": line, **values})

    def row_problem(self, message: str, table: str, number: int, inside: str = "", /, **values: Any) -> Problem:
        """Return a problem at the key `inside` table `number` (from 0) of those that stand below `[[table]]`."""
        self._rows = self._rows or _row_lines(self._text, table)
        # Written as one list, the tables have but the line of their key.
        lines = self._rows[number] if number < len(self._rows) else {}
        line = lines.get(inside) or lines.get("") or self.problem("", table).line
        return Problem(self._path, line, message, {"file": self._path, "line": line, **values})


def read(path: Path, largest: int = LARGEST_FILE) -> SettingsFile | None:
    """Read a file of at most `largest` bytes; None where there is none, UnusableFileError where it cannot be used."""
    try:
        # Neither a folder nor a pipe, which would wait for a writer.
        if not S_ISREG(path.stat().st_mode):
            raise UnusableFileError(path, N_("{file} is not a file; it is ignored."))
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        message = N_("{file} cannot be read ({reason}); it is ignored.")
        raise UnusableFileError(path, message, reason=error.strerror or error) from error
    if len(content) > largest:
        message = N_("{file} is larger than {most} KiB; it is ignored.")
        raise UnusableFileError(path, message, most=largest // 1024)
    return SettingsFile(path, _decoded(path, content))


def _decoded(path: Path, content: bytes) -> str:
    try:
        # Notepad writes a byte order mark and the line ends of Windows.
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        message = N_("{file}, line {line}: this is not UTF-8 text; save the file as UTF-8, until then it is ignored.")
        raise UnusableFileError(path, message, error.object.count(b"\n", 0, error.start) + 1) from error
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            message = N_("{file}, line {line}: the line has more than {most} characters; the file is ignored.")
            raise UnusableFileError(path, message, number, most=LONGEST_LINE)
    return text


def _parsed(path: Path, text: str) -> Mapping[str, Any]:
    # Only where a file exists: 5 ms of the start.
    import tomllib  # noqa: PLC0415

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # tomllib's own errors tell the place; a thousand brackets in each other end in Python's, which does not.
        reason, told, place = str(error).partition(" (at ")
        found = re.match(r"line (\d+), column \d+\)$", place)
        last = text.rstrip("\n").count("\n") + 1
        line = int(found[1]) if found else last if told else 0  # "at end of document"
        message = (
            N_("{file}, line {line}: this is not correct TOML ({reason}); the file is ignored.")
            if line
            else N_("{file} is not correct TOML ({reason}); it is ignored.")
        )
        raise UnusableFileError(path, message, line, reason=reason) from error


# -- lines ---------------------------------------------------------------------------------------

_TOKEN = r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?'{3,5}|"(?:\\.|[^"\\])*"|'[^']*'|#[^\n]*|[][{}=\n]'''
"""What decides where a statement of correct TOML ends and its key does; everything between may be skipped."""


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Return the line (from 1) where each key and each table of correct TOML first stands, two names deep.

    tomllib keeps no places. A key in an inline table has no line of its own.
    """
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    line = 1
    for start, equals, end in _statements(text):
        statement = text[start:end]
        path: tuple[str, ...] = ()  # a comment or nothing
        if equals:
            path = (*table, *_names(f"{text[start:equals]} = 0"))
        elif statement.lstrip().startswith("["):
            path = table = _names(statement)
        for depth in range(1, min(len(path), 2) + 1):
            lines.setdefault(path[:depth], line)
        line += statement.count("\n") + 1
    return lines


def _row_lines(text: str, table: str) -> list[dict[str, int]]:
    """Return for each `[[table]]` its own line (from 1, as "") and those of the keys below it."""
    rows: list[dict[str, int]] = []
    inside, line = False, 1
    for start, equals, end in _statements(text):
        statement = text[start:end]
        names: tuple[str, ...] = ()
        if not equals and statement.lstrip().startswith("["):
            names = _names(statement)
            inside = names[0] == table
            if inside and len(names) == 1:
                rows.append({"": line})
        elif equals and inside and rows:
            names = (table, *_names(f"{text[start:equals]} = 0"))
        if inside and rows and len(names) > 1:
            rows[-1].setdefault(names[1], line)
        line += statement.count("\n") + 1
    return rows


def _statements(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, equals sign (0 where there is none) and end of each statement, with its comment."""
    start = equals = depth = 0
    for token in re.finditer(_TOKEN, f"{text}\n", re.DOTALL):
        mark = token[0]
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        elif mark == "=" and not depth:
            equals = token.start()
        elif mark == "\n" and not depth:
            yield start, equals, token.start()
            start, equals = token.end(), 0


def _names(statement: str) -> tuple[str, ...]:
    """Return the names in `a."b" = 0`, `[a.b]` or `[[a.b]]`."""
    import tomllib  # noqa: PLC0415 - imported by then

    names: list[str] = []
    value: Any = tomllib.loads(statement)
    while value:
        if isinstance(value, list):
            value = cast("list[Any]", value)[0]
        else:
            name, value = next(iter(cast("dict[str, Any]", value).items()))
            names.append(name)
    return tuple(names)
