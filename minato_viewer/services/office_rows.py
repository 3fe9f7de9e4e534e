"""The rows of `offices.toml`: one by one checked, and an office or a `Problem` each."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from minato_viewer.domain.messages import N_
from minato_viewer.language.tags import TAGS
from minato_viewer.language.wordings import Wording
from minato_viewer.pages.offices import Office
from minato_viewer.services.setting_values import CODE, LONGEST_TEXT, UNKNOWN_DISTRICT
from minato_viewer.services.setting_values import DISTRICT as DISTRICT_NAME
from minato_viewer.services.settings_file import UNSEEN, Problem, SettingsFile, in_a_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TABLE = "office"
DAYS = ("checked_on", "valid_until")
WORDS = ("section", "window", "floor", "hours", "telephone", "languages", "responsible", "address")
DISTRICT = "district"
KEYS = ("code", *WORDS, DISTRICT, *DAYS)
_NEEDED = ("code", "section", "checked_on")

_TABLES = N_("{file}, line {line}: write each office below a line of its own, [[office]]; {key} is ignored.")
_UNKNOWN = N_("{file}, line {line}: the key {key} is not known; this office is not shown.")
_NEEDED_KEY = N_("{file}, line {line}: this office has no {key}; it is not shown.")
_NO_CODE = N_(
    "{file}, line {line}: {key} must be the code of an entry or a topic, such as 2021/policy/4; this office is not"
    " shown."
)
_NO_DISTRICT = N_(
    "{file}, line {line}: {key} must be the last part of a district's code, such as azabu of 2024/district/azabu; this"
    " office is not shown."
)
_NO_DAY = N_("{file}, line {line}: {key} must be a day such as 2026-12-01; this office is not shown.")
_NO_TEXT = N_(
    "{file}, line {line}: {key} must be a text in one line of at most {most} characters, or a table with one for each"
    " language; this office is not shown."
)
_TWICE = N_("{file}, line {line}: this office stands there already for {code}; it is shown once.")
_OVER = N_(
    "{file}, line {line}: the office for {code} was valid until {day} and is no longer shown; check it and give it a"
    " new day."
)
_NO_ENTRY = N_("{file}, line {line}: there is no entry with the code {code}; this office is not shown.")


class Row(NamedTuple):
    """An office, and where it stands."""

    office: Office
    file: SettingsFile
    number: int
    """Its place among the tables of the file, from 0."""

    def unknown(self) -> Problem:
        """Return the problem of a code that no entry has, which only the plan can tell."""
        return self.file.row_problem(_NO_ENTRY, TABLE, self.number, "code", code=self.office.code)

    def unknown_district(self) -> Problem:
        """Return the problem of a district that the plan does not have."""
        return self.file.row_problem(UNKNOWN_DISTRICT, TABLE, self.number, DISTRICT, name=self.office.district)


class _WrongRowError(Exception):
    """What is wrong at a key of a row."""

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message)
        self.message = message
        self.key = key


def rows_of(file: SettingsFile, today: date) -> tuple[list[Row], list[Problem]]:
    """Return the rows that can be shown today, and what is wrong with the others."""
    rows: list[Row] = []
    problems = list(_not_offices(file))
    for number, table in enumerate(_tables(file)):
        try:
            office = _office(table)
        except _WrongRowError as wrong:
            shown = in_a_line(wrong.key)
            problems.append(file.row_problem(wrong.message, TABLE, number, wrong.key, key=shown, most=LONGEST_TEXT))
            continue
        if any(_is_the_same(office, row.office) for row in rows):
            problems.append(file.row_problem(_TWICE, TABLE, number, code=office.code))
        elif office.valid_until and office.valid_until < today.isoformat():
            over = file.row_problem(_OVER, TABLE, number, "valid_until", code=office.code, day=office.valid_until)
            problems.append(over)
        else:
            rows.append(Row(office, file, number))
    problems.sort(key=lambda problem: problem.line)
    return rows, problems


def _is_the_same(one: Office, other: Office) -> bool:
    # Each district's office has sections of the same names.
    return all(getattr(one, key) == getattr(other, key) for key in ("code", "section", "window", DISTRICT))


def _tables(file: SettingsFile) -> list[Any]:
    tables = file.tables.get(TABLE, [])
    return cast("list[Any]", tables) if isinstance(tables, list) else []


def _not_offices(file: SettingsFile) -> Iterator[Problem]:
    for key, value in file.tables.items():
        if key != TABLE or not isinstance(value, list):
            yield file.problem(_TABLES, key, key=in_a_line(key))


def _office(table: Any) -> Office:
    """Return the office of a table; _WrongRowError for the first thing that is wrong with it."""
    if not isinstance(table, dict):
        raise _WrongRowError(_TABLES, TABLE)
    row = cast("dict[str, Any]", table)
    for key in row:
        if key not in KEYS:
            raise _WrongRowError(_UNKNOWN, key)
    for key in _NEEDED:
        if key not in row:
            raise _WrongRowError(_NEEDED_KEY, key)
    values: dict[str, Any] = {"code": _form("code", row["code"], CODE, _NO_CODE)}
    if DISTRICT in row:
        values[DISTRICT] = _form(DISTRICT, row[DISTRICT], DISTRICT_NAME, _NO_DISTRICT)
    values |= {key: _day(key, row[key]) for key in DAYS if key in row}
    values |= {key: _words(key, row[key]) for key in WORDS if key in row}
    if not any(values["section"]):
        raise _WrongRowError(_NEEDED_KEY, "section")
    return Office(**values)


def _form(key: str, value: Any, pattern: str, wrong: str) -> str:
    """Return a short text of a form."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or not re.fullmatch(pattern, value):
        raise _WrongRowError(wrong, key)
    return value


def _day(key: str, value: Any) -> str:
    """Return the day (ISO) that a file writes as TOML's own or as text."""
    written = value.isoformat() if isinstance(value, date) else value
    try:
        # A moment is a day and more, and is none.
        if isinstance(written, str) and date.fromisoformat(written).isoformat() == written:
            return written
    except ValueError:
        pass
    raise _WrongRowError(_NO_DAY, key)


def _words(key: str, value: Any) -> Wording:
    texts = cast("Mapping[str, Any]", value) if isinstance(value, dict) else {"": value}
    for tag, text in texts.items():
        known = tag in TAGS or not isinstance(value, dict)
        if not known or not isinstance(text, str) or len(text) > LONGEST_TEXT or re.search(UNSEEN, text):
            raise _WrongRowError(_NO_TEXT, key)
    said = tuple((tag, text.strip()) for tag, text in texts.items() if text.strip())
    return Wording("", said) if isinstance(value, dict) else Wording(said[0][1] if said else "")
