"""When a board meets next."""

from dataclasses import dataclass
from datetime import date

from risk_register.domain.book import Book
from risk_register.domain.governance import Board, Meeting


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
    return NextMeeting(board.cadence.after(held[0].on)) if held and board.cadence else None
