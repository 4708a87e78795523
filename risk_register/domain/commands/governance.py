"""Organisations, people and boards."""

from typing import Any
from uuid import UUID

from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.edits import added, edited, new
from risk_register.domain.governance import Board, Organisation, Person


def add_organisation(*, programme: UUID, name: str, short: str = "") -> Command:
    """Add a partner."""
    organisation = new(Organisation, programme=programme, name=name, short=short)
    return lambda _book: Edit(f"Added {organisation.name}", added(organisation))


def add_person(
    *, programme: UUID, name: str = "", role: str = "", organisation: UUID | None = None, email: str = ""
) -> Command:
    """Add somebody, by name, by role, or by both."""
    person = new(Person, programme=programme, name=name, role=role, organisation=organisation, email=email)
    return lambda _book: Edit(f"Added {person.label}", added(person))


def edit_person(seen: Person, **values: Any) -> Command:  # noqa: ANN401
    """Change what is known of somebody."""
    return lambda book: edited(book, seen, values)


def add_board(
    *,
    programme: UUID,
    name: str,
    short: str = "",
    parent: UUID | None = None,
    chair: UUID | None = None,
    purpose: str = "",
) -> Command:
    """Add a board, group or workstream below the one it reports to."""
    board = new(Board, programme=programme, name=name, short=short, parent=parent, chair=chair, purpose=purpose)
    return lambda _book: Edit(f"Added {board.name}", added(board))


def edit_board(seen: Board, **values: Any) -> Command:  # noqa: ANN401
    """Change a board, group or workstream."""
    return lambda book: edited(book, seen, values)


def edit_organisation(seen: Organisation, **values: Any) -> Command:  # noqa: ANN401
    """Change a partner's name."""
    return lambda book: edited(book, seen, values)
