"""The partnership's self-evaluation (SEF), and the forward work programme that follows from it."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar
from uuid import UUID

from risk_register.domain.action import Delivery
from risk_register.domain.record import Record, line, other, prose, refers


class Grade(Enum):
    """How the partnership judges itself on a theme.

    The words are those of the three outcomes of an area SEND inspection (Ofsted and CQC, Area SEND inspections: framework
    and handbook, 2023), so that the partnership and its inspectors speak of the same thing.
    """

    unjudged = "Not judged yet"
    positive = "Typically positive"
    inconsistent = "Inconsistent"
    failing = "Widespread or systemic failings"


class Scope(Enum):
    """Which part of the system a theme covers."""

    both = "SEND and AP"
    send = "SEND"
    ap = "AP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Record):
    """One theme of the self-evaluation: how good it is, how we know, and what has to become better."""

    called: ClassVar[str] = "theme"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (("grade", "judged_on"),)

    programme: UUID = refers("Programme", required=True)
    number: str = line("Number")
    name: str = line("Theme", required=True)
    scope: Scope = other("Covers", Scope.both)
    lead: UUID | None = refers("Person", "Lead")
    grade: Grade = other("Judgement", Grade.unjudged)
    judged_on: date | None = other("Judged on", None)
    strengths: str = prose("Strengths")
    areas: str = prose("Areas for development")
    evidence: str = prose("Evidence")

    @property
    def label(self) -> str:
        """`2 Participation`."""
        return f"{self.number} {self.name}".lstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardStep(Record):
    """A step of the forward work programme: what is done next about a theme, by whom and by when."""

    called: ClassVar[str] = "step"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (("delivery", "done_on"),)

    theme: UUID = refers("Theme", required=True)
    title: str = line("Next step", required=True)
    owner: UUID | None = refers("Person", "Owner")
    due: date | None = other("Due", None)
    outcome: UUID | None = refers("Outcome")
    delivery: Delivery = other("Delivery", Delivery.not_started)
    done_on: date | None = other("Done on", None)

    @property
    def label(self) -> str:
        """What is done."""
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.delivery in (Delivery.not_started, Delivery.in_progress)

    def days_late(self, today: date) -> int:
        """How many days an open step is past its day; 0 if it is not."""
        return max(0, (today - self.due).days) if self.is_open and self.due else 0
