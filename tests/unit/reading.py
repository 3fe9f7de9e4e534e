"""Pages as tests ask for them: in a language, on a day, with the viewer's own sentences in English."""

from datetime import date
from gettext import NullTranslations
from typing import Any, TypeVar

from minato_viewer.language.catalogues import Messages
from minato_viewer.pages.blocks import (
    Comparison,
    DistrictMap,
    EntryLink,
    Figures,
    Imprint,
    Links,
    Notice,
    Page,
    Paragraph,
    WhereNext,
)
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.offices import Office
from minato_viewer.planfile.reader import Plan

TODAY = date(2026, 11, 22)
B = TypeVar("B")


def untranslated(tag: str) -> Messages:
    """Return messages of `tag` that say the viewer's own sentences in English, whatever stands in i18n/."""
    return Messages(tag, NullTranslations())


def compose(
    plan: Plan, code: str, tag: str, today: date = TODAY, offices: tuple[Office, ...] = (), **options: Any
) -> Page:
    return Composer(plan, today, offices).page(code, untranslated(tag), **options)


def blocks(page: Page, kind: type[B]) -> list[B]:
    return [block for block in page.blocks if isinstance(block, kind)]


def notices(page: Page) -> list[str]:
    return [notice.text for notice in blocks(page, Notice)]


def links(page: Page, heading: str) -> list[EntryLink]:
    return [link for block in blocks(page, Links) if block.heading == heading for link in block.links]


def every_text(page: Page) -> list[str]:  # noqa: C901 - a case for every kind of block
    """Return every text that a reader of the page must be given."""
    texts = [page.kicker, page.title_remark, page.heading, *(link.title for link in page.path)]
    for block in page.blocks:
        match block:
            case Notice():
                texts.append(block.text)
            case Paragraph():
                texts += [block.words.text, block.caption, block.remark]
            case Figures():
                texts.append(block.caption)
                for row in block.rows:
                    texts += [row.link.title, row.link.mark, row.amount, row.when, row.basis]
            case Comparison():
                texts += _compared(block)
            case DistrictMap():
                texts += [block.remark, *(link.title for row in block.rows for link in row)]
            case Links():
                texts += [block.heading, block.remark]
                texts += [text for link in block.links for text in (link.number, link.title, link.mark, link.detail)]
            case WhereNext():
                texts.append(block.heading)
                for office in block.offices:
                    texts += [office.name, office.remark]
                    texts += [text for line in office.lines for text in (line.label, line.text)]
            case Imprint():
                texts += block.lines
    return [text for text in texts if text]


def _compared(block: Comparison) -> list[str]:
    texts = [block.summary, block.earlier, block.outcome, block.later]
    texts += [block.heading.title] if block.heading else []
    texts += [words.text for words in block.words]
    for row in block.rows:
        texts += [row.mark, row.outcome]
        sides = [side for side in (row.earlier, row.later) if side is not None]
        for side in sides:
            texts += [side.link.title, side.link.mark, side.link.detail, side.amount]
        texts += [block.nothing] * (2 - len(sides))
    return texts
