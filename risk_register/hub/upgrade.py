"""Bringing a hub of an older version up to date: it is made anew beside itself, and what it holds is carried over.

Nothing is written for each version. What a new hub has, this one has then, to the last right; what a row of the older one
does not tell has the default that older copies' rows get too. One transaction, while which nobody else gets at the hub.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from risk_register.domain.errors import Forbidden, Refused
from risk_register.domain.kinds import KINDS
from risk_register.domain.text import listed
from risk_register.hub import schema
from risk_register.store.tables import TABLES

Columns = Mapping[str, frozenset[str]]

_KEPT = ("edit", "journal", "head", "conflict", "record", "member", "presence", "clock")
"""The tables that are carried over as they are, each after those that it refers to."""
_COLUMNS: LiteralString = (
    "SELECT c.relname, array_agg(a.attname::text) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
    "WHERE c.relnamespace = to_regnamespace(%s) AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped "
    "GROUP BY c.relname"
)
_BUILT_UPON: LiteralString = (
    "SELECT DISTINCT v.oid::regclass::text FROM pg_depend d JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass "
    "AND r.oid = d.objid JOIN pg_class v ON v.oid = r.ev_class JOIN pg_class t ON d.refclassid = 'pg_class'::regclass "
    "AND t.oid = d.refobjid WHERE t.relnamespace = 'riskreg'::regnamespace AND v.relnamespace <> t.relnamespace "
    "UNION SELECT f.conrelid::regclass::text FROM pg_constraint f JOIN pg_class t ON t.oid = f.confrelid "
    "WHERE t.relnamespace = 'riskreg'::regnamespace AND f.connamespace <> t.relnamespace ORDER BY 1"
)


def news(connection: psycopg.Connection[Any]) -> list[str]:
    """What bringing the hub up to date will add: tables, and columns of those there are. It is tried, and nothing kept.

    Raises what `bring_up_to_date` raises.
    """
    with connection.transaction(force_rollback=True):
        before, after = _made_anew(connection)
    added = [f"the table {name}" for name in sorted(after.keys() - before.keys())]
    for name in sorted(after.keys() & before.keys()):
        added += [f"the column {column} of {name}" for column in sorted(after[name] - before[name])]
    return added


def bring_up_to_date(connection: psycopg.Connection[Any]) -> None:
    """Make a hub of an older version one of this, in one transaction.

    Raises Forbidden for those who may not, and Refused where something else in the database is built upon it.
    """
    with connection.transaction():
        before, after = _made_anew(connection)
        for statement in _carried(before, after):
            connection.execute(statement)
        for text in schema.rights():
            connection.execute(text.encode())


def _made_anew(connection: psycopg.Connection[Any]) -> tuple[Columns, Columns]:
    """Put the hub aside, and make one without anything in it. Returns the columns of the tables of both."""
    try:
        # Who made the hub has no part in its owner any more, but may grant it.
        connection.execute("GRANT riskreg_owner TO CURRENT_USER")
        # Whoever pushes locks its row first. They wait, and are then told that the hub is of a newer version.
        connection.execute("LOCK TABLE riskreg.clock IN ACCESS EXCLUSIVE MODE")
        others = [row[0] for row in connection.execute(_BUILT_UPON).fetchall()]
        connection.execute("ALTER SCHEMA riskreg RENAME TO riskreg_before")
    except InsufficientPrivilege as error:
        raise Forbidden(
            "Only whoever made the hub, while they may make a schema in its database, or a superuser of its server can bring "
            f"it up to date ({error.diag.message_primary}). Ask whoever runs the server."
        ) from None
    if others:
        raise Refused(
            f"{listed(others)} in the same database {'is' if len(others) == 1 else 'are'} built upon the hub, and would "
            "be lost. Keep the SQL that makes them, drop them, bring the hub up to date, and make them again."
        )
    for text in schema.objects():
        connection.execute(text.encode())
    before, after = (
        {name: frozenset(columns) for name, columns in connection.execute(_COLUMNS, (which,)).fetchall()}
        for which in ("riskreg_before", "riskreg")
    )
    return before, after


def _carried(before: Columns, after: Columns) -> Iterator[sql.Composed]:
    yield sql.SQL("DELETE FROM riskreg.clock").format()
    for name in _KEPT:
        both = sql.SQL(", ").join(map(sql.Identifier, sorted(before[name] & after[name])))
        yield sql.SQL("INSERT INTO riskreg.{table} ({both}) SELECT {both} FROM riskreg_before.{table}").format(
            table=sql.Identifier(name), both=both
        )
    yield sql.SQL("UPDATE riskreg.clock SET version = {}").format(sql.Literal(schema.VERSION))
    for kind in KINDS.values():
        if TABLES[kind].name in before:
            # As what is pushed becomes a row, and as an examination makes one of the journal.
            yield sql.SQL(
                "INSERT INTO riskreg.{table} SELECT told.* FROM riskreg_before.{table} held, "
                "jsonb_populate_record(NULL::riskreg.{table}, {defaults} || to_jsonb(held)) told"
            ).format(table=sql.Identifier(TABLES[kind].name), defaults=sql.Literal(json.dumps(schema.defaults(kind))))
    yield sql.SQL("SET CONSTRAINTS ALL IMMEDIATE").format()  # else nothing about the tables could be changed
    yield sql.SQL("DROP SCHEMA riskreg_before CASCADE").format()
    for name in sorted(after):
        yield sql.SQL("ANALYZE riskreg.{}").format(sql.Identifier(name))
