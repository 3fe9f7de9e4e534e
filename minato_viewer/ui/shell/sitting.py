"""From the first page to the last: the window that is open, what goes on beside it, and how it all ends."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from minato_viewer.domain.faults import PlanFault
from minato_viewer.domain.messages import N_
from minato_viewer.paths import default_plan, is_portable, user_folder
from minato_viewer.services import remembered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow

    from minato_viewer.domain.faults import Fault
    from minato_viewer.planfile.reader import Plan
    from minato_viewer.services.appearance import Appearance
    from minato_viewer.services.content import Content
    from minato_viewer.services.settings import Settings
    from minato_viewer.services.settings_file import Problem
    from minato_viewer.services.translator import Translator
    from minato_viewer.ui.shell.upkeep import Upkeep


class Face(NamedTuple):
    """A window, and the open plan file that it shows; None where it shows what is wrong with one."""

    window: QMainWindow
    plan: Plan | None


class Start(NamedTuple):
    """What this start has found, and what the composition root does for it."""

    plan: Path
    plans: Path | None
    """The folder of updates; None where this start shows a plan file of its own."""
    passed_over: tuple[Path, ...]
    """Newer plan files of that folder, which do not open."""
    settings: Settings
    problems: tuple[Problem, ...]
    make: Callable[[Path], Face]
    """Makes a window that shows another plan file; PlanFault where that cannot be."""
    keep: Callable[[QMainWindow], None] | None
    """Remembers a window for the next start; None where nothing is remembered."""
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
        self._face = face

    def listen(self) -> None:
        """End in good order from now on where the system asks for it, and keep what is to be kept."""
        from minato_viewer.services.exit_signals import ExitSignals  # noqa: PLC0415 - not for the first page

        ExitSignals(self).asked.connect(self.end)
        application = QApplication.instance()
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
        from minato_viewer.services.log import open_log  # noqa: PLC0415 - not for the first page

        folder = user_folder()
        open_log(folder)
        self._content = self._looked_after()
        upkeep = self._look_after()
        upkeep.tell_passed_over(self._start.passed_over)
        if folder is not None and is_portable() and not remembered.can_save(folder):
            message = N_("Nothing can be saved in {path}, so the program forgets at its end what was chosen.")
            upkeep.tell("nothing saved", message, path=folder)

    def _looked_after(self) -> Content | None:
        if self._start.plans is None:
            return None
        from minato_viewer.services.content import Content  # noqa: PLC0415 - not for the first page
        from minato_viewer.services.updates import PlanStore  # noqa: PLC0415 - the same

        store = PlanStore(self._start.plans, default_plan())
        content = Content(store, self._start.settings, self._start.plan, self)
        content.switch.connect(self.switch)
        return content

    def _look_after(self) -> Upkeep:
        from minato_viewer.ui.shell.upkeep import Upkeep  # noqa: PLC0415 - not for the first page

        window, plan = self._face
        upkeep = Upkeep(window, self._start.settings, self._translator, self._appearance, self._start.problems)
        if self._content is not None and plan is not None:
            upkeep.look_after(self._content, plan, date.today())
        upkeep.start()
        return upkeep

    def switch(self, path: Path) -> None:
        """Show another plan file: a new window in the place of the one before, of which nothing is left."""
        before = self._face
        try:
            self._face = self._start.make(path)
        except PlanFault as fault:
            self._start.show_fault(fault)
            return
        after = self._face.window
        after.setGeometry(before.window.geometry())
        if before.window.isFullScreen():
            after.showFullScreen()
        elif before.window.isMaximized():
            after.showMaximized()
        else:
            after.show()
        if before.plan is not None:
            before.window.destroyed.connect(before.plan.close)
        before.window.close()
        before.window.deleteLater()
        self._look_after()
