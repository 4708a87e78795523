"""Every kind of record, in an order in which each follows what it must refer to."""

from collections.abc import Mapping

from risk_register.domain.action import Action, Mitigation, Update
from risk_register.domain.brag import BragLevel
from risk_register.domain.category import Category
from risk_register.domain.control import Control
from risk_register.domain.custom_field import ActionValue, CustomField, RiskValue
from risk_register.domain.decision import Decision, FollowUp
from risk_register.domain.escalation import Escalation
from risk_register.domain.evaluation import ForwardStep, Theme
from risk_register.domain.evidence import Evidence
from risk_register.domain.governance import Board, Meeting, Membership, Organisation, Person
from risk_register.domain.issue import Assumption, Dependency, Issue
from risk_register.domain.matrix import Matrix
from risk_register.domain.measure import ExpectedValue, Measure, Reading
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome, OutcomeLink, Recommendation
from risk_register.domain.programme import Programme
from risk_register.domain.record import Record
from risk_register.domain.resource import Resource
from risk_register.domain.review import Review
from risk_register.domain.risk import Assessment, Risk
from risk_register.domain.risk_link import RiskLink

KINDS: Mapping[str, type[Record]] = {
    kind.__name__: kind
    for kind in (
        Matrix,
        Programme,
        BragLevel,
        Organisation,
        Person,
        Board,
        Membership,
        Meeting,
        Category,
        Recommendation,
        Outcome,
        Milestone,
        Resource,
        Evidence,
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
        Measure,
        ExpectedValue,
        Reading,
        Theme,
        ForwardStep,
        CustomField,
        RiskValue,
        ActionValue,
        FollowUp,
        Issue,
        Assumption,
        Dependency,
    )
}

LOG_KINDS = (Assessment, Review, Update)
"""Kinds that only grow. A book holds of them just those that a record it holds refers to; the rest is fetched."""

PREFIXES: Mapping[type[Record], str] = {
    Risk: "R",
    Action: "A",
    Decision: "D",
    Issue: "I",
    Assumption: "AS",
    Dependency: "DP",
}
"""Kinds that people know by a number: R-001, A-001, D-001."""

WITH_PARTS: tuple[type[Record], ...] = (*PREFIXES, Outcome)
"""Kinds whose history is that of what hangs on them too."""
