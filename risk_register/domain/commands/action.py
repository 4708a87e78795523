"""Actions: asking, chasing, finishing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain.action import Action, Delivery, Mitigation, Update
from risk_register.domain.audience import Audience
from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import Unchanged, added, edited, new, next_reference
from risk_register.domain.errors import Conflict, Refused
from risk_register.domain.plan import Outcome
from risk_register.domain.risk import Risk
from risk_register.domain.text import clean, listed


def add_action(
    *,
    programme: UUID,
    title: str,
    risks: Sequence[UUID] = (),
    owner: UUID | None = None,
    expected: date | None = None,
    detail: str = "",
    reference: str = "",
    audience: Audience = Audience.partners,
    outcome: UUID | None = None,
) -> Command:
    """Add an action that serves risks, or an outcome of the plan. Without a reference it gets the next one."""
    action = new(
        Action,
        programme=programme,
        reference=reference,
        title=title,
        owner=owner,
        expected=expected,
        detail=detail,
        audience=audience,
        outcome=outcome,
    )
    links = [new(Mitigation, action=action.id, risk=risk) for risk in dict.fromkeys(risks)]

    def command(book: Book) -> Edit:
        numbered = replace(action, reference=action.reference or next_reference(book, programme, Action))
        served = listed([book.get(Risk, link.risk).reference for link in links])
        if outcome and not links:
            served = book.get(Outcome, outcome).label.lower()
        label = f"Added {numbered.reference}" + (f" for {served}" if served else "")
        return Edit(label, added(numbered, *links))

    return command


def edit_action(seen: Action, *, why: str = "", **values: Any) -> Command:  # noqa: ANN401
    """Change fields of an action as its author saw it."""
    return lambda book: edited(book, seen, values, why=why)


def note_progress(seen: Action, *, text: str, on: date, percent: int | None = None) -> Command:
    """Add a dated update; the percentage, where given, becomes the action's, and 100 does not yet mean done."""
    update = new(Update, action=seen.id, on=on, text=text, percent=percent)
    values: dict[str, Any] = {} if percent is None else {"percent": percent}
    if seen.delivery is Delivery.not_started:
        values["delivery"] = Delivery.in_progress

    def command(book: Book) -> Edit:
        label = f"Noted progress of {book.get(Action, seen.id).reference}"
        note = Edit(label, added(update), why=update.text)
        try:
            moved = edited(book, seen, values, label)
        except Unchanged:
            return note
        except Conflict as conflict:  # the note itself is a record of its own, and can't be in anybody's way
            return replace(note, stale=conflict.stale)
        return replace(note, changes=note.changes + moved.changes, stale=moved.stale)

    return command


def complete_action(seen: Action, *, on: date, note: str = "") -> Command:
    """Say that an action was done on a day."""
    note = clean(note)
    update = (new(Update, action=seen.id, on=on, text=note, percent=100),) if note else ()
    values = {"delivery": Delivery.done, "percent": 100, "actual": on}

    def command(book: Book) -> Edit:
        if book.get(Action, seen.id).delivery is Delivery.done:
            raise Unchanged
        done = edited(book, seen, values, f"Completed {seen.reference}", note)
        return replace(done, changes=done.changes + added(*update))

    return command


def reopen_action(seen: Action, *, why: str = "") -> Command:
    """Say that an action is not done, or not cancelled, after all."""
    values = {"delivery": Delivery.in_progress, "actual": None, "percent": min(seen.percent, 99)}
    return lambda book: edited(book, seen, values, f"Reopened {seen.reference}", why)


def link_action(*, action: UUID, risk: UUID) -> Command:
    """Let an action serve one more risk."""
    link = new(Mitigation, action=action, risk=risk)

    def command(book: Book) -> Edit:
        names = book.get(Action, action).reference, book.get(Risk, risk).reference
        if any(item.risk == risk for item in book.where(Mitigation, "action", action)):
            raise Refused(f"{names[0]} serves {names[1]} already.", field="risk", value=risk)
        return Edit(f"Linked {names[0]} to {names[1]}", added(link))

    return command


def unlink_action(*, action: UUID, risk: UUID) -> Command:
    """Let an action serve one risk less."""

    def command(book: Book) -> Edit:
        names = book.get(Action, action).reference, book.get(Risk, risk).reference
        links = [item for item in book.where(Mitigation, "action", action) if item.risk == risk]
        if not links:
            raise Refused(f"{names[0]} does not serve {names[1]}.", field="risk", value=risk)
        return Edit(f"Unlinked {names[0]} from {names[1]}", tuple(Change(link, None) for link in links))

    return command
