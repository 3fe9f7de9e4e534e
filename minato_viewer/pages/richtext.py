"""A page as rich text in the HTML subset of Qt: structure and classes only; colours, sizes and fonts are the theme's.

Every text carries the class of its language, so that each is set in its own regional character shapes,
and every field an anchor of its name, so that a place on the page survives a change of language.
Furigana are no part of the text, which is to be selected, copied, found and read aloud without them: a block
that has some only carries a class that gives its lines room for them.
"""

from collections.abc import Iterable
from itertools import groupby

from minato_viewer.language.tags import OWN_NAMES
from minato_viewer.pages.blocks import (
    Block,
    Chart,
    Compared,
    Comparison,
    DistrictMap,
    EntryLink,
    FigureRow,
    Figures,
    Imprint,
    Links,
    Notice,
    OfficeCard,
    Page,
    Paragraph,
    Role,
    WhereNext,
    Words,
)

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})

ENTRY_SCHEME = "entry"
CHART_SCHEME = "chart"
TOP = "top"
RUBY = "ruby-"
"""Begins the class of a block with furigana; the name of the size of its letters ends it."""

_LISTED = (Role.ITEM, Role.EXAMPLE)
_HEADINGS = (Role.HEADING, Role.EXAMPLE_HEADING)
_SIZES = {Role.SUBTITLE: "subtitle", Role.OFFICE: "subtitle", Role.VALUE: "heading_1", Role.NOTE: "interface"}
_BOXES = {
    "own": "own",
    "approved": "own",
    "reference": "reference",
    "over": "over",
    "caution": "reference",
    "missing": "over",
    "compared": "over",
}


def rich_text(page: Page) -> str:
    """Return the body of `page` as HTML; its neighbours are the window's to show.

    The picture of the page's chart N is the image `chart:N`, which whoever shows the page is to draw.
    """
    above = escape(page.kicker) + _remark(page.title_remark, page.lang, page.title)
    parts = [
        _path(page),
        f'<p class="kicker {css(page.lang)}"><a name="{TOP}"></a>{above}</p>',
        _title(page),
    ]
    for kind, run in groupby(page.blocks, key=_list_kind):
        if kind is None:
            parts += [_block(block, page.lang) for block in run]
        else:
            parts.append(_list(run, page.lang))
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
    room = _room(*page.path, size="small")
    return f'<p class="path {css(page.lang)}{room}">{" › ".join(_link(link) for link in page.path)}</p>'


def _room(*texts: Words | EntryLink, size: str) -> str:
    """Return the class that gives lines of letters of that size room above, where one of the texts has furigana."""
    return f" {RUBY}{size}" if any(text.rubies for text in texts) else ""


def _title(page: Page) -> str:
    if page.title is None:
        return _heading(1, page.lang, f'<a name="title"></a>{escape(page.heading)}')
    return _heading(1, page.title.lang, _anchored(page.title), _room(page.title, size="heading_1"))


def _heading(level: int, lang: str, content: str, room: str = "") -> str:
    return f'<h{level} class="{css(lang)}{room}">{content}</h{level}>'


def _anchored(words: Words) -> str:
    anchor, text = f'<a name="{escape(words.field)}"></a>', escape(words.text)
    # Qt sets the letter after an anchor apart, and a letter of Devanagari alone is not what it is before others.
    return text + anchor if words.lang == OWN_NAMES else anchor + text


def _list_kind(block: Block) -> Role | None:
    return block.role if isinstance(block, Paragraph) and block.role in _LISTED else None


def _list(blocks: Iterable[Block], lang: str) -> str:
    items = [
        f'<li class="{css(block.words.lang)}{_room(block.words, size="body")}">'
        f"{_anchored(block.words)}{_remark(block.remark, lang, block.words)}</li>"
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
        case Comparison():
            return _comparison(block, lang)
        case DistrictMap():
            return _district_map(block, lang)
        case Links():
            return _links(block, lang)
        case WhereNext():
            return _where_next(block, lang)
        case Imprint():
            return _imprint(block, lang)


def _notice(notice: Notice, lang: str) -> str:
    action = f' <a class="act" href="{escape(notice.action)}">{escape(notice.action_text)}</a>' if notice.action else ""
    return _box(_BOXES[notice.tone], lang, f"{_with_name(notice.text, notice.name)}{action}", acts=bool(action))


def _box(kind: str, lang: str, content: str, *, acts: bool = False) -> str:
    kinds = f"box-{kind} acting" if acts else f"box-{kind}"
    # A table, because Qt's rich text knows no padding on paragraphs.
    return (
        '<table width="100%" cellspacing="0" cellpadding="0" class="boxes"><tr>'
        f'<td class="edge-{kind}" width="4"></td><td class="{kinds} {css(lang)}">{content}</td></tr></table>'
    )


def _paragraph(block: Paragraph, lang: str) -> str:
    words = block.words
    room = _room(words, size=_SIZES.get(block.role, "body"))
    if block.role in _HEADINGS:
        remark = _remark(block.remark, lang, words, "heading-beside")
        return _heading(3, words.lang, _anchored(words) + remark, room)
    text, language = _anchored(words) + _remark(block.remark, lang, words), css(words.lang)
    if block.role is Role.NOTE:
        return _box("note", words.lang, _captioned(block, text, room, lang))
    caption = f'<span class="caption {css(lang)}">{escape(block.caption)}</span> ' if block.caption else ""
    return f'<p class="{block.role} {language}{room}">{caption}{text}</p>'


def _captioned(note: Paragraph, text: str, room: str, lang: str) -> str:
    caption = f'<span class="caption {css(lang)}">{escape(note.caption)}</span>'
    # Lines of one block would all have room for furigana.
    return f'<div>{caption}</div><div class="note{room}">{text}</div>' if room else f"{caption}<br>{text}"


def _remark(remark: str, lang: str, words: Words | None, kind: str = "beside") -> str:
    """Return what is said beside a text, in a line of its own below it."""
    name = words.approved_by if words else ""
    return f'<br><span class="{kind} {css(lang)}">{_with_name(remark, name)}</span>' if remark else ""


def _with_name(text: str, name: str) -> str:
    """Return `text` with the name of an office in its own characters, which not every language's font has."""
    before, found, after = text.partition(name) if name else (text, "", "")
    said = f'<span class="name {css("ja")}">{escape(found)}</span>' if found else ""
    return f"{escape(before)}{said}{escape(after)}"


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
        f'<tr><td class="cell">{_entry(row.link, f"{escape(row.when)} · {_basis(row)}", row.link.mark, lang)}</td>'
        f'<td class="number {css(lang)}" align="right">{_level(row.amount, row.link, "number", lang)}</td></tr>'
        for row in figures.rows
    )
    return f'{_caption(figures.caption, lang)}<table cellspacing="0" cellpadding="0" class="figures">{rows}</table>'


def _basis(row: FigureRow) -> str:
    return f"<b>{escape(row.basis)}</b>" if row.forecast else escape(row.basis)


def _caption(caption: str, lang: str) -> str:
    return _heading(2, lang, escape(caption)) if caption else ""


def _comparison(comparison: Comparison, lang: str) -> str:
    language = css(lang)

    def side(found: Compared | None) -> str:
        if found is None:
            return f'<td class="side {language}"><span class="detail">{escape(comparison.nothing)}</span></td>'
        cell = _entry(found.link, escape(found.link.detail), found.link.mark, lang, found.amount)
        return f'<td class="side {language}">{cell}</td>'

    # The middle one holds the longest word of it at the largest letters.
    names = ((comparison.earlier, 39), (comparison.outcome, 22), (comparison.later, 39))
    head = "".join(f'<th class="column {language}" width="{width}%">{escape(name)}</th>' for name, width in names)
    rows = "".join(
        f"<tr>{side(row.earlier)}"
        f'<td class="outcome {row.relation} {language}">{escape(row.mark)} {escape(row.outcome)}</td>'
        f"{side(row.later)}</tr>"
        for row in comparison.rows
    )
    heading = ""
    if comparison.heading:
        room = _room(comparison.heading, size="subtitle")
        heading = _heading(2, comparison.heading.lang, _link(comparison.heading), room)
    said = "".join(
        f'<p class="{css(words.lang)}{_room(words, size="body")}">{_anchored(words)}</p>' for words in comparison.words
    )
    summary = f'<p class="reading {language}">{escape(comparison.summary)}</p>' if comparison.summary else ""
    return (
        f'{heading}{said}{summary}<table width="100%" cellspacing="0" cellpadding="0" class="compared">'
        f"<tr>{head}</tr>{rows}</table>"
    )


def _district_map(drawn: DistrictMap, lang: str) -> str:
    # A table, so that each name is a link like any other: by mouse, finger and Tab. Rows of fewer are centred.
    most = max(map(len, drawn.rows))
    rows = "".join(f"<tr>{_district_row(row, most)}</tr>" for row in drawn.rows)
    return (
        f'<table width="100%" cellspacing="8" cellpadding="0" class="drawing">{rows}</table>'
        f'<p class="remark {css(lang)}">{escape(drawn.remark)}</p>'
    )


def _district_row(row: tuple[EntryLink, ...], most: int) -> str:
    # Two columns a name, and as many of nothing on both sides as there are names fewer.
    side = most - len(row)
    gap = f'<td colspan="{side}"></td>' if side else ""
    width = 100 // most
    cells = "".join(
        f'<td colspan="2" width="{width}%" class="district" align="center">'
        f"{_in_its_room(_link(link), link, 'entry')}</td>"
        for link in row
    )
    return f"{gap}{cells}{gap}"


def _links(links: Links, lang: str) -> str:
    # Numbers stand in a column of their own, which is not there where no entry has one.
    width = 36 if any(link.number for link in links.links) else 0
    # The mark stands once above a list of nothing but our translations, and else at each that is one.
    marks = {link.mark for link in links.links}
    common = marks.pop() if len(marks) == 1 else ""
    rows = "".join(
        f'<tr><td class="mark {css(lang)}" width="{width}">{_level(link.number, link, "mark", lang)}</td>'
        f'<td class="entry">{_entry(link, escape(link.detail), "" if common else link.mark, lang)}</td></tr>'
        for link in links.links
    )
    heading = escape(links.heading) + _mark(common, lang, "heading-mark")
    remark = f'<p class="remark {css(lang)}">{escape(links.remark)}</p>' if links.remark else ""
    return (
        f"{_heading(2, lang, heading)}"
        f'<table width="100%" cellspacing="0" cellpadding="0" class="links">{rows}</table>{remark}'
    )


def _mark(mark: str, lang: str, kind: str = "reference-mark") -> str:
    """Return the mark of a title that is our translation, in words; the colour only repeats it."""
    return f' <span class="{kind} {css(lang)}">{escape(mark)}</span>' if mark else ""


def _entry(link: EntryLink, detail: str, mark: str, lang: str, amount: str = "") -> str:
    """Return the content of a cell: a link with the mark of its title, and the lines that stand below it."""
    linked = _in_its_room(_link(link) + _mark(mark, lang), link, "entry")
    below = [f"<b>{escape(amount)}</b>"] if amount else []
    below += [f'<span class="detail {css(lang)}">{detail}</span>'] if detail else []
    # Lines of one block would all have room for furigana.
    return linked + "".join(f"<div>{line}</div>" if link.rubies else f"<br>{line}" for line in below)


def _level(text: str, link: EntryLink, cell: str, lang: str) -> str:
    """Return the text of a cell beside that of a link, on a level with it."""
    return _in_its_room(escape(text), link, f"{cell} {css(lang)}")


def _in_its_room(content: str, link: EntryLink, classes: str) -> str:
    """Return the content of a cell in a row with a link, with room above where the link has furigana."""
    room = _room(link, size="interface")
    # A block in a cell takes no size from it, so it says its own.
    return f'<div class="{classes}{room}">{content}</div>' if room else content


def _link(link: EntryLink) -> str:
    return f'<a class="{css(link.lang)}" href="{ENTRY_SCHEME}:{escape(link.code)}">{escape(link.title)}</a>'


def _where_next(block: WhereNext, lang: str) -> str:
    return _heading(2, lang, escape(block.heading)) + "".join(_office(office, lang) for office in block.offices)


def _office(office: OfficeCard, lang: str) -> str:
    # First that it is none of the plan's words, as a note says it.
    rows = [
        f'<span class="caption {css(lang)}">{escape(office.remark)}</span>',
        f'<b class="visit {css(office.lang)}">{escape(office.name)}</b>',
        *(
            f'<span class="detail {css(lang)}">{escape(line.label)}</span> '
            f'<span class="visit {css(line.lang)}">{escape(line.text)}</span>'
            for line in office.lines
        ),
    ]
    return _box("office", lang, "<br>".join(rows))


def _imprint(imprint: Imprint, lang: str) -> str:
    lines = "<br>".join(escape(line) for line in (*imprint.lines, imprint.handover) if line)
    return f'<hr><p class="imprint {css(lang)}">{lines}</p>'
