"""What goes on beside the reading, on every face: the notice of the day, news for staff, updates by themselves.

The composition root attaches it to a window once its first page is on screen.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMainWindow

from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import bulletin, log
from minato_viewer.services.appearance import Appearance
from minato_viewer.services.bulletin import Bulletin
from minato_viewer.services.content import Content, update_folder
from minato_viewer.services.jobs import Job
from minato_viewer.services.settings import Settings
from minato_viewer.services.settings_file import Problem
from minato_viewer.services.translator import Translator
from minato_viewer.ui.shell.banner import Banner

POLL = 20_000
"""Milliseconds between two looks for the notice."""
_NEWS = 90
"""Looks for the notice to one for an update: half an hour."""


class Upkeep(QObject):
    """Keeps one window up to date with what the shared folder says, until the window goes."""

    def __init__(
        self,
        window: QMainWindow,
        settings: Settings,
        translator: Translator,
        appearance: Appearance,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        """Attach both strips to `window`, which say nothing yet; `problems` are those of the settings files."""
        super().__init__(window)
        self._translator = translator
        self._folder = update_folder(settings)
        self._due_days = settings.update_due_days
        self.content: Content | None = None
        """Looks after the content that is shown; None where this start shows a plan file of its own."""
        self.problems = problems
        self._bulletin: Bulletin | None = None
        self._fault = ""
        self._rounds = 0
        self._news: dict[str, tuple[str, dict[str, Any]]] = {}
        """What staff are told, by what it is about."""
        # In this order Tab comes from the foot of the window to the news, then to the notice and on to the head.
        self.news = Banner("news", appearance.theme, window, bold=False, top=False)
        self.notice = Banner("bulletin", appearance.theme, window, bold=True, top=True)
        self.news.act.connect(self._show_now)
        self.news.dismissed.connect(self._dismiss)
        translator.changed.connect(self.retranslate)
        appearance.changed.connect(self.notice.fit)
        appearance.changed.connect(self.news.fit)
        self._reading = Job("read the notice", self)
        self._reading.done.connect(self._on_bulletin)
        self._reading.failed.connect(self._on_unusable)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL)
        self._timer.timeout.connect(self._poll)

    def look_after(self, content: Content, plan: Plan, today: date) -> None:
        """Say what there is to say about the content that is shown, now and later."""
        self.content = content
        content.waiting_changed.connect(self._on_waiting)
        if self._due_days and plan.as_of and today > date.fromisoformat(plan.as_of) + timedelta(self._due_days):
            self.tell("due", N_("The content is of {day}: an update is due."), day=plan.as_of)
        self._on_waiting()
        content.look_for_news()

    def start(self) -> None:
        """Look for the notice now and again and again."""
        if self._folder is not None:
            self._poll()
            self._timer.start()

    def read_now(self) -> None:
        """Read the notice at once, for a picture of the window."""
        if self._folder is not None:
            try:
                self._on_bulletin(bulletin.read(self._folder))
            except Fault as fault:
                self._on_unusable(fault)

    # -- the notice of the day -------------------------------------------------------------------

    def _poll(self) -> None:
        if self._folder is not None:
            self._reading.start(partial(bulletin.read, self._folder))
        self._rounds += 1
        if self.content is not None and self._rounds % _NEWS == 0:
            self.content.look_for_news()

    def _on_bulletin(self, found: Bulletin | None) -> None:
        self._fault = ""
        self._bulletin = found
        self.retranslate()

    def _on_unusable(self, fault: Fault) -> None:
        if str(fault) != self._fault:  # once, and not with every look
            self._fault = str(fault)
            log.note_fault(fault)
        self._bulletin = None
        self.retranslate()

    # -- news for staff --------------------------------------------------------------------------

    def tell(self, about: str, message: str, **values: Any) -> None:
        """Tell staff a sentence; a later one about the same takes its place."""
        self._news[about] = (message, values)
        self.retranslate()

    def tell_passed_over(self, paths: Iterable[Path]) -> None:
        """Say that the newest content does not open, and that older content is shown in its place."""
        for path in paths:
            log.note(f"{path.name} does not open and was passed over")
            self.tell(
                "passed over",
                N_("The file {path} does not open; the content before it is shown. Take in the update anew."),
                path=path.name,
            )

    def tell_safe_mode(self, terminal: str) -> None:
        """Say that the program runs in safe mode because it failed, and whom to tell; `terminal` is "" for no name."""
        self.tell(
            "safe mode",
            N_(
                "The program had to be restarted several times and shows the content it came with: "
                "please tell the people in charge of this terminal ({terminal})."
            )
            if terminal
            else N_(
                "The program had to be restarted several times and shows the content it came with: "
                "please tell the people in charge of this terminal."
            ),
            terminal=terminal,
        )

    def _on_waiting(self) -> None:
        waiting = self.content is not None and self.content.waiting is not None
        if waiting:
            self.tell(
                "waiting", N_("Other content is ready. It is shown to the next visitor, and with the next start.")
            )
        elif self._news.pop("waiting", None):
            self.retranslate()

    def _show_now(self) -> None:
        if self.content is not None:
            self.content.next_visitor()

    def _dismiss(self) -> None:
        self._news.clear()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        messages = self._translator.messages
        self.notice.say(self._bulletin.said_in(messages.tag) if self._bulletin else "")
        sentences = [messages.gettext(message, **values) for message, values in self._news.values()]
        self.news.say(
            "\n".join(sentences),
            # TRANSLATORS: A button beside "Other content is ready".
            act=messages.gettext("Show it now") if "waiting" in self._news else "",
            dismiss=messages.gettext("Close") if sentences else "",
        )
