"""Taking in all that a hub holds: the rows are made once, when everything is read, and not with each page anew."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Edit
from risk_register.domain.kinds import KINDS, PREFIXES
from risk_register.domain.merge import Entry, Verdict
from risk_register.domain.reference import number_of
from risk_register.store import journal, replica, rows
from risk_register.store.replica import Received

Page = tuple[Sequence[Received], Mapping[UUID, Edit]]


def take(connection: sa.Connection, pages: Iterable[Page]) -> Book:
    """Write the journal, and the rows that it leaves standing, into a register that is empty."""
    plain: journal.Plain = {}
    numbers: dict[tuple[UUID, str], int] = {}
    told: set[UUID] = set()
    for page, edits in pages:
        journal.write_edits(connection, [edit for id, edit in edits.items() if id not in told])
        told |= edits.keys()
        journal.write_entries(
            connection, [item.entry for item in page], edits, {item.entry.id: item.seq for item in page}
        )
        replica.decide(connection, [Verdict(item.entry, item.holds) for item in page])
        for entry in (item.entry for item in page if item.holds):
            journal.tell(plain, entry.kind, entry.record, entry.field, entry.value)
            _count(numbers, plain, entry)
    records = replica.sound(connection, journal.records_of(plain))
    rows.write(connection, [Change(None, record) for record in records.values()])
    return Book(records.values(), numbers)


def _count(numbers: dict[tuple[UUID, str], int], plain: journal.Plain, entry: Entry) -> None:
    """Let `numbers` hold the highest ever given, also to what has been removed since."""
    prefix = PREFIXES.get(KINDS[entry.kind])
    reference = (entry.value or {}).get("reference")
    if prefix and reference and entry.record in plain:
        key = UUID(plain[entry.record][1]["programme"]), prefix
        numbers[key] = max(numbers.get(key, 0), number_of(reference, prefix))
