"""Who may do what at the hub, tried in plain SQL by whoever has the role: the program is not needed to try."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import (
    CheckViolation,
    DatetimeFieldOverflow,
    InsufficientPrivilege,
    InvalidParameterValue,
    NotNullViolation,
    ObjectNotInPrerequisiteState,
    SerializationFailure,
    WrongObjectType,
)
from psycopg.types.json import Jsonb

from risk_register.domain.action import Action
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Person
from risk_register.hub import schema
from risk_register.store.tables import TABLES
from tests.hub.hubs import CANARY, LOGINS, World, world_of
from tests.hub.server import Server

pytestmark = pytest.mark.xdist_group("postgresql")

ROLES = ("nobody", *schema.ROLES)
ALL = (*(table.name for table in TABLES.values()), *schema.OPEN, *schema.GUARDED, *schema.CLOSED, "edit", "conflict")
FUNCTIONS = {
    "sees_all()": "reader",
    "hello(0)": "reader",
    "here('Ann', NULL, true)": "reader",
    "say(ARRAY[]::uuid[])": "reader",
    "unseen(ARRAY[]::uuid[])": "reader",
    "lock()": "contributor",
    "push('[]', '[]')": "contributor",
    "problems()": "editor",
    "is_a('reader')": "",
    "is_hidden(gen_random_uuid())": "",
    "hide(1)": "",
    "contributes('{}')": "",
    "fits('{}', '{}')": "",
    "told('a')": "",
    "link('', NULL, NULL)": "",
    "has_seen('{}')": "",
}
"""Each function as one would call it, and the least role that may; "" for nobody."""


@pytest.fixture(scope="module")
def world(one_server: Server, hub_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One for all that is refused, or taken back."""
    with world_of(one_server, "hub_master", hub_master, "hub_roles", tmp_path_factory.mktemp("roles")) as made:
        yield made


@pytest.fixture(scope="module")
def connections(world: World) -> Iterator[dict[str, psycopg.Connection[Any]]]:
    found = {}
    for role, name in LOGINS.items():
        found[role] = psycopg.connect(world.server.url(name, database=world.database))
    yield found
    for connection in found.values():
        connection.close()


def try_out(connection: psycopg.Connection[Any], statement: str, *values: object) -> list[Any]:
    """What a statement gives, which is then taken back."""
    try:
        cursor = connection.execute(statement.encode(), values or None)
        return cursor.fetchall() if cursor.description else []
    finally:
        connection.rollback()


def at_least(role: str, least: str) -> bool:
    return bool(least) and ROLES.index(role) >= ROLES.index(least)


# -- tables


def may(role: str, verb: str, table: str) -> bool:
    if verb == "SELECT":
        return at_least(role, "editor" if table in schema.CLOSED else "reader")
    return table == "member" and verb != "TRUNCATE" and role == "administrator"


def statement_of(verb: str, table: str, column: str) -> str:
    name = f'riskreg."{table}"'
    return {
        "SELECT": f"SELECT * FROM {name}",
        "INSERT": f"INSERT INTO {name} SELECT * FROM {name}"
        if table != "member"
        else f"INSERT INTO {name} VALUES ('x')",
        "UPDATE": f'UPDATE {name} SET "{column}" = "{column}"',
        "DELETE": f"DELETE FROM {name}",
        "TRUNCATE": f"TRUNCATE {name}",
    }[verb]


FIRST_COLUMN = {"clock": "seq", "merge_group": "kind", "member": "login", "presence": "login", "journal": "seq",
                "head": "record", "conflict": "entry"}  # fmt: skip


@pytest.mark.parametrize("table", ALL)
@pytest.mark.parametrize("verb", ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"])
@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_with_a_table_what_it_may_and_nothing_else(
    connections: dict[str, psycopg.Connection[Any]], role: str, verb: str, table: str
) -> None:
    statement = statement_of(verb, table, FIRST_COLUMN.get(table, "id"))
    if may(role, verb, table):
        try_out(connections[role], statement)
    else:
        with pytest.raises((InsufficientPrivilege, ObjectNotInPrerequisiteState, WrongObjectType)):
            try_out(connections[role], statement)


def test_there_is_no_other_table_view_sequence_or_function(world: World) -> None:
    told = world.psql(
        "SELECT relname FROM pg_class WHERE relnamespace = 'riskreg'::regnamespace AND relkind NOT IN ('i', 'I')"
    )
    assert {name for (name,) in told} == set(ALL)
    functions = world.psql("SELECT proname FROM pg_proc WHERE pronamespace = 'riskreg'::regnamespace")
    assert sorted(name for (name,) in functions) == sorted(name.partition("(")[0] for name in FUNCTIONS)


@pytest.mark.parametrize("call", FUNCTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_calls_the_functions_that_it_needs_and_no_other(
    connections: dict[str, psycopg.Connection[Any]], role: str, call: str
) -> None:
    statement = f"SELECT riskreg.{call}"
    if at_least(role, FUNCTIONS[call]):
        try_out(connections[role], statement)
    else:
        with pytest.raises(InsufficientPrivilege):
            try_out(connections[role], statement)


# -- going past the functions


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE riskreg_owner",
        "SET SESSION AUTHORIZATION postgres",
        "SET session_replication_role = replica",
        "ALTER TABLE riskreg.journal DISABLE TRIGGER ALL",
        "ALTER TABLE riskreg.journal DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE riskreg.risk NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY seen ON riskreg.risk",
        "CREATE POLICY mine ON riskreg.risk TO PUBLIC USING (true)",
        "ALTER TABLE riskreg.risk ADD COLUMN mine text",
        "DROP TABLE riskreg.journal CASCADE",
        "CREATE TABLE riskreg.mine (id int)",
        "CREATE FUNCTION riskreg.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION riskreg.is_a(role text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "CREATE OR REPLACE VIEW riskreg.seen AS SELECT id FROM riskreg.risk",
        "CREATE TRIGGER mine BEFORE INSERT ON riskreg.journal EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "CREATE RULE mine AS ON INSERT TO riskreg.journal DO INSTEAD NOTHING",
        "CREATE STATISTICS riskreg.mine ON title, cause FROM riskreg.risk",
        "CREATE INDEX mine ON riskreg.risk (title)",
        "ALTER FUNCTION riskreg.push(jsonb, jsonb) SECURITY INVOKER",
        "GRANT riskreg_owner TO CURRENT_USER",
        "GRANT riskreg_administrator TO CURRENT_USER",
        "ALTER SCHEMA riskreg RENAME TO mine",
        "DROP SCHEMA riskreg CASCADE",
        "SELECT 1 FROM riskreg.clock FOR UPDATE",
        "LOCK TABLE riskreg.clock IN EXCLUSIVE MODE",
        "UPDATE riskreg.clock SET seq = 0, hash = ''",
        "COPY riskreg.journal TO PROGRAM 'cat'",
    ],
)
@pytest.mark.parametrize("role", ROLES)
def test_nobody_gets_past_what_the_hub_does_by_itself(
    connections: dict[str, psycopg.Connection[Any]], role: str, statement: str
) -> None:
    with pytest.raises(psycopg.Error) as caught:
        try_out(connections[role], statement)
    assert caught.value.sqlstate in ("42501", "0LP01"), caught.value


def test_roles_are_not_to_be_had_by_giving_them_to_each_other(connections: dict[str, psycopg.Connection[Any]]) -> None:
    for statement in ("GRANT riskreg_editor TO riskreg_reader", "GRANT riskreg_administrator TO edi"):
        with pytest.raises(psycopg.Error):
            try_out(connections["administrator"], statement)
    for role in ("reader", "contributor", "editor"):
        with pytest.raises(InsufficientPrivilege):
            try_out(connections[role], "GRANT riskreg_reader TO nob")


def test_an_administrator_admits_a_login_into_one_role_alone_and_changes_that(shared: World) -> None:
    shared.server.add_user("new")
    with shared.login("administrator") as connection:
        for role in ("editor", "reader", "contributor"):
            schema.admit(connection, "new", role)
            assert [member.role for member in schema.members(connection) if member.login == "new"] == [role]
        with pytest.raises(Refused, match="no login “nosuch”"):
            schema.admit(connection, "nosuch", "reader")
        # What whoever made the hub has granted is not theirs to take, and would stay.
        with pytest.raises(InsufficientPrivilege):
            schema.admit(connection, LOGINS["editor"], "reader")
        with pytest.raises(InsufficientPrivilege):
            schema.admit(connection, "new", "administrator")
    assert shared.psql("SELECT pg_has_role('new', 'riskreg_editor', 'member')") == [(False,)]


def test_whoever_makes_a_hub_needs_no_superuser_and_keeps_no_way_past_the_functions(one_server: Server) -> None:
    one_server.psql("DROP DATABASE IF EXISTS hub_made", database="postgres")
    url = one_server.add_user("maker", "CREATEROLE CREATEDB")
    one_server.add_user("guest")
    for role in ("owner", *schema.ROLES):  # as the first who makes a hub on the server
        one_server.psql(f"GRANT riskreg_{role} TO maker WITH ADMIN TRUE, INHERIT FALSE, SET FALSE")
    with psycopg.connect(one_server.url("maker", database="postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE hub_made")
    with psycopg.connect(url.replace("/risks", "/hub_made")) as connection:
        schema.make(connection)
        schema.admit(connection, "guest", "editor")
        assert [(member.login, member.role) for member in schema.members(connection) if member.login == "guest"] == [
            ("guest", "editor")
        ]
        for statement in ("UPDATE riskreg.clock SET seq = 9", "DELETE FROM riskreg.journal", "SET ROLE riskreg_owner"):
            with pytest.raises(InsufficientPrivilege):
                try_out(connection, statement)
        with pytest.raises(Refused, match="a hub already"):
            schema.make(connection)
    one_server.psql("DROP DATABASE hub_made", database="postgres")
    one_server.psql("DROP OWNED BY maker CASCADE")


# -- reading what is restricted


def everything_told(connection: psycopg.Connection[Any]) -> str:
    """Whatever a login can read of the hub, as one text."""
    relations = connection.execute(
        "SELECT c.oid::regclass::text FROM pg_class c WHERE relnamespace = 'riskreg'::regnamespace AND relkind IN "
        "('r', 'v', 'm', 'p') AND has_table_privilege(c.oid, 'SELECT')"
    ).fetchall()
    told = [connection.execute(f"SELECT t::text FROM {name} t".encode()).fetchall() for (name,) in relations]
    told.append(connection.execute("SELECT s::text FROM pg_stats s WHERE schemaname = 'riskreg'").fetchall())
    told.append(connection.execute("SELECT s::text FROM pg_stats_ext s WHERE schemaname = 'riskreg'").fetchall())
    return str(told)


@pytest.mark.parametrize(("role", "sees"), [("reader", False), ("contributor", False), ("editor", True)])
def test_what_is_restricted_is_in_nothing_that_a_reader_can_read(
    world: World, connections: dict[str, psycopg.Connection[Any]], role: str, *, sees: bool
) -> None:
    connection = connections[role]
    told = everything_told(connection)
    connection.rollback()
    assert "ICB reorganisation" in told
    assert (CANARY in told) is sees
    ids = {str(id) for (id,) in world.psql("SELECT id FROM riskreg.record WHERE hidden")}
    assert len(ids) == 3 * 10, (
        "risk, score, control, decision and what follows, issue, assumption, action, its link, its note"
    )
    assert any(id in told for id in ids) is sees


def test_statistics_hold_what_is_restricted_so_it_matters_that_readers_do_not_see_them(world: World) -> None:
    told = world.psql("SELECT s::text FROM pg_stats s WHERE schemaname = 'riskreg'")
    assert CANARY in str(told)


def test_functions_and_errors_tell_a_reader_nothing_of_what_is_restricted(
    world: World, connections: dict[str, psycopg.Connection[Any]]
) -> None:
    reader = connections["reader"]
    secret = world.secret
    edits = [row[0] for row in world.psql("SELECT DISTINCT edit FROM riskreg.journal WHERE record = %s", secret.id)]
    assert edits
    assert try_out(reader, "SELECT * FROM riskreg.say(%s)", edits) == []
    told = try_out(reader, "EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM riskreg.risk WHERE title LIKE '%%'")
    assert CANARY not in str(told)
    # A condition of one's own comes after the policy: it can't be made to tell, nor to fail, by what is hidden.
    assert try_out(reader, "SELECT 1 / strpos(title, 'ICB') FROM riskreg.risk WHERE title LIKE 'ICB%%'")
    assert try_out(reader, "SELECT 1 / (strpos(title, %s) - 1) FROM riskreg.risk", CANARY)
    assert try_out(reader, "SELECT * FROM riskreg.presence WHERE record = %s", secret.id) == []


def test_a_function_of_ones_own_can_not_answer_for_the_servers(shared: World) -> None:
    shared.psql("CREATE SCHEMA evil AUTHORIZATION rea")
    with shared.login("reader") as reader:
        for name in ("name", "text"):
            reader.execute(
                f"CREATE FUNCTION evil.pg_has_role(name, {name}, text) RETURNS boolean LANGUAGE sql AS 'SELECT true'".encode()
            )
        reader.execute(
            "CREATE FUNCTION evil.pg_has_role(text, text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true'"
        )
        reader.execute("SET search_path = evil, pg_catalog")
        assert CANARY not in everything_told(reader)
        assert reader.execute("SELECT roles FROM riskreg.hello(0)").fetchone() == (["reader"],)
    shared.psql("DROP SCHEMA evil CASCADE")


# -- writing by hand


def edit_by_hand(**told: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "label": "By hand", "who": "Ann", "said_at": "2026-06-01T12:00:00+00:00", "place": "",
        "why": "", "undoes": None, "merged": False,
    } | told  # fmt: skip


def push(connection: psycopg.Connection[Any], *entries: dict[str, Any], edit: dict[str, Any] | None = None) -> int:
    """Give entries to the hub as anybody could, past the program."""
    edit = edit or edit_by_hand()
    given = [
        {"id": str(uuid4()), "edit": edit["id"], "parents": [], "holds": True}
        | entry
        | {"value": entry["value"] if isinstance(entry["value"], str) else json.dumps(entry["value"])}
        for entry in entries
    ]
    row = connection.execute("SELECT riskreg.push(%s, %s)", (Jsonb([edit]), Jsonb(given))).fetchone()
    connection.commit()
    assert row
    return int(row[0])


def heads(world: World, record: UUID) -> list[str]:
    return [str(entry) for (entry,) in world.psql("SELECT entry FROM riskreg.head WHERE record = %s", record)]


def barrier(action: Action, words: str, **told: Any) -> dict[str, Any]:
    return {"kind": "Action", "record": str(action.id), "field": "barrier", "value": {"barrier": words}} | told


def note(action: Action, **told: Any) -> dict[str, Any]:
    id = str(uuid4())
    value = {"id": id, "action": str(action.id), "on": "2026-06-01", "text": "Going well", "percent": None}
    return {"kind": "Update", "record": id, "field": "+", "value": value | told.pop("sets", {})} | told


@pytest.fixture
def untouched(world: World) -> Iterator[None]:
    """What is refused leaves no trace."""
    before = world.psql("SELECT seq, hash FROM riskreg.clock")
    yield
    assert world.psql("SELECT seq, hash FROM riskreg.clock") == before
    assert world.psql("SELECT 1 FROM riskreg.edit WHERE label = 'By hand'") == []


def refuse(connection: psycopg.Connection[Any], kind: type[Exception], *entries: Any, **told: Any) -> None:
    try:
        with pytest.raises(kind):
            push(connection, *entries, **told)
    finally:
        connection.rollback()


def test_a_contributor_changes_how_their_own_action_goes_and_adds_notes_to_it(shared: World) -> None:
    action = shared.action
    with shared.login("contributor") as connection:
        push(connection, barrier(action, "No money", parents=heads(shared, action.id)), note(action))
    assert shared.psql("SELECT barrier FROM riskreg.action WHERE id = %s", action.id) == [("No money",)]
    assert shared.psql("SELECT count(*) FROM riskreg.update WHERE text = 'Going well'") == [(1,)]
    assert shared.psql("SELECT who, by FROM riskreg.edit WHERE label = 'By hand'") == [("Ann", "con")]
    assert shared.psql("SELECT riskreg.problems()") == []


@pytest.mark.usefixtures("untouched")
def test_a_contributor_changes_nothing_else(world: World, connections: dict[str, psycopg.Connection[Any]]) -> None:
    connection, own, risk = connections["contributor"], world.action, world.risk
    mine = next(item for item in world.register.book.all(Person)).id
    deed = next(item for item in world.register.book.all(Action) if CANARY in item.title)
    assert deed.owner == mine, "theirs, but not for their eyes"
    old = world.psql("SELECT id FROM riskreg.update WHERE text = 'Begun'")[0][0]
    parents = {"parents": heads(world, own.id)}
    for entry in (
        {
            "kind": "Risk",
            "record": str(risk.id),
            "field": "title",
            "value": {"title": "Mine"},
            "parents": heads(world, risk.id),
        },
        barrier(own, "", field="title", value={"title": "Mine"}, **parents),
        barrier(own, "", field="owner", value={"owner": None}, **parents),
        barrier(own, "", field="audience", value={"audience": "public"}, **parents),
        barrier(own, "", field="-", value="null", **parents),
        barrier(deed, "Mine", parents=heads(world, deed.id)),
        note(deed),
        note(own, record=str(old), sets={"id": str(old)}),
        {
            "kind": "Update",
            "record": str(old),
            "field": "text",
            "value": {"text": "Mine"},
            "parents": heads(world, old),
        },
        {"kind": "Update", "record": str(old), "field": "-", "value": "null", "parents": heads(world, old)},
        note(own, record=str(risk.id), sets={"id": str(risk.id)}, holds=False),
        note(own, record=str(world.secret.id), sets={"id": str(world.secret.id)}),
        barrier(own, "", record=str(uuid4())),
    ):
        refuse(connection, InsufficientPrivilege, entry)


@pytest.mark.usefixtures("untouched")
def test_a_contributor_without_a_person_or_with_another_changes_nothing(
    world: World, connections: dict[str, psycopg.Connection[Any]]
) -> None:
    kept = world.psql("SELECT person FROM riskreg.member WHERE login = 'con'")[0][0]
    entry = barrier(world.action, "Mine", parents=heads(world, world.action.id))
    try:
        for person in (None, uuid4()):
            world.psql("UPDATE riskreg.member SET person = %s WHERE login = 'con'", person)
            refuse(connections["contributor"], InsufficientPrivilege, entry)
    finally:
        world.psql("UPDATE riskreg.member SET person = %s WHERE login = 'con'", kept)


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("role", ["nobody", "reader"])
def test_a_reader_pushes_nothing(connections: dict[str, psycopg.Connection[Any]], world: World, role: str) -> None:
    refuse(
        connections[role], InsufficientPrivilege, barrier(world.action, "Mine", parents=heads(world, world.action.id))
    )


def test_who_sent_it_is_what_the_server_knows_whatever_is_said(shared: World) -> None:
    with shared.login("editor") as connection:
        push(
            connection,
            barrier(shared.action, "Ed", parents=heads(shared, shared.action.id)),
            edit=edit_by_hand(by="adm"),
        )
    assert shared.psql("SELECT by FROM riskreg.edit WHERE label = 'By hand'") == [("edi",)]


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("role", ["contributor", "administrator"])
def test_nothing_is_put_into_an_edit_that_another_has_sent(
    world: World, connections: dict[str, psycopg.Connection[Any]], role: str
) -> None:
    theirs = str(world.psql("SELECT id FROM riskreg.edit LIMIT 1")[0][0])
    entry = barrier(world.action, "Mine", parents=heads(world, world.action.id))
    refuse(connections[role], InsufficientPrivilege, entry, edit=edit_by_hand(id=theirs))


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_nothing_is_overwritten_unseen(
    world: World, connections: dict[str, psycopg.Connection[Any]], role: str
) -> None:
    refuse(connections[role], SerializationFailure, barrier(world.action, "Mine"))


@pytest.mark.usefixtures("untouched")
def test_what_would_mean_nothing_or_something_else_is_refused_or_it_would_stop_every_copy(
    world: World, connections: dict[str, psycopg.Connection[Any]]
) -> None:
    own, connection = world.action, connections["contributor"]
    parents = {"parents": heads(world, own.id)}
    done = {"delivery": "done", "percent": 100, "actual": "2026-06-01"}
    for entry in (
        barrier(own, "", value={"barrier": "x", "title": "Mine"}, **parents),
        barrier(own, "", value={"barrier": 7}, **parents),
        barrier(own, "", value={"barrier": None}, **parents),
        barrier(own, "", value={"barrier": ["x"]}, **parents),
        barrier(own, "", value={}, **parents),
        barrier(own, "", value="[]", **parents),
        barrier(own, "", field="delivery", value=done | {"delivery": "whenever"}, **parents),
        barrier(own, "", field="delivery", value=done | {"percent": 1.5}, **parents),
        barrier(own, "", field="delivery", value=done | {"actual": "infinity"}, **parents),
        note(own, sets={"colour": "red"}),
        note(own, record=str(uuid4())),
        note(own, sets={"on": "tomorrow"}),
    ):
        refuse(connection, InvalidParameterValue, entry)
    refuse(connections["editor"], InvalidParameterValue, barrier(own, "", kind="Deed", **parents))
    refuse(connections["editor"], InvalidParameterValue, barrier(own, "", field="barrier_", **parents))
    refuse(
        connections["editor"],
        InvalidParameterValue,
        note(own, record=str(world.risk.id), sets={"id": str(world.risk.id)}),
    )
    refuse(connection, DatetimeFieldOverflow, note(own, sets={"on": "2026-02-31"}))
    id = str(uuid4())
    refuse(connection, NotNullViolation, note(own, record=id, value={"id": id, "action": str(own.id)}))
    refuse(connection, CheckViolation, note(own), edit=edit_by_hand(said_at="infinity"))


def test_another_is_not_here_in_ones_place(shared: World) -> None:
    with shared.login("editor") as editor, shared.login("reader") as reader:
        for connection in (editor, reader):
            connection.execute("SELECT riskreg.here('Edith', NULL, true)")
            connection.commit()
        reader.execute("SELECT riskreg.here('Nobody', NULL, false)")
        reader.commit()
        assert shared.psql("SELECT login, who FROM riskreg.presence") == [("edi", "Edith")]
