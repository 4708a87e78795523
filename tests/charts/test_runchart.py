from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from risk_register.charts.runchart import framed, spread

VALUES = st.lists(st.decimals(-(10**6), 10**6, places=3), min_size=1, max_size=12)
DAYS = st.lists(st.dates(date(2020, 1, 1), date(2040, 1, 1)), min_size=1, max_size=12)


@given(days=DAYS, values=VALUES)
def test_everything_stands_within_the_frame_and_its_lines_are_few(days: list[date], values: list[Decimal]) -> None:
    frame = framed(days, values)
    assert all(0 <= frame.x(day) <= 1 for day in days)
    assert all(0 <= frame.y(value) <= 1 for value in values)
    assert 2 <= len(frame.levels()) <= 8
    assert frame.levels()[0] == frame.low
    assert frame.levels()[-1] == frame.high


def test_lines_go_across_at_round_values() -> None:
    frame = framed([date(2026, 1, 1), date(2026, 12, 31)], [Decimal(31), Decimal(75)])
    assert frame.levels() == [Decimal(30), Decimal(40), Decimal(50), Decimal(60), Decimal(70), Decimal(80)]
    assert framed([date(2026, 1, 1)], [Decimal("0.12"), Decimal("0.17")]).step == Decimal("0.01")


@given(days=DAYS, most=st.integers(3, 12))
def test_months_are_marked_as_many_as_there_is_room_for(days: list[date], most: int) -> None:
    frame = framed(days, [Decimal(1)])
    months = frame.months(most)
    assert len(months) <= most
    assert all(frame.first < day <= frame.last and day.day == 1 for day in months)
    assert len({(later.year - day.year) * 12 + later.month - day.month for day, later in pairwise(months)}) <= 1


@given(st.lists(st.floats(0, 1), max_size=5))
def test_labels_keep_their_order_and_do_not_touch(places: list[float]) -> None:
    found = spread(places, 0.1, 0.0, 1.0)
    in_order = [found[number] for number in sorted(range(len(places)), key=places.__getitem__)]
    assert all(later - earlier >= 0.1 - 1e-9 for earlier, later in pairwise(in_order))
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in found)
