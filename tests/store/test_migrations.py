from pathlib import Path

import sqlalchemy as sa

from risk_register.domain.action import Action, Impact
from risk_register.domain.plan import Outcome
from risk_register.store import rows
from risk_register.store.register import Register
from risk_register.store.tables import metadata


def _described(engine: sa.Engine) -> dict[str, object]:
    found = sa.inspect(engine)
    return {
        table: (
            {(column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(table)},
            found.get_pk_constraint(table)["constrained_columns"],
            {(tuple(key["constrained_columns"]), key["referred_table"]) for key in found.get_foreign_keys(table)},
            {(tuple(index["column_names"]), index["unique"]) for index in found.get_indexes(table)},
        )
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def test_a_migrated_file_has_just_the_tables_that_the_program_writes_to(tmp_path: Path) -> None:
    path = tmp_path / "r.riskreg"
    Register.create(path).close()
    migrated = sa.create_engine(f"sqlite:///{path}")
    fresh = sa.create_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    metadata.create_all(fresh)
    assert _described(migrated) == _described(fresh)
    migrated.dispose()
    fresh.dispose()


def test_what_an_older_file_holds_is_right_in_the_tables_of_the_plan(tmp_path: Path) -> None:
    """Outcomes have no status and no workstream yet, and what actions move is not known."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    from risk_register.store import schema

    engine = sa.create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    scripts = ScriptDirectory(str(Path(schema.__file__).with_name("migrations")))
    with engine.begin() as connection:
        context = MigrationContext.configure(
            connection, opts={"fn": lambda revision, _: scripts._upgrade_revs("0002", revision)}
        )
        with Operations.context(context):
            context.run_migrations()
        matrix, programme, answered, outcome, action = (f"{number:032x}" for number in range(1, 6))
        for statement in (
            f"INSERT INTO matrix VALUES ('{matrix}', 'M', '[]', '[]', '[]', '[]', '[]', '[]', '[]')",
            f"INSERT INTO programme VALUES ('{programme}', 'P', '', '{matrix}')",
            f"INSERT INTO recommendation VALUES ('{answered}', '{programme}', '1', 'Lead')",
            (
                "INSERT INTO outcome (id, recommendation, number, want, will_do, where_now, will_see, difference) "
                f"VALUES ('{outcome}', '{answered}', '1.1', 'Want', '', '', '', '')"
            ),
            (
                "INSERT INTO action (id, programme, reference, title, detail, delivery, percent, barrier) "
                f"VALUES ('{action}', '{programme}', 'A-001', 'Ask', '', 'not_started', 0, '')"
            ),
        ):
            connection.exec_driver_sql(statement)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        schema.migrate(connection)
        (kept,) = rows.read(connection, Outcome)
        (asked,) = rows.read(connection, Action)
        assert (kept.want, kept.status, kept.status_reason, kept.workstream) == ("Want", None, "", None)
        assert (asked.title, asked.impact, asked.outcome) == ("Ask", Impact.not_known, None)
        assert not connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    engine.dispose()


def test_references_are_checked_when_the_edit_is_whole(tmp_path: Path) -> None:
    """A risk and its first score name each other, so neither can come first."""
    path = tmp_path / "r.riskreg"
    Register.create(path).close()
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'risk'").scalar_one()
    engine.dispose()
    assert "DEFERRABLE INITIALLY DEFERRED" in told
