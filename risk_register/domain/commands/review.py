"""Reviews that change nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from risk_register.domain.book import Book
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.bulk import together
from risk_register.domain.commands.edits import added, edited, new
from risk_register.domain.errors import Refused
from risk_register.domain.review import Review
from risk_register.domain.risk import Risk
from risk_register.domain.text import plural
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


def review_all(seen: Sequence[Risk], *, on: date, note: str = "") -> Command:
    """Say of several risks that they were looked at and stay as they are: one edit.

    One that somebody else has reviewed since is left out and told. Raises Refused, naming it, where one is not watched.
    """

    def command(book: Book) -> Edit:
        changes, stale = together(book, (note_review(risk, on=on, note=note) for risk in seen))
        count = sum(change.kind is Review for change in changes)
        return Edit(f"Reviewed {plural(count, 'risk')}, no change", changes, why=note, stale=stale)

    return command
