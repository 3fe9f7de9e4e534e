"""The visitor's screen: where its window stands, and whether it follows what staff see, holds still or welcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from minato_viewer.domain.messages import N_
from minato_viewer.ui.counter.menu import FOLLOW, WELCOME
from minato_viewer.ui.counter.visitor_display import VisitorDisplay
from minato_viewer.ui.shell.announce import tell

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen

    from minato_viewer.ui.counter.window import CounterWindow
    from minato_viewer.ui.shell.context import Context

_NO_SCREEN = N_("There is no second screen, so the visitor display is a window: move it to where the visitor sees it.")
_GONE = N_("The visitor's screen is gone. The visitor display comes back with it.")


class VisitorScreen(QObject):
    """Owns the visitor display. It outlasts a visit, but what it shows does not."""

    changed = Signal()
    """Another mode, shown or not any more."""

    def __init__(self, context: Context, window: CounterWindow) -> None:
        """Show nothing yet."""
        super().__init__()
        self.mode = FOLLOW
        self.on = False
        self._waits = False
        """For its screen to come back."""
        self._greets = False
        """A new visitor is welcomed until staff open something."""
        self.display = VisitorDisplay(context)
        self.display.closed.connect(self._on_closed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.show_now)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._on_screen_removed)
            application.screenAdded.connect(self._on_screen_added)
        self._attach(context, window)

    def _attach(self, context: Context, window: CounterWindow) -> None:
        self._context = context
        self._window = window
        self._written: str | None = None
        pane = window.pane
        pane.page_changed.connect(self._on_page_changed)
        pane.view.verticalScrollBar().valueChanged.connect(self.follow)
        window.visit.changed.connect(self.follow)
        context.appearance.changed.connect(self._follow_appearance)

    def move_to(self, context: Context, window: CounterWindow) -> None:
        """Belong to the window of the next visit; until staff open something, the visitor is welcomed."""
        self._soon.stop()
        pane = self._window.pane
        pane.page_changed.disconnect(self._on_page_changed)
        pane.view.verticalScrollBar().valueChanged.disconnect(self.follow)
        self._window.visit.changed.disconnect(self.follow)
        self._context.appearance.changed.disconnect(self._follow_appearance)
        self.mode = FOLLOW
        self._greets = True
        self.display.use(context)
        self._attach(context, window)

    # -- where -----------------------------------------------------------------------------------

    def show(self) -> None:
        """Open the display: all of a screen on which the staff's window is not, or a window where there is none."""
        self.on = True
        self._greets = False
        self._open()
        if self._other_screen() is None:
            self._say(_NO_SCREEN)
        self.follow()
        self.changed.emit()

    def _open(self) -> None:
        self._waits = False
        screen = self._other_screen()
        if screen is None:
            self.display.showNormal()
        else:
            self.display.setScreen(screen)
            self.display.setGeometry(screen.geometry())
            self.display.showFullScreen()
        # The keys stay with the staff.
        self._window.activateWindow()

    def _other_screen(self) -> QScreen | None:
        """Return a screen beside that of the staff; none that shows the very same picture."""
        own = self._window.screen().geometry()
        return next((screen for screen in QGuiApplication.screens() if screen.geometry() != own), None)

    def close(self) -> None:
        """Show the visitor nothing any more."""
        self.on = self._waits = False
        self.display.welcome()
        self.display.hide()
        self.changed.emit()

    def _on_closed(self) -> None:
        if self.on:
            self.close()

    def _on_screen_removed(self, screen: QScreen) -> None:
        if self.on and self.display.isFullScreen() and self.display.screen() == screen:
            # Qt would move it over the window of the staff.
            self._waits = True
            self.display.hide()
            self._say(_GONE)

    def _on_screen_added(self) -> None:
        if self.on and (self._waits or not self.display.isFullScreen()):
            self._open()

    def _say(self, message: str) -> None:
        tell(self._window.pane.view, self._context.translator.messages.gettext(message))

    # -- what ------------------------------------------------------------------------------------

    def set_mode(self, mode: str) -> None:
        """Follow what staff see, hold what is shown, or welcome the visitor: one of menu.MODES."""
        self.mode = mode
        self._greets = False
        if mode == WELCOME:
            self.display.welcome()
        self.follow()
        self.changed.emit()

    def write(self, text: str | None) -> None:
        """Show what staff write, whatever the mode; None to go on as before."""
        self._written = text
        if text is None and self.display.shown == "written":
            self.display.welcome()
        self.follow()

    def _on_page_changed(self) -> None:
        self._greets = False
        self.follow()

    def follow(self) -> None:
        """Show soon what is to be seen: the staff's window is painted first."""
        if self.on:
            self._soon.start()

    def show_now(self) -> None:
        """Show what is to be seen."""
        self._soon.stop()
        visit, pane = self._window.visit, self._window.pane
        if not self.on:
            return
        if self._written is not None:
            self.display.write(self._written, visit.shown_language)
        elif self.mode == FOLLOW and not self._greets and pane.page is not None and pane.document is not None:
            bar = pane.view.verticalScrollBar()
            self.display.show_page(pane.page.code, visit.shown_language)
            self.display.follow(pane.document.place_at(bar.value()) if bar.value() else None, visit.pointed)

    def _follow_appearance(self) -> None:
        self.display.follow_choice(self._context.appearance.choice)

    def end(self) -> None:
        """Go, with the program."""
        self.on = False
        self.display.close()
        self.display.deleteLater()
        self.deleteLater()
