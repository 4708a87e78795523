"""What must hold of decisions, and of what follows from them."""

from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.decision import Decision, FollowUp
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Board, Meeting


def check_decision(decision: Decision, book: Book) -> None:
    """A question; and an answer with its day, which is that of its meeting. Raises Refused."""
    if not decision.question:
        raise Refused("Write what the board is asked to decide.", field="question", value="")
    if decision.decided_on:
        if decision.decided_on < decision.asked_on:
            raise Refused(
                f"{decision.reference} was asked on {decision.asked_on:%d/%m/%Y}, so it can't have been decided on "
                f"{decision.decided_on:%d/%m/%Y}.",
                field="decided_on",
                value=decision.decided_on,
            )
        if not decision.answer:
            raise Refused(f"Write what was decided on {decision.reference}.", field="answer", value="")
    elif decision.decided_by or decision.meeting:
        raise Refused(f"Give the day on which {decision.reference} was decided.", field="decided_on", value=None)
    meeting = book.find(Meeting, decision.meeting)
    if meeting and (meeting.cancelled or meeting.on != decision.decided_on):
        why = "was cancelled" if meeting.cancelled else f"was on {meeting.on:%d/%m/%Y}"
        raise Refused(
            f"That meeting of the {book.get(Board, meeting.board).label} {why}, so {decision.reference} can't have been "
            f"decided at it on {decision.decided_on:%d/%m/%Y}.",
            field="meeting",
            value=decision.meeting,
        )


def check_follow_up(link: FollowUp, book: Book) -> None:
    """An action follows from a decision once. Raises Refused."""
    if any(
        twin.id != link.id and twin.action == link.action for twin in book.where(FollowUp, "decision", link.decision)
    ):
        names = book.get(Action, link.action).label, book.get(Decision, link.decision).label
        raise Refused(f"{names[0]} follows from {names[1]} already.", field="action", value=link.action)
