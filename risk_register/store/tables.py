"""Today's tables, one for each kind of record, and the journal's. Migrations carry their own frozen ones."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain.kinds import KINDS
from risk_register.domain.record import Record, bare, from_plain, hints, plain_decimal, references, to_plain

metadata = sa.MetaData()


class Moment(sa.types.TypeDecorator[datetime]):
    """A moment in UTC, to the microsecond, that comes back with its zone on SQLite too."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """UTC; SQLite's own type drops the zone."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """In UTC, whatever zone the server speaks in."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class ByName(sa.types.TypeDecorator[Enum]):
    """A choice, kept as its name, so that words on screen can change without touching files."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, choices: type[Enum]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: Enum | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        """The name."""
        return None if value is None else value.name

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Enum | None:  # noqa: ARG002
        """The choice."""
        return None if value is None else self.choices[value]


class Listed(sa.types.TypeDecorator[tuple[Any, ...]]):
    """Several values of one type as a JSON list; comes back as a tuple, or it would never equal what went in."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, hint: Any) -> None:  # noqa: ANN401
        super().__init__()
        self.hint = hint

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        """JSON."""
        return None if value is None else json.dumps(to_plain(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> tuple[Any, ...] | None:  # noqa: ARG002
        """The tuple."""
        if value == "[]":
            return ()  # what nearly every risk has: reading 10,000 of them would take a tenth longer
        return None if value is None else from_plain(self.hint, json.loads(value))


class Exact(sa.types.TypeDecorator[Decimal]):
    """A decimal, to the last digit.

    On PostgreSQL a number, which other programs can reckon with. On SQLite text in one form, so that equal ones are found
    equal: its own numbers are binary fractions, and what comes back is not always what went in.
    """

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Numeric where that is exact."""
        return dialect.type_descriptor(sa.Numeric() if dialect.name == "postgresql" else sa.Text())

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> Decimal | str | None:
        """The number, or its text."""
        return value if value is None or dialect.name == "postgresql" else plain_decimal(value)

    def process_result_value(self, value: Decimal | str | None, dialect: sa.Dialect) -> Decimal | None:  # noqa: ARG002
        """The decimal."""
        return None if value is None else Decimal(value)


def _type(hint: Any) -> sa.types.TypeEngine[Any]:  # noqa: ANN401
    kind = bare(hint)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ByName(kind)
    plain: Mapping[Any, sa.types.TypeEngine[Any]] = {
        str: sa.Text(),
        int: sa.Integer(),
        bool: sa.Boolean(),
        date: sa.Date(),
        datetime: Moment(),
        Decimal: Exact(),
        UUID: sa.Uuid(),
    }
    return plain[kind] if kind in plain else Listed(kind)


def table_name(kind: type[Record]) -> str:
    """`OutcomeLink` is kept in `outcome_link`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower()


def _table(kind: type[Record]) -> sa.Table:
    columns: list[sa.Column[Any]] = []
    for name, hint in hints(kind).items():
        target = references(kind).get(name)
        # Deferred, so that the order of changes within an edit doesn't matter (a risk and its score name each other).
        keys = (
            [
                sa.ForeignKey(
                    f"{table_name(KINDS[target])}.id",
                    name=f"{table_name(kind)}_{name}",
                    deferrable=True,
                    initially="DEFERRED",
                    use_alter=True,
                )
            ]
            if target
            else []
        )
        nullable = bare(hint) is not hint
        columns.append(
            sa.Column(name, _type(hint), *keys, primary_key=name == "id", nullable=nullable, index=bool(target))
        )
    return sa.Table(table_name(kind), metadata, *columns)


TABLES: Mapping[type[Record], sa.Table] = {kind: _table(kind) for kind in KINDS.values()}

EDITS = sa.Table(
    "edit",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False, index=True),
    sa.Column("said_at", Moment, nullable=False, index=True),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("undoes", sa.Uuid, nullable=True, index=True),
    sa.Column("by", sa.Text, nullable=False, default=""),
    sa.Column("merged", sa.Boolean, nullable=False, default=False),
)
"""One row for each edit. `said_at` is its author's clock: shown, and asked for by *as at*, but it orders nothing. `by`
is the login under which the hub took it ("" before that): `who` is what its author said, `by` what the hub knows."""

JOURNAL = sa.Table(
    "journal",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Uuid, nullable=False, unique=True),
    sa.Column("edit", sa.Uuid, sa.ForeignKey("edit.id"), nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("record", sa.Uuid, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("parents", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=True),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Index("journal_record_field", "record", "field", "n"),
    sa.Index("journal_gone", "record", sqlite_where=sa.text("field = '-'")),
    sa.Index("journal_state", "state", sqlite_where=sa.text("state = 'local'")),
    sqlite_autoincrement=True,
)
"""Append only. `field` is a merge group, or + for a new record or - for a removed one; `value` holds the fields told, by
name; `parents` are the ids of the entries whose values the author was looking at; `state` is local or sent; `seq` is the
number that a hub gave it, which orders it before all that the hub has not seen; `hash` is SHA-256 over the entry and the
hash before it."""

CONFLICTS = sa.Table(
    "conflict",
    metadata,
    sa.Column("entry", sa.Uuid, primary_key=True),
    sa.Column("resolution", sa.Uuid, nullable=True),
)
"""The entries that do not stand, because another stood where they wanted to and their author had not seen it. Open
until an edit that stands settles it (`resolution`)."""

HUB = sa.Table(
    "hub",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("epoch", sa.Uuid, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
)
"""In a shared register one row: where its hub is, which one it is, the last number read from it, and the hub's hash at
that number: a hub that has another there was put back to an older copy."""

NUMBERS = sa.Table(
    "number",
    metadata,
    sa.Column("programme", sa.Uuid, primary_key=True),
    sa.Column("prefix", sa.Text, primary_key=True),
    sa.Column("highest", sa.Integer, nullable=False),
)
"""The highest number ever given for each prefix, so that none is given twice."""


def in_postgresql(schema: str) -> list[str]:
    """The statements that make the tables of records in a schema of PostgreSQL, where any program can read them."""
    copy = sa.MetaData()
    for table in TABLES.values():
        table.to_metadata(copy, schema=schema, referred_schema_fn=lambda *_: schema)
    found: list[str] = []

    def note(statement: Any, *_: object, **__: object) -> None:  # noqa: ANN401
        found.append(str(statement.compile(dialect=engine.dialect)).strip())

    engine = sa.create_mock_engine("postgresql+psycopg://", note)
    copy.create_all(engine, checkfirst=False)
    return found
