"""What a result shows: which text holds the words, in which language, and where its own characters are marked."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from minato_viewer.domain.plan import TITLE
from minato_viewer.language import kana, pinyin
from minato_viewer.language.folding import Folded, Span, fold
from minato_viewer.language.runs import pattern, runs
from minato_viewer.language.tags import TAGS
from minato_viewer.planfile import soundness
from minato_viewer.planfile.headings import and_shown
from minato_viewer.planfile.query import Query
from minato_viewer.planfile.search_rows import Candidate, Tier

SNIPPET = 90
"""Characters of a text that are shown around what was found."""
_BEFORE = 30

Ask = Callable[..., list[Any]]


def _written_so(folded: str) -> tuple[str, ...]:
    """Return the languages in which such characters are written."""
    if any("\uac00" <= character <= "\ud7a3" for character in folded):
        return ("ko",)
    if kana.kana_runs(folded):
        return ("ja", "ja-x-easy")
    return TAGS if folded.isascii() else ("ja", "ja-x-easy", "zh-Hans")


class Text(NamedTuple):
    """One text of an entry."""

    lang: str
    field: str
    text: str


class Match(NamedTuple):
    """Where a query was found in an entry."""

    lang: str
    field: str
    text: str
    marks: tuple[Span, ...]
    exact: bool
    """It stands there just as it was typed, before folding."""
    via: str = ""
    """The word of the plan, or the reading, by which something typed otherwise was found."""


class Excerpt(NamedTuple):
    """A piece of a text, with marks that count from its own beginning."""

    text: str
    marks: tuple[Span, ...]


def texts_of(ask: Ask, ids: Sequence[int], *, titles: bool, references: bool) -> dict[int, list[Text]]:
    """Return the texts of entries by id, in the plan's order; with `titles`, those alone.

    Without `references`, translations of ours that nobody approved are left out.
    """
    found: defaultdict[int, list[Text]] = defaultdict(list)
    where = "AND ordinal = 0" if titles else ""
    where += "" if references else and_shown("texts", approvals=True)
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT node_id, lang, field, text FROM texts WHERE node_id IN ({marks}) {where} ORDER BY node_id, ordinal"
    rows = ask(sql, *ids)
    soundness.columns(rows, soundness.FOUND)
    for node_id, *text in rows:
        found[node_id].append(Text(*text))
    return found


class Looking:
    """Looks for one query in the texts of entries."""

    def __init__(self, query: Query, chain: Sequence[str]) -> None:
        """Prefer the languages of `chain`, in their order."""
        # First the languages that are written so, because most results are found there.
        written = _written_so("".join(word.text for word in query.wanted))
        others = sorted(TAGS, key=lambda tag: (tag not in written, tag != "en"))
        likely = [tag for tag in chain if tag in written]
        self._order = {lang: place for place, lang in enumerate(dict.fromkeys((*likely, *others)))}
        self._words = [re.compile(pattern(word.runs, whole=word.quoted)) for word in query.wanted]
        self._written = [word.written for word in query.wanted]
        self._forms: dict[tuple[str, ...], list[re.Pattern[str]]] = {}
        self._typed = [word.text for word in query.wanted]

    def match(self, candidate: Candidate, texts: Sequence[Text], readings: Sequence[str]) -> Match:
        """Return the place in `texts` by which `candidate` is best told to be a result."""
        way = candidate.way
        if way is None:
            return self._best(texts, self._words, candidate.tier)
        if way.forms:
            if way.forms not in self._forms:
                self._forms[way.forms] = [
                    re.compile(pattern(tuple(runs(fold(form))), whole=True)) for form in way.forms
                ]
            found = self._best(texts, self._forms[way.forms], candidate.tier, way.lang)
            held = [form for form in way.forms if fold(form) in fold(found.text)]
            return found._replace(via=held[0] if held else way.forms[0])
        return self._read(texts, way.lang, readings)

    def _place(self, text: Text) -> tuple[int, bool]:
        return self._order.get(text.lang, len(self._order)), text.field != TITLE

    def _best(self, texts: Sequence[Text], words: Sequence[re.Pattern[str]], tier: Tier, lang: str = "") -> Match:
        """Return the text with the most of the words, of the language that comes first."""
        ordered = sorted(texts, key=lambda text: (text.lang != lang if lang else False, *self._place(text)))
        best, most = ordered[0], 0
        for text in ordered:
            folded = _folded(text.text)
            count = sum(bool(word.search(folded)) for word in words)
            if count > most:
                best, most = text, count
            if most == len(words) or (lang and most):
                break
        marks = _marked(best.text, words) if most else ()
        exact = tier in (Tier.NUMBER, Tier.EXACT) or all(word in best.text for word in self._written)
        return Match(best.lang, best.field, best.text, marks, exact)

    def _read(self, texts: Sequence[Text], lang: str, readings: Sequence[str]) -> Match:
        """Return the title in the language by whose reading an entry was found."""
        titles = [text for text in texts if text.field == TITLE]
        if not titles:  # the one that was found is not shown here
            return Match("", "", "", (), exact=True)
        title = next((text for text in titles if text.lang == lang), titles[0])
        marks: tuple[Span, ...] = ()
        via = ""
        if lang == "zh-Hans":
            marks = pinyin.places(title.text, "".join(self._typed))
        else:
            reading = next(iter(readings), "")
            via = reading
            spans = [kana.place(title.text, reading or title.text, word) for word in self._typed]
            marks = tuple(sorted(span for span in spans if span is not None))
        # Read just as it was typed, not only so that it sounds the same.
        heard = fold(" ".join(readings) or title.text)
        exact = all(any(way in heard for way in self._spelt(word)) for word in self._typed)
        return Match(title.lang, title.field, title.text, marks, exact=exact, via=via)

    def _spelt(self, word: str) -> tuple[str, ...]:
        return (word,) if kana.is_kana(word) else kana.romaji(word)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Return a text folded. Kept, because each letter that is typed finds much of what the one before did."""
    return fold(text)


def _marked(text: str, words: Iterable[re.Pattern[str]]) -> tuple[Span, ...]:
    """Return where the words stand in a text, in its own characters, without overlaps."""
    folded = Folded(text)
    found = sorted(
        folded.original(hit.start(), hit.end()) for word in words for hit in word.finditer(folded.text) if hit[0]
    )
    merged: list[Span] = []
    for span in found:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def excerpt(text: str, marks: Sequence[Span], longest: int = SNIPPET) -> Excerpt:
    """Return at most about `longest` characters of a text, so that the first mark is seen."""
    plain = text.replace("\n", " ")
    if len(plain) <= longest:
        return Excerpt(plain, tuple(marks))
    start = max(0, min(marks[0].start - _BEFORE if marks else 0, len(plain) - longest))
    if start:
        # Not from the middle of a word, where words have blanks between them.
        blank = plain.find(" ", start, start + 15)
        start = blank + 1 if blank >= 0 and (not marks or blank < marks[0].start) else start
    end = min(len(plain), start + longest)
    lead = "…" if start else ""
    kept = [
        Span(max(span.start, start) - start + len(lead), min(span.end, end) - start + len(lead))
        for span in marks
        if span.start < end and span.end > start
    ]
    return Excerpt(lead + plain[start:end] + ("…" if end < len(plain) else ""), tuple(kept))
