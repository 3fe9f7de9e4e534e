"""Approvals of translations: two comments of the translator above a text of a plan catalogue.

    # approved_by: 港区企画経営部企画課
    # approved_on: 2026-12-01

They make of our reference translation one that the city has approved. Both stand there or neither. While the text
is fuzzy they hold for nothing, because the original has changed since; an export then takes them away, so that
an approval never passes on to a translation that the office has not seen.
"""

import re
from datetime import date
from pathlib import Path

from babel.messages.catalog import Message

from minato_viewer.domain.faults import SourceFault
from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import Status

LONGEST_OFFICE = 60
"""Characters. Whatever writes a catalogue breaks longer comments into several."""

_KEYS = ("approved_by", "approved_on")
_COMMENT = re.compile(r"(approved[_-]\w+)\s*[:：=]?\s*(.*)", re.IGNORECASE)


def approval(message: Message, status: Status, path: Path) -> tuple[str, str]:
    """Return which office approved a translation and on which day (ISO); empty where none has, or it is fuzzy.

    `status` is that of the translation. SourceFault with file and line where an approval cannot be meant so.
    """
    found = [(match[1], match[2]) for match in map(_COMMENT.fullmatch, _comments(message)) if match]
    if not found:
        return "", ""
    values = dict(found)
    if sorted(key for key, _ in found) != sorted(_KEYS) or not all(values.values()):
        raise _fault(
            N_("{path}, line {line}: an approval is approved_by and approved_on, once each: add what is missing."),
            path,
            message,
        )
    office, day = (values[key] for key in _KEYS)
    if len(office) > LONGEST_OFFICE:
        raise _fault(
            N_("{path}, line {line}: approved_by has more than {most} characters: shorten the name of the office."),
            path,
            message,
        )
    if not _is_day(day):
        raise _fault(
            N_("{path}, line {line}: approved_on is no day such as 2026-12-01: correct it."),
            path,
            message,
        )
    if status is not Status.REFERENCE or not message.string:
        raise _fault(
            N_("{path}, line {line}: there is no translation of the city's words to approve: remove the approval."),
            path,
            message,
        )
    return ("", "") if message.fuzzy else (office, day)


def without_approval(comments: list[str]) -> list[str]:
    """Return a translator's comments without those that approve."""
    return [comment for comment in comments if not _COMMENT.fullmatch(comment)]


def _comments(message: Message) -> list[str]:
    return [str(comment) for comment in message.user_comments]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _fault(sentence: str, path: Path, message: Message) -> SourceFault:
    return SourceFault(sentence, path=path, line=message.lineno, most=LONGEST_OFFICE)
