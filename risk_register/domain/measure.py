"""The performance monitoring programme: what is measured, what it should become, and what it has been."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import ClassVar
from uuid import UUID

from risk_register.domain.cadence import Cadence
from risk_register.domain.record import Record, line, other, prose, refers
from risk_register.domain.text import figures


class Good(Enum):
    """Which way a measure should go."""

    up = "Higher is better"
    down = "Lower is better"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Record):
    """Something counted or reckoned again and again, that shows whether the plan works.

    From the baseline to the target runs its *trajectory*: a straight line, unless expected values say otherwise.
    """

    called: ClassVar[str] = "measure"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (("baseline", "baseline_on"), ("target", "target_on"))

    programme: UUID = refers("Programme", required=True)
    name: str = line("Measure", required=True)
    definition: str = prose("Definition")
    unit: str = line("Unit")
    good: Good = other("Good direction", Good.up)
    outcome: UUID | None = refers("Outcome")
    owner: UUID | None = refers("Person", "Owner")
    board: UUID | None = refers("Board", "Seen by")
    cadence: Cadence = other("Reading due", Cadence.monthly)
    baseline: Decimal | None = other("Baseline", None)
    baseline_on: date | None = other("Baseline of", None)
    target: Decimal | None = other("Target", None)
    target_on: date | None = other("Target by", None)

    @property
    def label(self) -> str:
        """Its name."""
        return self.name

    def words(self, value: Decimal) -> str:
        """A value with its unit, as people read it: `45 %`, `£1,200`, `12.5 days`."""
        shown = figures(value, 2)
        return f"{self.unit}{shown}" if self.unit in ("£", "€") else f"{shown} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedValue(Record):
    """A point of a measure's trajectory: what it should be on a day between baseline and target."""

    called: ClassVar[str] = "expected value"

    measure: UUID = refers("Measure", required=True)
    on: date = other("Date")
    value: Decimal = other("Value")

    @property
    def label(self) -> str:
        """`the expected value of 31/03/2027`."""
        return f"the expected value of {self.on:%d/%m/%Y}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Record):
    """What a measure was on a day.

    A book holds all of them, unlike scores and updates: whether a measure keeps to its trajectory, its median and its
    runs are asked wherever it is shown, a year brings a dozen, and a wrong figure must be corrected rather than followed.
    """

    called: ClassVar[str] = "reading"

    measure: UUID = refers("Measure", required=True)
    on: date = other("Date")
    value: Decimal = other("Value")
    note: str = line("Note")

    @property
    def label(self) -> str:
        """`the reading of 31/10/2026`."""
        return f"the reading of {self.on:%d/%m/%Y}"
