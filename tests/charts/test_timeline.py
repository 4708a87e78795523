from datetime import date

import pytest

from risk_register.charts.timeline import Days, Lane, Mark, Span, lay_out, span_of

TODAY = date(2026, 11, 24)


def test_a_span_is_of_whole_months_and_holds_every_day_and_today() -> None:
    span = span_of([date(2026, 5, 20), date(2027, 2, 28)], TODAY)
    assert span == Span(date(2026, 5, 1), date(2027, 2, 28))
    assert [f"{month:%b}" for month in span.months()] == [
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
        "Jan",
        "Feb",
    ]
    assert span_of([date(2026, 1, 31)], TODAY).last == date(2026, 11, 30)


def test_few_days_are_shown_among_half_a_year() -> None:
    assert span_of([], TODAY) == Span(date(2026, 11, 1), date(2027, 4, 30))


@pytest.mark.parametrize(
    ("day", "x"), [(date(2026, 1, 1), 0.0), (date(2026, 7, 2), 182 / 365), (date(2026, 12, 31), 364 / 365)]
)
def test_days_stand_in_proportion(day: date, x: float) -> None:
    assert Span(date(2026, 1, 1), date(2026, 12, 31)).x(day) == pytest.approx(x)


def test_each_heading_and_each_milestone_has_a_row_of_its_own() -> None:
    days = {
        "a": Days(date(2026, 10, 1), date(2026, 12, 1), met=False),
        "b": Days(None, date(2026, 11, 24), met=True),
        "c": Days(None, None, met=False),
    }
    chart = lay_out([("Governance", ["a", "b"]), ("No workstream", ["c"])], days.__getitem__, TODAY)
    assert chart.lanes == [Lane("Governance", 0), Lane("No workstream", 3)]
    assert chart.rows == 5
    first, second, third = chart.marks
    assert (first.row, second.row, third.row) == (1, 2, 4)
    assert first.promised is not None
    assert first.ends is not None
    assert first.promised < chart.today < first.ends
    assert (second.promised, second.ends, second.met) == (None, chart.today, True)
    assert third == Mark("c", 4, None, None, met=False)


def test_a_plan_without_milestones_is_no_row() -> None:
    assert lay_out([], lambda _: Days(None, None, met=False), TODAY).rows == 0
