"""Controls of a risk."""

from typing import Any
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import added, edited, new
from risk_register.domain.control import Control, Effectiveness
from risk_register.domain.risk import Risk


def add_control(
    *,
    risk: UUID,
    description: str,
    owner: UUID | None = None,
    effectiveness: Effectiveness = Effectiveness.not_assessed,
) -> Command:
    """Add a control to a risk."""
    control = new(Control, risk=risk, description=description, owner=owner, effectiveness=effectiveness)
    return lambda book: Edit(f"Added a control to {book.get(Risk, risk).reference}", added(control))


def edit_control(seen: Control, **values: Any) -> Command:  # noqa: ANN401
    """Change a control."""

    def command(book: Book) -> Edit:
        return edited(book, seen, values, of=f"a control of {book.get(Risk, seen.risk).reference}")

    return command


def remove_control(control: Control) -> Command:
    """Remove a control."""

    def command(book: Book) -> Edit:
        reference = book.get(Risk, control.risk).reference
        return Edit(f"Removed a control of {reference}", (Change(book.get(Control, control.id), None),))

    return command
