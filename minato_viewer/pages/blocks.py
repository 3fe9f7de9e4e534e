"""What a page is made of. Every text on it knows its field, language, status and source."""

from enum import StrEnum
from typing import NamedTuple

from minato_viewer.domain.plan import Status


class Role(StrEnum):
    """What a text is on the page; the field's own name in the plan."""

    SUBTITLE = "subtitle"
    LABEL = "label"
    LEAD = "lead"
    BODY = "body"
    HEADING = "heading"
    ITEM = "item"
    EXAMPLE_HEADING = "example_heading"
    EXAMPLE = "example"
    VALUE = "value"
    DATE = "date"
    SIGNATURE = "signature"
    NOTE = "note"

    @classmethod
    def _missing_(cls, value: object) -> "Role":
        """A field that only a newer format knows is shown as a paragraph."""
        del value
        return cls.BODY


class Tone(StrEnum):
    """How a notice is coloured; its words always say the same without the colour."""

    OWN = "own"
    """The city's own words."""
    REFERENCE = "reference"
    """Our translation, or words that stand in for it."""
    OVER = "over"
    """Superseded, or a period that is over."""
    CAUTION = "caution"
    """What must not be mistaken: a forecast, a wish, a message of its day."""
    MISSING = "missing"


class Words(NamedTuple):
    """A text of the plan as it is shown: in `lang`, which may be another language than the page's."""

    field: str
    lang: str
    text: str
    status: Status
    stale: bool
    source: str


class EntryLink(NamedTuple):
    """A way to another entry."""

    code: str
    number: str
    title: str
    lang: str
    detail: str = ""
    """What the link leads to, in the page's language; empty where the list's heading says it."""
    reference: bool = False
    """The title is our translation."""


class Notice(NamedTuple):
    """One sentence about the text, in the page's language; `action` is a link target, empty for none."""

    tone: Tone
    text: str
    action: str = ""
    action_text: str = ""


class Paragraph(NamedTuple):
    """One field of the entry."""

    role: Role
    words: Words
    caption: str = ""
    """Whose words a note is, in the page's language; empty for the plan's own words."""


class FigureRow(NamedTuple):
    """One number: label, amount with unit, when, and whether it was counted, planned or forecast."""

    link: EntryLink
    amount: str
    when: str
    basis: str
    forecast: bool
    source: str


class Figures(NamedTuple):
    """Numbers as a table."""

    caption: str
    """Empty where it stands above the charts of these numbers."""
    rows: tuple[FigureRow, ...]


class ChartKind(StrEnum):
    """What a chart draws of its numbers."""

    BARS = "bars"
    """How large numbers of one unit are: lengths from zero."""
    YEARS = "years"
    """Which fiscal years a number is for: years filled out of those of the axis."""
    MARKS = "marks"
    """How many of each there are: a mark for every one, for counts of different units."""


class ChartRow(NamedTuple):
    """One number of a chart, said in the same words as in the table of figures."""

    label: str
    lang: str
    """Language of the label."""
    amount: str
    when: str
    basis: str
    forecast: bool
    start: float
    """Where the number begins on the axis, from 0 to 1; nought for lengths and marks."""
    length: float
    """How much of the axis it takes, from 0 to 1; nought for marks."""
    marks: int
    """How many marks there are; nought where lengths are drawn."""


class Chart(NamedTuple):
    """Numbers as a picture; all that it says stands in the table of figures after it, too."""

    number: int
    """Its place among the charts of the page, from 0."""
    caption: str
    """The heading of charts and table; empty for all charts but the first."""
    kind: ChartKind
    rows: tuple[ChartRow, ...]
    axis: tuple[str, ...]
    """The fiscal years of the axis, in the page's language; nothing for lengths and marks."""
    remarks: tuple[str, ...]
    """How the picture is to be read, in the page's language, one sentence each."""
    alternative: str
    """All that the picture says as one text, for those who do not see it."""


class Links(NamedTuple):
    """A list of ways to other entries under a heading; `remark` says whose links they are."""

    heading: str
    links: tuple[EntryLink, ...]
    remark: str = ""


class Imprint(NamedTuple):
    """Where the page comes from: sources, edition and period, one sentence a line."""

    lines: tuple[str, ...]
    handover: str = ""
    """By which code another screen opens the page, in the page's language."""


Block = Notice | Paragraph | Chart | Figures | Links | Imprint


class Page(NamedTuple):
    """An entry, composed for a reader of `lang`."""

    code: str
    node_id: int
    lang: str
    kicker: str
    """What kind of entry it is, with its number: "Policy 4"."""
    title: Words | None
    """None where the supplied document has no title; a notice says so."""
    heading: str
    """The title, or what stands in for it; never empty."""
    path: tuple[EntryLink, ...]
    """From the edition down to the parent."""
    blocks: tuple[Block, ...]
    previous: EntryLink | None
    next: EntryLink | None
    own_words: bool
    """The page shows the edition's own words on the reader's demand."""
    own_words_differ: bool
    """The reader's language shows other words than the edition's own."""
