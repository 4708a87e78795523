"""Synchronising in the background: on a thread and a connection of its own, for as long as a shared register is open."""

import random
import select
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import monotonic
from uuid import UUID

import psycopg

from risk_register.domain.errors import (
    Forbidden,
    NotARegister,
    ReadOnly,
    StoreError,
    TooNew,
    WrongPassword,
)
from risk_register.hub.address import Address
from risk_register.hub.connection import connect, plainly
from risk_register.hub.hub import Colleague, Hub, OtherHub
from risk_register.hub.password import kept
from risk_register.hub.synchronise import Ask, NotTaken, synchronise

POLL = 30.0
"""Seconds after which a hub is asked that has told of nothing; and how often one says that one is still here."""
_CROWD = 2.0
"""Seconds between two looks at who is here: of two hundred people somebody always turns to another record."""
_FIRST, _LONGEST = 0.1, 30.0
"""Seconds until it is tried again: each time twice as long, and never longer than that."""
_FINAL = (WrongPassword, Forbidden, TooNew, NotARegister, OtherHub, ReadOnly)
"""What a person must do something about: trying again would be of no use, and of a password might lock them out."""


class Left(StoreError):
    """The register was closed, or another was opened: there is nothing to synchronise any more."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a register and its hub stand.

    `since` is when the connection was lost, or sought for the first time; None while there is one. `error` says why,
    in a sentence. After what is `final` nothing is tried until somebody asks for it.
    """

    since: datetime | None = None
    error: Exception | None = None
    final: bool = False
    seq: int = 0
    """The hub's number up to which the two are together."""
    restored: bool = False
    """Whether the hub was just found put back to an older copy."""
    refused: tuple[NotTaken, ...] = ()
    """What the hub does not take."""
    colleagues: tuple[Colleague, ...] = ()
    """Who else is connected."""

    @property
    def connected(self) -> bool:
        """Whether the register and its hub were together when this was said."""
        return self.error is None and self.since is None

    @property
    def stuck(self) -> tuple[NotTaken, ...]:
        """Of what the hub does not take, that which was not taken back since: about this something is to be done."""
        undone = {item.edit.undoes for item in self.refused}
        ids = {item.edit.id for item in self.refused}
        return tuple(item for item in self.refused if item.edit.id not in undone and item.edit.undoes not in ids)


class Background:
    """Keeps a register and its hub together, from `start` to `stop`, which any thread may call.

    What the hub tells of (NOTIFY) is a hint and no more: without it the hub is asked every `POLL` seconds. Where there
    is no connection one is sought, ever more seldom. `ask` does work on the register and raises Left once it is closed;
    `tell` is called on this thread whenever something is different.
    """

    def __init__(
        self,
        address: str,
        password: str,
        who: Callable[[], str],
        ask: Ask,
        tell: Callable[[Standing], object],
    ) -> None:
        self._url = address
        self._password = password
        self._who = who
        self._ask = ask
        self._tell = tell
        self._said: Standing | None = None
        self._record: UUID | None = None
        self._over = self._due = self._crowd = self._moved = False
        self._asked_at = self._crowd_at = 0.0
        self._session = 0
        self._ear, self._mouth = socket.socketpair()
        for end in (self._ear, self._mouth):
            end.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="hub", daemon=True)

    # -- from any thread

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Synchronise now: something was edited, or somebody wants to know."""
        self._due = True
        self._interrupt()

    def look_at(self, record: UUID | None) -> None:
        """Tell colleagues which record is being looked at."""
        if record != self._record:
            self._record, self._moved = record, True
            self._interrupt()

    def stop(self, seconds: float) -> bool:
        """Bring the two together once more if they are connected, and end. Returns whether that was done in time."""
        self._over = True
        self._interrupt()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _interrupt(self) -> None:
        with suppress(OSError):  # full: it will wake anyway; closed: it has ended
            self._mouth.send(b"!")

    # -- on its own thread

    def _run(self) -> None:
        since: datetime | None = None
        pause = _FIRST
        while not self._over:
            self._due = False
            try:
                address, _ = Address.read(self._url)
                with connect(address, self._password or kept(address) or "") as connection:
                    connection.autocommit = True
                    self._keep_together(Hub(connection, address))
            except Left:
                break
            except Exception as error:  # noqa: BLE001  told where it can be seen, be it a bug
                if self._said and self._said.connected:
                    since, pause = None, _FIRST
                since = since or datetime.now(UTC)
                final = isinstance(error, _FINAL) or not isinstance(error, StoreError)
                self._say(Standing(since, error, final=final))
                if final:
                    break
                self._sleep(pause)
                pause = min(_LONGEST, pause * random.uniform(1.6, 2.4))  # noqa: S311  so that not all come at once
        self._mouth.close()
        self._ear.close()

    def _keep_together(self, hub: Hub) -> None:
        """Until it is over, or something goes wrong."""
        connection = hub.connection
        self._session = connection.info.backend_pid
        connection.add_notify_handler(self._on_told)
        with plainly(hub.address):
            connection.execute("LISTEN riskreg")
        self._asked_at = self._crowd_at = -POLL
        standing = Standing()
        while True:
            last, polled = self._over, monotonic() >= self._asked_at + POLL
            standing = replace(standing, restored=False)
            if self._due or polled or last:
                self._due = False
                done = synchronise(hub, self._ask, self._who())
                standing = replace(standing, seq=done.seq, restored=done.restored, refused=done.refused)
            if last:
                self._say(standing)
                hub.be_here(self._who(), None, connected=False)
                return
            if self._moved or polled:
                self._moved = False
                hub.be_here(self._who(), self._record)
            if polled or (self._crowd and monotonic() >= self._crowd_at + _CROWD):
                self._crowd = False
                standing = replace(standing, colleagues=tuple(hub.colleagues()))
                self._crowd_at = monotonic()
            if polled:
                self._asked_at = monotonic()
            self._say(standing)
            self._listen(hub)

    def _listen(self, hub: Hub) -> None:
        """Wait until there is something to do."""
        connection = hub.connection
        while not (self._over or self._due or self._moved):
            ends = min(self._asked_at + POLL, self._crowd_at + _CROWD if self._crowd else float("inf"))
            left = ends - monotonic()
            if left <= 0:
                return
            ready, _, _ = select.select([self._ear.fileno(), connection.fileno()], [], [], left)
            if self._ear.fileno() in ready:
                self._drain()
            if connection.fileno() in ready:
                with plainly(hub.address):
                    connection.execute("")  # takes in what the hub tells of, and finds out where it has gone

    def _on_told(self, told: psycopg.Notify) -> None:
        if told.pid != self._session:
            if told.payload == "here":
                self._crowd = True
            else:
                self._due = True

    def _sleep(self, seconds: float) -> None:
        """Wait, unless it is over or somebody wants to know before."""
        ends = monotonic() + seconds
        while not (self._over or self._due) and (left := ends - monotonic()) > 0:
            if select.select([self._ear], [], [], left)[0]:
                self._drain()

    def _drain(self) -> None:
        with suppress(BlockingIOError):
            while self._ear.recv(1024):
                pass

    def _say(self, standing: Standing) -> None:
        if standing != self._said or standing.restored:
            self._said = standing
            self._tell(standing)
