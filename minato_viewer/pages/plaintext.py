"""A page as plain text: for the command line, for golden files, later for braille and voice-code tools."""

from collections.abc import Callable
from typing import Any, cast

from minato_viewer.pages.blocks import (
    Block,
    Chart,
    Compared,
    Comparison,
    ComparisonRow,
    DistrictMap,
    EntryLink,
    Figures,
    Imprint,
    Links,
    Notice,
    OfficeCard,
    Page,
    Paragraph,
    Role,
    Tone,
    WhereNext,
)

_MARKS = {Role.ITEM: "- ", Role.EXAMPLE: "- ", Role.NOTE: "* "}


def plain_text(page: Page) -> str:
    """Return `page` as lines of text, ended by a line end."""
    lines = [" > ".join(_named(link) for link in page.path)] if page.path else []
    lines += [page.kicker, *([page.title_remark] if page.title_remark else []), page.heading, ""]
    previous: Block | None = None
    for block in page.blocks:
        if previous is not None and not _belongs_to(previous, block):
            lines.append("")
        lines += _lines(block)
        previous = block
    return "\n".join(lines) + "\n"


def as_json(page: Page) -> dict[str, Any]:
    """Return `page` as values for JSON; every block says its type."""
    blocks = [{"type": type(block).__name__.lower(), **_plain(block)} for block in page.blocks]
    return {**_plain(page), "blocks": blocks}


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {key: _plain(item) for key, item in value._asdict().items()}
    return [_plain(item) for item in cast("tuple[Any, ...]", value)] if isinstance(value, tuple) else value


def _belongs_to(previous: Block, block: Block) -> bool:
    if isinstance(block, Notice):
        return isinstance(previous, Notice)
    if isinstance(block, Chart | Figures):
        return isinstance(previous, Chart)
    return isinstance(block, Paragraph) and block.role in _MARKS and isinstance(previous, Paragraph)


def _lines(block: Block) -> list[str]:
    match block:
        case Notice():
            mark = "" if block.tone in (Tone.OWN, Tone.APPROVED) else "! "
            return [f"[{mark}{block.text}]"]
        case Paragraph():
            caption = f"{block.caption}: " if block.caption else ""
            remark = f" [{block.remark}]" if block.remark else ""
            return [f"{_MARKS.get(block.role, '')}{caption}{block.words.text}{remark}"]
        case Chart():
            return [*_headed(block.caption), f"[{block.alternative}]"]
        case Figures():
            rows = [
                f"- {row.link.title}{_marked(row.link)}: {row.amount} ({row.when}; {row.basis})" for row in block.rows
            ]
            return [*_headed(block.caption), *rows]
        case Comparison():
            return _comparison(block)
        case DistrictMap():
            rows = [" | ".join(f"{link.title} <{link.code}>" for link in row) for row in block.rows]
            return [f"[{block.alternative}]", *rows, block.remark]
        case Links():
            rows = [
                f"- {_named(link)}{_marked(link)}" + (f" ({link.detail})" if link.detail else "") + f" <{link.code}>"
                for link in block.links
            ]
            return [*_headed(block.heading), *rows, *([block.remark] if block.remark else [])]
        case WhereNext():
            return [*_headed(block.heading), *(line for office in block.offices for line in _office(office))]
        case Imprint():
            return [*block.lines, *([block.handover] if block.handover else [])]


def _office(office: OfficeCard) -> list[str]:
    return [f"- {office.name}", *(f"  {line.label}: {line.text}" for line in office.lines), f"  [{office.remark}]"]


def _comparison(block: Comparison) -> list[str]:
    said = [words.text for words in block.words] + ([block.summary] if block.summary else [])
    names = f"{block.earlier} | {block.outcome} | {block.later}"
    return [*_headed(block.heading.title if block.heading else ""), *said, names, *map(_row(block), block.rows)]


def _row(block: Comparison) -> Callable[[ComparisonRow], str]:
    def side(found: Compared | None) -> str:
        if found is None:
            return block.nothing
        amount = f": {found.amount}" if found.amount else ""
        return f"{found.link.title}{_marked(found.link)}{amount} ({found.link.detail}) <{found.link.code}>"

    return lambda row: f"- {side(row.earlier)} | {row.mark} {row.outcome} | {side(row.later)}"


def _headed(heading: str) -> list[str]:
    return [f"# {heading}"] if heading else []


def _marked(link: EntryLink) -> str:
    return f" [{link.mark}]" if link.mark else ""


def _named(link: EntryLink) -> str:
    return f"{link.number} {link.title}".strip()
