"""What the plan says of itself: order, slippage, and the status that its milestones speak for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from risk_register.domain import plan_views
from risk_register.domain.brag import Brag, BragLevel
from risk_register.domain.change import Change, Edit
from risk_register.domain.commands.governance import add_board
from risk_register.domain.commands.plan import add_outcome, edit_brag, edit_outcome, write_brag_down
from risk_register.domain.ids import new_id
from risk_register.domain.milestone import Milestone
from tests.making import TODAY, Made, first_id
from tests.planning import planned


def in_days(number: int) -> date:
    return TODAY + timedelta(days=number)


def test_numbers_of_the_plan_sort_as_people_count() -> None:
    numbers = ["1.10", "2.1", "1.9", "1.2", "1.2a", "B"]
    assert sorted(numbers, key=plan_views.in_plan_order) == ["B", "1.2", "1.2a", "1.9", "1.10", "2.1"]


@pytest.mark.parametrize(
    ("baseline", "forecast", "actual", "slippage", "late", "words"),
    [
        (None, None, None, None, 0, "no date"),
        (in_days(10), None, None, 0, 0, "on time"),
        (in_days(-3), None, None, 0, 3, "3 days late"),
        (in_days(-3), in_days(7), None, 10, 0, "expected 10 days late"),
        (in_days(-30), in_days(-1), None, 29, 1, "1 day late"),
        (in_days(-9), in_days(5), in_days(-2), 7, 0, "met 7 days late"),
        (in_days(-9), None, in_days(-10), -1, 0, "met early"),
        (None, None, in_days(-10), None, 0, "met"),
        (None, in_days(4), None, None, 0, "on time"),
    ],
)
def test_slippage_and_lateness_follow_from_the_dates(
    baseline: date | None, forecast: date | None, actual: date | None, slippage: int | None, late: int, words: str
) -> None:
    milestone = Milestone(id=new_id(), outcome=new_id(), title="M", baseline=baseline, forecast=forecast, actual=actual)
    assert milestone.slippage == slippage
    assert milestone.days_late(TODAY) == late
    assert milestone.is_slipping(TODAY) is (actual is None and (late > 0 or (slippage or 0) > 0))
    assert plan_views.how_it_runs(milestone, TODAY) == words


def test_nothing_is_suggested_where_no_milestone_has_a_date(made: Made) -> None:
    plan = planned(made)
    assert plan_views.suggestion(plan.book, plan.now(), TODAY) is None
    plan.milestone()
    assert plan_views.suggestion(plan.book, plan.now(), TODAY) is None


def test_the_suggested_status_follows_the_milestones_and_the_evidence_and_says_why(made: Made) -> None:
    plan = planned(made)

    def suggested() -> tuple[Brag, str]:
        found = plan_views.suggestion(plan.book, plan.now(), TODAY)
        assert found
        return found.status, found.why

    plan.milestone("First", baseline=in_days(-40), actual=in_days(-40))
    assert suggested() == (Brag.green, "The only milestone is met. With evidence it could be blue.")
    plan.evidence()
    assert suggested() == (Brag.blue, "The only milestone is met, and there is evidence.")
    plan.milestone("Second", baseline=in_days(9))
    assert suggested() == (Brag.green, "No milestone is late, and none is expected after its baseline.")
    plan.milestone("Third", baseline=in_days(-9), forecast=in_days(12))
    assert suggested() == (Brag.amber, "“Third” is expected late, by 21 days.")
    plan.milestone("Fourth", baseline=in_days(-28))
    assert suggested() == (Brag.amber, "“Fourth” is late, by 28 days.")
    plan.milestone("Fifth", baseline=in_days(-29))
    assert suggested() == (Brag.red, "“Fifth” and “Fourth” are late, by up to 29 days.")


def test_milestones_go_by_their_own_workstream_else_by_their_outcomes(made: Made) -> None:
    plan = planned(made)
    first, second = (
        first_id(made.run(add_board(programme=made.programme, name=name))) for name in ("B team", "A team")
    )
    plan.run(edit_outcome(plan.now(), workstream=first))
    plan.milestone("Of the outcome's", baseline=in_days(5))
    other = plan.milestone("Of its own")
    plan.run(lambda _: Edit("Moved", (Change(other, replace(other, workstream=second)),)))
    unplaced = first_id(plan.run(add_outcome(recommendation=plan.recommendation, number="1.2")))
    plan.run(lambda _: Edit("Added", (Change(None, Milestone(id=new_id(), outcome=unplaced, title="Of none")),)))
    lanes = plan_views.by_workstream(plan.book, made.programme)
    assert [(board.name if board else None, [item.title for item in items]) for board, items in lanes] == [
        ("A team", ["Of its own"]),
        ("B team", ["Of the outcome's"]),
        (None, ["Of none"]),
    ]


def test_late_milestones_come_before_those_that_slip_and_met_ones_not_at_all(made: Made) -> None:
    plan = planned(made)
    plan.milestone("Met late", baseline=in_days(-9), actual=in_days(-1))
    plan.milestone("Slips", baseline=in_days(-9), forecast=in_days(9))
    plan.milestone("Late", baseline=in_days(-2))
    plan.milestone("Later", baseline=in_days(-5))
    plan.milestone("On time", baseline=in_days(5))
    found = plan_views.slipping(plan.book, made.programme, TODAY)
    assert [item.title for item in found] == ["Later", "Late", "Slips"]


def test_the_next_numbers_go_on_from_the_highest(made: Made) -> None:
    plan = planned(made)
    plan.run(add_outcome(recommendation=plan.recommendation, number="1.9"))
    assert plan_views.next_outcome_number(plan.book, plan.answered()) == "1.10"
    assert plan_views.next_recommendation_number(plan.book, made.programme) == "2"


def test_a_programme_writes_down_what_its_statuses_mean(made: Made) -> None:
    levels = plan_views.brag_levels(made.register.book, made.programme)
    assert list(levels) == list(Brag)
    made.run(edit_brag(levels[Brag.amber], word="Yellow", rule="At some risk", colour="#ffee00"))
    amber = plan_views.brag_levels(made.register.book, made.programme)[Brag.amber]
    assert (amber.word, amber.rule, amber.colour) == ("Yellow", "At some risk", "#ffee00")


def test_a_programme_of_an_older_version_has_the_usual_meanings_until_it_writes_its_own(made: Made) -> None:
    kept = list(made.register.book.all(BragLevel))
    made.run(lambda _: Edit("As an older version left it", tuple(Change(level, None) for level in kept)))
    assert plan_views.brag_levels(made.register.book, made.programme)[Brag.red].word == "Red"
    made.run(write_brag_down(made.programme))
    assert made.register.book.count(BragLevel) == len(Brag)
