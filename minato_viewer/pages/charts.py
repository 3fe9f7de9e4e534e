"""Which figures belong together in a chart, and what it says.

A chart shows the numbers that the plan states and computes none. Lengths compare numbers of one unit alone,
from zero; a sum for some years shows which years; counts of different units are shown one mark for each.
What says nothing as a picture has none: every number stands in the table of figures anyway.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from minato_viewer.domain.plan import Edition, Figure
from minato_viewer.language.catalogues import Messages
from minato_viewer.language.fiscal import fiscal_years
from minato_viewer.pages.blocks import Chart, ChartKind, ChartRow, FigureRow

MOST_ROWS = 12
"""More than so many numbers are read more easily in their table."""
MOST_YEARS = 12
MOST_MARKS = 400
"""So many marks can still be told apart and counted."""

Number = tuple[FigureRow, Figure]


def charts(numbers: Sequence[Number], edition: Edition, caption: str, messages: Messages) -> list[Chart]:
    """Return the charts of figures that stand side by side, in the order of their first numbers.

    The first chart carries `caption`, the heading of what follows. Each number is in one chart at most.
    """
    groups = _compared(numbers)
    left = [number for number in numbers if not any(number in group for group in groups)]
    dated = [number for number in left if _fiscal(number[1])]
    counted = [number for number in left if _countable(number[1])]
    drawn = [
        *((group, _bars(group, messages)) for group in groups),
        (dated, _years(dated, edition, messages)),
        (counted, _marks(counted, messages)),
    ]
    order = {number[1].code: place for place, number in enumerate(numbers)}
    found = [(order[group[0][1].code], chart) for group, chart in drawn if chart is not None]
    found.sort(key=lambda placed: placed[0])
    return [chart._replace(number=place, caption="" if place else caption) for place, (_, chart) in enumerate(found)]


def _compared(numbers: Sequence[Number]) -> list[list[Number]]:
    """Return the numbers whose sizes can be compared: of one unit, and each for a day or for as many years."""
    groups: dict[tuple[str, int], list[Number]] = {}
    for number in numbers:
        figure = number[1]
        if not figure.until or _fiscal(figure):
            groups.setdefault((figure.unit, _span(figure)), []).append(number)
    return [group for group in groups.values() if 1 < len(group) <= MOST_ROWS and _from_zero(group)]


def _from_zero(group: list[Number]) -> bool:
    values = [Decimal(figure.value) for _, figure in group]
    return min(values) >= 0 and max(values) > 0


def _fiscal(figure: Figure) -> bool:
    """Whether a number is for whole fiscal years."""
    return bool(fiscal_years(figure.as_of, figure.until, "en"))


def _span(figure: Figure) -> int:
    """Return for how many fiscal years a number is; nought for a single day."""
    return int(figure.until[:4]) - int(figure.as_of[:4]) if figure.until else 0


def _countable(figure: Figure) -> bool:
    value = Decimal(figure.value)
    return not figure.until and figure.unit != "JPY" and value == int(value) and 0 < value <= MOST_MARKS


def _bars(group: list[Number], messages: Messages) -> Chart:
    largest = max(Decimal(figure.value) for _, figure in group)
    rows = [_row(number, length=float(Decimal(number[1].value) / largest)) for number in group]
    return _chart(
        ChartKind.BARS,
        rows,
        # TRANSLATORS: Below a chart with bars: how it is to be read.
        messages.gettext("The bars begin at zero: a longer bar is a larger number."),
        # TRANSLATORS: What a chart says, for those who do not see it. {rows} is a list of numbers.
        lambda said: messages.gettext("Chart with bars that begin at zero: {rows}.", rows=said),
        messages,
    )


def _years(group: list[Number], edition: Edition, messages: Messages) -> Chart | None:
    """Return which years of the plan's period the numbers are for, unless that is all of them or no period."""
    bounds = [(int(figure.as_of[:4]), int(figure.until[:4])) for _, figure in group]
    if bounds and fiscal_years(edition.period_start, edition.period_end, "en"):
        bounds.append((int(edition.period_start[:4]), int(edition.period_end[:4])))
    begin, end = min((first for first, _ in bounds), default=0), max((last for _, last in bounds), default=0)
    size = end - begin
    if not 1 < size <= MOST_YEARS or len(group) > MOST_ROWS or all(_span(figure) == size for _, figure in group):
        return None
    rows = [
        _row(number, start=(int(number[1].as_of[:4]) - begin) / size, length=_span(number[1]) / size)
        for number in group
    ]
    period = fiscal_years(f"{begin}-04-01", f"{end}-03-31", messages.tag)
    chart = _chart(
        ChartKind.YEARS,
        rows,
        # TRANSLATORS: Below a chart in which some of several fiscal years are filled: how it is to be read.
        messages.gettext("The filled fiscal years are those that a number is for; they do not show how large it is."),
        # TRANSLATORS: What a chart says, for those who do not see it. {rows} is a list of numbers with their years.
        lambda said: messages.gettext(
            "Chart of the fiscal years {period}, with the years that each number is for: {rows}.",
            period=period,
            rows=said,
        ),
        messages,
    )
    # TRANSLATORS: A fiscal year under the axis of a chart, where there is room for some letters alone: "FY2024".
    return chart._replace(axis=tuple(messages.gettext("FY{year}", year=year) for year in range(begin, end)))


def _marks(group: list[Number], messages: Messages) -> Chart | None:
    if not 1 < len(group) <= MOST_ROWS:
        return None
    return _chart(
        ChartKind.MARKS,
        [_row(number, marks=int(Decimal(number[1].value))) for number in group],
        # TRANSLATORS: Below a chart with as many small squares as there are people, meetings, proposals.
        messages.gettext("Each square stands for one; the squares stand in groups of ten."),
        # TRANSLATORS: What a chart says, for those who do not see it. {rows} is a list of numbers.
        lambda said: messages.gettext("Chart with one square for each: {rows}.", rows=said),
        messages,
    )


def _row(number: Number, *, start: float = 0.0, length: float = 0.0, marks: int = 0) -> ChartRow:
    said = number[0]
    link = said.link
    return ChartRow(
        link.title, link.lang, said.amount, said.when, said.basis, said.forecast, start, length, marks, link.code
    )


def _chart(
    kind: ChartKind, rows: Sequence[ChartRow], remark: str, alternative: Callable[[str], str], messages: Messages
) -> Chart:
    remarks = [remark]
    if any(row.forecast for row in rows):
        # TRANSLATORS: Below a chart: how it marks a number that is a forecast.
        remarks.append(messages.gettext("Hatched, with a dashed outline: a forecast."))
    return Chart(0, "", kind, tuple(rows), (), tuple(remarks), alternative(_said(rows, messages)))


def _said(rows: Iterable[ChartRow], messages: Messages) -> str:
    # TRANSLATORS: Stands between the numbers of a list, each of which is a part of a sentence with commas in it.
    between = messages.gettext("; ")
    return between.join(
        messages.gettext(
            # TRANSLATORS: A number in words: "Population 266,306 people (January 1, 2024; Counted)".
            "{label} {amount} ({when}; {basis})",
            label=row.label,
            amount=row.amount,
            when=row.when,
            basis=row.basis,
        )
        for row in rows
    )
