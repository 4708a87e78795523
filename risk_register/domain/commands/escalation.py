"""Escalating a risk to another board, and that board's answer."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import Unchanged, added, edited, new
from risk_register.domain.errors import Refused
from risk_register.domain.escalation import Answer, Escalation
from risk_register.domain.governance import Board
from risk_register.domain.risk import Risk
from risk_register.domain.standing import sent_words, way
from risk_register.domain.views import is_live

_VERBS = {"up": "Escalated", "down": "Handed down", "across": "Handed over"}


def escalate(seen: Risk, *, to_board: UUID | None, reason: str, on: date, where: str = "") -> Command:
    """Put a risk to another board, which oversees it once it has accepted. Raises Refused where one is asked already."""

    def command(book: Book) -> Edit:
        now = book.get(Risk, seen.id)
        if to_board is None:
            raise Refused("Choose the board that is to take it over.", field="to_board", value=None)
        target = book.get(Board, to_board)
        waits = next((item for item in book.where(Escalation, "risk", now.id) if item.answer is None), None)
        if waits is not None:
            board = book.get(Board, waits.to_board).label
            raise Refused(f"{now.reference} waits for the answer of {board} already. Record that first.")
        if not is_live(now):
            raise Refused(f"{now.reference} is {now.status.value.lower()}. Open it first, then escalate it.")
        made = new(Escalation, risk=now.id, from_board=now.board, to_board=to_board, reason=reason, on=on, where=where)
        label = f"{_VERBS[way(book, now.board, to_board)]} {now.reference} to {target.label}"
        return Edit(label, added(made), made.where, made.reason)

    return command


def answer_escalation(seen: Escalation, *, answer: Answer, on: date, words: str = "", where: str = "") -> Command:
    """Record a board's answer; where it accepts the risk, it oversees it from then on."""

    def command(book: Book) -> Edit:
        now, risk = book.get(Escalation, seen.id), book.get(Risk, seen.risk)
        board = book.get(Board, now.to_board)
        values = {"answer": answer, "answered_on": on, "words": words}
        label = f"{board.label} {answer.value.lower()} {risk.reference}"
        edit = edited(book, seen, values, label, words, of=f"the escalation of {risk.reference}")
        if answer is Answer.accepted:
            with suppress(Unchanged):
                edit = replace(edit, changes=edit.changes + edited(book, risk, {"board": board.id}).changes)
        return replace(edit, where=where)

    return command


def withdraw_escalation(seen: Escalation) -> Command:
    """Take back what a board was asked and has not answered."""

    def command(book: Book) -> Edit:
        now = book.get(Escalation, seen.id)
        reference = book.get(Risk, now.risk).reference
        if now.answer is not None:
            raise Refused(f"{sent_words(book, now)} is answered already, so {reference} can't be withdrawn from it.")
        return Edit(f"Withdrew {reference} from {book.get(Board, now.to_board).label}", (Change(now, None),))

    return command
