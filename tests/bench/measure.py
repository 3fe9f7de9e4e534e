"""The things that are measured, each a function that returns its figures."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from minato_viewer.paths import default_plan
from tests.bench import bundles, searching
from tests.bench.figures import Figure, middle, nearly_all, percentile, ratios, series
from tests.bench.generated import ENTRIES, HUGE, huge_plan, large_plan, rubied_plan
from tests.bench.processes import (
    BARE,
    VIEWER,
    Started,
    bare_memory,
    core_share,
    delivered,
    inside,
    start,
    viewer,
    viewer_memory,
)
from tests.bench.sources import sources

CONTENT, CONTENT_AIM = 1.5, 1.3
SWITCH = 50.0
OPENING = 16.0
MEMORY = 1.6
LANGUAGES = 1.8
APPEARANCE = 100.0
FRAME = 16.7
GROWTH = 1024.0
"""KiB between the 1,000th and the 10,000th opening that pass for flat: a tenth of a KiB an opening."""
LARGE = 1.2
PAGE, EDITION = 300.0, 5_000.0
PAIR, DISPLAY = 30.0, 50.0
PAPER_GROWTH = 4_096.0
"""KiB that pass for constant: a hundred entries on paper, one after the other in the room of one."""
TOUCH = 50.0
LARGE_FRAME = 33.0
"""Of a screen of 3840 by 2160."""
ATTRACT = 5.0
"""Per cent of one core, while nobody is there."""
TALL, WIDE, HUGE_SCREEN = "1080x1920", "1920x1080", "3840x2160"
SETTLED, TURN = 4.0, 8.0
"""Seconds: until a kiosk has done what follows its first picture, and for which a fact of its attract screen stands."""
FRAME_OF_SEARCH = 16.0
INDEX = 3.0


class Effort(NamedTuple):
    """How often things are done."""

    starts: int
    large_starts: int
    switch_rounds: int
    opening_rounds: int
    memory_pairs: int
    openings: int
    large_openings: int
    kills: int
    search_rounds: int
    search_every: int


FULL = Effort(25, 12, 10, 10, 3, 10_000, 100, 100, 5, 1)
QUICK = Effort(5, 3, 2, 2, 1, 1_000, 20, 10, 1, 4)

Environment = dict[str, str]


def _in_turn(programs: Sequence[tuple[Sequence[str], Environment]], count: int) -> list[list[Started]]:
    """Start programs in turn, A B A B, after one start of each that fills the system's file cache.

    Returns the starts of each program.
    """
    rounds = [[start(command, env) for command, env in programs] for _ in range(count + 1)]
    return [list(starts) for starts in zip(*rounds[1:], strict=True)]


def content(env: Environment, effort: Effort) -> list[Figure]:
    """Content on screen against a bare window, timed from outside."""
    programs = [(BARE, delivered(env)), (BARE, env), (viewer(), env)]
    bare, unpacked, ours = _in_turn(programs, effort.starts)
    wall = [(a.content, b.content) for a, b in zip(bare, ours, strict=True)]
    cpu = [(a.cpu, b.cpu) for a, b in zip(bare, ours, strict=True)]
    among_equals = [(a.content, b.content) for a, b in zip(unpacked, ours, strict=True)]
    # The same program against itself, start by start: what two equal things differ by in this run.
    noise = [(a.content, b.content) for a, b in pairwise(bare)]
    return [
        ratios("content on screen / bare window", wall, CONTENT, f"aim {CONTENT_AIM} x; PySide6 as delivered"),
        ratios("  processor time / bare window", cpu, note="user + system until the process ended"),
        ratios("  / bare window, PySide6 unpacked", among_equals, note="as dev.py unpacks it for the viewer"),
        middle("  viewer: content on screen", (row.content for row in ours), "ms"),
        middle("  bare window: content on screen", (row.content for row in bare), "ms"),
        middle("  the same, PySide6 unpacked", (row.content for row in unpacked), "ms"),
        middle("  viewer: processor time", (row.cpu for row in ours), "ms"),
        middle("  bare window: processor time", (row.cpu for row in bare), "ms"),
        ratios("  noise: bare / the bare before it", noise),
    ]


def switch(env: Environment, effort: Effort) -> list[Figure]:
    """Every ordered pair of languages, from the call to the painted window."""
    found = inside("switch", env, default_plan(), "--rounds", str(effort.switch_rounds))
    steps = found["steps"]
    later = [step for step in steps if not step["first"]]
    rows = max(found["rows"].values())
    return [
        percentile("language switch, 95th percentile", _of(steps, "total"), SWITCH, f"tree of {rows} rows, long page"),
        percentile("  processor time", _of(steps, "cpu"), note="what other programs took is not in it"),
        percentile("  first time into a language", _of([s for s in steps if s["first"]], "total"), note="loads fonts"),
        percentile("  every later time", _of(later, "total")),
        percentile("  of that: Translator.activate", _of(later, "activate")),
        percentile("  of that: layout and painting", [step["total"] - step["activate"] for step in later]),
    ]


def appearance(env: Environment, effort: Effort) -> list[Figure]:
    """Every change of theme and text size, from the call to the painted window."""
    steps = inside("appearance", env, default_plan(), "--rounds", str(effort.switch_rounds))["steps"]
    kinds = {kind: [step for step in steps if step["kind"] == kind] for kind in ("theme", "text size")}
    return [
        percentile("theme or text size, 95th percentile", _of(steps, "total"), APPEARANCE, "long page, tree open"),
        percentile("  processor time", _of(steps, "cpu"), note="what other programs took is not in it"),
        *(percentile(f"  {kind}", _of(found, "total")) for kind, found in kinds.items()),
    ]


def scroll(env: Environment, effort: Effort) -> list[Figure]:
    """Every frame of scrolling the longest pages through a window of 1920 by 1080."""
    steps = inside("scroll", env, default_plan(), "--rounds", str(max(1, effort.switch_rounds // 3)))["steps"]
    return [
        percentile("scrolling at 1080p, a frame", _of(steps, "total"), FRAME, "100 and 200 %, a notch of the wheel"),
        percentile("  processor time", _of(steps, "cpu"), note=_CPU),
    ]


def opening(env: Environment, effort: Effort) -> list[Figure]:
    """Every entry in random order, from the call to the repainted page and tree."""
    steps = inside("opening", env, default_plan(), "--rounds", str(effort.opening_rounds))["steps"]
    return [
        percentile("opening an entry, 95th percentile", _of(steps, "total"), OPENING, "each round another language"),
        *_parts(steps),
        percentile("  where the edition stays", _of([s for s in steps if not s["reset"]], "cpu"), note=_CPU),
        percentile("  where it changes, and with it the tree", _of([s for s in steps if s["reset"]], "cpu"), note=_CPU),
    ]


def furigana(env: Environment, effort: Effort) -> list[Figure]:
    """Opening and scrolling with furigana over every kanji, in both kinds of Japanese."""
    rounds = str(max(2, effort.opening_rounds // 2))
    steps = inside("opening", env, rubied_plan(), "--furigana", "--rounds", rounds)["steps"]
    rounds = str(max(1, effort.switch_rounds // 3))
    frames = inside("scroll", env, rubied_plan(), "--furigana", "--rounds", rounds)["steps"]
    return [
        percentile("furigana: opening an entry", _of(steps, "total"), OPENING, "95th percentile, every kanji"),
        *_parts(steps),
        percentile("furigana: scrolling, a frame", _of(frames, "total"), FRAME, "1080p, 100 and 200 %, every kanji"),
        percentile("  processor time", _of(frames, "cpu"), note=_CPU),
    ]


_CPU = "processor time"
_PARTS = {
    "cpu": "processor time",
    "compose": "of that: compose the page",
    "document": "of that: make the document",
    "rest": "of that: set it, tree, labels",
    "paint": "of that: layout and painting",
}


def _parts(steps: list[dict[str, Any]]) -> list[Figure]:
    return [percentile(f"  {text}", _of(steps, key)) for key, text in _PARTS.items()]


def search(env: Environment, effort: Effort) -> list[Figure]:
    """Every key of every query of the tests, from the key to the painted results."""
    asked = ("--queries", str(searching.query_file(effort.search_every)))
    steps = inside("search", env, default_plan(), "--rounds", str(effort.search_rounds), *asked)["steps"]
    index, text = searching.index_size(default_plan())
    return [
        nearly_all("search: key to results, 99th percentile", _of(steps, "total"), FRAME_OF_SEARCH, "real plan"),
        nearly_all("  processor time", _of(steps, "cpu"), note=_CPU),
        Figure("search: index / text of the real plan", index / text, "x", INDEX, None, "bytes of tables / of UTF-8"),
        *(
            Figure(f"  {name}: of {asked_for} right", ours, "n", None, None, f"FTS5 trigram over the same: {theirs}")
            for name, (asked_for, ours, theirs) in searching.beside_trigram(default_plan()).items()
        ),
    ]


def search_large(env: Environment, effort: Effort) -> list[Figure]:
    """The same on plans of 100,000 and of 1,000,000 entries."""
    asked = ("--queries", str(searching.query_file(effort.search_every * 4)))
    found: list[Figure] = []
    for entries, target, plan in ((ENTRIES, 30.0, large_plan()), (HUGE, 60.0, huge_plan())):
        steps = inside("search", env, plan, *asked)["steps"]
        index, text = searching.index_size(plan)
        name = f"{entries:,} entries"
        found += [
            nearly_all(f"{name}: key to first results, 99th percentile", _of(steps, "total"), target),
            nearly_all("  processor time", _of(steps, "cpu"), note=_CPU),
            Figure(f"{name}: index / text", index / text, "x", INDEX, None, "bytes of tables / of UTF-8"),
        ]
    return found


def memory(env: Environment, effort: Effort) -> list[Figure]:
    """PSS against a bare window, and whether many openings leave anything behind."""
    pairs = [(bare_memory(env), viewer_memory(env, default_plan(), "--languages")) for _ in range(effort.memory_pairs)]
    count = effort.openings
    walk = viewer_memory(env, default_plan(), "--count", str(count))
    early, late = walk[str(count // 10)], walk[str(count)]
    parts = [walk[str(count // 10 * number)] for number in range(1, 11)]
    name = f"growth from opening {count // 10:,} to {count:,}"
    note = "min to max: what it held at every tenth part"
    return [
        ratios("memory (PSS), every entry opened / bare", [(a.pss, b["opened"].pss) for a, b in pairs], MEMORY),
        ratios("memory (PSS), all languages shown / bare", [(a.pss, b["languages"].pss) for a, b in pairs], LANGUAGES),
        ratios("  first page / bare", [(a.pss, b["content"].pss) for a, b in pairs]),
        ratios("  resident (RSS), every entry opened / bare", [(a.rss, b["opened"].rss) for a, b in pairs]),
        middle("  viewer, every entry opened: PSS", (b["opened"].pss / 1024 for _, b in pairs), "MiB"),
        middle("  viewer, every entry opened: heap", (b["opened"].heap / 1024 for _, b in pairs), "MiB"),
        middle("  bare window: PSS", (a.pss / 1024 for a, _ in pairs), "MiB"),
        middle("  bare window: heap", (a.heap / 1024 for a, _ in pairs), "MiB"),
        Figure(name, late.heap - early.heap, "KiB", GROWTH, series(part.heap for part in parts), f"heap; {note}"),
        Figure("  the same in PSS", late.pss - early.pss, "KiB", None, series(part.pss for part in parts), note),
    ]


def large(env: Environment, effort: Effort) -> list[Figure]:
    """A plan of 100,000 entries against the real one."""
    plan = large_plan()
    ours, theirs = _in_turn([(viewer(), env), (viewer(plan), env)], effort.large_starts)
    opened = ("--sample", str(effort.large_openings))
    pairs = [
        (viewer_memory(env, default_plan(), *opened), viewer_memory(env, plan, *opened))
        for _ in range(effort.memory_pairs)
    ]
    steps = inside("opening", env, plan, "--count", str(effort.large_openings))["steps"]
    wall = [(a.content, b.content) for a, b in zip(ours, theirs, strict=True)]
    cpu = [(a.cpu, b.cpu) for a, b in zip(ours, theirs, strict=True)]
    after = f"{effort.large_openings} random entries"
    return [
        ratios("100,000 entries: content / real plan", wall, LARGE),
        ratios("  processor time / real plan", cpu),
        ratios(
            "100,000 entries: PSS at content / real", [(a["content"].pss, b["content"].pss) for a, b in pairs], LARGE
        ),
        ratios(
            "100,000 entries: PSS after openings / real",
            [(a["opened"].pss, b["opened"].pss) for a, b in pairs],
            LARGE,
            f"{after}; real plan: all",
        ),
        ratios(
            "  resident (RSS) after openings / real",
            [(a["opened"].rss, b["opened"].rss) for a, b in pairs],
            note="no other program disturbs it",
        ),
        middle("  PSS after openings", (b["opened"].pss / 1024 for _, b in pairs), "MiB"),
        percentile("  opening an entry, 95th percentile", _of(steps, "total"), OPENING, after),
        *_parts(steps),
    ]


def bundle(env: Environment, effort: Effort) -> list[Figure]:
    """The bundle against a plain program of PyInstaller's, both made anew."""
    return bundles.figures(env, effort.starts, effort.kills)


def authoring(env: Environment, effort: Effort) -> list[Figure]:
    """From the sources to the plan file."""
    return sources(env, effort.opening_rounds)


def paper(env: Environment, effort: Effort) -> list[Figure]:
    """PDFs of one page, of a whole edition in two languages, and the memory of a short and a long one."""
    found = inside("paper", env, default_plan(), "--rounds", str(effort.switch_rounds))
    few, many = found["few"], found["many"]
    growth = found["peaks"][str(many)] - found["peaks"][str(few)]
    return [
        percentile("a PDF of one page, 95th percentile", found["single"], PAGE, "written, outline and all"),
        percentile("the 2024 edition in two languages", found["edition"], EDITION, "95th percentile"),
        Figure(f"memory: {many} entries more than {few}", growth, "KiB", PAPER_GROWTH, note="peak while printing"),
    ]


def counter(env: Environment, effort: Effort) -> list[Figure]:
    """Every entry in random order, in two languages side by side, and on the visitor's own screen."""
    steps = inside("counter", env, default_plan(), "--rounds", str(effort.opening_rounds))["steps"]
    pair, display = ([step for step in steps if step["mode"] == mode] for mode in ("pair", "display"))
    return [
        percentile("side by side: opening an entry", _of(pair, "total"), PAIR, "95th percentile, both pages painted"),
        percentile("  processor time", _of(pair, "cpu"), note=_CPU),
        percentile(
            "visitor display: follows the staff", _of(display, "total"), DISPLAY, "95th percentile, beside both"
        ),
        percentile("  processor time", _of(display, "cpu"), note=_CPU),
    ]


def kiosk(env: Environment, effort: Effort) -> list[Figure]:
    """Every target of the kiosk in every language, a finger that scrolls, and the attract screen."""
    found = {
        size: inside("touches", env, default_plan(), "--size", size, "--rounds", str(max(1, effort.switch_rounds // 3)))
        for size in (TALL, WIDE)
    }
    steps = [step for size in found for step in found[size]["steps"]]
    kinds = {kind: [step for step in steps if step["kind"] == kind] for kind in dict.fromkeys(_of(steps, "kind"))}
    return [
        nearly_all("touch to response, 99th percentile", _of(steps, "total"), TOUCH, "from the release, all painted"),
        nearly_all("  processor time", _of(steps, "cpu"), note=_CPU),
        nearly_all("  from the press to what it shows", [ms for step in steps for ms in step["pressed"]]),
        *(nearly_all(f"  all touches at {size}", _of(found[size]["steps"], "total")) for size in found),
        *(nearly_all(f"  {kind}", _of(some, "total")) for kind, some in kinds.items()),
        *_frames(env, effort),
        *_attract(env, effort),
    ]


def _frames(env: Environment, effort: Effort) -> list[Figure]:
    figures: list[Figure] = []
    languages = str(min(effort.switch_rounds, 5))
    for sizes, target in (((TALL, WIDE), FRAME), ((HUGE_SCREEN,), LARGE_FRAME)):
        found = [inside("frames", env, default_plan(), "--size", size, "--rounds", languages) for size in sizes]
        steps = [step for of_size in found for step in of_size["steps"]]
        for kind in ("page", "home", "results"):
            some = [step for step in steps if step["kind"] == kind]
            name = f"kiosk: scrolling at {' and '.join(sizes)}, {kind}"
            figures.append(percentile(name, _of(some, "total"), target, "a frame, usual and large text"))
            figures.append(percentile("  processor time", _of(some, "cpu"), note=_CPU))
    return figures


def _attract(env: Environment, effort: Effort) -> list[Figure]:
    seconds = TURN * min(effort.opening_rounds, 3)
    return [
        Figure(
            f"attract screen at {size}: of one core",
            core_share((*VIEWER, "--profile", "kiosk", "--size", size), env, SETTLED, seconds),
            "%",
            ATTRACT,
            note=f"{seconds:.0f} s, a fact every {TURN:.0f} s",
        )
        for size in (TALL, HUGE_SCREEN)
    ]


def _of(steps: list[dict[str, Any]], key: str) -> list[Any]:
    return [step[key] for step in steps]


MEASURES: dict[str, Callable[[Environment, Effort], list[Figure]]] = {
    "content": content,
    "switch": switch,
    "appearance": appearance,
    "scroll": scroll,
    "search": search,
    "opening": opening,
    "furigana": furigana,
    "memory": memory,
    "large": large,
    "bundle": bundle,
    "authoring": authoring,
    "paper": paper,
    "counter": counter,
    "kiosk": kiosk,
}
LARGE_MEASURES: dict[str, Callable[[Environment, Effort], list[Figure]]] = {"search_large": search_large}
"""Measured with --large alone: making the plans takes many minutes and some GB."""
