"""Proves that nothing of the supplied documents is lost: every content character is held, or left out with a reason.

Content characters are all but white space and the marks of the text extraction (bullets, broken
markup). A text must stand, character for character, in the lines it names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import Status

_START = re.compile(r"^[\s\-・●■]*")


@dataclass(slots=True)
class Document:
    """A supplied document: per line its content characters, and for each whether something holds it."""

    name: str
    lines: list[str]
    held: list[list[bool]] = field(default_factory=list[list[bool]])
    left_out: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    """(line, place) of the characters left out on purpose, with the reason."""

    def positions(self, lines: str) -> list[tuple[int, int]]:
        """Return the (line, place) of every content character of `A[-B][,C[-D]]`, in that order."""
        return [(number, place) for number in line_numbers(lines) for place in range(len(self.lines[number - 1]))]

    def find(self, text: str, lines: str) -> list[tuple[int, int]]:
        """Return where `text` stands in `lines` (contiguously); an empty list where it does not."""
        wanted = content(text)
        positions = self.positions(lines)
        there = "".join(self.lines[number - 1][place] for number, place in positions)
        start = there.find(wanted)
        return positions[start : start + len(wanted)] if wanted and start >= 0 else []


def content(text: str) -> str:
    """Return `text` without white space."""
    return "".join(text.split())


def line_numbers(lines: str) -> Iterator[int]:
    """Yield the numbers of `A[-B][,C[-D]]` in that order."""
    for run in lines.split(","):
        first, _, last = run.partition("-")
        yield from range(int(first), int(last or first) + 1)


def documents(sources: Sources) -> dict[str, Document]:
    """Return the documents with what the sources hold of them marked."""
    found = {name: _document(name, lines) for name, lines in sources.documents.items()}
    for text in sources.data.texts:
        if text.status is Status.ORIGINAL:
            name, _, lines = text.source.rpartition(":")
            _hold(found[name], found[name].find(text.text, lines))
    editions = {edition.code: edition for edition in sources.data.editions}
    for entry in sources.data.entries:
        if entry.number_lines:
            document = found[editions[entry.edition].document]
            _hold(document, document.find(entry.number, entry.number_lines))
    for row in sources.left_out:
        document = found[row.file]
        for position in document.find(row.run, row.lines):
            if not document.held[position[0] - 1][position[1]]:
                document.left_out[position] = row.reason
    return found


def report(sources: Sources) -> list[str]:
    """Return the coverage in words: what is held, what is left out and why, what is lost."""
    lines: list[str] = []
    for document in documents(sources).values():
        held, total = counts(document)
        lost = list(uncovered(document))
        lines.append(
            f"{document.name}: {held} of {total} content characters held ({held / total:.2%}),"
            f" {len(document.left_out)} left out on purpose, {sum(len(run) for _, run in lost)} lost"
        )
        for row in sources.left_out:
            if row.file == document.name:
                lines.append(f"  left out, line {row.lines}: {row.run} ({row.reason})")
        lines += [f"  LOST, line {number}: {run}" for number, run in lost]
    return lines


def counts(document: Document) -> tuple[int, int]:
    """Return how many characters are held, of how many there are, those left out on purpose included."""
    return sum(sum(line) for line in document.held), sum(len(line) for line in document.lines)


def uncovered(document: Document) -> Iterator[tuple[int, str]]:
    """Yield (line, run) of every run of characters that nothing holds and no reason leaves out."""
    for number, (line, held) in enumerate(zip(document.lines, document.held, strict=True), start=1):
        run = ""
        for place, character in enumerate(line):
            if held[place] or (number, place) in document.left_out:
                if run:
                    yield number, run
                run = ""
            else:
                run += character
        if run:
            yield number, run


def _document(name: str, lines: tuple[str, ...]) -> Document:
    bare = [content(_START.sub("", line).removesuffix("**")) for line in lines]
    return Document(name, bare, [[False] * len(line) for line in bare])


def _hold(document: Document, positions: list[tuple[int, int]]) -> None:
    for number, place in positions:
        document.held[number - 1][place] = True
