"""Risks: raising, describing, scoring, closing."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain.audience import for_new
from risk_register.domain.book import Book
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.edits import added, edited, new, next_reference
from risk_register.domain.errors import Refused
from risk_register.domain.issue import Issue, IssueKind
from risk_register.domain.risk import Assessment, AssessmentKind, Proximity, Response, Risk, RiskKind, RiskStatus
from risk_register.domain.standing import lacks_to_open
from risk_register.domain.text import listed


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
    return lambda book: edited(book, seen, values, why=why)


def rescore(
    seen: Risk,
    *,
    kind: AssessmentKind,
    likelihood: int,
    impact: int,
    on: date,
    why: str = "",
    by: date | None = None,
    where: str = "",
) -> Command:
    """Score a risk as its author saw it. One dated before the latest of its kind only joins the history.

    Raises Conflict where somebody else has re-scored it since.
    """
    assessment = new(
        Assessment, risk=seen.id, kind=kind, likelihood=likelihood, impact=impact, on=on, by=by, where=where, why=why
    )

    def command(book: Book) -> Edit:
        now = book.get(Risk, seen.id)
        latest = book.find(Assessment, getattr(now, kind.name))
        name = f" ({kind.name})" if kind is not AssessmentKind.current else ""
        if latest is not None and on < latest.on:
            label = f"Added an earlier score of {now.reference}{name}: {assessment.score} on {on:%d/%m/%Y}"
            return Edit(label, added(assessment), assessment.where, assessment.why)
        moved = f"{latest.score} to {assessment.score}" if latest else f"{assessment.score}"
        label = f"{'Re-scored' if latest else 'Scored'} {now.reference}{name}: {moved}"
        pointed = edited(book, seen, {kind.name: assessment.id}, label, assessment.why)
        return replace(pointed, changes=added(assessment) + pointed.changes, where=assessment.where)

    return command


def close_risk(seen: Risk, *, reason: str, on: date, where: str = "", lessons: str = "") -> Command:
    """Close a risk, with the reason that a board will ask for, and what was learnt."""

    def command(book: Book) -> Edit:
        if book.get(Risk, seen.id).status is RiskStatus.closed:
            raise Refused(f"{seen.reference} is closed already.", field="status", value=RiskStatus.closed)
        values: dict[str, Any] = {"status": RiskStatus.closed, "closed_on": on, "closing_reason": reason}
        if lessons:
            values["lessons"] = lessons
        return replace(edited(book, seen, values, f"Closed {seen.reference}", reason), where=where)

    return command


def reopen_risk(seen: Risk, *, why: str = "") -> Command:
    """Open a risk that is draft, closed or materialised. What was learnt stays. Raises Refused where a draft lacks something."""
    values = {"status": RiskStatus.open, "closed_on": None, "closing_reason": ""}
    verb = "Opened" if seen.status is RiskStatus.draft else "Reopened"

    def command(book: Book) -> Edit:
        now = book.get(Risk, seen.id)
        if now.status is RiskStatus.draft and (lacks := lacks_to_open(now)):
            raise Refused(f"{now.reference} lacks {listed(lacks)}. Write that first, then open it.", field="status")
        return edited(book, seen, values, f"{verb} {seen.reference}", why)

    return command


def materialise_risk(seen: Risk, *, on: date, why: str = "") -> Command:
    """Say that the event has happened. What is to be dealt with now is raised as an issue in the same edit."""
    values = {"status": RiskStatus.materialised, "closed_on": None, "closing_reason": ""}

    def command(book: Book) -> Edit:
        happened = edited(book, seen, values, f"{seen.reference} materialised", why)
        now = book.get(Risk, seen.id)
        if happened.stale or any(issue.resolved_on is None for issue in book.where(Issue, "risk", now.id)):
            return happened
        issue = new(
            Issue,
            programme=now.programme,
            reference=next_reference(book, now.programme, Issue),
            title=now.title,
            kind=IssueKind.materialised,
            detail=why,
            risk=now.id,
            owner=now.owner,
            board=now.board,
            raised_on=on,
            audience=for_new(now.audience),
        )
        label = f"{seen.reference} materialised: {issue.reference}"
        return replace(happened, label=label, changes=happened.changes + added(issue))

    return command
