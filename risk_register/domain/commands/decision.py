"""Decisions: asked of a board, taken by it."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain.audience import Audience
from risk_register.domain.book import Book
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.edits import added, edited, new, next_reference
from risk_register.domain.decision import Decision
from risk_register.domain.governance import Board
from risk_register.domain.text import clean


def ask_decision(
    *,
    programme: UUID,
    question: str,
    board: UUID,
    asked_on: date,
    needed_by: date | None = None,
    risk: UUID | None = None,
    audience: Audience = Audience.partners,
) -> Command:
    """Ask a board to decide something."""
    decision = new(
        Decision,
        programme=programme,
        reference="",
        question=question,
        board=board,
        asked_on=asked_on,
        needed_by=needed_by,
        risk=risk,
        audience=audience,
    )

    def command(book: Book) -> Edit:
        numbered = replace(decision, reference=next_reference(book, programme, Decision))
        return Edit(f"Asked {book.get(Board, board).label} for {numbered.reference}", added(numbered))

    return command


def edit_decision(seen: Decision, **values: Any) -> Command:  # noqa: ANN401
    """Change what is asked, of whom, by when."""
    return lambda book: edited(book, seen, values)


def record_decision(
    seen: Decision, *, answer: str, on: date, where: str = "", audience: Audience | None = None
) -> Command:
    """Record what a board decided, or correct it; and where it is given, for whose eyes that is."""

    def command(book: Book) -> Edit:
        values = {"answer": answer, "decided_on": on, "audience": audience or seen.audience}
        is_new = (clean(answer), on) != (seen.answer, seen.decided_on)
        label = f"Recorded the decision on {seen.reference}" if is_new else ""
        edit = edited(book, seen, values, label, answer if is_new else "")
        return replace(edit, where=where)

    return command
