from pathlib import Path

import sqlalchemy as sa

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


def test_references_are_checked_when_the_edit_is_whole(tmp_path: Path) -> None:
    """A risk and its first score name each other, so neither can come first."""
    path = tmp_path / "r.riskreg"
    Register.create(path).close()
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'risk'").scalar_one()
    engine.dispose()
    assert "DEFERRABLE INITIALLY DEFERRED" in told
