"""The desk: the one object between the screens and the register."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from risk_register import places
from risk_register.domain.book import Book
from risk_register.domain.change import Command, Edit, undo
from risk_register.domain.conflict import OpenConflict, by_record
from risk_register.domain.difference import changes_between
from risk_register.domain.errors import Busy, StoreError, Unreachable
from risk_register.domain.merged import Merged
from risk_register.domain.programme import Programme
from risk_register.domain.record import Record
from risk_register.domain.views import past
from ui.desk import opening
from ui.desk.job import is_there
from ui.desk.opening import Opening
from ui.desk.outside import Outside
from ui.desk.sharing import Sharing
from ui.desk.worker import Worker

if TYPE_CHECKING:
    from risk_register.hub.hub import Hub
    from risk_register.hub.synchronise import Ask
    from risk_register.store.place import Place
    from risk_register.store.register import PastEdit, Register

T = TypeVar("T")
R = TypeVar("R", bound=Record)

_UNDO_DEPTH = 200
"""How many of one's own edits can be taken back by Undo after a restart; History goes back to the first."""
_COPY_EVERY = 10 * 60_000
"""How often it is looked whether a copy is due (ms)."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A register as it was opened: why only for reading, in what place, whether there is a better one, what to undo."""

    register: "Register"
    reason: StoreError | None
    place: "Place"
    may_move: bool
    own: list[Edit]


class Desk(Worker):
    """Runs commands on the register's own thread, holds undo and redo, and tells the screens what changed.

    The window never waits for it: every question is answered later, on the window's thread, through `done`.
    """

    opened = Signal()
    """Another register, or another programme of it: read everything anew."""
    arrived = Signal()
    """Another register was opened; everybody has read it."""
    writing_began = Signal()
    """The register that was only read until now is written to from now on."""
    changed = Signal(object)
    """An Edit was kept; `book` has it."""
    stale = Signal(object)
    """An Edit that was kept but for fields that somebody had changed meanwhile (its `stale`)."""
    conflicts_changed = Signal()
    """Other conflicts wait than before: `conflicts`, and `disputed`, which has them by record."""
    undo_changed = Signal()
    """What Undo and Redo would do has changed."""

    def __init__(self, who: str, today: Callable[[], date] = date.today, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.who = who
        self.today = today
        self.book = Book()
        self.programme: UUID | None = None
        self.path: Path | None = None
        self.writable = False
        self.read_only_reason = ""
        self.waits = False
        self.place: Place | None = None
        self.may_move = False
        self.conflicts: list[OpenConflict] = []
        self.disputed: dict[UUID, list[OpenConflict]] = {}
        self._register: Register | None = None
        self._undo: list[Edit] = []
        self._redo: list[Edit] = []
        self._backups: Path | None = None
        self._uncopied = False
        self._copying = QTimer(self, interval=_COPY_EVERY)
        self._copying.timeout.connect(self._copy_if_changed)
        self._copying.start()
        self.sharing = Sharing(self)
        self.outside = Outside(self)

    # -- opening and closing

    def open(
        self, path: Path, *, backups: Path | None = None, failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Open a register; for reading where somebody else writes to it or the folder can't be written to."""
        self._open(path, opening.existing(path, self.who, backups, self._called_off), backups, failed)

    def create(
        self,
        path: Path,
        first: Command,
        *,
        backups: Path | None = None,
        done: Callable[[], object] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Make a new register and run a first command on it (such as beginning a programme). `done` when it is open."""
        self._open(path, opening.fresh(path, first, self.who, self._called_off), backups, failed, done)

    def create_sample(
        self, path: Path, *, backups: Path | None = None, failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Make a register that holds the sample programme."""
        self._open(path, opening.sample(path, self.who, self._called_off), backups, failed)

    def join(
        self,
        path: Path,
        sign_in: Callable[[], "AbstractContextManager[Hub]"],
        address: str,
        *,
        backups: Path,
        done: Callable[[], object],
        failed: Callable[[Exception], None],
    ) -> None:
        """Make a register that is a copy of what a hub holds."""
        work = opening.joined(path, sign_in, address, self.who, self._called_off, self.progressed.emit)
        self._open(path, work, backups, failed, done)

    def move(self, to: Path, *, backups: Path, done: Callable[[], object], failed: Callable[[Exception], None]) -> None:
        """Copy the register to a file that isn't there yet, and go on with that; the one copied is left as it is."""

        def work() -> tuple["Register", None]:
            from risk_register.store.register import Register  # noqa: PLC0415

            self._opened_register().back_up(to)
            return Register.open(to, who=self.who, backups=backups, called_off=self._called_off), None

        self._open(to, work, backups, failed, done)

    def _open(
        self,
        path: Path,
        work: Opening,
        backups: Path | None,
        failed: Callable[[Exception], None] | None,
        done: Callable[[], object] | None = None,
    ) -> None:
        def open_then_close_the_old() -> _Opened:
            from risk_register.store.place import place_of  # noqa: PLC0415

            old = self._register
            if old is not None and old.path == path.expanduser().absolute().resolve():
                old.close()  # first, or it would stand in its own way
                self._register = old = None
            register, reason = work()
            if old is not None:  # only now: where the other can't be opened, this one stays
                old.close()
            self._register = register
            home = place_of(places.registers_folder() / register.path.name)
            own = register.own_edits(self.who, _UNDO_DEPTH)
            return _Opened(register, reason, place_of(register.path), not home.risk, own)

        def tell(answer: _Opened) -> None:
            self._on_opened(answer)
            self._ask(lambda: self._copy_from_now_on(backups))
            if done and is_there(done):
                done()

        self._ask(open_then_close_the_old, tell, failed)

    # -- copies

    def _copy_from_now_on(self, folder: Path | None) -> None:
        self._backups, self._uncopied = folder, True
        self._copy()

    def _copy_if_changed(self) -> None:
        if self._uncopied:
            self._ask(self._copy)

    def _copy(self) -> None:
        """Copy the register unless that was done within the hour (on the register's thread)."""
        if self._backups is not None and self._register is not None and self._register.writable:
            now = datetime.now().astimezone()
            if self._register.back_up_if_due(self._backups, now, every=timedelta(hours=1)):
                self._uncopied = False

    def _on_opened(self, answer: "_Opened") -> None:
        register, reason, self.place, self.may_move = answer.register, answer.reason, answer.place, answer.may_move
        self.read_only_reason, self.waits = str(reason or ""), isinstance(reason, Busy)
        self._undo = answer.own if register.writable else []
        self.path, self.writable, self.book = register.path, register.writable, register.book
        self._on_conflicts_read(())
        self._redo = []
        programmes = [item.id for item in self.book.all(Programme)]
        if self.programme not in programmes:
            self.programme = programmes[0] if programmes else None
        self.opened.emit()
        self.undo_changed.emit()
        self.arrived.emit()
        self.read_conflicts()

    def choose(self, programme: UUID) -> None:
        """Show another programme of the same register."""
        self.programme = programme
        self.opened.emit()

    def close(self) -> None:
        """Finish what is waiting, close the register, and end its thread."""

        def work() -> None:
            if self._register is not None:
                if self._uncopied:
                    with suppress(StoreError):  # a full disk must not keep the program from ending
                        self._copy()
                self._register.close()
                self._register = None

        self.sharing.end()
        self._end(work)

    # -- reading what somebody else writes

    def look(self, done: Callable[[str], None], failed: Callable[[Exception], None]) -> None:
        """Show what somebody else has written since, and ask who writes now: a sentence, "" for nobody."""
        path, seen = self.path, self.book

        def work() -> tuple[Edit | None, Book, str] | None:
            register = self._opened_register()
            if register.path != path:
                return None  # another was opened while this waited
            return register.follow(seen), register.book, register.writer()

        def tell(answer: tuple[Edit | None, Book, str] | None) -> None:
            if answer is None or self.writable:
                return
            edit, book, writer = answer
            if edit:
                self._take((edit, book))
            done(writer)

        self._ask(work, tell, failed, once="look", quiet=True)

    def start_writing(self, failed: Callable[[Exception], None]) -> None:
        """Write to the register that was only read until now, if nobody else does; what they wrote is shown first."""
        seen = self.book

        def work() -> tuple[Edit | None, Book, list[Edit]]:
            from risk_register.store.register import Register  # noqa: PLC0415

            old = self._opened_register()
            # Opened anew, and so checked and read as at any opening, with the claim held.
            with ExitStack() as closing:
                register = closing.enter_context(
                    Register.open(old.path, who=self.who, backups=self._backups, called_off=self._called_off)
                )
                answer = register.follow(seen), register.book, register.own_edits(self.who, _UNDO_DEPTH)
                closing.pop_all()
            self._register = register
            old.close()
            return answer

        def tell(answer: tuple[Edit | None, Book, list[Edit]]) -> None:
            edit, book, self._undo = answer
            self.writable, self.waits, self.read_only_reason = True, False, ""
            if edit:  # of nothing at least: the screens offer anew what a writer may do
                self._take((edit, book))
            self.writing_began.emit()
            self._ask(lambda: self._copy_from_now_on(self._backups))

        self._ask(work, tell, failed, once="start")

    def ask(
        self,
        work: Callable[["Register"], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Do something with the open register that changes nothing in its book."""
        self._ask(lambda: work(self._opened_register()), done, failed, quiet=quiet)

    def lent(self, register: "Register") -> "Ask":
        """The open register, for another thread to do something with, on the register's; the screens are told what changed.

        Raises Left once it is not the open one any more.
        """
        from risk_register.hub.background import Left  # noqa: PLC0415  only where a register is shared

        def ask(work: Callable[["Register"], T]) -> T:
            def do() -> tuple[T | None, Exception | None, Edit | None, Book]:
                if self._register is not register:
                    raise Left(_LEFT)
                seen, value, error = register.book, None, None
                try:
                    value = work(register)
                except Exception as raised:  # noqa: BLE001  told to who asked, after what came of it was shown
                    error = raised
                return value, error, _told_of(value, seen, register.book), register.book

            value, error, _, _ = self._lend(do, self._on_lent, Left(_LEFT))
            if error is not None:
                raise error
            return value  # type: ignore[return-value]  # there is one, as there was no error

        return ask

    def _on_lent(self, answer: tuple[object, Exception | None, Edit | None, Book]) -> None:
        _, _, edit, book = answer
        if edit is None:
            return
        self._uncopied = True
        if edit.changes:
            self._take((edit, book))
        else:
            self.book = book

    def _opened_register(self) -> "Register":
        if self._register is None:
            raise Unreachable("No register is open. Open one, or make a new one.")
        return self._register

    # -- edits

    def run(
        self,
        command: Command,
        *,
        done: Callable[[Edit], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        once: object = None,
    ) -> None:
        """Do what a person asked. `done` gets the edit as it was kept, `failed` what came instead.

        While what was asked for `once` (a form, say) is under way, nothing more is asked for it: a second click or
        Enter means the first.
        """

        def tell(answer: tuple[Edit, Book]) -> None:
            self._undo.append(answer[0])
            self._redo.clear()
            self._take(answer, done)

        self._ask(lambda: self._run(command), tell, failed, once)

    def _run(self, command: Command) -> tuple[Edit, Book]:
        register = self._opened_register()
        self._uncopied = True
        return register.run(command, who=self.who), register.book

    def _take(self, answer: tuple[Edit, Book], done: Callable[[Edit], None] | None = None) -> None:
        edit, self.book = answer
        if self.programme is not None and self.book.find(Programme, self.programme) is None:
            self.choose(next(self.book.all(Programme)).id)  # its beginning was taken back
        self.changed.emit(edit)
        self.undo_changed.emit()
        if edit.settles or edit.undoes or any(change.id in self.disputed for change in edit.changes):
            self.read_conflicts()  # no other edit opens or settles one
        if edit.stale:
            self.stale.emit(edit)
        if done and is_there(done):
            done(edit)

    @property
    def undo_label(self) -> str:
        """The label of the edit that Undo takes back; "" where there is none."""
        return self._undo[-1].label if self._undo else ""

    @property
    def redo_label(self) -> str:
        """The label of the edit that Redo brings back; "" where there is none."""
        return self._redo[-1].label.removeprefix("Undo: ") if self._redo else ""

    def undo(self) -> None:
        """Take back the last edit that stands, one that is just being kept included."""
        self._ask(lambda: None, lambda _: self._swap(self._undo, self._redo))

    def redo(self) -> None:
        """Bring back the last edit taken back."""
        self._ask(lambda: None, lambda _: self._swap(self._redo, self._undo))

    def _swap(self, source: list[Edit], target: list[Edit]) -> None:
        if not source:
            return
        edit = source.pop()

        def tell(answer: tuple[Edit, Book]) -> None:
            target.append(answer[0])
            self._take(answer)

        def failed(error: Exception) -> None:
            source.append(edit)
            self.undo_changed.emit()
            self.tell(error)

        self._ask(lambda: self._run(undo(self._whole(edit))), tell, failed)

    def _whole(self, edit: Edit) -> Edit:
        """An edit with its changes: those from before the last start come from the journal when they are needed."""
        return edit if edit.changes else self._opened_register().edit(edit.id)

    def undo_edit(self, id: UUID, *, done: Callable[[Edit], None] | None = None) -> None:
        """Take back any edit of the past, as an edit of its own."""

        def work() -> tuple[Edit, Book]:
            return self._run(undo(self._opened_register().edit(id)))

        def tell(answer: tuple[Edit, Book]) -> None:
            self._undo = [edit for edit in self._undo if edit.id != id]
            self._undo.append(answer[0])
            self._redo.clear()
            self._take(answer, done)

        self._ask(work, tell, once=id)

    # -- copies that others have worked on

    def merge(
        self,
        path: Path,
        *,
        done: Callable[[Merged], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Take in what another copy of the register holds; a safety copy is made first."""

        def work() -> tuple[Merged, Book]:
            from risk_register.store.merging import merge_copy  # noqa: PLC0415

            register = self._opened_register()
            self._uncopied = True
            if self._backups is not None and register.writable:
                register.back_up_if_due(self._backups, datetime.now().astimezone(), every=timedelta(0))
            return merge_copy(register, path, self.who, self._called_off.clear), register.book

        def tell(answer: tuple[Merged, Book]) -> None:
            merged, book = answer
            for edit in (merged.edit, *merged.renumbered) if merged.edits else ():
                self._take((edit, book))
            self._on_conflicts_read(merged.conflicts)
            if done and is_there(done):
                done(merged)

        self._ask(work, tell, failed, once="merge")

    def dispute(self, record: Record) -> str:
        """What is disputed of a record, as a sentence; "" where nothing is."""
        return " ".join(f"{conflict.happened}." for conflict in self.disputed.get(record.id, []))

    def read_conflicts(self) -> None:
        """Look which conflicts wait: `conflicts_changed` tells where others do."""
        self._ask(lambda: self._opened_register().conflicts(), self._on_conflicts_read)

    def _on_conflicts_read(self, conflicts: Iterable[OpenConflict]) -> None:
        if (found := list(conflicts)) != self.conflicts:
            self.conflicts, self.disputed = found, by_record(found, self.book)
            self.conflicts_changed.emit()

    # -- questions that the book can't answer

    def history(self, about: Record | None, done: Callable[[list["PastEdit"]], None], *, skip: int = 0) -> None:
        """Ask for the edits that changed a record or what hangs on it, or for all; the newest first, 500 at a time."""
        self._ask(lambda: self._opened_register().history(about, skip=skip), done)

    def edit(self, id: UUID, done: Callable[[Edit], None]) -> None:
        """Ask for an edit of the past with its changes."""
        self._ask(lambda: self._opened_register().edit(id), done)

    def as_at(self, day: date, done: Callable[[Book], None], failed: Callable[[Exception], None] | None = None) -> None:
        """Ask for the book as it stood at the end of a day; one that is still to come is refused."""
        today = self.today()
        self._ask(lambda: self._opened_register().as_at(past(day, today)), done, failed)

    def fetch(self, kind: type[R], field: str, value: object, done: Callable[[list[R]], None]) -> None:
        """Ask for the records whose field holds a value, of the kinds that only grow too."""
        self._ask(lambda: self._opened_register().fetch(kind, field, value), done)

    def fetch_all(self, kind: type[R], field: str, values: Collection[object], done: Callable[[list[R]], None]) -> None:
        """Ask for the records whose field holds one of several values, of the kinds that only grow too."""
        self._ask(lambda: self._opened_register().fetch_all(kind, field, values), done)

    def back_up(self, to: Path, done: Callable[[None], None]) -> None:
        """Copy the register to a file, over an earlier copy of that name."""
        self._ask(lambda: self._opened_register().back_up(to, over=True), done)


_LEFT = "Another register was opened meanwhile."


def _told_of(value: object, seen: Book, now: Book) -> Edit | None:
    """What doing something with a register has changed, as one edit; None where its book is as it was `seen`."""
    if now is seen:
        return None
    edits = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, Edit)]
    if not edits:
        return Edit("Brought in line with the hub", changes_between(seen, now))
    return replace(edits[-1], changes=tuple(change for edit in edits for change in edit.changes))
