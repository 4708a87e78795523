import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from risk_register.domain.action import Action, Impact
from risk_register.domain.brag import BragLevel
from risk_register.domain.category import Category
from risk_register.domain.change import Change, Edit
from risk_register.domain.commands.decision import ask_decision, record_decision
from risk_register.domain.commands.review import note_review
from risk_register.domain.decision import Decision
from risk_register.domain.difference import changes_between
from risk_register.domain.matrix import Matrix, npsa_matrix
from risk_register.domain.plan import Outcome
from risk_register.domain.programme import Programme
from risk_register.domain.record import to_plain, values
from risk_register.domain.risk import Risk
from risk_register.store import rows, schema
from risk_register.store.register import Register
from risk_register.store.tables import metadata
from tests.making import RAISED, Made, first_id


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
    engine = _made_at(tmp_path / "old.db", "0002")
    with engine.begin() as connection:
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


def _made_at(path: Path, revision: str) -> sa.Engine:
    """An empty file as the program of that revision made it."""
    scripts = ScriptDirectory(str(Path(schema.__file__).with_name("migrations")))
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"fn": lambda now, _: scripts._upgrade_revs(revision, now), "render_as_batch": True},
        )
        with Operations.context(context):
            context.run_migrations()
        connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {int(revision)}")
    return engine


def test_a_file_of_version_2_holds_the_same_once_it_is_brought_up(made: Made, tmp_path: Path) -> None:
    asked = first_id(
        made.run(ask_decision(programme=made.programme, question="Fund it", board=made.board, asked_on=RAISED))
    )
    made.run(record_decision(made.register.book.get(Decision, asked), answer="Yes", on=RAISED))
    # What a programme of today begins with and one of then had not.
    made.run(lambda book: Edit("Removed", tuple(Change(level, None) for level in book.all(BragLevel))))
    made.run(lambda book: Edit("Removed", tuple(Change(item, replace(item, cadences=())) for item in book.all(Matrix))))
    book, path = made.register.book, made.register.path
    made.register.close()
    old = tmp_path / "old.riskreg"
    engine = _made_at(old, "0002")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"ATTACH '{path}' AS now")
        for table in sa.inspect(connection).get_table_names():
            columns = ", ".join(f'"{column["name"]}"' for column in sa.inspect(connection).get_columns(table))
            if table != "alembic_version":
                connection.exec_driver_sql(
                    f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM now."{table}"'
                )
    engine.dispose()
    with Register.open(old) as brought_up:
        assert not changes_between(brought_up.book, book)
        assert brought_up.book == book
        assert not list(brought_up.problems())
    assert schema.read_version(old) == schema.VERSION


def test_a_register_of_version_2_gets_what_is_new_with_its_usual_values(tmp_path: Path) -> None:
    path, ids = tmp_path / "r.riskreg", [uuid4() for _ in range(4)]
    matrix, programme, category, risk = ids
    engine = _made_at(path, "0002")
    with engine.begin() as connection:
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
    engine.dispose()
    with Register.open(path, backups=tmp_path / "backups") as register:
        book = register.book
        assert book.get(Programme, programme).appetites == ("Averse", "Minimal", "Cautious", "Open", "Eager")
        assert book.get(Matrix, matrix).months == (12, 6, 3, 1)
        assert book.get(Category, category).tolerable is None
        assert (book.get(Risk, risk).lessons, book.get(Risk, risk).reviewed) == ("", None)
        register.run(note_review(book.get(Risk, risk), on=date(2026, 2, 2)), who="me")
    assert list((tmp_path / "backups").iterdir()), "the older file was copied first"


def _insert(connection: sa.Connection, table: str, **row: object) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)
