"""The strategic action plan."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from risk_register.domain.brag import Brag
from risk_register.domain.record import Record, line, other, prose, refers


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Record):
    """What the plan answers."""

    called: ClassVar[str] = "recommendation"

    programme: UUID = refers("Programme", required=True)
    number: str = line("Number", required=True)
    text: str = prose("Recommendation")

    @property
    def label(self) -> str:
        """`Recommendation 1`."""
        return f"Recommendation {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Record):
    """One outcome of the plan, in its five parts, and how those who answer for it judge that it stands."""

    called: ClassVar[str] = "outcome"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (("status", "status_reason"),)

    recommendation: UUID = refers("Recommendation", required=True)
    number: str = line("Number", required=True)
    want: str = prose("What we want")
    will_do: str = prose("What we will do")
    where_now: str = prose("Where are we now")
    will_see: str = prose("What we will see")
    difference: str = prose("The difference this will make")
    lead: UUID | None = refers("Person", "Lead")
    board: UUID | None = refers("Board", "Accountable board")
    workstream: UUID | None = refers("Board", "Workstream")
    status: Brag | None = other("BRAG status", None)
    status_reason: str = prose("Reason for the status")

    @property
    def label(self) -> str:
        """`Outcome 1.2`."""
        return f"Outcome {self.number}"


PARTS = ("want", "will_do", "where_now", "will_see", "difference")
"""The five parts of an outcome, in the order in which the published plan has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLink(Record):
    """That a risk bears on an outcome."""

    called: ClassVar[str] = "link"

    risk: UUID = refers("Risk", required=True)
    outcome: UUID = refers("Outcome", required=True)
