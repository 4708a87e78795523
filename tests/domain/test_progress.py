from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from risk_register.domain.book import Book
from risk_register.domain.cadence import Cadence, months_later
from risk_register.domain.measure import ExpectedValue, Good, Measure, Reading
from risk_register.domain.progress import Standing, expected_on, judge, next_due, pressing

PROGRAMME = uuid4()
TODAY = date(2026, 11, 24)


def measure(**values: Any) -> Measure:
    given: dict[str, Any] = {
        "baseline": Decimal(40),
        "baseline_on": date(2026, 1, 1),
        "target": Decimal(90),
        "target_on": date(2027, 1, 1),
        "unit": "%",
    } | values
    return Measure(id=uuid4(), programme=PROGRAMME, name="EHC plans within 20 weeks", **given)


def book_of(of: Measure, *readings: tuple[date, str], expected: tuple[tuple[date, str], ...] = ()) -> Book:
    return Book(
        [
            of,
            *(Reading(id=uuid4(), measure=of.id, on=on, value=Decimal(value)) for on, value in readings),
            *(ExpectedValue(id=uuid4(), measure=of.id, on=on, value=Decimal(value)) for on, value in expected),
        ]
    )


def test_the_trajectory_is_a_straight_line_from_baseline_to_target() -> None:
    item = measure()
    book = book_of(item)
    assert expected_on(book, item, date(2025, 12, 31)) is None
    assert expected_on(book, item, date(2026, 1, 1)) == 40
    assert round(expected_on(book, item, date(2026, 7, 2)) or 0, 2) == Decimal("64.93")
    assert expected_on(book, item, date(2027, 1, 1)) == 90
    assert expected_on(book, item, date(2028, 1, 1)) == 90, "what is reached is to be kept"


def test_expected_values_bend_the_trajectory() -> None:
    item = measure()
    book = book_of(item, expected=((date(2026, 7, 1), "45"),))
    assert expected_on(book, item, date(2026, 7, 1)) == 45
    assert expected_on(book, item, date(2026, 4, 1)) == Decimal(40) + Decimal(5) * 90 / 181


@pytest.mark.parametrize(
    ("good", "target", "value", "standing"),
    [
        (Good.up, "90", "80", Standing.behind),
        (Good.up, "90", "82", Standing.on_trajectory),
        (Good.up, "90", "39", Standing.worse),
        (Good.up, "90", "90", Standing.reached),
        (Good.down, "10", "20", Standing.behind),
        (Good.down, "10", "14", Standing.on_trajectory),
        (Good.down, "10", "41", Standing.worse),
        (Good.down, "10", "9.5", Standing.reached),
    ],
)
def test_a_reading_is_held_against_what_was_expected_on_its_day(
    good: Good, target: str, value: str, standing: Standing
) -> None:
    item = measure(good=good, target=Decimal(target))
    assert judge(book_of(item, (date(2026, 10, 31), value)), item, TODAY).standing is standing


def test_each_judgement_says_why() -> None:
    item = measure()
    assert judge(book_of(item, (date(2026, 10, 31), "80")), item, TODAY).why == (
        "80 % on 31 October 2026, but 81.5 % was expected by then: 1.5 behind. The target is 90 % by 1 January 2027."
    )
    assert judge(book_of(item, (date(2026, 10, 31), "30")), item, TODAY).why == (
        "30 % on 31 October 2026: worse than the baseline of 1 January 2026, which was 40 %. 81.5 % was expected by then."
    )
    assert judge(book_of(item, (date(2026, 8, 31), "80")), item, TODAY).why == (
        "No reading since 31 August 2026, though one is due monthly. It was 80 %."
    )
    assert judge(book_of(item), item, TODAY).why == "No reading was taken yet. One is due monthly."
    unbased = measure(baseline=None, baseline_on=None)
    assert "Give a baseline and its day" in judge(book_of(unbased, (date(2026, 10, 31), "80")), unbased, TODAY).why
    aimless = measure(target=None, target_on=None)
    assert "Give a target and its day" in judge(book_of(aimless, (date(2026, 10, 31), "80")), aimless, TODAY).why


def test_a_reading_is_due_a_cadence_after_the_last_and_missed_after_another() -> None:
    item = measure(cadence=Cadence.quarterly)
    book = book_of(item, (date(2026, 6, 30), "60"))
    assert next_due(book, item) == date(2026, 9, 30)
    assert judge(book, item, date(2026, 9, 30)).standing is Standing.behind
    assert judge(book, item, date(2026, 12, 31)).standing is Standing.behind
    assert judge(book, item, date(2027, 1, 1)).standing is Standing.stale


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 2, 28), 1, date(2026, 3, 31)),
        (date(2026, 11, 15), 3, date(2027, 2, 15)),
        (date(2026, 1, 30), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_the_end_of_a_month_stays_the_end_of_a_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months, end_stays=True) == later


def test_measures_that_need_somebody_stand_with_the_worst_first() -> None:
    made = {
        "behind": (measure(), "80", date(2026, 10, 31)),
        "fine": (measure(), "85", date(2026, 10, 31)),
        "worse": (measure(), "30", date(2026, 10, 31)),
        "fine, but a reading is due": (measure(), "85", date(2026, 10, 1)),
    }
    book = Book(
        record
        for item, value, on in made.values()
        for record in (item, Reading(id=uuid4(), measure=item.id, on=on, value=Decimal(value)))
    )
    names = {item.id: name for name, (item, _, _) in made.items()}
    assert [names[item.id] for item, _ in pressing(book, PROGRAMME, TODAY)] == [
        "worse",
        "behind",
        "fine, but a reading is due",
    ]
