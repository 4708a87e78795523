from uuid import UUID

import pytest

from risk_register.domain.accountability import Post, gaps, held
from risk_register.domain.action import Action
from risk_register.domain.change import undo
from risk_register.domain.commands.action import edit_action
from risk_register.domain.commands.governance import add_board, add_member, add_person, edit_board
from risk_register.domain.commands.reassign import reassign
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Board, Membership, Person
from risk_register.domain.risk import Risk
from tests.making import TODAY, Made, first_id

EVERY = (Post(Risk, "owner"), Post(Action, "owner"), Post(Board, "chair"), Post(Membership, "person"))


@pytest.fixture
def successor(made: Made) -> UUID:
    """Somebody else; the owner holds a risk, an action, a chair and two seats, one of them beside the other."""
    other = first_id(made.run(add_person(programme=made.programme, role="Head of SEND")))
    made.run(edit_risk(made.now(), board=made.board))
    made.run(edit_action(made.now_action(), owner=made.owner))
    made.run(edit_board(made.register.book.get(Board, made.board), chair=made.owner))
    group = first_id(made.run(add_board(programme=made.programme, name="Ops Group", chair=other)))
    made.run(add_member(board=made.board, person=made.owner, role="Vice-chair"))
    made.run(add_member(board=group, person=made.owner))
    made.run(add_member(board=group, person=other))
    return other


def test_all_that_somebody_holds_goes_over_in_one_edit_and_comes_back_by_one_undo(made: Made, successor: UUID) -> None:
    before = made.register.book
    edit = made.run(reassign(person=made.owner, to=successor, posts=EVERY, left_on=TODAY))
    assert edit.label == "Reassigned 5 of Director of Education's to Head of SEND"
    book = made.register.book
    assert (made.now().owner, made.now_action().owner) == (successor, successor)
    assert book.get(Board, made.board).chair == successor
    assert book.get(Person, made.owner).left_on == TODAY
    assert held(book, made.owner) == {}
    seats = {(item.board, item.role) for item in book.all(Membership) if item.person == successor}
    assert len(seats) == book.count(Membership) == 2, "the seat that both had is one"
    assert (made.board, "Vice-chair") in seats
    assert made.owner not in {getattr(gap.record, "owner", None) for gap in gaps(book, made.programme, TODAY)}
    made.run(undo(edit))
    assert made.register.book == before


def test_only_the_chosen_posts_go_over(made: Made, successor: UUID) -> None:
    made.run(reassign(person=made.owner, to=successor, posts=[Post(Action, "owner")]))
    assert (made.now().owner, made.now_action().owner) == (made.owner, successor)


def test_somebody_who_holds_nothing_can_just_leave(made: Made, successor: UUID) -> None:
    edit = made.run(reassign(person=successor, to=None, left_on=TODAY))
    assert edit.label == "Head of SEND left"
    assert made.register.book.get(Person, successor).has_left(TODAY)


@pytest.mark.parametrize("to", ["nobody", "the same"])
def test_posts_go_to_somebody_else_or_stay(made: Made, successor: UUID, to: str) -> None:
    assert successor
    with pytest.raises(Refused, match="Choose who takes over from Director of Education"):
        made.run(reassign(person=made.owner, to=None if to == "nobody" else made.owner, posts=EVERY))


def test_nothing_chosen_is_refused_with_what_to_choose(made: Made, successor: UUID) -> None:
    with pytest.raises(Refused, match="or the day on which they left"):
        made.run(reassign(person=made.owner, to=successor))
