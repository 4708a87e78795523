"""Making a hub: its tables, what it does by itself, and who may do what. All of it can be read before it is done."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from risk_register.domain.errors import Refused
from risk_register.domain.kinds import KINDS
from risk_register.domain.merge import NEW
from risk_register.domain.record import Record, hints, merge_groups, to_plain
from risk_register.store.tables import TABLES, in_postgresql

VERSION = 1
"""The newest hub that this program knows."""
ROLES = ("reader", "contributor", "editor", "administrator")
"""What a colleague may be: each may do what the one before may, and more."""
_OPEN = ("clock", "merge_group", "member", "presence")
"""Tables without anything of the register in them: every reader sees them whole."""
_GUARDED = {"journal": "record", "head": "record", "record": "id"}
"""Tables of which a reader sees the rows of those records that they may see, by this column."""


def statements() -> Iterator[str]:
    """What making a hub does, in SQL, in order."""
    yield "CREATE SCHEMA riskreg"
    for role in ("owner", *ROLES):
        yield (
            "DO $$ BEGIN "
            f"IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'riskreg_{role}') THEN "
            f"CREATE ROLE riskreg_{role} NOLOGIN; END IF; END $$"
        )
    for below, above in pairwise(ROLES):
        yield f"GRANT riskreg_{below} TO riskreg_{above}"
    yield from in_postgresql("riskreg")
    yield from _parts(Path(__file__).with_name("functions.sql").read_text(encoding="utf-8"))
    yield f"INSERT INTO riskreg.clock (version) VALUES ({VERSION})"  # noqa: S608  a number of ours
    yield from _merge_groups()
    yield from _rights()


def _parts(script: str) -> Iterator[str]:
    """The statements of a script, a blank line between each."""
    part: list[str] = []
    quoted = False
    for line in script.splitlines():
        if not part and (not line.strip() or line.startswith("--")):
            continue
        part.append(line)
        quoted ^= line.count("$$") % 2 == 1
        if line.rstrip().endswith(";") and not quoted:
            yield "\n".join(part).rstrip().removesuffix(";")
            part = []


def _merge_groups() -> Iterator[str]:
    for kind in KINDS.values():
        relation = TABLES[kind].name
        yield _group(kind, relation, NEW, list(hints(kind)), _defaults(kind))
        for name, columns in merge_groups(kind).items():
            yield _group(kind, relation, name, columns, {})


def _group(kind: type[Record], relation: str, field: str, columns: Sequence[str], defaults: dict[str, Any]) -> str:
    told = ", ".join(f"'{column}'" for column in columns)
    text = json.dumps(defaults, ensure_ascii=False).replace("'", "''")
    return (
        "INSERT INTO riskreg.merge_group VALUES "  # noqa: S608  names of ours
        f"('{kind.__name__}', '{field}', '{relation}', ARRAY[{told}], '{text}')"
    )


def _defaults(kind: type[Record]) -> dict[str, Any]:
    """What a field holds that its author's older program did not know."""
    return {field.name: to_plain(field.default) for field in fields(kind) if field.default is not MISSING}


def _rights() -> Iterator[str]:
    yield "REVOKE ALL ON SCHEMA riskreg FROM PUBLIC"
    yield "GRANT USAGE ON SCHEMA riskreg TO riskreg_reader"
    yield "GRANT SELECT ON ALL TABLES IN SCHEMA riskreg TO riskreg_reader"
    yield "GRANT INSERT, UPDATE, DELETE ON riskreg.member TO riskreg_administrator"
    yield "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA riskreg FROM PUBLIC"
    yield "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA riskreg TO riskreg_reader"
    for table in TABLES.values():
        yield from _policy(table.name, "riskreg.may_see(id)")
    for name, column in _GUARDED.items():
        yield from _policy(name, f"riskreg.may_see({column})")
    # Of these as much as of the journal: what is asked here is itself asked under the reader's own policies.
    yield from _policy("edit", "EXISTS (SELECT FROM riskreg.journal j WHERE j.edit = edit.id)")
    yield from _policy("conflict", "EXISTS (SELECT FROM riskreg.journal j WHERE j.id = conflict.entry)")
    yield "GRANT riskreg_owner TO CURRENT_USER"
    yield "GRANT CREATE ON SCHEMA riskreg TO riskreg_owner"
    for name in (*(table.name for table in TABLES.values()), *_OPEN, *_GUARDED, "edit", "conflict"):
        yield f'ALTER TABLE riskreg."{name}" OWNER TO riskreg_owner'
    yield (
        "DO $$ DECLARE f regprocedure; BEGIN "
        "FOR f IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'riskreg'::regnamespace LOOP "
        "EXECUTE format('ALTER FUNCTION %s OWNER TO riskreg_owner', f); END LOOP; END $$"
    )
    yield "ALTER SCHEMA riskreg OWNER TO riskreg_owner"


def _policy(table: str, condition: str) -> Iterator[str]:
    yield f'ALTER TABLE riskreg."{table}" ENABLE ROW LEVEL SECURITY'
    yield (
        f'CREATE POLICY seen ON riskreg."{table}" FOR SELECT TO riskreg_reader '
        f"USING ((SELECT riskreg.sees_all()) OR {condition})"
    )


def make(connection: psycopg.Connection[Any]) -> None:
    """Make a hub in the database, in one transaction. Raises Refused where there is one already."""
    with connection.transaction():
        if connection.execute("SELECT to_regnamespace('riskreg')").fetchone() != (None,):
            raise Refused("This database is a hub already. To share a register through it, join it.")
        for statement in statements():
            connection.execute(statement.encode())


def admit(connection: psycopg.Connection[Any], login: str, role: str, person: str | None = None) -> None:
    """Let a login of the server take part. Raises Refused where there is no such login or role."""
    if role not in ROLES:
        raise Refused(f"“{role}” is no role. Choose one of {', '.join(ROLES)}.", field="role", value=role)
    with connection.transaction():
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)).fetchone()
        if found is None:
            raise Refused(f"The server knows no login {login}. Have it made first: CREATE ROLE … LOGIN.", field="login")
        name = sql.Identifier(login)
        for other in ROLES:
            revoke = sql.SQL("REVOKE {} FROM {}")
            connection.execute(revoke.format(sql.Identifier(f"riskreg_{other}"), name))
        grant = sql.SQL("GRANT {} TO {}")
        connection.execute(grant.format(sql.Identifier(f"riskreg_{role}"), name))
        connection.execute(
            "INSERT INTO riskreg.member VALUES (%s, %s::uuid) ON CONFLICT (login) DO UPDATE SET person = excluded.person",
            (login, person),
        )
