"""Records to rows and back, on SQLite and on PostgreSQL alike."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain.book import Book
from risk_register.domain.change import Change
from risk_register.domain.kinds import KINDS, LOG_KINDS
from risk_register.domain.record import Record, references, values
from risk_register.store.tables import TABLES

R = TypeVar("R", bound=Record)
T = TypeVar("T")

CHUNK = 500


class RowChanged(Exception):
    """A row does not hold what the change expected of it."""

    def __init__(self, change: Change) -> None:
        super().__init__(change.id)
        self.change = change


class Unreadable(Exception):
    """What stands in the file means nothing: a choice there is no more, a list that is none."""


def read(connection: sa.Connection, kind: type[R], *where: sa.ColumnElement[bool]) -> Iterator[R]:
    """The records of a kind for which `where` holds, in the order in which they were added (ids grow with time).

    Raises Unreadable.
    """
    table = TABLES[kind]
    found = connection.execute(sa.select(table).where(*where).order_by(table.c.id))
    names = list(found.keys())
    try:
        for row in found:
            yield kind(**dict(zip(names, row, strict=True)))  # a third quicker than by the row's own mapping
    except (LookupError, ValueError, TypeError) as error:
        raise Unreadable(f"a {kind.called}: {error}") from error


def read_ids(connection: sa.Connection, kind: type[R], ids: Iterable[UUID]) -> Iterator[R]:
    """The records of those ids that there are."""
    for some in chunks(list(ids)):
        yield from read(connection, kind, TABLES[kind].c.id.in_(some))


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """`items` in pieces small enough for one statement."""
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


def read_contents(connection: sa.Connection) -> Iterator[Record]:
    """All that a book holds: every record, but of the kinds that only grow just those that another refers to."""
    for kind in KINDS.values():
        if kind in LOG_KINDS:
            continue
        yield from read(connection, kind)
    for kind in LOG_KINDS:
        pointed = [
            sa.select(TABLES[user].c[name]).where(TABLES[user].c[name].is_not(None))
            for user in KINDS.values()
            for name, target in references(user).items()
            if target == kind.__name__
        ]
        if pointed:
            yield from read(connection, kind, TABLES[kind].c.id.in_(sa.union_all(*pointed)))


def with_referred_to(connection: sa.Connection, book: Book, changes: Iterable[Change]) -> Book:
    """`book` with the records of the growing kinds that `changes` refer to and that it does not hold yet."""
    told = list(changes)
    for kind in LOG_KINDS:
        ids = {
            id
            for change in told
            if change.after is not None
            for name, target in references(change.kind).items()
            if target == kind.__name__ and (id := getattr(change.after, name)) is not None
        }
        missing = [id for id in ids if book.find(kind, id) is None]
        if missing:
            book = book.apply(Change(None, record) for record in read_ids(connection, kind, missing))
    return book


def write(connection: sa.Connection, changes: Collection[Change]) -> None:
    """Make the rows what `changes` say. Raises RowChanged where a row does not hold what a change expects of it."""
    new: dict[type[Record], list[Change]] = {}
    gone: dict[type[Record], list[Change]] = {}
    for change in changes:
        if change.before is None:
            new.setdefault(change.kind, []).append(change)
        elif change.after is None:
            gone.setdefault(change.kind, []).append(change)
    for kind, some in new.items():
        connection.execute(sa.insert(TABLES[kind]), [values(change.record) for change in some])
    for change in changes:
        if change.before is not None and change.after is not None:
            _update(connection, change, change.before, change.after)
    for kind, some in gone.items():
        _delete(connection, kind, some)


def _update(connection: sa.Connection, change: Change, before: Record, after: Record) -> None:
    table = TABLES[change.kind]
    held = [table.c[name].is_not_distinct_from(getattr(before, name)) for name in change.fields]
    fresh = {name: getattr(after, name) for name in change.fields}
    statement = sa.update(table).where(table.c.id == change.id, *held).values(fresh)
    if cast("sa.CursorResult[Any]", connection.execute(statement)).rowcount != 1:
        raise RowChanged(change)


def _delete(connection: sa.Connection, kind: type[Record], gone: Sequence[Change]) -> None:
    table = TABLES[kind]
    held = {record.id: record for record in read_ids(connection, kind, [change.id for change in gone])}
    for change in gone:
        if held.get(change.id) != change.before:
            raise RowChanged(change)
    for ids in chunks(list(held)):
        connection.execute(sa.delete(table).where(table.c.id.in_(ids)))
