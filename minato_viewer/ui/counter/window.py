"""The counter window: composes and wires its parts, and does no work of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout

from minato_viewer.language.tags import language
from minato_viewer.pages.imprint import content_line, plan_period
from minato_viewer.pages.wording import edition_name
from minato_viewer.ui.counter.action_records import action_records
from minato_viewer.ui.counter.choices import Choices
from minato_viewer.ui.counter.footer import Footer
from minato_viewer.ui.counter.header import Header
from minato_viewer.ui.counter.navigator import Navigator
from minato_viewer.ui.counter.paper_desk import PaperDesk
from minato_viewer.ui.counter.search_box import Searching
from minato_viewer.ui.counter.visit import Visit
from minato_viewer.ui.shell.actions import ActionTable
from minato_viewer.ui.shell.announce import announce
from minato_viewer.ui.shell.context import Context, notice
from minato_viewer.ui.shell.face_window import FaceWindow
from minato_viewer.ui.shell.folding_row import lay_out_now
from minato_viewer.ui.shell.page_pane import PagePane
from minato_viewer.viewmodel.history import History

NAVIGATOR_WIDTH = 360
"""Pixels at a text size of 100 %."""

if TYPE_CHECKING:
    # Types that only annotations name: PySide6 makes a class when it is first imported, at up to 2 ms each.
    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QWheelEvent
    from PySide6.QtWidgets import QMainWindow


class CounterWindow(FaceWindow):
    """Tree on the left, page on the right, languages above, the truth about the program below."""

    for_staff = True

    def __init__(self, context: Context) -> None:
        """Build the window; `open_entry` shows the first page."""
        super().__init__()
        self._context = context
        self._history = History()
        self._navigator_width = 0
        """As the text size asks for; the reader may have chosen another."""
        self.setObjectName("window")
        # Every widget is made inside the one that will hold it: moving it later makes Qt style it all over again.
        body = QFrame(self)
        body.setObjectName("page")
        splitter = QSplitter()
        splitter.setParent(body)  # not as an argument, for which PySide6 would look at all of `Qt`
        # Before it holds anything, because it lays out all that it holds with each of these.
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        self.navigator = Navigator(context, splitter)
        self.pane = PagePane(context, splitter)
        self.paper = PaperDesk(context, self)
        self.visit = Visit(context, self, splitter)
        self.actions_by_id = ActionTable(self, context.translator, action_records(self, context))
        self.choices = Choices(context, self.actions_by_id, self)
        self.header = Header(context, self.actions_by_id, body)
        self._footer = Footer(context.theme, body)
        self.search = Searching(context, self.header.search_box, self)
        self._lay_out(body, splitter)
        self.header.languages.chosen.connect(self.visit.choose)
        self.search.set_room(self.pane, splitter)
        self.search.entry_chosen.connect(self.open_entry)
        self.search.handed.connect(self._open_handed)
        self.search.found_in.connect(self.visit.note_language)
        for chosen in (self.search.entry_chosen, self.search.handed):
            chosen.connect(self.pane.view.setFocus)
        self.closing.connect(self.search.stop)
        self.navigator.entry_chosen.connect(self.open_entry)
        self.navigator.handed.connect(self._open_handed)
        self.navigator.edition_chosen.connect(self._open_edition)
        self.pane.entry_chosen.connect(self.open_entry)
        self.pane.page_changed.connect(self._on_page_changed)
        context.translator.changed.connect(self._on_language_changed)
        context.appearance.changed.connect(self._on_appearance_changed)
        self.retranslate()
        self._restyle()
        self.navigator.tree.setFocus()

    def _lay_out(self, body: QFrame, splitter: QSplitter) -> None:
        column = self._column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        self._splitter = splitter
        self.navigator.setMinimumWidth(240)
        self.pane.setMinimumWidth(320)
        column.addWidget(self.header)
        column.addWidget(splitter, 1)
        column.addWidget(self._footer)
        self.setCentralWidget(body)
        self.header.lower()  # a screen reader goes by the order of the widgets
        self.navigator.lower()

    def retranslate(self) -> None:
        """Say everything in the current language; entry, expansion, place, filter and focus stay."""
        messages = self._context.translator.messages
        self.actions_by_id.retranslate()
        self.header.retranslate()
        self.choices.show_furigana(self.pane.page)
        self.pane.set_messages(messages)
        self._retitle()

    def _on_language_changed(self) -> None:
        self.setLocale(QLocale())  # in which a screen reader reads
        self.retranslate()
        announce(self, language(self._context.translator.tag).name)

    def _restyle(self) -> None:
        """Take sizes and colours anew."""
        theme = self._context.theme
        # Large text makes titles longer, but the page needs its room too.
        width = round(NAVIGATOR_WIDTH * (1 + (theme.text_size - 100) / 250))
        if width != self._navigator_width:
            whole = sum(self._splitter.sizes()) if self._navigator_width else 3 * NAVIGATOR_WIDTH
            self._splitter.setSizes([width, max(whole - width, width)])
            self._navigator_width = width

    def adorn(self) -> None:
        """Draw the icons. The program does it just after the first page; until then their buttons show signs."""
        self.actions_by_id.complete()
        self.choices.show_appearance()
        for owner in (self.actions_by_id, self.header):
            owner.set_icons(self._context.theme, self.devicePixelRatioF())

    def _on_appearance_changed(self) -> None:
        self._restyle()
        self.adorn()
        lay_out_now(self)
        self.header.fold()
        self._footer.fit()

    def _retitle(self) -> None:
        """Set what depends on the page as well as on the language: window title and footer."""
        messages = self._context.translator.messages
        page = self.pane.page
        if page is None:
            self.setWindowTitle(messages.gettext("Minato City Basic Plan"))
            return
        # TRANSLATORS: The window's title; it must hold 港区 or Minato.
        self.setWindowTitle(messages.gettext("{entry} – Minato City Basic Plan", entry=page.heading))
        editions = self._context.plan.editions
        edition = editions[page.code.partition("/")[0]]
        period = plan_period(edition, messages)
        self._footer.say(
            notice=notice(self._context),
            office=self._context.settings.office.said_in(messages.tag),
            period=messages.gettext("Period of the plan: {period}", period=period) if period else "",
            edition=edition_name(edition, editions, messages),
            content=content_line(self._context.plan, messages),
        )

    def widths(self) -> tuple[int, int]:
        """Return the widths of contents and page, to be remembered (pixels)."""
        contents, page = self._splitter.sizes()
        return contents, page

    def set_widths(self, widths: tuple[int, int]) -> None:
        """Divide the window as it was, instead of as the text size asks for."""
        self._splitter.setSizes(widths)

    def show_contents(self) -> None:
        """Go to the contents; where they have made room for two pages side by side, show them, or hide them again."""
        if self.visit.pair is not None and self.navigator.isVisible() and not self.navigator.tree.hasFocus():
            self.navigator.hide()
        else:
            self.navigator.show()
            self.navigator.tree.setFocus()
        self.visit.changed.emit()

    def insert_below_header(self, strip: QFrame) -> None:
        """Put a strip below the header."""
        self._column.insertWidget(self._column.indexOf(self.header) + 1, strip)

    def widen(self, pixels: int) -> None:
        """Give the contents so many pixels more, and the page as many less."""
        self.set_widths((self.navigator.width() + pixels, self.pane.width() - pixels))

    def paints(self) -> list[SignalInstance]:
        """Return the signals that have all come once there is something to read; the page's is the last."""
        return [self.navigator.tree.painted, self.pane.view.painted]

    def take_over(self, before: QMainWindow) -> None:
        """Take from the window of the visit before what outlasts it."""
        if isinstance(before, CounterWindow):
            self.visit.take_over(before.visit)

    def settle(self) -> None:
        """Do what the first page need not wait for: show where the keyboard is, and follow a finger."""
        from PySide6.QtWidgets import QScroller  # noqa: PLC0415 - not for the first page

        from minato_viewer.ui.shell.focus_ring import FocusRing  # noqa: PLC0415 - the tree shows its own focus

        self.visit.show_state()
        ring = FocusRing(self, self._context.appearance)
        self.pane.view.focus_moved.connect(ring.follow)
        self.pane.view.link_reached.connect(ring.take_up)
        for view in (self.navigator.tree, self.pane.view):
            # A finger alone: with the mouse, dragging selects text.
            QScroller.grabGesture(view.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def show_about(self) -> None:
        """Show versions, plan file and licences."""
        from minato_viewer.ui.shell.about import AboutDialog  # noqa: PLC0415 - only on demand

        AboutDialog(self._context, self).open()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window closes, while it still knows where it is."""
        self.closing.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc take away the tip at a button or a row, where nothing else wants it."""
        from PySide6.QtGui import QKeySequence  # noqa: PLC0415 - not for the first page
        from PySide6.QtWidgets import QToolTip  # noqa: PLC0415 - not for the first page

        if event.matches(QKeySequence.StandardKey.Cancel) and QToolTip.isVisible():
            QToolTip.hideText()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the text size with Ctrl and the wheel."""
        if event.modifiers() & event.modifiers().ControlModifier:
            self.choices.turn(event.angleDelta().y())
        else:
            super().wheelEvent(event)

    # -- going somewhere -------------------------------------------------------------------------

    def open_entry(self, code: str) -> None:
        """Open an entry in page and tree; RequestFault for an unknown code."""
        if self.pane.page is not None and self.pane.page.code == code:
            return
        self._show(code)
        self._history.visit(code)
        self._enable_history()

    def _show(self, code: str) -> None:
        self.pane.show_entry(code)
        self.navigator.show_entry(code)

    def _open_edition(self, code: str) -> None:
        self.open_entry(self._history.last_in(code))

    def _open_handed(self, code: str, tag: str) -> None:
        """Open what a hand-over code says, in its language where that is offered here."""
        self.open_entry(code)
        if tag in self._context.settings.languages:
            self.visit.choose(tag)

    def go_back(self) -> None:
        """Open the entry that was open before this one."""
        if self._history.can_go_back:
            self._show(self._history.back())
        self._enable_history()

    def go_forward(self) -> None:
        """Open the entry from which the reader went back."""
        if self._history.can_go_forward:
            self._show(self._history.forward())
        self._enable_history()

    def _enable_history(self) -> None:
        self.actions_by_id["back"].setEnabled(self._history.can_go_back)
        self.actions_by_id["forward"].setEnabled(self._history.can_go_forward)

    def open_search(self) -> None:
        """Let the reader type what is to be looked for in the whole plan."""
        self.search.open()

    def _on_page_changed(self) -> None:
        page = self.pane.page
        self.actions_by_id["own_words"].setEnabled(page is not None and (page.own_words or page.own_words_differ))
        self.choices.show_furigana(page)
        self._retitle()
