"""The tree of one edition as a Qt item model.

Indexes carry numbers (`tree_rows`), because PySide6 keeps no reference to objects put into an index. Branches are
loaded when they are opened, in steps of `STEP`, or as far as an entry that is to be shown. Of a row that was never
painted only numbers are held; titles are read for those that are, as many at once as a step, and anew when the
language changes.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex

from minato_viewer.language.tags import JAPANESE, chain
from minato_viewer.pages import wording
from minato_viewer.planfile.opening import damaged
from minato_viewer.viewmodel.tree_rows import BITS, IDS, Rows

if TYPE_CHECKING:
    # Types that only annotations name: PySide6 makes a class when it is first imported, at up to 2 ms each.
    from collections.abc import Collection, Iterable, Mapping

    from PySide6.QtCore import QObject, QPersistentModelIndex

    from minato_viewer.domain.plan import RubyRun
    from minato_viewer.language.catalogues import Messages
    from minato_viewer.planfile.reader import Heading, Node, Plan

    Index = QModelIndex | QPersistentModelIndex
    _Rubies = Mapping[str, tuple[RubyRun, ...]]

STEP = 50
MOST_HEADINGS = 2_000
"""Of rows, after which those are forgotten that were painted before."""
MOST_MATCHES = 500
"""A filter shows at most so many entries; its state says when there are more."""

_NOWHERE = QModelIndex()


class Role(IntEnum):
    """What is known of an entry: Qt's own roles as their numbers, then ours from Qt's UserRole on.

    Numbers, because the first use of the namespace `Qt` takes 20 ms (see `ui/shell/properties`).
    """

    DISPLAY = 0
    TOOL_TIP = 3
    ACCESSIBLE_TEXT = 11
    ACCESSIBLE_DESCRIPTION = 12

    CODE = 0x0100
    NUMBER = 0x0101
    MARK = 0x0102
    ROW = 0x0103
    """All that is painted of an entry, as a `Row`: one question instead of six."""


class Row(NamedTuple):
    """What is painted of an entry."""

    title: str
    number: str
    below: int
    """How many entries are shown below it."""
    mark: str
    """Very short, for a title that is our translation; else empty."""
    lang: str
    kind: str
    depth: int
    """Branches above it in the tree."""
    rubies: tuple[RubyRun, ...] | None = None
    """Furigana of the title; None where the reader wants none, nothing where the title has none."""


class TreeModel(QAbstractItemModel):
    """The entries below one edition."""

    def __init__(
        self, plan: Plan, messages: Messages, parent: QObject | None = None, *, furigana: bool = False
    ) -> None:
        """Show nothing until `show_edition`."""
        super().__init__(parent)
        self._plan = plan
        self._messages = messages
        self._furigana = furigana
        self._edition: Node | None = None
        self._rows = [Rows(0, 0, 0, 0, 0)]
        """The rows of each entry that is opened, in slots; those of the edition itself first."""
        self._slots: dict[int, int] = {}
        """The slot of an entry's rows by its id."""
        self._headings: dict[int, tuple[Heading, tuple[RubyRun, ...] | None]] = {}
        """Headings and furigana of entries that were painted lately, by id."""
        self._words = ""
        self.more_matches = False

    # -- what is shown ---------------------------------------------------------------------------

    def show_edition(self, code: str, words: str = "") -> None:
        """Show the edition `code`, only what matches `words` and what leads there if there are any."""
        self.beginResetModel()
        self._edition = self._plan.node(code)
        self._words = words.strip()
        edition = self._edition
        self._rows = [Rows(edition.id, 0, 0, 0, edition.children) if edition is not None else Rows(0, 0, 0, 0, 0)]
        self._slots, self._headings, self.more_matches = {}, {}, False
        if edition is not None and self._words:
            self._load_matches(edition)
        elif edition is not None:
            self._rows[0].append(self._plan.below(edition.id, 0, STEP))
        self.endResetModel()

    @property
    def loaded(self) -> int:
        """How many entries are loaded."""
        return sum(len(rows.ids) for rows in self._rows)

    @property
    def words(self) -> str:
        """The filter; empty where the whole edition is shown."""
        return self._words

    def set_messages(self, messages: Messages, *, furigana: bool = False) -> None:
        """Say everything that is loaded in another language; rows, expansion and selection stay."""
        self.layoutAboutToBeChanged.emit()
        self._messages = messages
        self._furigana = furigana
        self._headings.clear()
        self.layoutChanged.emit()

    def index_of(self, code: str) -> QModelIndex:
        """Return the index of `code`, loading what leads there; invalid where this model does not show it."""
        node = self._plan.node(code)
        if node is None or self._edition is None or node.edition != self._edition.code or node.parent_id is None:
            return QModelIndex()
        index = _NOWHERE
        for node_id in [*self._plan.ancestors(node)[1:], node.id]:
            index = self._child(index, node_id)
            if not index.isValid():
                return QModelIndex()
        return index

    def _child(self, parent: QModelIndex, node_id: int) -> QModelIndex:
        """Return the index of an entry below `parent`, loading the rows as far as that entry."""
        row = self._row_below(parent, node_id)
        if row < 0 and not self._words:
            self._fetch(parent, max(STEP, self._plan.node_by_id(node_id).position - self.rowCount(parent)))
            row = self._row_below(parent, node_id)
        return self.index(row, 0, parent)

    def _row_below(self, parent: QModelIndex, node_id: int) -> int:
        slot = self._slot(parent)
        return -1 if slot < 0 else self._rows[slot].row_of(node_id)

    # -- Qt's questions --------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Return the index of a row below `parent`."""
        slot = self._slot(parent)
        if slot < 0 or column != 0 or row < 0:
            return QModelIndex()
        # Asked of each of the rows that a long branch shows at once; that one is too far costs least to find so.
        try:
            return self.createIndex(row, 0, slot << BITS | self._rows[slot].ids[row])
        except IndexError:
            return QModelIndex()

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt overloads parent()
        """Return the index above `index`."""
        slot = index.internalId() >> BITS if index.isValid() else 0
        if not slot:
            return QModelIndex()
        rows = self._rows[slot]
        return self.createIndex(rows.at, 0, rows.above << BITS | rows.node_id)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many children of `parent` are loaded."""
        slot = self._slot(parent)
        return 0 if slot < 0 else len(self._rows[slot].ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return 1: the tree has one column."""
        del parent
        return 1

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        """Return whether anything is below `parent`, loaded or not."""
        if self._words or not parent.isValid():
            return self._below(parent) > 0
        return self._rows[parent.internalId() >> BITS].below[parent.row()] > 0

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether `parent` has children that are not loaded yet."""
        return not self._words and self.rowCount(parent) < self._below(parent)

    def fetchMore(self, parent: Index) -> None:
        """Load the next children of `parent`."""
        self._fetch(parent, STEP)

    def _fetch(self, parent: Index, count: int) -> None:
        if not self.canFetchMore(parent):
            return
        rows = self._rows[self._opened(parent)]
        found = self._plan.below(rows.node_id, rows.last, count)
        if not found:
            return
        self.beginInsertRows(parent, len(rows.ids), len(rows.ids) + len(found) - 1)
        rows.append(found)
        self.endInsertRows()

    def data(self, index: Index, role: int = Role.DISPLAY) -> Any:
        """Look up what is shown of an entry."""
        if not index.isValid():
            return None
        heading, rubies = self._heading(index)
        match role:
            case Role.ROW:
                return self._row(index, heading, rubies)
            case Role.DISPLAY | Role.TOOL_TIP:
                return self._title(heading)
            case Role.ACCESSIBLE_TEXT:
                return self._spoken(index, heading)
            case Role.ACCESSIBLE_DESCRIPTION:
                return self._spoken_place(index)
            case Role.CODE:
                return heading.code
            case Role.NUMBER:
                return heading.number
            case Role.MARK:
                return self._mark(heading)
            case _:
                return None

    # -- inside ----------------------------------------------------------------------------------

    def _slot(self, parent: Index) -> int:
        """Return where the rows below `parent` are; -1 where none of them is loaded."""
        if not parent.isValid():
            return 0
        return self._slots.get(parent.internalId() & IDS, -1) if parent.column() == 0 else -1

    def _opened(self, parent: Index) -> int:
        """Return where the rows below `parent` are, or are to be."""
        slot = self._slot(parent)
        if slot >= 0:
            return slot
        carried = parent.internalId()
        return self._open(carried & IDS, carried >> BITS, parent.row(), self._below(parent))

    def _open(self, node_id: int, above: int, at: int, total: int) -> int:
        slot = self._slots[node_id] = len(self._rows)
        self._rows.append(Rows(node_id, above, at, self._rows[above].depth + 1, total))
        return slot

    def _below(self, parent: Index) -> int:
        """Return how many entries are below `parent`; those that are shown, where there is a filter."""
        if not parent.isValid():
            return len(self._rows[0].ids) if self._words else self._rows[0].total
        if self._words:
            return self.rowCount(parent)
        return self._rows[parent.internalId() >> BITS].below[parent.row()]

    def _heading(self, index: Index) -> tuple[Heading, tuple[RubyRun, ...] | None]:
        """Return what an entry is called, reading it together with those around it."""
        carried = index.internalId()
        found = self._headings.get(carried & IDS)
        if found is None:
            if len(self._headings) > MOST_HEADINGS:
                self._headings.clear()
            start = index.row() // STEP * STEP
            headings = self._plan.headings(self._rows[carried >> BITS].ids[start : start + STEP], self._chain())
            self._keep(headings.values())
            found = self._headings.get(carried & IDS)
            if found is None:
                raise damaged(self._plan.path)
        return found

    def _keep(self, headings: Collection[Heading]) -> None:
        rubies = self._rubies(headings)
        self._headings.update((heading.id, (heading, rubies.get(heading.code))) for heading in headings)

    def _title(self, heading: Heading) -> str:
        return heading.title or wording.missing_title(heading.kind, heading.number, self._messages)

    def _mark(self, heading: Heading) -> str:
        """Return the short mark of a title that is our translation, else an empty string."""
        return wording.title_mark(heading, self._messages)

    def _row(self, index: Index, heading: Heading, rubies: tuple[RubyRun, ...] | None) -> Row:
        return Row(
            title=self._title(heading),
            number=heading.number,
            below=self._below(index),
            mark=self._mark(heading),
            lang=heading.lang or self._messages.tag,
            kind=heading.kind,
            depth=self._rows[index.internalId() >> BITS].depth,
            rubies=rubies,
        )

    def _spoken(self, index: Index, heading: Heading) -> str:
        count = self._below(index)
        name = f"{heading.number} {self._title(heading)} {self._mark(heading)}".strip()
        if not count:
            return name
        # TRANSLATORS: What a screen reader says for a branch of the tree.
        return self._messages.ngettext("{name}, {count} entry below", "{name}, {count} entries below", count, name=name)

    def _spoken_place(self, index: Index) -> str:
        """Say level and position, which Qt does not tell a screen reader."""
        rows = self._rows[index.internalId() >> BITS]
        return self._messages.gettext(
            # TRANSLATORS: What a screen reader says after a row of the tree: how deep it is, and its place in its list.
            "Level {level}, {number} of {count}",
            level=rows.depth + 1,
            number=index.row() + 1,
            count=len(rows.ids) if self._words else rows.total,
        )

    def _chain(self) -> tuple[str, ...]:
        own = self._plan.editions[self._edition.edition].language if self._edition else ""
        return chain(self._messages.tag, own)

    def _rubies(self, headings: Iterable[Heading]) -> _Rubies:
        """Return the furigana of titles by code; nothing at all where the reader wants none."""
        if not self._furigana:
            return {}
        languages = {heading.code: heading.lang for heading in headings}
        found = self._plan.title_rubies(languages)
        return {code: found.get((code, lang), ()) if lang in JAPANESE else () for code, lang in languages.items()}

    def _load_matches(self, edition: Node) -> None:
        """Load the entries whose title holds the words, and what is above them, in reading order."""
        matches = self._plan.matching(edition.id, self._words, self._chain(), MOST_MATCHES + 1)
        self.more_matches = len(matches) > MOST_MATCHES
        found = {heading.id: heading for heading in matches[:MOST_MATCHES]}
        above = {heading.parent_id for heading in found.values()} - found.keys() - {edition.id, None}
        while above:
            loaded = self._plan.headings((i for i in above if i is not None), self._chain())
            found |= loaded
            above = {heading.parent_id for heading in loaded.values()} - found.keys() - {edition.id, None}
        places: dict[int | None, tuple[int, int]] = {}
        for node_id in sorted(found):  # ids are in reading order, so parents come before their children
            parent_id = found[node_id].parent_id
            slot = 0
            if parent_id in places:
                slot = self._slots.get(parent_id or 0, -1)
                slot = self._open(parent_id or 0, *places[parent_id], 0) if slot < 0 else slot
            rows = self._rows[slot]
            places[node_id] = (slot, len(rows.ids))
            rows.append([(node_id, 0, len(rows.ids) + 1)])
        self._keep(found.values())
