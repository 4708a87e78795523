"""Risks and how they were scored."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar
from uuid import UUID

from risk_register.domain.audience import Audience
from risk_register.domain.record import Record, line, other, prose, refers


class RiskKind(Enum):
    """Whether the event would hurt or help."""

    threat = "Threat"
    opportunity = "Opportunity"


class RiskStatus(Enum):
    """Where a risk stands in its life."""

    draft = "Draft"
    open = "Open"
    closed = "Closed"
    materialised = "Materialised"


class Proximity(Enum):
    """How soon the event may happen (PRINCE2)."""

    imminent = "Imminent"
    within_3_months = "Within 3 months"
    within_year = "Within a year"
    beyond_year = "Beyond a year"


class Response(Enum):
    """What is done about it (PRINCE2 7 and M_o_R)."""

    avoid = "Avoid"
    reduce = "Reduce"
    transfer = "Transfer"
    share = "Share"
    accept = "Accept"
    prepare = "Prepare contingency"
    exploit = "Exploit"
    enhance = "Enhance"


RESPONSES = {
    RiskKind.threat: (
        Response.avoid,
        Response.reduce,
        Response.transfer,
        Response.share,
        Response.accept,
        Response.prepare,
    ),
    RiskKind.opportunity: (
        Response.exploit,
        Response.enhance,
        Response.transfer,
        Response.share,
        Response.accept,
        Response.prepare,
    ),
}
"""The responses that make sense for each kind."""


class AssessmentKind(Enum):
    """Which of a risk's three scores: without controls, as it is, as it should become."""

    inherent = "Inherent"
    current = "Current"
    target = "Target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Record):
    """One scoring of a risk. Never overwritten: a re-scoring adds another.

    `on` is the day it was made, `by` (target only) the day by which it should be reached.
    """

    called: ClassVar[str] = "score"

    risk: UUID = refers("Risk", required=True)
    kind: AssessmentKind = other("Kind")
    likelihood: int = other("Likelihood")
    impact: int = other("Impact")
    on: date = other("Date")
    by: date | None = other("Target date", None)
    where: str = line("Meeting")
    why: str = prose("Reason")

    @property
    def score(self) -> int:
        """Likelihood times impact."""
        return self.likelihood * self.impact

    @property
    def cell(self) -> tuple[int, int]:
        """Likelihood and impact."""
        return self.likelihood, self.impact


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Record):
    """An uncertain event that would matter.

    `inherent`, `current` and `target` name its latest assessment of each kind, `reviewed` its latest review that changed
    nothing; the earlier ones stay in the register. So a re-scoring changes one field, and two people who re-score at
    once are a conflict on that field.
    """

    called: ClassVar[str] = "risk"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("status", "closed_on", "closing_reason"),
        ("reference", "aliases"),
    )

    programme: UUID = refers("Programme", required=True)
    reference: str = line("Reference", required=True)
    title: str = line("Title", required=True)
    kind: RiskKind = other("Kind", RiskKind.threat)
    cause: str = prose("Cause")
    event: str = prose("Event")
    effect: str = prose("Effect")
    category: UUID | None = refers("Category")
    owner: UUID | None = refers("Person", "Owner")
    workstream: UUID | None = refers("Board", "Workstream")
    board: UUID | None = refers("Board", "Overseen by")
    proximity: Proximity | None = other("Proximity", None)
    response: Response | None = other("Response", None)
    raised_on: date = other("Raised")
    status: RiskStatus = other("Status", RiskStatus.open)
    closed_on: date | None = other("Closed", None)
    closing_reason: str = prose("Reason for closing")
    lessons: str = prose("What was learnt")
    inherent: UUID | None = refers("Assessment", "Inherent score")
    current: UUID | None = refers("Assessment", "Current score")
    target: UUID | None = refers("Assessment", "Target score")
    reviewed: UUID | None = refers("Review", "Last review")
    audience: Audience = other("Audience", Audience.partners)
    aliases: tuple[str, ...] = other("Earlier references", ())
    tags: tuple[str, ...] = other("Tags", ())

    @property
    def label(self) -> str:
        """Its reference."""
        return self.reference

    @property
    def statement(self) -> str:
        """Cause, event and effect as one sentence; "" where no event is written."""
        return compose(self.kind, self.cause, self.event, self.effect)


def compose(kind: RiskKind, cause: str, event: str, effect: str) -> str:
    """Because (cause), there is a risk that (event), leading to (effect). What is not written is left out."""
    cause, event, effect = _clause(cause), _clause(event), _clause(effect)
    if not event:
        return ""
    opening = f"Because {cause}, there is" if cause else "There is"
    ending = f", leading to {effect}" if effect else ""
    return f"{opening} {'a risk' if kind is RiskKind.threat else 'an opportunity'} that {event}{ending}."


_LEADS = ("because ", "due to ", "there is a risk that ", "there is an opportunity that ", "leading to ", "risk that ")
_SMALL = {
    "a",
    "an",
    "the",
    "there",
    "this",
    "these",
    "that",
    "those",
    "it",
    "its",
    "we",
    "our",
    "they",
    "their",
    "no",
    "some",
    "all",
    "any",
    "many",
    "few",
    "if",
    "when",
    "in",
    "on",
    "at",
    "as",
    "for",
    "not",
    "each",
    "every",
}


def _clause(text: str) -> str:
    """A fragment as it fits inside a sentence: no full stop, no lead-in that the sentence gives, small first word."""
    text = " ".join(text.split()).rstrip(".;, ")
    for lead in _LEADS:
        if text.lower().startswith(lead):
            text = text[len(lead) :]
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}".rstrip() if first.lower() in _SMALL else text
