"""From the first page to the last: the window that is open, what goes on beside it, and how it all ends."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from minato_viewer.domain.faults import PlanFault
from minato_viewer.domain.messages import N_
from minato_viewer.paths import default_plan, is_portable, user_folder
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import remembered
from minato_viewer.services.crash import leave_no_dump
from minato_viewer.ui.shell.face_window import FaceWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow, QWidget

    from minato_viewer.domain.faults import Fault
    from minato_viewer.services.appearance import Appearance
    from minato_viewer.services.content import Content
    from minato_viewer.services.settings import Settings
    from minato_viewer.services.settings_file import Problem
    from minato_viewer.services.translator import Translator
    from minato_viewer.services.watched import Watched
    from minato_viewer.ui.shell.upkeep import Upkeep

NEXT_VISITOR = "F12"
AGAIN = 30_000
"""Milliseconds between two looks at a plan file that could not be shown."""


class Face(NamedTuple):
    """A window, and the open plan file that it shows; None where it shows what is wrong with one."""

    window: QMainWindow
    plan: Plan | None


class Start(NamedTuple):
    """What this start has found, and what the composition root does for it."""

    path: Path
    """The plan file that is open."""
    plans: Path | None
    """The folder of updates; None where this start shows a plan file of its own."""
    passed_over: tuple[Path, ...]
    """Newer plan files of that folder, which do not open."""
    settings: Settings
    problems: tuple[Problem, ...]
    make: Callable[[Plan, QMainWindow], Face]
    """Makes the window of the next visit on an open plan file, in the place of that of the last; PlanFault where
    that cannot be."""
    begin: Callable[[], None]
    """Sets language and looks as at the start of the program."""
    keep: Callable[[QMainWindow], None] | None
    """Remembers a window for the next start; None where nothing is remembered."""
    fault_window: Callable[[PlanFault], QMainWindow]
    """Makes the window that says what is wrong."""
    show_fault: Callable[[Fault], None]


class Sitting(QObject):
    """Holds the window that is open: the first one, or the one after it that shows other content."""

    def __init__(
        self, face: Face, start: Start, translator: Translator, appearance: Appearance, parent: QObject
    ) -> None:
        """Hold `face`, of which nothing goes on beside it yet."""
        super().__init__(parent)
        self._start = start
        self._translator = translator
        self._appearance = appearance
        self._content: Content | None = None
        self._watched: Watched | None = None
        self._face = face
        self._path = start.path
        self._again = QTimer(self)
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self._look_again)

    def listen(self) -> None:
        """End in good order from now on where the system asks for it, and keep what is to be kept."""
        from minato_viewer.services.exit_signals import ExitSignals  # noqa: PLC0415 - not for the first page

        leave_no_dump()
        ExitSignals(self).asked.connect(self.end)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        if isinstance(application, QGuiApplication):
            # The session ends. Qt closes the windows then, but need not get the time for it.
            application.commitDataRequest.connect(self.remember)

    def remember(self) -> None:
        """Keep what the next start is to have."""
        if self._start.keep is not None and self._face.plan is not None:
            self._start.keep(self._face.window)

    def end(self) -> None:
        """Close everything, as a reader would."""
        QApplication.closeAllWindows()
        QApplication.quit()

    def settle(self) -> None:
        """Begin with what goes on beside the reading."""
        from minato_viewer.services.log import note, open_log  # noqa: PLC0415 - not for the first page

        self._live_under_supervision()
        folder = user_folder()
        open_log(folder)
        self._content = self._looked_after()
        if self._face.plan is None:
            self._again.start()
        upkeep = self._look_after()
        upkeep.tell_passed_over(self._start.passed_over)
        if self._watched is not None and self._watched.safe:
            note("This is safe mode, and the window says so.")
        if folder is not None and is_portable() and not remembered.can_save(folder):
            message = N_("Nothing can be saved in {path}, so the program forgets at its end what was chosen.")
            upkeep.tell("nothing saved", message, path=folder)

    def _live_under_supervision(self) -> None:
        """Give signs of life from now on where somebody watches this program, and end where that one is gone."""
        from minato_viewer.services import watched  # noqa: PLC0415 - not for the first page

        self._watched = watched.take()
        if self._watched is not None:
            from minato_viewer.services.life_sign import LifeSign  # noqa: PLC0415 - not for most starts

            LifeSign(self).lost.connect(self.end)

    def _looked_after(self) -> Content | None:
        if self._start.plans is None:
            return None
        from minato_viewer.services.content import Content  # noqa: PLC0415 - not for the first page
        from minato_viewer.services.updates import PlanStore  # noqa: PLC0415 - the same

        store = PlanStore(self._start.plans, default_plan())
        content = Content(store, self._start.settings, self._start.path, self)
        content.switch.connect(self.switch)
        return content

    def _look_after(self) -> Upkeep:
        from minato_viewer.ui.shell.upkeep import Upkeep  # noqa: PLC0415 - not for the first page

        window, plan = self._face
        upkeep = Upkeep(window, self._start.settings, self._translator, self._appearance, self._start.problems)
        if self._content is not None and plan is not None:
            upkeep.look_after(self._content, plan, date.today())
        if self._watched is not None and self._watched.safe:
            upkeep.tell_safe_mode(self._watched.terminal)
        upkeep.start()
        return upkeep

    # -- from visitor to visitor -----------------------------------------------------------------

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Have the key of the window work in a dialog over it as well, where the visit ends no less."""
        dialog = now.window() if now is not None else None
        # Qt's own dialogs for files and printers wait in a loop of their own, out of which the window must not go.
        ours = isinstance(dialog, QMessageBox) or type(dialog).__module__.startswith("minato_viewer")
        if not (isinstance(dialog, QDialog) and ours):
            return
        from PySide6.QtGui import QShortcut  # noqa: PLC0415 - not for the first page

        if dialog.findChild(QShortcut, NEXT_VISITOR) is None:
            key = QShortcut(NEXT_VISITOR, dialog)
            key.setObjectName(NEXT_VISITOR)
            key.activated.connect(self.next_visitor)

    def next_visitor(self) -> None:
        """End the visit: the start again, with the newer content where some waits. Nothing of the visit is left."""
        plan = self._face.plan
        if plan is None or (self._content is not None and self._content.next_visitor()):
            return
        if plan.replaced:
            self.switch(plan.path)
        else:
            self._turn_to(plan)

    def switch(self, path: Path) -> None:
        """End the visit, and show another plan file from now on; the one that is open where that is damaged."""
        try:
            self._turn_to(Plan(path))
        except PlanFault as fault:
            plan = self._face.plan
            if plan is not None:
                self._turn_to(plan, fault if plan.written_over else None)
            if self._face.plan is not None:  # else the window says it
                self._start.show_fault(fault)

    def _look_again(self) -> None:
        """Show the plan file again as soon as it can be read, or the one that the program came with."""
        shipped = [default_plan()] if self._start.plans is not None else []
        for path in (self._path, *shipped):
            try:
                self._turn_to(Plan(path))
            except PlanFault:
                continue
            self._again.stop()
            return

    def _turn_to(self, plan: Plan, damage: PlanFault | None = None) -> None:
        """Show a new window of `plan` in the place of the one before, which is closed with all that it held.

        Where there is `damage`, or making the window shows some, the window says so.
        """
        before, self._path = self._face, plan.path
        # What changes from here to its end is not for the eyes of anybody.
        before.window.setUpdatesEnabled(False)
        self._start.begin()
        forget_what_was_copied()
        try:
            if damage is not None:
                raise damage
            self._face = self._start.make(plan, before.window)
        except PlanFault as fault:
            if plan is not before.plan:
                plan.close()
                raise
            self._face = Face(self._start.fault_window(fault), None)
            self._again.start()
        from minato_viewer.ui.shell.placing import take_place  # noqa: PLC0415 - not for the first page

        take_place(self._face.window, before.window)
        self._face.window.activateWindow()
        if isinstance(self._face.window, FaceWindow):
            self._face.window.settle()
        if before.plan is not None and before.plan is not self._face.plan:
            before.window.destroyed.connect(before.plan.close)
        before.window.close()
        before.window.deleteLater()
        self._look_after()


def forget_what_was_copied() -> None:
    """Empty the clipboard, and what X keeps of selected words, where it was this program that filled it."""
    clipboard = QGuiApplication.clipboard()
    for mode, ours in (
        (clipboard.Mode.Clipboard, clipboard.ownsClipboard()),
        (clipboard.Mode.Selection, clipboard.ownsSelection()),
    ):
        if ours:
            clipboard.clear(mode)
