"""What of a book an audience may see."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from risk_register.domain import views
from risk_register.domain.action import Action, Mitigation, Update
from risk_register.domain.audience import Audience, narrower, wider
from risk_register.domain.book import Book
from risk_register.domain.commands.action import add_action, edit_action, link_action, note_progress
from risk_register.domain.commands.control import add_control
from risk_register.domain.commands.decision import add_follow_up, ask_decision, edit_decision
from risk_register.domain.commands.edits import new
from risk_register.domain.commands.issue import add_assumption, add_dependency, edit_dependency, raise_issue
from risk_register.domain.commands.risk import add_risk, edit_risk
from risk_register.domain.control import Control
from risk_register.domain.decision import Decision, FollowUp
from risk_register.domain.issue import Assumption, Dependency, Issue
from risk_register.domain.programme import Programme
from risk_register.domain.record import Record, references
from risk_register.domain.risk import Assessment, AssessmentKind, Risk
from tests.making import RAISED, Made, first_id

PUBLIC, PARTNERS, RESTRICTED = Audience


def mark(made: Made, risk: UUID, audience: Audience) -> None:
    made.run(edit_risk(made.register.book.get(Risk, risk), audience=audience))


def decide(made: Made, risk: UUID | None) -> UUID:
    asked = ask_decision(programme=made.programme, question="Pay", board=made.board, asked_on=RAISED, risk=risk)
    return first_id(made.run(asked))


def test_who_may_see_the_narrower_sees_the_wider_too() -> None:
    assert [[who.may_see(what) for what in Audience] for who in Audience] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
    assert narrower(PUBLIC, RESTRICTED, PARTNERS) is RESTRICTED
    assert wider(RESTRICTED, PARTNERS) is PARTNERS


def test_each_audience_sees_the_risks_marked_for_it(made: Made) -> None:
    mark(made, made.risk, RESTRICTED)
    mark(made, made.other, PUBLIC)
    third = first_id(made.run(add_risk(programme=made.programme, title="Third", raised_on=RAISED)))
    book = made.register.book
    seen = [{risk.id for risk in views.for_audience(book, who).all(Risk)} for who in Audience]
    assert seen == [{made.other}, {made.other, third}, {made.risk, made.other, third}]
    assert views.for_audience(book, RESTRICTED) == book


def test_a_hidden_risk_takes_all_that_is_its_own_with_it(made: Made) -> None:
    made.run(add_control(risk=made.risk, description="A control"))
    made.run(note_progress(made.now_action(), text="Progress", on=RAISED))
    decision = decide(made, made.risk)
    made.run(add_follow_up(decision=decision, action=made.action))
    made.run(raise_issue(programme=made.programme, title="It happened", raised_on=RAISED, risk=made.risk))
    made.run(add_assumption(programme=made.programme, title="It won't", risk=made.risk))
    mark(made, made.risk, RESTRICTED)
    seen = views.for_audience(made.register.book, PARTNERS)
    for kind in (Assessment, Control, Action, Mitigation, Update, Decision, FollowUp, Issue, Assumption):
        assert not seen.count(kind), kind
    assert seen.find(Decision, decision) is None
    assert seen.count(Programme) == 1


def test_an_action_that_serves_a_risk_in_sight_too_stays_but_names_only_that_one(made: Made) -> None:
    made.run(link_action(action=made.action, risk=made.other))
    mark(made, made.risk, RESTRICTED)
    seen = views.for_audience(made.register.book, PARTNERS)
    assert [risk.id for risk in views.risks_of(seen, made.action)] == [made.other]
    made.run(edit_action(made.now_action(), audience=RESTRICTED))
    assert views.for_audience(made.register.book, PARTNERS).find(Action, made.action) is None


def test_an_action_that_serves_no_risk_and_a_decision_about_none_go_by_their_own_marks(made: Made) -> None:
    alone = first_id(made.run(add_action(programme=made.programme, title="Alone")))
    decision = decide(made, None)
    assert views.for_audience(made.register.book, PARTNERS).find(Action, alone)
    assert views.for_audience(made.register.book, PARTNERS).find(Decision, decision)
    assert views.for_audience(made.register.book, PUBLIC).find(Action, alone) is None
    made.run(edit_decision(made.register.book.get(Decision, decision), audience=PUBLIC))
    assert views.for_audience(made.register.book, PUBLIC).find(Decision, decision)


def test_a_dependency_goes_by_its_own_mark(made: Made) -> None:
    id = first_id(made.run(add_dependency(programme=made.programme, title="A list")))
    assert views.for_audience(made.register.book, PARTNERS).find(Dependency, id)
    made.run(edit_dependency(made.register.book.get(Dependency, id), audience=RESTRICTED))
    assert views.for_audience(made.register.book, PARTNERS).find(Dependency, id) is None
    assert views.audience_of(made.register.book, made.register.book.get(Dependency, id)) is RESTRICTED


def test_a_risk_hidden_on_either_day_is_hidden_in_the_past(made: Made) -> None:
    then = made.register.book
    mark(made, made.risk, RESTRICTED)
    now = made.register.book
    assert views.for_audience(then, PARTNERS).find(Risk, made.risk), "by the marks of that day alone"
    assert views.for_audience(then, PARTNERS, now).find(Risk, made.risk) is None
    assert views.for_audience(then, PARTNERS, now).find(Action, made.action) is None
    assert views.for_audience(now, PARTNERS, then).find(Risk, made.risk) is None, "nor is it released backwards"


def test_an_action_whose_risks_are_hidden_one_then_and_one_now_is_hidden(made: Made) -> None:
    made.run(link_action(action=made.action, risk=made.other))
    mark(made, made.risk, RESTRICTED)
    then = made.register.book
    mark(made, made.risk, PARTNERS)
    mark(made, made.other, RESTRICTED)
    assert views.for_audience(then, PARTNERS).find(Action, made.action)
    assert views.for_audience(then, PARTNERS, made.register.book).find(Action, made.action) is None


def test_the_numbers_given_stay_so_that_none_is_given_twice(made: Made) -> None:
    mark(made, made.risk, RESTRICTED)
    mark(made, made.other, RESTRICTED)
    assert views.for_audience(made.register.book, PUBLIC).numbers == made.register.book.numbers


def test_a_released_risk_is_new_to_its_readers_and_tells_no_earlier_score(made: Made) -> None:
    mark(made, made.risk, RESTRICTED)
    then = made.register.book
    mark(made, made.risk, PARTNERS)
    now = made.register.book
    untold = views.hidden_risks(then, PARTNERS)
    (move,) = [item for item in views.movements(then, now, made.programme, untold=untold) if item.risk.id == made.risk]
    assert (move.then, move.direction) == (None, views.Direction.new)
    assert not views.hidden_risks(then, RESTRICTED)


@given(data=st.data())
def test_what_is_seen_is_what_each_records_audience_says_and_nothing_names_what_is_hidden(data: st.DataObject) -> None:
    book = many(12)
    marks = st.sampled_from(Audience)
    book = Book(replace(row, audience=data.draw(marks)) if isinstance(row, MARKED) else row for row in book.records())
    who = data.draw(marks)
    seen = views.for_audience(book, who)
    for kind in MARKED:
        told = {row.id for row in book.all(kind) if who.may_see(views.audience_of(book, row))}
        assert {row.id for row in seen.all(kind)} == told
    ids = {row.id for row in seen.records()}
    for row in seen.records():
        for name in references(type(row)):
            assert getattr(row, name) in ids | {None, NOWHERE}


NOWHERE = UUID(int=0)
MARKED = (Risk, Action, Decision, Issue, Assumption)


def many(number: int) -> Book:
    """A book of so many risks, each with scores, a control, an action shared with the next, and a decision."""

    def rows() -> Iterator[Record]:
        last = None
        for count in range(number):
            risk = new(Risk, programme=NOWHERE, reference=f"R-{count}", title="Risk", raised_on=date(2026, 1, 1))
            scores = [
                new(Assessment, risk=risk.id, kind=kind, likelihood=2, impact=2, on=date(2026, 1, 1))
                for kind in AssessmentKind
            ]
            inherent, current, target = (item.id for item in scores)
            yield replace(risk, inherent=inherent, current=current, target=target)
            yield from scores
            action = new(Action, programme=NOWHERE, reference=f"A-{count}", title="Action")
            yield action
            yield new(Control, risk=risk.id, description="Control")
            yield new(Mitigation, action=action.id, risk=risk.id)
            if last is not None:
                yield new(Mitigation, action=action.id, risk=last)
            yield new(
                Decision,
                programme=NOWHERE,
                reference=f"D-{count}",
                question="?",
                board=NOWHERE,
                asked_on=date(2026, 1, 1),
                risk=risk.id if count % 2 else None,
            )
            about = risk.id if count % 3 else None
            yield new(
                Issue, programme=NOWHERE, reference=f"I-{count}", title="!", raised_on=date(2026, 1, 1), risk=about
            )
            yield new(Assumption, programme=NOWHERE, reference=f"AS-{count}", title="So", risk=about)
            last = risk.id

    return Book(rows())


def test_its_time_grows_with_the_number_of_risks_not_with_its_square() -> None:
    def took(number: int) -> float:
        book = many(number)
        marked = [
            replace(row, audience=RESTRICTED) if isinstance(row, Risk) and place % 2 == 0 else row
            for place, row in enumerate(book.records())
        ]
        marked_book = Book(marked)
        began = time.process_time()
        views.for_audience(marked_book, PARTNERS)
        return time.process_time() - began

    small, large = min(took(1_000) for _ in range(3)), min(took(4_000) for _ in range(3))
    assert large < 12 * small, "four times as many take about four times as long; squared it would be sixteen"
