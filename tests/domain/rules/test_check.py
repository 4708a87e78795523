"""Rules hold for everybody: here they are met through the register, as a person meets them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from risk_register.domain.change import Change, Edit
from risk_register.domain.commands.action import add_action, complete_action, edit_action, link_action, note_progress
from risk_register.domain.commands.decision import ask_decision, record_decision
from risk_register.domain.commands.governance import add_board, add_organisation, add_person, edit_board
from risk_register.domain.commands.programme import add_category, add_programme
from risk_register.domain.commands.risk import add_risk, close_risk, edit_risk, rescore
from risk_register.domain.decision import Decision
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Board
from risk_register.domain.ids import new_id
from risk_register.domain.programme import Programme
from risk_register.domain.risk import AssessmentKind, Response, Risk, RiskStatus
from risk_register.domain.rules.check import check
from tests.making import RAISED, SCORED, Made, first_id


def refused(made: Made, command: Any) -> Refused:
    before = made.register.book
    with pytest.raises(Refused) as caught:
        made.run(command)
    assert made.register.book is before, "nothing was kept"
    assert str(caught.value).endswith((".", "!")), "a whole sentence"
    return caught.value


@pytest.mark.parametrize(
    ("likelihood", "impact", "field"), [(9, 3, "likelihood"), (0, 3, "likelihood"), (3, 6, "impact")]
)
def test_a_score_off_the_matrix_is_refused_with_the_scale(made: Made, likelihood: int, impact: int, field: str) -> None:
    error = refused(
        made,
        rescore(made.now(), kind=AssessmentKind.current, likelihood=likelihood, impact=impact, on=date(2026, 3, 1)),
    )
    assert error.field == field
    assert "from 1" in str(error)


def test_a_score_before_the_risk_was_raised_is_refused(made: Made) -> None:
    day = RAISED - timedelta(days=1)
    error = refused(made, rescore(made.now(), kind=AssessmentKind.current, likelihood=2, impact=2, on=day))
    assert "05/01/2026" in str(error)


def test_a_score_of_tomorrow_week_is_refused(made: Made) -> None:
    day = date.today() + timedelta(days=7)
    assert "still to come" in str(
        refused(made, rescore(made.now(), kind=AssessmentKind.current, likelihood=2, impact=2, on=day))
    )


def test_a_reference_that_is_taken_is_refused_naming_who_has_it(made: Made) -> None:
    error = refused(made, edit_risk(made.now(), reference="r-002"))
    assert error.field == "reference"
    assert "AP not represented" in str(error)


@pytest.mark.parametrize("reference", ["has space", "R" * 31, "R;1"])
def test_a_reference_of_odd_signs_is_refused(made: Made, reference: str) -> None:
    assert refused(made, edit_risk(made.now(), reference=reference)).field == "reference"


def test_an_empty_title_is_refused(made: Made) -> None:
    assert "Title is empty" in str(refused(made, edit_risk(made.now(), title="   ")))


def test_a_text_of_a_megabyte_is_refused_with_its_length(made: Made) -> None:
    error = refused(made, edit_risk(made.now(), cause="x" * 1_000_000))
    assert "1,000,000" in str(error)
    assert error.field == "cause"


def test_closing_needs_a_reason_and_a_day_after_raising(made: Made) -> None:
    assert "why" in str(refused(made, close_risk(made.now(), reason=" ", on=date(2026, 3, 1))))
    assert "05/01/2026" in str(refused(made, close_risk(made.now(), reason="Done", on=date(2025, 1, 1))))


def test_a_risk_can_not_be_raised_after_it_was_scored(made: Made) -> None:
    error = refused(made, edit_risk(made.now(), raised_on=SCORED + timedelta(days=1)))
    assert (error.field, "02/02/2026" in str(error)) == ("raised_on", True)


def test_a_risk_can_not_be_closed_in_the_future(made: Made) -> None:
    day = date.today() + timedelta(days=9)
    assert "still to come" in str(refused(made, close_risk(made.now(), reason="Done", on=day)))


def test_a_day_that_a_wrong_clock_let_in_does_not_hold_up_other_edits(made: Made) -> None:
    fast = datetime.now(UTC) + timedelta(days=30)
    added = made.run(add_risk(programme=made.programme, title="Late", raised_on=fast.date()), when=fast)
    risk = made.register.book.get(Risk, first_id(added))
    made.run(edit_risk(risk, title="Renamed"))
    assert "still to come" in str(refused(made, edit_risk(made.now(), raised_on=fast.date())))


def test_a_closed_risk_has_a_day_of_closing_and_an_open_one_has_none(made: Made) -> None:
    closed = edit_risk(made.now(), status=RiskStatus.closed, closing_reason="Done")
    assert refused(made, closed).field == "closed_on"
    assert refused(made, edit_risk(made.now(), closed_on=SCORED)).field == "closed_on"


def test_a_risk_does_not_take_another_risks_score(made: Made) -> None:
    other = made.register.book.get(Risk, made.other)
    assert "Score it anew" in str(refused(made, edit_risk(other, current=made.now().current)))
    assert "Score it anew" in str(refused(made, edit_risk(made.now(), target=made.now().current)))


def test_records_of_two_programmes_do_not_name_each_other(made: Made) -> None:
    made.run(add_programme(name="Another"))
    another = next(item.id for item in made.register.book.all(Programme) if item.id != made.programme)
    stranger = first_id(made.run(add_person(programme=another, name="Stranger")))
    assert "another programme" in str(refused(made, edit_risk(made.now(), owner=stranger)))
    action = first_id(made.run(add_action(programme=another, title="Elsewhere")))
    assert "another programme" in str(refused(made, link_action(action=action, risk=made.risk)))


def test_a_choice_that_must_be_made_is_not_left_out(made: Made) -> None:
    assert "Status is empty" in str(refused(made, edit_risk(made.now(), status=None)))


def test_what_is_done_is_done_whole(made: Made) -> None:
    made.run(complete_action(made.now_action(), on=SCORED))
    assert "Reopen it first" in str(refused(made, note_progress(made.now_action(), text="Hm", on=SCORED, percent=40)))


def test_a_decision_can_not_be_taken_before_it_was_asked(made: Made) -> None:
    asked = ask_decision(programme=made.programme, question="Fund it?", board=made.board, asked_on=date(2026, 3, 1))
    made.run(asked)
    decision = next(made.register.book.all(Decision))
    error = refused(made, record_decision(decision, answer="Yes", on=date(2026, 2, 27)))
    assert "01/03/2026" in str(error)


def test_a_threat_can_not_be_exploited(made: Made) -> None:
    assert "no response to a threat" in str(refused(made, edit_risk(made.now(), response=Response.exploit)))


def test_a_year_beyond_planning_is_refused(made: Made) -> None:
    refused(made, edit_action(made.now_action(), expected=date(2999, 1, 1)))


def test_a_value_of_another_type_is_refused(made: Made) -> None:
    refused(made, edit_risk(made.now(), raised_on="yesterday"))
    refused(made, add_risk(programme=made.programme, title="x", raised_on=RAISED, owner=made.board))


def test_a_board_can_not_report_to_itself_by_way_of_another(made: Made) -> None:
    below = first_id(made.run(add_board(programme=made.programme, name="Group", parent=made.board)))
    top = made.register.book.get(Board, made.board)
    assert "report to itself" in str(refused(made, edit_board(top, parent=below)))


def test_progress_needs_words_or_a_percentage_on_the_scale(made: Made) -> None:
    refused(made, note_progress(made.now_action(), text="", on=RAISED))
    refused(made, note_progress(made.now_action(), text="half", on=RAISED, percent=140))


def test_an_action_can_not_be_done_in_the_future(made: Made) -> None:
    refused(made, complete_action(made.now_action(), on=date.today() + timedelta(days=9)))


@pytest.mark.parametrize(
    ("add", "first", "second", "words"),
    [
        (add_person, {"name": "José Álvarez"}, {"name": "jose alvarez", "role": "Lead"}, "person is called"),
        (add_person, {"role": "Lead"}, {"role": "LEAD"}, "“LEAD” already (Lead)"),
        (add_board, {"name": "Finance", "short": "FC"}, {"name": "Finance"}, "“Finance” already (FC). Choose that one"),
        (add_organisation, {"name": "ICB"}, {"name": "icb"}, "organisation is called"),
        (add_category, {"name": "Weather"}, {"name": "Weather"}, "category is called “Weather” already. Choose"),
    ],
)
def test_two_of_a_kind_do_not_share_a_name(
    made: Made, add: Any, first: dict[str, str], second: dict[str, str], words: str
) -> None:
    made.run(add(programme=made.programme, **first))
    error = refused(made, add(programme=made.programme, **second))
    assert words in str(error)
    assert error.field == next(iter(second))


def test_a_name_changed_to_that_of_another_is_refused_and_one_of_another_programme_is_not(made: Made) -> None:
    other = first_id(made.run(add_board(programme=made.programme, name="Operations Group")))
    board = made.register.book.get(Board, other)
    assert refused(made, edit_board(board, name="partnership  board")).field == "name"
    made.run(edit_board(board, name="OPERATIONS GROUP"))
    elsewhere = first_id(made.run(add_programme(name="Another")))
    made.run(add_board(programme=elsewhere, name="Partnership Board"))


def test_two_that_shared_a_name_before_they_might_not_can_still_be_edited(made: Made) -> None:
    twin = replace(made.register.book.get(Board, made.board), id=new_id())
    book = made.register.book.apply([Change(None, twin)])
    after = replace(twin, purpose="Oversees all")
    check(Edit("Changed purpose", (Change(twin, after),)), book.apply([Change(twin, after)]))
