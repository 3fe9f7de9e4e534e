"""The values a plan is made of. Texts are data with a language, a status and a source, never bare strings.

Values are named tuples: frozen like dataclasses, but those cost about 1 ms each before the first page
is on screen (measured), and there are many of them.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """Whose words a text is."""

    ORIGINAL = "original"
    """Words of the supplied document."""
    OFFICIAL = "official"
    """The city's own wording in this language for this edition, found elsewhere; the source is its address."""
    REFERENCE = "reference"
    """Our translation."""
    EDITOR = "editor"
    """The viewer's own words: notes, labels the document lacks, guides."""


class Basis(StrEnum):
    """What a number is: counted, planned, or forecast."""

    ACTUAL = "actual"
    PLAN = "plan"
    FORECAST = "forecast"


class Origin(StrEnum):
    """Who made a link."""

    PLAN = "plan"
    VIEWER = "viewer"


KINDS = (
    "edition", "section", "vision", "slogan", "issue", "field", "policy", "measure", "project",
    "district", "participation", "wish", "figure", "topic", "guide",
)  # fmt: skip
OWN_KINDS = ("topic", "guide")
"""Kinds of entries that the viewer writes itself."""
UNITS = ("JPY", "person", "meeting", "proposal", "field", "project")
OUTCOMES = ("kept", "recast", "added", "ended", "unlike")
"""What became of an entry from an earlier edition to a later one, as far as their documents tell.

`added` comes from the earlier edition itself, in whose document nothing is like the entry; `ended` leads to the later
one. `unlike` stands beside the other, but counts something else.
"""
RELATIONS = ("related", *OUTCOMES, "compares", "topic")
"""`compares` leads from a page to two entries whose parts it sets side by side, `topic` from a topic into the plan."""
TITLE = "title"
ARRANGEMENT = "arrangement/"
"""With an entry's code behind it: the property that says how a document draws what is below the entry."""


class Edition(NamedTuple):
    """One edition of the plan: dated, and replaced by another one day. Dates are ISO 8601.

    The viewer's own pages are an edition too, for their language and their codes. They are made from no
    document, so `document` and everything after it is empty.
    """

    code: str
    language: str
    document: str
    published: str
    """Day or month (`2024-01`): only as exact as a source says."""
    published_source: str
    period_start: str
    period_end: str
    period_source: str
    superseded_by: str = ""

    @property
    def is_plan(self) -> bool:
        """Whether this is an edition of the city's plan; if not, it holds the viewer's own pages."""
        return bool(self.document)

    def revises(self, earlier: "Edition") -> bool:
        """Whether this edition is `earlier` brought up to date, and not a new plan for another period."""
        return (self.period_start, self.period_end) == (earlier.period_start, earlier.period_end)


def replaced_from(edition: Edition, editions: Mapping[str, Edition]) -> str:
    """Return the day or month (ISO) from which the edition that supersedes this one holds; empty where none does.

    A revision holds once it is published, a new plan from the first day of its period.
    """
    successor = editions.get(edition.superseded_by)
    if successor is None:
        return ""
    return successor.published if successor.revises(edition) else successor.period_start


def in_force(editions: Mapping[str, Edition], today: date) -> Edition:
    """Return the edition of the plan that holds on `today`; before all of them, the first."""
    plans = [edition for edition in editions.values() if edition.is_plan]
    edition = next((plan for plan in plans if not any(other.superseded_by == plan.code for other in plans)), plans[0])
    seen: set[str] = set()
    while (day := replaced_from(edition, editions)) and day <= today.isoformat() and edition.code not in seen:
        seen.add(edition.code)
        edition = editions[edition.superseded_by]
    return edition


class Figure(NamedTuple):
    """The number of an entry of kind `figure`; `value` is decimal text in the base unit."""

    code: str
    value: str
    unit: str
    basis: Basis
    as_of: str
    until: str
    """End of the period that begins at `as_of`; empty for a single day."""
    source: str


class RubyRun(NamedTuple):
    """A `Ruby` of a text that is known: where its base begins, how many code points that has, and what stands above."""

    start: int
    length: int
    text: str


def field_name(field_key: str) -> str:
    """Return the name of a field without its number: `body.2` -> `body`."""
    return field_key.partition(".")[0]
