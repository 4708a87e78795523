"""When a board meets next."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from risk_register.domain.book import Book
from risk_register.domain.governance import Board, Cadence, Meeting

_DAYS: Mapping[Cadence, int] = {Cadence.weekly: 7, Cadence.fortnightly: 14, Cadence.six_weekly: 42}
_MONTHS: Mapping[Cadence, int] = {
    Cadence.monthly: 1,
    Cadence.two_monthly: 2,
    Cadence.quarterly: 3,
    Cadence.termly: 4,
    Cadence.twice_a_year: 6,
    Cadence.yearly: 12,
}


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The day on which a board meets next; without a meeting, none is arranged and the day is what its cadence asks."""

    on: date
    meeting: Meeting | None = None


def meetings_of(book: Book, board: Board) -> list[Meeting]:
    """The meetings of a board, the newest first."""
    return sorted(book.where(Meeting, "board", board.id), key=lambda meeting: (meeting.on, meeting.id), reverse=True)


def next_meeting(book: Book, board: Board, today: date) -> NextMeeting | None:
    """The next meeting that is arranged, else the day by which the cadence asks for one, which may be past.

    None where nothing says when: no cadence, or it has not met yet.
    """
    held = [meeting for meeting in meetings_of(book, board) if not meeting.cancelled]
    coming = [meeting for meeting in held if meeting.on >= today]
    if coming:
        return NextMeeting(coming[-1].on, coming[-1])
    return NextMeeting(after(held[0].on, board.cadence)) if held and board.cadence else None


def after(day: date, cadence: Cadence) -> date:
    """The day one step of a cadence after another; the last of the month where there is no such day in it."""
    if cadence in _DAYS:
        return day + timedelta(days=_DAYS[cadence])
    year, month = divmod(day.year * 12 + day.month - 1 + _MONTHS[cadence], 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
