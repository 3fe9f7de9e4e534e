"""Written conversation: staff type, the visitor reads it in large letters. Nothing of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from minato_viewer.services import fonts
from minato_viewer.ui.counter.visitor_display import WRITTEN

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from minato_viewer.ui.counter.visit import Visit
    from minato_viewer.ui.shell.context import Context

_SIZE = QSize(900, 480)


class Conversation(QDialog):
    """A box to write in. The visitor's screen shows each word as it is typed, until the dialog is closed."""

    def __init__(self, context: Context, visit: Visit, parent: QWidget) -> None:
        """Hold nothing yet. It stands beside the window, which goes on working."""
        super().__init__(parent)
        self.setObjectName("conversation")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._visit = visit
        self._told = QLabel(self)
        self._told.setWordWrap(True)
        self.box = QPlainTextEdit(self)
        self.box.setUndoRedoEnabled(False)
        self.box.setTabChangesFocus(True)
        self._clear, self._close = QPushButton(self), QPushButton(self)
        self._clear.setAutoDefault(False)
        self._close.setAutoDefault(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._clear)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.addWidget(self._told)
        column.addWidget(self.box, 1)
        column.addLayout(row)
        self.resize(_SIZE)
        self.box.textChanged.connect(self._on_written)
        self._clear.clicked.connect(self._on_clear)
        self._close.clicked.connect(self.close)
        self.finished.connect(self._on_finished)
        context.translator.changed.connect(self.retranslate)
        visit.changed.connect(self.retranslate)
        self.retranslate()
        self.box.setFocus()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        messages = self._context.translator.messages
        self.setWindowTitle(messages.gettext("Write to the visitor"))
        self._told.setText(
            messages.gettext("The visitor display shows what you write. Nothing of it is kept.")
            if self._visit.screened
            else messages.gettext("Let the visitor read it here. Nothing of it is kept.")
        )
        self.box.setAccessibleName(messages.gettext("Write to the visitor"))
        self._clear.setText(messages.gettext("Empty the box"))
        self._close.setText(messages.gettext("Close"))
        # Where there is no visitor display, the visitor reads it here.
        letters = fonts.font(self._visit.shown_language)
        letters.setPointSize(WRITTEN)
        self.box.setFont(letters)

    def _on_written(self) -> None:
        text = self.box.toPlainText()
        fonts.load_letters(text, self._visit.shown_language)
        if self._visit.screen is not None:
            self._visit.screen.write(text)

    def _on_clear(self) -> None:
        self.box.clear()
        self.box.setFocus()

    def _on_finished(self) -> None:
        if self._visit.screen is not None:
            self._visit.screen.write(None)
