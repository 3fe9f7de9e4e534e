"""What the values of a plan file look like. Every function raises ValueError for what no sound file holds.

SQLite finds a damaged page, but not a changed value: columns have no fixed types, and a flipped bit in a
date or a number is still text. What is checked here is what a page could not be composed from.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from minato_viewer.domain.plan import Edition

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LINES = re.compile(r"[^:]+:[0-9]{1,7}(-[0-9]{1,7})?(,[0-9]{1,7}(-[0-9]{1,7})?)*")

_LONGEST_SERIAL = 9

# The types of a row's columns; a second line is a row without a parent or without a text.
NODE = {
    (int, str, str, int, str, str, int, int, str, int, int),
    (int, str, str, type(None), str, str, int, int, str, int, int),
}
HEADING = {
    (int, str, parent, str, str, int, int, str, str, str, stale) for parent in (int, type(None)) for stale in (int, str)
}
TEXT = {(int, str, str, str, str, int, str)}
FIGURE = {(str,) * 6}
PROPERTY = {(str, str)}


def columns(rows: Collection[Sequence[Any]], shapes: Collection[tuple[type, ...]]) -> None:
    """Refuse rows whose columns have other types than those of `shapes`."""
    if not {tuple(map(type, row)) for row in rows} <= set(shapes):
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
    if serial and not (serial.isascii() and serial.isdigit() and len(serial) <= _LONGEST_SERIAL):
        raise ValueError(serial)
    if as_of:
        day(as_of)


def number(text: str) -> None:
    """Refuse what is no decimal number."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)


def source(text: str) -> None:
    """Refuse what is no `FILE:A[-B][,C[-D]]`."""
    if not _LINES.fullmatch(text):
        raise ValueError(text)
