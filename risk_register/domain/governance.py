"""Who is accountable, who does it, which board sees it."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from risk_register.domain.record import Record, line, prose, refers


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
    """Somebody who owns, leads or decides; known by name, by role, or by both."""

    called: ClassVar[str] = "person"

    programme: UUID = refers("Programme", required=True)
    name: str = line("Name")
    role: str = line("Role")
    organisation: UUID | None = refers("Organisation")
    email: str = line("E-mail")

    @property
    def label(self) -> str:
        """The name, or the role of somebody known by role alone."""
        return self.name or self.role


@dataclass(frozen=True, slots=True, kw_only=True)
class Board(Record):
    """A board, a group or a workstream: a node of the governance tree."""

    called: ClassVar[str] = "board"

    programme: UUID = refers("Programme", required=True)
    name: str = line("Name", required=True)
    short: str = line("Short name")
    parent: UUID | None = refers("Board", "Reports to")
    chair: UUID | None = refers("Person", "Chair")
    purpose: str = prose("Purpose")

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short or self.name
