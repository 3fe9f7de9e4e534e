"""Words of a page with what one must know to quote them: title, edition, source and status, to paste into a mail."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from minato_viewer.domain.plan import Edition, Status
from minato_viewer.language.catalogues import Messages
from minato_viewer.pages.blocks import (
    Block,
    Comparison,
    DistrictMap,
    FigureRow,
    Figures,
    Imprint,
    Notice,
    Page,
    Paragraph,
    Tone,
    Words,
)
from minato_viewer.pages.imprint import imprint
from minato_viewer.pages.notices import about_words
from minato_viewer.pages.plaintext import plain_text
from minato_viewer.planfile.reader import TextRow

_ALWAYS_SAID = (Tone.OVER, Tone.CAUTION, Tone.MISSING)
"""What holds of the whole entry, whichever of its words are quoted."""
_NOT_TEXT = str.maketrans({**dict.fromkeys("\u2028\u2029\ufdd0\ufdd1\r", "\n"), "\ufffc": None})
"""What a selection of Qt has for the end of a line or cell, and for a picture."""


class _Cited(NamedTuple):
    """What is quoted of a page, the title included."""

    text: str
    words: list[Words]
    numbers: list[FigureRow]
    foreign: bool
    """Lines are among it that are not the entry's own: of other entries, or of this viewer."""
    whole: bool = False


def cited(page: Page, editions: dict[str, Edition], messages: Messages, selection: str = "") -> str:
    """Return `selection` (the whole of the entry where it is blank) with its citation, ended by a line end.

    Plan, kind and title stand above the words. Below them stand, a line each: whose words they are, what must not
    be mistaken, the lines of the document, the edition with its period, and the code. The sentences are said in
    the language of `messages`, which is to be that of `page`; `editions` are those of its plan.

    A selection is said to be what its own words are, not what the page has elsewhere: one line of the city's own
    is quoted as such even where our translation stands beside it. Its lines end as those of Python or of Qt.
    """
    edition = editions[page.code.partition("/")[0]]
    lines = _lines(selection)
    found = _selected(page, lines) if lines else _whole(page)
    sentences = [
        *_status(page, found, edition, messages),
        *_origin(page, found, editions, messages),
        # TRANSLATORS: {code} is the code of an entry, such as 2021/policy/4, by which the viewer finds it.
        messages.gettext("Entry in the plan viewer: {code}", code=page.code),
    ]
    plan = [messages.gettext("Minato City Basic Plan")] if edition.is_plan else []
    return "\n".join([*plan, found.text, "", *dict.fromkeys(sentences), ""])


def _whole(page: Page) -> _Cited:
    """Return all that the entry itself says: no links, and no pictures of numbers that stand there anyway."""
    paragraphs = _paragraphs(page)
    kept = (block for block in page.blocks if isinstance(block, Paragraph | Figures | Comparison | DistrictMap))
    return _Cited(_headed(page, *kept), _titled(page, paragraphs), list(_numbers(page)), foreign=False, whole=True)


def _selected(page: Page, lines: list[str]) -> _Cited:
    """Return the lines with the texts and numbers of the page that they are part of."""
    paragraphs = [block for block in _paragraphs(page) if any(line in _one_line(block.words.text) for line in lines)]
    numbers = [row for row in _numbers(page) if any(_is_part(line, cell) for line in lines for cell in _cells(row)[:2])]
    own = [page.kicker, page.title_remark, page.heading]
    own += [text for block in paragraphs for text in (_one_line(block.words.text), block.caption, block.remark)]
    own += [cell for row in _numbers(page) for cell in _cells(row)]
    text = "\n".join([_headed(page), "", *_note(paragraphs, lines), *lines])
    # A number never stands without what it counts, its day, and whether it is a forecast.
    rows = tuple(row for row in numbers if not set(_cells(row)) <= set(lines))
    if rows:
        text += _headed(page, Figures("", rows)).removeprefix(_headed(page))
    foreign = any(all(line not in words for words in own) for line in lines)
    return _Cited(text, _titled(page, paragraphs), numbers, foreign)


def _note(paragraphs: list[Paragraph], lines: list[str]) -> list[str]:
    """Return the line that says of notes alone that they are none of the plan's words, unless it was selected, too."""
    captions = [block.caption for block in paragraphs]
    return [f"{captions[0]}:"] if captions and all(captions) and captions[0] not in lines else []


def _status(page: Page, found: _Cited, edition: Edition, messages: Messages) -> Iterator[str]:
    own_words, references = page.own_words, page.references
    for notice in about_words(found.words, edition, messages, own_words=own_words, references=references):
        yield notice.text
    if any(row.link.reference for row in found.numbers):
        yield messages.gettext("Reference translation, not the city's official text.")
    for notice in page.blocks:
        if isinstance(notice, Notice) and notice.tone in _ALWAYS_SAID:
            yield notice.text
    if found.foreign:
        # TRANSLATORS: Below quoted lines: some are links to other entries, or sentences of this viewer.
        yield messages.gettext("Some of these lines are not from this entry of the plan.")


def _origin(page: Page, found: _Cited, editions: dict[str, Edition], messages: Messages) -> Iterable[str]:
    """Return the imprint of what is quoted; that of the page also where a translation does not tell its own lines."""
    if found.whole or found.foreign or any(words.status is Status.REFERENCE for words in found.words):
        return [line for block in page.blocks if isinstance(block, Imprint) for line in block.lines]
    rows = [
        TextRow(number, words.lang, words.field, words.text, words.status, words.stale, words.source)
        for number, words in enumerate(found.words)
    ]
    edition = editions[page.code.partition("/")[0]]
    return imprint(edition, editions, rows, [row.source for row in found.numbers], messages).lines


def _headed(page: Page, *blocks: Block) -> str:
    """Return kind and title, then `blocks`."""
    return plain_text(page._replace(path=(), blocks=blocks)).strip()


def _paragraphs(page: Page) -> list[Paragraph]:
    return [block for block in page.blocks if isinstance(block, Paragraph)]


def _titled(page: Page, paragraphs: list[Paragraph]) -> list[Words]:
    return [*([page.title] if page.title else []), *(block.words for block in paragraphs)]


def _numbers(page: Page) -> Iterator[FigureRow]:
    for block in page.blocks:
        if isinstance(block, Figures):
            yield from block.rows


def _cells(row: FigureRow) -> tuple[str, ...]:
    return tuple(map(_one_line, (row.link.title, row.amount, row.when, row.basis)))


def _is_part(line: str, cell: str) -> bool:
    """Whether a line is of a cell; one digit may be anything, such as the number of a linked entry."""
    return line == cell or (len(line) > 1 and line in cell)


def _lines(selection: str) -> list[str]:
    lines = (_one_line(line) for line in selection.translate(_NOT_TEXT).split("\n"))
    return [line for line in lines if line]


def _one_line(text: str) -> str:
    return " ".join(text.split())
