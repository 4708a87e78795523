"""The action plan: recommendations, outcomes, and the risks that bear on them."""

from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import added, new
from risk_register.domain.errors import Refused
from risk_register.domain.plan import Outcome, OutcomeLink, Recommendation
from risk_register.domain.risk import Risk


def add_recommendation(*, programme: UUID, number: str, text: str) -> Command:
    """Add a recommendation that the plan answers."""
    recommendation = new(Recommendation, programme=programme, number=number, text=text)
    return lambda _book: Edit(f"Added {recommendation.label.lower()}", added(recommendation))


def add_outcome(
    *,
    recommendation: UUID,
    number: str,
    want: str,
    will_do: str = "",
    where_now: str = "",
    will_see: str = "",
    difference: str = "",
    lead: UUID | None = None,
    board: UUID | None = None,
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
    )
    return lambda _book: Edit(f"Added {outcome.label.lower()}", added(outcome))


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
