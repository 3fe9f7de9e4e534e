"""A page as rich text in the HTML subset of Qt: structure and classes only; colours, sizes and fonts are the theme's.

Every text carries the class of its language, so that each is set in its own regional character shapes,
and every field an anchor of its name, so that a place on the page survives a change of language.
"""

from collections.abc import Iterable
from itertools import groupby

from minato_viewer.pages.blocks import (
    Block,
    Chart,
    EntryLink,
    FigureRow,
    Figures,
    Imprint,
    Links,
    Notice,
    Page,
    Paragraph,
    Role,
    Words,
)

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})

ENTRY_SCHEME = "entry"
CHART_SCHEME = "chart"
TOP = "top"

_LISTED = (Role.ITEM, Role.EXAMPLE)
_HEADINGS = (Role.HEADING, Role.EXAMPLE_HEADING)
_BOXES = {"own": "own", "reference": "reference", "over": "over", "caution": "reference", "missing": "over"}


def rich_text(page: Page) -> str:
    """Return the body of `page` as HTML; its neighbours are the window's to show.

    The picture of the page's chart N is the image `chart:N`, which whoever shows the page is to draw.
    """
    parts = [
        _path(page),
        f'<p class="kicker {css(page.lang)}"><a name="{TOP}"></a>{escape(page.kicker)}</p>',
        _title(page),
    ]
    for kind, run in groupby(page.blocks, key=_list_kind):
        if kind is None:
            parts += [_block(block, page.lang) for block in run]
        else:
            parts.append(_list(run))
    return "".join(parts)


def escape(text: str) -> str:
    """Return `text` with what HTML would take for markup quoted."""
    return text.translate(_ESCAPES)


def css(tag: str) -> str:
    """Return the class of a language."""
    return f"lang-{tag.lower()}"


def _path(page: Page) -> str:
    if not page.path:
        return ""
    return f'<p class="path {css(page.lang)}">{" › ".join(_link(link) for link in page.path)}</p>'


def _title(page: Page) -> str:
    if page.title is None:
        return _heading(1, page.lang, f'<a name="title"></a>{escape(page.heading)}')
    return _heading(1, page.title.lang, _anchored(page.title))


def _heading(level: int, lang: str, content: str) -> str:
    return f'<h{level} class="{css(lang)}">{content}</h{level}>'


def _anchored(words: Words) -> str:
    return f'<a name="{escape(words.field)}"></a>{escape(words.text)}'


def _list_kind(block: Block) -> Role | None:
    return block.role if isinstance(block, Paragraph) and block.role in _LISTED else None


def _list(blocks: Iterable[Block]) -> str:
    items = [
        f'<li class="{css(block.words.lang)}">{_anchored(block.words)}</li>'
        for block in blocks
        if isinstance(block, Paragraph)
    ]
    return f"<ul>{''.join(items)}</ul>"


def _block(block: Block, lang: str) -> str:
    match block:
        case Notice():
            return _notice(block, lang)
        case Paragraph():
            return _paragraph(block, lang)
        case Chart():
            return _chart(block, lang)
        case Figures():
            return _figures(block, lang)
        case Links():
            return _links(block, lang)
        case Imprint():
            return _imprint(block, lang)


def _notice(notice: Notice, lang: str) -> str:
    action = f' <a class="act" href="{escape(notice.action)}">{escape(notice.action_text)}</a>' if notice.action else ""
    return _box(_BOXES[notice.tone], lang, f"{escape(notice.text)}{action}")


def _box(kind: str, lang: str, content: str) -> str:
    # A table, because Qt's rich text knows no padding on paragraphs.
    return (
        '<table width="100%" cellspacing="0" cellpadding="0" class="boxes"><tr>'
        f'<td class="edge-{kind}" width="4"></td><td class="box-{kind} {css(lang)}">{content}</td></tr></table>'
    )


def _paragraph(block: Paragraph, lang: str) -> str:
    words = block.words
    text, language = _anchored(words), css(words.lang)
    if block.role in _HEADINGS:
        return _heading(3, words.lang, text)
    if block.role is Role.SUBTITLE:
        return f'<p class="subtitle {language}">{text}</p>'
    if block.role is Role.NOTE:
        caption = f'<span class="caption {css(lang)}">{escape(block.caption)}</span><br>'
        return _box("note", words.lang, caption + text)
    return f'<p class="{block.role} {language}">{text}</p>'


def _chart(chart: Chart, lang: str) -> str:
    # Qt tells assistive technology nothing of an image; what the picture says stands in the table below it.
    remarks = "".join(f'<p class="reading {css(lang)}">{escape(remark)}</p>' for remark in chart.remarks)
    return (
        f"{_caption(chart.caption, lang)}"
        f'<p class="chart"><img src="{CHART_SCHEME}:{chart.number}" alt="{escape(chart.alternative)}"></p>{remarks}'
    )


def _figures(figures: Figures, lang: str) -> str:
    # Two columns, so that large letters and narrow windows leave every word whole.
    rows = "".join(
        f'<tr><td class="cell">{_link(row.link)}<br>'
        f'<span class="detail {css(lang)}">{escape(row.when)} · {_basis(row)}</span></td>'
        f'<td class="number {css(lang)}" align="right">{escape(row.amount)}</td></tr>'
        for row in figures.rows
    )
    return f'{_caption(figures.caption, lang)}<table cellspacing="0" cellpadding="0" class="figures">{rows}</table>'


def _basis(row: FigureRow) -> str:
    return f"<b>{escape(row.basis)}</b>" if row.forecast else escape(row.basis)


def _caption(caption: str, lang: str) -> str:
    return _heading(2, lang, escape(caption)) if caption else ""


def _links(links: Links, lang: str) -> str:
    # Numbers stand in a column of their own, which is not there where no entry has one.
    width = 36 if any(link.number for link in links.links) else 0
    rows = "".join(
        f'<tr><td class="mark {css(lang)}" width="{width}">{escape(link.number)}</td><td class="entry">{_link(link)}'
        + (f'<br><span class="detail {css(lang)}">{escape(link.detail)}</span>' if link.detail else "")
        + "</td></tr>"
        for link in links.links
    )
    remark = f'<p class="remark {css(lang)}">{escape(links.remark)}</p>' if links.remark else ""
    return (
        f"{_heading(2, lang, escape(links.heading))}"
        f'<table width="100%" cellspacing="0" cellpadding="0" class="links">{rows}</table>{remark}'
    )


def _link(link: EntryLink) -> str:
    return f'<a class="{css(link.lang)}" href="{ENTRY_SCHEME}:{escape(link.code)}">{escape(link.title)}</a>'


def _imprint(imprint: Imprint, lang: str) -> str:
    lines = "<br>".join(escape(line) for line in (*imprint.lines, imprint.handover) if line)
    return f'<hr><p class="imprint {css(lang)}">{lines}</p>'
