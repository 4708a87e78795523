"""Rules of the plan, met through the register as a person meets them."""

from datetime import timedelta
from typing import Any

import pytest

from risk_register.domain.brag import Brag, BragLevel
from risk_register.domain.change import undo
from risk_register.domain.commands.evidence import add_evidence, remove_evidence
from risk_register.domain.commands.milestone import edit_milestone
from risk_register.domain.commands.plan import (
    add_outcome,
    add_recommendation,
    edit_brag,
    edit_outcome,
    judge_outcome,
    remove_outcome,
)
from risk_register.domain.errors import Refused
from tests.making import TODAY, Made
from tests.planning import Plan, planned


@pytest.fixture
def plan(made: Made) -> Plan:
    return planned(made)


def refused(plan: Plan, command: Any) -> Refused:
    before = plan.book
    with pytest.raises(Refused) as caught:
        plan.run(command)
    assert plan.book is before, "nothing was kept"
    assert str(caught.value).endswith("."), "a whole sentence"
    return caught.value


def test_blue_needs_evidence(plan: Plan) -> None:
    error = refused(plan, judge_outcome(plan.now(), status=Brag.blue, reason="Done"))
    assert (error.field, str(error)[:20]) == ("status", "Blue needs evidence:")
    plan.evidence()
    plan.run(judge_outcome(plan.now(), status=Brag.blue, reason="Done"))
    assert plan.now().status is Brag.blue


def test_the_last_evidence_of_a_blue_outcome_stays(plan: Plan) -> None:
    first = plan.evidence()
    plan.run(judge_outcome(plan.now(), status=Brag.blue))
    assert "Outcome 1.1 is blue because of this evidence" in str(refused(plan, remove_evidence(first)))
    second = plan.evidence("A survey")
    plan.run(remove_evidence(first))
    plan.run(judge_outcome(plan.now(), status=Brag.green))
    plan.run(remove_evidence(second))


def test_a_blue_outcome_can_be_removed_with_its_evidence_and_undo_brings_both_back(plan: Plan) -> None:
    plan.evidence()
    plan.run(judge_outcome(plan.now(), status=Brag.blue))
    before = plan.book
    plan.run(undo(plan.run(remove_outcome(plan.now()))))
    assert plan.book == before


@pytest.mark.parametrize("status", [Brag.amber, Brag.red])
def test_what_is_not_on_track_needs_a_reason(plan: Plan, status: Brag) -> None:
    error = refused(plan, judge_outcome(plan.now(), status=status, reason=" "))
    assert error.field == "status_reason"
    edit = plan.run(judge_outcome(plan.now(), status=status, reason="The chairs differ; an extra meeting settles it"))
    assert edit.label == f"Judged outcome 1.1 {status.name}"
    assert edit.why == plan.now().status_reason


def test_a_milestone_is_not_met_before_its_day_has_come(plan: Plan) -> None:
    milestone = plan.milestone(baseline=TODAY)
    error = refused(plan, edit_milestone(milestone, actual=TODAY + timedelta(days=4_000)))
    assert (error.field, "is still to come" in str(error)) == ("actual", True)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ms-word:ofe|u|https://x", "ftp://host/a", "file:///etc/passwd"]
)
def test_a_link_that_is_no_address_of_the_web_and_no_path_is_refused(plan: Plan, link: str) -> None:
    assert refused(plan, add_evidence(outcome=plan.outcome, shows="It", link=link)).field == "link"


@pytest.mark.parametrize(
    "link", ["https://a.example/b?c=d:e", "C:\\Plans\\a.docx", "\\\\server\\share\\a.pdf", "/srv/a.pdf", ""]
)
def test_addresses_and_paths_are_links(plan: Plan, link: str) -> None:
    plan.run(add_evidence(outcome=plan.outcome, shows="It", link=link))


def test_no_two_outcomes_or_recommendations_have_the_same_number(plan: Plan) -> None:
    assert refused(plan, add_outcome(recommendation=plan.recommendation, number="1.1")).field == "number"
    assert refused(plan, add_recommendation(programme=plan.made.programme, number="1")).field == "number"
    plan.run(edit_outcome(plan.now(), want="Something else"))


def test_a_status_has_a_colour_that_can_be_painted_and_a_word_of_its_own(plan: Plan) -> None:
    amber = next(level for level in plan.book.all(BragLevel) if level.status is Brag.amber)
    assert refused(plan, edit_brag(amber, colour="orange")).field == "colour"
    assert refused(plan, edit_brag(amber, word="green")).field == "word"
    assert refused(plan, edit_brag(amber, word="")).field == "word"
