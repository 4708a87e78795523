"""Settling conflicts: what stands, what was said beside it, or a third."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import cleaned
from risk_register.domain.conflict import OpenConflict
from risk_register.domain.record import Record, merge_groups
from risk_register.domain.text import plural


def keep_standing(conflict: OpenConflict) -> Command:
    """Leave it as it stands."""

    def command(_book: Book) -> Edit:
        return Edit(f"Settled the {conflict.names} of {conflict.label} as it stood", (), settles=conflict.losers)

    return command


def use_beside(conflict: OpenConflict) -> Command:
    """Take what was said beside it."""

    def command(book: Book) -> Edit:
        label = f"Settled the {conflict.names} of {conflict.label} by the other"
        return Edit(label, _taken([conflict], book), settles=conflict.losers)

    return command


def write_third(conflict: OpenConflict, **values: Any) -> Command:  # noqa: ANN401  each field has its own type
    """Put something else, which takes in both."""

    def command(book: Book) -> Edit:
        now = book.get(conflict.kind, conflict.record)
        fresh: Any = replace(now, **cleaned(conflict.kind, values))
        told = () if fresh == now else (Change(now, fresh),)
        return Edit(f"Settled the {conflict.names} of {conflict.label}", told, settles=conflict.losers)

    return command


def keep_all(conflicts: Sequence[OpenConflict]) -> Command:
    """Leave everything as it stands: one edit, so that one Undo opens all of them again."""

    def command(_book: Book) -> Edit:
        return Edit(f"Settled {plural(len(conflicts), 'conflict')}: what stood stays", (), settles=_losers(conflicts))

    return command


def use_all(conflicts: Sequence[OpenConflict]) -> Command:
    """Take everything that was said beside what stands, as one edit."""

    def command(book: Book) -> Edit:
        label = f"Settled {plural(len(conflicts), 'conflict')} by the others"
        return Edit(label, _taken(conflicts, book), settles=_losers(conflicts))

    return command


def _losers(conflicts: Iterable[OpenConflict]) -> tuple[UUID, ...]:
    return tuple(loser for conflict in conflicts for loser in conflict.losers)


def _taken(conflicts: Iterable[OpenConflict], book: Book) -> tuple[Change, ...]:
    """What taking what was said beside changes, a change for each record.

    Only in the fields that are disputed: the others may have changed since the conflict was looked at.
    """
    before: dict[UUID, Record | None] = {}
    after: dict[UUID, Record | None] = {}
    for conflict in conflicts:
        id, other = conflict.record, conflict.beside.record
        now = after.get(id, before.setdefault(id, book.find(conflict.kind, id)))
        names = merge_groups(conflict.kind).get(conflict.field)
        if now is not None and other is not None and names:
            other = replace(now, **{name: getattr(other, name) for name in names})
        after[id] = other
    return tuple(Change(before[id], now) for id, now in after.items() if before[id] != now)
