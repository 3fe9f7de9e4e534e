"""The city's own file of offices, beside the settings: `offices.toml`, which docs/offices.md (and .ja.md) describes.

A city fills it without a new build, and no such file stops the program. A row that is wrong or whose day is over
is left out and becomes a `Problem`, a sentence for staff that names file and line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from minato_viewer.services.settings_file import Problem, UnusableFileError, read

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from minato_viewer.pages.offices import Office
    from minato_viewer.planfile.reader import Plan
    from minato_viewer.services.office_rows import Row

LARGEST_FILE = 256 * 1024
"""Bytes: some hundred offices in five languages."""
MOST_PROBLEMS = 20
"""How many mistakes of one file are said: what is not ours may hold thousands."""


class Offices(NamedTuple):
    """The rows that can be shown, and what was wrong with the others."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()

    def shown(self) -> tuple[Office, ...]:
        """Return the offices alone."""
        return tuple(row.office for row in self.rows)

    def unknown(self, plan: Plan) -> tuple[Problem, ...]:
        """Return the problems of codes and districts that `plan` does not have, which only the plan can tell."""
        lost = [row.unknown() for row in self.rows if plan.node(row.office.code) is None]
        named = {row.office.district for row in self.rows if row.office.district}
        if named:
            from minato_viewer.planfile.search_choices import has_district  # noqa: PLC0415 - for offices of a district

            strange = {name for name in named if not has_district(plan.path, name)}
            lost += [row.unknown_district() for row in self.rows if row.office.district in strange]
        return tuple(lost[:MOST_PROBLEMS])


def load(places: tuple[Path, ...], today: date) -> Offices:
    """Read the files that exist; nothing is raised. For one code the last file that names it has all the offices."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for path in places:
        try:
            file = read(path, LARGEST_FILE)
        except UnusableFileError as error:
            problems.append(error.problem)
            continue
        if file is not None:
            from minato_viewer.services.office_rows import rows_of  # noqa: PLC0415 - only where there is a file

            found, wrong = rows_of(file, today)
            named = {row.office.code for row in found}
            rows = [row for row in rows if row.office.code not in named] + found
            problems += wrong[:MOST_PROBLEMS]
    return Offices(tuple(rows), tuple(problems))
