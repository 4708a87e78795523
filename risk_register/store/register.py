"""The opened register file. `run` is the only write: rows and journal in one transaction, or nothing."""

import getpass
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Event
from typing import Self, TypeVar
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain import merge, rules
from risk_register.domain.book import Book
from risk_register.domain.change import UNDO, Change, Command, Edit
from risk_register.domain.commands.edits import renumber
from risk_register.domain.conflict import OpenConflict
from risk_register.domain.difference import changes_between
from risk_register.domain.errors import Cancelled, Conflict, ReadOnly, Refused, Stale, Unreachable
from risk_register.domain.ids import new_id
from risk_register.domain.kinds import KINDS, LOG_KINDS
from risk_register.domain.merge import Entry
from risk_register.domain.rebase import rebased
from risk_register.domain.record import Record, merge_groups, references, specs
from risk_register.domain.text import listed, plural
from risk_register.store import backup, conflicts, journal, replica, rows, whole
from risk_register.store.claim import Claim, claim_path, writer
from risk_register.store.file import CALLED_OFF, connect, damaged, driver_of, exists, publish, recover, transaction
from risk_register.store.journal import PastEdit
from risk_register.store.latest import uncovered
from risk_register.store.past import book_at
from risk_register.store.replica import Received
from risk_register.store.schema import SUFFIX, VERSION, check_version, is_register, migrate, read_version
from risk_register.store.tables import EDITS, HUB, JOURNAL, NUMBERS, TABLES

R = TypeVar("R", bound=Record)

CHECKED_UP_TO = 32 * 1024 * 1024
"""Files up to this size (bytes) are checked whole at every opening, in a quarter of a second; of larger ones, whose
journal has grown long, what the book is read from. The rest is when a copy is made, which is checked whole."""
ASKED_EVERY = 1_000
"""After so many of SQLite's instructions it is asked whether what is being done was called off."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The hub that a register is shared through.

    Its address (without a password), which hub it is, and how far it was read, with the hub's hash at that number.
    """

    address: str
    epoch: UUID
    seq: int = 0
    hash: bytes = b""


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
        with self._transaction():
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
            with self._transaction():
                migrate(self._connection)
                if self._connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise damaged(self.path)
        finally:
            self._driver.execute("PRAGMA foreign_keys = ON")

    def _load(self) -> None:
        """Read the book, unless nobody else has written since it was read."""
        with self._transaction():
            version = self._connection.exec_driver_sql("PRAGMA data_version").scalar_one()
            if version != self._version:
                numbers = {
                    (row.programme, row.prefix): row.highest for row in self._connection.execute(sa.select(NUMBERS))
                }
                self.book = Book(rows.read_contents(self._connection), numbers)
                self._version = version

    def _transaction(self) -> AbstractContextManager[None]:
        return transaction(self._connection, self.path)

    @property
    def _driver(self) -> sqlite3.Connection:
        return driver_of(self._connection)

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
            raise Cancelled(CALLED_OFF)
        try:
            edit = command(self.book)
        except Conflict as error:
            told = tuple(self._with_author(item) for item in error.stale)
            raise Conflict(f"{error} {_by_whom(told)}".rstrip(), told) from None
        edit = edit.said(who or getpass.getuser(), when or datetime.now(UTC))
        edit, stale = rebased(edit, self.book)
        edit = replace(edit, stale=tuple(self._with_author(item) for item in edit.stale))
        if edit.undoes:
            self._check_stands(edit.undoes)
        if stale:
            raise self._conflict(edit, stale)
        try:
            with self._transaction():
                edit = uncovered(self._connection, edit) if edit.undoes else edit
                after = self._with_referred_to(self.book.apply(edit.changes), edit.changes)
                rules.check(edit, after)
                journal.append(self._connection, edit)
                rows.write(self._connection, edit.changes)
                self._write_numbers(after)
        except rows.RowChanged as changed:
            raise self._conflict(edit, ()) from changed
        except sa.exc.IntegrityError as error:
            raise Refused(
                "Other records depend on this, so it was not done. Take back what was added to it first."
            ) from error
        self.book = after
        return edit

    def _check_stands(self, undone: UUID) -> None:
        with self._transaction():
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
        by = _by(first)
        what = f"“{edit.label.removeprefix(UNDO)}” can't be {'undone' if edit.undoes else 'kept'}"
        if not first.field:
            gone = "is in the register again" if record else "was removed"
            return Conflict(f"{what}: the {KINDS[first.kind].called} {gone}{by}.", told)
        names = listed(list(dict.fromkeys(specs(KINDS[item.kind])[item.field].label.lower() for item in told)))
        of = record.label if record else KINDS[first.kind].called
        return Conflict(f"{what}: the {names} of {of} changed since{by}. Undo that first.", told)

    def _with_author(self, stale: Stale) -> Stale:
        groups = merge_groups(KINDS[stale.kind])
        group = next((name for name, fields in groups.items() if stale.field in fields), merge.GONE)
        with self._transaction():
            said = journal.last_said(self._connection, stale.id, group)
        return replace(stale, who=said[0], when=said[1]) if said else stale

    # -- reading what the book does not hold, or not yet

    def fetch(self, kind: type[R], field: str, value: object) -> list[R]:
        """The records of a kind whose `field` holds `value`, of those that only grow too, oldest first."""
        with self._transaction():
            return list(rows.read(self._connection, kind, TABLES[kind].c[field] == value))

    def fetch_all(self, kind: type[R], field: str, values: Collection[object]) -> list[R]:
        """The records of a kind whose `field` holds one of `values`, of those that only grow too."""
        column = TABLES[kind].c[field]
        with self._transaction():
            return [
                record
                for some in rows.chunks(list(values))
                for record in rows.read(self._connection, kind, column.in_(some))
            ]

    def history(self, about: Record | None = None, *, skip: int = 0, limit: int = 500) -> list[PastEdit]:
        """The edits that changed a record or what hangs on it, or all edits, newest first."""
        with self._transaction():
            ids = list(journal.ids_around(self._connection, about)) if about else None
            return journal.read_history(self._connection, ids, skip=skip, limit=limit)

    def edit(self, id: UUID) -> Edit:
        """An edit of the past with all its changes. Raises Refused where there is none."""
        with self._transaction():
            found = journal.read_edit(self._connection, id)
        if found is None:
            raise Refused("That edit is not in this register's history.")
        return found

    def count_edits(self) -> int:
        """How many edits its history holds."""
        with self._transaction():
            return int(self._connection.scalar(sa.select(sa.func.count()).select_from(EDITS)) or 0)

    def own_edits(self, who: str, limit: int) -> list[Edit]:
        """The edits that somebody made and that stand, oldest first, without their changes: what Undo can take back."""
        with self._transaction():
            return journal.standing_edits(self._connection, who, limit)

    def as_at(self, day: date) -> Book:
        """The book as it stood at the end of a day (of this computer's time zone)."""
        end = datetime.combine(day + timedelta(days=1), time()).astimezone(UTC)
        self._load()  # somebody may have written meanwhile: the journal and the book must tell of the same moment
        with self._transaction():
            return book_at(self._connection, self.book, end)

    def follow(self, seen: Book) -> Edit | None:
        """What somebody else has changed since the book was `seen`, as one edit with the label and author of the newest.

        None where it is nothing. Raises TooNew where a newer version of the program has written.
        """
        recover(self.path)
        with self._transaction():
            check_version(self.path, self._connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        self._load()
        if self.book is seen:
            return None
        newest = self.history(limit=1)
        return replace(newest[0].edit if newest else Edit("", ()), changes=changes_between(seen, self.book))

    def writer(self) -> str:
        """Who writes to this register that is open for reading, in a sentence; "" for nobody."""
        return writer(self.path)

    # -- as one copy among others

    @property
    def hub(self) -> "Shared | None":
        """The hub that this register is shared through, and how far it was read; None where it is not shared."""
        with self._transaction():
            row = self._connection.execute(sa.select(HUB)).one_or_none()
        return Shared(row.address, row.epoch, row.seq, row.hash) if row else None

    def share(self, shared: "Shared | None") -> None:
        """Say which hub the register is shared through from now on, and how far it was read."""
        with self._transaction():
            self._write_hub(shared)

    def _write_hub(self, shared: "Shared | None") -> None:
        self._connection.execute(sa.delete(HUB))
        if shared is not None:
            told = {"address": shared.address, "epoch": shared.epoch, "seq": shared.seq, "hash": shared.hash}
            self._connection.execute(sa.insert(HUB).values(id=1, **told))

    def waiting(
        self, limit: int | None = None, *, without: Collection[UUID] = ()
    ) -> tuple[list[Entry], dict[UUID, Edit]]:
        """The oldest entries that the hub has not, whole edits of them, and their edits. About `limit` entries.

        Those edits left out that `without` names.
        """
        with self._transaction():
            some = replica.waiting(self._connection, limit, without)
            return some, replica.edits(self._connection, {entry.edit for entry in some})

    def sent(self) -> dict[UUID, UUID]:
        """The ids of the entries that the hub has, each with its edit's."""
        with self._transaction():
            told = sa.select(JOURNAL.c.id, JOURNAL.c.edit).where(replica.SENT)
            return {row.id: row.edit for row in self._connection.execute(told)}

    def count_sent(self) -> int:
        """How many entries the hub has of those that are here."""
        with self._transaction():
            return int(self._connection.scalar(sa.select(sa.func.count()).where(replica.SENT)) or 0)

    def told(self) -> tuple[list[Entry], dict[UUID, Edit]]:
        """Every entry of the journal, and their edits."""
        with self._transaction():
            every = replica.entries(self._connection)
            return every, replica.edits(self._connection, {entry.edit for entry in every})

    def count_waiting(self) -> int:
        """How many edits the hub has not."""
        with self._transaction():
            told = sa.select(sa.func.count(JOURNAL.c.edit.distinct())).where(replica.LOCAL)
            return int(self._connection.scalar(told) or 0)

    def receive(
        self,
        page: Sequence[Received],
        told: Mapping[UUID, Edit],
        shared: "Shared",
        *,
        gone: Collection[UUID] = (),
    ) -> Edit:
        """Take in what the hub has, up to the number in `shared`, and forget the entries `gone`, which it shows no more.

        Returns what that changed as one edit. Raises StoreError; then nothing of it was kept.
        """
        return self._take_in(lambda: replica.receive(self._connection, page, told, gone), told, shared)

    def take_whole(self, pages: Iterable[tuple[Sequence[Received], Mapping[UUID, Edit], "Shared"]]) -> None:
        """Take in all that the hub has into this register, which is empty; each page up to the number in its `shared`.

        Raises StoreError and whatever `pages` raises; then nothing of it was kept.
        """

        def read() -> Iterator[whole.Page]:
            for page, told, shared in pages:
                yield page, told
                self._write_hub(shared)

        with self._transaction():
            after = whole.take(self._connection, read())
            self._write_numbers(after)
        self.book = after

    def offer_again(self, numbers: Iterable[tuple[int, UUID]]) -> int:
        """The hub was put back to an older copy, where its entries have these numbers: offer again what it has lost.

        Returns the last number up to which the two agree.
        """
        told: list[int] = []

        def work() -> tuple[Change, ...]:
            common, changes = replica.offer_again(self._connection, numbers)
            told.append(common)
            return changes

        # Until it is said up to where the two agree, no hash is right: who puts the same back in the same order gives
        # the hub its old hashes again, and what is offered here would seem to have been read.
        shared = self.hub
        self._take_in(work, {}, replace(shared, hash=b"?") if shared else None)
        return told[0]

    def _take_in(
        self, work: Callable[[], tuple[Change, ...]], told: Mapping[UUID, Edit], shared: "Shared | None" = None
    ) -> Edit:
        if not self.writable:
            raise ReadOnly(f"{self.path.name} is open for reading only, so nothing was taken in.")
        with self._transaction():
            changes = work()
            if shared is not None:
                self._write_hub(shared)
            after = self._with_referred_to(self.book.apply(changes), changes)
            self._write_numbers(after)
        self.book = after
        who = listed(list(dict.fromkeys(edit.who for edit in told.values()))) or "a colleague"
        label = (
            f"Received {plural(len(told), 'edit')} by {who}" if told else "Took away what is no longer for your eyes"
        )
        return Edit(label, changes, who=who)

    def merge(self, path: Path) -> Edit:
        """Take in what was changed in another copy of this register. Returns what that changed as one edit.

        Raises Refused where the file is no copy of this register, or is the register itself, and whatever opening it
        raises.
        """
        if path.exists() and path.samefile(self.path):
            raise Refused(f"{path.name} is this register itself. Choose the copy that somebody else has worked on.")
        with Register.open(path, write=False, called_off=self._called_off) as other:
            foreign, told = other.told()
        with self._transaction():
            here = replica.known(self._connection, [entry.id for entry in foreign])
        if not here:
            raise Refused(
                f"{path.name} is no copy of this register: the two have nothing in common. To take risks from it, "
                "export them there and import the workbook here."
            )
        fresh = {entry.edit for entry in foreign if entry.id not in here}
        return self._take_in(
            lambda: replica.bring(self._connection, foreign, told), {id: told[id] for id in told if id in fresh}
        )

    def renumber(self, who: str, login: str = "") -> list[Edit]:
        """Give another number to what bears one that another copy had given before. Returns the edits that did.

        Only to what was made here, or sent to the hub under `login`: the others see to theirs.
        """
        with self._transaction():
            twins = replica.twins(self._connection, self.book, login)
        edits = []
        for record in twins:
            # Copies brought together may break a rule that each kept: a person mends that first, the rest goes on.
            with suppress(Refused):
                edits.append(self.run(renumber(record), who=who))
        return edits

    def conflicts(self) -> list[OpenConflict]:
        """The conflicts that wait for a person."""
        with self._transaction():
            return conflicts.read(self._connection, self.book, self._with_referred_to)

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
        with self._transaction():
            answers = [row[0] for row in self._connection.exec_driver_sql("PRAGMA integrity_check")]
            lost = list(self._connection.exec_driver_sql("PRAGMA foreign_key_check"))
        yield from (f"The file is damaged: {answer}." for answer in answers if answer != "ok")
        yield from (f"Row {row} of {table} refers to a {target} that is not there." for table, row, target, _ in lost)
        with self._transaction():
            broken = journal.broken_link(self._connection)
        if broken is not None:
            yield f"Entry {broken} of the journal, or one before it, was altered after it was written."
        with self._transaction():
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


def _by(stale: Stale) -> str:
    return f" by {stale.who} on {stale.when.astimezone():%d/%m/%Y at %H:%M}" if stale.when else ""


def _by_whom(told: Sequence[Stale]) -> str:
    return f"It was changed{_by(told[0])}." if told and told[0].when else ""


__all__ = ["SUFFIX", "PastEdit", "Received", "Register", "Shared"]
