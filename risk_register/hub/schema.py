"""Making a hub: its tables, what it does by itself, and who may do what. All of it can be read before it is done."""

import json
import typing
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from risk_register.domain.errors import Refused
from risk_register.domain.kinds import KINDS
from risk_register.domain.merge import NEW
from risk_register.domain.record import Record, bare, hints, merge_groups, to_plain
from risk_register.domain.text import fold, listed
from risk_register.store import schema as store
from risk_register.store.tables import TABLES, in_postgresql

VERSION = store.VERSION
"""The hub that this program makes and knows: as a file's, for it holds the same tables. A hub of an older version is
brought up to date by whoever made it (`hub init`), so raise it where functions.sql comes to do otherwise, too."""
ROLES = ("reader", "contributor", "editor", "administrator")
"""What a colleague may be: each may do what the one before may, and more."""
OPEN = ("clock", "merge_group", "member", "presence", "seen", "seen_edit")
"""Tables and views without anything of the register in them: every reader sees them whole."""
GUARDED = {"journal": "record", "head": "record"}
"""Tables of which a reader sees the rows of those records that they may see, by this column."""
CLOSED = ("record",)
"""Tables that are only for those who see everything."""
_MAY = {
    "reader": ("hello", "here", "sees_all", "say", "unseen"),
    "contributor": ("lock", "push"),
    "editor": ("problems",),
}
"""The functions that a role may call, and those above it. All others are called by these alone."""
ALREADY = "This database is a hub already. To share a register through it, join it."
_OLDEST = 160_000
"""PostgreSQL 16: since then who grants a role is kept, and nobody grants what is not theirs to grant."""


def statements() -> Iterator[str]:
    """What making a hub does, in SQL, in order."""
    yield from objects()
    yield from rights()


def objects() -> Iterator[str]:
    """What makes the schema, the roles, and all that is in the schema."""
    yield "CREATE SCHEMA riskreg"
    for role in ("owner", *ROLES):
        yield (
            "DO $$ BEGIN "
            f"IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'riskreg_{role}') THEN "
            f"CREATE ROLE riskreg_{role} NOLOGIN; END IF; END $$"
        )
    for below, above in pairwise(ROLES):
        yield f"GRANT riskreg_{below} TO riskreg_{above}"
    for role in ROLES[:-1]:
        yield f"GRANT riskreg_{role} TO riskreg_administrator WITH ADMIN OPTION"
    yield from in_postgresql("riskreg")
    yield from _parts(Path(__file__).with_name("functions.sql").read_text(encoding="utf-8"))
    yield f"INSERT INTO riskreg.clock (version) VALUES ({VERSION})"  # noqa: S608  a number of ours
    yield from _merge_groups()


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
        yield _group(kind, relation, NEW, list(hints(kind)), defaults(kind))
        for name, columns in merge_groups(kind).items():
            yield _group(kind, relation, name, columns, {})


def _columns(kind: type[Record], names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What each column may hold: JSON's type, whether nothing, and the form of its text as a regular expression."""
    told: dict[str, dict[str, Any]] = {}
    for name in names:
        hint = hints(kind)[name]
        type_, form = _form(bare(hint))
        told[name] = {"type": type_, "null": bare(hint) is not hint, "form": form}
    return told


def _form(kind: Any) -> tuple[str, str]:  # noqa: ANN401
    if typing.get_origin(kind) is tuple:
        return "array", ""
    if issubclass(kind, Enum):
        return "string", f"^({'|'.join(choice.name for choice in kind)})$"
    return _FORMS[kind]


_FORMS = {
    str: ("string", ""),
    bool: ("boolean", ""),
    int: ("number", "^-?[0-9]{1,9}$"),
    date: ("string", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    datetime: ("string", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T"),
    UUID: ("string", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"),
}


def _group(kind: type[Record], relation: str, field: str, columns: Sequence[str], missing: dict[str, Any]) -> str:
    return (
        "INSERT INTO riskreg.merge_group VALUES "  # noqa: S608  names of ours
        f"('{kind.__name__}', '{field}', '{relation}', {_json(_columns(kind, columns))}, {_json(missing)})"
    )


def _json(value: object) -> str:
    return "'" + json.dumps(value, ensure_ascii=False).replace("'", "''") + "'"


def defaults(kind: type[Record]) -> dict[str, Any]:
    """What a field holds that its author's older program did not know."""
    return {field.name: to_plain(field.default) for field in fields(kind) if field.default is not MISSING}


def rights() -> Iterator[str]:
    """What says who may do what, and hands all of it over to riskreg_owner."""
    tables = [table.name for table in TABLES.values()]
    yield "REVOKE ALL ON SCHEMA riskreg FROM PUBLIC"
    yield "GRANT USAGE ON SCHEMA riskreg TO riskreg_reader"
    yield "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA riskreg FROM PUBLIC"
    for role, names in _MAY.items():
        for name in names:
            yield f"GRANT EXECUTE ON FUNCTION riskreg.{name} TO riskreg_{role}"
    for name in (*tables, *OPEN, *GUARDED, "edit", "conflict"):
        yield f'GRANT SELECT ON riskreg."{name}" TO riskreg_reader'
    for name in CLOSED:
        yield f'GRANT SELECT ON riskreg."{name}" TO riskreg_editor'
    yield "GRANT INSERT, UPDATE, DELETE ON riskreg.member TO riskreg_administrator"
    for name in tables:
        yield from _policy(name, "id IN (SELECT id FROM riskreg.seen)")
    for name, column in GUARDED.items():
        yield from _policy(name, f"{column} IN (SELECT id FROM riskreg.seen)")  # noqa: S608  a name of ours
    yield from _policy("edit", "id IN (SELECT id FROM riskreg.seen_edit)")
    # Of these as much as of the journal: what is asked here is itself asked under the reader's own policies.
    yield from _policy("conflict", "EXISTS (SELECT FROM riskreg.journal j WHERE j.id = conflict.entry)")
    yield "GRANT riskreg_owner TO CURRENT_USER"
    yield "GRANT CREATE ON SCHEMA riskreg TO riskreg_owner"
    for name in (*tables, *OPEN, *GUARDED, *CLOSED, "edit", "conflict"):
        yield f'ALTER TABLE riskreg."{name}" OWNER TO riskreg_owner'
    yield (
        "DO $$ DECLARE f regprocedure; BEGIN "
        "FOR f IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'riskreg'::regnamespace LOOP "
        "EXECUTE format('ALTER FUNCTION %s OWNER TO riskreg_owner', f); END LOOP; END $$"
    )
    yield "ALTER SCHEMA riskreg OWNER TO riskreg_owner"
    # Who makes a hub keeps it from here on as its administrator, who can't get past the functions either.
    yield "GRANT riskreg_administrator TO CURRENT_USER"
    yield "REVOKE riskreg_owner FROM CURRENT_USER"


def _policy(table: str, condition: str) -> Iterator[str]:
    yield f'ALTER TABLE riskreg."{table}" ENABLE ROW LEVEL SECURITY'
    yield (
        f'CREATE POLICY seen ON riskreg."{table}" FOR SELECT TO riskreg_reader '
        f"USING ((SELECT riskreg.sees_all()) OR {condition})"
    )


def version_of(connection: psycopg.Connection[Any]) -> int | None:
    """Of which version the hub in the database is; None where there is none. Raises Refused where the server is too old."""
    _check_version(connection)
    with connection.transaction():
        if connection.execute("SELECT to_regclass('riskreg.clock')").fetchone() == (None,):
            return None
        row = connection.execute("SELECT version FROM riskreg.clock").fetchone()
        assert row, "a hub has one"
        return int(row[0])


def make(connection: psycopg.Connection[Any]) -> None:
    """Make a hub in the database, in one transaction. Raises Refused where there is one already."""
    _check_version(connection)
    with connection.transaction():
        if connection.execute("SELECT to_regnamespace('riskreg')").fetchone() != (None,):
            raise Refused(ALREADY)
        for statement in statements():
            connection.execute(statement.encode())


def _check_version(connection: psycopg.Connection[Any]) -> None:
    if connection.info.server_version < _OLDEST:
        raise Refused(
            f"The server is PostgreSQL {connection.info.server_version // 10_000}; a hub needs {_OLDEST // 10_000} or newer."
        )


@dataclass(frozen=True, slots=True)
class Member:
    """A login that takes part, the role it has, and the person of the register that it is ("" if none)."""

    login: str
    role: str
    person: str


def members(connection: psycopg.Connection[Any]) -> list[Member]:
    """Who takes part, by login. Superusers, who may do everything on their server, are not among them."""
    with connection.transaction():
        rows = connection.execute(
            "SELECT r.rolname, max(CASE WHEN pg_has_role(r.oid, 'riskreg_' || n.name, 'member') THEN n.place END), "
            "coalesce(max(coalesce(nullif(p.name, ''), p.role)), '') "
            "FROM pg_roles r CROSS JOIN unnest(%s::text[]) WITH ORDINALITY n (name, place) "
            "LEFT JOIN riskreg.member m ON m.login = r.rolname LEFT JOIN riskreg.person p ON p.id = m.person "
            "WHERE r.rolcanlogin AND NOT r.rolsuper AND pg_has_role(r.oid, 'riskreg_reader', 'member') "
            "GROUP BY r.rolname ORDER BY r.rolname",
            (list(ROLES),),
        ).fetchall()
    return [Member(login, ROLES[place - 1], person) for login, place, person in rows]


def person_called(connection: psycopg.Connection[Any], name: str) -> UUID:
    """The person of the hub's register with that name or role. Raises Refused where it is none, or several."""
    with connection.transaction():
        rows = connection.execute("SELECT id, name, role FROM riskreg.person ORDER BY name, role").fetchall()
    found = [id for id, *called in rows if fold(name) in map(fold, called)]
    if len(found) == 1:
        return UUID(str(found[0]))
    if found:
        raise Refused(
            f"{len(found)} people on the hub are called “{name}”. Give them names that differ.", field="person"
        )
    known = listed([f"“{called or role}”" for _, called, role in rows[:_SHOWN]]) or "nobody yet: share a register first"
    more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    raise Refused(f"Nobody on the hub is called “{name}”. It knows {known}{more}.", field="person", value=name)


_SHOWN = 20


def admit(connection: psycopg.Connection[Any], login: str, role: str, person: UUID | None = None) -> None:
    """Let a login of the server take part, in that role and no other.

    Raises Refused where there is no such login or role.
    """
    if role not in ROLES:
        raise Refused(f"“{role}” is no role. Choose one of {', '.join(ROLES)}.", field="role", value=role)
    _check_version(connection)
    with connection.transaction():
        found = connection.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", (login,)).fetchone()
        if found != (True,):
            raise Refused(
                f"The server knows no login “{login}”. Whoever runs it makes one: CREATE ROLE … LOGIN.", field="login"
            )
        name = sql.Identifier(login)
        grants = connection.execute(
            "SELECT a.roleid::regrole::text, g.rolname FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.grantor "
            "WHERE a.member = (SELECT oid FROM pg_roles WHERE rolname = %s) AND a.roleid IN "
            "(SELECT oid FROM pg_roles WHERE rolname = ANY (%s)) AND (a.inherit_option OR a.set_option)",
            (login, [f"riskreg_{name}" for name in ROLES]),
        ).fetchall()
        for other, grantor in grants:
            # Each as whoever granted it: what another has granted would stay.
            revoke = sql.SQL("REVOKE {} FROM {} GRANTED BY {}")
            connection.execute(revoke.format(sql.Identifier(other), name, sql.Identifier(grantor)))
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(f"riskreg_{role}"), name))
        connection.execute(
            "INSERT INTO riskreg.member VALUES (%s, %s) ON CONFLICT (login) DO UPDATE SET person = excluded.person",
            (login, person),
        )
