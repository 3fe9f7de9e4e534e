"""What a search found: below the header and over the page, as wide as it reads well and as high as it needs.

It never covers the header with its languages, nor the footer that says what this program is not. The keyboard stays
in the box of the header: Up and Down choose a result there, Enter opens it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from minato_viewer.domain.faults import Fault, RequestFault
from minato_viewer.ui.counter.search_delegate import SearchDelegate
from minato_viewer.ui.counter.search_scope import ScopeBar
from minato_viewer.ui.shell.announce import announce
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.ui.shell.properties import set_by_name
from minato_viewer.viewmodel.search_results import ResultsModel, Role, counted
from minato_viewer.viewmodel.search_worker import Answer, Question, SearchWorker

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from minato_viewer.language.catalogues import Messages
    from minato_viewer.ui.shell.context import Context
    from minato_viewer.viewmodel.handed import Handed

ANNOUNCING_DELAY = 400
"""Milliseconds without a change before the count is read out, so that typing is not talked over."""
MOST = 20
"""Results that are asked for at first; more when they are scrolled to."""
WIDTH = 760
"""Pixels at a text size of 100 %."""
_MARGIN = 12
_EDGE = 2
"""Pixels of the border, in which nothing else may stand."""


class SearchPanel(QFrame):
    """Shows the results of one query in the reader's language, and what it is narrowed down to."""

    entry_chosen = Signal(str)
    text_wanted = Signal(str)
    """Another query is to be looked for."""
    settled = Signal()
    """The latest question is answered."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Show nothing; `place` says where."""
        super().__init__(parent)
        self._context = context
        self._text = ""
        self._answer: Answer | None = None
        self._question: Question | None = None
        self._room: QRect | None = None
        self._said = ""
        self.setObjectName("search_panel")
        self.hide()
        self.worker = SearchWorker(context.plan, self, district=context.settings.district)
        self.worker.answered.connect(self._on_answered)
        self.scope = ScopeBar(context, self)
        self.scope.changed.connect(self._on_scope_changed)
        self._scope_words = self._label("search_scope")
        self._state = self._label("search_state")
        self._suggestions = QWidget(self)
        self._suggestion_row = QHBoxLayout(self._suggestions)
        self._suggestion_row.setContentsMargins(0, 0, 0, 0)
        self.model = ResultsModel(context.plan.editions, self)
        self.view = QListView(self)
        self._set_up_view()
        self._announcing = QTimer(self, singleShot=True, interval=ANNOUNCING_DELAY)
        self._announcing.timeout.connect(self._announce)
        self._lay_out()
        context.translator.changed.connect(self.retranslate)
        context.appearance.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        set_by_name(label, textFormat="PlainText")
        return label

    def _set_up_view(self) -> None:
        self._delegate = SearchDelegate(self.view, self._context.theme)
        self.view.setObjectName("search_results")
        self.view.setItemDelegate(self._delegate)
        self.view.setModel(self.model)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setMouseTracking(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        set_by_name(self.view, horizontalScrollBarPolicy="ScrollBarAlwaysOff", focusPolicy="TabFocus")
        self.view.clicked.connect(self._open_index)
        self.view.activated.connect(self._open_index)
        self.model.rowsInserted.connect(self._ask_for_more)

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _EDGE)
        column.setSpacing(8)
        column.addWidget(self.scope)
        column.addWidget(self._scope_words)
        column.addWidget(self._state)
        column.addWidget(self._suggestions)
        column.addWidget(self.view, 1)

    # -- what is looked for ----------------------------------------------------------------------

    def look_for(self, text: str) -> None:
        """Show what `text` finds; at once if it can be found within a frame."""
        self._text = text
        self._ask(MOST)

    def _ask(self, limit: int) -> None:
        self._question = Question(self._text, self._context.translator.tag, self.scope.scope, limit)
        answer = self.worker.ask(self._question)
        if answer is not None:
            self._show(answer)

    def _on_answered(self, answer: Answer) -> None:
        # Late, if it answers another question; what was shown at once comes again with nothing new.
        if answer.question == self._question and answer is not self._answer:
            self._show(answer)

    def _on_scope_changed(self) -> None:
        self._say_scope()
        self._ask(MOST)

    def _ask_for_more(self) -> None:
        """Ask for more results once all that are known are loaded."""
        answer = self._answer
        if answer and answer.found.more and not self.model.canFetchMore(QModelIndex()):
            self._ask(2 * answer.question.limit)

    @property
    def unanswered(self) -> bool:
        """Whether the first results of the latest question are still to come."""
        return self._answer is None or self._answer.question != self._question

    @property
    def waiting(self) -> bool:
        """Whether the latest question is not wholly answered yet."""
        return self.unanswered or self._answer is None or self._answer.total is None

    def await_results(self) -> None:
        """Wait until the latest question is answered, its count too: for a picture of the window."""
        while self.waiting and self._question is not None:
            self.worker.await_answer()
            QCoreApplication.processEvents()

    def forget(self) -> None:
        """Keep nothing of what was looked for: the next visitor must not see it."""
        self._text = ""
        self.scope.clear()
        self.look_for("")

    def stop(self) -> None:
        """End the search for good."""
        self.worker.stop()

    # -- what is shown ---------------------------------------------------------------------------

    def _show(self, answer: Answer) -> None:
        if answer.failed is not None and not isinstance(answer.failed, Fault):
            raise answer.failed  # a mistake of ours, which becomes a report
        before = self._answer
        self._answer = answer
        if before is None or before.found != answer.found or before.question.lang != answer.question.lang:
            same = before is not None and before.question.text == answer.question.text
            self._delegate.forget_rows()
            self._show_hits(answer, keep=same)
        self._say_state()
        self._suggest()
        self._fit()
        self._announcing.start()
        if not self.waiting:
            self.settled.emit()

    def _show_hits(self, answer: Answer, *, keep: bool) -> None:
        """Show the results; with `keep`, from the same place on and with the same one chosen."""
        chosen, bar = self.chosen if keep else "", self.view.verticalScrollBar()
        place = bar.value() if keep else 0
        self.model.show(answer.found.hits, self._messages)
        row = self.model.row_of(chosen) if chosen else -1
        if row >= 0:
            self._choose(row)
        bar.setValue(place)

    @property
    def _messages(self) -> Messages:
        return self._context.translator.messages

    @property
    def chosen(self) -> str:
        """Code of the result that Enter would open after Up or Down; empty for none."""
        index = self.view.currentIndex()
        return index.data(Role.CODE) if index.isValid() else ""

    def retranslate(self) -> None:
        """Say everything in the current language, results too; the query, the scope and the chosen result stay."""
        messages = self._messages
        self.setAccessibleName(messages.gettext("Search results"))
        self.view.setAccessibleName(messages.gettext("Search results"))
        self.scope.retranslate()
        self._say_scope()
        self._say_state()
        # Hidden, it is asked anew when it is shown.
        if self._answer is not None and not self.isHidden():
            self._ask(self._answer.question.limit)

    def _say_scope(self) -> None:
        self._scope_words.setText(self.scope.said())
        self._scope_words.setVisible(bool(self._scope_words.text()))

    def _say_state(self) -> None:
        """Say in words how much was found."""
        self._state.setText(self._counted())

    def _counted(self) -> str:
        messages, answer = self._messages, self._answer
        if answer is None or not self._text.strip():
            # TRANSLATORS: In the search, before anything is typed.
            return messages.gettext(
                "Words of any of the five languages, also in Latin letters: {examples}",
                examples="防災, ぼうさい, bousai, 방재, fangzai, 政策4",
            )
        if isinstance(answer.failed, Fault):
            return counted(answer, messages)
        try:
            if self.handed() is not None:
                # TRANSLATORS: In the search, when the code that is printed on every page was typed. Enter is the key.
                return messages.gettext("This is the code of a page: Enter opens it.")
        except RequestFault as fault:
            if not answer.found.hits:
                return messages.gettext(fault.message, **fault.values)
        return counted(answer, messages)

    def _suggest(self) -> None:
        """Offer what may help where nothing was found: the search without its scope, and words like the query."""
        answer, messages = self._answer, self._messages
        while self._suggestion_row.count():
            item = self._suggestion_row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        offered = answer is not None and not answer.found.hits and (answer.unscoped or answer.near)
        self._suggestions.setVisible(bool(offered))
        if answer is None or not offered:
            return
        if answer.unscoped:
            words = messages.ngettext("Everywhere: {count} result", "Everywhere: {count} results", answer.unscoped)
            self._offer(words).clicked.connect(self.scope.clear)
        if answer.near:
            label = QLabel(self._suggestions)
            # TRANSLATORS: Before buttons with words that were perhaps meant.
            label.setText(messages.gettext("Perhaps:"))
            self._suggestion_row.addWidget(label)
            label.show()
        for word in answer.near:
            button = self._offer(word)
            button.setProperty("word", word)
            button.clicked.connect(self._take_word)
        self._suggestion_row.addStretch(1)

    def _offer(self, text: str) -> QPushButton:
        button = QPushButton(self._suggestions)
        button.setText(text.replace("&", "&&"))
        button.setAccessibleName(text)
        button.setObjectName("suggestion")
        set_by_name(button, focusPolicy="TabFocus")
        self._suggestion_row.addWidget(button)
        button.show()  # at once, so that its size counts
        # Tab comes to it where it stands.
        QWidget.setTabOrder(self.scope.findChildren(QPushButton)[-1], button)
        QWidget.setTabOrder(button, self.view)
        return button

    def _take_word(self) -> None:
        self.text_wanted.emit(self.sender().property("word"))

    def _restyle(self) -> None:
        theme = self._context.theme
        self._delegate.set_theme(theme)
        set_type(self._state, theme, "interface", bold=True)
        set_type(self._scope_words, theme, "small")
        self._fit()

    # -- where it is -----------------------------------------------------------------------------

    def wanted_width(self) -> int:
        """Return the width in which results read well (pixels)."""
        return self._context.theme.scaled(WIDTH)

    def order_tabs(self, box: QWidget) -> None:
        """Have Tab go from `box` to the buttons and then to the results."""
        stops = [box, *self.scope.findChildren(QPushButton), self.view]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def place(self, room: QRect) -> None:
        """Stand within `room` (of the parent's), at its top."""
        self._room = room
        self._fit()

    def _fit(self) -> None:
        """Take the width that reads well and the height that the results need."""
        room = self._room
        if room is None or self.isHidden():
            return
        width = room.width() - 2 * _MARGIN
        self.scope.arrange(width)
        above = _MARGIN + 3 * _EDGE
        for part in (self.scope, self._scope_words, self._state, self._suggestions):
            if not part.isHidden():
                tall = part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
                above += tall + self._column.spacing()
        self.view.setVisible(self.model.rowCount() > 0)
        # The scroll bar's room is kept free, so that rows do not wrap anew when it comes.
        self._delegate.remeasure(width - self.view.verticalScrollBar().sizeHint().width())
        rows = 0
        for row in range(self.model.rowCount()):
            rows += self._delegate.height(self.model.index(row, 0))
            if above + rows > room.height():
                break
        self.setGeometry(room.left(), room.top(), room.width(), min(above + rows, room.height()))
        self.view.scheduleDelayedItemsLayout()

    # -- choosing --------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Choose the next result or the one before; before the first one is none."""
        index = self.view.currentIndex()
        row = (index.row() if index.isValid() else -1) + by
        if row >= self.model.rowCount():
            self.model.fetchMore(QModelIndex())
        if row < 0:
            self.view.selectionModel().clear()
        elif row < self.model.rowCount():
            self._choose(row)
            announce(self.view, self.model.index(row, 0).data(Role.ACCESSIBLE_TEXT))

    def _choose(self, row: int) -> None:
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        index = self.model.index(row, 0)
        self.view.selectionModel().setCurrentIndex(index, flag)
        self.view.scrollTo(index)

    def open_chosen(self) -> None:
        """Open the chosen result, or the first."""
        code = self.chosen or self.model.code(0)
        if code:
            self.entry_chosen.emit(code)

    def found_in(self, code: str) -> str:
        """Return the language in which a result was found; empty for one that is no result any more."""
        hits = self._answer.found.hits if self._answer else ()
        return next((hit.lang for hit in hits if hit.code == code), "")

    def handed(self) -> Handed | None:
        """Return what the query opens as a hand-over code; None where it is none, or words that were found.

        RequestFault where it was meant as one and opens nothing.
        """
        if not self._text.strip() or ("-" not in self._text and self._answer and self._answer.found.hits):
            return None
        from minato_viewer.viewmodel.handed import handed  # noqa: PLC0415 - few queries are codes

        return handed(self._text, self._context.plan)

    def _open_index(self, index: QModelIndex) -> None:
        self.entry_chosen.emit(index.data(Role.CODE))

    def _announce(self) -> None:
        if not self.isHidden() and self._text.strip() and self._state.text() != self._said:
            self._said = self._state.text()
            announce(self, self._state.text())
