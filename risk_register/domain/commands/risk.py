"""Risks: raising, describing, scoring, closing."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import added, edited, field_names, new, next_reference
from risk_register.domain.errors import Refused
from risk_register.domain.risk import Assessment, AssessmentKind, Proximity, Response, Risk, RiskKind, RiskStatus


def add_risk(
    *,
    programme: UUID,
    title: str,
    raised_on: date,
    kind: RiskKind = RiskKind.threat,
    cause: str = "",
    event: str = "",
    effect: str = "",
    category: UUID | None = None,
    owner: UUID | None = None,
    workstream: UUID | None = None,
    board: UUID | None = None,
    proximity: Proximity | None = None,
    response: Response | None = None,
    status: RiskStatus = RiskStatus.open,
    reference: str = "",
) -> Command:
    """Raise a risk. Without a reference it gets the next one."""
    risk = new(
        Risk,
        programme=programme,
        reference=reference,
        title=title,
        raised_on=raised_on,
        kind=kind,
        cause=cause,
        event=event,
        effect=effect,
        category=category,
        owner=owner,
        workstream=workstream,
        board=board,
        proximity=proximity,
        response=response,
        status=status,
    )

    def command(book: Book) -> Edit:
        numbered = replace(risk, reference=risk.reference or next_reference(book, programme, Risk))
        return Edit(f"Raised {numbered.reference}", added(numbered))

    return command


def edit_risk(seen: Risk, *, why: str = "", **values: Any) -> Command:  # noqa: ANN401
    """Change fields of a risk as its author saw it."""
    return lambda book: edited(book, seen, values, f"Changed {field_names(Risk, values)} of {seen.reference}", why)


def rescore(
    *,
    risk: UUID,
    kind: AssessmentKind,
    likelihood: int,
    impact: int,
    on: date,
    why: str = "",
    by: date | None = None,
    where: str = "",
) -> Command:
    """Score a risk. One dated before the latest of its kind joins the history and leaves today's score as it is."""
    assessment = new(
        Assessment, risk=risk, kind=kind, likelihood=likelihood, impact=impact, on=on, by=by, where=where, why=why
    )

    def command(book: Book) -> Edit:
        now = book.get(Risk, risk)
        latest = book.find(Assessment, getattr(now, kind.name))
        name = f" ({kind.name})" if kind is not AssessmentKind.current else ""
        moved = f"{latest.score} to {assessment.score}" if latest else f"{assessment.score}"
        changes = added(assessment)
        if latest is None or latest.on <= on:
            label = f"{'Re-scored' if latest else 'Scored'} {now.reference}{name}: {moved}"
            points: dict[str, Any] = {kind.name: assessment.id}
            changes += (Change(now, replace(now, **points)),)
        else:
            label = f"Added an earlier score of {now.reference}{name}: {assessment.score} on {on:%d/%m/%Y}"
        return Edit(label, changes, where=assessment.where, why=assessment.why)

    return command


def close_risk(*, risk: UUID, reason: str, on: date, where: str = "") -> Command:
    """Close a risk, with the reason that a board will ask for."""

    def command(book: Book) -> Edit:
        now = book.get(Risk, risk)
        if now.status is RiskStatus.closed:
            raise Refused(f"{now.reference} is closed already.", field="status", value=now.status)
        edit = edited(
            book,
            now,
            {"status": RiskStatus.closed, "closed_on": on, "closing_reason": reason},
            f"Closed {now.reference}",
            reason,
        )
        return replace(edit, where=where)

    return command


def reopen_risk(*, risk: UUID, why: str = "") -> Command:
    """Open a risk that is draft, closed or materialised."""

    def command(book: Book) -> Edit:
        now = book.get(Risk, risk)
        values = {"status": RiskStatus.open, "closed_on": None, "closing_reason": ""}
        return edited(
            book, now, values, f"{'Opened' if now.status.name == 'draft' else 'Reopened'} {now.reference}", why
        )

    return command


def materialise_risk(*, risk: UUID, why: str = "") -> Command:
    """Say that the event has happened."""
    values = {"status": RiskStatus.materialised, "closed_on": None, "closing_reason": ""}

    def command(book: Book) -> Edit:
        now = book.get(Risk, risk)
        return edited(book, now, values, f"{now.reference} materialised", why)

    return command
