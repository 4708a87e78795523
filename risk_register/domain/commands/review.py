"""Reviews that change nothing."""

from dataclasses import replace
from datetime import date

from risk_register.domain.book import Book
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.edits import added, edited, new
from risk_register.domain.errors import Refused
from risk_register.domain.review import Review
from risk_register.domain.risk import Risk
from risk_register.domain.views import is_live


def note_review(seen: Risk, *, on: date, note: str = "", where: str = "") -> Command:
    """Say that a risk was looked at and stays as it is. One dated before the latest review only joins the history.

    Raises Conflict where somebody else has reviewed it since, Refused where it is not watched.
    """
    review = new(Review, risk=seen.id, on=on, note=note, where=where)

    def command(book: Book) -> Edit:
        now = book.get(Risk, seen.id)
        if not is_live(now):
            raise Refused(
                f"{now.reference} is {now.status.value.lower()}, so it is not reviewed. Open it first.",
                field="status",
                value=now.status,
            )
        latest = book.find(Review, now.reviewed)
        if latest is not None and on < latest.on:
            label = f"Added an earlier review of {now.reference}, made on {on:%d/%m/%Y}"
            return Edit(label, added(review), review.where, review.note)
        pointed = edited(book, seen, {"reviewed": review.id}, f"Reviewed {now.reference}, no change", review.note)
        return replace(pointed, changes=added(review) + pointed.changes, where=review.where)

    return command
