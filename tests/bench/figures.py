"""What is measured, as values: a series of numbers, a figure with its target, and the table of all figures."""

import math
import statistics
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple


class Series(NamedTuple):
    """Numbers of one kind from one run, in the order in which they were measured."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    def percentile(self, percent: float) -> float:
        """Return the smallest value that at least `percent` of all values do not exceed (nearest rank)."""
        ordered = sorted(self.values)
        return ordered[max(math.ceil(percent / 100 * len(ordered)), 1) - 1]

    def summary(self) -> dict[str, float]:
        """Return what is printed of a series."""
        return {
            "n": len(self.values),
            "min": round(min(self.values), 3),
            "median": round(self.median, 3),
            "p95": round(self.percentile(95), 3),
            "max": round(max(self.values), 3),
        }


def series(values: Iterable[float]) -> Series:
    """Return `values` as a series."""
    return Series(tuple(values))


class Figure(NamedTuple):
    """One measured figure."""

    name: str
    value: float
    unit: str
    """`x` for a ratio, `ms`, `MiB`, `MB`, `KiB` or `files`."""
    target: float | None = None
    """The most it may be; None where the figure only explains another one."""
    numbers: Series | None = None
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None without one."""
        return None if self.target is None else self.value <= self.target

    def as_json(self) -> dict[str, Any]:
        """Return the figure with every number that was measured."""
        return {
            "figure": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "target": self.target,
            "reached": self.reached,
            "note": self.note,
            **({"summary": self.numbers.summary(), "values": self.numbers.values} if self.numbers else {}),
        }


def ratios(name: str, pairs: Sequence[tuple[float, float]], target: float | None = None, note: str = "") -> Figure:
    """Return the median of B/A over pairs (A, B) that were measured one after the other."""
    found = series(second / first for first, second in pairs)
    return Figure(name, found.median, "x", target, found, note)


def percentile(name: str, values: Iterable[float], target: float | None = None, note: str = "") -> Figure:
    """Return the 95th percentile of milliseconds."""
    found = series(values)
    return Figure(name, found.percentile(95), "ms", target, found, note)


def nearly_all(name: str, values: Iterable[float], target: float | None = None, note: str = "") -> Figure:
    """Return the 99th percentile of milliseconds."""
    found = series(values)
    return Figure(name, found.percentile(99), "ms", target, found, note)


def middle(name: str, values: Iterable[float], unit: str, note: str = "") -> Figure:
    """Return the median of values that explain another figure."""
    found = series(values)
    return Figure(name, found.median, unit, None, found, note)


_HEAD = ("figure", "value", "target", "reached", "n", "min", "median", "p95", "max", "note")


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as lines of aligned columns; an indented name explains the figure above it."""
    rows = [_HEAD, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines: list[str] = []
    for number, row in enumerate(rows):
        cells = [
            cell.ljust(width) if column in (0, len(_HEAD) - 1) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
        if number == 0:
            lines.append("-" * sum(widths[:-1], 2 * len(widths)))
    return "\n".join(lines)


def _row(figure: Figure) -> tuple[str, ...]:
    def say(value: float) -> str:
        digits = {"KiB": 0, "files": 0, "MiB": 1, "MB": 1}.get(figure.unit, 2)
        return f"{value:.{digits}f}"

    target = "" if figure.target is None else f"{figure.target:g} {figure.unit}"
    reached = {True: "yes", False: "NO", None: ""}[figure.reached]
    numbers = [""] * 5
    if figure.numbers:
        found = figure.numbers.summary()
        numbers = [f"{found['n']:.0f}", *(say(found[key]) for key in ("min", "median", "p95", "max"))]
    return (figure.name, f"{say(figure.value)} {figure.unit}", target, reached, *numbers, figure.note)
