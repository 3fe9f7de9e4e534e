"""Which figures make a chart, and that it says nothing else than the table below it."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minato_viewer.domain.plan import Basis, Edition, Figure
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.blocks import Chart, ChartKind, EntryLink, FigureRow, Figures
from minato_viewer.pages.charts import MOST_MARKS, MOST_ROWS, charts
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.plaintext import as_json, plain_text
from minato_viewer.planfile.reader import Plan
from tests.unit.reading import TODAY, blocks, compose, untranslated
from tests.unit.running import python

OUTLOOK, FORUM, PROJECTS = "2024/section/outlook", "2024/participation/forum", "2021/section/projects"
BARS, YEARS, MARKS = ChartKind.BARS, ChartKind.YEARS, ChartKind.MARKS
DAY = "2024-01-01"
FIRST_HALF, SECOND_HALF, WHOLE = (
    ("2021-04-01", "2024-03-31"),
    ("2024-04-01", "2027-03-31"),
    ("2021-04-01", "2027-03-31"),
)


@pytest.fixture(scope="module")
def edition(plan: Plan) -> Edition:
    return plan.editions["2024"]


_codes = count(1)


def number(value: str, unit: str = "person", when: tuple[str, str] = (DAY, ""), basis: Basis = Basis.ACTUAL):
    """Return a number as the composer hands it to its charts."""
    code = f"2024/figure/{next(_codes)}"
    link = EntryLink(code, "", f"Label of {code}", "ko")
    row = FigureRow(link, f"{value} {unit}", " ".join(when).strip(), basis.value, basis is Basis.FORECAST, "a.txt:1")
    return row, Figure(code, value, unit, basis, *when, "a.txt:1")


def drawn(numbers, edition: Edition, tag: str = "en") -> list[Chart]:
    return charts(numbers, edition, "Figures", untranslated(tag))


# -- the charts of the plan ------------------------------------------------------------------------


def test_three_pages_of_the_plan_have_charts(plan: Plan) -> None:
    found = {
        node.code: [chart.kind for chart in blocks(compose(plan, node.code, "en"), Chart)] for node in plan.nodes()
    }
    assert {code: kinds for code, kinds in found.items() if kinds} == {
        OUTLOOK: [BARS, YEARS],
        FORUM: [MARKS],
        PROJECTS: [YEARS],
    }


def test_the_population_counted_is_compared_with_the_one_forecast(plan: Plan) -> None:
    population, _ = blocks(compose(plan, OUTLOOK, "en"), Chart)
    now, then = population.rows
    assert (now.amount, now.when, now.basis, now.forecast) == (
        "266,306 people", "January 1, 2024", "Counted", False,
    )  # fmt: skip
    assert (then.amount, then.when, then.basis, then.forecast) == (
        "282,317 people", "January 1, 2027", "Forecast", True,
    )  # fmt: skip
    assert (now.start, then.start, then.length) == (0, 0, 1)
    assert now.length == pytest.approx(266306 / 282317)


def test_the_sum_of_money_is_shown_as_the_years_that_it_is_for(plan: Plan) -> None:
    _, finance = blocks(compose(plan, OUTLOOK, "en"), Chart)
    assert finance.axis == ("FY2021", "FY2022", "FY2023", "FY2024", "FY2025", "FY2026")
    (row,) = finance.rows
    assert (row.amount, row.start, row.length, row.marks) == ("¥573.9 billion", 0.5, 0.5, 0)
    (projects,) = blocks(compose(plan, PROJECTS, "en"), Chart)
    assert [(row.amount, row.start, row.length) for row in projects.rows] == [
        ("38 projects", 0, 0.5),
        ("¥85.1 billion", 0, 0.5),
    ]


def test_participation_is_shown_as_a_mark_for_each(plan: Plan) -> None:
    (forum,) = blocks(compose(plan, FORUM, "en"), Chart)
    assert [(row.amount, row.marks, row.length) for row in forum.rows] == [
        ("79 people", 79, 0), ("71 meetings", 71, 0), ("9 fields", 9, 0), ("269 proposals", 269, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("own_words", [False, True])
def test_every_number_of_a_chart_stands_in_the_table_after_it_in_the_same_words(
    plan: Plan, tag: str, own_words: bool
) -> None:
    composer = Composer(plan, TODAY)
    for code in (OUTLOOK, FORUM, PROJECTS):
        page = composer.page(code, messages(tag), own_words=own_words)
        numbers = [block for block in page.blocks if isinstance(block, Chart | Figures)]
        *pictures, table = numbers
        assert isinstance(table, Figures)
        rows = [(row.link.title, row.link.lang, row.amount, row.when, row.basis, row.forecast) for row in table.rows]
        said = [row[:6] for chart in pictures for row in chart.rows]
        assert sorted(said) == sorted(rows)
        assert [block.caption for block in numbers] == [messages(tag).gettext("Figures")] + [""] * len(pictures)
        assert [chart.number for chart in pictures] == list(range(len(pictures)))
        place = page.blocks.index(pictures[0])
        assert list(page.blocks[place : place + len(numbers)]) == numbers


@pytest.mark.parametrize("tag", TAGS)
def test_the_alternative_says_all_that_the_picture_says(plan: Plan, tag: str) -> None:
    for code in (OUTLOOK, FORUM, PROJECTS):
        page = compose(plan, code, tag)
        for chart in blocks(page, Chart):
            for row in chart.rows:
                said = f"{row.label} {row.amount} ({row.when}; {row.basis})"
                assert said in chart.alternative
            assert "\n" not in chart.alternative
            assert f"[{chart.alternative}]\n" in plain_text(page)


def test_the_alternative_says_what_the_picture_is_of(plan: Plan) -> None:
    population, finance = blocks(compose(plan, OUTLOOK, "en"), Chart)
    assert population.alternative.startswith("Chart with bars that begin at zero: ")
    assert "266,306 people (January 1, 2024; Counted); " in population.alternative
    assert finance.alternative.startswith("Chart of the fiscal years FY2021–FY2026, with the years")
    (forum,) = blocks(compose(plan, FORUM, "en"), Chart)
    assert forum.alternative.startswith("Chart with one square for each: ")


def test_a_chart_says_how_it_is_to_be_read_and_how_it_marks_a_forecast_that_it_has(plan: Plan) -> None:
    for code in (OUTLOOK, FORUM, PROJECTS):
        for chart in blocks(compose(plan, code, "en"), Chart):
            assert chart.remarks[0]
            forecast = any(row.forecast for row in chart.rows)
            assert forecast is (chart.kind is BARS)
            assert ("Hatched, with a dashed outline: a forecast." in chart.remarks) is forecast


def test_a_chart_is_a_value_for_json(plan: Plan) -> None:
    page = as_json(compose(plan, OUTLOOK, "en"))
    types = [block["type"] for block in page["blocks"]]
    assert types[types.index("chart") :][:3] == ["chart", "chart", "figures"]
    chart = page["blocks"][types.index("chart")]
    assert (chart["kind"], chart["rows"][1]["forecast"], chart["rows"][1]["amount"]) == ("bars", True, "282,317 people")


# -- what makes a chart ----------------------------------------------------------------------------


def test_a_number_on_its_own_is_no_chart(plan: Plan) -> None:
    for code in ("2024/figure/population-2027", "2024/figure/finance-2024-2026", "2021/figure/project-cost"):
        page = compose(plan, code, "en")
        assert blocks(page, Chart) == []
        assert [figures.caption for figures in blocks(page, Figures)] == ["Figures"]


def test_units_are_never_mixed_on_one_axis(edition: Edition) -> None:
    numbers = [number("10"), number("5", "meeting"), number("4"), number("2", "meeting")]
    people, meetings = drawn(numbers, edition)
    assert [(row.amount, row.length) for row in people.rows] == [("10 person", 1), ("4 person", 0.4)]
    assert [(row.amount, row.length) for row in meetings.rows] == [("5 meeting", 1), ("2 meeting", 0.4)]
    assert (people.kind, meetings.kind) == (BARS, BARS)


def test_sums_for_as_many_years_are_compared_and_others_are_not(edition: Edition) -> None:
    first, second = number("100", "JPY", FIRST_HALF), number("300", "JPY", SECOND_HALF)
    (chart,) = drawn([first, second], edition)
    assert (chart.kind, [row.length for row in chart.rows]) == (BARS, [pytest.approx(1 / 3), 1])
    (chart,) = drawn([first, number("300", "JPY", WHOLE)], edition)
    assert (chart.kind, [(row.start, row.length) for row in chart.rows]) == (YEARS, [(0, 0.5), (0, 1)])
    assert drawn([number("100", "JPY"), number("300", "JPY", WHOLE)], edition) == []


@pytest.mark.parametrize(
    "values", [("-1", "5"), ("0", "0"), ("5",), tuple("1" * (MOST_ROWS + 1))], ids=["negative", "nought", "one", "many"]
)
def test_what_bars_would_not_show_has_none(edition: Edition, values: tuple[str, ...]) -> None:
    assert drawn([number(value, "JPY") for value in values], edition) == []


def test_values_are_decimals(edition: Edition) -> None:
    (chart,) = drawn([number("0.5", "JPY"), number("2.0", "JPY"), number("0", "JPY")], edition)
    assert [row.length for row in chart.rows] == [0.25, 1, 0]


@pytest.mark.parametrize(
    "second",
    [number("5", "JPY"), number("1.5", "meeting"), number(str(MOST_MARKS + 1), "meeting"), number("0", "meeting")],
    ids=["money", "fraction", "many", "none"],
)
def test_only_whole_and_small_counts_have_marks(edition: Edition, second) -> None:
    assert drawn([number("5"), second], edition) == []
    (chart,) = drawn([number("5"), number(str(MOST_MARKS), "proposal"), second], edition)
    assert [row.marks for row in chart.rows] == [5, MOST_MARKS]


def test_years_are_shown_only_where_they_are_not_all(edition: Edition) -> None:
    assert drawn([number("5", "JPY", WHOLE), number("7", "project", WHOLE)], edition) == []
    (chart,) = drawn([number("5", "JPY", WHOLE), number("7", "project", FIRST_HALF)], edition)
    assert [(row.start, row.length) for row in chart.rows] == [(0, 1), (0, 0.5)]


def test_years_outside_the_plans_period_lengthen_the_axis(edition: Edition) -> None:
    (chart,) = drawn([number("5", "JPY", ("2019-04-01", "2021-03-31")), number("5")], edition)
    assert (chart.axis[0], chart.axis[-1], len(chart.axis)) == ("FY2019", "FY2026", 8)
    assert (chart.rows[0].start, chart.rows[0].length) == (0, 0.25)
    assert drawn([number("5", "JPY", ("1999-04-01", "2001-03-31")), number("5")], edition) == []


def test_a_period_of_no_fiscal_years_is_left_to_the_table(edition: Edition) -> None:
    assert drawn([number("5", "JPY", ("2024-01-01", "2024-12-31")), number("5")], edition) == []
    timeless = edition._replace(period_start="", period_end="")
    (chart,) = drawn([number("5", "JPY", FIRST_HALF), number("5", "project", WHOLE)], timeless)
    assert (chart.axis[0], chart.axis[-1]) == ("FY2021", "FY2026")


def test_charts_stand_in_the_order_of_their_first_numbers(edition: Edition) -> None:
    numbers = [number("5", "JPY", FIRST_HALF), number("1"), number("9", "field"), number("3", "meeting"), number("2")]
    found = drawn(numbers, edition)
    assert [(chart.kind, chart.number, chart.caption) for chart in found] == [
        (YEARS, 0, "Figures"),
        (BARS, 1, ""),
        (MARKS, 2, ""),
    ]


NUMBERS = st.lists(
    st.builds(
        number,
        st.decimals(-10, 1000, places=1).map(str) | st.integers(-10, 1000).map(str),
        st.sampled_from(["JPY", "person", "meeting"]),
        st.sampled_from([(DAY, ""), ("2024-01", ""), FIRST_HALF, SECOND_HALF, WHOLE, ("2024-01-01", "2024-06-30")]),
        st.sampled_from(list(Basis)),
    ),
    max_size=16,
)


@given(NUMBERS)
def test_whatever_the_numbers_are_lengths_are_in_proportion_and_no_number_is_drawn_twice(numbers) -> None:
    edition = Edition("2024", "ja", "a.txt", "2024-01", "", "2021-04-01", "2027-03-31", "")
    figures = {row.link.title: figure for row, figure in numbers}
    found = drawn(numbers, edition)
    labels = [row.label for chart in found for row in chart.rows]
    assert len(labels) == len(set(labels))
    for chart in found:
        assert len(chart.rows) <= MOST_ROWS
        assert [label for label in figures if label in [row.label for row in chart.rows]] == [
            row.label for row in chart.rows
        ]
        shown = [(row, figures[row.label]) for row in chart.rows]
        if chart.kind is BARS:
            assert len({figure.unit for _, figure in shown}) == 1
            largest = max(float(figure.value) for _, figure in shown)
            assert [row.length for row in chart.rows] == [
                pytest.approx(float(figure.value) / largest) for _, figure in shown
            ]
        elif chart.kind is MARKS:
            assert [row.marks for row in chart.rows] == [float(figure.value) for _, figure in shown]
        else:
            assert all(0 <= row.start < row.start + row.length <= 1.000001 for row in chart.rows)


LAZY = """
import sys
from datetime import date
from pathlib import Path
from minato_viewer.language.catalogues import messages
from minato_viewer.pages.compose import Composer
from minato_viewer.planfile.reader import Plan
composer = Composer(Plan(Path(sys.argv[1])), date(2026, 10, 1))
for code in sys.argv[2:]:
    composer.page(code, messages("ja"))
    print("minato_viewer.pages.charts" in sys.modules)
"""


def test_a_page_without_a_chart_loads_nothing_of_charts(plan_path: Path, tmp_path: Path) -> None:
    codes = ["2024", "2021/policy/4", "2024/figure/population-2027", OUTLOOK]
    done = python(["-c", LAZY, str(plan_path), *codes], tmp_path)
    assert done.stdout.split() == ["False", "False", "False", "True"], done.stderr
