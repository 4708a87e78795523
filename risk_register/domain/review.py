"""Looking at a risk again and finding it unchanged."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from risk_register.domain.record import Record, line, other, prose, refers


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Record):
    """One review that changed nothing. One that changes the score is an Assessment, and counts as a review too."""

    called: ClassVar[str] = "review"

    risk: UUID = refers("Risk", required=True)
    on: date = other("Reviewed")
    note: str = prose("Note")
    where: str = line("Meeting")

    @property
    def label(self) -> str:
        """The day it was made."""
        return f"{self.on:%d/%m/%Y}"
