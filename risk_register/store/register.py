"""The opened register file. What a person does goes through `run`: rows and journal in one transaction, or nothing."""

import getpass
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Event
from typing import Self, TypeVar
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.conflict import OpenConflict
from risk_register.domain.difference import changes_between
from risk_register.domain.errors import Cancelled, Conflict, ReadOnly, Refused, Stale, Unreachable
from risk_register.domain.ids import new_id
from risk_register.domain.kinds import KINDS, LOG_KINDS
from risk_register.domain.rebase import rebased
from risk_register.domain.record import Record, specs
from risk_register.domain.rules.check import check
from risk_register.domain.text import listed
from risk_register.store import backup, conflicts, journal, replica, rows, stale
from risk_register.store.claim import Claim, claim_path, writer
from risk_register.store.file import CALLED_OFF, connect, damaged, driver_of, exists, publish, recover, transaction
from risk_register.store.journal import PastEdit
from risk_register.store.latest import uncovered
from risk_register.store.past import book_at
from risk_register.store.schema import SUFFIX, VERSION, check_version, is_register, migrate, read_version
from risk_register.store.tables import EDITS, NUMBERS, TABLES

R = TypeVar("R", bound=Record)

CHECKED_UP_TO = 32 * 1024 * 1024
"""Files up to this size (bytes) are checked whole at every opening, in a quarter of a second; of larger ones, whose
journal has grown long, what the book is read from. The rest is when a copy is made, which is checked whole."""
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
        self.called_off = called_off
        self._version: int | None = None  # of the file, as SQLite counts what others write
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
            raise exists(path)
        part = path.with_name(f".{path.name}.{new_id().hex}.part")
        try:
            part.open("xb").close()
            with ExitStack() as making:
                claim = Claim.take(part, who)
                making.callback(claim.release)
                register = cls(part, connect(part, write=True), claim, called_off or Event())
                making.pop_all()  # the claim goes with the register from here on
                making.enter_context(register)
                # It is whole and on the disk before it has its name: no step towards that need be waited for.
                register._driver.execute("PRAGMA synchronous = OFF")
                register._migrate()
                register._load()
                fill(register)
            publish(part, path)
        except OSError as error:
            raise Unreachable(
                f"{path} can't be made: {error.strerror or error}. Choose a folder that you may write to."
            ) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
                claim_path(part).unlink(missing_ok=True)
        try:
            return cls.open(path, who=who, called_off=called_off)
        except Cancelled:
            for made in (path, claim_path(path)):  # which nobody has seen yet
                made.unlink(missing_ok=True)
            raise

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
            register = cls(path, connect(path, write=write), claim, called_off or Event())
            failed.pop_all()  # the claim goes with the register from here on
            failed.enter_context(register)
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
        every = self.path.stat().st_size <= CHECKED_UP_TO
        parts = ["1"] if every else [table.name for kind, table in TABLES.items() if kind not in LOG_KINDS]
        with self.transaction():
            answers = {self._connection.exec_driver_sql(f"PRAGMA integrity_check({part})").scalar() for part in parts}
        if answers != {"ok"}:
            raise damaged(self.path)

    def _bring_up_to_date(self, backups: Path) -> None:
        if not self.writable:
            raise Unreachable(
                f"{self.path.name} is of an older version. Open it for writing once to bring it up to date."
            )
        backup.back_up(self._driver, self.path, backups, datetime.now().astimezone(), every=timedelta(0))
        self._migrate()

    def _migrate(self) -> None:
        # A table that others refer to can only be made anew while references are not checked; they are at the end.
        self._driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with self.transaction():
                migrate(self._connection)
                if self._connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise damaged(self.path)
        finally:
            self._driver.execute("PRAGMA foreign_keys = ON")

    def _load(self) -> None:
        """Read the book, unless nobody else has written since it was read."""
        with self.transaction():
            version = self._connection.exec_driver_sql("PRAGMA data_version").scalar_one()
            if version != self._version:
                numbers = {
                    (row.programme, row.prefix): row.highest for row in self._connection.execute(sa.select(NUMBERS))
                }
                self.book = Book(rows.read_contents(self._connection), numbers)
                self._version = version

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """The file within one transaction, kept whole or not at all. Raises StoreError."""
        with transaction(self._connection, self.path):
            yield self._connection

    @property
    def _driver(self) -> sqlite3.Connection:
        return driver_of(self._connection)

    # -- writing: what a person does here, and what another copy holds

    def run(self, command: Command, *, who: str = "", when: datetime | None = None) -> Edit:
        """Do what a person asked: compute the edit on today's book, keep it, and return it as it was kept.

        Fields that the command found changed by somebody else are left out and told in the edit's `stale`.
        Raises Refused (a rule forbids it), Conflict (a changed field no longer holds what the edit expects), ReadOnly,
        Cancelled or another StoreError; then nothing was kept.
        """
        if not self.writable:
            raise ReadOnly(f"{self.path.name} is open for reading only, so this was not kept.")
        if self.called_off.is_set():
            raise Cancelled(CALLED_OFF)
        try:
            edit = command(self.book)
        except Conflict as error:
            told = self._with_authors(error.stale)
            raise Conflict(f"{error} {stale.by_whom(told)}".rstrip(), told) from None
        edit = edit.said(who or getpass.getuser(), when or datetime.now(UTC))
        edit, stands_in_the_way = rebased(edit, self.book)
        edit = replace(edit, stale=self._with_authors(edit.stale))
        if edit.undoes:
            self._check_stands(edit.undoes)
        if stands_in_the_way:
            raise stale.conflict(edit, self.book, self._with_authors(stands_in_the_way))
        try:
            with self.transaction():
                edit = uncovered(self._connection, edit) if edit.undoes else edit
                after = rows.with_referred_to(self._connection, self.book.apply(edit.changes), edit.changes)
                check(edit, after)
                journal.append(self._connection, edit)
                rows.write(self._connection, edit.changes)
                self._write_numbers(after)
        except rows.RowChanged as changed:
            raise Conflict(
                "The file was changed outside this program. Close the register and open it again.", ()
            ) from changed
        except sa.exc.IntegrityError as error:
            raise Refused(
                "Other records depend on this, so it was not done. Take back what was added to it first."
            ) from error
        self.book = after
        return edit

    def take_in(self, work: Callable[[sa.Connection], Book]) -> None:
        """Let `work` write what another copy holds: all of it or nothing. It returns the book that comes of it.

        Raises ReadOnly, and whatever `work` raises; then nothing was kept.
        """
        if not self.writable:
            raise ReadOnly(f"{self.path.name} is open for reading only, so nothing was taken in.")
        with self.transaction() as file:
            after = work(file)
            self._write_numbers(after)
        self.book = after

    def _check_stands(self, undone: UUID) -> None:
        with self.transaction():
            already = bool(journal.undone_edits(self._connection, [undone]))
        if already:
            raise Refused("That was taken back already.")

    def _write_numbers(self, after: Book) -> None:
        for key, highest in after.numbers.items():
            if self.book.numbers.get(key) != highest:
                programme, prefix = key
                self._connection.execute(
                    sa.delete(NUMBERS).where(NUMBERS.c.programme == programme, NUMBERS.c.prefix == prefix)
                )
                self._connection.execute(sa.insert(NUMBERS).values(programme=programme, prefix=prefix, highest=highest))

    def _with_authors(self, told: tuple[Stale, ...]) -> tuple[Stale, ...]:
        if not told:
            return ()
        with self.transaction() as file:
            return tuple(stale.with_author(file, item) for item in told)

    # -- reading what the book does not hold, or not yet

    def fetch(self, kind: type[R], field: str, value: object) -> list[R]:
        """The records of a kind whose `field` holds `value`, of those that only grow too, oldest first."""
        with self.transaction():
            return list(rows.read(self._connection, kind, TABLES[kind].c[field] == value))

    def fetch_all(self, kind: type[R], field: str, values: Collection[object]) -> list[R]:
        """The records of a kind whose `field` holds one of `values`, of those that only grow too."""
        column = TABLES[kind].c[field]
        with self.transaction():
            return [
                record
                for some in rows.chunks(list(values))
                for record in rows.read(self._connection, kind, column.in_(some))
            ]

    def history(self, about: Record | None = None, *, skip: int = 0, limit: int = 500) -> list[PastEdit]:
        """The edits that changed a record or what hangs on it, or all edits, newest first."""
        with self.transaction():
            ids = list(journal.ids_around(self._connection, about)) if about else None
            return journal.read_history(self._connection, ids, skip=skip, limit=limit)

    def edit(self, id: UUID) -> Edit:
        """An edit of the past with all its changes. Raises Refused where there is none."""
        with self.transaction():
            found = journal.read_edit(self._connection, id)
        if found is None:
            raise Refused("That edit is not in this register's history.")
        return found

    def count_edits(self) -> int:
        """How many edits its history holds."""
        with self.transaction():
            return int(self._connection.scalar(sa.select(sa.func.count()).select_from(EDITS)) or 0)

    def own_edits(self, who: str, limit: int) -> list[Edit]:
        """The edits that somebody made and that stand, oldest first, without their changes: what Undo can take back."""
        with self.transaction():
            return journal.standing_edits(self._connection, who, limit)

    def as_at(self, day: date) -> Book:
        """The book as it stood at the end of a day (of this computer's time zone)."""
        end = datetime.combine(day + timedelta(days=1), time()).astimezone(UTC)
        self._load()  # somebody may have written meanwhile: the journal and the book must tell of the same moment
        with self.transaction():
            return book_at(self._connection, self.book, end)

    def follow(self, seen: Book) -> Edit | None:
        """What somebody else has changed since the book was `seen`, as one edit with the label and author of the newest.

        None where it is nothing. Raises TooNew where a newer version of the program has written.
        """
        recover(self.path)
        with self.transaction():
            check_version(self.path, self._connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        self._load()
        if self.book is seen:
            return None
        newest = self.history(limit=1)
        return replace(newest[0].edit if newest else Edit("", ()), changes=changes_between(seen, self.book))

    def writer(self) -> str:
        """Who writes to this register that is open for reading, in a sentence; "" for nobody."""
        return writer(self.path)

    def conflicts(self) -> list[OpenConflict]:
        """The conflicts that wait for a person."""
        with self.transaction():
            return conflicts.read(self._connection, self.book)

    # -- keeping it safe

    def back_up(self, to: Path, *, over: bool = False) -> None:
        """Copy the register to a file, whole or not at all; `over` an earlier copy where that was asked about.

        Raises Unreachable where it can't be written, or stands there already and is no copy of a register.
        """
        to = to.expanduser().absolute()
        if to.exists():
            if to.samefile(self.path):
                raise Unreachable(f"{to.name} is the register itself. Choose another name for the copy.")
            if to.is_dir():
                raise Unreachable(f"{to} is a folder. Add a name for the copy.")
            if not over or not is_register(to):
                raise Unreachable(f"There is a file {to} already. Choose another name for the copy.")
        backup.copy_whole(self._driver, to)

    def back_up_if_due(self, folder: Path, now: datetime, *, every: timedelta) -> Path | None:
        """Copy the register into `folder` unless it was copied there lately. Raises Unreachable."""
        return backup.back_up(self._driver, self.path, folder, now, every=every)

    def problems(self) -> Iterator[str]:
        """What an examination finds wrong, a sentence each: the file, its references, the journal against the rows.

        In several short transactions, so that somebody who writes meanwhile is not kept waiting.
        """
        with self.transaction():
            answers = [row[0] for row in self._connection.exec_driver_sql("PRAGMA integrity_check")]
            lost = list(self._connection.exec_driver_sql("PRAGMA foreign_key_check"))
        yield from (f"The file is damaged: {answer}." for answer in answers if answer != "ok")
        yield from (f"Row {row} of {table} refers to a {target} that is not there." for table, row, target, _ in lost)
        with self.transaction():
            broken = journal.broken_link(self._connection)
        if broken is not None:
            yield f"Entry {broken} of the journal, or one before it, was altered after it was written."
        with self.transaction():
            told = replica.sound(self._connection, journal.all_records(self._connection))
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


__all__ = ["SUFFIX", "PastEdit", "Register"]
