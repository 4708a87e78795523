"""What an outcome needs, and what it was given."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from risk_register.domain.record import Record, line, refers


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(Record):
    """Money, people or time for an outcome; asked and given in pounds or in words: `£48,000`, `two days a week`."""

    called: ClassVar[str] = "resource"

    outcome: UUID = refers("Outcome", required=True)
    what: str = line("Resource", required=True)
    asked: str = line("Asked")
    given: str = line("Given")

    @property
    def label(self) -> str:
        """What it is."""
        return self.what
