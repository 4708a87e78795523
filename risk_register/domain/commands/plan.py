"""The action plan: recommendations, outcomes and how they stand, and the risks that bear on them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.brag import Brag, BragLevel, usual_levels
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import added, edited, new
from risk_register.domain.errors import Refused
from risk_register.domain.evaluation import ForwardStep
from risk_register.domain.evidence import Evidence
from risk_register.domain.measure import Measure
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome, OutcomeLink, Recommendation
from risk_register.domain.plan_views import brag_levels
from risk_register.domain.resource import Resource
from risk_register.domain.risk import Risk
from risk_register.domain.text import plural


def add_recommendation(*, programme: UUID, number: str, text: str = "") -> Command:
    """Add a recommendation that the plan answers."""
    recommendation = new(Recommendation, programme=programme, number=number, text=text)
    return lambda _book: Edit(f"Added {recommendation.label.lower()}", added(recommendation))


def edit_recommendation(seen: Recommendation, **values: Any) -> Command:  # noqa: ANN401
    """Change the number or the text of a recommendation."""
    return lambda book: edited(book, seen, values, of=seen.label.lower())


def remove_recommendation(recommendation: Recommendation) -> Command:
    """Take a recommendation out of the plan, with its outcomes and all that belongs to them."""

    def command(book: Book) -> Edit:
        now = book.get(Recommendation, recommendation.id)
        outcomes = book.where(Outcome, "recommendation", now.id)
        lost = [change for outcome in outcomes for change in _without(book, outcome)]
        told = f" and {plural(len(outcomes), 'outcome')}" if outcomes else ""
        return Edit(f"Removed {now.label.lower()}{told}", (*lost, Change(now, None)))

    return command


def add_outcome(
    *,
    recommendation: UUID,
    number: str,
    want: str = "",
    will_do: str = "",
    where_now: str = "",
    will_see: str = "",
    difference: str = "",
    lead: UUID | None = None,
    board: UUID | None = None,
    workstream: UUID | None = None,
) -> Command:
    """Add an outcome in its five parts."""
    outcome = new(
        Outcome,
        recommendation=recommendation,
        number=number,
        want=want,
        will_do=will_do,
        where_now=where_now,
        will_see=will_see,
        difference=difference,
        lead=lead,
        board=board,
        workstream=workstream,
    )
    return lambda _book: Edit(f"Added {outcome.label.lower()}", added(outcome))


def edit_outcome(seen: Outcome, **values: Any) -> Command:  # noqa: ANN401
    """Change the parts of an outcome, or who answers for it."""
    return lambda book: edited(book, seen, values, of=seen.label.lower())


def judge_outcome(seen: Outcome, *, status: Brag | None, reason: str = "", where: str = "") -> Command:
    """Say how an outcome stands, and why. None takes the judgement back."""

    def command(book: Book) -> Edit:
        programme = book.get(Recommendation, seen.recommendation).programme
        word = brag_levels(book, programme)[status].word.lower() if status else "without a status"
        label = f"Judged {seen.label.lower()} {word}"
        return replace(edited(book, seen, {"status": status, "status_reason": reason}, label, reason), where=where)

    return command


def remove_outcome(outcome: Outcome) -> Command:
    """Take an outcome out of the plan, with its milestones, resources, evidence and links; what serves or shows it stays."""

    def command(book: Book) -> Edit:
        now = book.get(Outcome, outcome.id)
        return Edit(f"Removed {now.label.lower()}", tuple(_without(book, now)))

    return command


def _without(book: Book, outcome: Outcome) -> Iterator[Change]:
    for action in book.where(Action, "outcome", outcome.id):
        yield Change(action, replace(action, outcome=None))
    for measure in book.where(Measure, "outcome", outcome.id):
        yield Change(measure, replace(measure, outcome=None))
    for step in book.where(ForwardStep, "outcome", outcome.id):
        yield Change(step, replace(step, outcome=None))
    for kind in (Milestone, Resource, Evidence, OutcomeLink):
        for record in book.where(kind, "outcome", outcome.id):
            yield Change(record, None)
    yield Change(outcome, None)


def write_brag_down(programme: UUID) -> Command:
    """Begin to write down what each status means, from what is usual; in a programme of an older version."""

    def command(book: Book) -> Edit:
        written = {item.status for item in book.where(BragLevel, "programme", programme)}
        missing = [item for item in usual_levels(programme) if item.status not in written]
        return Edit("Wrote down what the BRAG statuses mean", added(*missing))

    return command


def edit_brag(seen: BragLevel, **values: Any) -> Command:  # noqa: ANN401
    """Change the word, the definition or the colour of a status."""
    return lambda book: edited(book, seen, values, of=f"the status {seen.label.lower()}")


def link_outcome(*, risk: UUID, outcome: UUID) -> Command:
    """Say that a risk bears on an outcome."""
    link = new(OutcomeLink, risk=risk, outcome=outcome)

    def command(book: Book) -> Edit:
        names = book.get(Risk, risk).reference, book.get(Outcome, outcome).label.lower()
        if any(item.outcome == outcome for item in book.where(OutcomeLink, "risk", risk)):
            raise Refused(f"{names[0]} is linked to {names[1]} already.", field="outcome", value=outcome)
        return Edit(f"Linked {names[0]} to {names[1]}", added(link))

    return command


def unlink_outcome(link: OutcomeLink) -> Command:
    """Say that a risk does not bear on an outcome after all."""

    def command(book: Book) -> Edit:
        names = book.get(Risk, link.risk).reference, book.get(Outcome, link.outcome).label.lower()
        return Edit(f"Unlinked {names[0]} from {names[1]}", (Change(book.get(OutcomeLink, link.id), None),))

    return command
