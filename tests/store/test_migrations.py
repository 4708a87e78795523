import json
from datetime import date
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from risk_register.domain.category import Category
from risk_register.domain.commands.review import note_review
from risk_register.domain.matrix import Matrix, npsa_matrix
from risk_register.domain.programme import Programme
from risk_register.domain.record import to_plain, values
from risk_register.domain.risk import Risk
from risk_register.store import schema
from risk_register.store.register import Register
from risk_register.store.schema import APPLICATION_ID
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


def test_references_are_checked_when_the_edit_is_whole(tmp_path: Path) -> None:
    """A risk and its first score name each other, so neither can come first."""
    path = tmp_path / "r.riskreg"
    Register.create(path).close()
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'risk'").scalar_one()
    engine.dispose()
    assert "DEFERRABLE INITIALLY DEFERRED" in told


def test_a_register_of_version_2_gets_what_is_new_with_its_usual_values(tmp_path: Path) -> None:
    path, ids = tmp_path / "r.riskreg", [uuid4() for _ in range(4)]
    matrix, programme, category, risk = ids
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        _migrate_to(connection, "0002")
        live = npsa_matrix()
        row = {name: to_plain(value) for name, value in values(live).items() if name not in ("id", "cadences")}
        told = {name: json.dumps(value) if isinstance(value, list) else value for name, value in row.items()}
        _insert(connection, "matrix", id=matrix.hex, **told)
        _insert(connection, "programme", id=programme.hex, name="P", description="", matrix=matrix.hex)
        _insert(connection, "category", id=category.hex, programme=programme.hex, name="Legal", description="")
        texts = dict.fromkeys(("cause", "event", "effect", "closing_reason"), "")
        _insert(
            connection,
            "risk",
            id=risk.hex,
            programme=programme.hex,
            reference="R-001",
            title="Old",
            kind="threat",
            raised_on="2026-01-05",
            status="open",
            **texts,
        )
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql("PRAGMA user_version = 2")
    engine.dispose()
    with Register.open(path, backups=tmp_path / "backups") as register:
        book = register.book
        assert book.get(Programme, programme).appetites == ("Averse", "Minimal", "Cautious", "Open", "Eager")
        assert book.get(Matrix, matrix).months == (12, 6, 3, 1)
        assert book.get(Category, category).tolerable is None
        assert (book.get(Risk, risk).lessons, book.get(Risk, risk).reviewed) == ("", None)
        register.run(note_review(book.get(Risk, risk), on=date(2026, 2, 2)), who="me")
    assert list((tmp_path / "backups").iterdir()), "the older file was copied first"


def _migrate_to(connection: sa.Connection, revision: str) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(Path(schema.__file__).with_name("migrations")))
    context = MigrationContext.configure(
        connection,
        opts={"fn": lambda held, _: scripts._upgrade_revs(revision, held), "render_as_batch": True},
    )
    with Operations.context(context):
        context.run_migrations()


def _insert(connection: sa.Connection, table: str, **row: object) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)
