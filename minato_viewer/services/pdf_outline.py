"""Adds to a PDF of Qt's what Qt's writer has no word for: headings as an outline, the language, no time of day.

And it mends what one gets who copies the words: where several characters have one glyph, Qt names the first of them.

A PDF may be added to at its end: objects that are new or changed, where they stand, and where the table before them
is. So a file of any length is finished without being read, by one reader of the two forms in which Qt writes it: the
catalogue of the document near its beginning, the table of places at its end.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

_HEAD = 16 * 1024
_TAIL = 64
_MEANINGS = {b"<0009>": b"<0020>", b"<2012>": b"<2013>"}
"""A blank is no tabulator, and the dash of periods is no figure dash."""
_DATES = re.compile(rb"/(?:Creation|Mod)Date \(D:[^)]*\)")


class Mark(NamedTuple):
    """A heading of the outline."""

    title: str
    page: int
    """From 0."""
    top: float
    """Points from the lower edge of the sheet."""
    level: int
    """From 0. One deeper than the heading before it at most, whatever it says."""


class _Node(NamedTuple):
    """A heading with the places of its kin in the list of all; -1 for none."""

    mark: Mark
    parent: int
    before: int
    after: int
    below: list[int]


class NotOfQtError(Exception):
    """The file is not in the form in which Qt writes it: a newer Qt, which this module does not know yet."""


def finish(path: Path, marks: Sequence[Mark], lang: str) -> None:
    """Finish a file that Qt has written; OSError where it cannot be."""
    with path.open("r+b") as file:
        file.seek(-min(_TAIL, path.stat().st_size), os.SEEK_END)
        table = int(_found(rb"startxref\s+(\d+)\s+%%EOF\s*$", file.read())[1])
        places, trailer = _read_table(file, table)
        _blank_dates(file)
        _mend_meanings(file, places)
        root = int(_found(rb"/Root (\d+) 0 R", trailer)[1])
        catalogue = _object(file, places[root])
        pages = _kids(_object(file, places[int(_found(rb"/Pages (\d+) 0 R", catalogue)[1])]))
        extra = b"/Lang (%s)\n/ViewerPreferences << /DisplayDocTitle true >>\n" % lang.encode()
        objects: dict[int, bytes] = {}
        if marks:
            extra += b"/Outlines %d 0 R\n/PageMode /UseOutlines\n" % len(places)
            objects = _outline(marks, pages, len(places))
        objects[root] = b"%s%s>>\n" % (catalogue.rpartition(b">>")[0], extra)
        _append(file, objects, trailer, table)
        file.flush()
        os.fsync(file.fileno())


def _found(pattern: bytes, data: bytes) -> re.Match[bytes]:
    match = re.search(pattern, data)
    if match is None:
        raise NotOfQtError(pattern.decode())
    return match


def _read_table(file: BinaryIO, table: int) -> tuple[list[int], bytes]:
    """Return where each object begins, by its number, and the trailer."""
    file.seek(table)
    if file.readline().strip() != b"xref":
        raise NotOfQtError(table)
    count = int(file.readline().split()[1])
    places = [int(file.readline().split()[0]) for _ in range(count)]
    return places, file.read()


def _blank_dates(file: BinaryIO) -> None:
    """Take out when the file was made, so that the same input gives the same file; every place stays where it is."""
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    file.write(_DATES.sub(lambda found: b" " * len(found[0]), head))


def _object(file: BinaryIO, place: int) -> bytes:
    """Return what stands between `obj` and `endobj`; only asked of objects that hold no stream."""
    file.seek(place)
    lines: list[bytes] = []
    while not (line := file.readline()).startswith(b"endobj"):
        if not line:
            raise NotOfQtError(place)
        lines.append(line)
    return b"".join(lines[1:])


def _kids(pages: bytes) -> list[int]:
    listed = _found(rb"/Kids\s*\[([^]]*)\]", pages)[1]
    return [int(number) for number in re.findall(rb"(\d+) 0 R", listed)]


def _mend_meanings(file: BinaryIO, places: list[int]) -> None:
    """Mend the tables that tell what each glyph means; every place stays where it is."""
    for place in places[1:]:
        named = re.search(rb"/ToUnicode (\d+) 0 R", _dictionary(file, place))
        if named is not None:
            length = int(_found(rb"/Length (\d+)", _dictionary(file, places[int(named[1])]))[1])
            begin = file.tell()
            table = file.read(length)
            for wrong, right in _MEANINGS.items():
                table = table.replace(wrong, right)
            file.seek(begin)
            file.write(table)


def _dictionary(file: BinaryIO, place: int) -> bytes:
    """Return an object as far as its stream, at which the file then is; all of one that has none."""
    file.seek(place)
    lines: list[bytes] = []
    while (line := file.readline()) and not line.startswith((b"endobj", b"stream")):
        lines.append(line)
    return b"".join(lines)


# -- the outline ---------------------------------------------------------------------------------


def _related(marks: Sequence[Mark]) -> list[_Node]:
    """Return the headings as a tree, in their order."""
    nodes: list[_Node] = []
    open_above: list[int] = []
    """The last heading of each level."""
    last_at_top = -1
    for number, mark in enumerate(marks):
        del open_above[mark.level :]
        parent = open_above[-1] if open_above else -1
        siblings = nodes[parent].below if parent >= 0 else []
        before = (siblings[-1] if siblings else -1) if parent >= 0 else last_at_top
        if before >= 0:
            nodes[before] = nodes[before]._replace(after=number)
        nodes.append(_Node(mark, parent, before, -1, []))
        if parent >= 0:
            siblings.append(number)
        else:
            last_at_top = number
        open_above.append(number)
    return nodes


def _outline(marks: Sequence[Mark], pages: list[int], first: int) -> dict[int, bytes]:
    """Return the objects of the outline by number, its root `first` of all."""
    nodes = _related(marks)
    tops = [number for number, node in enumerate(nodes) if node.parent < 0]
    objects = {
        first: b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>\n"
        % (first + 1 + tops[0], first + 1 + tops[-1], len(tops))
    }
    for number, (mark, parent, before, after, below) in enumerate(nodes):
        title = f"\ufeff{mark.title}".encode("utf-16-be")
        entries = [f"/Title <{title.hex()}>"]
        entries.append(f"/Parent {first + 1 + parent} 0 R" if parent >= 0 else f"/Parent {first} 0 R")
        kin = {"Prev": before, "Next": after}
        kin |= {"First": below[0], "Last": below[-1]} if below else {}
        entries += [f"/{name} {first + 1 + other} 0 R" for name, other in kin.items() if other >= 0]
        if below:
            entries.append(f"/Count -{len(below)}")  # closed
        entries.append(f"/Dest [{pages[mark.page]} 0 R /XYZ 0 {mark.top:.1f} null]")
        objects[first + 1 + number] = f"<< {' '.join(entries)} >>\n".encode("ascii")
    return objects


def _append(file: BinaryIO, objects: dict[int, bytes], trailer: bytes, before: int) -> None:
    """Add objects at the end of the file, with a table of their own that names the one before it."""
    file.seek(0, os.SEEK_END)
    place = file.tell()
    lines: list[bytes] = [b"xref\n0 1\n0000000000 65535 f \n"]
    for number, content in sorted(objects.items()):
        written = b"%d 0 obj\n%sendobj\n" % (number, content)
        file.write(written)
        lines.append(b"%d 1\n%010d 00000 n \n" % (number, place))
        place += len(written)
    size = max(*objects, int(_found(rb"/Size (\d+)", trailer)[1]) - 1) + 1
    names = _found(rb"/Info \d+ 0 R", trailer)[0] + b"\n" + _found(rb"/Root \d+ 0 R", trailer)[0]
    identity = _found(rb"/ID \[.*?\]", trailer)[0]
    lines.append(b"trailer\n<<\n/Size %d\n%s\n%s\n/Prev %d\n>>\n" % (size, names, identity, before))
    lines.append(b"startxref\n%d\n%%%%EOF\n" % place)
    file.write(b"".join(lines))
