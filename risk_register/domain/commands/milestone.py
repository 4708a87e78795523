"""Milestones of an outcome."""

from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import added, edited, new
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome


def add_milestone(
    *,
    outcome: UUID,
    title: str,
    lead: UUID | None = None,
    workstream: UUID | None = None,
    baseline: date | None = None,
) -> Command:
    """Add a milestone to an outcome."""
    milestone = new(Milestone, outcome=outcome, title=title, lead=lead, workstream=workstream, baseline=baseline)
    return lambda book: Edit(f"Added a milestone to {book.get(Outcome, outcome).label.lower()}", added(milestone))


def edit_milestone(seen: Milestone, *, why: str = "", **values: Any) -> Command:  # noqa: ANN401
    """Change a milestone: its dates, who leads it, what is in its way."""

    def command(book: Book) -> Edit:
        outcome = book.get(Outcome, seen.outcome).label.lower()
        label = f"Met a milestone of {outcome}" if values.get("actual") and not seen.actual else ""
        return edited(book, seen, values, label, why, of=f"a milestone of {outcome}")

    return command


def remove_milestone(milestone: Milestone) -> Command:
    """Remove a milestone."""

    def command(book: Book) -> Edit:
        outcome = book.get(Outcome, milestone.outcome).label.lower()
        return Edit(f"Removed a milestone of {outcome}", (Change(book.get(Milestone, milestone.id), None),))

    return command
