"""True facts of the plan for the attract screen: its numbers, each with what it counts, when, and how it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import chain
from minato_viewer.pages.blocks import Figures

if TYPE_CHECKING:
    from minato_viewer.planfile.reader import Plan
    from minato_viewer.ui.shell.context import Context


class Fact(NamedTuple):
    """One number of the plan in one language."""

    lang: str
    within: str
    """The entry whose number it is."""
    title: str
    amount: str
    remark: str
    """When, and whether it was counted, is planned or is a forecast."""
    mark: str
    """That the words are our translation; empty where they are the city's."""


def figures(plan: Plan, edition: str) -> tuple[str, ...]:
    """Return the codes of the numbers of an edition, in the plan's order."""
    node = plan.node(edition)
    return tuple(code for code, kind in plan.codes_from(node) if kind == "figure") if node is not None else ()


def fact(context: Context, code: str, tag: str) -> Fact | None:
    """Return a number of the plan for readers of `tag`; None where its page shows none."""
    page = context.composer.page(code, messages(tag))
    rows = [row for block in page.blocks if isinstance(block, Figures) for row in block.rows]
    if not rows or page.title is None:
        return None
    row = rows[0]
    within = _above(context.plan, code, tag)
    return Fact(tag, within, page.heading, row.amount, f"{row.when} · {row.basis}", row.link.mark)


def _above(plan: Plan, code: str, tag: str) -> str:
    """Return the title of the entry above `code`; empty where it has none."""
    node = plan.node(code)
    if node is None or node.parent_id is None:
        return ""
    tags = chain(tag, plan.editions[node.edition].language)
    return plan.headings([node.parent_id], tags)[node.parent_id].title
