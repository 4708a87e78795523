"""A register as one copy among others: what it has to send, and how it takes in what others have changed."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Edit
from risk_register.domain.kinds import KINDS, PREFIXES
from risk_register.domain.merge import NEW, Entry, Ground, Verdict, judged
from risk_register.domain.record import Record, references, specs
from risk_register.store import journal, rows
from risk_register.store.journal import IN_ORDER, STANDS
from risk_register.store.rows import chunks
from risk_register.store.tables import CONFLICTS, EDITS, JOURNAL, TABLES

LOCAL = JOURNAL.c.state == "local"
SENT = JOURNAL.c.state == "sent"


@dataclass(frozen=True, slots=True)
class Received:
    """An entry as the hub has it: its number there, and whether it holds."""

    seq: int
    entry: Entry
    holds: bool


# -- reading the journal


def entries(connection: sa.Connection, *where: sa.ColumnElement[bool], limit: int | None = None) -> list[Entry]:
    """The entries for which `where` holds, in the order in which they came here."""
    found = sa.select(JOURNAL).where(*where).order_by(JOURNAL.c.n).limit(limit)
    return [_entry(row) for row in connection.execute(found)]


def _entry(row: sa.Row[Any]) -> Entry:
    parents = tuple(UUID(parent) for parent in json.loads(row.parents))
    return Entry(row.id, row.edit, row.kind, row.record, row.field, json.loads(row.value), parents)


def waiting(connection: sa.Connection, limit: int | None, without: Collection[UUID]) -> list[Entry]:
    """The oldest entries that a hub has not, without those of some edits; of the others about `limit`."""
    told = sa.select(JOURNAL.c.id, JOURNAL.c.edit).where(LOCAL).order_by(JOURNAL.c.n)
    some = [(id, edit) for id, edit in connection.execute(told) if edit not in without]
    wanted = {edit for _, edit in some[:limit]}  # the last edit whole
    found: list[Entry] = []
    for ids in chunks([id for id, edit in some if edit in wanted]):
        found += entries(connection, JOURNAL.c.id.in_(ids))
    return found


def edits(connection: sa.Connection, ids: Iterable[UUID]) -> dict[UUID, Edit]:
    """The edits of those ids, without their changes."""
    found: dict[UUID, Edit] = {}
    for some in chunks(list(ids)):
        found |= {row.id: journal.said(row) for row in connection.execute(sa.select(EDITS).where(EDITS.c.id.in_(some)))}
    return found


def known(connection: sa.Connection, ids: Iterable[UUID]) -> set[UUID]:
    """Which of those entries are here already."""
    found: set[UUID] = set()
    for some in chunks(list(ids)):
        found.update(connection.scalars(sa.select(JOURNAL.c.id).where(JOURNAL.c.id.in_(some))))
    return found


def ground(
    connection: sa.Connection, wanted: Sequence[Entry], *where: sa.ColumnElement[bool], come: Collection[UUID] = ()
) -> Ground:
    """What stands as far as `wanted` are concerned, going by the entries of the journal for which `where` holds.

    `come` are records whose rows are still to be written.
    """

    def standing(records: Collection[UUID]) -> Iterator[Entry]:
        for some in chunks(list(records)):
            told = sa.select(JOURNAL).where(JOURNAL.c.record.in_(some), STANDS, *where).order_by(*IN_ORDER)
            yield from map(_entry, connection.execute(told))

    return Ground.under(wanted, standing, lambda removed: _users(connection, removed) | set(come))


def _users(connection: sa.Connection, removed: Mapping[UUID, type[Record]]) -> set[UUID]:
    """The records whose rows name one of those to be removed."""
    users: set[UUID] = set()
    for kind in KINDS.values():
        for name, target in references(kind).items():
            wanted = [record for record, of in removed.items() if of is KINDS[target]]
            for some in chunks(wanted):
                users.update(connection.scalars(sa.select(TABLES[kind].c.id).where(TABLES[kind].c[name].in_(some))))
    return users


# -- what the hub has


def receive(
    connection: sa.Connection, page: Sequence[Received], told: Mapping[UUID, Edit], gone: Collection[UUID] = ()
) -> tuple[Change, ...]:
    """Take in what a hub has, in its order; `told` are the edits of the page's entries. Returns what that changed.

    The entries `gone`, which it shows no more, are forgotten. What was made here and the hub has not seen is judged anew
    on what it holds.
    """
    forgotten = _forget(connection, gone) if gone else {}
    here = known(connection, [item.entry.id for item in page])
    sent = [{"entry": item.entry.id, "number": item.seq} for item in page if item.entry.id in here]
    if sent:
        mine = JOURNAL.c.id == sa.bindparam("entry")
        connection.execute(sa.update(JOURNAL).where(mine).values(seq=sa.bindparam("number"), state="sent"), sent)
    before = edits(connection, told)
    journal.write_edits(connection, [edit for id, edit in told.items() if id not in before])
    otherwise_said = False
    for id, edit in told.items():
        if id in before and edit != before[id]:
            said = {"label": edit.label, "place": edit.where, "why": edit.why}
            otherwise_said |= said != {"label": before[id].label, "place": before[id].where, "why": before[id].why}
            now = said | {"by": edit.by, "merged": edit.merged}
            connection.execute(sa.update(EDITS).where(EDITS.c.id == id).values(now))
    if otherwise_said:
        journal.chain_anew(connection)
    fresh = [item for item in page if item.entry.id not in here]
    seqs = {item.entry.id: item.seq for item in fresh}
    journal.write_entries(connection, [item.entry for item in fresh], told, seqs)
    decide(connection, [Verdict(item.entry, item.holds) for item in page])
    records = {item.entry.record for item in page} | forgotten.keys() | _users(connection, forgotten)
    changes = rebuild(connection, records | judge_local(connection, records), forgotten)
    together = sa.select(JOURNAL.c.edit).where(
        LOCAL, STANDS, JOURNAL.c.record.in_(sa.bindparam("some", expanding=True))
    )
    for some in chunks([item.entry.record for item in fresh]):
        merged = connection.scalars(together, {"some": some}).all()
        connection.execute(sa.update(EDITS).where(EDITS.c.id.in_(merged)).values(merged=True))
    return changes


def _forget(connection: sa.Connection, gone: Collection[UUID]) -> dict[UUID, type[Record]]:
    """Remove entries, and the edits of which nothing is left. Returns the records that they told of."""
    records: dict[UUID, type[Record]] = {}
    touched: set[UUID] = set()
    whole = journal.broken_link(connection) is None
    for some in chunks(list(gone)):
        found = sa.select(JOURNAL.c.record, JOURNAL.c.kind, JOURNAL.c.edit).where(JOURNAL.c.id.in_(some))
        for record, kind, edit in connection.execute(found):
            records[record] = KINDS[kind]
            touched.add(edit)
        connection.execute(sa.delete(CONFLICTS).where(CONFLICTS.c.entry.in_(some)))
        connection.execute(sa.delete(JOURNAL).where(JOURNAL.c.id.in_(some)))
    for some in chunks(list(touched)):
        empty = EDITS.c.id.not_in(sa.select(JOURNAL.c.edit))
        connection.execute(sa.delete(EDITS).where(EDITS.c.id.in_(some), empty))
    if whole:  # else what was meddled with would look whole
        journal.chain_anew(connection)
    return records


def offer_again(connection: sa.Connection, numbers: Iterable[tuple[int, UUID]]) -> tuple[int, tuple[Change, ...]]:
    """Everything after the point up to which a hub agrees is as if it had never been there.

    Returns that point, and what changed: without the hub's order what was said holds in the order in which it came here.
    """
    here = sa.select(JOURNAL.c.seq, JOURNAL.c.id).where(JOURNAL.c.seq.is_not(None)).order_by(JOURNAL.c.seq)
    common = 0
    for mine, theirs in zip(connection.execute(here), numbers, strict=False):
        if tuple(mine) != tuple(theirs):
            break
        common = theirs[0]
    after = JOURNAL.c.seq > common
    records = set(connection.scalars(sa.select(JOURNAL.c.record).where(after).distinct()))
    connection.execute(sa.update(JOURNAL).where(after).values(seq=None, state="local"))
    return common, rebuild(connection, records | judge_local(connection, ()))


def judge_local(connection: sa.Connection, come: Collection[UUID]) -> set[UUID]:
    """Judge what the hub has not seen on what it holds. Returns the records whose entries fare otherwise now.

    `come` are the records that the hub has just told of: they may name what is removed here, and have no rows yet.
    """
    mine = entries(connection, LOCAL)
    if not mine:
        return set()
    lost = set(connection.scalars(sa.select(CONFLICTS.c.entry)))
    verdicts = judged(mine, ground(connection, mine, SENT, come=come))
    decide(connection, verdicts)
    return {verdict.entry.record for verdict in verdicts if verdict.holds == (verdict.entry.id in lost)}


def decide(connection: sa.Connection, verdicts: Iterable[Verdict]) -> None:
    """Write down which entries lost a conflict, and which conflicts are settled by entries that list the loser."""
    lost = set(connection.scalars(sa.select(CONFLICTS.c.entry)))
    for verdict in verdicts:
        id = verdict.entry.id
        if verdict.holds and id in lost:
            connection.execute(sa.delete(CONFLICTS).where(CONFLICTS.c.entry == id))
            lost.discard(id)
        elif not verdict.holds and id not in lost:
            connection.execute(sa.insert(CONFLICTS).values(entry=id))
            lost.add(id)
            # What it was to settle waits again: for the hub and all others it was never settled.
            unsettled = sa.update(CONFLICTS).where(CONFLICTS.c.resolution == verdict.entry.edit)
            connection.execute(unsettled.where(CONFLICTS.c.entry.in_(verdict.entry.parents)).values(resolution=None))
        settled = _lost_before(connection, verdict.entry, lost) if verdict.holds else ()
        if settled:
            by = verdict.entry.edit
            connection.execute(sa.update(CONFLICTS).where(CONFLICTS.c.entry.in_(settled)).values(resolution=by))


def _lost_before(connection: sa.Connection, entry: Entry, lost: Collection[UUID]) -> set[UUID]:
    """The losers that an entry settles: those that its author saw, and those that their authors had gone on from."""
    found: set[UUID] = set()
    seen = [parent for parent in entry.parents if parent in lost]
    while seen:
        found.update(seen)
        of_those = sa.select(JOURNAL.c.parents).where(JOURNAL.c.id.in_(seen))
        before = {UUID(parent) for told in connection.scalars(of_those) for parent in json.loads(told)}
        seen = [parent for parent in before if parent in lost and parent not in found]
    return found


# -- what another file has


def bring(connection: sa.Connection, foreign: Sequence[Entry], told: Mapping[UUID, Edit]) -> tuple[Change, ...]:
    """Take in the entries of another copy that are not here, judged on what stands here. Returns what that changed."""
    here = known(connection, [entry.id for entry in foreign])
    fresh = [entry for entry in foreign if entry.id not in here]
    verdicts = judged(fresh, ground(connection, fresh))
    wanted = {entry.edit for entry in fresh}
    there = edits(connection, wanted)
    journal.write_edits(
        connection, [told[id] for id in dict.fromkeys(entry.edit for entry in fresh) if id not in there]
    )
    journal.write_entries(connection, fresh, told)
    decide(connection, verdicts)
    return rebuild(connection, {verdict.entry.record for verdict in verdicts if verdict.holds})


def twins(connection: sa.Connection, book: Book, login: str) -> list[Record]:
    """The records whose reference another had before, of those that nobody else will see to."""
    found: list[Record] = []
    for kind in PREFIXES:
        named: dict[tuple[UUID, str], list[Any]] = {}
        for record in book.all(kind):
            held: Any = record
            named.setdefault((held.programme, held.reference), []).append(record)
        for same in named.values():
            if len(same) > 1:
                by_id = {record.id: record for record in same}
                told = sa.select(JOURNAL.c.record, JOURNAL.c.state, EDITS.c.by).join(
                    EDITS, EDITS.c.id == JOURNAL.c.edit
                )
                made = told.where(JOURNAL.c.record.in_(by_id), JOURNAL.c.field == NEW, STANDS).order_by(*IN_ORDER)
                once = {row.record: row for row in reversed(connection.execute(made).all())}
                later = list(reversed(once.values()))[1:]  # one that was removed and is back was made twice
                found += [by_id[row.record] for row in later if row.state == "local" or (login and row.by == login)]
    return list(dict.fromkeys(found))


# -- the rows


def rebuild(
    connection: sa.Connection, records: Iterable[UUID], forgotten: Mapping[UUID, type[Record]] | None = None
) -> tuple[Change, ...]:
    """Make the rows of `records` what the journal says, and tell what that changed.

    `forgotten` are the kinds of records of which the journal may say nothing any more.
    """
    ids = list(records)
    after: dict[UUID, Record] = {}
    kinds: dict[UUID, type[Record]] = dict(forgotten or {})
    for some in chunks(ids):
        after |= journal.replayed(journal.entries_of(connection, some))
        of = sa.select(JOURNAL.c.record, JOURNAL.c.kind).where(JOURNAL.c.record.in_(some)).distinct()
        kinds |= {record: KINDS[name] for record, name in connection.execute(of)}
    before: dict[UUID, Record] = {}
    for kind in set(kinds.values()):
        before |= {row.id: row for row in rows.read_ids(connection, kind, [id for id in ids if kinds.get(id) is kind])}
    after = sound(connection, after, ids)
    changes = tuple(
        Change(before.get(id), after.get(id)) for id in ids if id in kinds and before.get(id) != after.get(id)
    )
    rows.write(connection, changes)
    return changes


def sound(connection: sa.Connection, after: dict[UUID, Record], going: Collection[UUID] = ()) -> dict[UUID, Record]:
    """The records without references to what is not here: a hub shows not everything to everybody.

    Those `going` have their rows still.
    """
    while True:
        wanted: dict[type[Record], set[UUID]] = {}
        for record in after.values():
            for name, target in references(type(record)).items():
                if (id := getattr(record, name)) is not None and id not in after:
                    wanted.setdefault(KINDS[target], set()).add(id)
        missing = set()
        for kind, ids in wanted.items():
            found: set[UUID] = set()
            for some in chunks(list(ids)):
                found.update(connection.scalars(sa.select(TABLES[kind].c.id).where(TABLES[kind].c.id.in_(some))))
            missing |= ids - (found - set(going))
        if not missing:
            return after
        for record in list(after.values()):
            lost = [name for name in references(type(record)) if getattr(record, name) in missing]
            if any(specs(type(record))[name].required for name in lost):
                del after[record.id]
            elif lost:
                nowhere: dict[str, Any] = dict.fromkeys(lost)
                after[record.id] = replace(record, **nowhere)
