"""Pages as they go on paper: what is ordered, the words of a page without what only a screen can do, a front page."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from minato_viewer.domain.handover import code_for
from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import Edition, Status
from minato_viewer.language.catalogues import Messages
from minato_viewer.language.tags import chain
from minato_viewer.pages.blocks import Block, EntryLink, Links, Notice, Page
from minato_viewer.pages.compose import PARTS, unknown_code
from minato_viewer.pages.wording import edition_name, kind_name, missing_title
from minato_viewer.planfile.reader import Node, Plan

NORMAL, LARGE = 100, 200
"""Per cent of 11 points: large print has 22."""
MOST_WITHOUT_CONTENTS = 3
"""More entries than these get a front page with their list."""
HANDOUT = N_("Hand-out")


class Order(NamedTuple):
    """What is to be on paper, and how."""

    codes: tuple[str, ...]
    """Entries in their order; none for a leaflet."""
    tags: tuple[str, ...]
    """One language, or two side by side."""
    paper: str = "A4"
    """Or "A5"."""
    text_size: int = NORMAL
    """Per cent of 11 points."""
    branch: bool = False
    """The entries are the first of them with all below it; if not, each was chosen for itself."""
    furigana: tuple[str, ...] = ()
    """Those of `tags` whose Japanese texts have furigana."""


class Leaflet(NamedTuple):
    """A page of the viewer's own that is no entry of the plan, such as a board to point at."""

    name: str
    """Begins the name of its file."""
    page: Callable[[Messages], Page]


def branch(plan: Plan, code: str) -> tuple[str, ...]:
    """Return `code` and the entries below it in reading order; numbers stand on the page of the entry above them.

    Empty for an unknown code.
    """
    node = plan.node(code)
    if node is None:
        return ()
    return tuple(below for below, kind in plan.codes_from(node) if kind != "figure" or below == code)


def handover_code(plan: Plan, code: str, tag: str) -> str:
    """Return the hand-over code of an entry in a language; empty where there is none."""
    node = plan.node(code)
    return code_for(node.short, tag) if node is not None else ""


def for_paper(page: Page, messages: Messages, order: Order) -> Page:
    """Return `page` without actions; in a branch also without the lists of what follows anyway."""
    follows = order.branch and len(order.codes) > 1
    blocks = tuple(
        block._replace(action="", action_text="") if isinstance(block, Notice) else block
        for block in page.blocks
        if not (follows and isinstance(block, Links) and block.heading == messages.gettext(PARTS))
    )
    path = () if follows and page.code not in order.codes[:1] else page.path
    return page._replace(blocks=blocks, path=path)


def entries(plan: Plan, order: Order, messages: Messages) -> list[EntryLink]:
    """Return what is ordered, by kind, number and title; RequestFault for an unknown code."""
    nodes: list[Node] = []
    for code in order.codes:
        node = plan.node(code)
        if node is None:
            raise unknown_code(code)
        nodes.append(node)
    found: list[EntryLink] = []
    for node in nodes:
        tags = chain(messages.tag, plan.editions[node.edition].language)
        heading = plan.headings([node.id], tags)[node.id]
        title = heading.title or missing_title(node.kind, node.number, messages)
        named = f"{kind_name(node.kind, node.number, messages)} " if node.number and heading.title else ""
        reference = heading.status == Status.REFERENCE
        lang = heading.lang or messages.tag
        found.append(EntryLink(node.code, node.number, f"{named}{title}", lang, reference=reference))
    return found


def front_page(order: Order, listed: Sequence[EntryLink], sheets: Sequence[int], messages: Messages) -> Page:
    """Return the first page of a longer print: what it is, and on which sheet each entry begins."""
    links = tuple(entry._replace(number=str(sheet)) for entry, sheet in zip(listed, sheets, strict=True))
    title = listed[0].title if order.branch else messages.gettext(HANDOUT)
    # TRANSLATORS: Heading of a list on paper: the number of the page, and the entry that begins there.
    blocks: tuple[Block, ...] = (Links(messages.gettext("Contents of this print"), links),)
    plan = messages.gettext("Minato City Basic Plan")
    return Page("", 0, messages.tag, plan, None, title, (), blocks, None, None, own_words=False, own_words_differ=False)


def running_line(editions: Sequence[Edition], of: dict[str, Edition], notice: str, messages: Messages) -> str:
    """Return what stands at the foot of every sheet: plan, editions with their dates, and what the program is not."""
    # Babel: only where a day is shown.
    from minato_viewer.language.formats import day  # noqa: PLC0415

    named = [
        # TRANSLATORS: At the foot of a sheet of paper: an edition of the plan, and when the city published it.
        messages.gettext(
            "{edition} (published {day})",
            edition=edition_name(edition, of, messages),
            day=day(edition.published, messages.tag),
        )
        for edition in editions
        if edition.is_plan
    ]
    return " · ".join([messages.gettext("Minato City Basic Plan"), *named, notice])
