"""What shows that an outcome is reached."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from risk_register.domain.record import Record, line, other, refers


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Record):
    """What shows progress on an outcome: in words, and where it can be read: an address or the path of a file."""

    called: ClassVar[str] = "piece of evidence"

    outcome: UUID = refers("Outcome", required=True)
    shows: str = line("Evidence", required=True)
    link: str = line("Link or file")
    on: date | None = other("Dated", None)

    @property
    def label(self) -> str:
        """What it shows."""
        return self.shows
