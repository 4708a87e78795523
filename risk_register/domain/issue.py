"""What stands beside risks in a programme's log: issues, assumptions, and dependencies between partners."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar
from uuid import UUID

from risk_register.domain.audience import Audience
from risk_register.domain.record import Record, line, other, prose, refers


class IssueKind(Enum):
    """What has gone wrong: the seed plan asks for barriers, delays and systemic issues; a risk that happened is one too."""

    materialised = "Materialised risk"
    barrier = "Barrier"
    delay = "Delay"
    systemic = "Systemic problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Record):
    """Something that has happened and must be dealt with (PRINCE2); over once `resolved_on` is set."""

    called: ClassVar[str] = "issue"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (("resolved_on", "resolution"), ("reference", "aliases"))

    programme: UUID = refers("Programme", required=True)
    reference: str = line("Reference", required=True)
    title: str = line("Title", required=True)
    kind: IssueKind = other("Kind", IssueKind.barrier)
    detail: str = prose("What it is and whom it touches")
    risk: UUID | None = refers("Risk", "Came from")
    owner: UUID | None = refers("Person", "Owner")
    board: UUID | None = refers("Board", "Overseen by")
    raised_on: date = other("Raised")
    resolved_on: date | None = other("Resolved", None)
    resolution: str = prose("How it was resolved")
    audience: Audience = other("Audience", Audience.partners)
    aliases: tuple[str, ...] = other("Earlier references", ())

    @property
    def label(self) -> str:
        """Its reference."""
        return self.reference


class AssumptionState(Enum):
    """Whether what was taken for granted has proved so."""

    holds = "Holds"
    doubtful = "In doubt"
    wrong = "Proved wrong"
    confirmed = "Confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption(Record):
    """What the plan takes for granted. `risk` is the one that it hides: what happens if it is wrong."""

    called: ClassVar[str] = "assumption"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (("reference", "aliases"),)

    programme: UUID = refers("Programme", required=True)
    reference: str = line("Reference", required=True)
    title: str = line("Assumption", required=True)
    detail: str = prose("What it rests on, and what follows if it is wrong")
    state: AssumptionState = other("State", AssumptionState.holds)
    risk: UUID | None = refers("Risk", "Risk if it is wrong")
    owner: UUID | None = refers("Person", "Owner")
    check_by: date | None = other("Check by", None)
    audience: Audience = other("Audience", Audience.partners)
    aliases: tuple[str, ...] = other("Earlier references", ())

    @property
    def label(self) -> str:
        """Its reference."""
        return self.reference


class DependencyState(Enum):
    """How far what is needed has come."""

    asked = "Asked"
    agreed = "Agreed"
    delivered = "Delivered"
    dropped = "No longer needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency(Record):
    """What one partner needs of another, and by when: who is waiting on whom."""

    called: ClassVar[str] = "dependency"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (("reference", "aliases"),)

    programme: UUID = refers("Programme", required=True)
    reference: str = line("Reference", required=True)
    title: str = line("What is needed", required=True)
    detail: str = prose("What it is for, and what waits for it")
    waiting: UUID | None = refers("Organisation", "Who waits")
    giving: UUID | None = refers("Organisation", "On whom")
    owner: UUID | None = refers("Person", "Owner")
    board: UUID | None = refers("Board", "Overseen by")
    needed_by: date | None = other("Needed by", None)
    state: DependencyState = other("State", DependencyState.asked)
    audience: Audience = other("Audience", Audience.partners)
    aliases: tuple[str, ...] = other("Earlier references", ())

    @property
    def label(self) -> str:
        """Its reference."""
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether it is still waited for."""
        return self.state in (DependencyState.asked, DependencyState.agreed)

    def days_late(self, today: date) -> int:
        """How many days what is waited for is past its day; 0 if it is not."""
        return max(0, (today - self.needed_by).days) if self.is_open and self.needed_by else 0
