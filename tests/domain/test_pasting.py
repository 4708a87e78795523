from datetime import date
from decimal import Decimal

import pytest

from risk_register.domain.errors import Refused
from risk_register.domain.pasting import read_readings


def test_two_columns_of_a_workbook_are_read_below_their_heading() -> None:
    text = "Month\t% in time\n30/09/2026\t45.5\n31/10/2026\t\nNov-26\t52%\n"
    assert read_readings(text) == {date(2026, 9, 30): Decimal("45.5"), date(2026, 11, 30): Decimal(52)}


@pytest.mark.parametrize(
    ("line", "day", "value"),
    [
        ("30/09/2026 45", date(2026, 9, 30), "45"),
        ("30 Sep 2026  1,204", date(2026, 9, 30), "1204"),
        ("2026-09-30; 4.25", date(2026, 9, 30), "4.25"),
        ("September 2026\t−3", date(2026, 9, 30), "-3"),
        ("Feb 2028 £12.50", date(2028, 2, 29), "12.5"),
    ],
)
def test_lines_are_read_as_people_write_them(line: str, day: date, value: str) -> None:
    assert read_readings(line) == {day: Decimal(value)}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("30/09/2026\t45\nlater\t46", "Line 2: “later” is no date"),
        ("30/09/2026\t45\n31/10/2026\tn/a", "Line 2: “n/a” is no number"),
        ("30/09/2026\t45\n30/09/2026\t46", "Line 2: 30/09/2026 has a value already"),
        ("Month\tValue", "There is no reading in 1 line"),
        ("", "There is no reading in no lines"),
    ],
)
def test_what_can_not_be_read_is_named_and_nothing_is_taken(text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_readings(text)
