"""Who is accountable, who does it, which board sees it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from risk_register.domain.cadence import Cadence
from risk_register.domain.record import Record, line, other, prose, refers
from risk_register.domain.text import short_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """A partner in the programme: the council, the ICB, a school, the parent carer forum."""

    called: ClassVar[str] = "organisation"

    programme: UUID = refers("Programme", required=True)
    name: str = line("Name", required=True)
    short: str = line("Short name")

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Somebody who owns, leads or decides; known by name, by role, or by both. From `left_on` on they do not any more."""

    called: ClassVar[str] = "person"

    programme: UUID = refers("Programme", required=True)
    name: str = line("Name")
    role: str = line("Role")
    organisation: UUID | None = refers("Organisation")
    email: str = line("E-mail")
    left_on: date | None = other("Left on", None)

    @property
    def label(self) -> str:
        """The name, or the role of somebody known by role alone."""
        return self.name or self.role

    def has_left(self, today: date) -> bool:
        """Whether they are gone."""
        return self.left_on is not None and self.left_on <= today


@dataclass(frozen=True, slots=True, kw_only=True)
class Board(Record):
    """A board, a group or a workstream: a node of the governance tree."""

    called: ClassVar[str] = "board"

    programme: UUID = refers("Programme", required=True)
    name: str = line("Name", required=True)
    short: str = line("Short name")
    parent: UUID | None = refers("Board", "Reports to")
    chair: UUID | None = refers("Person", "Chair")
    purpose: str = prose("Terms of reference")
    cadence: Cadence | None = other("Meets", None)

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Record):
    """That somebody sits on a board, and as what. The chair is the board's own field."""

    called: ClassVar[str] = "membership"

    board: UUID = refers("Board", required=True)
    person: UUID = refers("Person", "Member", required=True)
    role: str = line("Role on the board")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Record):
    """One meeting of a board, arranged or held. One that was cancelled stays, for its papers name it."""

    called: ClassVar[str] = "meeting"

    board: UUID = refers("Board", required=True)
    on: date = other("Date")
    place: str = line("Place")
    cancelled: bool = other("Cancelled", False)
    notes: str = prose("Notes")

    @property
    def label(self) -> str:
        """Its day."""
        return f"meeting of {short_day(self.on)}"
