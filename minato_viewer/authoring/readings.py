"""How the plan's Japanese is read: db/readings/<edition>.toml, one [[ruby]] a text, written by hand or proposed.

A text is written out whole, every run of its kanji in braces with its reading: `{港区|みなとく}の{取|と}り{組|く}み`.
Without braces and readings it is the text, character for character; so a text that changed shows.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from minato_viewer.domain.plan import TITLE
from minato_viewer.domain.plan_data import Reading, Ruby, Text

LANGUAGES = ("ja", "ja-x-easy")
"""The languages whose texts have kanji to be read."""

_KANJI = "々〆\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANJI = re.compile(f"[{_KANJI}]+")
"""Characters that nobody can read who has not learned them."""
# ヶ in 3ヶ月 and 〇 in 二〇二四年 are read with the kanji beside them, and the digit of 1人 is: ひとり.
_BASE = re.compile(f"[0-9０-９]*[{_KANJI}ヶヵ〇]+")
_READING = re.compile("[ぁ-ゖー]+")
_BRACES = re.compile(r"[{}|]")

_HEADER = """\
# How the Japanese texts of {edition} are read. `minato-plan readings` proposes a reading for every text that has none
# or that changed, and marks it reviewed = false: read it, correct it, and remove that line. The command writes the
# whole file, so comments do not stay.
"""


class Annotation(NamedTuple):
    """A text of an edition with its readings in braces."""

    edition: str
    """The file that it stands in, without its ending."""
    code: str
    field: str
    lang: str
    text: str
    reviewed: bool

    @property
    def key(self) -> tuple[str, str, str]:
        """Whose reading this is: code, field and language, as of a text."""
        return self.code, self.field, self.lang


class Run(NamedTuple):
    """Some characters of a text and how they are read; places count code points."""

    start: int
    length: int
    reading: str


class Annotated(NamedTuple):
    """A text without braces, and its runs in order."""

    text: str
    runs: tuple[Run, ...]

    def base(self, run: Run) -> str:
        """Return the characters of `run`."""
        return self.text[run.start : run.start + run.length]

    def kana(self) -> str:
        """Return the text as it is read: readings in place of their kanji, everything else as it stands."""
        return "".join(self._pieces("{reading}"))

    def markup(self) -> str:
        """Return the text with its readings in braces."""
        return "".join(self._pieces("{{{base}|{reading}}}"))

    def unread(self) -> list[str]:
        """Return the kanji that stand in no run."""
        rest = list(self.text)
        for run in self.runs:
            rest[run.start : run.start + run.length] = " " * run.length
        return KANJI.findall("".join(rest))

    def _pieces(self, form: str) -> Iterator[str]:
        end = 0
        for run in self.runs:
            yield self.text[end : run.start]
            yield form.format(base=self.base(run), reading=run.reading)
            end = run.start + run.length
        yield self.text[end:]


class MarkupError(ValueError):
    """Braces that are no reading; its text says what is wrong, in English, as a finding does."""


def parse(markup: str) -> Annotated:
    """Return the text and the runs of `markup`; MarkupError says what is wrong with it."""
    text, runs = "", list[Run]()
    for piece in re.split(r"(\{[^{}]*\})", markup):
        if not piece.startswith("{") or not piece.endswith("}"):
            if _BRACES.search(piece):
                raise MarkupError(f"a brace or bar in “{piece}” stands alone or in another")
            text += piece
            continue
        base, bar, reading = piece[1:-1].partition("|")
        if not bar or not _BASE.fullmatch(base):
            raise MarkupError(f"{piece} is no kanji with their reading, such as {{区|く}}; kana stand outside")
        if not _READING.fullmatch(reading):
            raise MarkupError(f"the reading in {piece} is not written in hiragana")
        runs.append(Run(len(text), len(base), reading))
        text += base
    return Annotated(text, tuple(runs))


def sound(annotations: Iterable[Annotation], texts: Iterable[Text]) -> dict[tuple[str, str, str], Annotated]:
    """Return what a plan file holds, by code, field and language: what is reviewed and still fits its text."""
    words = {(row.code, row.field, row.lang): row.text for row in texts if row.lang in LANGUAGES}
    found = dict[tuple[str, str, str], Annotated]()
    for annotation in annotations:
        try:
            annotated = parse(annotation.text)
        except MarkupError:
            continue  # the check says so
        if annotation.reviewed and annotated.text == words.get(annotation.key):
            found[annotation.key] = annotated
    return found


def rubies(found: dict[tuple[str, str, str], Annotated]) -> Iterator[Ruby]:
    """Yield the readings over the runs of every text."""
    for key, annotated in found.items():
        for run in annotated.runs:
            yield Ruby(*key, run.start, run.length, run.reading)


def title_readings(found: dict[tuple[str, str, str], Annotated], texts: Iterable[Text]) -> Iterator[Reading]:
    """Yield how every Japanese title is read; one without kanji is read as it stands."""
    for row in texts:
        if row.field != TITLE or row.lang not in LANGUAGES:
            continue
        annotated = found.get((row.code, row.field, row.lang))
        if annotated or not KANJI.search(row.text):
            yield Reading(row.code, row.field, row.lang, annotated.kana() if annotated else row.text)


def write(path: Path, annotations: Iterable[Annotation]) -> None:
    """Write the annotations of one edition in their order: the same values give the same bytes."""
    blocks = [_HEADER.format(edition=path.stem)]
    for row in annotations:
        cells = {"code": row.code, "field": row.field, "lang": row.lang, "text": row.text}
        lines = [f"{key} = {_quoted(value)}" for key, value in cells.items()]
        blocks.append("\n".join(["[[ruby]]", *lines, *([] if row.reviewed else ["reviewed = false"]), ""]))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(blocks), encoding="utf-8", newline="\n")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
