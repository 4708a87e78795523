"""Today's contents of a register, in memory."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, cast
from uuid import UUID

from risk_register.domain.change import Change
from risk_register.domain.errors import Refused
from risk_register.domain.kinds import KINDS, LOG_KINDS, PREFIXES
from risk_register.domain.record import Record, references
from risk_register.domain.reference import number_of

R = TypeVar("R", bound=Record)

_MANY = 50
"""From so many changes of a kind on, its indexes are built anew rather than patched."""


class _Table:
    """All records of one kind, with the indexes that were asked for so far."""

    __slots__ = ("indexes", "rows")

    def __init__(self, rows: dict[UUID, Record]) -> None:
        self.rows = rows
        self.indexes: dict[str, dict[object, tuple[UUID, ...]]] = {}

    def index(self, field: str) -> dict[object, tuple[UUID, ...]]:
        if field not in self.indexes:
            found: dict[object, list[UUID]] = {}
            for row in self.rows.values():
                found.setdefault(getattr(row, field), []).append(row.id)
            self.indexes[field] = {value: tuple(ids) for value, ids in found.items()}
        return self.indexes[field]

    def changed(self, changes: list[Change]) -> "_Table":
        made = _Table(dict(self.rows))
        for change in changes:
            if change.after is None:
                made.rows.pop(change.id, None)
            else:
                made.rows[change.id] = change.after
        if len(changes) < _MANY:
            made.indexes = {
                field: self._patched(field, changes) for field in list(self.indexes)
            }  # others ask meanwhile
        return made

    def _patched(self, field: str, changes: list[Change]) -> dict[object, tuple[UUID, ...]]:
        index = dict(self.indexes[field])
        for change in changes:
            old = getattr(change.before, field) if change.before is not None else None
            new = getattr(change.after, field) if change.after is not None else None
            if change.before is not None and (change.after is None or old != new):
                index[old] = tuple(item for item in index.get(old, ()) if item != change.id)
            if change.after is not None and (change.before is None or old != new):
                index[new] = (*index.get(new, ()), change.id)
        return index


class Book:
    """Records by id, with indexes. Never changed: `apply` makes another, sharing what stays the same.

    So a book can be read on any thread, kept, and compared with a later one. `numbers` holds the highest number ever
    given for each prefix and programme, so that a reference is never given twice.
    """

    __slots__ = ("_tables", "numbers")

    def __init__(self, records: Iterable[Record] = (), numbers: Mapping[tuple[UUID, str], int] | None = None) -> None:
        tables: dict[type[Record], dict[UUID, Record]] = {kind: {} for kind in KINDS.values()}
        for record in records:
            tables[type(record)][record.id] = record
        self._tables = {kind: _Table(rows) for kind, rows in tables.items()}
        self.numbers: Mapping[tuple[UUID, str], int] = _raised(numbers or {}, self)

    def find(self, kind: type[R], id: UUID | None) -> R | None:
        """The record of that id, or None."""
        return cast("R | None", self._tables[kind].rows.get(id)) if id is not None else None

    def get(self, kind: type[R], id: UUID) -> R:
        """The record of that id. Raises Refused where it is gone."""
        found = self.find(kind, id)
        if found is None:
            raise Refused(f"That {kind.called} is no longer in the register. Go back to the list and choose again.")
        return found

    def all(self, kind: type[R]) -> Iterator[R]:
        """Every record of a kind, in the order in which they were added."""
        return cast("Iterator[R]", iter(self._tables[kind].rows.values()))

    def count(self, kind: type[Record]) -> int:
        """How many records of a kind there are."""
        return len(self._tables[kind].rows)

    def where(self, kind: type[R], field: str, value: object) -> tuple[R, ...]:
        """The records whose `field` holds `value`, by an index kept from the first question on."""
        table = self._tables[kind]
        return cast("tuple[R, ...]", tuple(table.rows[id] for id in table.index(field).get(value, ())))

    def apply(self, changes: Iterable[Change]) -> "Book":
        """This book after `changes`."""
        by_kind: dict[type[Record], list[Change]] = {}
        for change in changes:
            by_kind.setdefault(change.kind, []).append(change)
        made = Book.__new__(Book)
        made._tables = {  # noqa: SLF001  a book made here
            kind: table.changed(by_kind[kind]) if kind in by_kind else table for kind, table in self._tables.items()
        }
        made.numbers = _raised(self.numbers, made, by_kind)
        return made

    def records(self) -> Iterator[Record]:
        """Everything that counts as contents: all records, but of those that only grow the referred to."""
        kept = {id for kind in KINDS.values() for id in self._referred_to(kind)}
        for kind, table in self._tables.items():
            for row in table.rows.values():
                if kind not in LOG_KINDS or row.id in kept:
                    yield row

    def _referred_to(self, kind: type[Record]) -> Iterator[UUID]:
        logs = {log.__name__ for log in LOG_KINDS}
        fields = [name for name, target in references(kind).items() if target in logs]
        for row in self._tables[kind].rows.values() if fields else ():
            for name in fields:
                if (id := getattr(row, name)) is not None:
                    yield id

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same contents (which numbers were given is not contents)."""
        if not isinstance(other, Book):
            return NotImplemented
        return {row.id: row for row in self.records()} == {row.id: row for row in other.records()}

    __hash__ = None  # type: ignore[assignment]  # compared by contents


def _raised(
    numbers: Mapping[tuple[UUID, str], int], book: Book, by_kind: Mapping[type[Record], list[Change]] | None = None
) -> Mapping[tuple[UUID, str], int]:
    """`numbers` after the references that a book holds, or that changes bring, were given."""
    raised = dict(numbers)
    for kind, prefix in PREFIXES.items():
        rows = book.all(kind) if by_kind is None else (item.after for item in by_kind.get(kind, ()) if item.after)
        for row in rows:
            key = (getattr(row, "programme"), prefix)  # noqa: B009  every kind with a prefix has one
            raised[key] = max(raised.get(key, 0), number_of(getattr(row, "reference"), prefix))  # noqa: B009
    return raised
