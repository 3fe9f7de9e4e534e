"""The visit of one person at the counter: their language, and all that shows the plan to them beside the staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from minato_viewer.language.tags import JAPANESE
from minato_viewer.ui.counter.menu import OF_THE_SCREEN
from minato_viewer.ui.shell.announce import announce

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSplitter

    from minato_viewer.ui.counter.pair import Pair
    from minato_viewer.ui.counter.visit_bar import VisitBar
    from minato_viewer.ui.counter.visitor_screen import VisitorScreen
    from minato_viewer.ui.counter.window import CounterWindow
    from minato_viewer.ui.shell.context import Context
    from minato_viewer.ui.shell.page_pane import PagePane


class Visit(QObject):
    """Knows who reads which language. The staff's is that in which the window began; the visitor's, the last chosen."""

    changed = Signal()
    """Another language, side, mode or pointer."""

    def __init__(self, context: Context, window: CounterWindow, splitter: QSplitter) -> None:
        """Begin with a visitor of whom nothing is known."""
        super().__init__(window)
        self._context = context
        self._window = window
        self._splitter = splitter
        self._staff = context.translator.tag
        self._visitor = ""
        self._bar: VisitBar | None = None
        self.pair: Pair | None = None
        self.screen: VisitorScreen | None = None
        """The visitor's screen; None until it is first wanted."""
        self.pointed = ""
        """The field that somebody points at; empty for none."""
        context.translator.changed.connect(self._on_language_changed)
        window.closing.connect(self.end)
        window.pane.page_changed.connect(self._on_page_changed)

    # -- languages -------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """The visitor's language: the last that was chosen, or else one that may be theirs."""
        if self._visitor not in ("", self._staff):
            return self._visitor
        others = [tag for tag in self._context.settings.languages if tag != self._staff]
        foreign = [tag for tag in others if tag not in JAPANESE]
        return (foreign or others or [self._staff])[0]

    @property
    def companion(self) -> str:
        """The visitor's language, where it is known and not the window's; empty otherwise."""
        return self._visitor if self._visitor != self._context.translator.tag else ""

    @property
    def shown_language(self) -> str:
        """The language of what the visitor is shown."""
        return self._visitor or self._context.translator.tag

    def choose(self, tag: str) -> None:
        """Take `tag` for the visitor: the whole window, or where two languages stand side by side, their side."""
        self._visitor = tag
        if self.pair is None:
            self._context.translator.activate(tag)
            self.changed.emit()
        else:
            self.pair.speak(tag)
            self.show_state()

    def note_language(self, tag: str) -> None:
        """Take `tag` for the visitor's language where it is not the staff's: what was searched for was found in it."""
        if tag != self._staff and tag in self._context.settings.languages:
            self._visitor = tag

    def speak_with_staff(self) -> None:
        """Have the window, which may have been turned to the visitor in their language, speak the staff's again."""
        self._context.translator.activate(self._staff)

    def _on_language_changed(self) -> None:
        if self.pair is None:
            self.note_language(self._context.translator.tag)

    # -- side by side ----------------------------------------------------------------------------

    def toggle_pair(self) -> None:
        """Put the visitor's language beside the staff's, or end that."""
        if self.pair is None:
            self.open_pair(self.language)
        else:
            self._end_pair(self.pair)

    def open_pair(self, tag: str) -> None:
        """Put `tag` beside the staff's language. The contents make room, until they are asked for."""
        from minato_viewer.ui.counter.pair import Pair  # noqa: PLC0415 - not for the first page

        self.speak_with_staff()
        self._visitor = tag
        self._window.navigator.hide()
        pair = self.pair = Pair(self._context, self._window.pane, self._splitter, tag)
        pair.entry_chosen.connect(self._window.open_entry)
        pair.pointed.connect(self.toggle_pointer)
        self.show_state()

    def _end_pair(self, pair: Pair) -> None:
        self.pair = None
        pair.end()
        self._window.navigator.show()
        self.show_state()

    def swap(self) -> None:
        """Change the sides."""
        if self.pair is not None:
            self.pair.swap()
            self.show_state()

    # -- pointing --------------------------------------------------------------------------------

    def toggle_pointer(self, field: str) -> None:
        """Point at `field`, or at nothing where that is pointed at already."""
        self.point("" if field == self.pointed else field)

    def point(self, field: str) -> None:
        """Point at `field` on every page of this visit; empty for nothing."""
        self.pointed = field
        for pane in self.panes:
            pane.point(field)
        self.changed.emit()

    def point_next(self) -> None:
        """Point at the next words of the page."""
        self._step(1)

    def point_previous(self) -> None:
        """Point at the words before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        document = self._window.pane.document
        if document is None or not self.on:
            return
        fields = document.fields()
        at = fields.index(self.pointed) + by if self.pointed in fields else 0 if by > 0 else len(fields) - 1
        if 0 <= at < len(fields):
            self.point(fields[at])
            announce(self._window.pane.view, document.words_of(fields[at]))
            self._window.pane.view.show_field(self.pointed)

    @property
    def panes(self) -> tuple[PagePane, ...]:
        """The pages on the staff's screen."""
        return self.pair.panes if self.pair is not None else (self._window.pane,)

    def _on_page_changed(self) -> None:
        document = self._window.pane.document
        if self.pointed and (document is None or self.pointed not in document.fields()):
            self.point("")

    # -- the visitor's screen --------------------------------------------------------------------

    @property
    def screened(self) -> bool:
        """Whether the visitor has a screen of their own."""
        return self.screen is not None and self.screen.on

    @property
    def on(self) -> bool:
        """Whether the visitor is shown anything beside the staff's page."""
        return self.pair is not None or self.screened

    def toggle_screen(self) -> None:
        """Show the visitor a screen of their own, or nothing any more."""
        if self.screen is None:
            from minato_viewer.ui.counter.visitor_screen import VisitorScreen  # noqa: PLC0415 - not for the first page

            self._take_screen(VisitorScreen(self._context, self._window))
        if self.screen is not None:
            self.screen.close() if self.screen.on else self.screen.show()

    def _take_screen(self, screen: VisitorScreen) -> None:
        self.screen = screen
        screen.changed.connect(self.show_state)

    def set_mode(self, mode: str) -> None:
        """Say what the visitor's screen shows: one of menu.MODES."""
        if self.screen is not None:
            self.screen.set_mode(mode)

    def toggle_contrast(self) -> None:
        """Show the visitor high contrast, or the colours of the staff."""
        if self.screen is not None:
            self.screen.display.toggle_contrast()

    def enlarge(self, *, more: bool) -> None:
        """Show the visitor larger letters, or smaller ones."""
        if self.screen is not None:
            appearance = self.screen.display.appearance
            (appearance.larger if more else appearance.smaller)()
            self.screen.follow()

    def write(self) -> None:
        """Let staff write something that the visitor reads."""
        from minato_viewer.ui.counter.conversation import Conversation  # noqa: PLC0415 - only on demand

        Conversation(self._context, self, self._window).show()

    # -- what staff see of it --------------------------------------------------------------------

    def show_state(self) -> None:
        """Bring everything in line with what is on."""
        paired, screened, on = self.pair is not None, self.screened, self.on
        for pane in self.panes:
            pane.view.pointing = on
            pane.point(self.pointed if on else "")
        if not on:
            self.pointed = ""
        actions = self._window.actions_by_id
        for name, possible in (("swap", paired), ("point_next", on), ("point_previous", on)):
            actions[name].setEnabled(possible)
        for name in OF_THE_SCREEN:
            actions[name].setEnabled(screened)
        for name, state in (("pair", paired), ("display", screened)):
            actions[name].setCheckable(True)
            actions[name].setChecked(state)
        self._window.header.languages.press(self._visitor if paired else "")
        if on and self._bar is None:
            from minato_viewer.ui.counter.visit_bar import VisitBar  # noqa: PLC0415 - not for the first page

            self._bar = VisitBar(self._context, self, self._window)
            self._window.insert_below_header(self._bar)
            self._bar.order_tabs()
        if self._bar is not None:
            self._bar.setVisible(on)
        self.changed.emit()

    # -- the next one ----------------------------------------------------------------------------

    def take_over(self, before: Visit) -> None:
        """Take from the visit before what outlasts it: the visitor's screen, which then shows nothing of that visit."""
        screen, before.screen = before.screen, None
        if screen is not None:
            screen.changed.disconnect(before.show_state)
            screen.move_to(self._context, self._window)
            self._take_screen(screen)
            self.show_state()

    def end(self) -> None:
        """Go with the window; where no next visit took it over, the visitor's screen goes, too."""
        if self.screen is not None:
            self.screen.end()
            self.screen = None
