"""Searches a plan file: one service for the window, the command line and keyboards on the screen. Without Qt.

Within each chunk of a tier (`search_rows`) the results in the reader's language come first, then those that hold the
words just as they were typed; so the order does not depend on how many results are asked for. Where results are alike
in all this, those of the office's own district come before those of other districts: within a chunk, so that it costs
no more questions, and no result that is not looked at anyway is read for it.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from minato_viewer.domain.districts import KIND, own_first
from minato_viewer.domain.plan import TITLE
from minato_viewer.language.folding import Span
from minato_viewer.language.tags import chain
from minato_viewer.planfile import soundness, suggest
from minato_viewer.planfile.headings import and_shown
from minato_viewer.planfile.opening import faults
from minato_viewer.planfile.query import Query, parse
from minato_viewer.planfile.reader import Plan
from minato_viewer.planfile.search_hits import Excerpt, Looking, Match, excerpt, texts_of
from minato_viewer.planfile.search_rows import Candidate, Index, Scope, Tier

_WITH_TITLES = (Tier.EXACT, Tier.NUMBER, Tier.START, Tier.TITLE)
_WHOLE = 10_000
"""Characters: a title is shown whole."""


class Step(NamedTuple):
    """One entry on the path to a result."""

    code: str
    title: str
    """Empty where the plan has none in any language of the reader's chain."""
    kind: str
    number: str


class Hit(NamedTuple):
    """One result."""

    code: str
    kind: str
    number: str
    title: str
    """In the reader's language, or the edition's own; empty where the document has none."""
    title_lang: str
    status: str
    """Whose words the title is (domain.plan.Status)."""
    stale: bool
    approved: bool
    """The city has approved the translation."""
    title_marks: tuple[Span, ...]
    """Empty unless the words stand in the title that is shown."""
    lang: str
    field: str
    snippet: Excerpt
    """Of the text that was found, which may be in another language than the title."""
    tier: Tier
    via: str
    """The word of the plan, or the reading, by which something typed otherwise was found."""
    path: tuple[Step, ...]
    """The entries above, the edition first."""


class Found(NamedTuple):
    """The first results of a search."""

    hits: tuple[Hit, ...]
    more: bool
    """There are others."""


class Search:
    """The search of an open plan, on a connection of its own: to be used by one thread at a time."""

    def __init__(self, plan: Plan, district: str = "") -> None:
        """Open the index for an office of `district`; PlanFault or Fault where there is none that can be used."""
        self._plan = plan
        self._district = district
        self._index = Index(plan)
        self.call_off = self._index.call_off
        self.close = self._index.close

    def find(self, text: str, lang: str, scope: Scope = Scope(), limit: int = 50) -> Found:  # noqa: B008 - frozen
        """Return the first `limit` results of a query in order, told in the language `lang`.

        Any string is a query. Superseded where `call_off` was called meanwhile.
        """
        query = parse(text)
        hits: list[Hit] = []
        for candidates in self._index.candidates(query, scope):
            if len(hits) >= limit:
                return Found(tuple(hits[:limit]), more=True)
            hits += self._told(query, candidates, lang)
        return Found(tuple(hits[:limit]), more=len(hits) > limit)

    def count(self, text: str, scope: Scope = Scope()) -> int:  # noqa: B008 - frozen
        """Return how many results a query has in all."""
        return self._index.count(parse(text), scope)

    def tier(self, text: str) -> Tier | None:
        """Return why the first result of a query is one; None where there is none. No entry is looked at for it."""
        first = next(self._index.candidates(parse(text), Scope()), None)
        return first[0].tier if first else None

    def near_words(self, text: str) -> tuple[str, ...]:
        """Return words of the plan that look like the query, for one that finds nothing."""
        return suggest.near_words(self._index.ask, text)

    def suggest(self, prefix: str, script: suggest.Script, limit: int = 8) -> suggest.Suggestions:
        """Return what may follow `prefix` on the keyboard of a script: the next keys, and whole words."""
        return suggest.suggestions(self._index.ask, prefix, script, limit)

    # -- what a result shows ---------------------------------------------------------------------

    def _told(self, query: Query, candidates: list[Candidate], lang: str) -> Iterator[Hit]:
        """Yield the results of a chunk, those of the reader's language first."""
        ids = {candidate.rank: self._index.node_id(candidate.rank) for candidate in candidates}
        titles = all(candidate.tier in _WITH_TITLES for candidate in candidates)
        with faults(self._index.path):
            texts = texts_of(self._index.ask, list(ids.values()), titles=titles, references=self._plan.references)
            readings = self._readings(candidates, ids)
            nodes = self._nodes(ids.values(), lang)
        looking = Looking(query, chain(lang, ""))
        found: list[_Row] = []
        for candidate in candidates:
            node_id = ids[candidate.rank]
            if not texts.get(node_id):
                continue  # reached by its number alone, and without a text in any language: see below
            match = looking.match(candidate, texts[node_id], readings.get(node_id, []))
            foreign = match.lang not in chain(lang, "")
            found.append((foreign, not match.exact, candidate.rank, candidate, match))
        without = [candidate for candidate in candidates if not texts.get(ids[candidate.rank])]
        for candidate in without:
            found.append((False, False, candidate.rank, candidate, Match("", "", "", (), exact=True)))
        found.sort(key=lambda row: row[:3])
        for *_, candidate, match in self._arranged(found, ids, nodes):
            yield self._hit(ids[candidate.rank], candidate, match, nodes)

    def _arranged(self, found: list["_Row"], ids: dict[int, int], nodes: dict[int, "_Node"]) -> list["_Row"]:
        """Return results of one tier with those of the own district first, among those that are alike."""
        if not self._district:
            return found
        arranged: list[_Row] = []
        for _, alike in groupby(found, key=lambda row: row[:2]):
            rows = list(alike)
            arranged += own_first(rows, [_district_of(ids[row[2]], nodes) for row in rows], self._district)
        return arranged

    def _hit(self, node_id: int, candidate: Candidate, match: Match, nodes: dict[int, "_Node"]) -> Hit:
        node = nodes[node_id]
        path: list[Step] = []
        above = node.parent_id
        while above is not None:
            parent = nodes[above]
            path.append(Step(parent.code, parent.title, parent.kind, parent.number))
            above = parent.parent_id
        # Plain Japanese may have the very title that Japanese has.
        in_title = match.field == TITLE and (match.lang == node.title_lang or match.text == node.title)
        return Hit(
            code=node.code,
            kind=node.kind,
            number=node.number,
            title=node.title,
            title_lang=node.title_lang,
            status=node.status,
            stale=node.stale,
            approved=node.approved,
            title_marks=match.marks if in_title else (),
            lang=node.title_lang if in_title else match.lang,
            field=match.field,
            snippet=excerpt(match.text, match.marks, _WHOLE if in_title else 90),
            tier=candidate.tier,
            via=match.via,
            path=tuple(path[::-1]),
        )

    def _readings(self, candidates: list[Candidate], ids: dict[int, int]) -> dict[int, list[str]]:
        wanted = [ids[candidate.rank] for candidate in candidates if candidate.way and candidate.way.expression]
        if not wanted:
            return {}
        rows = self._index.ask(
            f"SELECT node_id, text FROM readings WHERE node_id IN ({', '.join('?' * len(wanted))})"
            " AND field = 'title' AND lang LIKE 'ja%' ORDER BY 1, lang",
            *wanted,
        )
        soundness.columns(rows, soundness.READING)
        found: dict[int, list[str]] = {}
        for node_id, reading in rows:
            found.setdefault(node_id, []).append(reading)
        return found

    def _nodes(self, ids: Iterable[int], lang: str) -> dict[int, "_Node"]:
        """Return the entries of `ids` and all above them, each with its title for a reader of `lang`."""
        rows: dict[int, tuple[str, str, int | None, str, str]] = {}
        wanted = set(ids)
        while wanted:
            marks = ", ".join("?" * len(wanted))
            sql = f"SELECT id, code, edition, parent_id, kind, number FROM nodes WHERE id IN ({marks})"
            found = self._index.ask(sql, *wanted)
            soundness.columns(found, soundness.PLACE)
            fresh = {row[0]: row[1:] for row in found}
            if wanted - fresh.keys() or {row[1] for row in fresh.values()} - self._plan.editions.keys():
                raise ValueError(wanted)
            # What is above comes before: so every way up has an end.
            if any(row[2] is not None and row[2] >= node_id for node_id, row in fresh.items()):
                raise ValueError(wanted)
            rows |= fresh
            wanted = {row[2] for row in fresh.values() if row[2] is not None} - rows.keys()
        titles: dict[int, dict[str, tuple[str, str, bool, bool]]] = {}
        marks = ", ".join("?" * len(rows))
        shown = "" if self._plan.references else and_shown("texts", approvals=True)
        sql = (
            "SELECT node_id, lang, text, status, stale, approved_by != '' FROM texts"
            f" WHERE ordinal = 0 AND node_id IN ({marks}){shown}"
        )
        told = self._index.ask(sql, *rows)
        soundness.columns(told, soundness.TITLE)
        for node_id, text_lang, text, status, stale, approved in told:
            titles.setdefault(node_id, {})[text_lang] = (text, status, bool(stale), bool(approved))
        nodes: dict[int, _Node] = {}
        for node_id, (code, edition, parent_id, kind, number) in rows.items():
            known = titles.get(node_id, {})
            tags = chain(lang, self._plan.editions[edition].language)
            title_lang = next((tag for tag in tags if tag in known), "")
            title, status, stale, approved = known.get(title_lang, ("", "", False, False))
            nodes[node_id] = _Node(code, parent_id, kind, number, title, title_lang, status, stale, approved)
        return nodes


class _Node(NamedTuple):
    code: str
    parent_id: int | None
    kind: str
    number: str
    title: str
    title_lang: str
    status: str
    stale: bool
    approved: bool


_Row = tuple[bool, bool, int, Candidate, Match]
"""A result before it is told: whether it is of another language, whether typed otherwise, its rank."""


def _district_of(node_id: int, nodes: dict[int, _Node]) -> str:
    """Return the code of the district that an entry is or stands below; "" for none."""
    above: int | None = node_id
    while above is not None and nodes[above].kind != KIND:
        above = nodes[above].parent_id
    return "" if above is None else nodes[above].code
