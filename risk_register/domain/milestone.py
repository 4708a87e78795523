"""The dated steps by which an outcome is reached."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from risk_register.domain.record import Record, line, other, prose, refers


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Record):
    """A step of an outcome: met once `actual` is set. What was promised, is expected and came true stay apart."""

    called: ClassVar[str] = "milestone"

    outcome: UUID = refers("Outcome", required=True)
    title: str = line("Milestone", required=True)
    lead: UUID | None = refers("Person", "Lead")
    workstream: UUID | None = refers("Board", "Workstream")
    baseline: date | None = other("Baseline", None)
    forecast: date | None = other("Forecast", None)
    actual: date | None = other("Met on", None)
    barrier: str = prose("Notes and barriers")

    @property
    def label(self) -> str:
        """What is to be reached."""
        return self.title

    @property
    def due(self) -> date | None:
        """When it is to be met: as it is forecast, else as it was promised."""
        return self.forecast or self.baseline

    @property
    def slippage(self) -> int | None:
        """By how many days it was met, or is expected, after its baseline (less than 0: before); None if not known."""
        ends = self.actual or self.due
        return (ends - self.baseline).days if ends and self.baseline else None

    def days_late(self, today: date) -> int:
        """How many days one that is not met is past the day it was to be met; 0 if it is not."""
        return max(0, (today - self.due).days) if self.due and not self.actual else 0

    def is_slipping(self, today: date) -> bool:
        """Whether it is not met and is late, or is expected after its baseline."""
        return not self.actual and (self.days_late(today) > 0 or (self.slippage or 0) > 0)
