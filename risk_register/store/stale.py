"""What is said where a field no longer holds what an edit expects: who changed it, and when."""

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from risk_register.domain import merge
from risk_register.domain.book import Book
from risk_register.domain.change import UNDO, Edit
from risk_register.domain.errors import Conflict, Stale
from risk_register.domain.kinds import KINDS
from risk_register.domain.record import merge_groups, specs
from risk_register.domain.text import listed
from risk_register.store import journal


def with_author(connection: sa.Connection, stale: Stale) -> Stale:
    """The same, with who set what stands and when."""
    groups = merge_groups(KINDS[stale.kind])
    group = next((name for name, fields in groups.items() if stale.field in fields), merge.GONE)
    said = journal.last_said(connection, stale.id, group)
    return replace(stale, who=said[0], when=said[1]) if said else stale


def conflict(edit: Edit, book: Book, told: tuple[Stale, ...]) -> Conflict:
    """Why an edit of a book is not kept, in a sentence."""
    first = told[0]
    record = book.find(KINDS[first.kind], first.id)
    what = f"“{edit.label.removeprefix(UNDO)}” can't be {'undone' if edit.undoes else 'kept'}"
    if not first.field:
        gone = "is in the register again" if record else "was removed"
        return Conflict(f"{what}: the {KINDS[first.kind].called} {gone}{_by(first)}.", told)
    names = listed(list(dict.fromkeys(specs(KINDS[item.kind])[item.field].label.lower() for item in told)))
    of = record.label if record else KINDS[first.kind].called
    return Conflict(f"{what}: the {names} of {of} changed since{_by(first)}. Undo that first.", told)


def by_whom(told: Sequence[Stale]) -> str:
    """Who changed the first of them, in a sentence; "" where it is not known."""
    return f"It was changed{_by(told[0])}." if told and told[0].when else ""


def _by(stale: Stale) -> str:
    return f" by {stale.who} on {stale.when.astimezone():%d/%m/%Y at %H:%M}" if stale.when else ""
