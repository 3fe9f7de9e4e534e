"""Searches in a thread of its own, so that no search, however large the plan, holds up the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from minato_viewer.planfile.search import Found, Search
from minato_viewer.planfile.search_rows import Scope
from minato_viewer.viewmodel.latest import Latest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from minato_viewer.planfile.reader import Plan


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
        self._latest: Latest[Question, Answer] = Latest(
            plan, district, answers=_answers, failed=_failed, told=self.answered.emit
        )
        self.ask = self._latest.ask
        self.await_answer = self._latest.await_answer
        self.stop = self._latest.stop


def _answers(search: Search, question: Question) -> Iterator[Answer]:
    """Yield what is found, and then what takes longer than finding."""
    found = search.find(question.text, question.lang, question.scope, question.limit)
    known = not question.text.strip() or (found.hits and not found.more)
    answer = Answer(question, found, len(found.hits) if known else None)
    yield answer
    if answer.total is None:
        yield _completed(answer, search)


def _completed(answer: Answer, search: Search) -> Answer:
    """Add the count; where nothing was found, what may help."""
    question = answer.question
    if answer.found.hits:
        return answer._replace(total=search.count(question.text, question.scope))
    unscoped = search.count(question.text) if any(question.scope) else 0
    near = () if unscoped else search.near_words(question.text)
    return answer._replace(total=0, unscoped=unscoped, near=near)


def _failed(question: Question, error: Exception) -> Answer:
    return Answer(question, Found((), more=False), 0, failed=error)
