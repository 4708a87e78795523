from datetime import date
from pathlib import Path
from typing import Any

import pytest

from risk_register.domain.action import Delivery
from risk_register.domain.change import undo
from risk_register.domain.commands.evaluation import (
    add_step,
    add_theme,
    complete_step,
    edit_step,
    edit_theme,
    judge_theme,
    remove_step,
    remove_theme,
    reopen_step,
)
from risk_register.domain.commands.plan import add_outcome, add_recommendation
from risk_register.domain.errors import Conflict, Refused
from risk_register.domain.evaluation import ForwardStep, Grade, Scope, Theme
from risk_register.store.register import Register
from tests.making import Made, first_id

JUDGED = date(2026, 9, 1)


@pytest.fixture
def theme(made: Made) -> Theme:
    edit = made.run(add_theme(programme=made.programme, number="1", name="Identification", scope=Scope.ap))
    return made.register.book.get(Theme, first_id(edit))


def step_of(made: Made, theme: Theme, **values: Any) -> ForwardStep:
    edit = made.run(add_step(theme=theme.id, title="Audit the advice", **values))
    return made.register.book.get(ForwardStep, first_id(edit))


def test_a_theme_and_its_steps_are_kept_removed_and_come_back(made: Made, theme: Theme, tmp_path: Path) -> None:
    plan = first_id(made.run(add_recommendation(programme=made.programme, number="1", text="Lead")))
    outcome = first_id(made.run(add_outcome(recommendation=plan, number="1.1", want="Accountability")))
    step = step_of(made, theme, owner=made.owner, due=date(2027, 1, 31), outcome=outcome)
    made.run(edit_theme(theme, strengths="Health visitors\nfind needs early", evidence="Audit, June"))
    made.run(complete_step(step, on=JUDGED))
    whole = made.register.book
    assert whole.get(Theme, theme.id).label == "1 Identification"
    removed = made.run(remove_theme(theme))
    assert not made.register.book.count(Theme)
    assert not made.register.book.count(ForwardStep)
    made.run(undo(removed))
    assert made.register.book == whole
    made.register.close()
    with Register.open(tmp_path / "programme.riskreg") as again:
        assert again.book == whole
        assert not list(again.problems())


def test_a_judgement_has_its_day_and_loses_it_with_it(made: Made, theme: Theme) -> None:
    edit = made.run(judge_theme(theme, grade=Grade.inconsistent, on=JUDGED, why="Two audits differ"))
    assert edit.label == "Judged “Identification”: inconsistent"
    now = made.register.book.get(Theme, theme.id)
    assert (now.grade, now.judged_on) == (Grade.inconsistent, JUDGED)
    with pytest.raises(Conflict):
        made.run(judge_theme(theme, grade=Grade.positive, on=JUDGED))
    made.run(judge_theme(now, grade=Grade.unjudged, on=JUDGED))
    assert made.register.book.get(Theme, theme.id).judged_on is None


def test_a_step_is_done_on_a_day_reopened_and_removed(made: Made, theme: Theme) -> None:
    step = step_of(made, theme)
    made.run(complete_step(step, on=JUDGED))
    done = made.register.book.get(ForwardStep, step.id)
    assert (done.delivery, done.done_on) == (Delivery.done, JUDGED)
    made.run(reopen_step(done))
    assert made.register.book.get(ForwardStep, step.id).is_open
    made.run(remove_step(made.register.book.get(ForwardStep, step.id)))
    assert not made.register.book.count(ForwardStep)


def test_what_can_not_be_is_refused_with_a_sentence(made: Made, theme: Theme) -> None:
    step = step_of(made, theme)
    with pytest.raises(Refused, match="Give the day on which “Audit the advice” was done"):
        made.run(edit_step(step, delivery=Delivery.done))
    with pytest.raises(Refused, match="is not done"):
        made.run(edit_step(step, done_on=JUDGED))
    with pytest.raises(Refused, match="Give the day on which “Identification” was judged"):
        made.run(edit_theme(theme, grade=Grade.positive))
    with pytest.raises(Refused, match="not judged yet"):
        made.run(edit_theme(theme, judged_on=JUDGED))
    with pytest.raises(Refused, match="still to come"):
        made.run(judge_theme(theme, grade=Grade.positive, on=date(2099, 1, 1)))
    with pytest.raises(Refused, match="Theme is empty"):
        made.run(edit_theme(theme, name=" "))
