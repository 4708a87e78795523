"""Recommendations, outcomes and what belongs to them, each made, changed, removed and brought back."""

from datetime import date
from uuid import UUID

import pytest

from risk_register.domain.action import Action, Impact
from risk_register.domain.audience import Audience
from risk_register.domain.brag import Brag
from risk_register.domain.change import undo
from risk_register.domain.commands.action import add_action, edit_action
from risk_register.domain.commands.evidence import edit_evidence, remove_evidence
from risk_register.domain.commands.milestone import edit_milestone, remove_milestone
from risk_register.domain.commands.plan import (
    edit_outcome,
    edit_recommendation,
    judge_outcome,
    link_outcome,
    remove_outcome,
    remove_recommendation,
)
from risk_register.domain.commands.resource import add_resource, edit_resource, remove_resource
from risk_register.domain.errors import Conflict
from risk_register.domain.evidence import Evidence
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome, OutcomeLink, Recommendation
from risk_register.domain.resource import Resource
from risk_register.domain.views import for_audience
from risk_register.store.register import Register
from tests.making import Made, first_id
from tests.planning import Plan, planned


@pytest.fixture
def plan(made: Made) -> Plan:
    return planned(made)


def full(plan: Plan) -> UUID:
    """Give the outcome one of everything; returns the id of its action."""
    plan.milestone(baseline=date(2026, 6, 1))
    plan.evidence()
    plan.run(add_resource(outcome=plan.outcome, what="A project officer", asked="£48,000", given="£24,000"))
    plan.run(link_outcome(risk=plan.made.risk, outcome=plan.outcome))
    return first_id(plan.run(add_action(programme=plan.made.programme, title="Ask", outcome=plan.outcome)))


def test_each_edit_says_in_history_what_it_did(plan: Plan) -> None:
    full(plan)
    milestone, evidence, resource = (next(plan.book.all(kind)) for kind in (Milestone, Evidence, Resource))
    labels = [
        plan.run(command).label
        for command in (
            edit_recommendation(plan.answered(), text="Leaders lead"),
            edit_outcome(plan.now(), lead=plan.made.owner, where_now="Unclear"),
            edit_milestone(milestone, forecast=date(2026, 7, 1), why="The chair was away"),
            edit_milestone(milestone, actual=date(2026, 6, 3)),
            edit_evidence(evidence, link="https://example.org/minutes"),
            edit_resource(resource, given="£48,000"),
        )
    ]
    assert labels == [
        "Changed recommendation of recommendation 1",
        "Changed where are we now and lead of outcome 1.1",
        "Changed forecast of a milestone of outcome 1.1",
        "Met a milestone of outcome 1.1",
        "Changed link or file of evidence of outcome 1.1",
        "Changed given of a resource of outcome 1.1",
    ]


def test_a_plan_is_the_same_after_everything_is_taken_back_and_the_file_reopened(plan: Plan) -> None:
    full(plan)
    whole = plan.book
    milestone, resource = next(plan.book.all(Milestone)), next(plan.book.all(Resource))
    done = [
        plan.run(edit_milestone(milestone, forecast=date(2026, 7, 1))),
        plan.run(judge_outcome(plan.now(), status=Brag.blue, reason="Embedded")),
        plan.run(judge_outcome(plan.now(), status=None)),
        plan.run(remove_milestone(milestone)),
        plan.run(remove_resource(resource)),
        plan.run(edit_outcome(plan.now(), difference="Children are helped in time")),
    ]
    changed, path = plan.book, plan.made.register.path
    plan.made.register.close()
    with Register.open(path, who="me") as again:
        assert again.book == changed
        for edit in reversed(done):
            again.run(undo(edit))
        assert again.book == whole
        assert not list(again.problems())


def test_who_removes_an_outcome_removes_what_is_its_own_and_keeps_its_actions_and_risks(plan: Plan) -> None:
    action = full(plan)
    before = plan.book
    edit = plan.run(remove_outcome(plan.now()))
    assert edit.label == "Removed outcome 1.1"
    assert [plan.book.count(kind) for kind in (Outcome, Milestone, Evidence, Resource, OutcomeLink)] == [0] * 5
    assert plan.book.get(Action, action).outcome is None
    plan.run(undo(edit))
    assert plan.book == before


def test_who_removes_a_recommendation_is_told_how_many_outcomes_go_with_it(plan: Plan) -> None:
    full(plan)
    edit = plan.run(remove_recommendation(plan.answered()))
    assert edit.label == "Removed recommendation 1 and 1 outcome"
    assert not plan.book.count(Recommendation)
    plan.run(undo(edit))
    assert plan.now().want == "Accountability"


def test_a_status_and_its_reason_are_one(plan: Plan) -> None:
    """Else a colleague's reason could stand beside one's own status."""
    seen = plan.now()
    plan.run(judge_outcome(seen, status=Brag.amber, reason="One milestone slips; a meeting is called"))
    with pytest.raises(Conflict):
        plan.run(judge_outcome(seen, status=Brag.green, reason="On track"))


def test_an_action_says_what_it_moves(plan: Plan) -> None:
    action = plan.made.now_action()
    assert action.impact is Impact.not_known
    edit = plan.run(edit_action(action, impact=Impact.some, outcome=plan.outcome))
    assert edit.label == "Changed impact and outcome of A-001"


def test_a_restricted_action_for_an_outcome_is_hidden_and_the_outcome_is_not(plan: Plan) -> None:
    action = full(plan)
    plan.run(edit_action(plan.book.get(Action, action), audience=Audience.restricted))
    seen = for_audience(plan.book, Audience.partners)
    assert seen.find(Action, action) is None
    assert seen.find(Outcome, plan.outcome) == plan.now()
    assert seen.count(Milestone) == 1


def test_the_history_of_an_outcome_has_what_became_of_its_parts(plan: Plan) -> None:
    full(plan)
    plan.run(remove_evidence(next(plan.book.all(Evidence))))
    labels = [past.edit.label for past in plan.made.register.history(plan.now())]
    assert labels[:2] == ["Removed evidence of outcome 1.1", "Added A-002 for outcome 1.1"]
    assert "Added a milestone to outcome 1.1" in labels
