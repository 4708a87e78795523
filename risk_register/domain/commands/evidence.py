"""Evidence of an outcome."""

from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import added, edited, new
from risk_register.domain.evidence import Evidence
from risk_register.domain.plan import Outcome


def add_evidence(*, outcome: UUID, shows: str, link: str = "", on: date | None = None) -> Command:
    """Add what shows progress on an outcome."""
    evidence = new(Evidence, outcome=outcome, shows=shows, link=link, on=on)
    return lambda book: Edit(f"Added evidence of {book.get(Outcome, outcome).label.lower()}", added(evidence))


def edit_evidence(seen: Evidence, **values: Any) -> Command:  # noqa: ANN401
    """Change what a piece of evidence shows, where it is, or its day."""

    def command(book: Book) -> Edit:
        return edited(book, seen, values, of=f"evidence of {book.get(Outcome, seen.outcome).label.lower()}")

    return command


def remove_evidence(evidence: Evidence) -> Command:
    """Remove a piece of evidence."""

    def command(book: Book) -> Edit:
        outcome = book.get(Outcome, evidence.outcome).label.lower()
        return Edit(f"Removed evidence of {outcome}", (Change(book.get(Evidence, evidence.id), None),))

    return command
