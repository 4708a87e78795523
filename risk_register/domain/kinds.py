"""Every kind of record, in an order in which each follows what it must refer to."""

from collections.abc import Mapping

from risk_register.domain.action import Action, Mitigation, Update
from risk_register.domain.category import Category
from risk_register.domain.control import Control
from risk_register.domain.decision import Decision
from risk_register.domain.escalation import Escalation
from risk_register.domain.governance import Board, Organisation, Person
from risk_register.domain.matrix import Matrix
from risk_register.domain.plan import Outcome, OutcomeLink, Recommendation
from risk_register.domain.programme import Programme
from risk_register.domain.record import Record
from risk_register.domain.review import Review
from risk_register.domain.risk import Assessment, Risk
from risk_register.domain.risk_link import RiskLink

KINDS: Mapping[str, type[Record]] = {
    kind.__name__: kind
    for kind in (
        Matrix,
        Programme,
        Organisation,
        Person,
        Board,
        Category,
        Recommendation,
        Outcome,
        Risk,
        Assessment,
        Review,
        Escalation,
        RiskLink,
        OutcomeLink,
        Control,
        Action,
        Mitigation,
        Update,
        Decision,
    )
}

LOG_KINDS = (Assessment, Review, Update)
"""Kinds that only grow. A book holds of them just those that a record it holds refers to; the rest is fetched."""

PREFIXES: Mapping[type[Record], str] = {Risk: "R", Action: "A", Decision: "D"}
"""Kinds that people know by a number: R-001, A-001, D-001."""
