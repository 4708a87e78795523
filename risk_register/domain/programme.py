"""The programme whose risks are kept."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from risk_register.domain.record import Record, line, prose, refers


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Record):
    """A change programme; one register holds several. Its partners are its organisations."""

    called: ClassVar[str] = "programme"

    name: str = line("Name", required=True)
    description: str = prose("Description")
    matrix: UUID = refers("Matrix", required=True)

    @property
    def label(self) -> str:
        """Its name."""
        return self.name
