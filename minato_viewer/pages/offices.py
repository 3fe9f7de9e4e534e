"""Where to go next: the offices that a city names in a file of its own, and which of them a page shows.

None of it is the plan's: a section moves and its hours change while the plan stands. So each office says when it was
checked, and stands on the page in a box of its own.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minato_viewer.domain.messages import N_
from minato_viewer.language.catalogues import Messages
from minato_viewer.language.tags import chain
from minato_viewer.language.wordings import Wording
from minato_viewer.pages.blocks import OfficeCard, OfficeLine, WhereNext
from minato_viewer.planfile.reader import Node, Plan

TOPIC = "topic"
"""The relation by which a topic leads to the entries that it is about."""


class Office(NamedTuple):
    """One row of the city's file: whom to ask about an entry or a topic. What is empty is not shown."""

    code: str
    """The entry or the topic."""
    section: Wording
    checked_on: str
    """The day (ISO) on which the city looked whether it is right."""
    valid_until: str = ""
    """The last day (ISO) on which it is shown; empty for no end."""
    window: Wording = Wording()
    floor: Wording = Wording()
    hours: Wording = Wording()
    telephone: Wording = Wording()
    languages: Wording = Wording()
    responsible: Wording = Wording()
    address: Wording = Wording()
    district: str = ""
    """The district that it serves (`domain.districts`); empty for all."""


# In the order in which a visitor needs them.
_LABELS = {
    # TRANSLATORS: Where a visitor is served in a city office. Japanese: 窓口
    "window": N_("Service counter"),
    # TRANSLATORS: The storey of a city office.
    "floor": N_("Floor"),
    # TRANSLATORS: When a section of the city office is open.
    "hours": N_("Hours"),
    "telephone": N_("Telephone"),
    # TRANSLATORS: The languages in which a section of the city office serves.
    "languages": N_("Languages spoken"),
    "address": N_("Address"),
    # TRANSLATORS: The section that is responsible for the subject; another one may serve the visitor.
    "responsible": N_("Section in charge"),
}


def where_next(
    offices: Sequence[Office], plan: Plan, lineage: Sequence[Node], messages: Messages, district: str = ""
) -> Iterable[WhereNext]:
    """Yield the offices for the last of `lineage`: its own; else its topics'; else those of the nearest above it.

    Where there are several, those of `district`, in which the visitor is, come first.
    """
    node = lineage[-1]
    topics = [
        plan.node_by_id(row.other_id).code for row in plan.links(node.id) if row.relation == TOPIC and not row.outgoing
    ]
    for codes in ([node.code], topics, *([above.code] for above in reversed(lineage[:-1]))):
        found = [office for office in offices if office.code in codes]
        if found:
            found.sort(key=lambda office: bool(district) and office.district != district)
            # TRANSLATORS: Heading above the offices of the city that help with what the page is about.
            yield WhereNext(messages.gettext("Where to go next"), tuple(_card(office, messages) for office in found))
            return


def _card(office: Office, messages: Messages) -> OfficeCard:
    # As slow to import as everywhere.
    from minato_viewer.language.formats import day  # noqa: PLC0415

    name, lang = _said(office.section, messages.tag)
    lines = [
        OfficeLine(messages.gettext(label), *_said(getattr(office, key), messages.tag))
        for key, label in _LABELS.items()
        if any(getattr(office, key))
    ]
    remark = messages.gettext(
        # TRANSLATORS: Must say that it is no part of the plan. {day} is when the office looked whether it is right.
        "Information of the office, not part of the plan. Checked on {day}.",
        day=day(office.checked_on, messages.tag),
    )
    return OfficeCard(name, lang, tuple(lines), remark)


def _said(words: Wording, tag: str) -> tuple[str, str]:
    """Return words and their language: the reader's, else Japanese, else whatever there is; staff can explain it."""
    texts = dict(words.by_language)
    lang = next((known for known in (*chain(tag, "ja"), *texts) if known in texts), "")
    if lang:
        return texts[lang], lang
    # Words for everyone are Japanese, as the office is; a number looks as the page does.
    return words.plain, tag if words.plain.isascii() else "ja"
