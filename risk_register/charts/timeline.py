"""Where milestones stand along the months: pure arithmetic, apart from any drawing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")

LEAST = 6
"""So many months a chart shows at least."""


@dataclass(frozen=True, slots=True)
class Days:
    """What of a milestone is drawn: what was promised, when it was met or is expected, and whether it was met."""

    promised: date | None
    ends: date | None
    met: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months, from the first day of one to the last of another."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day stands: 0 at the left edge, 1 at the right."""
        return (day - self.first).days / ((self.last - self.first).days + 1)

    def months(self) -> list[date]:
        """The first day of each month."""
        found = [self.first]
        while (following := _next_month(found[-1])) <= self.last:
            found.append(following)
        return found


@dataclass(frozen=True, slots=True)
class Lane:
    """The heading of those that belong together, in a row of its own."""

    words: str
    row: int


@dataclass(frozen=True, slots=True)
class Mark(Generic[T]):
    """A milestone in its row: where it was promised and where it ends, from 0 to 1; None where that isn't known."""

    item: T
    row: int
    promised: float | None
    ends: float | None
    met: bool


@dataclass(frozen=True, slots=True)
class Chart(Generic[T]):
    """Everything that is drawn. `rows` is how many there are; `today` is where today stands."""

    span: Span
    lanes: list[Lane]
    marks: list[Mark[T]]
    rows: int
    today: float


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def span_of(days: Iterable[date], today: date) -> Span:
    """The months that hold all these days and today, and a few more where they are few."""
    every = [today, *days]
    first, last = min(every).replace(day=1), _next_month(max(every))
    for _ in range(LEAST - len(Span(first, last - timedelta(days=1)).months())):
        last = _next_month(last)
    return Span(first, last - timedelta(days=1))


def lay_out(lanes: Sequence[tuple[str, Sequence[T]]], days_of: Callable[[T], Days], today: date) -> Chart[T]:
    """Give each lane's heading and each of its items a row, in the order given."""
    told = {id(item): days_of(item) for _, items in lanes for item in items}
    span = span_of((day for days in told.values() for day in (days.promised, days.ends) if day), today)
    headings: list[Lane] = []
    marks: list[Mark[T]] = []
    row = 0
    for words, items in lanes:
        headings.append(Lane(words, row))
        for place, item in enumerate(items, start=row + 1):
            days = told[id(item)]
            promised, ends = (span.x(day) if day else None for day in (days.promised, days.ends))
            marks.append(Mark(item, place, promised, ends, days.met))
        row += 1 + len(items)
    return Chart(span, headings, marks, row, span.x(today))
