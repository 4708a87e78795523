"""What boards are asked to decide."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from risk_register.domain.audience import Audience
from risk_register.domain.record import Record, line, other, prose, refers


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Record):
    """A decision asked of a board; taken once `decided_on` is set.

    `decided_by` says who decided where it was not the board itself: its chair, for one.
    """

    called: ClassVar[str] = "decision"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("answer", "decided_on", "decided_by", "meeting"),
        ("reference", "aliases"),
    )

    programme: UUID = refers("Programme", required=True)
    reference: str = line("Reference", required=True)
    question: str = prose("Decision asked")
    options: str = prose("Options")
    board: UUID = refers("Board", "Asked of", required=True)
    risk: UUID | None = refers("Risk")
    asked_on: date = other("Asked")
    needed_by: date | None = other("Needed by", None)
    answer: str = prose("Decision taken")
    decided_on: date | None = other("Decided", None)
    decided_by: UUID | None = refers("Person", "Decided by")
    meeting: UUID | None = refers("Meeting", "At the meeting")
    followed: str = prose("What followed")
    audience: Audience = other("Audience", Audience.partners)
    aliases: tuple[str, ...] = other("Earlier references", ())

    @property
    def label(self) -> str:
        """Its reference."""
        return self.reference


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Record):
    """That an action follows from a decision."""

    called: ClassVar[str] = "follow-up"

    decision: UUID = refers("Decision", required=True)
    action: UUID = refers("Action", required=True)
