from dataclasses import replace
from datetime import date
from uuid import UUID

from risk_register.domain.accountability import (
    Post,
    accountable,
    doers,
    gaps,
    held,
    is_current,
    items,
    lacks,
    overseen,
    overseers,
    words,
)
from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.change import Change
from risk_register.domain.commands.action import add_action, complete_action, edit_action
from risk_register.domain.commands.decision import ask_decision, record_decision
from risk_register.domain.commands.governance import add_board, add_member, add_person, edit_board, edit_person
from risk_register.domain.commands.plan import add_outcome, add_recommendation
from risk_register.domain.commands.risk import add_risk, close_risk, edit_risk
from risk_register.domain.decision import Decision
from risk_register.domain.governance import Board, Membership, Person
from risk_register.domain.plan import Outcome
from risk_register.domain.record import Record
from risk_register.domain.risk import Risk, RiskStatus
from tests.making import RAISED, TODAY, Made, first_id


def somebody(made: Made, role: str) -> UUID:
    return first_id(made.run(add_person(programme=made.programme, role=role)))


def board(made: Made) -> Board:
    return made.register.book.get(Board, made.board)


def told(made: Made) -> dict[str, str]:
    """Each gap by its record's label."""
    return {gap.record.label: gap.sentence for gap in gaps(made.register.book, made.programme, TODAY)}


def test_a_risk_an_action_an_outcome_a_decision_and_a_board_each_say_who(made: Made) -> None:
    chair, lead = somebody(made, "Chair"), somebody(made, "Lead")
    top = first_id(made.run(add_board(programme=made.programme, name="HWBB")))
    made.run(edit_board(board(made), chair=chair, parent=top))
    made.run(edit_risk(made.now(), board=made.board))
    made.run(edit_action(made.now_action(), owner=lead))
    rec = first_id(made.run(add_recommendation(programme=made.programme, number="1", text="Lead")))
    outcome = first_id(
        made.run(add_outcome(recommendation=rec, number="1.1", want="Clear", lead=lead, board=made.board))
    )
    asked = first_id(
        made.run(ask_decision(programme=made.programme, question="Fund it", board=made.board, asked_on=RAISED))
    )
    book = made.register.book

    def who(record: Record) -> list[list[str]]:
        return [[one.label for one in question(book, record)] for question in (accountable, doers, overseers)]

    assert who(made.now()) == [["Director of Education"], ["Lead"], ["SENDB"]]
    assert who(made.now_action()) == [["Director of Education"], ["Lead"], ["SENDB"]]
    assert who(book.get(Outcome, outcome)) == [["Chair"], ["Lead"], ["SENDB"]]
    assert who(book.get(Decision, asked)) == [["Chair"], [], ["SENDB"]]
    assert who(board(made)) == [["Chair"], [], ["HWBB"]]
    assert [item.label for item in items(book, made.programme)] == [
        "Outcome 1.1", "R-001", "R-002", "A-001", "D-001", "SENDB", "HWBB",
    ]  # fmt: skip
    assert [item.label for item in overseen(book, board(made))] == ["Outcome 1.1", "R-001", "D-001"]
    assert [words(book.get(kind, id)) for kind, id in ((Outcome, outcome), (Board, made.board), (Board, top))] == [
        "Outcome 1.1  Clear",
        "SENDB  Partnership Board",
        "HWBB",
    ]


def test_what_is_over_needs_nobody_any_more(made: Made) -> None:
    made.run(complete_action(made.now_action(), on=date(2026, 5, 1)))
    made.run(close_risk(made.now(), reason="It passed", on=date(2026, 5, 1)))
    asked = first_id(
        made.run(ask_decision(programme=made.programme, question="Fund it", board=made.board, asked_on=RAISED))
    )
    made.run(record_decision(made.register.book.get(Decision, asked), answer="Yes", on=date(2026, 5, 1)))
    assert [item.label for item in items(made.register.book, made.programme)] == ["R-002", "SENDB"]
    assert not any(
        is_current(made.register.book.get(kind, id)) for kind, id in ((Risk, made.risk), (Action, made.action))
    )


def test_gaps_name_what_has_no_owner_no_board_or_one_who_has_left(made: Made) -> None:
    made.run(add_action(programme=made.programme, title="Write to all"))
    made.run(add_risk(programme=made.programme, title="Only an idea", raised_on=RAISED, status=RiskStatus.draft))
    assert told(made) == {
        "SENDB": "no chair",
        "R-001": "no board",
        "R-002": "no owner and no board",
        "A-001": "no owner",
        "A-002": "no owner and no risk, so no board sees it",
    }
    made.run(edit_board(board(made), chair=made.owner))
    made.run(add_member(board=made.board, person=made.owner))
    made.run(edit_risk(made.now(), board=made.board))
    assert not {"SENDB", "R-001"} & told(made).keys()
    made.run(edit_person(made.register.book.get(Person, made.owner), left_on=TODAY))
    assert told(made)["R-001"] == "the owner left on 24 Nov 2026"
    assert told(made)["SENDB"] == ("the chair left on 24 Nov 2026 and Director of Education, a member, has left")
    assert lacks(made.register.book, made.now(), date(2026, 11, 23)) == (), "they are there to the day before"


def test_a_circle_of_boards_is_a_gap_of_each_of_them(made: Made) -> None:
    id = first_id(made.run(add_board(programme=made.programme, name="Ops Group")))
    one, other = board(made), made.register.book.get(Board, id)
    book = made.register.book.apply(
        [Change(one, replace(one, parent=other.id)), Change(other, replace(other, parent=one.id))]
    )
    found = {gap.record.label: gap.lacks[0] for gap in gaps(book, made.programme, TODAY)}
    assert found["SENDB"] == "reports to itself by Ops Group and SENDB"
    assert found["Ops Group"] == "reports to itself by SENDB and Ops Group"


def test_what_a_person_holds_is_what_they_are_still_to_do(made: Made) -> None:
    made.run(edit_action(made.now_action(), owner=made.owner))
    made.run(edit_board(board(made), chair=made.owner))
    made.run(add_member(board=made.board, person=made.owner))
    book = made.register.book
    assert {post.told(len(records)) for post, records in held(book, made.owner).items()} == {
        "Chair of 1 board",
        "Member of 1 board",
        "Owner of 1 risk",
        "Owner of 1 action",
    }
    made.run(complete_action(made.now_action(), on=date(2026, 5, 1)))
    made.run(close_risk(made.now(), reason="It passed", on=date(2026, 5, 1)))
    assert held(made.register.book, made.owner).keys() == {Post(Board, "chair"), Post(Membership, "person")}
    assert held(Book(), made.owner) == {}
