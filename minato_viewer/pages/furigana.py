"""Gives the Japanese texts of a page their furigana: how a reader of few kanji reads them.

The words themselves stay as they are. Whoever shows the page puts the readings above them.
"""

from collections.abc import Mapping

from minato_viewer.domain.plan import RubyRun
from minato_viewer.language.tags import JAPANESE
from minato_viewer.pages.blocks import (
    Block,
    Chart,
    ChartRow,
    Compared,
    Comparison,
    DistrictMap,
    EntryLink,
    Figures,
    Links,
    Page,
    Paragraph,
    Words,
    all_links,
)
from minato_viewer.pages.districts import LABEL
from minato_viewer.planfile.reader import Plan

_Rubies = Mapping[tuple[str, str], tuple[RubyRun, ...]]


def with_furigana(page: Page, plan: Plan) -> Page:
    """Return `page`, which was composed from `plan`, with the furigana of its words and of the titles it links to."""
    words = _Annotator(page, plan)
    return page._replace(
        title=words.of_words(page.title) if page.title else None,
        path=tuple(map(words.of_link, page.path)),
        blocks=tuple(map(words.of_block, page.blocks)),
    )


class _Annotator:
    """Puts readings to the texts that they belong to, by field and by code, each in the language of the text."""

    def __init__(self, page: Page, plan: Plan) -> None:
        self._plan = plan
        self._fields = plan.rubies(page.node_id)
        self._titles = plan.title_rubies(dict.fromkeys(link.code for link in all_links(page)))

    def _rubies_of(self, code: str) -> _Rubies:
        node = self._plan.node(code)
        return self._plan.rubies(node.id) if node else {}

    def of_words(self, words: Words) -> Words:
        # On a page that shows words of others, too, their field says whose they are.
        code, _, field = words.field.rpartition("#")
        found = (self._rubies_of(code) if code else self._fields).get((field, words.lang), ())
        return words._replace(rubies=found) if found and words.lang in JAPANESE else words

    def of_link(self, link: EntryLink) -> EntryLink:
        found = self._titles.get((link.code, link.lang), ())
        return link._replace(rubies=found) if found and link.lang in JAPANESE else link

    def of_label(self, link: EntryLink) -> EntryLink:
        """Return a link that is called by the entry's label, or by its title where it has none."""
        found = self._rubies_of(link.code).get((LABEL, link.lang), ())
        return link._replace(rubies=found) if found and link.lang in JAPANESE else self.of_link(link)

    def of_chart_row(self, row: ChartRow) -> ChartRow:
        found = self._titles.get((row.code, row.lang), ())
        return row._replace(rubies=found) if found and row.lang in JAPANESE else row

    def of_side(self, side: Compared | None) -> Compared | None:
        return side._replace(link=self.of_link(side.link)) if side else None

    def of_comparison(self, block: Comparison) -> Comparison:
        rows = (row._replace(earlier=self.of_side(row.earlier), later=self.of_side(row.later)) for row in block.rows)
        return block._replace(
            heading=self.of_link(block.heading) if block.heading else None,
            words=tuple(map(self.of_words, block.words)),
            rows=tuple(rows),
        )

    def of_block(self, block: Block) -> Block:
        match block:
            case Paragraph():
                return block._replace(words=self.of_words(block.words))
            case Chart():
                return block._replace(rows=tuple(map(self.of_chart_row, block.rows)))
            case Figures():
                return block._replace(rows=tuple(row._replace(link=self.of_link(row.link)) for row in block.rows))
            case Comparison():
                return self.of_comparison(block)
            case DistrictMap():
                return block._replace(rows=tuple(tuple(map(self.of_label, row)) for row in block.rows))
            case Links():
                return block._replace(links=tuple(map(self.of_link, block.links)))
            case _:
                return block
