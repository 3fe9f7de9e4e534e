"""Two editions side by side: what was kept, recast, added, ended. Made from the links, whatever editions they relate.

A page names what it compares with its links `compares`: an entry in each of two editions. The rows are these two and
what stands directly below them, as far as a link says what became of them. Sections only hold the others and are none.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from minato_viewer.domain.plan import OUTCOMES, TITLE
from minato_viewer.language.catalogues import Messages
from minato_viewer.pages import wording
from minato_viewer.pages.blocks import Compared, Comparison, ComparisonRow, EntryLink, Words
from minato_viewer.planfile.reader import Node, Plan

MARKS = {"kept": "=", "recast": "→", "added": "+", "ended": "×", "unlike": "≠"}
"""Stand before the words of an outcome, so that a column can be looked through."""

Link = Callable[[int, str], EntryLink]
"""Makes the way to an entry, with a detail below its title."""


class _Pair(NamedTuple):
    """A row before it is said: an entry of each edition, or one and nothing."""

    earlier: Node | None
    relation: str
    later: Node | None


def comparisons(
    plan: Plan, page: Node, link: Link, shown: Callable[[int], list[Words]], messages: Messages
) -> Iterator[Comparison]:
    """Yield the comparisons of the pages below `page`, or its own where none is below.

    `shown` gives the words of a page of the viewer's in the reader's language.
    """
    below = [plan.node_by_id(row.id) for row in plan.children(page.id, (messages.tag,))]
    pages = [node for node in below if _compared(plan, node)]
    for node in pages or [page]:
        compared = _compared(plan, node)
        if len(compared) == 2:
            comparison = _comparison(plan, compared[0], compared[1], link, messages)
            if node is not page:
                # Several pages have a field of the same name, and each place on this one needs its own.
                said = (words for words in shown(node.id) if words.field != TITLE)
                words = tuple(words._replace(field=f"{node.code}#{words.field}") for words in said)
                comparison = comparison._replace(heading=link(node.id, ""), words=words)
            if comparison.rows:
                yield comparison


def _compared(plan: Plan, page: Node) -> list[Node]:
    """Return what a page compares, the entry of the earlier edition first."""
    rows = [row for row in plan.links(page.id) if row.outgoing and row.relation == "compares"]
    nodes = [plan.node_by_id(row.other_id) for row in rows]
    return sorted(nodes, key=lambda node: plan.editions[node.edition].published)


def _comparison(plan: Plan, earlier: Node, later: Node, link: Link, messages: Messages) -> Comparison:
    pairs = list(_pairs(plan, earlier, later))
    names = [wording.edition_name(plan.editions[node.edition], plan.editions, messages) for node in (earlier, later)]
    return Comparison(
        heading=None,
        words=(),
        summary=_summary(pairs, messages),
        earlier=names[0],
        # TRANSLATORS: Heading of the column between the two editions: kept, recast, new, ended.
        outcome=messages.gettext("Outcome"),
        later=names[1],
        rows=tuple(_row(plan, pair, link, messages) for pair in pairs),
        # TRANSLATORS: In a table of two editions, where one of their documents has nothing like the entry.
        nothing=messages.gettext("Nothing in the supplied document"),
    )


def _pairs(plan: Plan, earlier: Node, later: Node) -> Iterator[_Pair]:
    """Yield the rows in the order of the earlier edition, then what was added, in that of the later one."""
    theirs = _with_parts(plan, later)
    ids = {node.id: node for node in theirs}
    for node in _with_parts(plan, earlier):
        for row in plan.links(node.id):
            if not row.outgoing or row.relation not in OUTCOMES:
                continue
            if row.relation == "ended" and plan.node_by_id(row.other_id).edition == later.edition:
                yield _Pair(node, row.relation, None)
            elif row.relation not in ("added", "ended") and row.other_id in ids:
                yield _Pair(node, row.relation, ids[row.other_id])
    for node in theirs:
        for row in plan.links(node.id):
            added = not row.outgoing and row.relation == "added"
            if added and plan.node_by_id(row.other_id).edition == earlier.edition:
                yield _Pair(None, row.relation, node)


def _with_parts(plan: Plan, node: Node) -> list[Node]:
    parts = plan.children(node.id, (plan.editions[node.edition].language,))
    return [found for found in (node, *(plan.node_by_id(row.id) for row in parts)) if found.kind != "section"]


def _row(plan: Plan, pair: _Pair, link: Link, messages: Messages) -> ComparisonRow:
    kinds = [node.kind for node in (pair.earlier, pair.later) if node is not None]
    return ComparisonRow(
        earlier=_side(plan, pair.earlier, link, messages) if pair.earlier else None,
        relation=pair.relation,
        mark=MARKS[pair.relation],
        outcome=wording.outcome_name(pair.relation, kinds[0], messages),
        later=_side(plan, pair.later, link, messages) if pair.later else None,
    )


def _side(plan: Plan, node: Node, link: Link, messages: Messages) -> Compared:
    """Return an entry and what it is; a number with when, and whether it was counted, planned or forecast."""
    figure = plan.figure(node) if node.kind == "figure" else None
    if figure is None:
        return Compared(link(node.id, wording.kind_name(node.kind, node.number, messages)), "")
    # Babel is slow to import, and few pages show a number.
    from minato_viewer.language import formats  # noqa: PLC0415

    # TRANSLATORS: Below a number: "January 1, 2024 · Counted".
    detail = messages.gettext(
        "{when} · {basis}",
        when=formats.when(figure.as_of, figure.until, messages),
        basis=wording.basis_name(figure.basis, messages),
    )
    return Compared(link(node.id, detail), formats.amount(figure.value, figure.unit, messages))


def _summary(pairs: list[_Pair], messages: Messages) -> str:
    nodes = [node for pair in pairs for node in (pair.earlier, pair.later) if node is not None]
    if any(node.kind == "figure" for node in nodes):
        return ""
    counts = Counter(pair.relation for pair in pairs)
    # TRANSLATORS: Stands between the counts of a line: "Kept: 5 · Recast: 1 · New: 2 · Ended: 1".
    return messages.gettext(" · ").join(
        # TRANSLATORS: How often an outcome occurs in a table: "Kept: 5".
        messages.gettext(
            "{outcome}: {count}", outcome=wording.outcome_name(relation, "", messages), count=counts[relation]
        )
        for relation in OUTCOMES
        if counts[relation]
    )
