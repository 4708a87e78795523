"""The opened register file. `run` is the only write: rows and journal in one transaction, or nothing."""

import getpass
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Event
from typing import Any, Self, TypeVar
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain import rules
from risk_register.domain.book import Book
from risk_register.domain.change import UNDO, Change, Command, Edit
from risk_register.domain.errors import (
    Busy,
    Cancelled,
    Conflict,
    Damaged,
    ReadOnly,
    Refused,
    Stale,
    StoreError,
    Unreachable,
)
from risk_register.domain.kinds import KINDS, LOG_KINDS
from risk_register.domain.rebase import rebased
from risk_register.domain.record import Record, merge_groups, references, specs
from risk_register.domain.text import listed
from risk_register.store import backup, journal, rows
from risk_register.store.claim import Claim, claim_path
from risk_register.store.journal import PastEdit
from risk_register.store.schema import SUFFIX, VERSION, migrate, read_version
from risk_register.store.tables import EDITS, NUMBERS, TABLES

R = TypeVar("R", bound=Record)

CHECKED_UP_TO = 200 * 1024 * 1024
"""Files up to this size (bytes) are checked whole at every opening: well under a second."""
ASKED_EVERY = 1_000
"""After so many of SQLite's instructions it is asked whether what is being done was called off."""


class Register:
    """A register file, opened. Everything on it happens on the thread that opened it.

    `book` is what it holds today, an object that never changes and may be read on any thread. While the event
    `called_off` is set, which may be done on any thread, whatever takes long raises Cancelled and keeps nothing.
    """

    def __init__(self, path: Path, connection: sa.Connection, claim: Claim | None, called_off: Event) -> None:
        self.path = path
        self.book = Book()
        self._connection = connection
        self._claim = claim
        self._called_off = called_off
        self._driver.set_progress_handler(called_off.is_set, ASKED_EVERY)

    # -- opening and closing

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        fill: Callable[["Register"], object] = lambda _: None,
        who: str = "",
        called_off: Event | None = None,
    ) -> "Register":
        """Make a new register with what `fill` puts into it, and open it.

        It appears under its name once it is whole. Raises Unreachable where a file of that name exists or can't be
        made, and whatever `fill` raises; then there is no file.
        """
        path = path.expanduser().absolute()
        if path.exists():
            raise Unreachable(f"There is a file {path} already. Open it, or choose another name.")
        part = path.with_name(f"{path.name}.part")
        try:
            part.write_bytes(b"")
        except OSError as error:
            raise Unreachable(
                f"{path} can't be made: {error.strerror or error}. Choose a folder that you may write to."
            ) from error
        try:
            with ExitStack() as whole:
                claim = Claim.take(part, who)
                whole.callback(claim.release)
                register = cls(part, _connect(part, write=True), claim, called_off or Event())
                whole.pop_all()  # the claim goes with the register from here on
                whole.enter_context(register)
                with register._connection.begin():
                    migrate(register._connection)
                register._load()
                fill(register)
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
            claim_path(part).unlink(missing_ok=True)
        return cls.open(path, who=who, called_off=called_off)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        write: bool = True,
        who: str = "",
        backups: Path | None = None,
        called_off: Event | None = None,
    ) -> "Register":
        """Open a register. A copy goes to `backups` before an older file is brought up to date.

        Raises NotARegister, TooNew, Damaged, Busy (somebody writes to it: open it with `write=False`), Cancelled or
        Unreachable.
        """
        path = path.expanduser().absolute().resolve()
        version = read_version(path)
        with ExitStack() as failed:
            claim = Claim.take(path, who) if write else None
            if claim:
                failed.callback(claim.release)
            register = cls(path, _connect(path, write=write), claim, called_off or Event())
            failed.pop_all()  # the claim goes with the register from here on
            failed.enter_context(register)
            with _said_plainly(path):
                register._check_whole()
            if version < VERSION:
                register._bring_up_to_date(backups or path.parent)
            register._load()
            failed.pop_all()
        return register

    def close(self) -> None:
        """Close the file and let others write to it."""
        self._connection.close()
        self._connection.engine.dispose()
        if self._claim:
            self._claim.release()
            self._claim = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def writable(self) -> bool:
        """Whether this is the one that writes."""
        return self._claim is not None

    def _check_whole(self) -> None:
        if self.path.stat().st_size > CHECKED_UP_TO:
            return
        answer = self._connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
        self._connection.rollback()
        if answer != "ok":
            raise Damaged(_DAMAGED.format(name=self.path.name))

    def _bring_up_to_date(self, backups: Path) -> None:
        if not self.writable:
            raise Unreachable(
                f"{self.path.name} is of an older version. Open it for writing once to bring it up to date."
            )
        backup.back_up(self._driver, self.path, backups, datetime.now().astimezone(), every=timedelta(0))
        with self._connection.begin():
            migrate(self._connection)

    def _load(self) -> None:
        with _said_plainly(self.path), self._connection.begin():
            numbers = {(row.programme, row.prefix): row.highest for row in self._connection.execute(sa.select(NUMBERS))}
            self.book = Book(rows.read_contents(self._connection), numbers)

    @property
    def _driver(self) -> sqlite3.Connection:
        driver = self._connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection), "a register is a SQLite file"
        return driver

    # -- the only write

    def run(self, command: Command, *, who: str = "", when: datetime | None = None) -> Edit:
        """Do what a person asked: compute the edit on today's book, keep it, and return it as it was kept.

        Fields that the command found changed by somebody else are left out and told in the edit's `stale`.
        Raises Refused (a rule forbids it), Conflict (a changed field no longer holds what the edit expects), ReadOnly,
        Cancelled or another StoreError; then nothing was kept.
        """
        if not self.writable:
            raise ReadOnly(f"{self.path.name} is open for reading only, so this was not kept.")
        if self._called_off.is_set():
            raise Cancelled(_CALLED_OFF)
        edit = command(self.book).said(who or getpass.getuser(), when or datetime.now(UTC))
        edit, stale = rebased(edit, self.book)
        if stale:
            raise self._conflict(edit, stale)
        after = self.book.apply(edit.changes)
        rules.check(edit, after)
        try:
            with _said_plainly(self.path), self._connection.begin():
                journal.append(self._connection, edit)
                rows.write(self._connection, edit.changes)
                self._write_numbers(after)
                after = self._with_referred_to(after, edit.changes)
        except rows.RowChanged as changed:
            raise self._conflict(edit, ()) from changed
        except sa.exc.IntegrityError as error:
            raise Refused(
                "Other records depend on this, so it was not done. Take back what was added to it first."
            ) from error
        self.book = after
        return replace(edit, stale=tuple(self._with_author(item) for item in edit.stale))

    def _write_numbers(self, after: Book) -> None:
        for key, highest in after.numbers.items():
            if self.book.numbers.get(key) != highest:
                programme, prefix = key
                self._connection.execute(
                    sa.delete(NUMBERS).where(NUMBERS.c.programme == programme, NUMBERS.c.prefix == prefix)
                )
                self._connection.execute(sa.insert(NUMBERS).values(programme=programme, prefix=prefix, highest=highest))

    def _with_referred_to(self, book: Book, changes: Iterable[Change]) -> Book:
        """`book` with the records of the growing kinds that `changes` refer to and that it does not hold yet."""
        for kind in LOG_KINDS:
            ids = {
                id
                for change in changes
                if change.after is not None
                for name, target in references(change.kind).items()
                if target == kind.__name__ and (id := getattr(change.after, name)) is not None
            }
            missing = [id for id in ids if book.find(kind, id) is None]
            if missing:
                book = book.apply(Change(None, record) for record in rows.read_ids(self._connection, kind, missing))
        return book

    def _conflict(self, edit: Edit, stale: tuple[Stale, ...]) -> Conflict:
        told = tuple(self._with_author(item) for item in stale)
        if not told:
            return Conflict("The file was changed outside this program. Close the register and open it again.", ())
        first = told[0]
        record = self.book.find(KINDS[first.kind], first.id)
        by = f" by {first.who} on {first.when.astimezone():%d/%m/%Y at %H:%M}" if first.when else ""
        what = f"“{edit.label.removeprefix(UNDO)}” can't be {'undone' if edit.undoes else 'kept'}"
        if not first.field:
            gone = "is in the register again" if record else "was removed"
            return Conflict(f"{what}: the {KINDS[first.kind].called} {gone}{by}.", told)
        names = listed(list(dict.fromkeys(specs(KINDS[item.kind])[item.field].label.lower() for item in told)))
        of = record.label if record else KINDS[first.kind].called
        return Conflict(f"{what}: the {names} of {of} changed since{by}. Undo that first.", told)

    def _with_author(self, stale: Stale) -> Stale:
        groups = merge_groups(KINDS[stale.kind])
        group = next((name for name, fields in groups.items() if stale.field in fields), journal.GONE)
        with self._connection.begin():
            said = journal.last_said(self._connection, stale.id, group)
        return replace(stale, who=said[0], when=said[1]) if said else stale

    # -- reading what the book does not hold

    def fetch(self, kind: type[R], field: str, value: object) -> list[R]:
        """The records of a kind whose `field` holds `value`, of those that only grow too, oldest first."""
        with self._reading():
            return list(rows.read(self._connection, kind, TABLES[kind].c[field] == value))

    def history(self, about: Record | None = None, *, skip: int = 0, limit: int = 500) -> list[PastEdit]:
        """The edits that changed a record or what hangs on it, or all edits, newest first."""
        with self._reading():
            ids = list(rows.ids_around(self._connection, about)) if about else None
            return journal.read_history(self._connection, ids, skip=skip, limit=limit)

    def edit(self, id: UUID) -> Edit:
        """An edit of the past with all its changes. Raises Refused where there is none."""
        with self._reading():
            found = journal.read_edit(self._connection, id)
        if found is None:
            raise Refused("That edit is not in this register's history.")
        return found

    def own_edits(self, who: str, limit: int) -> list[Edit]:
        """The edits that somebody made and that stand, oldest first, without their changes: what Undo can take back."""
        with self._reading():
            return journal.standing_edits(self._connection, who, limit)

    def as_at(self, day: date) -> Book:
        """The book as it stood at the end of a day (of this computer's time zone)."""
        end = datetime.combine(day + timedelta(days=1), time()).astimezone(UTC)
        with self._reading():
            earlier = journal.records_at(self._connection, end)
            records = {record.id: record for record in self.book.records()}
            for id, record in earlier.items():
                records.pop(id, None)
                if record is not None:
                    records[id] = record
            missing = [
                id
                for record in records.values()
                for name, target in references(type(record)).items()
                if KINDS[target] in LOG_KINDS and (id := getattr(record, name)) and id not in records
            ]
            for kind in LOG_KINDS:
                for record in rows.read_ids(self._connection, kind, missing):
                    records[record.id] = record
        return Book(records.values(), self.book.numbers)

    def first_day(self) -> date | None:
        """The day of the first edit, from which on there is an *as at*."""
        with self._reading():
            moment = self._connection.scalar(sa.select(sa.func.min(EDITS.c.said_at)))
        return moment.astimezone().date() if moment else None

    # -- keeping it safe

    def back_up(self, to: Path) -> None:
        """Copy the register to a file, whole or not at all. Raises Unreachable."""
        with self._reading():
            pass
        backup.copy_whole(self._driver, to.expanduser().absolute())

    def back_up_if_due(self, folder: Path, now: datetime, *, every: timedelta) -> Path | None:
        """Copy the register into `folder` unless it was copied there lately. Raises Unreachable."""
        return backup.back_up(self._driver, self.path, folder, now, every=every)

    def problems(self) -> Iterator[str]:
        """What an examination finds wrong, a sentence each: the file, its references, the journal against the rows."""
        with self._reading():
            for (answer,) in self._connection.exec_driver_sql("PRAGMA integrity_check"):
                if answer != "ok":
                    yield f"The file is damaged: {answer}."
            for table, row, target, _ in self._connection.exec_driver_sql("PRAGMA foreign_key_check"):
                yield f"Row {row} of {table} refers to a {target} that is not there."
            broken = journal.broken_link(self._connection)
            if broken is not None:
                yield f"Entry {broken} of the journal, or one before it, was altered after it was written."
            told = journal.all_records(self._connection)
            held = {row.id: row for kind in KINDS.values() for row in rows.read(self._connection, kind)}
            for id in told.keys() | held.keys():
                record, row = told.get(id), held.get(id)
                if record is None and row is not None:
                    yield f"The {row.called} {row.label} is in the register but not in its journal."
                elif row is None and record is not None:
                    yield f"The {record.called} {record.label} is in the journal but not in the register."
                elif record is not None and row is not None and record != row:
                    fields = listed([specs(type(row))[name].label.lower() for name in Change(record, row).fields])
                    yield f"The {fields} of {row.called} {row.label} differs from what the journal says."

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with _said_plainly(self.path), self._connection.begin():
            yield


_CALLED_OFF = "Called off. Nothing of it was kept."
_DAMAGED = (
    "{name} is damaged. It was left as it is; open the newest copy instead (File > Open a backup), "
    "and keep the damaged file until that one has been looked through."
)


@contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a StoreError with a sentence."""
    try:
        yield
    except sa.exc.IntegrityError:
        raise
    except (sa.exc.DatabaseError, LookupError, ValueError) as error:
        reason = str(getattr(error, "orig", error))
        raise _plain(path, reason) from error


def _plain(path: Path, reason: str) -> StoreError:
    if reason == "interrupted":
        return Cancelled(_CALLED_OFF)
    if "locked" in reason:
        return Busy(f"{path.name} is being written by another program. Try again in a moment.")
    if "disk is full" in reason:
        return Unreachable(
            f"The disk that holds {path.name} is full, so this was not kept. Free some space; all else is safe."
        )
    if "readonly" in reason or "unable to open" in reason or "I/O error" in reason:
        return Unreachable(
            f"{path} can't be written: {reason}. Is the drive still there? What was saved before is safe."
        )
    return Damaged(_DAMAGED.format(name=path.name))


def _connect(path: Path, *, write: bool) -> sa.Connection:
    """One connection, on which transactions are begun by us: Python's own would commit before a change of tables."""
    uri = f"{path.as_uri()}?mode={'rw' if write else 'ro'}"
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, timeout=5, isolation_level=None),
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

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    with _said_plainly(path):
        return engine.connect()


__all__ = ["SUFFIX", "PastEdit", "Register"]
