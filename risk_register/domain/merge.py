"""Merging: which of the changes made in one copy hold in another, and which are conflicts that a person settles.

A three-way merge by field and merge group, as `git` does by line: every entry names its parents, the entries whose
values its author was looking at. Where what stands is among them, the author knew of it and the entry holds; where it
is not, nobody's words are overwritten unseen: the entry is kept beside what stands. Clocks play no part.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from risk_register.domain.kinds import KINDS
from risk_register.domain.record import Record, merge_groups, references

NEW, GONE = "+", "-"
"""The fields of entries that tell of a whole new record, and of a record that was removed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One merge group of one record as an edit set it.

    `field` is the group's name, or NEW or GONE; `value` holds the fields told, by name, as plain values.
    """

    id: UUID
    edit: UUID
    kind: str
    record: UUID
    field: str
    value: Mapping[str, Any] | None
    parents: tuple[UUID, ...]

    @property
    def named(self) -> Iterator[tuple[str, UUID]]:
        """The fields told that name another record, with the record each names."""
        for name in references(KINDS[self.kind]):
            told = (self.value or {}).get(name)
            if told is not None:
                yield name, UUID(told)


@dataclass(slots=True)
class Ground:
    """What stands in a copy, as far as some entries are concerned.

    `heads` are, by record and field, the entries that set what stands (NEW stands for the fields not set since, GONE
    alone for a removed record); `held` the plain values of the records that the entries change, `there` all records
    that they change or name and that stand; `users` who names the records to be removed, as record and field.
    """

    heads: dict[UUID, dict[str, UUID]] = field(default_factory=dict)
    held: dict[UUID, Mapping[str, Any]] = field(default_factory=dict)
    there: set[UUID] = field(default_factory=set)
    users: dict[UUID, set[tuple[UUID, str]]] = field(default_factory=dict)

    @classmethod
    def under(
        cls,
        wanted: Sequence[Entry],
        standing: Callable[[Collection[UUID]], Iterable[Entry]],
        users: Callable[[Mapping[UUID, type[Record]]], Collection[UUID]],
    ) -> "Ground":
        """What stands as far as `wanted` are concerned.

        `standing` gives the entries that stand of some records, in order; `users` the records that name, or may name,
        some that are to be removed.
        """
        made, kinds = cls(), {entry.record: entry.kind for entry in wanted}
        removed = {entry.record: KINDS[entry.kind] for entry in wanted if entry.field == GONE}
        named = {record for entry in wanted for _, record in entry.named}
        for entry in standing(kinds.keys() | named | set(users(removed) if removed else ())):
            if entry.field in (NEW, GONE) or entry.record in made.held:
                kinds[entry.record] = entry.kind
                made._take(entry)
        made.users = {record: set() for record in removed}
        for user, held in made.held.items():
            for name in references(KINDS[kinds[user]]) if removed else ():
                if held.get(name) and (record := UUID(held[name])) in removed:
                    made.users[record].add((user, name))
        return made

    def _saved(self, entries: Iterable[Entry]) -> "Ground":
        """What stands where `entries` may change it, to go back to."""
        records = {entry.record for entry in entries}
        return Ground(
            {record: dict(self.heads[record]) for record in records & self.heads.keys()},
            {record: self.held[record] for record in records & self.held.keys()},
            records & self.there,
            {record: set(users) for record, users in self.users.items()},
        )

    def _go_back(self, entries: Iterable[Entry], saved: "Ground") -> None:
        for record in {entry.record for entry in entries}:
            self.heads.pop(record, None)
            self.held.pop(record, None)
            self.there.discard(record)
        self.heads |= {record: dict(fields) for record, fields in saved.heads.items()}
        self.held |= saved.held
        self.there |= saved.there
        self.users = {record: set(users) for record, users in saved.users.items()}

    def _take(self, entry: Entry) -> None:
        """Let an entry stand."""
        if entry.field == GONE:
            self.heads[entry.record] = {GONE: entry.id}
            self.held.pop(entry.record, None)
            self.there.discard(entry.record)
            for users in self.users.values():
                users -= {user for user in users if user[0] == entry.record}
            return
        if entry.field == NEW:
            self.heads[entry.record] = {NEW: entry.id}
            self.there.add(entry.record)
            told: Iterable[str] = references(KINDS[entry.kind])
        else:
            self.heads.setdefault(entry.record, {})[entry.field] = entry.id
            told = merge_groups(KINDS[entry.kind]).get(entry.field, ())
        self.held[entry.record] = {**self.held.get(entry.record, {}), **(entry.value or {})}
        for users in self.users.values():
            users -= {(entry.record, name) for name in told}
        for name, record in entry.named:
            if record in self.users:
                self.users[record].add((entry.record, name))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an entry holds; where it does not it is kept beside what stands."""

    entry: Entry
    holds: bool


def judged(entries: Sequence[Entry], ground: Ground) -> list[Verdict]:
    """Which of `entries` (in their author's order, those of an edit together) hold on `ground`, which then has them.

    What names a record that is not there does not hold either, nor the removal of one that is still named.
    """
    verdicts: list[Verdict] = []
    for _, some in groupby(entries, key=lambda entry: entry.edit):
        of_one_edit = list(some)
        before = ground._saved(of_one_edit)  # noqa: SLF001
        barred: set[UUID] = set()
        while True:
            told = [_verdict(entry, ground, barred) for entry in of_one_edit]
            more = set(_broken([verdict.entry for verdict in told if verdict.holds], ground))
            if not more:
                break
            barred |= more
            ground._go_back(of_one_edit, before)  # noqa: SLF001
        verdicts += told
    return verdicts


def _verdict(entry: Entry, ground: Ground, barred: Collection[UUID]) -> Verdict:
    """The verdict on one entry, which then stands in `ground` where it holds."""
    holds = entry.id not in barred and _has_seen(entry, ground)
    if holds:
        ground._take(entry)  # noqa: SLF001
    return Verdict(entry, holds)


def _has_seen(entry: Entry, ground: Ground) -> bool:
    """Whether the entry's author knew what stands where it wants to, or says the same."""
    heads = ground.heads.get(entry.record, {})
    if entry.field == GONE:
        return GONE in heads or all(head in entry.parents for head in heads.values())
    if entry.field == NEW:
        if NEW not in heads:
            return GONE not in heads or heads[GONE] in entry.parents
    elif NEW not in heads:
        return False  # an edit never brings a removed record back by itself
    elif (heads.get(entry.field) or heads[NEW]) in entry.parents:
        return True
    held = ground.held.get(entry.record, {})
    return all(held.get(name) == value for name, value in (entry.value or {}).items())


def _broken(entries: Iterable[Entry], ground: Ground) -> Iterator[UUID]:
    """The entries that leave a reference into nothing."""
    for entry in entries:
        lost = (
            bool(ground.users.get(entry.record))
            if entry.field == GONE
            else any(record not in ground.there for _, record in entry.named)
        )
        if lost:
            yield entry.id
