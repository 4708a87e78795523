from datetime import date
from uuid import UUID

import pytest

from risk_register.domain.cadence import Cadence
from risk_register.domain.commands.governance import add_meeting, edit_board, edit_meeting
from risk_register.domain.governance import Board, Meeting
from risk_register.domain.meetings import NextMeeting, meetings_of, next_meeting
from tests.making import Made, first_id

TODAY = date(2026, 11, 25)


def met(made: Made, *days: date) -> list[UUID]:
    return [first_id(made.run(add_meeting(board=made.board, on=day))) for day in days]


def board(made: Made) -> Board:
    return made.register.book.get(Board, made.board)


def due(made: Made) -> NextMeeting | None:
    return next_meeting(made.register.book, board(made), TODAY)


@pytest.mark.parametrize(
    ("cadence", "day", "next_day"),
    [
        (Cadence.weekly, date(2026, 12, 28), date(2027, 1, 4)),
        (Cadence.six_weekly, date(2026, 11, 5), date(2026, 12, 17)),
        (Cadence.monthly, date(2027, 1, 31), date(2027, 2, 28)),
        (Cadence.quarterly, date(2026, 11, 30), date(2027, 2, 28)),
        (Cadence.twice_a_year, date(2026, 6, 11), date(2026, 12, 11)),
        (Cadence.yearly, date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_cadence_leads_to_the_next_day_and_stays_within_its_month(
    cadence: Cadence, day: date, next_day: date
) -> None:
    assert cadence.after(day) == next_day


def test_every_cadence_leads_on() -> None:
    assert all(cadence.after(TODAY) > TODAY for cadence in Cadence)


def test_the_next_meeting_is_the_one_arranged_else_what_the_cadence_asks(made: Made) -> None:
    assert due(made) is None
    made.run(edit_board(board(made), cadence=Cadence.monthly))
    assert due(made) is None, "it has not met, so nothing says from when"
    met(made, date(2026, 9, 3), date(2026, 10, 1))
    assert due(made) == NextMeeting(date(2026, 11, 1)), "past: none was held and none is arranged"
    later, sooner = met(made, date(2027, 1, 7), date(2026, 11, 26))
    book = made.register.book
    assert due(made) == NextMeeting(date(2026, 11, 26), book.get(Meeting, sooner))
    made.run(edit_meeting(book.get(Meeting, sooner), cancelled=True))
    assert due(made) == NextMeeting(date(2027, 1, 7), made.register.book.get(Meeting, later))
    assert [item.on.month for item in meetings_of(made.register.book, board(made))] == [1, 11, 10, 9]


def test_a_meeting_of_today_is_still_to_come(made: Made) -> None:
    (today,) = met(made, TODAY)
    assert due(made) == NextMeeting(TODAY, made.register.book.get(Meeting, today))
