"""Proposes readings for Japanese texts that have none: first as the same words are read elsewhere, then as analysed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from minato_viewer.authoring.analyser import Analyse, hiragana
from minato_viewer.authoring.readings import KANJI, LANGUAGES, Annotated, Annotation, MarkupError, Run, parse
from minato_viewer.authoring.sources import Sources

_HIRAGANA = re.compile("[ぁ-ゖー]+")
_WITH_NUMBER = re.compile(f"[0-9０-９]*{KANJI.pattern}")
Parts = tuple[tuple[int, str], ...]
"""The runs of a stretch of kanji: how many characters each, and how they are read."""


class _Place(NamedTuple):
    """The character before a stretch of kanji and the two after it; they tell 人が from 3人が, 急に from 急ぎ."""

    before: str
    after: str


class Known:
    """How stretches of kanji, and single runs of them, are read in texts that have been reviewed."""

    def __init__(self, texts: Iterable[Annotated]) -> None:
        """Remember every run, and every stretch of runs without anything between them."""
        self._found: defaultdict[str, list[tuple[_Place, Parts]]] = defaultdict(list)
        for annotated in texts:
            for runs in _stretches(annotated):
                self._remember(annotated.text, runs)
                if len(runs) > 1:
                    for run in runs:
                        self._remember(annotated.text, [run])

    def _remember(self, text: str, runs: list[Run]) -> None:
        start, end = runs[0].start, runs[-1].start + runs[-1].length
        parts = tuple((run.length, run.reading) for run in runs)
        self._found[text[start:end]].append((_place(text, start, end), parts))

    def read(self, text: str, start: int, end: int) -> list[Run]:
        """Return how `text[start:end]` is read elsewhere; empty where it is not sure that it is read so here too."""
        here, known = _place(text, start, end), self._found.get(text[start:end], [])
        same = [parts for place, parts in known if place == here]
        if not same and end - start > 1:
            # A word of several kanji is read as everywhere; a single one (上, 方, 行) is left to the analyser.
            same = [parts for place, parts in known if place.after == here.after]
            readings = {parts for _, parts in known}
            same = same or (list(readings) if len(readings) == 1 else [])
        return _placed(Counter(same).most_common(1)[0][0], start) if same else []


def proposals(sources: Sources, analyse: Analyse) -> dict[str, list[Annotation]]:
    """Return what db/readings should hold by edition: what fits as it is, a proposal for what is missing or changed.

    A reading whose text is gone is left out. One whose translation is not there just now stays, and so does one
    that cannot be read, for a person to mend.
    """
    texts = {(row.code, row.field, row.lang): row.text for row in sources.data.texts}
    old = {annotation.key: annotation for annotation in sources.annotations}
    known = Known(_readable(annotation for annotation in sources.annotations if annotation.reviewed))
    proposed: dict[str, list[Annotation]] = {edition.code: [] for edition in sources.data.editions}
    for key in _keys(sources):
        edition, text, annotation = key[0].partition("/")[0], texts.get(key), old.get(key)
        if annotation and (text is None or _fits(annotation, text)):
            proposed[edition].append(annotation._replace(edition=edition))
        elif text is not None and KANJI.search(text):
            markup = propose(text, known, analyse).markup()
            proposed[edition].append(Annotation(edition, *key, markup, reviewed=False))
    return proposed


def _keys(sources: Sources) -> Iterator[tuple[str, str, str]]:
    """Yield what may have a reading: every field of every entry in the order of the plan, ja before ja-x-easy."""
    fields: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in sources.data.texts:
        fields[row.code][row.field] = None
    for entry in sources.data.entries:
        for field in fields[entry.code]:
            for lang in LANGUAGES:
                yield entry.code, field, lang


def _readable(annotations: Iterable[Annotation]) -> Iterator[Annotated]:
    for annotation in annotations:
        try:
            yield parse(annotation.text)
        except MarkupError:
            continue  # the check says so


def _fits(annotation: Annotation, text: str) -> bool:
    return all(annotated.text == text and not annotated.unread() for annotated in _readable([annotation]))


def propose(text: str, known: Known, analyse: Analyse) -> Annotated:
    """Return `text` with a reading over its kanji, as far as any is found."""
    analysed = list(_analysed(text, analyse))
    runs: list[Run] = []
    for stretch in _WITH_NUMBER.finditer(text):
        kanji = KANJI.search(text, stretch.start())
        assert kanji is not None  # the stretch ends in some
        start, end = kanji.span()
        # The digit of 1人 is read with it: ひとり.
        whole = known.read(text, stretch.start(), end) or known.read(text, start, end)
        runs += whole or _joined(text, [run for run in analysed if start <= run.start < end], known)
    return Annotated(text, tuple(runs))


def _joined(text: str, analysed: list[Run], known: Known) -> list[Run]:
    """Return the analysed runs of one stretch, the longest known words in their place where they fit."""
    ends = [run.start + run.length for run in analysed]
    runs: list[Run] = []
    place = 0
    while place < len(analysed):
        start = analysed[place].start
        for last in reversed(range(place, len(analysed))):
            if word := known.read(text, start, ends[last]):
                break
        else:
            last, word = place, [analysed[place]]
        runs += word
        place = last + 1
    return runs


def _analysed(text: str, analyse: Analyse) -> Iterator[Run]:
    start = 0
    for word in analyse(text):
        if KANJI.search(word.surface):
            yield from _aligned(word.surface, word.reading, start, analyse)
        start += len(word.surface)


def _aligned(surface: str, reading: str, start: int, analyse: Analyse) -> Iterator[Run]:
    """Yield the kanji of a word with what its reading leaves for them: 取り組み, とりくみ -> 取 と, 組 く."""
    pieces = re.split(f"({KANJI.pattern})", surface)
    pattern = "".join("(.+?)" if KANJI.match(piece) else re.escape(hiragana(piece)) for piece in pieces)
    fit = re.fullmatch(pattern, reading)
    groups = iter(fit.groups() if fit else ())
    for piece in pieces:
        if KANJI.match(piece):
            # 851億 and the like: the word is read with its number, so the kanji are asked for alone.
            alone = next(groups) if fit else "".join(word.reading for word in analyse(piece))
            if _HIRAGANA.fullmatch(alone):
                yield Run(start, len(piece), alone)
        start += len(piece)


def _stretches(annotated: Annotated) -> Iterator[list[Run]]:
    stretch: list[Run] = []
    for run in annotated.runs:
        if stretch and stretch[-1].start + stretch[-1].length != run.start:
            yield stretch
            stretch = []
        stretch.append(run)
    if stretch:
        yield stretch


def _place(text: str, start: int, end: int) -> _Place:
    return _Place(text[start - 1 : start], text[end : end + 2])


def _placed(parts: Parts, start: int) -> list[Run]:
    runs: list[Run] = []
    for length, reading in parts:
        runs.append(Run(start, length, reading))
        start += length
    return runs
