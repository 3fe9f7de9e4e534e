"""What a page is made of. Every text on it knows its field, language, status and source."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from minato_viewer.domain.plan import RubyRun, Status


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
    OFFICE = "office"
    ADDRESS = "address"

    @classmethod
    def _missing_(cls, value: object) -> "Role":
        """A field that only a newer format knows is shown as a paragraph."""
        del value
        return cls.BODY


class Tone(StrEnum):
    """How a notice is coloured; its words always say the same without the colour."""

    OWN = "own"
    """The city's own words."""
    APPROVED = "approved"
    """Our translation, approved by the city."""
    REFERENCE = "reference"
    """Our translation, or words that stand in for it."""
    OVER = "over"
    """Superseded, or a period that is over."""
    CAUTION = "caution"
    """What must not be mistaken: a forecast, a wish, a message of its day."""
    MISSING = "missing"
    COMPARED = "compared"
    """What this viewer found when it compared two editions."""


class Words(NamedTuple):
    """A text of the plan as it is shown: in `lang`, which may be another language than the page's."""

    field: str
    lang: str
    text: str
    status: Status
    stale: bool
    source: str
    approved_by: str = ""
    """Which office of the city approved this translation; empty where none has."""
    approved_on: str = ""
    """The day (ISO) on which it was approved."""
    rubies: tuple[RubyRun, ...] = ()
    """Furigana, in the order of the text; nothing where the reader wants none or the text is not Japanese."""


class EntryLink(NamedTuple):
    """A way to another entry."""

    code: str
    number: str
    title: str
    lang: str
    detail: str = ""
    """What the link leads to, in the page's language; empty where the list's heading says it."""
    reference: bool = False
    """The title is our translation, and the city has not approved it."""
    mark: str = ""
    """What says so, very short and in the page's language; empty where `reference` is not set."""
    rubies: tuple[RubyRun, ...] = ()
    """Furigana of the title, as those of `Words`."""


class Notice(NamedTuple):
    """One sentence about the text, in the page's language; `action` is a link target, empty for none."""

    tone: Tone
    text: str
    action: str = ""
    action_text: str = ""
    name: str = ""
    """An office's own name within the text, in Japanese; empty where there is none."""


class Paragraph(NamedTuple):
    """One field of the entry."""

    role: Role
    words: Words
    caption: str = ""
    """Whose words a note is, or what an address is of, in the page's language; else empty."""
    remark: str = ""
    """In the page's language: whose words these are, where most of the page is somebody else's; in the edition's own
    words the lines of the document. Else empty."""


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
    code: str = ""
    """The entry whose title the label is."""
    rubies: tuple[RubyRun, ...] = ()
    """Furigana of the label, as those of `Words`."""


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


class OfficeLine(NamedTuple):
    """One thing to know about an office."""

    label: str
    text: str
    lang: str
    """Language of `text`; the label is in the page's."""


class OfficeCard(NamedTuple):
    """An office to go to next, as the city's own file says."""

    name: str
    lang: str
    """Language of the name."""
    lines: tuple[OfficeLine, ...]
    remark: str
    """That this is no part of the plan, and when it was checked."""


class WhereNext(NamedTuple):
    """The offices for what the page is about; none of it is the plan's."""

    heading: str
    offices: tuple[OfficeCard, ...]


class Compared(NamedTuple):
    """One side of a comparison: an entry, and how much it is where it is a number."""

    link: EntryLink
    amount: str
    """Number and unit; empty for what is no number."""


class ComparisonRow(NamedTuple):
    """An entry of the earlier edition, what became of it, and the entry of the later one; None where there is none."""

    earlier: Compared | None
    relation: str
    """The outcome as the plan file has it, by which a face may colour it."""
    mark: str
    outcome: str
    """What happened, in the page's language: "Kept"."""
    later: Compared | None


class Comparison(NamedTuple):
    """Two editions side by side, as a table of three columns."""

    heading: EntryLink | None
    """The page that is about this comparison alone; None where this is that page."""
    words: tuple[Words, ...]
    """What that page says about it."""
    summary: str
    """How often each outcome occurs; empty where it says nothing."""
    earlier: str
    """Name of the earlier edition."""
    outcome: str
    """Heading of the column between the two."""
    later: str
    rows: tuple[ComparisonRow, ...]
    nothing: str
    """What stands where an edition's document has nothing like the entry."""


class DistrictMap(NamedTuple):
    """Entries as a document draws them beside each other; each is a way to its page."""

    rows: tuple[tuple[EntryLink, ...], ...]
    """From above, each from the left; the links' titles are the names on the map."""
    remark: str
    """That this is an arrangement and not a map, in the page's language."""
    alternative: str
    """Where each stands, as one text for those who do not see it."""


class Imprint(NamedTuple):
    """Where the page comes from: sources, edition and period, one sentence a line."""

    lines: tuple[str, ...]
    handover: str = ""
    """By which code another screen opens the page, in the page's language."""


Block = Notice | Paragraph | Chart | Figures | Comparison | DistrictMap | Links | WhereNext | Imprint


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
    title_remark: str = ""
    """As a paragraph's `remark`, as a sentence about the title."""
    references: bool = True
    """This reader is shown our reference translations, approved or not."""


def all_words(page: Page) -> Iterator[Words]:
    """Yield the texts of the plan that the page shows, each with the anchor `field`."""
    if page.title is not None:
        yield page.title
    for block in page.blocks:
        match block:
            case Paragraph():
                yield block.words
            case Comparison():
                yield from block.words
            case _:
                pass


def all_links(page: Page) -> Iterator[EntryLink]:
    """Yield the ways to other entries that the page shows."""
    yield from page.path
    for block in page.blocks:
        match block:
            case Figures():
                yield from (row.link for row in block.rows)
            case Links():
                yield from block.links
            case Comparison():
                sides = (side for row in block.rows for side in (row.earlier, row.later))
                yield from (side.link for side in sides if side is not None)
                if block.heading is not None:
                    yield block.heading
            case DistrictMap():
                yield from (link for row in block.rows for link in row)
            case _:
                pass
