"""Somebody leaves: what they held goes to somebody else."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain.accountability import Post, held
from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Membership, Person
from risk_register.domain.record import Record


def reassign(*, person: UUID, to: UUID | None, posts: Collection[Post] = (), left_on: date | None = None) -> Command:
    """Give all that somebody holds in these posts to another, and say when they left, where that is given: one edit.

    Where the other sits on a board already, the seat is given up. Raises Refused where that leaves nothing to do.
    """

    def command(book: Book) -> Edit:
        old, new = book.get(Person, person), book.find(Person, to)
        moved = {post: records for post, records in held(book, person).items() if post in posts}
        if moved and (new is None or new.id == old.id):
            raise Refused(f"Choose who takes over from {old.label}.", field="to", value=to)
        fresh: dict[UUID, tuple[Record, Any]] = {}
        for post, records in moved.items():
            for record in records:
                before, after = fresh.get(record.id, (record, record))
                fresh[record.id] = before, replace(after, **{post.field: to})
        changes = [Change(before, None if _is_twin(book, after) else after) for before, after in fresh.values()]
        number = sum(map(len, moved.values()))
        if left_on is not None and left_on != old.left_on:
            changes.append(Change(old, replace(old, left_on=left_on)))
        if not changes:
            raise Refused(f"Choose what {old.label} gives up, or the day on which they left.", field="posts")
        return Edit(
            f"Reassigned {number} of {old.label}'s to {new.label}" if new and moved else f"{old.label} left",
            tuple(changes),
        )

    return command


def _is_twin(book: Book, record: Record) -> bool:
    """Whether whoever takes over a seat has one on that board already."""
    return isinstance(record, Membership) and any(
        other.person == record.person for other in book.where(Membership, "board", record.board)
    )
