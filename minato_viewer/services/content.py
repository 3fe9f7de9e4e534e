"""The content that is shown, and what may come after it: one owner, whatever window is open.

An update is taken in beside the one that is shown. What is shown changes at the next start, or at the next visitor:
`next_visitor()` is what that action calls.
"""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from minato_viewer.paths import program_folder
from minato_viewer.planfile.pack import Manifest, PackFault
from minato_viewer.services import log
from minato_viewer.services.jobs import Job
from minato_viewer.services.pack_search import Search, newest, sticks
from minato_viewer.services.settings import Settings
from minato_viewer.services.trust import trust
from minato_viewer.services.updates import PlanStore


def update_folder(settings: Settings) -> Path | None:
    """Return the folder that the settings name for updates and the notice; None for none."""
    return program_folder() / settings.update_folder if settings.update_folder else None


class Content(QObject):
    """Takes in updates, goes back, and says when something newer waits to be shown. Its jobs never hold up a window."""

    waiting_changed = Signal()
    """Another plan file than the one that is shown waits for the next visitor, or no longer does."""
    switch = Signal(object)
    """Show the plan file of this path from now on (Path)."""

    def __init__(self, store: PlanStore, settings: Settings, shown: Path, parent: QObject) -> None:
        """Look after `store`, of which the plan file `shown` is open."""
        super().__init__(parent)
        self.store = store
        self._settings = settings
        self._shown = shown
        self.waiting: Path | None = None
        self.search = Job("search for updates", self)
        """Looks on sticks and in the folder for updates; it ends in a `Search`."""
        self.installation = Job("take in an update", self)
        """Takes in an update; it ends in its Manifest."""
        self.installation.done.connect(self._on_installed)
        self._news = Job("look for news", self)
        self._news.done.connect(self._on_news)
        self._news.failed.connect(log.note_fault)
        self._refused: set[str] = set()

    # -- by staff --------------------------------------------------------------------------------

    def look(self) -> bool:
        """Look for updates on sticks and in the folder of the settings; False where that is being done already."""
        return not self.installation.running and self.search.start(self._found_anywhere)

    def _found_anywhere(self) -> Search:
        folder = update_folder(self._settings)
        return newest([*sticks(), *([folder] if folder else [])], trust(self._settings))

    def install(self, path: Path, *, older: bool = False) -> None:
        """Take in the update at `path`; where staff have confirmed it, an `older` one too."""
        self.installation.start(lambda: self.store.install(path, trust(self._settings), older=older))

    def roll_back(self) -> None:
        """Let the older content be shown from the next visitor on; Fault where there is none."""
        self.store.roll_back()
        self._look_what_waits()

    # -- by itself -------------------------------------------------------------------------------

    def look_for_news(self) -> None:
        """Take in what stands in the folder of the settings, where it is newer than all that was ever taken in."""
        folder = update_folder(self._settings)
        if folder is not None:
            self._news.start(lambda: self._take_news(folder))

    def _take_news(self, folder: Path) -> tuple[Manifest | None, tuple[PackFault, ...]]:
        trusted = trust(self._settings)
        found = newest([folder], trusted)
        if found.best is None or found.best.manifest.serial <= self.store.newest():
            return None, found.refused
        return self.store.install(found.best.path, trusted), found.refused

    def _on_news(self, news: tuple[Manifest | None, tuple[PackFault, ...]]) -> None:
        manifest, refused = news
        for fault in refused:
            if str(fault) not in self._refused:  # it is looked at again and again
                self._refused.add(str(fault))
                log.note_fault(fault)
        if manifest is not None:
            self._on_installed(manifest)

    def _on_installed(self, manifest: Manifest) -> None:
        log.note(f"content number {manifest.serial} (as of {manifest.as_of}) was taken in")
        self._look_what_waits()

    # -- what is shown ---------------------------------------------------------------------------

    def _look_what_waits(self) -> None:
        path = self.store.shown().path
        self.waiting = path if path != self._shown else None
        self.waiting_changed.emit()

    def next_visitor(self) -> bool:
        """Show what waits, where something does; return whether there was something. The visit before is over."""
        if self.waiting is None:
            return False
        self._shown, self.waiting = self.waiting, None
        self.switch.emit(self._shown)
        self.waiting_changed.emit()
        return True
