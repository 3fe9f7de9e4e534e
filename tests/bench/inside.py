"""What is measured inside a viewer: `python -m tests.bench.inside JOB --plan FILE`, started by the benchmark.

The viewer is the real program, started through its own command line in this process; a job runs in it from its
event loop once the first page is on screen, and prints its numbers as one line of JSON (milliseconds).
"""

import argparse
import functools
import gc
import json
import random
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from minato_viewer.cli.viewer import main as show_viewer
from minato_viewer.language.tags import JAPANESE, TAGS
from minato_viewer.pages.compose import Composer
from minato_viewer.paths import user_folder
from minato_viewer.services.appearance import CONTRAST, DARK, LIGHT, Appearance
from minato_viewer.services.remembered import STATE_FILE
from minato_viewer.services.settings import TEXT_SIZES
from minato_viewer.services.translator import Translator
from minato_viewer.ui.counter.window import CounterWindow
from minato_viewer.viewmodel.page_document import PageDocument

MOST_PASSES = 20
LONGEST_PAGES = 5
WHEEL_STEP = 60
"""Pixels: what one notch of the wheel moves a page, about three lines."""


class PaintWatch(QObject):
    """Counts the paintings of some widgets."""

    def __init__(self, widgets: list[QWidget], parent: QObject) -> None:
        """Watch `widgets`."""
        super().__init__(parent)
        self.painted: dict[QWidget, int] = dict.fromkeys(widgets, 0)
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count a painting."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.painted[watched] += 1
        return False


class Viewer:
    """The running viewer, and what is done to it."""

    def __init__(self, plan: Path) -> None:
        """Take hold of the window that is on screen."""
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise TypeError(application)
        self.application = application
        self.window = next(w for w in application.topLevelWidgets() if isinstance(w, CounterWindow))
        self.translator = next(iter(application.findChildren(Translator)))
        self._watch = PaintWatch([self.window.navigator.tree.viewport(), self.window.pane.view.viewport()], self.window)
        self._plan = plan
        self.settle()

    def ask(self, query: str) -> list[Any]:
        """Return the rows of a query on the plan file's public views."""
        connection = sqlite3.connect(f"{self._plan.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        rows = connection.execute(query).fetchall()
        connection.close()
        return rows

    def codes(self) -> list[str]:
        """Return the codes of every entry."""
        return [row[0] for row in self.ask("SELECT code FROM entry")]

    def longest_pages(self) -> list[str]:
        """Return the codes of the pages with the most text."""
        query = "SELECT code FROM entry_text GROUP BY code ORDER BY sum(length(text)) DESC, code"
        return [row[0] for row in self.ask(query)][:LONGEST_PAGES]

    def settle(self) -> None:
        """Process events until tree and page have been painted and nothing more is.

        Painting is left to Qt's own update requests, which the event loop serves: what is painted is then
        exactly what a reader waits for. A `repaint()` of everything on top would paint most of it twice, and
        `grab()` would paint into a picture that nobody sees. Only a viewport that was not asked to paint is
        made to, so that no figure leaves the painting out. What was deleted later is deleted here, as the
        event loop would do before it waits again; in a nested call it would stay alive.
        """
        before = dict(self._watch.painted)
        for number in range(MOST_PASSES):
            seen = dict(self._watch.painted)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            self.application.processEvents()
            if number and seen == self._watch.painted:
                break
        for viewport, count in self._watch.painted.items():
            if count == before[viewport]:
                viewport.repaint()

    def expand(self) -> int:
        """Open the branches of the first level and return how many rows the tree then has."""
        self.window.navigator.tree.expandToDepth(0)
        self.settle()
        tree = self.window.navigator.tree
        rows, index = 0, tree.model().index(0, 0)
        while index.isValid():
            rows, index = rows + 1, tree.indexBelow(index)
        return rows


def _milliseconds(since: float) -> float:
    return (time.perf_counter() - since) * 1000


@contextmanager
def _timed(owner: type, name: str, spent: list[float]) -> Generator[None]:
    """Add the milliseconds of every call of a method to the last number of `spent`."""
    original: Callable[..., Any] = getattr(owner, name)

    @functools.wraps(original)
    def method(*arguments: Any, **options: Any) -> Any:
        began = time.perf_counter()
        try:
            return original(*arguments, **options)
        finally:
            spent[-1] += _milliseconds(began)

    setattr(owner, name, method)
    try:
        yield
    finally:
        setattr(owner, name, original)


def every_pair() -> Iterator[str]:
    """Yield the languages in an order in which each follows each other one exactly once, ending where it began."""
    following = {tag: [other for other in TAGS if other != tag] for tag in TAGS}
    # Hierholzer's circuit through the complete graph of the languages.
    stack = [TAGS[0]]
    circuit: list[str] = []
    while stack:
        if following[stack[-1]]:
            stack.append(following[stack[-1]].pop())
        else:
            circuit.append(stack.pop())
    yield from circuit[::-1]


def switch(viewer: Viewer, options: argparse.Namespace) -> Any:
    """Change the language through every ordered pair, once a round, on one of the longest pages each round."""
    pages = viewer.longest_pages()
    steps: list[dict[str, Any]] = []
    rows: dict[str, int] = {}
    known = {viewer.translator.tag}
    for number in range(options.rounds):
        page = pages[number % len(pages)]
        viewer.window.open_entry(page)
        rows[page] = viewer.expand()
        for tag in every_pair():
            if tag == viewer.translator.tag:
                continue
            before = viewer.translator.tag
            began, cpu = time.perf_counter(), time.process_time()
            viewer.translator.activate(tag)
            activate = _milliseconds(began)
            viewer.settle()
            total = _milliseconds(began)
            step = {"from": before, "to": tag, "total": total, "activate": activate, "first": tag not in known}
            cpu = (time.process_time() - cpu) * 1000
            steps.append({**step, "cpu": cpu, "page": page, "round": number})
            known.add(tag)
    return {"steps": steps, "rows": rows}


def opening(viewer: Viewer, options: argparse.Namespace) -> Any:
    """Open entries in random order: every one in every round, or `--count` of them; each round in another language."""
    codes = viewer.codes()
    compose, document = [0.0], [0.0]
    steps: list[dict[str, Any]] = []
    with _timed(Composer, "page", compose), _timed(PageDocument, "__init__", document):
        for number in range(options.rounds):
            tags = JAPANESE if options.furigana else TAGS
            viewer.translator.activate(tags[number % len(tags)])
            viewer.settle()
            order = random.sample(codes, min(options.count or len(codes), len(codes)))
            if viewer.window.pane.page is not None and viewer.window.pane.page.code == order[0]:
                order.append(order.pop(0))  # opening what is open is nothing
            for code in order:
                compose[-1] = document[-1] = 0.0
                page = viewer.window.pane.page
                reset = page is None or page.code.partition("/")[0] != code.partition("/")[0]
                began, cpu = time.perf_counter(), time.process_time()
                viewer.window.open_entry(code)
                opened = _milliseconds(began)
                viewer.settle()
                total = _milliseconds(began)
                split = {"compose": compose[-1], "document": document[-1], "paint": total - opened}
                rest = opened - compose[-1] - document[-1]
                cpu = (time.process_time() - cpu) * 1000
                steps.append({"code": code, "total": total, **split, "rest": rest, "cpu": cpu, "reset": reset})
    return {"steps": steps}


def appearance(viewer: Viewer, options: argparse.Namespace) -> Any:
    """Change theme and text size, each to every other, on one of the longest pages each round."""
    owner = next(iter(viewer.application.findChildren(Appearance)))
    pages = viewer.longest_pages()
    steps: list[dict[str, Any]] = []

    def change(kind: str, act: Callable[[], None], *, to: object) -> None:
        began, cpu = time.perf_counter(), time.process_time()
        act()
        viewer.settle()
        total = _milliseconds(began)
        steps.append({"kind": kind, "to": to, "total": total, "cpu": (time.process_time() - cpu) * 1000})

    for number in range(options.rounds):
        viewer.window.open_entry(pages[number % len(pages)])
        viewer.expand()
        for theme in (DARK, CONTRAST, LIGHT, CONTRAST, DARK, LIGHT):
            change("theme", functools.partial(owner.choose, theme), to=theme)
        for size in (*TEXT_SIZES[1:], *TEXT_SIZES[-2::-1], TEXT_SIZES[-1], TEXT_SIZES[0]):
            change("text size", functools.partial(owner.resize, size), to=size)
    return {"steps": steps}


def scroll(viewer: Viewer, options: argparse.Namespace) -> Any:
    """Scroll the longest pages from top to end and back, at 100 and 200 %; a step of the wheel is a frame."""
    owner = next(iter(viewer.application.findChildren(Appearance)))
    viewer.window.resize(1920, 1080)
    steps: list[dict[str, Any]] = []
    for size in (TEXT_SIZES[0], TEXT_SIZES[-1]):
        owner.resize(size)
        for page in viewer.longest_pages() * options.rounds:
            viewer.window.open_entry(page)
            viewer.settle()
            bar = viewer.window.pane.view.verticalScrollBar()
            down = list(range(0, bar.maximum() + 1, WHEEL_STEP))
            for value in [*down[1:], *down[-2::-1]]:
                began, cpu = time.perf_counter(), time.process_time()
                bar.setValue(value)
                viewer.settle()
                total = _milliseconds(began)
                steps.append({"size": size, "total": total, "cpu": (time.process_time() - cpu) * 1000})
    return {"steps": steps}


def search(viewer: Viewer, options: argparse.Namespace) -> Any:
    """Type queries letter by letter: from each key to the painted results; the count may come later."""
    queries = options.queries.read_text(encoding="utf-8").splitlines()
    box, panel = viewer.window.header.search_box, viewer.window.search.panel
    viewer.window.search.open()
    steps: list[dict[str, Any]] = []
    for number in range(options.rounds):
        viewer.translator.activate(TAGS[number % len(TAGS)])
        viewer.settle()
        for query in queries:
            for length in range(1, len(query) + 1):
                typed = query[:length]
                began, cpu = time.perf_counter(), time.process_time()
                box.setText(typed)
                box.textEdited.emit(typed)
                while panel.unanswered:
                    panel.worker.await_answer()
                    viewer.application.processEvents()
                viewer.application.processEvents()
                total = _milliseconds(began)
                cpu = (time.process_time() - cpu) * 1000
                steps.append({"typed": typed, "total": total, "cpu": cpu, "found": panel.model.rowCount()})
                panel.await_results()
    return {"steps": steps}


def memory(viewer: Viewer, options: argparse.Namespace) -> None:
    """Open every entry (`--sample` of them), then `--count` at random; stop at stages to be measured from outside."""
    _pause("content")
    for code in _some_codes(viewer, options.sample):
        viewer.window.open_entry(code)
        viewer.settle()
    _pause("opened")
    if options.languages:
        for tag in every_pair():
            viewer.translator.activate(tag)
            viewer.settle()
        _pause("languages")
    codes = viewer.codes() if options.count else []
    for number in range(1, options.count + 1):
        viewer.window.open_entry(random.choice(codes))
        viewer.settle()
        if number % (options.count // 10) == 0:
            _pause(str(number))


def _some_codes(viewer: Viewer, count: int) -> list[str]:
    """Return `count` codes at random (0: all, shuffled), without holding those of a large plan in memory."""
    if not count:
        codes = viewer.codes()
        random.shuffle(codes)
        return codes
    ((total,),) = viewer.ask("SELECT count(*) FROM entry")
    places = random.sample(range(total), min(count, total))
    return [viewer.ask(f"SELECT code FROM entry LIMIT 1 OFFSET {place}")[0][0] for place in places]


def _pause(stage: str) -> None:
    gc.collect()
    _say(stage)
    sys.stdin.readline()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


JOBS: dict[str, Callable[[Viewer, argparse.Namespace], Any]] = {
    "switch": switch,
    "appearance": appearance,
    "scroll": scroll,
    "search": search,
    "opening": opening,
    "memory": memory,
}
ELSEWHERE = {"paper": "on_paper", "counter": "at_the_counter", "touches": "at_the_kiosk", "frames": "at_the_kiosk"}
"""Jobs in modules of their own, imported for them alone: what they need would count as the viewer's memory."""


def _do(options: argparse.Namespace) -> Any:
    name = options.job
    module = import_module(f"tests.bench.{ELSEWHERE[name]}") if name in ELSEWHERE else None
    job: Callable[..., Any] = getattr(module, name) if module else JOBS[name]
    # A kiosk is another window, and its jobs take hold of it themselves.
    return job(options) if options.size else job(Viewer(options.plan), options)


class Job:
    """One job, run from the event loop of the viewer."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Run what `options` ask for."""
        self._options = options
        self.failed = False

    def hook(self) -> None:
        """Let the job begin once the viewer's own event loop does: the start itself stays as it is."""
        execute = QApplication.exec

        def with_job(*_self: QApplication) -> int:
            QTimer.singleShot(100, self._run)
            return execute()

        QApplication.exec = with_job

    def _run(self) -> None:
        try:
            if (result := _do(self._options)) is not None:
                _say(json.dumps(result))
        except Exception:  # noqa: BLE001 - from here the viewer would report it, and its window would stay
            traceback.print_exc()
            self.failed = True
        QCoreApplication.exit(0)


def main() -> int:
    """Show the viewer, run the job in it, print what it returns."""
    parser = argparse.ArgumentParser(prog="tests.bench.inside")
    parser.add_argument("job", choices=[*JOBS, *ELSEWHERE])
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--languages", action="store_true")
    parser.add_argument("--furigana", action="store_true")
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", help="of a kiosk's screen, whose jobs alone need it")
    options = parser.parse_args()
    random.seed(options.seed)
    (job := Job(options)).hook()
    shown = ["--furigana"] if options.furigana else []
    shown += ["--profile", "kiosk", "--size", options.size] if options.size else []
    code = show_viewer(["--lang", "ja", "--plan", str(options.plan), *shown])
    # The next start is to be a first one again.
    if folder := user_folder():
        (folder / STATE_FILE).unlink(missing_ok=True)
    return 1 if job.failed else code


if __name__ == "__main__":
    sys.exit(main())
