"""The picture of what causes what: where each stands."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from risk_register.charts.links import MOST, Picture, picture

PAIRS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=40)


def drawn(pairs: list[tuple[int, int]], middle: int = 0) -> Picture[int]:
    return picture(middle, pairs, lambda item: item)


def columns(shown: Picture[int]) -> dict[int, int]:
    return {node.item: node.column for node in shown.nodes}


@given(PAIRS)
def test_all_stand_within_the_field_and_none_over_another(pairs: list[tuple[int, int]]) -> None:
    shown = drawn(pairs)
    assert all(0 < node.x < 1 and 0 < node.y < 1 for node in shown.nodes)
    for one, other in combinations(shown.nodes, 2):
        assert (one.x, one.y) != (other.x, other.y)
    assert len({node.item for node in shown.nodes}) == len(shown.nodes)
    assert shown.tallest <= MOST


@given(PAIRS)
def test_what_is_linked_is_shown_or_counted_and_lines_end_at_what_is_shown(pairs: list[tuple[int, int]]) -> None:
    shown = drawn(pairs)
    items = {node.item for node in shown.nodes}
    assert all(cause in items and effect in items and cause != effect for cause, effect in shown.pairs)
    near = {item for pair in pairs if 0 in pair and pair != (0, 0) for item in pair} | {0}
    assert len(near - items) <= shown.left_out


def test_causes_stand_at_the_left_and_effects_at_the_right_by_their_steps() -> None:
    shown = drawn([(1, 0), (2, 1), (0, 3), (3, 4), (4, 5), (8, 9)])
    assert columns(shown) == {2: -2, 1: -1, 0: 0, 3: 1, 4: 2}, "what is further off, or not linked, is not shown"
    middle = shown.node(0)
    assert middle
    assert (middle.x, middle.y) == (0.5, 0.5)
    assert shown.columns == 5


def test_a_circle_is_drawn_once_each() -> None:
    shown = drawn([(0, 1), (1, 0), (1, 2), (2, 0)])
    assert columns(shown) == {0: 0, 1: 1, 2: -1}
    assert set(shown.pairs) == {(0, 1), (1, 0), (1, 2), (2, 0)}


def test_lines_cross_as_little_as_the_order_of_a_column_allows() -> None:
    shown = drawn([(0, 1), (0, 2), (1, 20), (2, 10)])
    height = {node.item: node.y for node in shown.nodes}
    assert height[1] < height[2]
    assert height[20] < height[10], "each beside what leads to it"


def test_one_goes_from_each_to_its_neighbours() -> None:
    shown = drawn([(1, 0), (0, 2), (0, 3)])
    assert shown.beside(0, -1, 0) == 1
    assert shown.beside(0, 1, 0) in (2, 3)
    assert shown.beside(2, 0, 1) == 3
    assert shown.beside(3, 0, 1) == 3
    assert shown.beside(1, -1, 0) == 1


def test_alone_it_stands_in_the_middle() -> None:
    shown = drawn([])
    assert [(node.item, node.x, node.y) for node in shown.nodes] == [(0, 0.5, 0.5)]
