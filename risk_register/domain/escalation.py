"""Handing a risk up or down the governance tree."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar
from uuid import UUID

from risk_register.domain.record import Record, line, other, prose, refers


class Answer(Enum):
    """What the board that is asked says: it takes the risk over, or hands it back."""

    accepted = "Accepted"
    returned = "Returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation(Record):
    """A risk put to another board to oversee; open until that board has answered."""

    called: ClassVar[str] = "escalation"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (("answer", "answered_on", "words"),)

    risk: UUID = refers("Risk", required=True)
    from_board: UUID | None = refers("Board", "From")
    to_board: UUID = refers("Board", "To", required=True)
    reason: str = prose("Reason")
    on: date = other("Escalated")
    where: str = line("Meeting")
    answer: Answer | None = other("Answer", None)
    answered_on: date | None = other("Answered", None)
    words: str = prose("The board's words")

    @property
    def label(self) -> str:
        """The day it was made."""
        return f"{self.on:%d/%m/%Y}"
