"""What entries say: whole records, merge groups, and what stands said again once a conflict is settled."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain.change import Change
from risk_register.domain.kinds import KINDS
from risk_register.domain.merge import GONE, NEW
from risk_register.domain.record import Record, merge_groups, to_plain, values
from risk_register.store import rows
from risk_register.store.rows import chunks
from risk_register.store.tables import JOURNAL

Place = tuple[str, UUID, str]
"""The kind and id of a record, and a field of it as entries name it."""
Told = tuple[str, Any, list[UUID]]
"""Field, value and parents of an entry."""
Heads = Mapping[str, Sequence[UUID]]
"""The entries that set what stands of a record, by field; NEW stands for the fields not set since it was made."""


def losers_of(connection: sa.Connection, ids: Sequence[UUID]) -> dict[Place, list[UUID]]:
    """The entries to be settled, by what they wanted to set."""
    found: dict[Place, list[UUID]] = {}
    for some in chunks(ids):
        told = sa.select(JOURNAL).where(JOURNAL.c.id.in_(some)).order_by(JOURNAL.c.n)
        for row in connection.execute(told):
            found.setdefault((row.kind, row.record, row.field), []).append(row.id)
    return found


def lost_to(losers: Mapping[Place, list[UUID]], record: UUID, field: str) -> Iterator[UUID]:
    """The losers that an entry settles: those of its field, or all of the record where it tells the whole."""
    for (_, lost, name), ids in losers.items():
        if lost == record and (name == field or field in (NEW, GONE)):
            yield from ids


def places_of(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[Place]:
    """What the entries for which `where` holds set."""
    found = sa.select(JOURNAL.c.kind, JOURNAL.c.record, JOURNAL.c.field).where(where).order_by(JOURNAL.c.n)
    return [(kind, record, field) for kind, record, field in connection.execute(found)]


def said_again(
    connection: sa.Connection,
    places: Iterable[Place],
    changed: Mapping[UUID, Change],
    heads: Mapping[UUID, Heads],
    told: set[tuple[UUID, str]],
) -> Iterator[tuple[str, UUID, Told]]:
    """What stands after the changes in places of which they have not `told`, as entries tell it.

    Where it was disputed whether the record is there at all, it is told whole: nothing less brings it back elsewhere.
    """
    for kind, record, field in places:
        held = rows.read_ids(connection, KINDS[kind], [record])
        now = changed[record].after if record in changed else next(held, None)
        of_record = heads.get(record, {})
        name = GONE if now is None else NEW if field in (NEW, GONE) else field
        if (record, name) in told or (record, NEW) in told:
            continue
        told.add((record, name))
        if now is None:  # with what the removal had seen: where that did not hold, this one shall
            seen = sa.select(JOURNAL.c.parents).where(JOURNAL.c.id.in_(every(of_record)))
            parents = {UUID(parent) for told in connection.scalars(seen) for parent in json.loads(told)}
            yield kind, record, (GONE, None, sorted(parents | set(every(of_record))))
        elif name == NEW:
            yield kind, record, (NEW, whole(now), every(of_record))
        else:
            yield kind, record, (name, group_value(now, name), last_of(of_record, name))


def last_of(heads: Heads, group: str) -> list[UUID]:
    """The entries that set what stands of a merge group."""
    return list(heads.get(group) or heads.get(NEW) or ())


def every(heads: Heads) -> list[UUID]:
    """The entries that set anything of what stands."""
    return sorted({id for ids in heads.values() for id in ids})


def whole(record: Record) -> dict[str, Any]:
    """All fields of a record as an entry tells them."""
    return {name: to_plain(value) for name, value in values(record).items()}


def group_value(record: Record, group: str) -> dict[str, Any]:
    """The fields of a merge group with their values: by name, so that groups may be drawn otherwise one day."""
    return {name: to_plain(getattr(record, name)) for name in merge_groups(type(record))[group]}
