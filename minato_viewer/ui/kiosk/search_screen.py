"""The search of the kiosk: what was typed, words to touch, the results as cards, and the keyboard below them all.

The keyboard never covers results: each has its own part of the screen. A screen that is low has the words beside what
was typed, and the keys in fewer rows; where even that is too much, the keys are beside the results.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QVBoxLayout, QWidget

from minato_viewer.domain.faults import Fault
from minato_viewer.planfile.search_rows import Scope
from minato_viewer.services import fonts
from minato_viewer.ui.kiosk.keyboard import Keyboard
from minato_viewer.ui.kiosk.result_list import ResultList
from minato_viewer.ui.kiosk.search_field import SearchField
from minato_viewer.ui.kiosk.word_row import WordRow
from minato_viewer.ui.shell.announce import announce
from minato_viewer.viewmodel.search_results import counted
from minato_viewer.viewmodel.search_worker import Answer, Question, SearchWorker

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent

    from minato_viewer.ui.shell.context import Context

MOST = 20
"""Results that are asked for at first; more when they are scrolled to."""
ANNOUNCING_DELAY = 400
"""Milliseconds without a change before the count is read out, so that typing is not talked over."""
KEYBOARDS_SHARE = 0.42
"""Of the height, which the keys may take at most."""
_LEAST = 4
"""Keys' sides of room above the keys, for what was typed and a result; where there is less, the keys are beside it."""
_ANY_WIDTH = 16_777_215
"""Qt's own number for no limit."""
_EDGE, _LOW_EDGE = 24, 6
_STATE = 0.29
"""Letters, of the side of a key."""
_EXAMPLES = "ぼうさい, bousai, fangzai, 방재"


class SearchScreen(QWidget):
    """Searches with the screen alone."""

    entry_chosen = Signal(str)

    def __init__(self, context: Context, side: int, parent: QWidget) -> None:
        """Be empty; no target is smaller than `side` pixels in either direction."""
        super().__init__(parent)
        self._context = context
        self._answer: Answer | None = None
        self._question: Question | None = None
        self._completions: tuple[str, ...] = ()
        self._said = ""
        self._stale = False
        """The language has changed while nobody saw this."""
        self._worker: SearchWorker | None = None
        self._ended = False
        self._side = side
        self.field = SearchField(context, side, self)
        self.words = WordRow(context, side, self)
        self._state = QLabel(self)
        self._state.setObjectName("search_state")
        self._state.setWordWrap(True)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self.results = ResultList(context, side, self)
        self.keyboard = Keyboard(context, side, self)
        self._announcing = QTimer(self, singleShot=True, interval=ANNOUNCING_DELAY)
        self._lay_out()
        self._connect()
        self._restyle()
        self.retranslate()

    def _lay_out(self) -> None:
        self._whole = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._top = QGridLayout()
        self._column = QVBoxLayout()
        self._column.addLayout(self._top)
        self._column.addWidget(self._state)
        self._column.addWidget(self.results, 1)
        self._whole.addLayout(self._column, 1)
        below = self._below = QVBoxLayout()
        below.addWidget(self.keyboard)
        below.addStretch(1)
        self._whole.addLayout(below)
        QWidget.setTabOrder(self.words, self.results)

    def _connect(self) -> None:
        self.keyboard.edited.connect(self._on_edited)
        self.keyboard.offered.connect(self._on_offered)
        self.keyboard.left_upwards.connect(self._go_up)
        self.words.taken.connect(self.keyboard.set_text)
        self.results.entry_chosen.connect(self.entry_chosen)
        self.results.left_downwards.connect(self.keyboard.take_focus)
        # Later, because the answer sets the model anew, which is still telling of its rows.
        self.results.results.rowsInserted.connect(self._ask_for_more, Qt.ConnectionType.QueuedConnection)
        self._announcing.timeout.connect(self._announce)
        self._context.translator.changed.connect(self._on_language_changed)
        self._context.appearance.changed.connect(self._restyle)
        self._context.furigana.changed.connect(self._retell)

    # -- what is looked for ----------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What was typed."""
        return self.keyboard.text

    def look_for(self, text: str) -> None:
        """Search for `text` as if it had been typed."""
        self.keyboard.set_text(text)

    def forget(self) -> None:
        """Keep nothing of the visitor's: no query, no results, and no thread that looked for them."""
        self._end_worker()
        self._announcing.stop()
        self._answer = self._question = None
        self._said = ""
        self.keyboard.forget()
        self.field.show_text("")
        self._completions = ()
        self.results.show_hits((), self._context.translator.messages)
        self._say()

    def stop(self) -> None:
        """End the search for good."""
        self._ended = True
        self.keyboard.stop()
        self._end_worker()

    def take_focus(self) -> None:
        """Give the focus to the keyboard on the screen, for a keyboard that is plugged in."""
        self.keyboard.take_focus()

    def _end_worker(self) -> None:
        if self._worker is not None:
            self._worker.answered.disconnect(self._on_answered)
            self._worker.stop()
            self._worker.deleteLater()
            self._worker = None

    def _on_edited(self, text: str) -> None:
        self.field.show_text(text)
        if text.strip():
            self._ask(MOST)
        else:
            self._answer = self._question = None
            self.results.show_hits((), self._context.translator.messages)
            self._say()

    def _ask(self, limit: int) -> None:
        if self._ended:
            return
        self._question = Question(self.text, self._context.translator.tag, Scope(), limit)
        if self._worker is None:
            self._worker = SearchWorker(self._context.plan, self, district=self._context.settings.district)
            self._worker.answered.connect(self._on_answered)
        answer = self._worker.ask(self._question)
        if answer is not None:
            self._show(answer)

    def _on_answered(self, answer: Answer) -> None:
        # Late, if it answers another question; what was shown at once comes again with nothing new.
        if answer.question == self._question and answer is not self._answer:
            self._show(answer)

    def _ask_for_more(self) -> None:
        answer = self._answer
        if answer and answer.found.more and not self.results.results.canFetchMore(QModelIndex()):
            self._ask(2 * answer.question.limit)

    def _on_offered(self, words: tuple[str, ...]) -> None:
        self._completions = words if self.text.strip() else ()
        self._say()

    @property
    def waiting(self) -> bool:
        """Whether the latest question is not wholly answered yet."""
        answer = self._answer
        unanswered = answer is None or answer.question != self._question or answer.total is None
        return not self._ended and (self.keyboard.waiting or (self._question is not None and unanswered))

    def await_results(self) -> None:
        """Wait until everything is known of what was typed: for a picture of the window."""
        while self.waiting:
            self.keyboard.await_keys()
            if self._worker is not None:
                self._worker.await_answer()
            QCoreApplication.processEvents()

    # -- what is shown ---------------------------------------------------------------------------

    def _show(self, answer: Answer) -> None:
        if answer.failed is not None and not isinstance(answer.failed, Fault):
            raise answer.failed  # a mistake of ours, which becomes a report
        before, self._answer = self._answer, answer
        messages = self._context.translator.messages
        if before is None or before.question.text != answer.question.text:
            self.results.show_hits(answer.found.hits, messages)
        elif before.found != answer.found or before.question.lang != answer.question.lang:
            self.results.retell(answer.found.hits, messages)
        self._say()

    def _retell(self) -> None:
        if self._answer is not None:
            self.results.retell(self._answer.found.hits, self._context.translator.messages)

    def _say(self) -> None:
        """Say how much was found and what can be done, and offer words."""
        near = self._answer.near if self._answer is not None else ()
        self.words.offer(self._completions or near)
        # Nothing is offered before something is typed; beside the field they keep their place.
        self.words.setVisible(self.keyboard.wide or bool(self.text.strip()))
        self._state.setText(self._sentence())
        self._dress_state()
        if self.text.strip():
            self._announcing.start()

    def _sentence(self) -> str:
        messages, answer = self._context.translator.messages, self._answer
        if answer is None or not self.text.strip():
            return messages.gettext(
                "Words of any of the five languages, also in Latin letters: {examples}", examples=_EXAMPLES
            )
        said = counted(answer, messages)
        if answer.found.hits or answer.failed is not None:
            return said
        if self._completions:
            # TRANSLATORS: In the search of the kiosk, while what was typed so far finds nothing, but words begin so.
            return messages.gettext("Touch one of the words, or go on typing.")
        if answer.near:
            # TRANSLATORS: In the search of the kiosk; after "Nothing was found for …", beside cards with such words.
            return said + " " + messages.gettext("Touch the word that you mean.")
        # TRANSLATORS: In the search of the kiosk; after "Nothing was found for …".
        return said + " " + messages.gettext("Delete a character, or try another word.")

    def _on_language_changed(self) -> None:
        self._stale = not self.isVisible()
        if self._stale:
            return  # nobody sees it, and the reader waits for another page
        self._restyle()
        self.retranslate()
        if self._answer is not None:
            self._ask(self._answer.question.limit)

    def showEvent(self, event: QShowEvent) -> None:
        """Say what was said in another language before."""
        super().showEvent(event)
        if self._stale:
            self._on_language_changed()

    def retranslate(self) -> None:
        """Say everything in the current language; what was typed stays."""
        messages = self._context.translator.messages
        self.setAccessibleName(messages.gettext("Search"))
        self.results.setAccessibleName(messages.gettext("Search results"))
        # TRANSLATORS: In the empty field of the search of the kiosk, above a keyboard on the screen.
        self.field.retranslate(messages.gettext("Touch the keys below"))
        self._say()

    def _restyle(self) -> None:
        self._dress_state()
        self.field.update()
        self.words.restyle()
        self.results.restyle()

    def _dress_state(self) -> None:
        """Set what was found in bold, and what can be done at first plainly."""
        letters = QFont(fonts.font(self._context.translator.tag))
        letters.setPixelSize(round(self._side * _STATE * self._context.theme.text_size / 100))
        letters.setBold(bool(self.text.strip()))
        self._state.setFont(letters)

    def _announce(self) -> None:
        if self.isVisible() and self.text.strip() and self._state.text() != self._said:
            self._said = self._state.text()
            announce(self, self._said)

    # -- where it is -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the keys their room, and lay the upper part out for it."""
        self.keyboard.fit(self.width() - 2 * _EDGE, round(self.height() * KEYBOARDS_SHARE))
        low = self.keyboard.wide
        beside = low and self.height() - self.keyboard.height() < _LEAST * self._side
        self._whole.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        wide = self.keyboard.sizeHint().width()
        self.keyboard.setMinimumWidth(wide if beside else 0)
        self.keyboard.setMaximumWidth(wide if beside else _ANY_WIDTH)
        edge = _LOW_EDGE if low else _EDGE
        # The scroll bar of the results stands in the margin, so that the cards end where everything does.
        self._whole.setContentsMargins(_EDGE, edge, 0, edge)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._top.setContentsMargins(0, 0, _EDGE, 0)
        self._state.setContentsMargins(0, 0, _EDGE, 0)
        self._below.setContentsMargins(0, 0, _EDGE, 0)
        for layout in (self._whole, self._column):
            layout.setSpacing(edge // 2 + 3 if low else 16)
        self._top.setSpacing(16)
        self._top.addWidget(self.field, 0, 0)
        in_a_row = low and not beside
        self._top.addWidget(self.words, int(not in_a_row), int(in_a_row))
        self._top.setColumnStretch(0, 2)
        self._top.setColumnStretch(1, 3 if in_a_row else 0)
        self.field.setFixedHeight(self._side if low else round(self._side * 1.2))
        self._say()
        super().resizeEvent(event)

    # -- the keyboard that is plugged in ---------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type letters wherever the focus is."""
        if not self.keyboard.take_key(event):
            super().keyPressEvent(event)

    def _go_up(self) -> None:
        if self.results.results.rowCount():
            self.results.setFocus(Qt.FocusReason.TabFocusReason)
