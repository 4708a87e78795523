"""What is being done about risks."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar
from uuid import UUID

from risk_register.domain.audience import Audience
from risk_register.domain.record import Record, line, number, other, prose, refers


class Delivery(Enum):
    """How far an action has come."""

    not_started = "Not started"
    in_progress = "In progress"
    done = "Done"
    cancelled = "Cancelled"


class Impact(Enum):
    """What an action has moved so far: whether the measure or the score that it is for goes the right way."""

    not_known = "Not yet known"
    none = "None"
    some = "Some"
    as_intended = "As intended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Record):
    """A mitigation; one may serve many risks, or an outcome of the plan. When it is late, `barrier` says why.

    It carries two statuses: `delivery`, how far it has come, and `impact`, whether that makes the difference it should.
    """

    called: ClassVar[str] = "action"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (("delivery", "percent", "actual"), ("reference", "aliases"))

    programme: UUID = refers("Programme", required=True)
    reference: str = line("Reference", required=True)
    title: str = line("Title", required=True)
    detail: str = prose("Detail")
    owner: UUID | None = refers("Person", "Owner")
    expected: date | None = other("Expected", None)
    delivery: Delivery = other("Delivery", Delivery.not_started)
    percent: int = number("Percent done", 0, 0, 100)
    actual: date | None = other("Done on", None)
    barrier: str = prose("Barrier")
    impact: Impact = other("Impact", Impact.not_known)
    outcome: UUID | None = refers("Outcome")
    audience: Audience = other("Audience", Audience.partners)
    aliases: tuple[str, ...] = other("Earlier references", ())
    tags: tuple[str, ...] = other("Tags", ())

    @property
    def label(self) -> str:
        """Its reference."""
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.delivery in (Delivery.not_started, Delivery.in_progress)

    def days_late(self, today: date) -> int:
        """How many days an open action is past its expected date; 0 if it is not."""
        return max(0, (today - self.expected).days) if self.is_open and self.expected else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mitigation(Record):
    """That an action serves a risk."""

    called: ClassVar[str] = "mitigation"

    action: UUID = refers("Action", required=True)
    risk: UUID = refers("Risk", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update(Record):
    """A dated note on an action's progress. Never overwritten; so adding one can't conflict."""

    called: ClassVar[str] = "update"

    action: UUID = refers("Action", required=True)
    on: date = other("Date")
    text: str = prose("Progress")
    percent: int | None = other("Percent done", None)
