"""The journal: what every edit changed, never altered, chained by hashes. History, *as at* and undo read it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from json.encoder import encode_basestring
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain.change import Change, Edit
from risk_register.domain.commands.edits import RENUMBERED
from risk_register.domain.ids import new_id
from risk_register.domain.kinds import KINDS, WITH_PARTS
from risk_register.domain.merge import GONE, NEW, Entry
from risk_register.domain.record import Record, from_plain, hints, references
from risk_register.store.rows import Unreadable, chunks
from risk_register.store.saying import (
    Heads,
    Told,
    every,
    group_value,
    last_of,
    losers_of,
    lost_to,
    places_of,
    said_again,
    whole,
)
from risk_register.store.tables import CONFLICTS, EDITS, JOURNAL, TABLES

START = b"\0" * 32
"""The hash before the first entry."""


@dataclass(frozen=True, slots=True)
class PastEdit:
    """An edit as a list of history shows it: without its changes, which `Register.edit` fetches.

    `undone` says whether a later edit has taken it back.
    """

    edit: Edit
    undone: bool


IN_ORDER = (JOURNAL.c.seq.is_(None), JOURNAL.c.seq, JOURNAL.c.n)
"""The order in which entries hold: by the hub's number where they have one, and after them those it has not seen."""
STANDS = JOURNAL.c.id.not_in(sa.select(CONFLICTS.c.entry))
"""Whether an entry stands: it did not lose a conflict."""


# -- writing


def append(connection: sa.Connection, edit: Edit) -> None:
    """Write an edit and an entry for each merge group that it changed; what it settles is settled then.

    What it settles without a change is said again: an entry that lists the losers tells other copies of it. So is
    what an edit takes back that had said something again.
    """
    losers = losers_of(connection, edit.settles)
    changed = {change.id: change for change in edit.changes}
    heads = _heads(connection, [*changed, *(record for _, record, _ in losers)])
    told = [
        (change.kind.__name__, change.id, entry)
        for change in edit.changes
        for entry in _told(change, heads.get(change.id, {}))
    ]
    again = list(losers)
    if edit.undoes and not told:
        again = places_of(connection, JOURNAL.c.edit == edit.undoes)
        heads = _heads(connection, [record for _, record, _ in again])
    told += said_again(connection, again, changed, heads, {(record, entry[0]) for _, record, entry in told})
    entire = {record for _, record, (field, _, _) in told if field in (NEW, GONE)}
    entries = [
        Entry(new_id(), edit.id, kind, record, field, value, (*parents, *lost_to(losers, record, field)))
        for kind, record, (field, value, parents) in told
        if record not in entire or field in (NEW, GONE)
    ]
    write_edits(connection, [edit])
    write_entries(connection, entries, {edit.id: edit})
    if edit.settles:
        connection.execute(sa.update(CONFLICTS).where(CONFLICTS.c.entry.in_(edit.settles)).values(resolution=edit.id))


def write_edits(connection: sa.Connection, edits: Iterable[Edit]) -> None:
    """Write edits, without their changes."""
    told = [
        {
            "id": edit.id,
            "label": edit.label,
            "who": edit.who,
            "said_at": edit.when,
            "place": edit.where,
            "why": edit.why,
            "undoes": edit.undoes,
            "by": edit.by,
            "merged": edit.merged,
        }
        for edit in edits
    ]
    if told:
        connection.execute(sa.insert(EDITS), told)


def write_entries(
    connection: sa.Connection,
    entries: Iterable[Entry],
    edits: Mapping[UUID, Edit],
    seqs: Mapping[UUID, int] | None = None,
) -> None:
    """Write entries at the end of the journal; those with a number in `seqs` are on the hub already."""
    last = connection.scalar(sa.select(JOURNAL.c.hash).order_by(JOURNAL.c.n.desc()).limit(1)) or START
    told: list[dict[str, Any]] = []
    for entry in entries:
        row = {
            "id": entry.id,
            "edit": entry.edit,
            "kind": entry.kind,
            "record": entry.record,
            "field": entry.field,
            "value": _json(entry.value),
            "parents": _json([str(parent) for parent in entry.parents]),
        }
        last = chained(last, row, edits[entry.edit])
        seq = seqs.get(entry.id) if seqs else None
        told.append(row | {"hash": last, "seq": seq, "state": "local" if seq is None else "sent"})
    if told:
        connection.execute(sa.insert(JOURNAL), told)


def _told(change: Change, heads: Heads) -> Iterator[Told]:
    """Field, value and parents of each entry that tells a change."""
    if change.before is None:
        yield NEW, whole(change.record), every(heads)
    elif change.after is None:
        yield GONE, None, every(heads)
    else:
        for name in change.groups:
            yield name, group_value(change.after, name), last_of(heads, name)


def _heads(connection: sa.Connection, records: Sequence[UUID]) -> dict[UUID, Heads]:
    """For each record, the entries that last set each of its fields (+ stands for those not set since it was made).

    Several where they said the same one after the other: in another copy another of them is the last.
    """
    heads: dict[UUID, dict[str, list[UUID]]] = {}
    values: dict[tuple[UUID, str], str] = {}
    for some in chunks(records):
        found = connection.execute(
            sa.select(JOURNAL.c.record, JOURNAL.c.field, JOURNAL.c.id, JOURNAL.c.value)
            .where(JOURNAL.c.record.in_(some), STANDS)
            .order_by(*IN_ORDER)
        )
        for record, field, id, value in found:
            fields = heads.setdefault(record, {})
            same = [*fields.get(field, ()), id] if values.get((record, field)) == value else [id]
            if field in (NEW, GONE):
                fields.clear()
            fields[field], values[record, field] = same, value
    return dict(heads)


_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def chained(last: bytes, entry: Mapping[str, Any], edit: Edit) -> bytes:
    """The hash of an entry after one with the hash `last`."""
    told = [str(entry[name]) for name in ("id", "edit", "kind", "record", "field", "value", "parents")]
    said = [edit.label, edit.who, edit.when.astimezone(UTC).isoformat(), edit.where, edit.why, str(edit.undoes or "")]
    return link(last, told, said)


def link(last: bytes, told: Iterable[str], said: Iterable[str]) -> bytes:
    """The hash of an entry: SHA-256 over the one before it, and over all that it has told and its edit said, as JSON."""
    words = ",".join(map(encode_basestring, (*told, *said)))  # ten times as quick as the encoder for all of JSON
    return hashlib.sha256(last + f"[{words}]".encode()).digest()


# -- reading


Plain = dict[UUID, tuple[str, dict[str, Any]]]
"""Records by id, as the journal tells them: their kind, and their fields as plain values."""


def tell(plain: Plain, kind: str, record: UUID, field: str, value: Mapping[str, Any] | None) -> None:
    """Let `plain` be as after an entry."""
    if field == NEW:
        plain[record] = kind, dict(value or {})
    elif field == GONE:
        plain.pop(record, None)
    elif record in plain:
        plain[record][1].update(value or {})


def records_of(plain: Plain) -> dict[UUID, Record]:
    """The records that are told. Raises Unreadable."""
    try:
        return {record: _record(KINDS[kind], fields) for record, (kind, fields) in plain.items()}
    except (LookupError, ValueError, TypeError) as error:
        raise Unreadable(f"the journal: {error}") from error


def replayed(entries: Iterable[Any]) -> dict[UUID, Record]:
    """The records that `entries` (kind, record, field, value; in order) leave standing. Raises Unreadable."""
    plain: Plain = {}
    try:
        for entry in entries:
            tell(plain, entry.kind, entry.record, entry.field, json.loads(entry.value))
    except (ValueError, TypeError) as error:
        raise Unreadable(f"the journal: {error}") from error
    return records_of(plain)


def _record(kind: type[Record], plain: Mapping[str, Any]) -> Record:
    """The record of those fields; one that has come since has its default, one that is no more is left out."""
    told = hints(kind)
    return kind(**{name: from_plain(told[name], value) for name, value in plain.items() if name in told})


ENTRY = (JOURNAL.c.n, JOURNAL.c.kind, JOURNAL.c.record, JOURNAL.c.field, JOURNAL.c.value)


def all_records(connection: sa.Connection) -> dict[UUID, Record]:
    """Every record as the journal has it."""
    return replayed(connection.execute(sa.select(*ENTRY).where(STANDS).order_by(*IN_ORDER)))


def entries_of(connection: sa.Connection, records: Sequence[UUID]) -> Sequence[Any]:
    """The entries that stand of those records, as `replayed` takes them."""
    found = sa.select(*ENTRY).where(JOURNAL.c.record.in_(records), STANDS)
    return connection.execute(found.order_by(*IN_ORDER)).all()


def read_edit(connection: sa.Connection, id: UUID) -> Edit | None:
    """An edit with its changes, each record as it was before and after."""
    row = connection.execute(sa.select(EDITS).where(EDITS.c.id == id)).one_or_none()
    if row is None:
        return None
    own = JOURNAL.c.edit == id
    mine = sa.select(JOURNAL.c.record).where(own).distinct()
    told = sa.select(*ENTRY, JOURNAL.c.edit).where(JOURNAL.c.record.in_(mine), sa.or_(STANDS, own)).order_by(*IN_ORDER)
    entries = connection.execute(told).all()
    places = [place for place, entry in enumerate(entries) if entry.edit == id]
    before = replayed(entries[: places[0]])
    after = replayed(entries[: places[-1] + 1])
    order = dict.fromkeys(entries[place].record for place in places)
    there = [item for item in order if item in before or item in after]  # one that was removed can be said again
    lost = sa.select(JOURNAL.c.record, JOURNAL.c.field).join(CONFLICTS, CONFLICTS.c.entry == JOURNAL.c.id).where(own)
    return replace(
        said(row),
        changes=tuple(Change(before.get(item), after.get(item)) for item in there),
        lost=frozenset((record, field) for record, field in connection.execute(lost)),
    )


def said(row: sa.Row[Any]) -> Edit:
    """An edit as its row tells it, without its changes."""
    return Edit(
        row.label,
        (),
        row.place,
        row.why,
        row.undoes,
        who=row.who,
        when=row.said_at,
        id=row.id,
        by=row.by,
        merged=row.merged,
    )


def read_history(
    connection: sa.Connection, records: Iterable[UUID] | None = None, *, skip: int = 0, limit: int = 500
) -> list[PastEdit]:
    """The newest edits first: all, or those that changed one of `records`."""
    if records is None:
        # From the newest on, until the page is full: the journal may hold a million entries.
        touched = sa.select(JOURNAL.c.edit, JOURNAL.c.n.label("first")).where(_is_first())
    else:
        touched = sa.select(JOURNAL.c.edit, sa.func.min(JOURNAL.c.n).label("first")).group_by(JOURNAL.c.edit)
        touched = touched.where(JOURNAL.c.record.in_(list(records)))
    first = touched.selected_columns["first"]
    page = touched.order_by(first.desc()).offset(skip).limit(limit).subquery()
    rows = connection.execute(
        sa.select(EDITS).join(page, page.c.edit == EDITS.c.id).order_by(page.c.first.desc())
    ).all()
    undone = undone_edits(connection, [row.id for row in rows])
    return [PastEdit(said(row), row.id in undone) for row in rows]


def _is_first() -> sa.ColumnElement[bool]:
    """Whether an entry is the first of its edit."""
    before = JOURNAL.alias()
    return ~sa.exists().where(before.c.edit == JOURNAL.c.edit, before.c.n < JOURNAL.c.n)


def ids_around(connection: sa.Connection, record: Record) -> Iterator[UUID]:
    """The id of a record and, of one that has parts, of what hangs on it or did: a risk's controls."""
    yield record.id
    if type(record) not in WITH_PARTS:
        return
    referring = [
        (kind, name)
        for kind in KINDS.values()
        for name, target in references(kind).items()
        if target == type(record).__name__
    ]
    for kind, name in referring:
        yield from connection.scalars(sa.select(TABLES[kind].c.id).where(TABLES[kind].c[name] == record.id))
    kinds = {kind.__name__ for kind, _ in referring}
    # Word for word what the index of removals has; a parameter would not find it.
    is_gone = JOURNAL.c.field == sa.literal_column(f"'{GONE}'")
    removed = sa.select(JOURNAL.c.record).where(is_gone, JOURNAL.c.kind.in_(kinds))
    yield from connection.scalars(
        sa.select(JOURNAL.c.record).where(
            JOURNAL.c.record.in_(removed), JOURNAL.c.field == NEW, JOURNAL.c.value.contains(str(record.id))
        )
    )


def undone_edits(connection: sa.Connection, among: Iterable[UUID]) -> set[UUID]:
    """Which of those edits stand taken back: an edit undoes them which is not itself undone."""
    wanted = set(among)
    pairs: dict[UUID, tuple[int, UUID]] = {}
    asked = wanted
    while asked:  # what undoes them, what undoes that ...
        more: set[UUID] = set()
        for some in chunks(list(asked)):
            found = (
                sa.select(EDITS.c.id, EDITS.c.undoes, sa.func.min(JOURNAL.c.n).label("first"))
                .join(JOURNAL, JOURNAL.c.edit == EDITS.c.id)
                .where(EDITS.c.undoes.in_(some))
                .group_by(EDITS.c.id)
            )
            for row in connection.execute(found):
                if row.id not in pairs:
                    more.add(row.id)
                    pairs[row.id] = row.first, row.undoes
        asked = more
    undone: set[UUID] = set()
    for id, (_, undoes) in sorted(pairs.items(), key=lambda pair: pair[1], reverse=True):
        if id not in undone:  # newest first, so an undo's own fate is known before its effect
            undone.add(undoes)
    return undone & wanted


def standing_edits(connection: sa.Connection, who: str, limit: int) -> list[Edit]:
    """The newest edits of a person that stand, oldest first; those that only take others back are not among them.

    Nor are those that nobody made: a number given anew can't be taken back while another record has the first.
    """
    rows = connection.execute(
        sa.select(EDITS)
        .join(JOURNAL, JOURNAL.c.edit == EDITS.c.id)
        .where(EDITS.c.who == who, EDITS.c.undoes.is_(None), EDITS.c.label.not_like(f"{RENUMBERED}%"))
        .group_by(EDITS.c.id)
        .order_by(sa.func.min(JOURNAL.c.n).desc())
        .limit(limit)
    ).all()
    undone = undone_edits(connection, [row.id for row in rows])
    return [said(row) for row in reversed(rows) if row.id not in undone]


def last_said(connection: sa.Connection, record: UUID, group: str) -> tuple[str, datetime] | None:
    """Who last set that merge group of a record, or anything of it where it is the whole (NEW, GONE), and when."""
    about = JOURNAL.c.record == record
    if group not in (NEW, GONE):
        about = sa.and_(about, JOURNAL.c.field.in_([group, NEW, GONE]))
    row = connection.execute(
        sa.select(EDITS.c.who, EDITS.c.said_at)
        .join(JOURNAL, JOURNAL.c.edit == EDITS.c.id)
        .where(about, STANDS)
        .order_by(*(column.desc() for column in IN_ORDER))
        .limit(1)
    ).one_or_none()
    return (row.who, row.said_at) if row else None


def broken_link(connection: sa.Connection) -> int | None:
    """The number of the first entry whose hash is not what it should be; None where the chain is whole."""
    return next((n for n, held, due in _links(connection) if held != due), None)


def chain_anew(connection: sa.Connection) -> None:
    """Give every entry the hash that it should have, where the hub took some away or tells its edits otherwise."""
    wrong = [{"number": n, "due": due} for n, held, due in _links(connection) if held != due]
    if wrong:
        mine = JOURNAL.c.n == sa.bindparam("number")
        connection.execute(sa.update(JOURNAL).where(mine).values(hash=sa.bindparam("due")), wrong)


def _links(connection: sa.Connection) -> Iterator[tuple[int, bytes, bytes]]:
    """The number of each entry, the hash that it has, and the one that it should have."""
    edits = {row.id: said(row) for row in connection.execute(sa.select(EDITS))}
    last = START
    for row in connection.execute(sa.select(JOURNAL).order_by(JOURNAL.c.n)):
        edit = edits.get(row.edit)
        last = chained(last, dict(row._mapping), edit) if edit else START  # noqa: SLF001
        yield row.n, row.hash, last
