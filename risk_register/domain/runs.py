"""Runs in a run chart: what is not likely to be chance.

The rules are those of Perla, Provost and Murray (The run chart: a simple analytical tool for learning from variation in
healthcare processes, BMJ Quality & Safety 2011;20:46-51), as Healthcare Improvement Scotland and NHS trusts use them: a
*shift* is six or more points in a row on one side of the median, where points on it neither count nor break the row; a
*trend* is five or more in a row all rising or all falling, where like neighbours count once. Both need about ten points.
(NHS England's Making Data Count uses statistical process control charts instead, with seven points for each.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from statistics import median as middle

ENOUGH = 10
SHIFT = 6
TREND = 5


class Signal(Enum):
    """What a run shows."""

    shift = "Shift"
    trend = "Trend"


@dataclass(frozen=True, slots=True)
class Run:
    """Points from `first` to `last`, `length` of which count, above the median or rising, or below it or falling."""

    signal: Signal
    first: int
    last: int
    length: int
    up: bool

    @property
    def sentence(self) -> str:
        """What it is, without the days."""
        if self.signal is Signal.shift:
            return f"{self.length} readings in a row {'above' if self.up else 'below'} the median"
        return f"{self.length} readings in a row {'rising' if self.up else 'falling'}"


def median(values: Sequence[Decimal]) -> Decimal | None:
    """The middle of all values; None where there are none."""
    return middle(values) if values else None


def runs(values: Sequence[Decimal]) -> list[Run]:
    """The shifts and trends among values in the order of their days; none where there are too few to tell."""
    if len(values) < ENOUGH:
        return []
    half = middle(values)
    sides = [(place, value > half) for place, value in enumerate(values) if value != half]
    # Of like neighbours the first stands for all; each step is known by where it ends.
    kept = [place for place, value in enumerate(values) if place == 0 or value != values[place - 1]]
    steps = [(after, values[after] > values[before]) for before, after in pairwise(kept)]
    found = [Run(Signal.shift, first, last, length, up) for first, last, length, up in _rows(sides, SHIFT)]
    for first, last, length, up in _rows(steps, TREND - 1):
        begins = kept[kept.index(first) - 1]
        found.append(Run(Signal.trend, begins, last, length + 1, up))
    return sorted(found, key=lambda run: (run.first, run.signal.name))


def _rows(marks: Sequence[tuple[int, bool]], least: int) -> list[tuple[int, int, int, bool]]:
    """The stretches of at least `least` like marks: the places of their first and last, their length, the mark."""
    found = []
    begin = 0
    for place in range(1, len(marks) + 1):
        if place == len(marks) or marks[place][1] != marks[begin][1]:
            if place - begin >= least:
                found.append((marks[begin][0], marks[place - 1][0], place - begin, marks[begin][1]))
            begin = place
    return found
