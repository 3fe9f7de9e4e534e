"""The left side: which edition, a filter, and the edition's tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from minato_viewer.domain.faults import RequestFault
from minato_viewer.pages.wording import edition_name
from minato_viewer.ui.counter.tree_view import TreeView
from minato_viewer.ui.shell.announce import announce
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.ui.shell.folding_row import FoldingRow
from minato_viewer.ui.shell.properties import set_by_name
from minato_viewer.viewmodel.tree import MOST_MATCHES, Role, TreeModel

if TYPE_CHECKING:
    # Types that only annotations name: PySide6 makes a class when it is first imported, at up to 2 ms each.
    from PySide6.QtCore import QItemSelection, QModelIndex

    from minato_viewer.ui.shell.context import Context

FILTER_DELAY = 120
"""Milliseconds without a key before the filter works, so that fast typing is not held up."""
LEAST_TREE = 60
"""Pixels: with what stands above it in large type, the window still fits a low screen."""
LEAST_TARGET = 24
"""Pixels: the least side of what is to be hit (WCAG 2.2, 2.5.8); Qt's own button in the box has less."""


class Navigator(QFrame):
    """Chooses an entry. It shows what the window tells it to, and tells the window what was chosen."""

    entry_chosen = Signal(str)
    edition_chosen = Signal(str)
    handed = Signal(str, str)
    """Somebody typed a hand-over code: the entry and the language that it opens."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Show nothing until `show_entry`."""
        super().__init__(parent)
        self._context = context
        self._edition = ""
        self._code = ""
        """The entry that is shown, also where a filter hides it."""
        self._open_branches: set[str] = set()
        """Codes of the branches that were open before the filter."""
        self.setObjectName("navigator")
        self._editions = QButtonGroup(self)
        self._edition_codes = list(context.plan.editions)
        self._folding = self._edition_buttons()
        own_pages = [
            self._edition_button(self, number)
            for number, code in enumerate(self._edition_codes)
            if not context.plan.editions[code].is_plan
        ]
        self.filter = QLineEdit(self)
        self.filter.setObjectName("filter")
        self._state = QLabel(self)
        self._state.setObjectName("filter_state")
        self._state.setWordWrap(True)
        self._state.setMargin(4)
        self.tree = TreeView(context.theme, self)
        self.tree.setMinimumHeight(LEAST_TREE)
        self.model = TreeModel(context.plan, context.translator.messages, self, furigana=context.furigana.on)
        self.tree.setModel(self.model)
        self.model.rowsInserted.connect(self._count_rows)
        self.model.modelReset.connect(self._count_rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 1, 0)
        layout.setSpacing(8)
        inset = QVBoxLayout()
        inset.setContentsMargins(12, 0, 12, 0)
        # What the viewer wrote itself stands below the plan's editions.
        inset.addWidget(self._folding)
        for button in own_pages:
            inset.addWidget(button)
        inset.addWidget(self.filter)
        inset.addWidget(self._state)
        layout.addLayout(inset)
        layout.addWidget(self.tree, 1)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(FILTER_DELAY)
        self._delay.timeout.connect(self.apply_filter)
        self.filter.textChanged.connect(self._on_filter_edited)
        self.filter.returnPressed.connect(self._enter_filtered)
        self.tree.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.tree.activated.connect(self._on_activated)
        context.translator.changed.connect(self.retranslate)
        context.appearance.changed.connect(self._on_appearance_changed)
        context.furigana.changed.connect(self._say_titles)
        self.retranslate()

    def _edition_buttons(self) -> FoldingRow:
        """Return the buttons of the plan's editions; only one of them, or of those below, is pressed."""
        row = FoldingRow(self)
        editions = self._context.plan.editions
        for number, code in enumerate(self._edition_codes):
            if editions[code].is_plan:
                row.add(self._edition_button(row, number))
        self._editions.idToggled.connect(self._on_edition_toggled)
        return row

    def _edition_button(self, parent: QWidget, number: int) -> QPushButton:
        button = QPushButton(parent)
        button.setObjectName("edition")
        button.setCheckable(True)
        # Said to be one of several. What is pressed is the group's to decide.
        button.setAutoExclusive(True)
        set_by_name(button, focusPolicy="TabFocus")
        self._editions.addButton(button, number)
        return button

    def retranslate(self) -> None:
        """Say everything in the current language; rows, expansion, filter and selection stay."""
        messages = self._context.translator.messages
        self.setAccessibleName(messages.gettext("Contents"))
        self.filter.setPlaceholderText(messages.gettext("Filter the contents"))
        self.filter.setAccessibleName(messages.gettext("Filter the contents"))
        self.tree.setAccessibleName(messages.gettext("Contents"))
        self._name_clear_button()
        editions = self._context.plan.editions
        for number, code in enumerate(self._edition_codes):
            self._editions.button(number).setText(edition_name(editions[code], editions, messages))
        self._press_edition()
        self._folding.fold()
        self._say_titles()
        self._say_filter_state()

    def _say_titles(self) -> None:
        self.model.set_messages(self._context.translator.messages, furigana=self._context.furigana.on)
        self.tree.remeasure()

    def _on_appearance_changed(self) -> None:
        self.tree.set_theme(self._context.theme)
        self._folding.fold()

    # -- what is shown ---------------------------------------------------------------------------

    def show_entry(self, code: str) -> None:
        """Select the entry `code`, changing the edition and giving up a filter that hides it."""
        self._code = code
        edition = code.partition("/")[0]
        if edition != self._edition:
            self._show_edition(edition)
        index = self.model.index_of(code)
        if not index.isValid() and code != edition and self.model.words:
            self.filter.clear()
            self.apply_filter()
            index = self.model.index_of(code)
        selection = self.tree.selectionModel()
        if not index.isValid():
            selection.clear()
        elif not selection.isSelected(index):
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.tree.scrollTo(index)

    def focus_filter(self) -> None:
        """Let the reader type what the contents are to be filtered by."""
        self.filter.setFocus()
        self.filter.selectAll()

    def apply_filter(self) -> None:
        """Show what the filter box asks for, or the whole edition with the branches that were open."""
        self._delay.stop()
        words = self.filter.text().strip()
        if words == self.model.words:
            return
        if not self.model.words:
            self._open_branches = self._expanded()
        self._show(words)
        if words:
            self.tree.expandAll()
        else:
            for code in self._open_branches:
                self.tree.expand(self.model.index_of(code))
        self._say_filter_state()
        if words:
            announce(self, self._state.text())
        if (index := self.model.index_of(self._code)).isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.tree.selectionModel().setCurrentIndex(index, flag)

    def _show_edition(self, edition: str) -> None:
        self._edition = edition
        self._press_edition()
        self._open_branches = set()
        self._show(self.filter.text().strip())
        if self.model.words:
            self.tree.expandAll()
        self._say_filter_state()

    def _press_edition(self) -> None:
        """Show which edition is shown: pressed and bold. Said again with each language, whose font is a new one."""
        for number, code in enumerate(self._edition_codes):
            button = self._editions.button(number)
            button.setChecked(code == self._edition)
            set_type(button, self._context.theme, "interface", bold=code == self._edition)

    def _show(self, words: str) -> None:
        filtered = bool(words or self.model.words)
        # A reset moves the current row to nowhere; that is no choice of the reader.
        self.tree.selectionModel().blockSignals(True)
        self.model.show_edition(self._edition, words)
        self.tree.selectionModel().blockSignals(False)
        if filtered:
            # A filter changes how many entries a row counts, and so the room that its title has.
            self.tree.remeasure()

    def _expanded(self) -> set[str]:
        codes: set[str] = set()
        index = self.model.index(0, 0)
        while index.isValid():
            if self.tree.isExpanded(index):
                codes.add(index.data(Role.CODE))
            index = self.tree.indexBelow(index)
        return codes

    def _say_filter_state(self) -> None:
        """Say in words what the filter found."""
        messages = self._context.translator.messages
        self._state.setVisible(bool(self.model.words))
        if self.model.more_matches:
            text = messages.gettext("More than {count} entries: type more.", count=MOST_MATCHES)
        elif self.model.rowCount():
            text = messages.gettext("Only entries with “{words}” in the title are shown.", words=self.model.words)
        else:
            text = messages.gettext("No title holds “{words}”.", words=self.model.words)
        self._state.setText(text)

    # -- what was chosen -------------------------------------------------------------------------

    def _count_rows(self) -> None:
        self.tree.count_rows(self.model.loaded)

    def _on_selection_changed(self, selected: QItemSelection) -> None:
        # The current row alone is no choice: Qt gives an empty tree one when it gets the focus.
        for index in selected.indexes():
            self.entry_chosen.emit(index.data(Role.CODE))

    def _on_activated(self, index: QModelIndex) -> None:
        self.entry_chosen.emit(index.data(Role.CODE))

    def _on_edition_toggled(self, number: int, pressed: bool) -> None:
        # Not on a click alone: assistive technology presses such a button without one.
        if pressed and self._edition_codes[number] != self._edition:
            self.edition_chosen.emit(self._edition_codes[number])

    def _on_filter_edited(self) -> None:
        # The button's icon loads Qt's image plug-ins, so it comes with the first letter and not with the window.
        self.filter.setClearButtonEnabled(True)
        self._name_clear_button()
        self._delay.start()

    def _name_clear_button(self) -> None:
        """Say what Qt's own button in the box does; there is none before the first letter."""
        name = self._context.translator.messages.gettext("Clear the filter")
        for button in self.filter.findChildren(QToolButton):
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setMinimumSize(LEAST_TARGET, LEAST_TARGET)

    def _enter_filtered(self) -> None:
        """Go from the filter box to the first entry it found."""
        self.apply_filter()
        if self._open_handed():
            return
        self.tree.setFocus()
        if not self.tree.currentIndex().isValid() and self.model.rowCount():
            self.tree.setCurrentIndex(self.model.index(0, 0))

    def _open_handed(self) -> bool:
        """Open what a hand-over code in the filter box says, or say that none is so; False where it is no code."""
        text = self.filter.text()
        if not text or (self.model.rowCount() and "-" not in text):
            return False  # words that some title holds
        from minato_viewer.viewmodel.handed import handed  # noqa: PLC0415 - not for the first page

        try:
            found = handed(text, self._context.plan)
        except RequestFault as fault:
            self._state.setText(self._context.translator.messages.gettext(fault.message, **fault.values))
            announce(self, self._state.text())
            return True
        if found is not None:
            self.filter.clear()
            self.apply_filter()
            self.handed.emit(found.code, found.lang)
            self.tree.setFocus()
        return found is not None
