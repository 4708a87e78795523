"""Taking in all that a hub holds: the rows are made once, when everything is read, and the indexes after them.

A journal may hold a million entries, so what is done for each is little: ids stay text, and values JSON, but for those
that stand in the end.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain.book import Book
from risk_register.domain.change import Change
from risk_register.domain.kinds import PREFIXES
from risk_register.domain.merge import GONE, NEW, Entry, Verdict
from risk_register.domain.reference import number_of
from risk_register.store import journal, replica, rows

Page = tuple[Sequence[Sequence[Any]], Sequence[Sequence[Any]]]
"""Entries in the hub's order (seq, id, edit, kind, record, field, value, parents, holds), and their edits (id, label, who,
said_at, place, why, undoes, by, merged). Ids are text with dashes, value and parents JSON as the journal writes it."""
Standing = dict[str, tuple[str, dict[str, str]]]
"""By record its kind, and the value that was told last of each field."""

_EDIT = (
    "INSERT OR IGNORE INTO edit (id, label, who, said_at, place, why, undoes, by, merged) VALUES (?,?,?,?,?,?,?,?,?)"
)
_ENTRY = (
    "INSERT INTO journal (id, edit, kind, record, field, value, parents, state, seq, hash) "
    "VALUES (?,?,?,?,?,?,?,'sent',?,?)"
)
_NUMBERED = {kind.__name__: prefix for kind, prefix in PREFIXES.items()}


def take(connection: sa.Connection, pages: Iterable[Page]) -> Book:
    """Write the journal, and the rows that it leaves standing, into a register that is empty."""
    standing: Standing = {}
    numbers: dict[tuple[UUID, str], int] = {}
    lost: set[str] = set()
    last = journal.START
    with _indexed_afterwards(connection):
        for entries, edits in pages:
            last = _write(connection, entries, edits, last)
            replica.decide(connection, _disputed(entries, lost))
            for _, _, _, kind, record, field, value, _, holds in entries:
                if holds:
                    _tell(standing, kind, record, field, value)
                    if kind in _NUMBERED and '"reference"' in value and record in standing:
                        _count(numbers, _NUMBERED[kind], _fields(standing[record][1]))
    told = {UUID(record): (kind, _fields(values)) for record, (kind, values) in standing.items()}
    records = replica.sound(connection, journal.records_of(told))
    rows.write(connection, [Change(None, record) for record in records.values()])
    return Book(records.values(), numbers)


@contextmanager
def _indexed_afterwards(connection: sa.Connection) -> Iterator[None]:
    """Without the indexes of the journal and its edits, which are made at the end: sorted once, and not with each entry."""
    found = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> '' AND tbl_name IN ('journal', 'edit')"
    indexes = connection.exec_driver_sql(found).all()
    for name, _ in indexes:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    for _, made in indexes:
        connection.exec_driver_sql(made)


def _write(
    connection: sa.Connection, entries: Sequence[Sequence[Any]], edits: Sequence[Sequence[Any]], last: bytes
) -> bytes:
    """Write them at the end of the journal, whose last hash is `last`. Returns the hash of the new last one."""
    said: dict[str, list[str]] = {}
    first: list[tuple[Any, ...]] = []
    for id, label, who, said_at, place, why, undoes, by, merged in edits:
        moment = said_at.astimezone(UTC)
        said[id] = [label, who, moment.isoformat(), place, why, undoes or ""]
        at = moment.replace(tzinfo=None).isoformat(" ", "microseconds")
        first.append((_hex(id), label, who, at, place, why, undoes and _hex(undoes), by, merged))
    then: list[tuple[Any, ...]] = []
    for seq, id, edit, kind, record, field, value, parents, _ in entries:
        last = journal.link(last, (id, edit, kind, record, field, value, parents), said[edit])
        then.append((_hex(id), _hex(edit), kind, _hex(record), field, value, parents, seq, last))
    for statement, told in ((_EDIT, first), (_ENTRY, then)):
        if told:
            connection.exec_driver_sql(statement, told)
    return last


def _hex(id: str) -> str:
    return id.replace("-", "")


def _disputed(entries: Iterable[Sequence[Any]], lost: set[str]) -> list[Verdict]:
    """The entries that lost a conflict, which are added to `lost`, and those whose authors had seen one that did."""
    found: list[Verdict] = []
    for _, id, edit, kind, record, field, value, parents, holds in entries:
        if not holds:
            lost.add(id)
        elif not lost or lost.isdisjoint(json.loads(parents)):
            continue
        seen = tuple(map(UUID, json.loads(parents)))
        entry = Entry(UUID(id), UUID(edit), kind, UUID(record), field, json.loads(value), seen)
        found.append(Verdict(entry, holds))
    return found


def _tell(standing: Standing, kind: str, record: str, field: str, value: str) -> None:
    """Let `standing` be as after an entry that holds."""
    if field == NEW:
        standing[record] = kind, {NEW: value}
    elif field == GONE:
        standing.pop(record, None)
    elif record in standing:
        told = standing[record][1]
        told.pop(field, None)  # for what was told last to be last
        told[field] = value


def _fields(told: Mapping[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for value in told.values():
        fields |= json.loads(value)
    return fields


def _count(numbers: dict[tuple[UUID, str], int], prefix: str, fields: Mapping[str, Any]) -> None:
    """Let `numbers` hold the highest ever given, also to what is removed later."""
    key = UUID(fields["programme"]), prefix
    numbers[key] = max(numbers.get(key, 0), number_of(fields["reference"], prefix))
