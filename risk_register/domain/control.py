"""What already holds a risk down."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar
from uuid import UUID

from risk_register.domain.record import Record, line, other, refers


class Effectiveness(Enum):
    """How well a control works."""

    not_assessed = "Not assessed"
    ineffective = "Ineffective"
    partial = "Partly effective"
    effective = "Effective"


@dataclass(frozen=True, slots=True, kw_only=True)
class Control(Record):
    """Something in place that lowers a risk's likelihood or impact."""

    called: ClassVar[str] = "control"

    risk: UUID = refers("Risk", required=True)
    description: str = line("Control", required=True)
    owner: UUID | None = refers("Person", "Owner")
    effectiveness: Effectiveness = other("Effectiveness", Effectiveness.not_assessed)

    @property
    def label(self) -> str:
        """What it is."""
        return self.description
