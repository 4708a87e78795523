from datetime import date
from uuid import UUID

import pytest

from risk_register.domain import standing
from risk_register.domain.change import undo
from risk_register.domain.commands.escalation import answer_escalation, escalate, withdraw_escalation
from risk_register.domain.commands.governance import add_board
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Conflict, Refused
from risk_register.domain.escalation import Answer, Escalation
from tests.making import Made, first_id

ON, LATER = date(2026, 3, 2), date(2026, 3, 20)


@pytest.fixture
def above(made: Made) -> UUID:
    """A board above that which oversees the risk."""
    below = first_id(made.run(add_board(programme=made.programme, name="Operations", parent=made.board)))
    made.run(edit_risk(made.now(), board=below))
    return made.board


def put(made: Made, board: UUID | None, reason: str = "Beyond our means") -> Escalation:
    edit = made.run(escalate(made.now(), to_board=board, reason=reason, on=ON, where="Operations"))
    return made.register.book.get(Escalation, first_id(edit))


def test_it_is_put_to_the_board_above_with_its_reason_and_waits(made: Made, above: UUID) -> None:
    before = made.now().board
    escalation = put(made, above)
    assert standing.open_escalations(made.register.book, made.programme) == [escalation]
    assert standing.sent_words(made.register.book, escalation) == "Up from Operations to SENDB"
    assert made.now().board == before, "until it is accepted"
    assert made.register.history()[0].edit.label == "Escalated R-001 to SENDB"


def test_a_board_that_accepts_oversees_it_from_then_on_and_undo_takes_both_back(made: Made, above: UUID) -> None:
    before = made.now().board
    edit = made.run(answer_escalation(put(made, above), answer=Answer.accepted, on=LATER, words="Ours"))
    assert edit.label == "SENDB accepted R-001"
    assert made.now().board == above
    assert not standing.open_escalations(made.register.book, made.programme)
    made.run(undo(edit))
    assert made.now().board == before
    assert len(standing.open_escalations(made.register.book, made.programme)) == 1


def test_a_board_that_returns_it_says_why_and_it_stays_where_it_was(made: Made, above: UUID) -> None:
    before = made.now().board
    escalation = put(made, above)
    with pytest.raises(Refused, match="Say why"):
        made.run(answer_escalation(escalation, answer=Answer.returned, on=LATER))
    made.run(answer_escalation(escalation, answer=Answer.returned, on=LATER, words="Within your means"))
    assert made.now().board == before
    put(made, above)  # and it can be put to it again


def test_only_one_board_is_asked_at_a_time(made: Made, above: UUID) -> None:
    escalation = put(made, above)
    with pytest.raises(Refused, match="waits for the answer of SENDB"):
        put(made, above)
    made.run(withdraw_escalation(escalation))
    assert not standing.open_escalations(made.register.book, made.programme)


def test_what_two_people_answer_at_once_is_a_conflict(made: Made, above: UUID) -> None:
    escalation = put(made, above)
    made.run(answer_escalation(escalation, answer=Answer.accepted, on=LATER), who="a colleague")
    with pytest.raises(Conflict):
        made.run(answer_escalation(escalation, answer=Answer.returned, on=LATER, words="No"))


def test_what_makes_no_sense_is_refused_with_a_sentence(made: Made, above: UUID) -> None:
    with pytest.raises(Refused, match="Choose the board"):
        put(made, None)
    with pytest.raises(Refused, match="Say why"):
        put(made, above, reason=" ")
    with pytest.raises(Refused, match="oversees it already"):
        put(made, made.now().board)
    with pytest.raises(Refused, match="can't have been answered"):
        made.run(answer_escalation(put(made, above), answer=Answer.accepted, on=date(2026, 3, 1)))
