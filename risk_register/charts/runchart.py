"""Where days and values stand in a run chart: pure arithmetic, shared by the screen and the documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Frame:
    """The days and values that a chart spans. `x` and `y` give places within it, whose sides are 1, (0, 0) bottom left."""

    first: date
    last: date
    low: Decimal
    high: Decimal
    step: Decimal

    def x(self, day: date) -> float:
        """How far right a day stands."""
        return (day - self.first).days / (self.last - self.first).days

    def y(self, value: Decimal) -> float:
        """How high a value stands."""
        return float((value - self.low) / (self.high - self.low))

    def levels(self) -> list[Decimal]:
        """The round values at which lines go across."""
        return [self.low + self.step * number for number in range(int((self.high - self.low) / self.step) + 1)]

    def months(self, most: int) -> list[date]:
        """The first days of at most so many months, evenly apart: each, every second, third, sixth, or one a year."""
        begin, end = self.first.year * 12 + self.first.month, self.last.year * 12 + self.last.month - 1
        for apart in (1, 2, 3, 6, 12, 24, 60, 120):
            found = [number for number in range(begin, end + 1) if number % apart == 0]
            if len(found) <= most:
                break
        return [date(number // 12, number % 12 + 1, 1) for number in found]


def framed(days: Sequence[date], values: Sequence[Decimal], *, lines: int = 5) -> Frame:
    """The frame around days and values: round at both ends, with about so many lines across. Both hold something."""
    first, last = min(days), max(days)
    if first == last:
        first, last = date.fromordinal(first.toordinal() - 15), date.fromordinal(last.toordinal() + 15)
    low, high = min(values), max(values)
    if low == high:
        low, high = low - 1, high + 1
    step = _round_step((high - low) / lines)
    bottom, top = low // step * step, high // step * step
    if low < bottom:  # Decimal's // goes towards 0
        bottom -= step
    if high > top:
        top += step
    return Frame(first, last, bottom, top, step)


def _round_step(least: Decimal) -> Decimal:
    """The least of 1, 2, 2.5 and 5, times a power of ten, that is at least so much."""
    unit = Decimal(10) ** least.adjusted()
    return next(unit * step for step in _STEPS if unit * step >= least)


def spread(places: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places for labels, at least so far apart and in their order, each as near to where it belongs as that allows."""
    order = sorted(range(len(places)), key=places.__getitem__)
    found = [min(max(places[number], low), high) for number in order]
    for place in range(1, len(found)):
        found[place] = max(found[place], found[place - 1] + apart)
    for place in range(len(found) - 1, -1, -1):
        limit = high if place == len(found) - 1 else found[place + 1] - apart
        found[place] = min(found[place], limit)
    return [value for _, value in sorted(zip(order, found, strict=True))]
