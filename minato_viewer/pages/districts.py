"""The districts as the document draws them: names beside and above each other, each a way to its page.

Which stands where is the plan file's to say (`arrangement/CODE` in its properties), whatever plan it holds.
"""

from collections.abc import Callable, Iterator

from minato_viewer.domain.plan import ARRANGEMENT
from minato_viewer.language.catalogues import Messages
from minato_viewer.pages.blocks import DistrictMap, EntryLink, Words
from minato_viewer.planfile.reader import Node, Plan

LABEL = "label.1"
"""The field that holds the name on the map."""


def district_map(
    plan: Plan,
    node: Node,
    link: Callable[[int, str], EntryLink],
    shown: Callable[[int], list[Words]],
    messages: Messages,
) -> Iterator[DistrictMap]:
    """Yield what the document draws below `node`, if it draws anything.

    `shown` gives the words of an entry in the reader's language: on the map stands its label, or its title.
    """
    drawn = plan.properties.get(ARRANGEMENT + node.code, "")
    rows: list[tuple[EntryLink, ...]] = []
    for row in drawn.split(";"):
        nodes = [plan.node(code) for code in row.split()]
        rows.append(tuple(_named(link(found.id, ""), shown(found.id)) for found in nodes if found is not None))
    rows = [row for row in rows if row]
    if not rows:
        return
    # TRANSLATORS: Between names that stand side by side.
    beside = messages.gettext(", ")
    # TRANSLATORS: Between the rows of a drawing, from above.
    below = messages.gettext("; below: ")
    said = below.join(beside.join(part.title for part in row) for row in rows)
    yield DistrictMap(
        tuple(rows),
        # TRANSLATORS: Below a drawing of the districts.
        messages.gettext("The districts as they lie to each other. This is not a map: sizes and borders are not real."),
        # TRANSLATORS: What the drawing says, for those who do not see it. {rows} are the names from above.
        messages.gettext("Drawing of the districts, from above: {rows}.", rows=said),
    )


def _named(link: EntryLink, words: list[Words]) -> EntryLink:
    """Return the way to an entry with the name that the map has for it."""
    label = next((text for text in words if text.field == LABEL), None)
    return link if label is None else link._replace(title=label.text, lang=label.lang)
