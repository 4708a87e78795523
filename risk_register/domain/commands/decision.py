"""Decisions: asked of a board, taken by it."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain.action import Action
from risk_register.domain.audience import Audience
from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import added, edited, new, next_reference
from risk_register.domain.decision import Decision, FollowUp
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
    options: str = "",
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
        options=options,
    )

    def command(book: Book) -> Edit:
        numbered = replace(decision, reference=next_reference(book, programme, Decision))
        return Edit(f"Asked {book.get(Board, board).label} for {numbered.reference}", added(numbered))

    return command


def edit_decision(seen: Decision, **values: Any) -> Command:  # noqa: ANN401
    """Change what is asked, of whom, by when."""
    return lambda book: edited(book, seen, values)


def record_decision(
    seen: Decision,
    *,
    answer: str,
    on: date,
    where: str = "",
    audience: Audience | None = None,
    **values: Any,  # noqa: ANN401
) -> Command:
    """Record what was decided, or correct it; and, where they are given, by whom, at which meeting and what followed."""

    def command(book: Book) -> Edit:
        told = values | {"answer": answer, "decided_on": on, "audience": audience or seen.audience}
        is_new = (clean(answer), on) != (seen.answer, seen.decided_on)
        label = f"Recorded the decision on {seen.reference}" if is_new else ""
        edit = edited(book, seen, told, label, answer if is_new else "")
        return replace(edit, where=where)

    return command


def add_follow_up(*, decision: UUID, action: UUID) -> Command:
    """Say that an action follows from a decision."""
    link = new(FollowUp, decision=decision, action=action)

    def command(book: Book) -> Edit:
        names = book.get(Action, action).reference, book.get(Decision, decision).reference
        return Edit(f"{names[0]} follows from {names[1]}", added(link))

    return command


def remove_follow_up(seen: FollowUp) -> Command:
    """Say that an action does not follow from a decision."""

    def command(book: Book) -> Edit:
        now = book.get(FollowUp, seen.id)
        names = book.get(Action, now.action).reference, book.get(Decision, now.decision).reference
        return Edit(f"{names[0]} does not follow from {names[1]}", (Change(now, None),))

    return command
