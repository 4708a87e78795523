"""Questions asked of measures: what is expected by a day, whether it is kept to, and when the next reading is due."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.measure import ExpectedValue, Good, Measure, Reading
from risk_register.domain.text import figures, long_day


class Standing(Enum):
    """How a measure stands, the most pressing first."""

    worse = "Worse than baseline"
    behind = "Behind"
    stale = "Reading missed"
    unread = "No reading yet"
    unjudged = "No trajectory"
    on_trajectory = "On trajectory"
    reached = "Target reached"

    @property
    def is_pressing(self) -> bool:
        """Whether somebody should do something about it."""
        return self in (Standing.worse, Standing.behind, Standing.stale, Standing.unread)


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a measure stands, and the sentence that says why."""

    standing: Standing
    why: str


def readings_of(book: Book, measure: UUID) -> list[Reading]:
    """The readings of a measure, the earliest first."""
    return sorted(book.where(Reading, "measure", measure), key=lambda item: (item.on, item.id))


def latest(book: Book, measure: UUID) -> Reading | None:
    """The last reading of a measure."""
    found = readings_of(book, measure)
    return found[-1] if found else None


def trajectory(book: Book, measure: Measure) -> list[tuple[date, Decimal]]:
    """The days and values between which a measure should go in straight lines: baseline, expected values, target."""
    points = {item.on: item.value for item in book.where(ExpectedValue, "measure", measure.id)}
    ends = ((measure.baseline_on, measure.baseline), (measure.target_on, measure.target))
    points |= {day: value for day, value in ends if day is not None and value is not None}
    return sorted(points.items())


def expected_on(book: Book, measure: Measure, day: date) -> Decimal | None:
    """What a measure should be on a day; None before its trajectory begins. After its end what is reached is to be kept."""
    points = trajectory(book, measure)
    if len(points) < 2 or day < points[0][0]:  # noqa: PLR2004  one point is no line
        return None
    for (begins, low), (ends, high) in pairwise(points):
        if begins <= day <= ends:
            return low + (high - low) * (day - begins).days / (ends - begins).days
    return points[-1][1]


def next_due(book: Book, measure: Measure) -> date | None:
    """The day for which the next reading is due; None where none was taken yet: it is due at once."""
    last = latest(book, measure.id)
    day = last.on if last else measure.baseline_on
    return measure.cadence.after(day, end_stays=True) if day else None


def is_due(book: Book, measure: Measure, today: date) -> bool:
    """Whether a reading should have been taken by now."""
    due = next_due(book, measure)
    return due is None or due < today


def judge(book: Book, measure: Measure, today: date) -> Judgement:
    """How a measure stands on a day.

    Its last reading is held against what was expected on the day of that reading. A reading later by a whole further
    cadence says more than what the last one was: nobody looks.
    """
    last, due = latest(book, measure.id), next_due(book, measure)
    often = measure.cadence.value.lower()
    if last is None:
        return Judgement(Standing.unread, f"No reading was taken yet. One is due {often}.")
    told = f"{measure.words(last.value)} on {long_day(last.on)}"
    expected = expected_on(book, measure, last.on)
    asked = f" A reading of {long_day(due)} is due." if due and due < today else ""
    if due and measure.cadence.after(due, end_stays=True) < today:
        return Judgement(
            Standing.stale,
            f"No reading since {long_day(last.on)}, though one is due {often}. It was {told.split(' on ', maxsplit=1)[0]}.",
        )
    if measure.target is not None and _ahead(measure, last.value, measure.target) >= 0:
        by = f" ahead of {long_day(measure.target_on)}" if measure.target_on and measure.target_on > last.on else ""
        return Judgement(
            Standing.reached, f"{told}: the target of {measure.words(measure.target)} is reached{by}.{asked}"
        )
    if expected is None:
        return Judgement(Standing.unjudged, f"{told}. {_lacking(measure, last.on)}{asked}")
    gap = figures(abs(last.value - expected), 1)
    goal = _goal(measure)
    if measure.baseline is not None and _ahead(measure, last.value, measure.baseline) < 0:
        since = f" of {long_day(measure.baseline_on)}" if measure.baseline_on else ""
        return Judgement(
            Standing.worse,
            f"{told}: worse than the baseline{since}, which was {measure.words(measure.baseline)}. "
            f"{measure.words(_rounded(expected))} was expected by then.{asked}",
        )
    if _ahead(measure, last.value, expected) < 0:
        return Judgement(
            Standing.behind,
            f"{told}, but {measure.words(_rounded(expected))} was expected by then: {gap} behind.{goal}{asked}",
        )
    ahead = f"{gap} better than" if gap != "0" else "as"
    return Judgement(Standing.on_trajectory, f"{told}: {ahead} expected by then.{goal}{asked}")


def _rounded(value: Decimal) -> Decimal:
    return round(value, 1)


def _ahead(measure: Measure, value: Decimal, than: Decimal) -> Decimal:
    """By how much a value is better than another; below 0 where it is worse."""
    return value - than if measure.good is Good.up else than - value


def _goal(measure: Measure) -> str:
    if measure.target is None or measure.target_on is None:
        return ""
    return f" The target is {measure.words(measure.target)} by {long_day(measure.target_on)}."


def _lacking(measure: Measure, day: date) -> str:
    """What must be given before a reading of that day can be judged."""
    if measure.target is None or measure.target_on is None:
        return "Give a target and its day: then it can be said whether it is on its way."
    if measure.baseline is None or measure.baseline_on is None:
        return "Give a baseline and its day: then it can be said whether it is on its way to the target."
    return f"Its trajectory begins on {long_day(measure.baseline_on)}, after that reading of {long_day(day)}."


def pressing(book: Book, programme: UUID, today: date) -> list[tuple[Measure, Judgement]]:
    """The measures that need somebody: not as they should be, or with a reading due; the most pressing first."""
    order = list(Standing)
    found = [(item, judge(book, item, today)) for item in book.where(Measure, "programme", programme)]
    found = [(item, told) for item, told in found if told.standing.is_pressing or is_due(book, item, today)]
    return sorted(found, key=lambda pair: (order.index(pair[1].standing), pair[0].name.casefold()))
