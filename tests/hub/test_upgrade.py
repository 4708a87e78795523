"""A hub of an older version, and what bringing it up to date makes of it."""

from typing import Any

import psycopg
import pytest

from risk_register.cli import main
from risk_register.domain.action import Action
from risk_register.domain.audience import Audience
from risk_register.domain.commands.action import edit_action
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Forbidden, Refused
from risk_register.domain.risk import Proximity, Risk
from risk_register.hub import schema, upgrade
from risk_register.hub.address import Address
from risk_register.hub.connection import connect
from risk_register.hub.hub import TooOld
from risk_register.store import sharing
from tests.hub.hubs import CANARY, World
from tests.hub.server import Server
from tests.hub.sharing import make_hub

pytestmark = pytest.mark.xdist_group("postgresql")

OLDER = """
DROP TABLE riskreg.outcome_link;
DELETE FROM riskreg.merge_group WHERE kind = 'OutcomeLink';
ALTER TABLE riskreg.risk DROP COLUMN aliases, DROP COLUMN proximity;
UPDATE riskreg.merge_group SET columns = columns - 'aliases' - 'proximity', defaults = defaults - 'aliases' - 'proximity'
    WHERE kind = 'Risk';
DELETE FROM riskreg.merge_group WHERE columns = '{}';
ALTER TABLE riskreg.presence DROP COLUMN record;
DROP FUNCTION riskreg.unseen;
CREATE FUNCTION riskreg.no_more() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM riskreg.member';
DROP POLICY seen ON riskreg.control;
ALTER TABLE riskreg.control DISABLE ROW LEVEL SECURITY;
REVOKE SELECT ON riskreg.action FROM riskreg_reader;
GRANT INSERT ON riskreg.risk TO riskreg_editor;
UPDATE riskreg.clock SET version = version - 1;
"""
"""Makes a hub what it might have been before a kind of record, columns, and what functions and rights are now."""
ADDED = [
    "the table outcome_link",
    "the column record of presence",
    "the column aliases of risk",
    "the column proximity of risk",
]
CATALOGUE = {
    "tables and views": "SELECT relname, relkind, relowner::regrole, relrowsecurity, obj_description(oid), "
    "ARRAY(SELECT a::text FROM unnest(relacl) a ORDER BY 1) FROM pg_class WHERE relnamespace = 'riskreg'::regnamespace "
    "AND relkind <> 'i'",
    "columns": "SELECT c.relname, attname, format_type(atttypid, atttypmod), attnotnull, attacl, "
    "pg_get_expr(adbin, adrelid) FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef d "
    "ON (adrelid, adnum) = (attrelid, attnum) WHERE relnamespace = 'riskreg'::regnamespace AND relkind <> 'i' "
    "AND attnum > 0 AND NOT attisdropped",
    "views": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'riskreg'",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'riskreg'",
    "constraints": "SELECT conrelid::regclass::text, conname, contype, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'riskreg'::regnamespace",
    "policies": "SELECT * FROM pg_policies WHERE schemaname = 'riskreg'",
    "functions": "SELECT oid::regprocedure::text, proowner::regrole, prosecdef, provolatile, prosrc, proconfig::text, "
    "pg_get_function_result(oid), proacl::text FROM pg_proc WHERE pronamespace = 'riskreg'::regnamespace",
    "schema": "SELECT nspowner::regrole, nspacl::text FROM pg_namespace WHERE nspname = 'riskreg'",
    "merge groups": "SELECT * FROM riskreg.merge_group",
    "schemas": "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'riskreg%%'",
}
"""All there is to a hub but what it holds, and but the order of columns."""


def catalogue(world: World) -> dict[str, list[str]]:
    return {what: sorted(map(str, world.psql(question))) for what, question in CATALOGUE.items()}


def contents(world: World) -> dict[str, list[str]]:
    """What it holds, a text for each row."""
    names = [row[0] for row in world.psql("SELECT tablename FROM pg_tables WHERE schemaname = 'riskreg'")]
    return {
        name: sorted(row[0] for row in world.psql(f"SELECT to_jsonb(t)::text FROM riskreg.{name} t")) for name in names
    }


def superuser(world: World) -> psycopg.Connection[Any]:
    url = world.server.url("postgres", password=world.server.secret, database=world.database)
    return connect(*Address.read(url))


def test_a_hub_brought_up_to_date_is_as_one_made_anew_and_holds_what_it_held(shared: World) -> None:
    held, made = contents(shared), catalogue(shared)
    assert held["outcome_link"] == [], "or it could not be dropped without a loss"
    shared.psql(OLDER)
    assert catalogue(shared) != made
    with superuser(shared) as connection:
        assert upgrade.news(connection) == ADDED
        assert schema.version_of(connection) == schema.VERSION - 1, "it was only tried"
        upgrade.bring_up_to_date(connection)
        assert schema.version_of(connection) == schema.VERSION
    assert contents(shared) == held
    for what, told in catalogue(shared).items():
        assert told == made[what], what
    with shared.hub("editor") as hub:
        assert hub.problems() == []


def test_those_who_shared_it_go_on_and_see_no_more_than_before(shared: World) -> None:
    reader, contributor = shared.join("reader"), shared.join("contributor")
    shared.psql(OLDER)
    shared.run(edit_risk(shared.risk, title="While it was older"))
    for role, register in (("editor", shared.register), ("reader", reader), ("contributor", contributor)):
        with pytest.raises(TooOld, match="hub init"):
            shared.synchronise(register, role)
    assert sharing.count_waiting(shared.register) == 1
    with superuser(shared) as connection:
        upgrade.bring_up_to_date(connection)
    action = shared.action
    contributor.run(edit_action(contributor.book.get(Action, action.id), detail="Said by its owner"), who="con")
    assert shared.synchronise(contributor, "contributor").refused == ()
    assert shared.publish().refused == ()
    shared.run(edit_risk(shared.secret, proximity=Proximity.imminent))
    shared.publish()
    shared.run(edit_action(shared.action, audience=Audience.restricted))
    shared.publish()
    for role, register in (("reader", reader), ("contributor", contributor)):
        shared.synchronise(register, role)
        assert "While it was older" in {risk.title for risk in register.book.all(Risk)}
        assert register.book.find(Action, action.id) is None
        assert list(register.problems()) == []
        assert CANARY.encode() not in register.path.read_bytes()
        register.close()
    with shared.hub("editor") as hub:
        assert hub.problems() == []


def test_whoever_made_it_brings_it_up_to_date_and_no_other(one_server: Server) -> None:
    url = one_server.add_user("maker", "CREATEROLE")
    other = one_server.add_user("other", "CREATEROLE")
    make_hub(one_server, "hub_made")
    one_server.psql("DROP SCHEMA riskreg CASCADE; GRANT CREATE ON DATABASE hub_made TO maker", database="hub_made")
    for role in ("owner", *schema.ROLES):  # as the first who makes a hub on the server
        one_server.psql(f"GRANT riskreg_{role} TO maker WITH ADMIN TRUE, INHERIT FALSE, SET FALSE")
    with connect(*Address.read(url.replace("/risks", "/hub_made"))) as connection:
        schema.make(connection)
        one_server.psql(OLDER, database="hub_made")
        one_server.psql("REVOKE CREATE ON DATABASE hub_made FROM maker")
        with pytest.raises(Forbidden, match="whoever made the hub"):
            upgrade.news(connection)
        one_server.psql("GRANT CREATE ON DATABASE hub_made TO maker")
        schema.admit(connection, "other", "administrator")
        with (
            connect(*Address.read(other.replace("/risks", "/hub_made"))) as theirs,
            pytest.raises(Forbidden, match="whoever made the hub"),
        ):
            upgrade.bring_up_to_date(theirs)
        upgrade.bring_up_to_date(connection)
        assert schema.version_of(connection) == schema.VERSION
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SET ROLE riskreg_owner")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM riskreg.journal")
    one_server.psql("DROP DATABASE hub_made WITH (FORCE)", database="postgres")
    for login in ("maker", "other"):
        one_server.psql(f"DROP OWNED BY {login} CASCADE")


def test_what_is_built_upon_a_hub_is_not_lost_unasked(shared: World) -> None:
    shared.psql(OLDER)
    shared.psql("CREATE VIEW public.ours AS SELECT title FROM riskreg.risk")
    before = catalogue(shared)
    with superuser(shared) as connection, pytest.raises(Refused, match="ours in the same database is built upon"):
        upgrade.bring_up_to_date(connection)
    assert catalogue(shared) == before


def test_init_says_what_it_adds_asks_and_does_it(
    shared: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", shared.server.secret)
    init = ["hub", "init", f"postgresql://postgres@127.0.0.1:{shared.server.port}/{shared.database}?sslmode=disable"]
    assert main([*init, "--yes"]) == 3
    assert "a hub already" in capsys.readouterr().err
    shared.psql(OLDER)
    assert main(init) == 3
    told = capsys.readouterr()
    for what in ADDED:
        assert f"- Adds {what}.\n" in told.out
    assert "say --yes" in told.err
    assert shared.psql("SELECT version FROM riskreg.clock") == [(schema.VERSION - 1,)]
    assert main([*init, "--yes"]) == 0
    assert "Done." in capsys.readouterr().out
    assert shared.psql("SELECT version FROM riskreg.clock") == [(schema.VERSION,)]
    shared.psql("UPDATE riskreg.clock SET version = 99")
    assert main([*init, "--yes"]) != 0
    assert "Update this program" in capsys.readouterr().err
