"""Gives the Japanese texts of a page their furigana: how a reader of few kanji reads them.

The words themselves stay as they are. Whoever shows the page puts the readings above them.
"""

from collections.abc import Iterator, Mapping

from minato_viewer.domain.plan import RubyRun
from minato_viewer.language.tags import JAPANESE
from minato_viewer.pages.blocks import Block, Chart, ChartRow, EntryLink, Figures, Links, Page, Paragraph, Words
from minato_viewer.planfile.reader import Plan

_Rubies = Mapping[tuple[str, str], tuple[RubyRun, ...]]


def with_furigana(page: Page, plan: Plan) -> Page:
    """Return `page`, which was composed from `plan`, with the furigana of its words and of the titles it links to."""
    words = _Annotator(plan.rubies(page.node_id), plan.title_rubies(dict.fromkeys(link.code for link in _links(page))))
    return page._replace(
        title=words.of_words(page.title) if page.title else None,
        path=tuple(map(words.of_link, page.path)),
        blocks=tuple(map(words.of_block, page.blocks)),
    )


class _Annotator:
    """Puts readings to the texts that they belong to, by field and by code, each in the language of the text."""

    def __init__(self, fields: _Rubies, titles: _Rubies) -> None:
        self._fields = fields
        self._titles = titles

    def of_words(self, words: Words) -> Words:
        found = self._fields.get((words.field, words.lang), ())
        return words._replace(rubies=found) if found and words.lang in JAPANESE else words

    def of_link(self, link: EntryLink) -> EntryLink:
        found = self._titles.get((link.code, link.lang), ())
        return link._replace(rubies=found) if found and link.lang in JAPANESE else link

    def of_chart_row(self, row: ChartRow) -> ChartRow:
        found = self._titles.get((row.code, row.lang), ())
        return row._replace(rubies=found) if found and row.lang in JAPANESE else row

    def of_block(self, block: Block) -> Block:
        match block:
            case Paragraph():
                return block._replace(words=self.of_words(block.words))
            case Chart():
                return block._replace(rows=tuple(map(self.of_chart_row, block.rows)))
            case Figures():
                return block._replace(rows=tuple(row._replace(link=self.of_link(row.link)) for row in block.rows))
            case Links():
                return block._replace(links=tuple(map(self.of_link, block.links)))
            case _:
                return block


def _links(page: Page) -> Iterator[EntryLink]:
    yield from page.path
    for block in page.blocks:
        if isinstance(block, Figures):
            yield from (row.link for row in block.rows)
        elif isinstance(block, Links):
            yield from block.links
