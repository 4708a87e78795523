import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from risk_register.domain import forward, plan_views, progress, views
from risk_register.domain.action import Action, Impact
from risk_register.domain.brag import Brag
from risk_register.domain.cadence import Cadence
from risk_register.domain.evaluation import Scope, Theme
from risk_register.domain.evidence import Evidence
from risk_register.domain.governance import Board, Organisation
from risk_register.domain.measure import Measure
from risk_register.domain.plan import Outcome, Recommendation
from risk_register.domain.programme import Programme
from risk_register.domain.progress import Standing
from risk_register.domain.resource import Resource
from risk_register.domain.risk import Assessment, AssessmentKind, Risk
from risk_register.exchange.sample import RESOURCES
from risk_register.store.register import Register

PLAN = Path(__file__).parents[3] / "shared" / "seed" / "strategic-action-plan-recommendation-1.txt"


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_outcomes_of_recommendation_1_have_their_five_parts(sample: Register) -> None:
    outcomes = list(sample.book.all(Outcome))
    assert sample.book.count(Recommendation) == 1
    assert len(outcomes) >= 7
    for outcome in outcomes:
        assert outcome.want, outcome.label
        assert outcome.will_do, outcome.label


@pytest.mark.skipif(not PLAN.exists(), reason="the plan itself is not handed out with the program")
def test_every_part_of_every_outcome_is_word_for_word_the_plans(sample: Register) -> None:
    plan = words(PLAN.read_text(encoding="utf-8"))
    for outcome in sample.book.all(Outcome):
        for part in (outcome.want, outcome.will_do, outcome.where_now, outcome.will_see, outcome.difference):
            for line in part.split("\n"):
                assert words(line) in plan, f"{outcome.label}: {line}"


def test_every_open_risk_is_stated_owned_by_a_role_and_placed_in_a_category(sample: Register) -> None:
    programme = next(iter(sample.book.all(Programme)))
    risks = views.live_risks(sample.book, programme.id)
    assert len(risks) >= 15
    for risk in risks:
        assert risk.cause, risk.reference
        assert risk.event, risk.reference
        assert risk.effect, risk.reference
        assert views.shown(sample.book, risk, "owner"), risk.reference
        assert views.shown(sample.book, risk, "category"), risk.reference
        for kind in AssessmentKind:
            assert views.score(sample.book, risk, kind), f"{risk.reference} {kind.value}"


def test_its_scores_go_back_six_months_so_that_movement_has_something_to_show(sample: Register) -> None:
    days = [item.on for risk in sample.book.all(Risk) for item in sample.fetch(Assessment, "risk", risk.id)]
    assert max(days) - min(days) >= timedelta(days=182)
    assert max(days) <= date.today()
    programme = next(iter(sample.book.all(Programme))).id
    then = sample.as_at(date.today() - timedelta(days=61))
    moved = {item.direction.name for item in views.movements(then, sample.book, programme)}
    assert {"up", "down", "unchanged", "new"} <= moved


def test_it_names_boards_and_partners_and_has_late_and_coming_actions(sample: Register) -> None:
    programme = next(iter(sample.book.all(Programme))).id
    assert {"HWBB", "SEND Board"} <= {board.label for board in sample.book.all(Board)}
    assert any(board.parent for board in sample.book.all(Board))
    assert sample.book.count(Organisation) >= 4
    assert views.late_actions(sample.book, programme, date.today())
    assert any(action.expected and action.expected > date.today() for action in sample.book.all(Action))
    assert views.open_decisions(sample.book, programme)


def test_every_outcome_has_dated_milestones_a_workstream_and_the_plan_all_that_a_plan_has(sample: Register) -> None:
    book, today = sample.book, date.today()
    outcomes = list(book.all(Outcome))
    for outcome in outcomes:
        assert outcome.workstream, outcome.label
        milestones = plan_views.milestones_of(book, outcome.id)
        assert len(milestones) >= 3, outcome.label
        assert all(item.baseline and item.lead for item in milestones), outcome.label
    assert {outcome.status for outcome in outcomes} == set(Brag)
    assert book.count(Evidence) >= 4
    assert any(item.asked and not item.given for item in book.all(Resource))
    assert plan_views.slipping(book, next(iter(book.all(Programme))).id, today)
    judged = {item.label: (item.status, plan_views.suggestion(book, item, today)) for item in outcomes}
    assert any(found and found.status is not status for status, found in judged.values()), "there is what to differ on"
    assert {item.impact for item in book.all(Action)} >= {Impact.none, Impact.some, Impact.as_intended}


def test_its_measures_have_a_year_of_readings_and_stand_differently(sample: Register) -> None:
    measures = list(sample.book.all(Measure))
    assert 5 <= len(measures) <= 8
    for measure in measures:
        assert measure.definition, measure.name
        assert measure.owner, measure.name
        assert measure.outcome, measure.name
        assert measure.baseline is not None, measure.name
        assert measure.target is not None, measure.name
        readings = progress.readings_of(sample.book, measure.id)
        if measure.cadence is Cadence.monthly:
            assert len(readings) >= 10, measure.name
            assert readings[-1].on - readings[0].on >= timedelta(days=330)
    found = {progress.judge(sample.book, measure, date.today()).standing for measure in measures}
    assert found >= {Standing.worse, Standing.behind, Standing.on_trajectory, Standing.reached, Standing.stale}


def test_its_self_evaluation_covers_send_and_alternative_provision_and_leads_to_outcomes(sample: Register) -> None:
    programme = next(iter(sample.book.all(Programme))).id
    themes = list(sample.book.all(Theme))
    assert {theme.scope for theme in themes} == set(Scope)
    assert len({theme.grade for theme in themes}) >= 3
    assert all(theme.strengths and theme.areas and theme.lead for theme in themes)
    steps = forward.programme_steps(sample.book, programme)
    assert all(step.outcome and step.owner and step.due for step in steps)
    assert any(step.days_late(date.today()) for step in steps)
    assert any(step.done_on for step in steps)


def test_it_was_made_through_commands_each_in_history(sample: Register) -> None:
    steps = json.loads((RESOURCES / "sample.json").read_text(encoding="utf-8"))["steps"]
    assert len(sample.history(limit=10_000)) == len(steps)
    assert not list(sample.problems())
    assert all(past.edit.when <= datetime.now().astimezone() for past in sample.history(limit=10_000))


def test_it_invents_no_persons_name(sample: Register) -> None:
    told = (RESOURCES / "sample.json").read_text(encoding="utf-8")
    assert not re.search(r'"name": "(Mr|Mrs|Ms|Dr|Cllr)\b', told)
    from risk_register.domain.governance import Person

    assert all(person.role and not person.name for person in sample.book.all(Person))
