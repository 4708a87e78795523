"""The screens, in the order of the sidebar: how each is made, and the kinds of record that it shows."""

from collections.abc import Callable, Mapping

from risk_register.domain.action import Action
from risk_register.domain.evaluation import ForwardStep, Theme
from risk_register.domain.evidence import Evidence
from risk_register.domain.governance import Board, Meeting, Membership, Organisation, Person
from risk_register.domain.issue import Assumption, Dependency, Issue
from risk_register.domain.measure import Measure
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome, Recommendation
from risk_register.domain.record import Record
from risk_register.domain.resource import Resource
from risk_register.domain.risk import Risk
from ui.desk import Desk
from ui.screen import Screen

# Each module is imported when its screen is first shown, so that the first paint is quick.


def _overview(desk: Desk) -> Screen:
    from ui.overview import Overview  # noqa: PLC0415

    return Overview(desk)


def _register(desk: Desk) -> Screen:
    from ui.register import RegisterScreen  # noqa: PLC0415

    return RegisterScreen(desk)


def _heatmap(desk: Desk) -> Screen:
    from ui.heatmap import HeatMapScreen  # noqa: PLC0415

    return HeatMapScreen(desk)


def _actions(desk: Desk) -> Screen:
    from ui.actions import ActionsScreen  # noqa: PLC0415

    return ActionsScreen(desk)


def _plan(desk: Desk) -> Screen:
    from ui.plan import PlanScreen  # noqa: PLC0415

    return PlanScreen(desk)


def _measures(desk: Desk) -> Screen:
    from ui.measures import MeasuresScreen  # noqa: PLC0415

    return MeasuresScreen(desk)


def _evaluation(desk: Desk) -> Screen:
    from ui.evaluation import EvaluationScreen  # noqa: PLC0415

    return EvaluationScreen(desk)


def _issues(desk: Desk) -> Screen:
    from ui.issues import IssuesScreen  # noqa: PLC0415

    return IssuesScreen(desk)


def _governance(desk: Desk) -> Screen:
    from ui.governance import GovernanceScreen  # noqa: PLC0415

    return GovernanceScreen(desk)


def _history(desk: Desk) -> Screen:
    from ui.history import HistoryScreen  # noqa: PLC0415

    return HistoryScreen(desk)


_SCREENS: Mapping[str, tuple[Callable[[Desk], Screen], tuple[type[Record], ...]]] = {
    "Overview": (_overview, ()),
    "Register": (_register, (Risk,)),
    "Heat map": (_heatmap, ()),
    "Actions": (_actions, (Action,)),
    "Issues": (
        _issues,
        (
            Issue,
            Assumption,
            Dependency,
        ),
    ),
    "Plan": (
        _plan,
        (
            Recommendation,
            Outcome,
            Milestone,
            Resource,
            Evidence,
        ),
    ),
    "Measures": (_measures, (Measure,)),
    "Self-evaluation": (
        _evaluation,
        (
            Theme,
            ForwardStep,
        ),
    ),
    "Governance": (
        _governance,
        (
            Person,
            Board,
            Organisation,
            Membership,
            Meeting,
        ),
    ),
    "History": (_history, ()),
}

MAKERS = {name: make for name, (make, _) in _SCREENS.items()}
"""How each screen is made, by name."""

SHOWN_IN = {kind: name for name, (_, kinds) in _SCREENS.items() for kind in kinds}
"""The screen on which a kind of record is edited, or read; what is missing has a dialog of its own."""
