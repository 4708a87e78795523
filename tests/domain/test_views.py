from datetime import date
from uuid import UUID

from risk_register.domain import views
from risk_register.domain.commands.action import complete_action
from risk_register.domain.commands.risk import add_risk, close_risk, rescore
from risk_register.domain.risk import AssessmentKind, Risk, RiskKind
from risk_register.domain.views import Direction
from tests.making import RAISED, Made, first_id


def score(made: Made, risk: UUID, likelihood: int, impact: int, kind: AssessmentKind = AssessmentKind.current) -> None:
    seen = made.register.book.get(Risk, risk)
    made.run(rescore(seen, kind=kind, likelihood=likelihood, impact=impact, on=date(2026, 3, 1)))


def test_live_risks_come_highest_first_and_without_closed_ones(made: Made) -> None:
    score(made, made.other, 5, 5)
    book = made.register.book
    assert [risk.id for risk in views.live_risks(book, made.programme)] == [made.other, made.risk]
    made.run(close_risk(book.get(Risk, made.other), reason="It passed", on=date(2026, 4, 1)))
    assert [risk.id for risk in views.live_risks(made.register.book, made.programme)] == [made.risk]


def test_a_threat_is_outside_its_target_above_it_and_an_opportunity_below(made: Made) -> None:
    score(made, made.risk, 2, 2, AssessmentKind.target)
    assert views.outside_target(made.register.book, made.now())
    score(made, made.risk, 2, 2)
    assert not views.outside_target(made.register.book, made.now())
    chance = first_id(
        made.run(add_risk(programme=made.programme, title="Grant", raised_on=RAISED, kind=RiskKind.opportunity))
    )
    score(made, chance, 2, 2)
    score(made, chance, 4, 4, AssessmentKind.target)
    assert views.outside_target(made.register.book, made.register.book.get(Risk, chance))


def test_a_risk_raised_and_closed_in_between_has_closed(made: Made) -> None:
    then = made.register.book
    raised = made.run(add_risk(programme=made.programme, title="Short", raised_on=RAISED))
    risk = made.register.book.get(Risk, first_id(raised))
    made.run(close_risk(risk, reason="It passed", on=date(2026, 4, 1)))
    found = views.movements(then, made.register.book, made.programme)
    assert [item.direction for item in found if item.risk.id == risk.id] == [Direction.closed]
    found = views.movements(made.register.book, made.register.book, made.programme)
    assert risk.id not in [item.risk.id for item in found], "it had closed before"


def test_movement_is_told_by_an_arrow_and_a_word(made: Made) -> None:
    then = made.register.book
    score(made, made.risk, 2, 2)
    score(made, made.other, 3, 3)
    new = first_id(made.run(add_risk(programme=made.programme, title="New", raised_on=RAISED)))
    now = made.register.book

    def direction(id: object) -> Direction:
        return views.movement(then, now, now.get(Risk, id)).direction  # type: ignore[arg-type]

    assert (direction(made.risk), direction(made.other), direction(new)) == (
        Direction.down,
        Direction.scored,
        Direction.new,
    )
    made.run(close_risk(made.now(), reason="Over", on=date(2026, 4, 1)))
    closed = made.register.book
    told = {item.risk.id: item.direction for item in views.movements(then, closed, made.programme)}
    assert told[made.risk] is Direction.closed
    assert all(item.arrow and item.word for item in Direction)


def test_late_actions_are_the_open_ones_past_their_date_latest_first(made: Made) -> None:
    assert [item.id for item in views.late_actions(made.register.book, made.programme, date(2026, 6, 2))] == [
        made.action
    ]
    assert not views.late_actions(made.register.book, made.programme, date(2026, 6, 1))
    made.run(complete_action(made.now_action(), on=date(2026, 5, 1)))
    assert not views.late_actions(made.register.book, made.programme, date(2026, 12, 1))


def test_every_value_is_shown_in_words(made: Made) -> None:
    risk, book = made.now(), made.register.book
    assert views.shown(book, risk, "owner") == "Director of Education"
    assert views.shown(book, risk, "current") == "20 (4 x 5)"
    assert views.shown(book, risk, "raised_on") == "05/01/2026"
    assert views.shown(book, risk, "status") == "Open"
    assert views.shown(book, risk, "category") == ""
