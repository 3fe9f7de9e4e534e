"""How an entry is related to others: what became of it, where it comes from, what is like it, its topics."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import OUTCOMES
from minato_viewer.language.catalogues import Messages
from minato_viewer.pages import notices, wording
from minato_viewer.pages.blocks import EntryLink, Links, Notice
from minato_viewer.planfile.reader import LinkRow, Node, Plan

Link = Callable[[int, str], EntryLink]
"""Makes the way to an entry of any edition, with a detail below its title."""


class _Group(NamedTuple):
    """A list of links of some relations, from this entry, to it, or both."""

    relations: tuple[str, ...]
    outgoing: tuple[bool, ...]
    heading: str


_GROUPS = (
    _Group(("kept", "recast"), (True,), N_("What became of it in the revision")),
    _Group(("kept", "recast"), (False,), N_("Where it comes from in the earlier edition")),
    # TRANSLATORS: Heading above a number of another edition that counts something else, so that none compares the two.
    _Group(("unlike",), (True, False), N_("Not to be compared: a number of the other edition")),
    _Group(("related",), (True, False), N_("Related entries")),
)


class Relations:
    """The links of one entry, said to one reader."""

    def __init__(self, plan: Plan, lineage: list[Node], link: Link, messages: Messages) -> None:
        """Say the links of the last of `lineage`, which is what stands above it and then itself."""
        self.link = link
        self._plan = plan
        self._lineage = lineage
        self._node = lineage[-1]
        self._messages = messages
        self._links = plan.links(self._node.id)

    @property
    def compares(self) -> bool:
        """Whether this is a page that sets two editions side by side."""
        return any(row.relation == "compares" and row.outgoing for row in self._links)

    def notices(self) -> Iterable[Notice]:
        """Say of an entry that another edition's document has nothing like it."""
        # Of an edition itself nothing is said: it stands for what it does not have. What came before is said first.
        links = sorted(self._links, key=lambda row: row.outgoing) if self._node.kind != "edition" else ()
        for row in links:
            if row.relation in ("added", "ended"):
                other = self._plan.node_by_id(row.other_id).edition
                yield notices.about_outcome(self._node, row.relation, other, self._plan.editions, self._messages)

    def lists(self) -> Iterable[Links]:
        """List the ways from here to others, a list for each kind of relation."""
        for group in _GROUPS:
            rows = [row for row in self._links if row.relation in group.relations and row.outgoing in group.outgoing]
            if rows:
                found = {row.other_id: self._detailed(row) for row in rows}
                remark = self._ours if any(row.origin == "viewer" for row in rows) else ""
                yield Links(self._messages.gettext(group.heading), tuple(found.values()), remark)
        yield from self._beside()
        yield from self._topics()
        yield from self._reached()

    @property
    def _ours(self) -> str:
        return self._messages.gettext("These links were made by this viewer, not by the city.")

    def _detailed(self, row: LinkRow) -> EntryLink:
        other = self._plan.node_by_id(row.other_id)
        messages = self._messages
        # TRANSLATORS: Under a linked title: the edition it stands in, and what it is ("2024 revision · Field 2").
        detail = messages.gettext(
            "{edition} · {entry}",
            edition=wording.edition_name(self._plan.editions[other.edition], self._plan.editions, messages),
            entry=wording.kind_name(other.kind, other.number, messages),
        )
        if row.relation in OUTCOMES:
            outcome = wording.outcome_name(row.relation, other.kind, messages)
            # TRANSLATORS: Under a linked title, with what became of the entry: "2024 revision · Field 2 · Kept".
            detail = messages.gettext("{entry} · {outcome}", entry=detail, outcome=outcome)
        return self.link(other.id, detail)

    def _beside(self) -> Iterable[Links]:
        """Lead to the pages that set this entry beside its like, or the nearest thing that holds it."""
        pages = _comparing(self._links)
        if not pages and any(row.relation in OUTCOMES for row in self._links):
            for node in self._lineage[-2::-1]:
                pages = pages or _comparing(self._plan.links(node.id))
        if pages:
            found = tuple(self.link(node_id, "") for node_id in pages)
            yield Links(self._messages.gettext("Both editions side by side"), found)

    def _topics(self) -> Iterable[Links]:
        """Lead to the topics of an entry; a number has those of what it stands in where it has none of its own."""
        rows = self._links
        if self._node.kind == "figure" and not any(row.relation == "topic" for row in rows):
            rows = self._plan.links(self._lineage[-2].id)
        topics = sorted({row.other_id for row in rows if row.relation == "topic" and not row.outgoing})
        if topics:
            # TRANSLATORS: Heading of a list of topics of life ("Disasters and safety") that an entry belongs to.
            yield Links(self._messages.gettext("Topics"), tuple(self.link(node_id, "") for node_id in topics))

    def _reached(self) -> Iterable[Links]:
        """List what a topic leads to, an edition at a time, the latest first."""
        rows = [row for row in self._links if row.relation == "topic" and row.outgoing]
        entries = [self._plan.node_by_id(row.other_id) for row in rows]
        editions = {entry.edition: self._plan.editions[entry.edition] for entry in entries}
        for edition in sorted(editions.values(), key=lambda edition: edition.published, reverse=True):
            found = [
                self.link(entry.id, wording.kind_name(entry.kind, entry.number, self._messages))
                for entry in entries
                if entry.edition == edition.code
            ]
            name = wording.edition_name(edition, self._plan.editions, self._messages)
            yield Links(name, tuple(found), self._ours)


def _comparing(links: list[LinkRow]) -> list[int]:
    """Return the pages that compare the entry that was asked about."""
    return [row.other_id for row in links if row.relation == "compares" and not row.outgoing]
