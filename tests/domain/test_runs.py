from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from risk_register.domain.runs import ENOUGH, SHIFT, TREND, Run, Signal, median, runs


def numbers(*values: float) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def test_six_in_a_row_above_the_median_are_a_shift_and_five_are_not() -> None:
    below = numbers(3, 1, 3, 1, 3, 1)
    assert runs(below + numbers(9, 8, 9, 8, 9)) == []
    assert runs(below + numbers(9, 8, 9, 8, 9, 8)) == [
        Run(Signal.shift, 0, 5, 6, up=False),
        Run(Signal.shift, 6, 11, 6, up=True),
    ]


def test_points_on_the_median_neither_count_nor_break_a_shift() -> None:
    values = numbers(7, 8, 7, 5, 8, 7, 8, 3, 2, 5, 3, 2, 3)
    assert median(values) == 5
    assert runs(values) == [Run(Signal.shift, 0, 6, 6, up=True)]


def test_five_rising_in_a_row_are_a_trend_and_four_are_not() -> None:
    assert runs(numbers(5, 4, 5, 6, 7, 5, 4, 6, 4, 6)) == []
    assert runs(numbers(5, 4, 5, 6, 7, 8, 4, 6, 4, 6)) == [Run(Signal.trend, 1, 5, 5, up=True)]


def test_like_neighbours_in_a_trend_count_once() -> None:
    assert runs(numbers(5, 9, 8, 8, 7, 6, 9, 5, 9, 5)) == []
    found = runs(numbers(5, 9, 8, 8, 7, 6, 5, 9, 5, 9))
    assert found == [Run(Signal.trend, 1, 6, 5, up=False)]
    assert found[0].sentence == "5 readings in a row falling"


def test_too_few_points_tell_nothing() -> None:
    assert runs(numbers(*range(ENOUGH - 1))) == []
    assert {run.signal for run in runs(numbers(*range(ENOUGH)))} == {Signal.trend}
    assert median([]) is None


@given(st.lists(st.integers(0, 9).map(Decimal), max_size=40))
def test_every_run_is_as_long_as_its_rule_wants_and_of_one_kind(values: list[Decimal]) -> None:
    for run in runs(values):
        part = values[run.first : run.last + 1]
        if run.signal is Signal.shift:
            half = median(values)
            assert half is not None
            counted = [value for value in part if value != half]
            assert len(counted) == run.length >= SHIFT
            assert all((value > half) == run.up for value in counted)
        else:
            assert run.length >= TREND
            steps = [(later > earlier) for earlier, later in pairwise(part) if later != earlier]
            assert steps == [run.up] * (run.length - 1)
