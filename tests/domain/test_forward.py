from datetime import date
from uuid import UUID, uuid4

import pytest

from risk_register.domain.action import Delivery
from risk_register.domain.book import Book
from risk_register.domain.evaluation import ForwardStep, Grade, Scope, Theme
from risk_register.domain.forward import due_steps, gaps, next_step, programme_steps, uncovered

PROGRAMME, LEAD = uuid4(), uuid4()


def theme(
    grade: Grade = Grade.unjudged, scope: Scope = Scope.both, evidence: str = "", lead: UUID | None = LEAD
) -> Theme:
    return Theme(id=uuid4(), programme=PROGRAMME, name="Voice", grade=grade, scope=scope, evidence=evidence, lead=lead)


def step(of: Theme, title: str, due: date | None = None, delivery: Delivery = Delivery.not_started) -> ForwardStep:
    return ForwardStep(id=uuid4(), theme=of.id, title=title, due=due, delivery=delivery)


def test_open_steps_stand_by_their_day_before_what_is_done() -> None:
    one, other = theme(), theme()
    book = Book(
        [
            one,
            other,
            step(one, "done", date(2026, 1, 1), Delivery.done),
            step(one, "no day"),
            step(other, "later", date(2026, 12, 1)),
            step(one, "soon", date(2026, 11, 1)),
        ]
    )
    assert [item.title for item in programme_steps(book, PROGRAMME)] == ["soon", "later", "no day", "done"]
    assert [item.title for item in due_steps(book, PROGRAMME, date(2026, 11, 30))] == ["soon"]
    following = next_step(book, one.id)
    assert following
    assert following.title == "soon"
    assert following.days_late(date(2026, 11, 4)) == 3


@pytest.mark.parametrize(
    ("grade", "evidence", "lead", "lacks"),
    [
        (Grade.unjudged, "", LEAD, ["judgement"]),
        (Grade.positive, "", LEAD, ["evidence"]),
        (Grade.positive, "Survey", None, ["lead"]),
        (Grade.inconsistent, "Survey", LEAD, ["open step"]),
        (Grade.positive, "Survey", LEAD, []),
    ],
)
def test_what_a_theme_lacks_is_named(grade: Grade, evidence: str, lead: UUID | None, lacks: list[str]) -> None:
    item = theme(grade, evidence=evidence, lead=lead)
    assert gaps(Book([item]), item) == lacks


@pytest.mark.parametrize(
    ("scopes", "missing"),
    [([], ""), ([Scope.send], "AP"), ([Scope.ap], "SEND"), ([Scope.send, Scope.ap], ""), ([Scope.both], "")],
)
def test_the_part_of_the_system_that_no_theme_covers_is_named(scopes: list[Scope], missing: str) -> None:
    assert uncovered(Book(theme(scope=scope) for scope in scopes), PROGRAMME) == missing
