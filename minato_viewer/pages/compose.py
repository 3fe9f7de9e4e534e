"""Composes the page of an entry for a reader: which words, in which language, with every truth about them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from minato_viewer.domain.faults import RequestFault
from minato_viewer.domain.handover import code_for
from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import ARRANGEMENT, TITLE, Edition, Figure, field_name
from minato_viewer.language.catalogues import Messages
from minato_viewer.language.tags import chain
from minato_viewer.pages import notices, wording
from minato_viewer.pages.blocks import Block, Chart, EntryLink, FigureRow, Figures, Links, Page, Paragraph, Role, Words
from minato_viewer.pages.imprint import imprint, lines_beside
from minato_viewer.pages.relations import Relations
from minato_viewer.planfile.reader import Heading, Node, Plan, TextRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from minato_viewer.pages.blocks import Imprint, WhereNext
    from minato_viewer.pages.offices import Office

PARTS = N_("In this part")
"""Heading of the list of entries below one."""
MOST_CHILDREN = 60
"""So many entries of a part are listed on its page; the tree has all of them."""


class Composer:
    """Composes pages of one plan file. `today` decides what is over; it is a parameter so that it can be tested.

    Whether reference translations are shown is the plan's to say (`Plan.without_references`).
    """

    def __init__(self, plan: Plan, today: date, offices: tuple[Office, ...] = (), *, district: str = "") -> None:
        """Compose from `plan` as of `today`, with `offices` below the plan's text.

        Pages list the district of this name (`domain.districts`) before the others. Paper does, too: what is printed
        is the page that staff and visitor have before them. Previous and next follow the plan.
        """
        self._plan = plan
        self._district = district
        self._today = today
        self._offices = offices

    def of(self, plan: Plan) -> Composer:
        """Return one that composes from `plan`, and is else like this one."""
        from copy import copy  # noqa: PLC0415 - few need another one

        other = copy(self)
        other._plan = plan
        return other

    def page(self, code: str, messages: Messages, *, own_words: bool = False, furigana: bool = False) -> Page:
        """Return the page of `code` in the language of `messages`.

        With `own_words` the plan's texts are the edition's own and only the viewer's sentences follow the
        reader. With `furigana` Japanese texts carry their readings. Raises RequestFault for an unknown code.
        """
        page = self._page(code, messages, own_words=own_words)
        if not furigana:
            return page
        from minato_viewer.pages.furigana import with_furigana  # noqa: PLC0415 - only for those who want it

        return with_furigana(page, self._plan)

    def _page(self, code: str, messages: Messages, *, own_words: bool) -> Page:
        node = self._plan.node(code)
        if node is None:
            raise unknown_code(code)
        edition = self._plan.editions[node.edition]
        rows = self._plan.texts(node.id)
        tags = chain(messages.tag, edition.language)
        own_words_differ = edition.is_plan and any(row.lang != edition.language for row in _choose(node, rows, tags))
        own_words = own_words and own_words_differ
        tags = (edition.language,) if own_words else tags
        shown = _choose(node, rows, tags)
        title = next((words for words in shown if words.field == TITLE), None)
        remarks = self._remarks(shown, messages, own_words=own_words)
        above = self._plan.ancestors(node)
        lineage = [*map(self._plan.node_by_id, above), node]
        before, after = self._plan.neighbours(node)
        headings = self._plan.headings([*above, *(i for i in (before, after) if i)], tags)

        def link(node_id: int | None) -> EntryLink | None:
            return self._link(headings[node_id], messages) if node_id else None

        return Page(
            code=node.code,
            node_id=node.id,
            lang=messages.tag,
            kicker=self._kicker(node, edition, messages),
            title=title,
            heading=title.text if title else wording.missing_title(node.kind, node.number, messages),
            path=tuple(self._link(headings[node_id], messages) for node_id in above),
            blocks=tuple(self._arranged(self._blocks(lineage, rows, shown, tags, messages, own_words=own_words))),
            previous=link(before),
            next=link(after),
            own_words=own_words,
            own_words_differ=own_words_differ,
            # TRANSLATORS: Beside the kind of an entry: {remark} says whose words its title is, or where it stands.
            title_remark=messages.gettext("Title: {remark}", remark=remarks[TITLE]) if TITLE in remarks else "",
            references=self._plan.references,
        )

    def _arranged(self, blocks: Iterable[Block]) -> Iterable[Block]:
        """List this office's own district first."""
        if not self._district:
            return blocks
        from minato_viewer.pages.own_district import arranged  # noqa: PLC0415 - for offices of a district

        return arranged(blocks, self._plan, self._district)

    def _remarks(self, shown: list[Words], messages: Messages, *, own_words: bool) -> dict[str, str]:
        """Return what stands beside single texts, by field."""
        return lines_beside(shown, messages) if own_words else notices.beside(shown, messages)

    def _kicker(self, node: Node, edition: Edition, messages: Messages) -> str:
        if node.kind == "edition":
            return wording.edition_name(edition, self._plan.editions, messages)
        return wording.kind_name(node.kind, node.number, messages)

    def _blocks(
        self,
        lineage: list[Node],
        rows: list[TextRow],
        shown: list[Words],
        tags: tuple[str, ...],
        messages: Messages,
        *,
        own_words: bool,
    ) -> Iterable[Block]:
        node = lineage[-1]
        edition = self._plan.editions[node.edition]
        references = self._plan.references
        remarks = self._remarks(shown, messages, own_words=own_words)
        yield from notices.about_words(shown, edition, messages, own_words=own_words, references=references)
        yield from notices.about_validity(lineage, edition, self._plan.editions, messages, self._today)
        yield from notices.about_kind(node, self._plan.figure(node), shown, messages)
        relations = Relations(self._plan, lineage, partial(self._other, messages=messages), messages)
        yield from relations.notices()
        for words in shown:
            if words.field != TITLE:
                yield self._paragraph(words, messages)._replace(remark=remarks.get(words.field, ""))
        children = self._plan.children(node.id, tags, limit=MOST_CHILDREN)
        figures = [row for row in children if row.kind == "figure"]
        own = self._plan.headings([node.id], tags).values() if node.kind == "figure" else ()
        numbers = self._numbers([*own, *figures], messages)
        yield from self._figures(numbers, edition, messages)
        yield from self._where_next(lineage, messages)
        yield from self._drawn(node, relations, messages)
        yield from self._parts(node, [row for row in children if row.kind != "figure"], messages)
        yield from relations.lists()
        sources = [figure.source for _, figure in numbers]
        yield _with_handover(imprint(edition, self._plan.editions, rows, sources, messages), node, messages)

    def _paragraph(self, words: Words, messages: Messages) -> Paragraph:
        role = Role(field_name(words.field))
        caption = messages.gettext(_CAPTIONS[role]) if role in _CAPTIONS else ""
        return Paragraph(role, words, caption)

    def _where_next(self, lineage: list[Node], messages: Messages) -> Iterable[WhereNext]:
        if self._offices:
            # Where a city has made no such file, nothing of it is loaded.
            from minato_viewer.pages.offices import where_next  # noqa: PLC0415

            yield from where_next(self._offices, self._plan, lineage, messages, self._district)

    def _link(self, heading: Heading, messages: Messages, detail: str = "") -> EntryLink:
        mark = wording.title_mark(heading, messages)
        title = heading.title or wording.missing_title(heading.kind, heading.number, messages)
        return EntryLink(
            heading.code,
            heading.number,
            title,
            heading.lang or messages.tag,
            detail,
            reference=bool(mark),
            mark=mark,
        )

    def _numbers(self, headings: list[Heading], messages: Messages) -> list[tuple[FigureRow, Figure]]:
        if not headings:
            return []
        # Babel is slow to import and few pages show a number, so it is not loaded before one does.
        from minato_viewer.language import formats  # noqa: PLC0415

        numbers: list[tuple[FigureRow, Figure]] = []
        for heading in headings:
            figure = self._plan.figure(self._plan.node_by_id(heading.id))
            if figure is None:
                continue
            row = FigureRow(
                link=self._link(heading, messages),
                amount=formats.amount(figure.value, figure.unit, messages),
                when=formats.when(figure.as_of, figure.until, messages),
                basis=wording.basis_name(figure.basis, messages),
                forecast=figure.basis.value == "forecast",
                source=figure.source,
            )
            numbers.append((row, figure))
        return numbers

    def _figures(
        self, numbers: list[tuple[FigureRow, Figure]], edition: Edition, messages: Messages
    ) -> Iterable[Chart | Figures]:
        caption = messages.gettext("Figures")
        if len(numbers) > 1:
            # Few pages have anything to draw; a number on its own is a row of the table.
            from minato_viewer.pages.charts import charts  # noqa: PLC0415

            for chart in charts(numbers, edition, caption, messages):
                yield chart
                caption = ""
        if numbers:
            yield Figures(caption, tuple(row for row, _ in numbers))

    def _parts(self, node: Node, children: list[Heading], messages: Messages) -> Iterable[Links]:
        if not children:
            return
        more = node.children - MOST_CHILDREN
        remark = (
            messages.ngettext("{count} more entry is in the tree.", "{count} more entries are in the tree.", more)
            if more > 0
            else ""
        )
        yield Links(messages.gettext(PARTS), tuple(self._link(row, messages) for row in children), remark)

    def _other(self, node_id: int, detail: str, messages: Messages) -> EntryLink:
        """Return the way to an entry of any edition, with a detail below its title."""
        heading = self._plan.headings([node_id], self._tags_of(node_id, messages))[node_id]
        return self._link(heading, messages, detail)

    def _tags_of(self, node_id: int, messages: Messages) -> tuple[str, ...]:
        """Return in which languages an entry of any edition is said to this reader."""
        return chain(messages.tag, self._plan.editions[self._plan.node_by_id(node_id).edition].language)

    def _drawn(self, node: Node, relations: Relations, messages: Messages) -> Iterable[Block]:
        """Yield what few pages have, from modules that only those pages need."""

        def shown(node_id: int) -> list[Words]:
            return _choose(self._plan.node_by_id(node_id), self._plan.texts(node_id), self._tags_of(node_id, messages))

        if relations.compares:
            from minato_viewer.pages.comparison import comparisons  # noqa: PLC0415 - only pages that compare

            yield from comparisons(self._plan, node, relations.link, shown, messages)
        if ARRANGEMENT + node.code in self._plan.properties:
            from minato_viewer.pages.districts import district_map  # noqa: PLC0415 - only a page with a drawing

            yield from district_map(self._plan, node, relations.link, shown, messages)


_CAPTIONS = {
    Role.NOTE: N_("Editor's note (not in the plan)"),
    # TRANSLATORS: Above the name of a district's office.
    Role.OFFICE: N_("District office"),
    # TRANSLATORS: Before the street address of an office.
    Role.ADDRESS: N_("Address"),
}


def _with_handover(found: Imprint, node: Node, messages: Messages) -> Imprint:
    """Say by which code another screen opens this page in this language."""
    code = code_for(node.short, messages.tag)
    if not code:
        return found
    # TRANSLATORS: At the foot of a page: a short code such as K7P-4M, to be typed at another desk.
    return found._replace(handover=messages.gettext("Code that opens this page: {code}", code=code))


def unknown_code(code: str) -> RequestFault:
    """Return the fault of a code that no entry has."""
    return RequestFault(N_("There is no entry with the code {code}: codes look like 2021/policy/4."), code=code)


def _choose(node: Node, rows: list[TextRow], tags: tuple[str, ...]) -> list[Words]:
    """Return each field that the page shows once, in the first language of `tags` that has it."""
    fields: dict[int, dict[str, TextRow]] = {}
    for row in rows:
        fields.setdefault(row.ordinal, {})[row.lang] = row
    chosen: list[Words] = []
    for ordinal in sorted(fields):
        row = next((fields[ordinal][tag] for tag in tags if tag in fields[ordinal]), None)
        if row is not None and not _said_by_kicker(node, row):
            chosen.append(
                Words(
                    row.field, row.lang, row.text, row.status, row.stale, row.source, row.approved_by, row.approved_on
                )
            )
    return chosen


def _said_by_kicker(node: Node, row: TextRow) -> bool:
    """Whether a printed label only repeats kind and number, which stand above the title in the page's language."""
    return bool(node.number) and row.field == "label.1" and node.kind in ("issue", "policy")
