"""The report for support: staff choose a folder, and one sentence says what was written there."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox

from minato_viewer.domain.faults import Fault
from minato_viewer.services.settings_file import Problem
from minato_viewer.services.support import write_support
from minato_viewer.ui.shell.context import Context
from minato_viewer.ui.shell.dialogs import fault_dialog, message_box


class SaveSupport(QObject):
    """Asks for the folder and writes the report into it."""

    def __init__(self, window: QMainWindow, context: Context, problems: tuple[Problem, ...]) -> None:
        """Do nothing yet; `problems` is what is wrong with the settings."""
        super().__init__(window)
        self._window = window
        self._context = context
        self._problems = problems
        self._messages = context.translator.messages

    def start(self) -> None:
        """Ask where the report is to go."""
        dialog = QFileDialog(self._window, self._messages.gettext("Save a report for support…"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.write)
        dialog.rejected.connect(self.deleteLater)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, folder: str) -> None:
        """Write the report into `folder` and say what was done."""
        try:
            path = write_support(Path(folder), self._context.plan, self._context.settings, self._problems)
        except Fault as fault:
            box = fault_dialog(fault, self._messages, self._window)
        else:
            box = message_box("support", self._messages, self._window)
            box.setIcon(QMessageBox.Icon.Information)
            box.setText(self._messages.gettext("The report is in {path}. It holds nothing about a visit.", path=path))
        box.finished.connect(self.deleteLater)
        box.open()
