"""What must hold of boards, who sits on them, when they meet, and what is put to them."""

from risk_register.domain.book import Book
from risk_register.domain.change import Change
from risk_register.domain.decision import Decision
from risk_register.domain.errors import Refused
from risk_register.domain.escalation import Answer, Escalation
from risk_register.domain.governance import Board, Meeting, Membership, Person
from risk_register.domain.text import listed
from risk_register.domain.tree import above


def check_board(change: Change, book: Book) -> None:
    """No board reports to itself, by however many others. Raises Refused."""
    before, board = change.before, change.after
    if not isinstance(board, Board) or (isinstance(before, Board) and before.parent == board.parent):
        return  # two copies may have made a circle between them: until one is moved, all of it can be edited
    if board in above(book, board):
        raise Refused(
            f"{board.label} would report to itself. Choose a board that is not below it.",
            field="parent",
            value=board.parent,
        )


def check_person(person: Person, _book: Book) -> None:
    """Somebody has a name, a role, or both. Raises Refused."""
    if not person.label:
        raise Refused("Give a name, a role, or both.", field="name", value="")


def check_membership(membership: Membership, book: Book) -> None:
    """Nobody sits twice on a board. Raises Refused."""
    for twin in book.where(Membership, "board", membership.board):
        if twin.id != membership.id and twin.person == membership.person:
            person, board = book.get(Person, membership.person), book.get(Board, membership.board)
            raise Refused(
                f"{person.label} sits on the {board.label} already. Change what they are there in that line.",
                field="person",
                value=membership.person,
            )


def check_meeting(meeting: Meeting, book: Book) -> None:
    """What was decided at a meeting was decided on its day, and it took place. Raises Refused."""
    board = book.get(Board, meeting.board)
    taken = book.where(Decision, "meeting", meeting.id)
    if taken and (meeting.cancelled or any(item.decided_on != meeting.on for item in taken)):
        names = listed([item.reference for item in taken])
        raise Refused(
            f"{names} {'was' if len(taken) == 1 else 'were'} decided at this meeting of the {board.label}, on "
            f"{taken[0].decided_on:%d/%m/%Y}. Correct that decision first.",
            field="cancelled" if meeting.cancelled else "on",
            value=meeting.cancelled or meeting.on,
        )


def check_escalation(escalation: Escalation, book: Book) -> None:
    """A reason, another board than the one that oversees it, and an answer with its day. Raises Refused."""
    if escalation.to_board == escalation.from_board:
        board = book.get(Board, escalation.to_board)
        raise Refused(f"{board.label} oversees it already. Choose another board.", field="to_board", value=board.id)
    if not escalation.reason:
        raise Refused("Say why; the board that is asked will want to know.", field="reason", value="")
    if (escalation.answer is None) != (escalation.answered_on is None):
        raise Refused("Give the answer and the day on which it was given.", field="answered_on", value=None)
    if escalation.answered_on and escalation.answered_on < escalation.on:
        raise Refused(
            f"It was put to the board on {escalation.on:%d/%m/%Y}, so it can't have been answered on "
            f"{escalation.answered_on:%d/%m/%Y}.",
            field="answered_on",
            value=escalation.answered_on,
        )
    if escalation.answer is Answer.returned and not escalation.words:
        raise Refused("Say why the board returned it.", field="words", value="")
