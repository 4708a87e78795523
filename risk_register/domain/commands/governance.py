"""Organisations, people and boards: who sits on them and when they meet."""

from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.cadence import Cadence
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import added, edited, new
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Board, Meeting, Membership, Organisation, Person
from risk_register.domain.record import Record


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
    cadence: Cadence | None = None,
) -> Command:
    """Add a board, group or workstream below the one it reports to."""
    board = new(
        Board,
        programme=programme,
        name=name,
        short=short,
        parent=parent,
        chair=chair,
        purpose=purpose,
        cadence=cadence,
    )
    return lambda _book: Edit(f"Added {board.name}", added(board))


def edit_board(seen: Board, **values: Any) -> Command:  # noqa: ANN401
    """Change a board, group or workstream."""
    return lambda book: edited(book, seen, values)


def edit_organisation(seen: Organisation, **values: Any) -> Command:  # noqa: ANN401
    """Change a partner's name."""
    return lambda book: edited(book, seen, values)


def remove_board(seen: Board) -> Command:
    """Remove a board with its members and meetings. The rules refuse it while anything else names it."""

    def command(book: Book) -> Edit:
        board = book.get(Board, seen.id)
        parts = [*book.where(Membership, "board", board.id), *book.where(Meeting, "board", board.id)]
        return Edit(f"Removed {board.name}", _removed(*parts, board))

    return command


def remove_person(seen: Person) -> Command:
    """Remove somebody who was never to be there, with what they sit on. Who leaves is marked as left instead."""

    def command(book: Book) -> Edit:
        person = book.get(Person, seen.id)
        return Edit(f"Removed {person.label}", _removed(*book.where(Membership, "person", person.id), person))

    return command


def remove_organisation(seen: Organisation) -> Command:
    """Remove a partner. The rules refuse it while somebody is of it."""

    def command(book: Book) -> Edit:
        organisation = book.get(Organisation, seen.id)
        return Edit(f"Removed {organisation.name}", _removed(organisation))

    return command


def _removed(*records: Record) -> tuple[Change, ...]:
    return tuple(Change(record, None) for record in records)


def add_member(*, board: UUID, person: UUID, role: str = "") -> Command:
    """Let somebody sit on a board."""
    membership = new(Membership, board=board, person=person, role=role)

    def command(book: Book) -> Edit:
        names = book.get(Person, person).label, book.get(Board, board).label
        return Edit(f"Added {names[0]} to the {names[1]}", added(membership))

    return command


def edit_member(seen: Membership, **values: Any) -> Command:  # noqa: ANN401
    """Change what somebody is on a board."""

    def command(book: Book) -> Edit:
        names = book.get(Person, seen.person).label, book.get(Board, seen.board).label
        return edited(book, seen, values, of=f"{names[0]} on the {names[1]}")

    return command


def remove_member(seen: Membership) -> Command:
    """Let somebody sit on a board no more."""

    def command(book: Book) -> Edit:
        now = book.get(Membership, seen.id)
        names = book.get(Person, now.person).label, book.get(Board, now.board).label
        return Edit(f"Removed {names[0]} from the {names[1]}", _removed(now))

    return command


def add_meeting(*, board: UUID, on: date, place: str = "", notes: str = "") -> Command:
    """Arrange a meeting, or note one that was held. Raises Refused where the board meets on that day already."""
    meeting = new(Meeting, board=board, on=on, place=place, notes=notes)

    def command(book: Book) -> Edit:
        name = book.get(Board, board).label
        if any(other.on == on and not other.cancelled for other in book.where(Meeting, "board", board)):
            raise Refused(f"The {name} meets on {on:%d/%m/%Y} already.", field="on", value=on)
        return Edit(f"Added the {name}'s {meeting.label}", added(meeting))

    return command


def edit_meeting(seen: Meeting, **values: Any) -> Command:  # noqa: ANN401
    """Move, describe or cancel a meeting."""

    def command(book: Book) -> Edit:
        told = f"the {book.get(Board, seen.board).label}'s {book.get(Meeting, seen.id).label}"
        return edited(book, seen, values, f"Cancelled {told}" if values == {"cancelled": True} else "", of=told)

    return command


def remove_meeting(seen: Meeting) -> Command:
    """Remove a meeting that was never to be there. The rules refuse it once a decision was taken at it."""

    def command(book: Book) -> Edit:
        meeting = book.get(Meeting, seen.id)
        return Edit(f"Removed the {book.get(Board, meeting.board).label}'s {meeting.label}", _removed(meeting))

    return command
