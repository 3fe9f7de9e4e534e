"""What the values of a plan file look like. Every function raises ValueError for what no sound file holds.

SQLite finds a damaged page, but not a changed value: columns have no fixed types, and a flipped bit in a
date or a number is still text. What is checked here is what a page could not be composed from.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from minato_viewer.domain.plan import Edition

_LONGEST_SERIAL = 9
_LONGEST_LINE_NUMBER = 7
_MOST_ENTRIES = 2**32

# The types of a row's columns; a second line is a row without a parent or without a text.
NODE = {
    (int, str, str, int, str, str, int, int, str, int, int),
    (int, str, str, type(None), str, str, int, int, str, int, int),
}
HEADING = {
    (int, str, parent, str, str, int, int, str, str, str, stale, str)
    for parent in (int, type(None))
    for stale in (int, str)
}
TEXT = {(int, str, str, str, str, int, str, str, str)}
PLACE = {(int, str, str, parent, str, str) for parent in (int, type(None))}
BELOW = {(int, int, int)}
TITLE = {(int, str, str, str, int, int)}
FOUND = {(int, str, str, str)}
READING = {(int, str)}
FIGURE = {(str,) * 6}
PROPERTY = {(str, str)}
RUBY = {(str, str, str, int, int, str, int)}


def columns(rows: Collection[Sequence[Any]], shapes: Collection[tuple[type, ...]]) -> None:
    """Refuse rows whose columns have other types than those of `shapes`."""
    if not {tuple(map(type, row)) for row in rows} <= set(shapes):
        raise ValueError(rows)


def below(rows: Collection[Sequence[Any]]) -> None:
    """Refuse ids, numbers of children and positions that no plan has so many entries for."""
    columns(rows, BELOW)
    if any(not 0 <= number < _MOST_ENTRIES for row in rows for number in row):
        raise ValueError(rows)


def day(text: str) -> None:
    """Refuse what is no ISO day (`2024-01-31`)."""
    if len(text) != len("2024-01-31"):
        raise ValueError(text)
    date.fromisoformat(text)


def day_or_month(text: str) -> None:
    """Refuse what is neither an ISO day nor a month (`2024-01`)."""
    day(f"{text}-01" if len(text) == len("2024-01") else text)


def edition(found: Edition) -> None:
    """Refuse an edition of the plan without its dates, and pages of the viewer's own that have some."""
    if found.is_plan:
        day_or_month(found.published)
        day(found.period_start)
        day(found.period_end)
    elif any(found._replace(code="", language="")):
        raise ValueError(found)


def content(serial: str, as_of: str) -> None:
    """Refuse an update of the content that is no number, or holds for no day; both may be empty."""
    if serial and not (_digits(serial) and len(serial) <= _LONGEST_SERIAL):
        raise ValueError(serial)
    if as_of:
        day(as_of)


def number(text: str) -> None:
    """Refuse what is no decimal number."""
    whole, point, part = text.removeprefix("-").partition(".")
    if not _digits(whole) or (point and not _digits(part)):
        raise ValueError(text)


def approval(office: str, day_of_it: str) -> None:
    """Refuse an approval without an office or without a day."""
    if bool(office) != bool(day_of_it):
        raise ValueError(office, day_of_it)
    if day_of_it:
        day(day_of_it)


def rubies(rows: Collection[Sequence[Any]]) -> None:
    """Refuse rubies that stand over nothing, beyond the end of their text or over one another.

    Each row ends with start, length, reading and the length of the text; those of a text come in their order.
    """
    columns(rows, RUBY)
    before: tuple[Any, ...] = ()
    end = 0
    for *of, start, length, reading, whole in rows:
        end = end if tuple(of) == before else 0
        if not (end <= start and 0 < length <= whole - start and reading):
            raise ValueError(of, start, length)
        before, end = tuple(of), start + length


def source(text: str) -> None:
    """Refuse what is no `FILE:A[-B][,C[-D]]`."""
    file, _, places = text.partition(":")
    # A part without a dash is a line by itself.
    lines = [line for place in places.split(",") for line in place.split("-", 1)]
    if not file or not all(_digits(line) and len(line) <= _LONGEST_LINE_NUMBER for line in lines):
        raise ValueError(text)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
