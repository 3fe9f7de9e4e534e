"""The tree of one edition as a Qt item model.

Indexes carry the entry's integer id, because PySide6 keeps no reference to objects put into an index.
Painting is a look-up: titles are read when a branch is loaded and again, all at once, when the language
changes. Branches are loaded when they are opened, in steps of `STEP`, so a branch of 10,000 entries
costs what is shown of it.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

from minato_viewer.language.catalogues import Messages
from minato_viewer.language.tags import chain
from minato_viewer.pages import wording
from minato_viewer.planfile.reader import Heading, Node, Plan

STEP = 50
MOST_MATCHES = 500
"""A filter shows at most so many entries; its state says when there are more."""

Index = QModelIndex | QPersistentModelIndex
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


class _Branch:
    """A loaded entry: its heading, its row among its siblings and the ids of the children loaded so far."""

    __slots__ = ("children", "depth", "heading", "row")

    def __init__(self, heading: Heading, row: int, depth: int) -> None:
        self.heading = heading
        self.row = row
        self.depth = depth
        self.children: list[int] = []


class TreeModel(QAbstractItemModel):
    """The entries below one edition."""

    def __init__(self, plan: Plan, messages: Messages, parent: QObject | None = None) -> None:
        """Show nothing until `show_edition`."""
        super().__init__(parent)
        self._plan = plan
        self._messages = messages
        self._edition: Node | None = None
        self._top: list[int] = []
        self._branches: dict[int, _Branch] = {}
        self._words = ""
        self.more_matches = False

    # -- what is shown ---------------------------------------------------------------------------

    def show_edition(self, code: str, words: str = "") -> None:
        """Show the edition `code`, only what matches `words` and what leads there if there are any."""
        self.beginResetModel()
        self._edition = self._plan.node(code)
        self._words = words.strip()
        self._top, self._branches, self.more_matches = [], {}, False
        if self._edition is not None and self._words:
            self._load_matches(self._edition)
        elif self._edition is not None:
            self._append(None, self._children(self._edition.id, 0, STEP))
        self.endResetModel()

    @property
    def loaded(self) -> int:
        """How many entries are loaded."""
        return len(self._branches)

    @property
    def words(self) -> str:
        """The filter; empty where the whole edition is shown."""
        return self._words

    def set_messages(self, messages: Messages) -> None:
        """Say everything that is loaded in another language; rows, expansion and selection stay."""
        self.layoutAboutToBeChanged.emit()
        self._messages = messages
        found = self._plan.headings(self._branches, self._chain()) if self._branches else {}
        for node_id, branch in self._branches.items():
            branch.heading = self._below_top(found[node_id])
        self.layoutChanged.emit()

    def index_of(self, code: str) -> QModelIndex:
        """Return the index of `code`, loading what leads there; invalid where this model does not show it."""
        node = self._plan.node(code)
        if node is None or self._edition is None or node.edition != self._edition.code or node.parent_id is None:
            return QModelIndex()
        for node_id in [*self._plan.ancestors(node)[1:], node.id]:
            if not self._ensure(node_id):
                return QModelIndex()
        return self._index(node.id)

    def _ensure(self, node_id: int) -> bool:
        """Load the branch above `node_id` as far as that entry."""
        if node_id not in self._branches:
            node = self._plan.node_by_id(node_id)
            parent_id = None if self._edition is None or node.parent_id == self._edition.id else node.parent_id
            parent = _NOWHERE if parent_id is None else self._index(parent_id)
            self._fetch(parent, max(STEP, node.position - self.rowCount(parent)))
        return node_id in self._branches

    # -- Qt's questions --------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Return the index of a row below `parent`."""
        children = self._loaded(parent)
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt overloads parent()
        """Return the index above `index`."""
        if not index.isValid():
            return QModelIndex()
        parent_id = self._branches[index.internalId()].heading.parent_id
        return QModelIndex() if parent_id is None else self._index(parent_id)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many children of `parent` are loaded."""
        return len(self._loaded(parent))

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return 1: the tree has one column."""
        del parent
        return 1

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        """Return whether anything is below `parent`, loaded or not."""
        if self._words or not parent.isValid():
            return bool(self._loaded(parent))
        return self._branches[parent.internalId()].heading.children > 0

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether `parent` has children that are not loaded yet."""
        if self._words or self._edition is None:
            return False
        if not parent.isValid():
            return len(self._top) < self._edition.children
        branch = self._branches[parent.internalId()]
        return len(branch.children) < branch.heading.children

    def fetchMore(self, parent: Index) -> None:
        """Load the next children of `parent`."""
        self._fetch(parent, STEP)

    def _fetch(self, parent: Index, count: int) -> None:
        if not self.canFetchMore(parent) or self._edition is None:
            return
        parent_id = parent.internalId() if parent.isValid() else None
        children = self._loaded(parent)
        loaded = len(children)
        after = self._branches[children[-1]].heading.position if children else 0
        found = self._children(self._edition.id if parent_id is None else parent_id, after, count)
        if not found:
            return
        self.beginInsertRows(parent, loaded, loaded + len(found) - 1)
        self._append(parent_id, found)
        self.endInsertRows()

    def data(self, index: Index, role: int = Role.DISPLAY) -> Any:
        """Look up what is shown of an entry."""
        if not index.isValid():
            return None
        branch = self._branches[index.internalId()]
        heading = branch.heading
        match role:
            case Role.ROW:
                return self._row(branch)
            case Role.DISPLAY | Role.TOOL_TIP:
                return self._title(heading)
            case Role.ACCESSIBLE_TEXT:
                return self._spoken(branch)
            case Role.ACCESSIBLE_DESCRIPTION:
                return self._spoken_place(branch)
            case Role.CODE:
                return heading.code
            case Role.NUMBER:
                return heading.number
            case Role.MARK:
                return self._mark(heading)
            case _:
                return None

    # -- inside ----------------------------------------------------------------------------------

    def _title(self, heading: Heading) -> str:
        return heading.title or wording.missing_title(heading.kind, heading.number, self._messages)

    def _mark(self, heading: Heading) -> str:
        return wording.title_mark(heading, self._messages)

    def _row(self, branch: _Branch) -> Row:
        heading = branch.heading
        return Row(
            title=self._title(heading),
            number=heading.number,
            below=self._count(branch),
            mark=self._mark(heading),
            lang=heading.lang or self._messages.tag,
            kind=heading.kind,
            depth=branch.depth,
        )

    def _count(self, branch: _Branch) -> int:
        """Return how many entries a branch holds; those that are shown of it, where there is a filter."""
        return len(branch.children) if self._words else branch.heading.children

    def _spoken(self, branch: _Branch) -> str:
        heading, count = branch.heading, self._count(branch)
        name = f"{heading.number} {self._title(heading)} {self._mark(heading)}".strip()
        if not count:
            return name
        # TRANSLATORS: What a screen reader says for a branch of the tree.
        return self._messages.ngettext("{name}, {count} entry below", "{name}, {count} entries below", count, name=name)

    def _spoken_place(self, branch: _Branch) -> str:
        """Say level and position, which Qt does not tell a screen reader."""
        parent_id = branch.heading.parent_id
        if parent_id is not None:
            count = self._count(self._branches[parent_id])
        else:
            count = len(self._top) if self._words or self._edition is None else self._edition.children
        return self._messages.gettext(
            # TRANSLATORS: What a screen reader says after a row of the tree: how deep it is, and its place in its list.
            "Level {level}, {number} of {count}",
            level=branch.depth + 1,
            number=branch.row + 1,
            count=count,
        )

    def _chain(self) -> tuple[str, ...]:
        own = self._plan.editions[self._edition.edition].language if self._edition else ""
        return chain(self._messages.tag, own)

    def _children(self, node_id: int, after: int, count: int) -> list[Heading]:
        return self._plan.children(node_id, self._chain(), after, count)

    def _loaded(self, parent: Index) -> list[int]:
        if not parent.isValid():
            return self._top
        return self._branches[parent.internalId()].children if parent.column() == 0 else []

    def _append(self, parent_id: int | None, headings: Iterable[Heading]) -> None:
        parent = None if parent_id is None else self._branches[parent_id]
        children, depth = (self._top, 0) if parent is None else (parent.children, parent.depth + 1)
        for heading in headings:
            self._branches[heading.id] = _Branch(self._below_top(heading), len(children), depth)
            children.append(heading.id)

    def _below_top(self, heading: Heading) -> Heading:
        """Give the entries below the edition no parent: the edition itself is not a row."""
        edition_id = self._edition.id if self._edition else None
        return heading._replace(parent_id=None) if heading.parent_id == edition_id else heading

    def _index(self, node_id: int) -> QModelIndex:
        branch = self._branches.get(node_id)
        return QModelIndex() if branch is None else self.createIndex(branch.row, 0, node_id)

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
        for node_id in sorted(found):  # ids are in reading order, so parents come before their children
            parent_id = found[node_id].parent_id
            self._append(None if parent_id == edition.id else parent_id, [found[node_id]])
