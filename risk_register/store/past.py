"""The book as it stood on an earlier day."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain.book import Book
from risk_register.domain.kinds import KINDS, LOG_KINDS
from risk_register.domain.merge import GONE, NEW
from risk_register.domain.record import Record, from_plain, hints, merge_groups, references, specs
from risk_register.store import journal, rows
from risk_register.store.journal import ENTRY, IN_ORDER, STANDS
from risk_register.store.rows import chunks
from risk_register.store.tables import CONFLICTS, EDITS, JOURNAL


def book_at(connection: sa.Connection, now: Book, moment: datetime) -> Book:
    """`now` without what was said at `moment` or later: only records touched since are looked up in the journal."""
    records = {record.id: record for record in now.records()}
    for id, record in _records_at(connection, records, moment):
        records.pop(id, None)
        if record is not None:
            records[id] = record
    missing = [
        id
        for record in records.values()
        for name, target in references(type(record)).items()
        if KINDS[target] in LOG_KINDS and (id := getattr(record, name)) and id not in records
    ]
    for kind in LOG_KINDS:
        records |= {record.id: record for record in rows.read_ids(connection, kind, missing)}
    return Book(_sound(records), now.numbers)


def _records_at(
    connection: sa.Connection, now: Mapping[UUID, Record], moment: datetime
) -> Iterator[tuple[UUID, Record | None]]:
    """The records that edits said at `moment` or later touched, as they stood before it; None where there was none.

    Of each field that they set it is asked what it held before, so that this grows with what was said since, and not
    with all that was ever said.
    """
    changed: dict[UUID, dict[str, Any]] = {}
    whole: set[UUID] = set()
    for record, field, told, value in connection.execute(_set_before(moment)).all():
        if record in whole:
            continue
        kind = type(now[record]) if record in now else None
        names = merge_groups(kind).get(field, ()) if kind else ()
        held = json.loads(value) if told not in (None, GONE) else {}
        if kind and names and all(name in held for name in names):
            changed.setdefault(record, {}).update({name: from_plain(hints(kind)[name], held[name]) for name in names})
        else:  # it came or went meanwhile, or was told by a program that knew other fields
            whole.add(record)
    for some in chunks(list(whole)):
        earlier = sa.select(*ENTRY).where(JOURNAL.c.record.in_(some), ~_since(JOURNAL.c.edit, moment), STANDS)
        standing = journal.replayed(connection.execute(earlier.order_by(*IN_ORDER)))
        yield from ((record, standing.get(record)) for record in some)
    yield from ((record, replace(now[record], **fields)) for record, fields in changed.items() if record not in whole)


def _set_before(moment: datetime) -> sa.Select[Any]:
    """Each record and field set since, with the field and value of the entry that had set it last before."""
    said = sa.select(EDITS.c.id).where(EDITS.c.said_at >= moment)
    touched = sa.select(JOURNAL.c.record, JOURNAL.c.field).where(JOURNAL.c.edit.in_(said)).distinct().subquery()
    entry = JOURNAL.alias()
    last = (
        sa.select(entry.c.n)
        .where(
            entry.c.record == touched.c.record,
            entry.c.field.in_([touched.c.field, NEW, GONE]),
            ~_since(entry.c.edit, moment),
            entry.c.id.not_in(sa.select(CONFLICTS.c.entry)),
        )
        .order_by(entry.c.seq.is_(None).desc(), entry.c.seq.desc(), entry.c.n.desc())
        .limit(1)
        .scalar_subquery()
    )
    each = sa.select(touched.c.record, touched.c.field, last.label("n")).subquery()
    return sa.select(each.c.record, each.c.field, JOURNAL.c.field, JOURNAL.c.value).outerjoin(
        JOURNAL, JOURNAL.c.n == each.c.n
    )


def _since(edit: sa.ColumnElement[UUID], moment: datetime) -> sa.ColumnElement[bool]:
    return sa.exists().where(EDITS.c.id == edit, EDITS.c.said_at >= moment)


def _sound(records: dict[UUID, Record]) -> Iterable[Record]:
    """The records without references into nothing.

    Clocks order nothing: where one was put back, a link can have been said before what it links.
    """
    dangling = True
    while dangling:
        dangling = False
        for record in list(records.values()):
            lost = [name for name in references(type(record)) if (id := getattr(record, name)) and id not in records]
            if lost:
                dangling = True
                if any(specs(type(record))[name].required for name in lost):
                    del records[record.id]
                else:
                    nowhere: dict[str, Any] = dict.fromkeys(lost)
                    records[record.id] = replace(record, **nowhere)
    return records.values()
