"""The results on the kiosk: a list of cards that a finger pushes on, or a mouse, or the arrows of a keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QListView, QScroller

from minato_viewer.language.tags import JAPANESE
from minato_viewer.ui.kiosk.card_button import PRESSING
from minato_viewer.ui.kiosk.finger import follow_finger
from minato_viewer.ui.kiosk.result_card import CardDelegate
from minato_viewer.viewmodel.search_results import ResultsModel, Role

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from minato_viewer.language.catalogues import Messages
    from minato_viewer.planfile.search import Hit
    from minato_viewer.ui.kiosk.result_card import Rubies
    from minato_viewer.ui.shell.context import Context

_KEPT = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""Reasons for which the focus comes and goes with the window."""


class ResultList(QListView):
    """Shows results; a touch opens one."""

    shows_focus = True
    entry_chosen = Signal(str)
    left_downwards = Signal()
    """The arrow down was pressed at the last result."""

    def __init__(self, context: Context, side: int, parent: QWidget) -> None:
        """Show nothing yet; no card is lower than `side` pixels."""
        super().__init__(parent)
        self._context = context
        self.results = ResultsModel(context.plan.editions, self)
        self._cards = CardDelegate(self, side)
        self.setItemDelegate(self._cards)
        self.setModel(self.results)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        # A touch must not take the focus from the keyboard.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.clicked.connect(self._open)
        self._push()

    def _push(self) -> None:
        """Have a finger push the list on, and a mouse, too. Qt makes a mouse's press of a touch that nobody takes."""
        follow_finger(self)

    def show_hits(self, hits: tuple[Hit, ...], messages: Messages) -> None:
        """Show `hits` from the first on."""
        QScroller.scroller(self.viewport()).stop()
        self._cards.forget_rows(self._rubies(hits))
        self.results.show(hits, messages)
        self.scrollToTop()

    def retell(self, hits: tuple[Hit, ...], messages: Messages) -> None:
        """Show the same results, or more of them, from the same place on and with the same one chosen."""
        bar = self.verticalScrollBar()
        place, index = bar.value(), self.currentIndex()
        chosen = index.data(Role.CODE) if index.isValid() else ""
        loaded = self.results.rowCount()
        self._cards.forget_rows(self._rubies(hits))
        self.results.show(hits, messages)
        while self.results.rowCount() < loaded and self.results.canFetchMore(QModelIndex()):
            self.results.fetchMore(QModelIndex())
        row = self.results.row_of(chosen) if chosen else -1
        if row >= 0:
            self._choose(row)
        self.doItemsLayout()
        bar.setValue(place)

    def _rubies(self, hits: tuple[Hit, ...]) -> Rubies:
        """Return what stands above the titles; nothing where the reader wants no furigana."""
        if not hits or not self._context.furigana.on:
            return {}
        found = self._context.plan.title_rubies(hit.code for hit in hits)
        return {(code, lang): runs for (code, lang), runs in found.items() if lang in JAPANESE}

    def restyle(self) -> None:
        """Take colours, sizes and language anew."""
        self._cards.set_theme(self._context.theme, self._context.translator.tag)
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the cards for the new width, with room for the scroll bar, so that they do not wrap anew by it."""
        self._cards.remeasure(self.width() - self.verticalScrollBar().sizeHint().width())
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _choose(self, row: int) -> None:
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.results.index(row, 0), flag)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.entry_chosen.emit(index.data(Role.CODE))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first result, so that it is seen where the keyboard is."""
        super().focusInEvent(event)
        if event.reason() not in _KEPT:
            self._cards.ringed = event.reason() != Qt.FocusReason.MouseFocusReason
        if self._cards.ringed and not self.selectedIndexes() and self.results.rowCount():
            self._choose(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by arrows and open by Enter; letters are for the keyboard on the screen."""
        self._cards.ringed = True
        row = self.currentIndex().row()
        if event.key() in PRESSING:
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            row += 1 if event.key() == Qt.Key.Key_Down else -1
            if row >= self.results.rowCount():
                self.results.fetchMore(QModelIndex())
            if 0 <= row < self.results.rowCount():
                self._choose(row)
                self.scrollTo(self.results.index(row, 0))
            elif row > 0:
                self.left_downwards.emit()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()
