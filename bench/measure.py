"""How figures are taken: ours and a yardstick by turns, the median of each, and their ratio."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """`ours` and `theirs` are medians in milliseconds; `goal` is the most that ours may be as a multiple of theirs."""

    what: str
    yardstick: str
    ours: float
    theirs: float
    goal: float

    @property
    def ratio(self) -> float:
        """Ours as a multiple of theirs."""
        return self.ours / self.theirs

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio <= self.goal


def timed(act: Callable[[], object]) -> float:
    """How long one call takes, in milliseconds; Python's garbage is collected before it and not during it."""
    gc.collect()
    gc.disable()
    try:
        begin = time.perf_counter()
        act()
        return (time.perf_counter() - begin) * 1000
    finally:
        gc.enable()


def by_turns(ours: Callable[[], object], theirs: Callable[[], object], times: int) -> tuple[float, float]:
    """The medians of both, run alternately after one warm-up each, so that a slow moment hits both."""
    timed(ours), timed(theirs)
    pairs = [(timed(ours), timed(theirs)) for _ in range(times)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def shown(result: Result) -> str:
    """A line for people."""
    verdict = "ok" if result.met else "BEYOND ITS GOAL"
    return (
        f"{result.what:<52} {result.ours:>9.2f} ms   {result.ratio:>6.2f} x {result.yardstick} "
        f"({result.theirs:.2f} ms), goal {result.goal:g} x: {verdict}"
    )
