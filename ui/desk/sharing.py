"""The open register and its hub, as the screens see them: how they stand, what waits, who is here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from risk_register.domain.change import Edit

if TYPE_CHECKING:
    from risk_register.hub.background import Background, Standing
    from risk_register.hub.hub import Hub
    from risk_register.hub.synchronise import NotTaken
    from risk_register.store.register import Register
    from risk_register.store.sharing import Shared
    from ui.desk.desk import Desk
    from ui.desk.login import Login

_LAST = 2.0
"""Seconds that closing may take to bring the hub what it has not."""


class Sharing(QObject):
    """Keeps the open register and its hub together in the background, and tells how they stand.

    `address` is the hub's, "" where the register is not shared; `standing` how they stand, None until that is known;
    `waiting` how many edits the hub has not, and may yet take; `was_restored` whether it was found put back to an older copy, and nobody
    has looked since.
    """

    changed = Signal()
    """Something of this is different."""
    restored = Signal()
    """The hub was found put back to an older copy."""
    refused = Signal(str, str)
    """An edit that the hub does not take: its label, and why."""
    _told = Signal(object, object)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self.address = ""
        self.standing: Standing | None = None
        self.waiting = 0
        self.was_restored = False
        self._background: Background | None = None
        self._record: UUID | None = None
        self._refused: tuple[NotTaken, ...] = ()
        self._passwords: dict[str, str] = {}  # by address; for as long as the program runs
        self._told.connect(self._on_told)
        desk.arrived.connect(self._begin)
        desk.writing_began.connect(self._begin)
        desk.changed.connect(self._on_edited)

    # -- in the background

    def _begin(self) -> None:
        self._leave()
        if self._desk.writable:
            self._desk.ask(_look_up, self._on_looked_up, quiet=True)
        self.changed.emit()

    def _on_looked_up(self, found: "_Found | None") -> None:
        self._leave()
        if found is not None:
            self.address, self.waiting = found.shared.address, found.waiting
            background = found.kind(
                self.address,
                self._passwords.get(self.address, ""),
                lambda: self._desk.who,
                self._desk.lent(found.register),
                lambda standing: self._told.emit(background, standing),
            )
            self._background = background
            background.look_at(self._record)
            background.start()
        self.changed.emit()

    def _leave(self) -> None:
        if self._background is not None:
            self._background.stop(0)
        self._background = self.standing = None
        self.address, self.waiting, self.was_restored, self._refused = "", 0, False, ()

    def end(self) -> None:
        """Bring the two together a last time, as the program ends; not for long."""
        if self._background is not None:
            self._background.stop(_LAST if self.standing and self.standing.connected else 0)
            self._background = None

    def _on_told(self, background: "Background", standing: "Standing") -> None:
        if background is not self._background:
            return  # it was left since
        before, self.standing = self.standing, standing
        if standing.restored:
            self.was_restored = True
            self.restored.emit()
        known = {item.edit.id for item in self._refused}
        self._refused = standing.refused
        for item in standing.stuck:
            if item.edit.id not in known:
                self.refused.emit(item.edit.label, item.why)
        if before is None or standing.seq != before.seq:
            self._desk.read_conflicts()
        self._count()

    def _on_edited(self, edit: Edit) -> None:
        if self._background is not None and edit.who == self._desk.who:
            self._background.wake()
            self._count()

    def _count(self) -> None:
        from risk_register.store.sharing import count_waiting  # noqa: PLC0415  only where a register is shared; as below

        self._desk.ask(count_waiting, self._on_counted, quiet=True)

    def _on_counted(self, waiting: int) -> None:
        refused = len(self.standing.refused) if self.standing else 0
        self.waiting = max(0, waiting - refused) if self.address else 0
        self.changed.emit()

    # -- what a person can do

    def synchronise(self) -> None:
        """Try it now, whatever went wrong before."""
        if self.standing is not None and self.standing.final:
            self._begin()
        elif self._background is not None:
            self._background.wake()

    def heed(self) -> None:
        """Somebody has looked."""
        if self.was_restored:
            self.was_restored = False
            self.changed.emit()

    def look_at(self, record: UUID | None) -> None:
        """Tell colleagues which record is being looked at here."""
        self._record = record
        if self._background is not None:
            self._background.look_at(record)

    def share(self, login: "Login", *, done: Callable[[], object], failed: Callable[[Exception], None]) -> None:
        """Share the open register through an empty hub; or meet its own one at another address, or with another login."""

        def work(register: "Register") -> None:
            from risk_register.hub.synchronise import begin  # noqa: PLC0415

            with _signed_in(login) as hub:
                begin(hub, lambda work: work(register), str(login.address))

        def tell(_: None) -> None:
            self._passwords[str(login.address)] = login.password
            self._begin()
            done()

        self._desk.ask(work, tell, failed)

    def join(
        self,
        path: Path,
        login: "Login",
        *,
        backups: Path,
        done: Callable[[], object],
        failed: Callable[[Exception], None],
    ) -> None:
        """Make a copy of what a hub holds, and open it."""
        self._passwords[str(login.address)] = login.password
        self._desk.join(path, lambda: _signed_in(login), str(login.address), backups=backups, done=done, failed=failed)

    def stop(self) -> None:
        """Share the register no more. What it holds stays as it is, and so does the hub."""
        from risk_register.store.sharing import share  # noqa: PLC0415

        self._desk.ask(lambda register: share(register, None), lambda _: self._begin())


@dataclass(frozen=True, slots=True)
class _Found:
    """The open register and its hub, how many edits wait for that, and what keeps the two together."""

    register: "Register"
    shared: "Shared"
    waiting: int
    kind: "type[Background]"


def _look_up(register: "Register") -> _Found | None:
    """None where it is not shared."""
    from risk_register.store import sharing  # noqa: PLC0415

    shared = sharing.hub(register)
    if shared is None:
        return None
    from risk_register.hub.background import Background  # noqa: PLC0415  a tenth of a second

    return _Found(register, shared, sharing.count_waiting(register), Background)


@contextmanager
def _signed_in(login: "Login") -> "Iterator[Hub]":
    """A connection to a hub. Once all has gone well the keyring keeps the password, where that is wanted."""
    from risk_register.hub.connection import connect  # noqa: PLC0415  only where a register is shared
    from risk_register.hub.hub import Hub  # noqa: PLC0415
    from risk_register.hub.password import keep  # noqa: PLC0415

    address = login.address
    with connect(address, login.password) as connection:
        yield Hub(connection, address)
    if login.remember:
        keep(address, login.password)
