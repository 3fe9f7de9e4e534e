"""Searches in a thread of its own, so that no search, however large the plan, holds up the window.

An answer that comes within a frame is waited for, so that what is typed and what is found change together; a later
one is told by `answered`. Only the latest question is worth an answer: those before it are called off and dropped.
"""

from __future__ import annotations

from threading import Condition, Thread
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from minato_viewer.planfile.search import Found, Search
from minato_viewer.planfile.search_rows import Scope, Superseded

if TYPE_CHECKING:
    from minato_viewer.planfile.reader import Plan

PATIENCE = 0.012
"""Seconds that the window waits for an answer before it goes on without."""
_FAREWELL = 5.0
"""Seconds that closing waits for a search that was called off."""


class Question(NamedTuple):
    """What is looked for."""

    text: str
    lang: str
    scope: Scope
    limit: int


class Answer(NamedTuple):
    """What was found, and how much of it there is."""

    question: Question
    found: Found
    total: int | None = None
    """How many results there are in all; None where it is not known yet."""
    unscoped: int = 0
    """How many there were without the scope, where there are none within it."""
    near: tuple[str, ...] = ()
    """Words that were perhaps meant, where there are no results."""
    failed: Exception | None = None
    """What kept the search from being made."""


class SearchWorker(QObject):
    """Answers one question at a time."""

    answered = Signal(object)
    """An `Answer`, in the thread of the window; perhaps the one that `ask` has returned, with its count."""

    def __init__(self, plan: Plan, parent: QObject | None = None, *, district: str = "") -> None:
        """Be ready to search for an office of `district`; the thread starts with the first question."""
        super().__init__(parent)
        self._plan = plan
        self._district = district
        self._state = Condition()
        self._question: Question | None = None
        self._answer: Answer | None = None
        self._search: Search | None = None
        self._thread: Thread | None = None
        self._stopped = False

    def ask(self, question: Question) -> Answer | None:
        """Return the answer if it comes at once, else None; then `answered` brings it."""
        if self._thread is None:
            self._thread = Thread(target=self._work, name="search", daemon=True)
            self._thread.start()
        with self._state:
            self._question, self._answer = question, None
            self._call_off()
            self._state.notify_all()
            self._state.wait_for(lambda: self._answer is not None, PATIENCE)
            return self._answer

    def await_answer(self) -> None:
        """Wait a little for the thread to come to an answer."""
        with self._state:
            self._state.wait(0.01)

    def stop(self) -> None:
        """End the thread and close the file."""
        with self._state:
            self._stopped = True
            self._call_off()
            self._state.notify_all()
        if self._thread is not None:
            self._thread.join(_FAREWELL)

    def _call_off(self) -> None:
        if self._search is not None:
            self._search.call_off()

    # -- in the thread ---------------------------------------------------------------------------

    def _work(self) -> None:
        while (question := self._next()) is not None:
            try:
                answer = self._found(question)
                self._tell(answer)
                if answer.total is None and self._is_latest() and self._search is not None:
                    self._tell(self._completed(answer, self._search))
            except Superseded:
                continue
            except Exception as error:  # noqa: BLE001 - told or raised again in the thread of the window
                self._tell(Answer(question, Found((), more=False), 0, failed=error))
        if self._search is not None:
            self._search.close()

    def _next(self) -> Question | None:
        """Wait for a question; None at the end."""
        with self._state:
            self._state.wait_for(lambda: self._question is not None or self._stopped)
            question, self._question = self._question, None
            return None if self._stopped else question

    def _is_latest(self) -> bool:
        with self._state:
            return self._question is None and not self._stopped

    def _found(self, question: Question) -> Answer:
        if self._search is None:
            search = Search(self._plan, self._district)
            with self._state:
                self._search = search
        found = self._search.find(question.text, question.lang, question.scope, question.limit)
        known = not question.text.strip() or (found.hits and not found.more)
        return Answer(question, found, len(found.hits) if known else None)

    def _completed(self, answer: Answer, search: Search) -> Answer:
        """Add what takes longer than finding: the count; where nothing was found, what may help."""
        question = answer.question
        if answer.found.hits:
            return answer._replace(total=search.count(question.text, question.scope))
        unscoped = search.count(question.text) if any(question.scope) else 0
        near = () if unscoped else search.near_words(question.text)
        return answer._replace(total=0, unscoped=unscoped, near=near)

    def _tell(self, answer: Answer) -> None:
        with self._state:
            if self._question is not None or self._stopped:
                return
            self._answer = answer
            self._state.notify_all()
        self.answered.emit(answer)
