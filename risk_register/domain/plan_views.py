"""Questions that screens and reports ask of the action plan. Nothing here is stored."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.brag import Brag, BragLevel, usual_levels
from risk_register.domain.evidence import Evidence
from risk_register.domain.governance import Board
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome, OutcomeLink, Recommendation
from risk_register.domain.reference import in_order
from risk_register.domain.risk import Risk
from risk_register.domain.text import listed, plural

RECOVERABLE = 28
"""So many days a milestone may be late before the outcome is off track, rather than at risk."""


def in_plan_order(number: str) -> tuple[tuple[int, str], ...]:
    """What numbers of the plan sort by, so that 1.10 comes after 1.9."""
    parts: list[str] = re.findall(r"\d{1,9}|\D+|\d+", number)
    return tuple((int(part), "") if len(part) <= 9 and part.isdecimal() else (-1, part) for part in parts)  # noqa: PLR2004


def recommendations(book: Book, programme: UUID | None) -> list[Recommendation]:
    """The recommendations that a programme's plan answers, by number."""
    return sorted(book.where(Recommendation, "programme", programme), key=lambda item: in_plan_order(item.number))


def outcomes_of(book: Book, recommendation: UUID) -> list[Outcome]:
    """The outcomes of a recommendation, by number."""
    return sorted(book.where(Outcome, "recommendation", recommendation), key=lambda item: in_plan_order(item.number))


def outcomes(book: Book, programme: UUID | None) -> list[Outcome]:
    """The outcomes of a programme's plan, in its order."""
    return [outcome for item in recommendations(book, programme) for outcome in outcomes_of(book, item.id)]


def next_outcome_number(book: Book, recommendation: Recommendation) -> str:
    """The number for one more outcome: 1.8 after 1.7."""
    lasts = (item.number.rpartition(".")[2] for item in outcomes_of(book, recommendation.id))
    return f"{recommendation.number}.{_following(lasts)}"


def next_recommendation_number(book: Book, programme: UUID) -> str:
    """The number for one more recommendation."""
    return str(_following(item.number for item in recommendations(book, programme)))


def _following(numbers: Iterable[str]) -> int:
    return max((int(number) for number in numbers if re.fullmatch("[0-9]{1,6}", number)), default=0) + 1


def milestones_of(book: Book, outcome: UUID) -> list[Milestone]:
    """The milestones of an outcome in the order in which they were promised; those without a date last."""
    found = book.where(Milestone, "outcome", outcome)
    return sorted(found, key=lambda item: (item.baseline or item.due or item.actual or date.max, item.id))


def workstream_of(book: Book, milestone: Milestone) -> UUID | None:
    """The workstream that works on a milestone: its own, else its outcome's."""
    return milestone.workstream or book.get(Outcome, milestone.outcome).workstream


def by_workstream(book: Book, programme: UUID | None) -> list[tuple[Board | None, list[Milestone]]]:
    """All milestones of a plan by the workstream that works on them; those of none come last, under None."""
    found: dict[UUID | None, list[Milestone]] = {}
    for outcome in outcomes(book, programme):
        for milestone in milestones_of(book, outcome.id):
            found.setdefault(workstream_of(book, milestone), []).append(milestone)
    lanes = [(book.find(Board, id), items) for id, items in found.items()]
    return sorted(lanes, key=lambda lane: (lane[0] is None, lane[0].name if lane[0] else ""))


def slipping(book: Book, programme: UUID | None, today: date) -> list[Milestone]:
    """The milestones that are late or expected after their baseline: late ones first, the longest first."""
    found = [
        milestone
        for outcome in outcomes(book, programme)
        for milestone in milestones_of(book, outcome.id)
        if milestone.is_slipping(today)
    ]
    return sorted(found, key=lambda item: (-item.days_late(today), -(item.slippage or 0)))


def how_it_runs(milestone: Milestone, today: date) -> str:
    """How a milestone stands in a few words: `12 days late`, `met 3 days late`, `expected 40 days late`."""
    slip, late = milestone.slippage or 0, milestone.days_late(today)
    if milestone.actual:
        return f"met {plural(slip, 'day')} late" if slip > 0 else "met early" if slip < 0 else "met"
    if late:
        return f"{plural(late, 'day')} late"
    if slip > 0:
        return f"expected {plural(slip, 'day')} late"
    return "on time" if milestone.due else "no date"


def risks_at(book: Book, outcome: UUID) -> list[tuple[OutcomeLink, Risk]]:
    """The risks that bear on an outcome, by reference, each with what links it."""
    found = [(link, book.get(Risk, link.risk)) for link in book.where(OutcomeLink, "outcome", outcome)]
    return sorted(found, key=lambda pair: in_order(pair[1].reference))


def actions_for(book: Book, outcome: UUID) -> list[Action]:
    """The actions that serve an outcome by themselves: open ones first, by expected date."""
    found = book.where(Action, "outcome", outcome)
    return sorted(found, key=lambda item: (not item.is_open, item.expected or date.max, in_order(item.reference)))


# -- how an outcome stands


def brag_levels(book: Book, programme: UUID) -> dict[Brag, BragLevel]:
    """What each status means in a programme; in one that has not written it down, what is usual."""
    # Two copies may have written it down at once: the later ones stand.
    written = {item.status: item for item in sorted(book.where(BragLevel, "programme", programme), key=lambda i: i.id)}
    return {usual.status: written.get(usual.status, usual) for usual in usual_levels(programme)}


def lacks_for_blue(book: Book, outcome: UUID) -> str:
    """Why an outcome can't be blue yet, as a sentence; "" where it can."""
    if book.where(Evidence, "outcome", outcome):
        return ""
    return "Blue needs evidence: add what shows that it is done and embedded, or where that can be read."


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The status that the milestones and the evidence speak for, and why, as a sentence."""

    status: Brag
    why: str


def suggestion(book: Book, outcome: Outcome, today: date) -> Suggestion | None:
    """What an outcome's milestones and evidence say of its status; None where they say nothing."""
    milestones = milestones_of(book, outcome.id)
    dated = [item for item in milestones if item.due or item.actual]
    if not dated:
        return None
    late = [item for item in dated if item.days_late(today)]
    if late:
        longest = max(item.days_late(today) for item in late)
        return Suggestion(Brag.red if longest > RECOVERABLE else Brag.amber, _told(late, "late", longest))
    slipping = [item for item in dated if item.is_slipping(today)]
    if slipping:
        return Suggestion(Brag.amber, _told(slipping, "expected late", max(item.slippage or 0 for item in slipping)))
    if all(item.actual for item in milestones):
        every = "The only milestone is met" if len(milestones) == 1 else f"All {len(milestones)} milestones are met"
        if book.where(Evidence, "outcome", outcome.id):
            return Suggestion(Brag.blue, f"{every}, and there is evidence.")
        return Suggestion(Brag.green, f"{every}. With evidence it could be blue.")
    return Suggestion(Brag.green, "No milestone is late, and none is expected after its baseline.")


def _told(milestones: Sequence[Milestone], how: str, days: int) -> str:
    """`“Protocol agreed” is late, by 48 days.`; of several the greatest number of days."""
    names = [f"“{item.title}”" for item in milestones[:2]]
    more = len(milestones) - len(names)
    told = listed([*names, f"{more} more"] if more else names)
    one = len(milestones) == 1
    return f"{told} {'is' if one else 'are'} {how}, by {'' if one else 'up to '}{plural(days, 'day')}."
