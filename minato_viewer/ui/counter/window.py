"""The counter window: composes and wires its parts, and does no work of its own."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QSplitter, QVBoxLayout

from minato_viewer.domain.messages import N_
from minato_viewer.language.tags import LANGUAGES
from minato_viewer.pages.imprint import plan_period
from minato_viewer.pages.wording import edition_name
from minato_viewer.ui.counter.header import Header
from minato_viewer.ui.counter.navigator import Navigator
from minato_viewer.ui.shell.actions import SEPARATOR, ActionRecord, ActionTable
from minato_viewer.ui.shell.context import Context
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.ui.shell.language_bar import KEYS
from minato_viewer.ui.shell.page_pane import PagePane
from minato_viewer.viewmodel.history import History

NAVIGATOR_WIDTH = 360

MENU = ("back", "forward", SEPARATOR, "previous", "next", SEPARATOR, "own_words", "filter", "tree", SEPARATOR, "quit")


class CounterWindow(QMainWindow):
    """Tree on the left, page on the right, languages above, the truth about the program below."""

    def __init__(self, context: Context) -> None:
        """Build the window; `open_entry` shows the first page."""
        super().__init__()
        self._context = context
        self._history = History()
        self.setObjectName("window")
        # Every widget is made inside the one that will hold it: moving it later makes Qt style it all over again.
        body = QFrame(self)
        body.setObjectName("page")
        splitter = QSplitter()
        splitter.setParent(body)  # not as an argument, for which PySide6 would look at all of `Qt`
        self.navigator = Navigator(context, splitter)
        self.pane = PagePane(context, splitter)
        self.actions_by_id = ActionTable(self, context.translator, self._records())
        self.header = Header(context, self.actions_by_id["back"], self.actions_by_id["forward"], body)
        self.header.menu.aboutToShow.connect(self._fill_menu)
        footer = QFrame(body)
        footer.setObjectName("footer")
        self._evaluation = QLabel(footer)
        self._evaluation.setObjectName("evaluation")
        self._period = QLabel(footer)
        self._period.setObjectName("small")
        self._data = QLabel(footer)
        self._data.setObjectName("small")
        for label in (self._evaluation, self._period, self._data):
            set_type(label, context.theme.sizes["small"])
        self._lay_out(body, splitter, footer)
        self.header.languages.chosen.connect(context.translator.activate)
        self.navigator.entry_chosen.connect(self.open_entry)
        self.navigator.edition_chosen.connect(self._open_edition)
        self.pane.entry_chosen.connect(self.open_entry)
        self.pane.page_changed.connect(self._on_page_changed)
        context.translator.changed.connect(self.retranslate)
        self.retranslate()
        self.navigator.tree.setFocus()

    def _records(self) -> Iterator[ActionRecord]:
        yield ActionRecord("back", N_("Back"), "Alt+Left", self._go_back)
        yield ActionRecord("forward", N_("Forward"), "Alt+Right", self._go_forward)
        yield ActionRecord("previous", N_("Previous entry"), "Alt+Up", self.pane.open_previous)
        yield ActionRecord("next", N_("Next entry"), "Alt+Down", self.pane.open_next)
        yield ActionRecord("own_words", N_("The city's own words, and back"), "F7", self.pane.toggle_own_words)
        yield ActionRecord("filter", N_("Filter the contents"), "Ctrl+L", self._focus_filter)
        yield ActionRecord("tree", N_("Go to the contents"), "Ctrl+T", self.navigator.tree.setFocus)
        yield ActionRecord("quit", N_("Quit"), "Ctrl+Q", self.close)
        for language, key in zip(LANGUAGES, KEYS, strict=True):
            activate = partial(self._context.translator.activate, language.tag)
            yield ActionRecord(f"language-{language.tag}", language.name, key, activate)

    def _lay_out(self, body: QFrame, splitter: QSplitter, footer: QFrame) -> None:
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([NAVIGATOR_WIDTH, 2 * NAVIGATOR_WIDTH])
        self.navigator.setMinimumWidth(240)
        self.pane.setMinimumWidth(320)
        row = QHBoxLayout(footer)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(24)
        for label in (self._evaluation, self._period, self._data):
            row.addWidget(label)
        row.addStretch(1)
        column.addWidget(self.header)
        column.addWidget(splitter, 1)
        column.addWidget(footer)
        self.setCentralWidget(body)

    def retranslate(self) -> None:
        """Say everything in the current language; entry, expansion, place, filter and focus stay."""
        messages = self._context.translator.messages
        self.actions_by_id.retranslate()
        self.header.retranslate()
        # TRANSLATORS: Must say both: an evaluation version, and not an official app of the city.
        self._evaluation.setText(messages.gettext("Evaluation version, not an official app of the city"))
        self.pane.set_messages(messages)
        self._retitle()

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
        self._period.setText(messages.gettext("Period of the plan: {period}", period=plan_period(edition, messages)))
        self._data.setText(edition_name(edition, editions, messages))

    def _fill_menu(self) -> None:
        """Fill the menu when it is first opened."""
        if self.header.menu.isEmpty():
            self.actions_by_id.fill(self.header.menu, MENU)

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

    def _go_back(self) -> None:
        if self._history.can_go_back:
            self._show(self._history.back())
        self._enable_history()

    def _go_forward(self) -> None:
        if self._history.can_go_forward:
            self._show(self._history.forward())
        self._enable_history()

    def _enable_history(self) -> None:
        self.actions_by_id["back"].setEnabled(self._history.can_go_back)
        self.actions_by_id["forward"].setEnabled(self._history.can_go_forward)

    def _focus_filter(self) -> None:
        self.navigator.filter.setFocus()
        self.navigator.filter.selectAll()

    def _on_page_changed(self) -> None:
        page = self.pane.page
        self.actions_by_id["own_words"].setEnabled(page is not None and (page.own_words or page.own_words_differ))
        self._retitle()
