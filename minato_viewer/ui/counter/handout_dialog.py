"""The hand-out list: what was collected, in the order in which it will be printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from minato_viewer.pages.paper import HANDOUT, Order, entries
from minato_viewer.ui.shell.focus_ring import FocusRing
from minato_viewer.ui.shell.folding_row import FoldingRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from minato_viewer.ui.shell.context import Context
    from minato_viewer.viewmodel.handout import Handout


class HandoutDialog(QDialog):
    """Orders, removes, clears; printing is the print dialog's."""

    print_wanted = Signal()

    def __init__(self, context: Context, handout: Handout, parent: QWidget) -> None:
        """Show what `handout` holds."""
        super().__init__(parent)
        self._context = context
        self._handout = handout
        messages = context.translator.messages
        self.setObjectName("handout")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(messages.gettext("Hand-out list"))
        self._hint = QLabel(self)
        self._hint.setWordWrap(True)
        self._list = QListWidget(self)
        self._list.setAccessibleName(messages.gettext(HANDOUT))
        self._list.setWordWrap(True)
        self._list.currentRowChanged.connect(self._enable)
        moving, ending = FoldingRow(self), FoldingRow(self)
        self._up = self._button(moving, messages.gettext("Up"), partial(self._move, -1))
        self._down = self._button(moving, messages.gettext("Down"), partial(self._move, 1))
        self._remove = self._button(moving, messages.gettext("Remove"), self._take_out)
        self._clear = self._button(moving, messages.gettext("Clear"), handout.clear)
        self._print = self._button(ending, messages.gettext("Print…"), self._on_print)
        self._print.setDefault(True)
        self._button(ending, messages.gettext("Close"), self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._hint)
        layout.addWidget(self._list, 1)
        layout.addWidget(moving)
        layout.addWidget(ending)
        handout.changed.connect(self._fill)
        FocusRing(self, context.appearance)
        self._fill()
        self._list.setCurrentRow(0)
        self._list.setFocus()
        room, theme = parent.window().size(), context.theme
        self.resize(min(theme.scaled(620), room.width() - 80), min(theme.scaled(480), room.height() - 80))

    def _button(self, row: FoldingRow, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, row)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        row.add(button)
        return button

    def _fill(self) -> None:
        """Show the list as it is; the same place stays chosen."""
        messages = self._context.translator.messages
        place = self._list.currentRow()
        codes = self._handout.codes
        self._list.clear()
        for entry in entries(self._context.plan, Order(codes, (messages.tag,)), messages):
            self._list.addItem(entry.title)
        self._list.setCurrentRow(min(max(place, 0), len(codes) - 1))
        self._hint.setText(
            messages.gettext("Printed in this order. The list is kept nowhere: it is gone when the program ends.")
            if codes
            else messages.gettext("Nothing is in the list yet: open an entry and press Ctrl+D.")
        )
        self._enable()

    def _enable(self) -> None:
        place, last = self._list.currentRow(), self._list.count() - 1
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < last)
        self._remove.setEnabled(place >= 0)
        for button in (self._clear, self._print):
            button.setEnabled(last >= 0)

    def _move(self, step: int) -> None:
        target = self._handout.move(self._list.currentRow(), step)
        self._list.setCurrentRow(target)

    def _take_out(self) -> None:
        self._handout.remove(self._list.currentRow())

    def _on_print(self) -> None:
        self.close()
        self.print_wanted.emit()
