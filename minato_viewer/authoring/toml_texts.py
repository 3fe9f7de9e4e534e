"""Changes texts in the files of db/ in place: of a file only the changed strings become other bytes.

A writer for TOML would lose comments, order and line ends. Here a line `text = "…"` is replaced in the table that
names the code and the field, and the result is read again to prove that nothing else has changed.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from minato_viewer.domain.faults import SourceFault
from minato_viewer.domain.messages import N_

Key = tuple[str, str]
"""Code and field of a text."""

_TABLE = re.compile(r"\s*\[\[?\s*([A-Za-z_]+)\s*\]\]?")
_STRING = r"\"(?:[^\"\\]|\\.)*\"|'[^']*'"
_PAIR = re.compile(rf"(\s*(code|field|text)\s*=\s*)({_STRING})(.*)", re.DOTALL)


def edited(folder: Path, changes: Mapping[Key, str]) -> dict[Path, bytes]:
    """Return the new contents of the files below `folder` in which the originals `changes` stand."""
    contents: dict[Path, bytes] = {}
    left = dict(changes)
    for path in sorted(folder.glob("*/*.toml")):
        source = path.read_bytes().decode("utf-8")
        here = {key: left.pop(key) for key in dict.fromkeys(_keys(source)) if key in left}
        if here:
            contents[path] = _replaced(path, source, here).encode("utf-8")
    if left:
        raise _by_hand(folder, left)
    return contents


def _keys(source: str) -> Iterator[Key]:
    for row in tomllib.loads(source).get("text", []):
        yield row["code"], row["field"]


def _replaced(path: Path, source: str, changes: Mapping[Key, str]) -> str:
    lines = source.splitlines(keepends=True)
    for key, place in _places(lines).items():
        if key in changes and (match := _PAIR.fullmatch(lines[place])):
            lines[place] = f"{match[1]}{_quoted(changes[key])}{match[4]}"
    result = "".join(lines)
    expected = deepcopy(tomllib.loads(source))
    for row in expected["text"]:
        row["text"] = changes.get((row["code"], row["field"]), row["text"])
    if _read(result) != expected:
        raise _by_hand(path, changes)
    return result


def _places(lines: list[str]) -> dict[Key, int]:
    """Return the line of every text by code and field."""
    places: dict[Key, int] = {}
    table, values, at = "", dict[str, str](), -1
    for number, line in enumerate([*lines, "[[end]]"]):
        if match := _TABLE.match(line):
            if table == "text" and at >= 0:
                places[values.get("code", ""), values.get("field", "")] = at
            table, values, at = match[1], {}, -1
        elif match := _PAIR.fullmatch(line):
            values[match[2]] = match[3][1:-1]
            at = number if match[2] == "text" else at
    return places


def _read(source: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return None


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _by_hand(path: Path, changes: Mapping[Key, str]) -> SourceFault:
    return SourceFault(
        N_("{path}: the text {code}#{field} stands on no line of its own: change it there by hand."),
        path=path,
        code=next(iter(changes))[0],
        field=next(iter(changes))[1],
    )
