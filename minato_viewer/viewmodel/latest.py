"""Questions to the search of a plan that are answered in a thread of their own, the latest alone.

An answer that comes within a frame is waited for, so that what is typed and what is found change together; a later
one is told. Only the latest question is worth an answer: those before it are called off and dropped.
"""

from __future__ import annotations

from threading import Condition, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from minato_viewer.planfile.search import Search
from minato_viewer.planfile.search_rows import Superseded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from minato_viewer.planfile.reader import Plan

PATIENCE = 0.012
"""Seconds that the window waits for an answer before it goes on without."""
_FAREWELL = 5.0
"""Seconds that closing waits for a search that was called off."""

Q = TypeVar("Q")
A = TypeVar("A")


class Latest(Generic[Q, A]):
    """A thread with a search of its own; it starts with the first question.

    `answers` yields answers to a question, each better than the one before; `failed` is the answer where a search
    could not be made; `told` is called with each answer, in the thread.
    """

    def __init__(
        self,
        plan: Plan,
        district: str,
        *,
        answers: Callable[[Search, Q], Iterator[A]],
        failed: Callable[[Q, Exception], A],
        told: Callable[[A], object],
    ) -> None:
        """Be ready to search for an office of `district`."""
        self._plan = plan
        self._district = district
        self._answers = answers
        self._failed = failed
        self._told = told
        self._state = Condition()
        self._question: Q | None = None
        self._answer: A | None = None
        self._search: Search | None = None
        self._thread: Thread | None = None
        self._stopped = False

    def ask(self, question: Q, patience: float = PATIENCE) -> A | None:
        """Return the answer if it comes within `patience` (seconds), else None; then it is told."""
        if self._thread is None:
            self._thread = Thread(target=self._work, name="search", daemon=True)
            self._thread.start()
        with self._state:
            self._question, self._answer = question, None
            self._call_off()
            self._state.notify_all()
            self._state.wait_for(lambda: self._answer is not None, patience)
            return self._answer

    def await_answer(self) -> None:
        """Wait a little for the thread to come to an answer."""
        with self._state:
            self._state.wait(0.01)

    def stop(self) -> None:
        """End the thread, close the file and keep no question and no answer."""
        with self._state:
            self._stopped = True
            self._question = self._answer = None
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
            self._deal_with(question)
            # A visitor's question is not to stay here until the next one comes.
            del question
        if self._search is not None:
            self._search.close()

    def _deal_with(self, question: Q) -> None:
        try:
            for answer in self._answers(self._opened(), question):
                if not self._tell(answer):
                    return
        except Superseded:
            return
        except Exception as error:  # noqa: BLE001 - told or raised again in the thread of the window
            self._tell(self._failed(question, error))

    def _next(self) -> Q | None:
        """Wait for a question; None at the end."""
        with self._state:
            self._state.wait_for(lambda: self._question is not None or self._stopped)
            question, self._question = self._question, None
            return None if self._stopped else question

    def _opened(self) -> Search:
        if self._search is None:
            search = Search(self._plan, self._district)
            with self._state:
                self._search = search
        return self._search

    def _tell(self, answer: A) -> bool:
        """Tell an answer; return whether it is still wanted."""
        with self._state:
            if self._question is not None or self._stopped:
                return False
            self._answer = answer
            self._state.notify_all()
        self._told(answer)
        return True
