"""An office's own district before the others, in whatever lists districts.

An office names its district by the last part of the code, which is the same in every edition (`azabu` of
`2024/district/azabu`). The tree, and the ways to the entry before and after, keep the order of the plan.
"""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
KIND = "district"
"""The kind of entry that a district is."""


def is_of(code: str, name: str) -> bool:
    """Return whether `code` is that of the district `name`; "" names none."""
    return bool(name) and code.rpartition("/")[2] == name


def own_first(rows: Sequence[T], districts: Sequence[str], name: str) -> list[T]:
    """Return `rows` with those of the district `name` before those of other districts.

    `districts` holds for each row the code of the district that it is or stands below, "" for none. Rows of no
    district keep their places, and rows of one district the order among them: a list without districts stays as it is.
    """
    found = list(rows)
    places = [place for place, code in enumerate(districts) if code]
    ordered = sorted(places, key=lambda place: not is_of(districts[place], name))
    for place, source in zip(places, ordered, strict=True):
        found[place] = rows[source]
    return found
