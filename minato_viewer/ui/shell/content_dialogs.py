"""The two actions for staff that change which content is shown: their questions, and one sentence of what was done.

Each is an object that lives as long as its dialogs do, so that nothing of them hangs on the window.
"""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMainWindow, QMessageBox

from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_
from minato_viewer.language.catalogues import Messages
from minato_viewer.language.formats import day
from minato_viewer.planfile.pack import Manifest, PackNotNewerFault
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.content import Content
from minato_viewer.services.pack_search import Search
from minato_viewer.ui.shell.dialogs import fault_dialog, message_box

_Role = QMessageBox.ButtonRole
_MOST_REASONS = 3
NO_STORE = N_("This start shows a plan file of its own, so content is neither taken in nor changed.")


class _Deed(QObject):
    """What both have in common: one box after the other, and what happens when one of them is closed."""

    def __init__(self, window: QMainWindow, messages: Messages, content: Content | None) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self._content = content
        self._box: QMessageBox | None = None
        self._choices: dict[QAbstractButton, str] = {}

    def start(self) -> None:
        """Begin, or say why not in this start."""
        if self._content is None:
            self._ask(self._messages.gettext(NO_STORE), icon=QMessageBox.Icon.Information)
        else:
            self._begin(self._content)

    def _begin(self, content: Content) -> None:
        raise NotImplementedError

    def _chosen(self, content: Content, choice: str) -> bool:
        """Do what was chosen; return whether something is still to come."""
        raise NotImplementedError

    def _ask(
        self, text: str, detail: str = "", *, icon: QMessageBox.Icon = QMessageBox.Icon.Question, **choices: str
    ) -> None:
        """Show a box with a button for each choice, the first of which Enter takes, and one that changes nothing."""
        box = self._box = message_box("content", self._messages, self._window)
        box.setIcon(icon)
        box.setText(text)
        box.setInformativeText(detail)
        self._choices = {box.addButton(words, _Role.AcceptRole): name for name, words in choices.items()}
        last = self._messages.gettext("Cancel") if choices else self._messages.gettext("Close")
        box.addButton(last, _Role.RejectRole)
        box.finished.connect(self._on_finished)
        box.open()

    def _on_finished(self) -> None:
        button = self._box.clickedButton() if self._box is not None else None
        choice = self._choices.get(button, "") if button is not None else ""
        goes_on = self._content is not None and choice and self._chosen(self._content, choice)
        if not goes_on:
            self.deleteLater()

    def _tell(self, content: Content, text: str) -> None:
        """Say what was done, and let it be seen at once where something else is to be shown from now on."""
        shown = {} if content.waiting is None else {"show": self._messages.gettext("Show it now")}
        later = "" if content.waiting is None else self._messages.gettext("Otherwise it is shown with the next start.")
        self._ask(text, later, icon=QMessageBox.Icon.Information, **shown)

    def _tell_fault(self, fault: Fault) -> None:
        box = fault_dialog(fault, self._messages, self._window)
        box.finished.connect(self.deleteLater)
        box.open()

    def _day(self, iso: str) -> str:
        try:
            return day(iso, self._messages.tag)
        except ValueError:  # what an update says of itself need not be a day
            return iso


class TakeIn(_Deed):
    """Looks for an update on sticks and in the shared folder, offers the newest, takes in the one that is chosen."""

    def _begin(self, content: Content) -> None:
        self._path = Path()
        content.search.done.connect(self._offer)
        content.search.failed.connect(self._tell_fault)
        content.installation.done.connect(self._on_installed)
        content.installation.failed.connect(self._on_failed)
        if not content.look():
            self.deleteLater()  # one is looking already

    def _offer(self, found: Search) -> None:
        choose = self._messages.gettext("Choose a file…")
        if found.best is None:
            why = [self._messages.gettext(fault.message, **fault.values) for fault in found.refused[:_MOST_REASONS]]
            nothing = self._messages.gettext("No update was found on a stick or in the shared folder.")
            self._ask(nothing, "\n".join(why), choose=choose)
            return
        self._path = found.best.path
        manifest = found.best.manifest
        question = self._messages.gettext(
            "Take in content number {serial}, as of {day}?", serial=manifest.serial, day=self._day(manifest.as_of)
        )
        self._ask(question, str(self._path), take=self._messages.gettext("Take in"), choose=choose)

    def _chosen(self, content: Content, choice: str) -> bool:
        match choice:
            case "take":
                content.install(self._path)
            case "older":
                content.install(self._path, older=True)
            case "choose":
                self._choose_file()
            case _:
                content.next_visitor()
                return False
        return True

    def _choose_file(self) -> None:
        dialog = QFileDialog(self._window, self._messages.gettext("Take in new content…"))
        dialog.setObjectName("update file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self._messages.gettext("Updates ({pattern})", pattern="*.pack"))
        dialog.fileSelected.connect(self.take)
        dialog.rejected.connect(self.deleteLater)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, name: str) -> None:
        """Take in the update that was chosen."""
        self._path = Path(name)
        if self._content is not None:
            self._content.install(self._path)

    def _on_installed(self, manifest: Manifest) -> None:
        if self._content is not None:
            self._tell(
                self._content,
                self._messages.gettext(
                    "Content number {serial}, as of {day}, has been taken in.",
                    serial=manifest.serial,
                    day=self._day(manifest.as_of),
                ),
            )

    def _on_failed(self, fault: Fault) -> None:
        if isinstance(fault, PackNotNewerFault):
            self._ask(
                self._messages.gettext(fault.message, **fault.values),
                icon=QMessageBox.Icon.Warning,
                older=self._messages.gettext("Take it in all the same"),
            )
        else:
            self._tell_fault(fault)


class GoBack(_Deed):
    """Goes back to the older content, after a question."""

    def _begin(self, content: Content) -> None:
        older = content.store.older()
        if older is None:
            self._tell_fault(Fault(N_("There is no older content to go back to.")))
            return
        plan = Plan(older)
        plan.close()
        self._of = {"serial": plan.serial, "day": self._day(plan.as_of) if plan.as_of else "?"}
        question = self._messages.gettext("Go back to content number {serial}, as of {day}?", **self._of)
        self._ask(question, back=self._messages.gettext("Go back"))

    def _chosen(self, content: Content, choice: str) -> bool:
        if choice != "back":
            content.next_visitor()
            return False
        try:
            content.roll_back()
        except Fault as fault:
            self._tell_fault(fault)
        else:
            done = self._messages.gettext("The program goes back to content number {serial}, as of {day}.", **self._of)
            self._tell(content, done)
        return True
