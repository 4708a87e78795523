"""How much risk a programme is willing to take, category by category."""

from enum import Enum


class Appetite(Enum):
    """The levels of the Orange Book's scale, the most careful first. A programme can call them otherwise.

    Source: Government Finance Function, Risk Appetite Guidance Note, version 2.0 (2021).
    """

    averse = "Averse"
    minimal = "Minimal"
    cautious = "Cautious"
    open = "Open"
    eager = "Eager"


LEVELS = tuple(item.value for item in Appetite)
"""What the levels are called unless a programme calls them otherwise."""

MEANINGS = {
    Appetite.averse: "Avoiding risk comes first: only what carries next to none",
    Appetite.minimal: "Very safe options; benefit is not what decides",
    Appetite.cautious: "Safe options; some risk where the benefit is clear and the risk can be controlled",
    Appetite.open: "All options are weighed; the one most likely to succeed at an acceptable risk is chosen",
    Appetite.eager: "New ways are sought for the greatest benefit, though the risk that is left is high",
}
"""What each level means, in our words."""

_THRESHOLDS = {
    Appetite.averse: (2, 4),
    Appetite.minimal: (4, 6),
    Appetite.cautious: (6, 10),
    Appetite.open: (9, 12),
    Appetite.eager: (12, 16),
}
_HIGHEST = 25


def suggested(appetite: Appetite, highest: int) -> tuple[int, int]:
    """The optimal and the tolerable score to begin with, on a matrix whose greatest score is `highest`.

    Ours: the guidance asks for the two positions and leaves the numbers to each organisation.
    """
    optimal, tolerable = (max(1, round(score * highest / _HIGHEST)) for score in _THRESHOLDS[appetite])
    return optimal, tolerable
