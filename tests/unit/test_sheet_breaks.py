"""Where sheets end: everything stands somewhere once, in order, on the sheet, and headings stay with what they head."""

from collections import defaultdict
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from minato_viewer.viewmodel.sheet_breaks import Flow, Piece, Placed, Row

HEIGHT = 100.0


def pieces(*heights: float, sticks: tuple[int, ...] = (), start: float = 0.0) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for number, height in enumerate(heights):
        found.append(Piece(start, start + height, sticks=number in sticks))
        start += height
    return tuple(found)


def placed(*rows: Row, y: float = 0.0) -> list[Placed]:
    return list(Flow(HEIGHT, 0, y).place(rows))


def test_rows_stand_below_each_other_with_their_gaps() -> None:
    first, second = placed(Row((pieces(20, 20),), 7), Row((pieces(30, start=40),), 5))
    assert first == Placed(0, 0.0, 0, 0, 0.0, 40.0)
    assert second == Placed(0, 45.0, 1, 0, 40.0, 70.0)


def test_the_sides_of_a_row_begin_at_one_height_and_the_higher_one_decides_where_the_next_begins() -> None:
    *sides, after = placed(Row((pieces(10), pieces(40)), 0), Row((pieces(10), pieces(10)), 0))[:3]
    assert [side.y for side in sides] == [0, 0]
    assert after.y == 40


def test_what_does_not_fit_goes_on_at_the_top_of_the_next_sheet_each_side_for_itself() -> None:
    found = placed(Row((pieces(30, 30), pieces(30, 30, 30)), 0), y=30)
    assert [(part.sheet, part.y, part.side, part.bottom - part.top) for part in found] == [
        (0, 30, 0, 60),
        (0, 30, 1, 60),
        (1, 0, 1, 30),
    ]


def test_a_heading_goes_with_what_it_heads_to_the_next_sheet() -> None:
    heading, body = placed(Row((pieces(10, sticks=(0,)),), 0), Row((pieces(30, 30),), 0), y=65)
    assert (heading.sheet, heading.y) == (1, 0)
    assert (body.sheet, body.y) == (1, 10)
    stays, _, _ = placed(Row((pieces(10, sticks=(0,)),), 0), Row((pieces(30, 30),), 0), y=55)
    assert stays.sheet == 0


def test_headings_that_follow_each_other_stay_together() -> None:
    rows = [Row((pieces(10, sticks=(0,)),), 0), Row((pieces(10, sticks=(0,)),), 0), Row((pieces(20),), 0)]
    assert [part.sheet for part in placed(*rows, y=70)] == [1, 1, 1]


def test_a_heading_within_a_side_is_not_left_at_the_end_of_a_sheet() -> None:
    first, second = placed(Row((pieces(40, 40, 10, 30, sticks=(2,)),), 0))
    assert (first.bottom, second.top) == (80, 80)


def test_what_is_higher_than_a_sheet_is_cut_and_nothing_of_it_lost() -> None:
    found = placed(Row((pieces(250),), 0), y=30)
    assert [(part.sheet, part.top, part.bottom) for part in found] == [(1, 0, 100), (2, 100, 200), (3, 200, 250)]


SIDE = st.lists(st.tuples(st.floats(1, 260), st.booleans()), max_size=8)


@given(st.lists(st.tuples(SIDE, SIDE, st.floats(0, 40)), max_size=8), st.floats(0, 100))
def test_everything_stands_once_in_order_and_on_the_sheet(drawn: list, y: float) -> None:
    rows: list[Row] = []
    start = 0.0
    for left, right, gap in drawn:
        sides: list[tuple[Piece, ...]] = []
        for side in (left, right):
            top, found = start, []
            for height, sticks in side:
                found.append(Piece(top, top + height, sticks))
                top += height
            sides.append(tuple(found))
        rows.append(Row((sides[0], sides[1]), gap))
        start += 3000
    flow = Flow(HEIGHT, 0, y)
    parts = list(flow.place(rows))
    by_side: dict[tuple[int, int], list[Placed]] = defaultdict(list)
    for part in parts:
        assert part.y >= 0
        assert part.y + part.bottom - part.top <= HEIGHT + 1e-6
        by_side[part.row, part.side].append(part)
    for number, row in enumerate(rows):
        for side, wanted in enumerate(row.sides):
            found = by_side[number, side]
            assert bool(found) == bool(wanted)
            if wanted:
                assert (found[0].top, found[-1].bottom) == (wanted[0].top, wanted[-1].bottom)
                assert all(abs(before.bottom - after.top) < 1e-6 for before, after in pairwise(found))
                assert all(before.sheet < after.sheet for before, after in pairwise(found))
    for column in (0, 1):
        own = [part for part in parts if part.side == column]
        for before, after in pairwise(own):
            ends = (before.sheet, before.y + before.bottom - before.top)
            assert ends <= (after.sheet, after.y + 1e-6), "nothing stands over anything else"
    assert (flow.sheet, flow.y) >= max(((part.sheet, part.y) for part in parts), default=(0, 0.0))
