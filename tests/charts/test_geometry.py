from itertools import combinations, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from risk_register.charts.geometry import Placed, arrows, place

CELLS = st.dictionaries(
    st.tuples(st.integers(1, 5), st.integers(1, 5)), st.lists(st.integers(), min_size=1, max_size=40), max_size=25
)


@given(CELLS, st.floats(0.6, 2.5), st.sampled_from([0.0, 0.03, 0.05]))
def test_every_marker_is_inside_its_cell_and_over_no_other(
    cells: dict[tuple[int, int], list[int]], aspect: float, smallest: float
) -> None:
    placed = place(cells, 5, 5, aspect=aspect, smallest=smallest)
    for marker in placed:
        left, bottom = (marker.cell[1] - 1) / 5, (marker.cell[0] - 1) / 5
        assert left - 1e-9 <= marker.x - marker.width / 2
        assert marker.x + marker.width / 2 <= left + 0.2 + 1e-9
        assert bottom - 1e-9 <= marker.y - marker.height / 2
        assert marker.y + marker.height / 2 <= bottom + 0.2 + 1e-9
    for one, other in combinations(placed, 2):
        apart = abs(one.x - other.x) >= (one.width + other.width) / 2 - 1e-9
        above = abs(one.y - other.y) >= (one.height + other.height) / 2 - 1e-9
        assert apart or above


@given(CELLS, st.sampled_from([0.0, 0.05]))
def test_no_item_is_lost_what_does_not_fit_is_counted(cells: dict[tuple[int, int], list[int]], smallest: float) -> None:
    placed = place(cells, 5, 5, smallest=smallest)
    for cell, items in cells.items():
        mine = [marker for marker in placed if marker.cell == cell]
        shown = [marker for marker in mine if not marker.more]
        assert len(shown) + sum(marker.more for marker in mine) == len(items)


@pytest.mark.parametrize("start", [(row, column) for row in range(1, 6) for column in range(1, 6)])
@pytest.mark.parametrize("offset", [-0.04, 0.0, 0.04])
def test_an_arrow_begins_in_the_cell_where_it_stood_and_ends_at_the_marker(
    start: tuple[int, int], offset: float
) -> None:
    marker = Placed("R-001", (3, 3), 0.5 + offset, 0.488, 0.07, 0.03)
    ways = arrows([marker], lambda _: start, 5, 5)
    if start == marker.cell:
        assert ways == []
        return
    (way,) = ways
    x, y = way[0]
    assert (start[1] - 1) / 5 < x < start[1] / 5
    assert (start[0] - 1) / 5 < y < start[0] / 5
    x, y = way[-1]
    assert abs(x - marker.x) <= marker.width
    assert abs(y - marker.y) <= marker.height * 1.3


@given(st.tuples(st.integers(1, 5), st.integers(1, 5)), st.integers(1, 12))
def test_an_arrow_along_a_row_or_a_column_crosses_no_marker_of_the_cell_it_leads_to(
    start: tuple[int, int], number: int
) -> None:
    placed = place({(3, 3): range(number)}, 5, 5, aspect=1.1)
    ends = {(marker.x, marker.y): marker for marker in placed}
    assume((start[0] == 3) != (start[1] == 3))
    assume(len({marker.x for marker in placed}) <= 2)
    ways = arrows(placed, lambda _: start, 5, 5)
    assert len(ways) == len(ends)
    for way, own in zip(ways, placed, strict=True):
        for (x, y), (to_x, to_y) in pairwise(way):
            for other in placed:
                if other is own or (start[0] == 3 and own.y < max(marker.y for marker in placed)):
                    continue  # on the way down to a lower line there is no room between
                apart = max(x, to_x) < other.x - other.width / 2 or min(x, to_x) > other.x + other.width / 2
                above = max(y, to_y) < other.y - other.height / 2 or min(y, to_y) > other.y + other.height / 2
                assert apart or above
