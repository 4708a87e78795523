from datetime import date

import pytest

from risk_register.domain.cadence import Cadence
from risk_register.domain.change import undo
from risk_register.domain.commands.governance import (
    add_board,
    add_meeting,
    add_member,
    add_organisation,
    add_person,
    edit_board,
    edit_meeting,
    edit_member,
    edit_person,
    remove_board,
    remove_meeting,
    remove_member,
    remove_organisation,
    remove_person,
)
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Board, Meeting, Membership, Organisation, Person
from risk_register.store.register import Register
from tests.making import Made, first_id

DAY = date(2026, 12, 3)


def test_members_and_meetings_come_change_go_and_come_back_after_a_restart(made: Made) -> None:
    path = made.register.path
    member = first_id(made.run(add_member(board=made.board, person=made.owner, role=" Vice-chair ")))
    meeting = first_id(made.run(add_meeting(board=made.board, on=DAY, place="Civic Centre")))
    book = made.register.book
    assert book.get(Membership, member).role == "Vice-chair"
    changed = made.run(edit_member(book.get(Membership, member), role="Observer"))
    assert changed.label == "Changed role on the board of Director of Education on the SENDB"
    moved = made.run(edit_meeting(book.get(Meeting, meeting), cancelled=True))
    assert moved.label == "Cancelled the SENDB's meeting of 3 Dec 2026"
    made.run(edit_board(book.get(Board, made.board), cadence=Cadence.six_weekly, purpose="To lead\nTo hold to account"))
    kept = made.register.book
    gone = [
        made.run(remove_member(kept.get(Membership, member))),
        made.run(remove_meeting(kept.get(Meeting, meeting))),
    ]
    assert not made.register.book.count(Membership) + made.register.book.count(Meeting)
    for edit in reversed(gone):
        made.run(undo(edit))
    assert made.register.book == kept
    made.register.close()
    with Register.open(path) as again:
        assert again.book == kept
        assert not list(again.problems())


def test_nobody_sits_on_a_board_twice(made: Made) -> None:
    made.run(add_member(board=made.board, person=made.owner))
    with pytest.raises(Refused, match="Director of Education sits on the SENDB already"):
        made.run(add_member(board=made.board, person=made.owner, role="Chair"))


def test_a_board_meets_once_a_day_but_for_meetings_that_were_cancelled(made: Made) -> None:
    first = first_id(made.run(add_meeting(board=made.board, on=DAY)))
    with pytest.raises(Refused, match="The SENDB meets on 03/12/2026 already"):
        made.run(add_meeting(board=made.board, on=DAY))
    made.run(edit_meeting(made.register.book.get(Meeting, first), cancelled=True))
    made.run(add_meeting(board=made.board, on=DAY))
    assert made.register.book.count(Meeting) == 2


def test_a_board_goes_with_its_members_and_meetings_once_nothing_else_names_it(made: Made) -> None:
    made.run(add_member(board=made.board, person=made.owner))
    made.run(add_meeting(board=made.board, on=DAY))
    made.run(edit_risk(made.now(), board=made.board))
    board = made.register.book.get(Board, made.board)
    with pytest.raises(Refused, match="SENDB is still used: overseen by of risk R-001"):
        made.run(remove_board(board))
    made.run(edit_risk(made.now(), board=None))
    before = made.register.book
    edit = made.run(remove_board(board))
    assert not sum(made.register.book.count(kind) for kind in (Board, Membership, Meeting))
    made.run(undo(edit))
    assert made.register.book == before


def test_people_and_partners_go_once_nothing_names_them(made: Made) -> None:
    partner = first_id(made.run(add_organisation(programme=made.programme, name="PCF")))
    person = first_id(made.run(add_person(programme=made.programme, name="Ann", organisation=partner)))
    made.run(add_member(board=made.board, person=person))
    with pytest.raises(Refused, match="PCF is still used: organisation of person Ann"):
        made.run(remove_organisation(made.register.book.get(Organisation, partner)))
    with pytest.raises(Refused, match="Director of Education is still used: owner of risk R-001"):
        made.run(remove_person(made.register.book.get(Person, made.owner)))
    made.run(remove_person(made.register.book.get(Person, person)))
    made.run(remove_organisation(made.register.book.get(Organisation, partner)))
    assert not made.register.book.count(Organisation) + made.register.book.count(Membership)


def test_a_board_of_another_programme_takes_no_member_of_this_one(made: Made) -> None:
    from risk_register.domain.commands.programme import add_programme
    from risk_register.domain.programme import Programme

    made.run(add_programme(name="Another"))
    other = next(item.id for item in made.register.book.all(Programme) if item.id != made.programme)
    board = first_id(made.run(add_board(programme=other, name="Their board")))
    with pytest.raises(Refused, match="of another programme"):
        made.run(add_member(board=board, person=made.owner))
    with pytest.raises(Refused, match="of another programme"):
        made.run(edit_board(made.register.book.get(Board, board), chair=made.owner))


def test_somebody_leaves_on_a_day_that_may_be_still_to_come(made: Made) -> None:
    person = made.register.book.get(Person, made.owner)
    made.run(edit_person(person, left_on=date(2099, 1, 1)))
    now = made.register.book.get(Person, made.owner)
    assert not now.has_left(date(2098, 12, 31))
    assert now.has_left(date(2099, 1, 1))
