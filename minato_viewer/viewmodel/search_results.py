"""The results of a search as a Qt list model: what is shown of each, and what a screen reader says.

Rows are handed out a few at a time, as a view scrolls to them, because measuring a row costs more than finding it.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtGui import QTextLayout

from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import TITLE
from minato_viewer.language.tags import chain, language
from minato_viewer.pages import wording
from minato_viewer.planfile.search_rows import Tier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextCharFormat

    from minato_viewer.domain.plan import Edition
    from minato_viewer.language.catalogues import Messages
    from minato_viewer.language.folding import Span
    from minato_viewer.planfile.search import Hit
    from minato_viewer.viewmodel.search_worker import Answer

STEP = 10
"""Rows that are added at a time."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

# TRANSLATORS: Why an entry is among the results of a search although the words that were typed do not stand in it.
_WAYS = {
    Tier.READING: N_("Found by how it is read: {word}"),
    Tier.LATIN: N_("Found by how it is read: {word}"),
    Tier.INITIALS: N_("Found by its first letters: {word}"),
}


class Role(IntEnum):
    """What is known of a result: Qt's own roles as their numbers (see `tree.Role`), then ours."""

    DISPLAY = 0
    ACCESSIBLE_TEXT = 11

    CODE = 0x0100
    RESULT = 0x0101


class Line(NamedTuple):
    """A text with the places that are to be marked in it (UTF-16 code units, as Qt counts) and its language."""

    text: str
    marks: tuple[tuple[int, int], ...]
    """Start and length each."""
    lang: str


def marked(line: Line, look: QTextCharFormat) -> list[QTextLayout.FormatRange]:
    """Return how a layout of `line` shows its marks: each in `look`."""
    found: list[QTextLayout.FormatRange] = []
    for start, length in line.marks:
        mark = QTextLayout.FormatRange()
        mark.start, mark.length, mark.format = start, length, look
        found.append(mark)
    return found


class Result(NamedTuple):
    """What is shown of a result."""

    title: Line
    place: str
    """Its kind and number, and the way to it."""
    mark: str
    """Very short, for a title that is our translation; else empty."""
    reason: str
    """Why it is here, where the title does not show it; else empty."""
    excerpt: Line
    """The words that were found, where they are not in the title; else empty."""


class ResultsModel(QAbstractListModel):
    """The results of the latest search."""

    def __init__(self, editions: dict[str, Edition], parent: QObject | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._editions = editions
        self._hits: Sequence[Hit] = ()
        self._results: list[Result] = []
        self._messages: Messages | None = None

    def show(self, hits: Sequence[Hit], messages: Messages) -> None:
        """Show `hits` in place of what was shown."""
        self.beginResetModel()
        self._hits, self._messages = hits, messages
        self._results = [self._result(hit, messages) for hit in hits[:STEP]]
        self.endResetModel()

    def code(self, row: int) -> str:
        """Return the code of a row, loaded or not; empty where there is none."""
        return self._hits[row].code if 0 <= row < len(self._hits) else ""

    def row_of(self, code: str) -> int:
        """Return the row of an entry, loading it; -1 where it is not among the results."""
        row = next((row for row, hit in enumerate(self._hits) if hit.code == code), -1)
        while row >= len(self._results):
            self.fetchMore(_NOWHERE)
        return row

    # -- Qt's questions --------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows are loaded."""
        return 0 if parent.isValid() else len(self._results)

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether there are results that are not loaded yet."""
        return not parent.isValid() and len(self._results) < len(self._hits)

    def fetchMore(self, parent: Index) -> None:
        """Load the next rows."""
        if not self.canFetchMore(parent) or self._messages is None:
            return
        loaded = len(self._results)
        more = [self._result(hit, self._messages) for hit in self._hits[loaded : loaded + STEP]]
        self.beginInsertRows(_NOWHERE, loaded, loaded + len(more) - 1)
        self._results += more
        self.endInsertRows()

    def data(self, index: Index, role: int = Role.DISPLAY) -> Any:
        """Look up what is shown of a result."""
        if not index.isValid():
            return None
        match role:
            case Role.RESULT:
                return self._results[index.row()]
            case Role.DISPLAY:
                return self._results[index.row()].title.text
            case Role.ACCESSIBLE_TEXT:
                return spoken(self._results[index.row()])
            case Role.CODE:
                return self._hits[index.row()].code
            case _:
                return None

    # -- inside ----------------------------------------------------------------------------------

    def _result(self, hit: Hit, messages: Messages) -> Result:
        title = hit.title or wording.missing_title(hit.kind, hit.number, messages)
        shown_in_title = bool(hit.title_marks) or (hit.field == TITLE and hit.lang == hit.title_lang)
        foreign = hit.lang not in chain(messages.tag, hit.title_lang)
        return Result(
            title=Line(title, _marks(title, hit.title_marks), hit.title_lang or messages.tag),
            place=self._place(hit, messages),
            mark=wording.title_mark(hit, messages),
            reason=_reason(hit, messages, foreign=foreign and not shown_in_title),
            excerpt=Line("", (), messages.tag)
            if shown_in_title or not hit.snippet.text
            else Line(hit.snippet.text, _marks(hit.snippet.text, hit.snippet.marks), hit.lang),
        )

    def _place(self, hit: Hit, messages: Messages) -> str:
        edition = wording.edition_name(self._editions[hit.code.partition("/")[0]], self._editions, messages)
        above = [step.title or wording.missing_title(step.kind, step.number, messages) for step in hit.path[1:]]
        kind = wording.kind_name(hit.kind, hit.number, messages)
        # TRANSLATORS: Below the title of a result: what it is ("Policy 4"), and the way to it.
        return messages.gettext("{kind} · {path}", kind=kind, path=" › ".join([edition, *above]))


def _reason(hit: Hit, messages: Messages, *, foreign: bool) -> str:
    if hit.via and hit.tier in _WAYS:
        return messages.gettext(_WAYS[hit.tier], word=hit.via)
    if hit.tier is Tier.INITIALS:
        return messages.gettext("Found by its first letters")
    if hit.tier is Tier.LATIN:
        return messages.gettext("Found by how it is read")
    if foreign and hit.tier is not Tier.NUMBER:
        # TRANSLATORS: Above words that were found in another language than the reader's; the name is its own.
        return messages.gettext("Found in {language}", language=language(hit.lang).name)
    return ""


def _marks(text: str, marks: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    """Return marks as Qt counts them."""

    def units(end: int) -> int:
        return len(text[:end].encode("utf-16-le")) // 2

    return tuple((units(start), units(end) - units(start)) for start, end in marks)


def spoken(result: Result) -> str:
    """Return what a screen reader says of a result."""
    parts = (result.title.text, result.mark, result.place, result.reason, result.excerpt.text)
    return ". ".join(part for part in parts if part)


def counted(answer: Answer, messages: Messages) -> str:
    """Return the sentence that says how much was found, or why nothing could be looked for."""
    if isinstance(answer.failed, Fault):
        return messages.gettext(answer.failed.message, **answer.failed.values)
    if not answer.found.hits:
        return messages.gettext("Nothing was found for “{words}”.", words=answer.question.text.strip())
    if answer.total is None:
        return messages.gettext("More than {count} results", count=len(answer.found.hits))
    return messages.ngettext("{count} result", "{count} results", answer.total)
