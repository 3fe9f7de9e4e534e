"""What is said in the middle of the work: after a mistake of ours, or when the world fails us."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from minato_viewer.domain.faults import Fault
from minato_viewer.language.catalogues import Messages
from minato_viewer.services.settings_file import Problem
from minato_viewer.ui.shell.focus_ring import FocusRing

MOST_SAID = 5
"""How many mistakes of settings are said at once, so that the dialog fits the screen; the rest are its details."""


def crash_dialog(report: Path | None, messages: Messages, parent: QWidget | None) -> QMessageBox:
    """Return the dialog that names the report; the program goes on when it is closed."""
    dialog = message_box("crash", messages, parent)
    dialog.setText(messages.gettext("The program made a mistake. You can go on; if it looks wrong, start it anew."))
    dialog.setInformativeText(
        messages.gettext("A report for the people who maintain it is in {path}.", path=report)
        if report
        else messages.gettext("No report could be written, because the user folder cannot be written to.")
    )
    return dialog


def fault_dialog(fault: Fault, messages: Messages, parent: QWidget | None) -> QMessageBox:
    """Return the dialog that says the sentence of `fault`; the program goes on when it is closed."""
    dialog = message_box("fault", messages, parent)
    dialog.setText(messages.gettext(fault.message, **fault.values))
    return dialog


def settings_dialog(problems: tuple[Problem, ...], messages: Messages, parent: QWidget | None) -> QMessageBox:
    """Return the dialog that says what is wrong with the settings files; the program goes on without it."""
    dialog = message_box("settings", messages, parent)
    dialog.setText(messages.gettext("Some settings cannot be used. Please tell whoever looks after this machine."))
    sentences = [problem.said_in(messages) for problem in problems]
    dialog.setInformativeText("\n".join(sentences[:MOST_SAID]))
    if len(sentences) > MOST_SAID:
        dialog.setDetailedText("\n".join(sentences))
    return dialog


class _MessageBox(QMessageBox):
    """A message box whose sentences can be reached and copied without a mouse."""

    def showEvent(self, event: QShowEvent) -> None:
        """Give the sentences to Tab, and show where the keyboard is as the window does."""
        super().showEvent(event)
        for label in self.findChildren(QLabel):
            if label.text():  # not the sign beside it
                label.setTextInteractionFlags(self.textInteractionFlags())
                label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        window = self.parentWidget()
        ring = window.findChild(FocusRing) if window else None
        if ring is not None and self.findChild(FocusRing) is None:
            FocusRing(self, ring.appearance)


def message_box(name: str, messages: Messages, parent: QWidget | None) -> QMessageBox:
    """Return an empty box of that object name, with a sign of warning; what it will say is text and never markup."""
    dialog = _MessageBox(parent)
    dialog.setObjectName(name)
    dialog.setIcon(QMessageBox.Icon.Warning)
    dialog.setTextFormat(Qt.TextFormat.PlainText)
    dialog.setWindowTitle(messages.gettext("Minato City Basic Plan"))
    dialog.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
