"""The conflicts that wait for a person."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain import views
from risk_register.domain.book import Book
from risk_register.domain.change import Change
from risk_register.domain.conflict import OpenConflict, Side
from risk_register.domain.kinds import KINDS
from risk_register.domain.merge import GONE, NEW
from risk_register.domain.record import Record, from_plain, hints, merge_groups
from risk_register.store import journal, rows
from risk_register.store.journal import IN_ORDER, STANDS
from risk_register.store.tables import CONFLICTS, EDITS, JOURNAL


def is_open(connection: sa.Connection) -> sa.ColumnElement[bool]:
    """Whether a conflict waits: nothing has settled it, or what did was taken back."""
    settling = connection.scalars(sa.select(CONFLICTS.c.resolution).where(CONFLICTS.c.resolution.is_not(None)))
    undone = journal.undone_edits(connection, settling)
    return sa.or_(CONFLICTS.c.resolution.is_(None), CONFLICTS.c.resolution.in_(undone))


def read(connection: sa.Connection, book: Book) -> list[OpenConflict]:
    """Every open conflict, oldest first."""
    if connection.scalar(sa.select(CONFLICTS.c.entry).limit(1)) is None:
        return []  # in most registers, at once
    told = (
        sa.select(JOURNAL, EDITS.c.who, EDITS.c.said_at)
        .join(CONFLICTS, CONFLICTS.c.entry == JOURNAL.c.id)
        .join(EDITS, EDITS.c.id == JOURNAL.c.edit)
        .where(is_open(connection))
        .order_by(*IN_ORDER)
    )
    disputed: dict[tuple[UUID, str], list[Any]] = {}
    for row in connection.execute(told):
        disputed.setdefault((row.record, row.field), []).append(row)
    found = [_conflict(connection, book, losers) for losers in disputed.values()]
    return [conflict for conflict in found if conflict.stands.record != conflict.beside.record]


def _conflict(connection: sa.Connection, book: Book, losers: list[Any]) -> OpenConflict:
    last = losers[-1]
    kind = KINDS[last.kind]
    now = next(_standing(connection, book, kind, last.record), None)
    beside = _beside(connection, kind, now, losers)
    told = [Change(None, record) for record in (now, beside) if record is not None]
    whole = rows.with_referred_to(connection, book, told)
    names = merge_groups(kind).get(last.field, ())
    who, when = journal.last_said(connection, last.record, last.field) or ("somebody", last.said_at)
    known = beside or now

    def words(record: Record | None) -> str:
        told = [views.shown(whole, record, name) for name in names] if record is not None else []
        return " · ".join(item for item in told if item) or ("nothing" if names else "there")

    return OpenConflict(
        kind,
        last.record,
        known.label if known is not None else kind.called,
        last.field,
        tuple(row.id for row in losers),
        Side(words(now), now, who, when),
        Side(words(beside), beside, last.who, last.said_at),
    )


def _standing(connection: sa.Connection, book: Book, kind: type[Record], id: UUID) -> Iterator[Record]:
    found = book.find(kind, id)
    if found is not None:
        yield found
    else:
        yield from journal.replayed(journal.entries_of(connection, [id])).values()


def _beside(connection: sa.Connection, kind: type[Record], now: Record | None, losers: list[Any]) -> Record | None:
    """The record as the other would have it."""
    last = losers[-1]
    if last.field == GONE:
        return None
    told = json.loads(last.value)
    hint = hints(kind)
    values = {name: from_plain(hint[name], value) for name, value in told.items() if name in hint}
    if now is not None:
        return replace(now, **{name: value for name, value in values.items() if name != "id"})
    if last.field == NEW:
        return kind(**values)
    # It was removed meanwhile: as it stood before that, with what was said of it.
    entries = sa.select(JOURNAL).where(JOURNAL.c.record == last.record, sa.or_(STANDS, JOURNAL.c.id == last.id))
    every = connection.execute(entries.order_by(*IN_ORDER)).all()
    return journal.replayed([entry for entry in every if entry.field != GONE]).get(last.record)
