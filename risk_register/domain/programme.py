"""The programme whose risks are kept."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from risk_register.domain.appetite import LEVELS, Appetite
from risk_register.domain.record import Record, line, other, prose, refers


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Record):
    """A change programme; one register holds several. Its partners are its organisations.

    `appetites` is what it calls the levels of appetite, the most careful first.
    """

    called: ClassVar[str] = "programme"

    name: str = line("Name", required=True)
    description: str = prose("Description")
    matrix: UUID = refers("Matrix", required=True)
    appetites: tuple[str, ...] = other("Appetite levels", LEVELS)

    @property
    def label(self) -> str:
        """Its name."""
        return self.name

    def level(self, appetite: Appetite) -> str:
        """What it calls a level of appetite."""
        return self.appetites[list(Appetite).index(appetite)]
