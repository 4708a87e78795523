"""Resources asked and given for an outcome."""

from typing import Any
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import added, edited, new
from risk_register.domain.plan import Outcome
from risk_register.domain.resource import Resource


def add_resource(*, outcome: UUID, what: str, asked: str = "", given: str = "") -> Command:
    """Add something that an outcome needs."""
    resource = new(Resource, outcome=outcome, what=what, asked=asked, given=given)
    return lambda book: Edit(f"Added a resource to {book.get(Outcome, outcome).label.lower()}", added(resource))


def edit_resource(seen: Resource, **values: Any) -> Command:  # noqa: ANN401
    """Change what is asked or given."""

    def command(book: Book) -> Edit:
        return edited(book, seen, values, of=f"a resource of {book.get(Outcome, seen.outcome).label.lower()}")

    return command


def remove_resource(resource: Resource) -> Command:
    """Remove a resource."""

    def command(book: Book) -> Edit:
        outcome = book.get(Outcome, resource.outcome).label.lower()
        return Edit(f"Removed a resource of {outcome}", (Change(book.get(Resource, resource.id), None),))

    return command
