"""The book as it stood on an earlier day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain.book import Book
from risk_register.domain.kinds import KINDS, LOG_KINDS
from risk_register.domain.record import Record, references, specs
from risk_register.store import journal, rows


def book_at(connection: sa.Connection, now: Book, moment: datetime) -> Book:
    """`now` without what was said at `moment` or later: only records touched since are looked up in the journal."""
    records = {record.id: record for record in now.records()}
    for id, record in journal.records_at(connection, moment).items():
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
