"""What a plan file is built from: the viewer reads it back by `planfile.reader` and never loads these.

Values are named tuples, as in `domain.plan`.
"""

from typing import NamedTuple

from minato_viewer.domain.plan import Edition, Figure, Origin, Status


class Entry(NamedTuple):
    """One node of an edition's hierarchy."""

    code: str
    edition: str
    parent: str
    """Code of the parent, empty for the edition itself."""
    kind: str
    number: str
    position: int
    """Order among the siblings, from 1."""
    short: int
    """Hand-over number, given in the sources and never reused."""
    until: str = ""
    """Last day (ISO) for which this entry and all below it hold; empty: as long as the edition."""
    number_lines: str = ""
    absent: tuple[str, ...] = ()
    """Fields that are known to be missing in the supplied document."""


class Text(NamedTuple):
    """One title, paragraph or item of an entry in one language."""

    code: str
    field: str
    lang: str
    text: str
    status: Status
    source: str
    """`FILE:A[-B][,C[-D]]` for an original, an address for an official text, else empty."""
    stale: bool = False
    """The original changed after this translation was made."""
    approved_by: str = ""
    """Which office of the city approved this translation; empty where none has."""
    approved_on: str = ""
    """The day (ISO) on which it was approved."""


class Link(NamedTuple):
    """A relation between two entries."""

    from_code: str
    to_code: str
    relation: str
    origin: Origin


class Ruby(NamedTuple):
    """The reading of a run of characters of a text, to stand above it; places count code points."""

    code: str
    field: str
    lang: str
    start: int
    length: int
    text: str


class Reading(NamedTuple):
    """How a title or a name is read, in kana or romanised; reviewed."""

    code: str
    field: str
    lang: str
    text: str


class Term(NamedTuple):
    """A word of the plan with its reading and what it is in other languages: what a search may be typed by."""

    ja: str
    reading: str
    """In kana; reviewed by a person."""
    zh: str
    ko: str


class PlanData(NamedTuple):
    """Everything a plan file is built from, in the order of the plan."""

    editions: tuple[Edition, ...]
    entries: tuple[Entry, ...]
    texts: tuple[Text, ...]
    figures: tuple[Figure, ...]
    links: tuple[Link, ...]
    properties: dict[str, str]
    """More rows for `meta`, for instance the digest of the sources."""
    readings: tuple[Reading, ...] = ()
    rubies: tuple[Ruby, ...] = ()
    terms: tuple[Term, ...] = ()
