"""A page as plain text: for the command line, for golden files, later for braille and voice-code tools."""

from typing import Any, cast

from minato_viewer.pages.blocks import (
    Block,
    Chart,
    EntryLink,
    Figures,
    Imprint,
    Links,
    Notice,
    Page,
    Paragraph,
    Role,
    Tone,
)

_MARKS = {Role.ITEM: "- ", Role.EXAMPLE: "- ", Role.NOTE: "* "}


def plain_text(page: Page) -> str:
    """Return `page` as lines of text, ended by a line end."""
    lines = [" > ".join(_named(link) for link in page.path)] if page.path else []
    lines += [page.kicker, page.heading, ""]
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
            mark = "" if block.tone is Tone.OWN else "! "
            return [f"[{mark}{block.text}]"]
        case Paragraph():
            caption = f"{block.caption}: " if block.caption else ""
            return [f"{_MARKS.get(block.role, '')}{caption}{block.words.text}"]
        case Chart():
            return [*_headed(block.caption), f"[{block.alternative}]"]
        case Figures():
            rows = [f"- {row.link.title}: {row.amount} ({row.when}; {row.basis})" for row in block.rows]
            return [*_headed(block.caption), *rows]
        case Links():
            rows = [
                f"- {_named(link)}" + (f" ({link.detail})" if link.detail else "") + f" <{link.code}>"
                for link in block.links
            ]
            return [*_headed(block.heading), *rows, *([block.remark] if block.remark else [])]
        case Imprint():
            return [*block.lines, *([block.handover] if block.handover else [])]


def _headed(heading: str) -> list[str]:
    return [f"# {heading}"] if heading else []


def _named(link: EntryLink) -> str:
    return f"{link.number} {link.title}".strip()
