from datetime import date

import pytest

from risk_register.domain import views
from risk_register.domain.action import Delivery, Update
from risk_register.domain.commands.action import (
    complete_action,
    link_action,
    note_progress,
    reopen_action,
    unlink_action,
)
from risk_register.domain.commands.control import add_control, edit_control, remove_control
from risk_register.domain.commands.decision import ask_decision, record_decision
from risk_register.domain.control import Control, Effectiveness
from risk_register.domain.decision import Decision
from risk_register.domain.errors import Refused
from tests.making import Made, first_id

DAY = date(2026, 5, 4)


def test_progress_is_noted_and_moves_the_action_on(made: Made) -> None:
    made.run(note_progress(made.now_action(), text="Two candidates", on=DAY, percent=40))
    action = made.now_action()
    assert (action.delivery, action.percent) == (Delivery.in_progress, 40)
    assert [item.text for item in made.register.fetch(Update, "action", made.action)] == ["Two candidates"]


def test_an_action_is_done_and_opened_again(made: Made) -> None:
    made.run(complete_action(made.now_action(), on=DAY, note="Named"))
    assert (made.now_action().delivery, made.now_action().percent, made.now_action().actual) == (
        Delivery.done,
        100,
        DAY,
    )
    assert [item.text for item in made.register.fetch(Update, "action", made.action)] == ["Named"]
    made.run(reopen_action(made.now_action()))
    assert made.now_action().is_open
    assert made.now_action().actual is None


def test_one_action_serves_many_risks_each_once(made: Made) -> None:
    made.run(link_action(action=made.action, risk=made.other))
    assert [risk.reference for risk in views.risks_of(made.register.book, made.action)] == ["R-001", "R-002"]
    with pytest.raises(Refused):
        made.run(link_action(action=made.action, risk=made.other))
    made.run(unlink_action(action=made.action, risk=made.risk))
    assert [risk.reference for risk in views.risks_of(made.register.book, made.action)] == ["R-002"]


def test_a_control_is_added_judged_and_removed(made: Made) -> None:
    control = first_id(made.run(add_control(risk=made.risk, description="A memorandum")))
    made.run(edit_control(made.register.book.get(Control, control), effectiveness=Effectiveness.partial))
    kept = made.register.book.get(Control, control)
    assert kept.effectiveness is Effectiveness.partial
    made.run(remove_control(kept))
    assert made.register.book.find(Control, control) is None


def test_a_decision_is_asked_of_a_board_and_recorded(made: Made) -> None:
    asked = first_id(
        made.run(
            ask_decision(
                programme=made.programme, question="Name a sponsor?", board=made.board, asked_on=DAY, risk=made.risk
            )
        )
    )
    assert [item.id for item in views.open_decisions(made.register.book, made.programme)] == [asked]
    seen = made.register.book.get(Decision, asked)
    with pytest.raises(Refused):
        made.run(record_decision(seen, answer="", on=DAY))
    made.run(record_decision(seen, answer="Yes: the Executive Nurse", on=DAY))
    assert made.register.book.get(Decision, asked).answer.startswith("Yes")
    assert not views.open_decisions(made.register.book, made.programme)
