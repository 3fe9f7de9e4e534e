"""True facts of the plan for the attract screen: its numbers, each with what it counts, when, and how it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from minato_viewer.language.catalogues import messages
from minato_viewer.pages.blocks import Figures

if TYPE_CHECKING:
    from minato_viewer.pages.compose import Composer
    from minato_viewer.planfile.reader import Plan


class Fact(NamedTuple):
    """One number of the plan in one language."""

    lang: str
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


def fact(composer: Composer, code: str, tag: str) -> Fact | None:
    """Return a number of the plan for readers of `tag`; None where its page shows none."""
    page = composer.page(code, messages(tag))
    rows = [row for block in page.blocks if isinstance(block, Figures) for row in block.rows]
    if not rows or page.title is None:
        return None
    row = rows[0]
    return Fact(tag, page.heading, row.amount, f"{row.when} · {row.basis}", row.link.mark)
