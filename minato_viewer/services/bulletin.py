"""The notice of the day: a small text file in the shared folder that every window shows until it is removed.

    Closed this afternoon.
    [ja]
    本日の午後は閉庁します。

What stands above the first line in brackets is for every language without a part of its own. docs/deploy.md
describes it for those who write it.
"""

import re
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_
from minato_viewer.language.tags import TAGS, chain

FILE = "notice.txt"
LARGEST_FILE = 16 * 1024
"""Bytes."""
LONGEST = 200
"""Characters in one language: as much as stands at the top of a page and leaves the page its room."""
_UNSEEN = r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
"""Control characters but the line end, and those that turn the direction of a text."""


class Bulletin(NamedTuple):
    """The notice in the languages that the file names, and what it says to all others."""

    plain: str = ""
    by_language: tuple[tuple[str, str], ...] = ()

    def said_in(self, tag: str) -> str:
        """Return the notice for readers of `tag`: in another language rather than not at all."""
        texts = dict(self.by_language)
        own = next((texts[known] for known in chain(tag, tag) if known in texts), "")
        return own or self.plain or next((texts[known] for known in TAGS if known in texts), "")


def read(folder: Path) -> Bulletin | None:
    """Return the notice in `folder`; None where there is none. Fault where there is a file that cannot be used."""
    path = folder / FILE
    try:
        # Neither a folder nor a pipe, which would wait for a writer.
        if not S_ISREG(path.stat().st_mode):
            raise Fault(N_("{path} is not a file; it is ignored."), path=path)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Fault(
            N_("{path} cannot be read ({reason}); it is ignored."), path=path, reason=error.strerror or error
        ) from error
    if len(content) > LARGEST_FILE:
        raise Fault(N_("{path} is larger than {most} KiB; it is ignored."), path=path, most=LARGEST_FILE // 1024)
    try:
        # Notepad writes a byte order mark and the line ends of Windows.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault(N_("{path} is not UTF-8 text; save it as UTF-8, until then it is ignored."), path=path) from error
    return _parsed(text)


def _parsed(text: str) -> Bulletin | None:
    parts: dict[str, list[str]] = {"": []}
    tag = ""
    for line in re.sub(_UNSEEN, " ", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"):
        name = line.strip()[1:-1] if re.fullmatch(r"\[[\w-]+\]", line.strip()) else ""
        if name in TAGS:
            tag = name
            parts.setdefault(tag, [])
        else:
            parts[tag].append(line.rstrip())
    said = {tag: _shortened("\n".join(lines).strip()) for tag, lines in parts.items()}
    bulletin = Bulletin(said.pop(""), tuple((tag, words) for tag, words in said.items() if words))
    return bulletin if bulletin != Bulletin() else None


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
