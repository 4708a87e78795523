"""A register shared through a hub by logins of its own, and the copies that colleagues have of it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.risk import add_risk, edit_risk
from risk_register.domain.conflict import OpenConflict
from risk_register.domain.programme import Programme
from risk_register.domain.risk import Risk
from risk_register.hub import schema
from risk_register.hub.address import Address
from risk_register.hub.connection import connect
from risk_register.hub.hub import Hub
from risk_register.hub.synchronise import Synchronised, begin, join, synchronise
from risk_register.store import sharing
from risk_register.store.register import Register
from tests.hub.server import DATABASE, Server
from tests.making import RAISED


@contextmanager
def connected(url: str) -> Iterator[Hub]:
    """The hub at a URL, for a while."""
    address, password = Address.read(url)
    with connect(address, password) as connection:
        yield Hub(connection, address)


def make_hub(server: Server, database: str = DATABASE) -> None:
    """Make a database anew, and in it a hub."""
    if database != DATABASE:
        server.psql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)", database="postgres")
        server.psql(f"CREATE DATABASE {database}", database="postgres")
    with connected(server.url("postgres", password=server.secret, database=database)) as hub:
        schema.make(hub.connection)


def admitted(server: Server, name: str, role: str = "editor", *, database: str = DATABASE, hosts: str = "") -> str:
    """The URL of a new login that may take part in a hub."""
    server.add_user(name)
    with connected(server.url("postgres", password=server.secret, database=database)) as hub:
        schema.admit(hub.connection, name, role)
    return server.url(name, database=database, hosts=hosts)


@dataclass
class Copy:
    """One person's copy: `name` is what they call themselves, the login is in the URL."""

    name: str
    register: Register
    url: str

    @classmethod
    def joined(cls, folder: Path, name: str, url: str) -> "Copy":
        with connected(url) as hub:
            return cls(name, join(hub, folder / f"{name}.riskreg", url, name), url)

    def begin(self) -> None:
        with connected(self.url) as hub:
            begin(hub, self.ask, self.url)

    def ask(self, work: Any) -> Any:
        return work(self.register)

    def synchronise(self) -> Synchronised:
        with connected(self.url) as hub:
            return synchronise(hub, self.ask, self.name)

    def reopen(self) -> None:
        self.register.close()
        self.register = Register.open(self.register.path, who=self.name)

    def run(self, command: Command, when: datetime | None = None) -> Edit:
        return self.register.run(command, who=self.name, when=when)

    def risk(self, id: UUID | None = None) -> Risk:
        """One risk, or the first."""
        return self.register.book.get(Risk, id) if id else next(self.register.book.all(Risk))

    def retitle(self, title: str, id: UUID | None = None, when: datetime | None = None) -> Edit:
        return self.run(edit_risk(self.risk(id), title=title), when)

    def raise_risk(self, title: str) -> Risk:
        programme = next(self.register.book.all(Programme)).id
        edit = self.run(add_risk(programme=programme, title=title, raised_on=RAISED))
        return self.register.book.get(Risk, edit.changes[0].id)

    @property
    def references(self) -> dict[str, str]:
        return {risk.title: risk.reference for risk in self.register.book.all(Risk)}

    @property
    def conflict(self) -> OpenConflict:
        (conflict,) = self.register.conflicts()
        return conflict

    def edits(self) -> list[UUID]:
        """The id of every edit in the file."""
        return [past.edit.id for past in self.register.history(limit=1_000_000)]

    def entries(self) -> list[UUID]:
        """The id of every entry in the file."""
        return [entry.id for entry in sharing.told(self.register)[0]]


def check_all_agree(server: Server, copies: Iterable[Copy], saved: Iterable[UUID], *, database: str = DATABASE) -> None:
    """Everybody synchronises; then the hub and each copy have all that was saved, once, and are alike."""
    copies = list(copies)
    for _ in range(3):
        for copy in copies:
            copy.synchronise()
    there = [row[0] for row in server.psql("SELECT id FROM riskreg.journal", database=database)]
    edits = {row[0] for row in server.psql("SELECT edit FROM riskreg.journal", database=database)}
    titles = dict(server.psql("SELECT id, title FROM riskreg.risk", database=database))
    lost = set(saved) - edits
    assert not lost, f"{len(lost)} edits that were saved are not on the hub"
    for copy in copies:
        assert sharing.count_waiting(copy.register) == 0
        assert set(copy.entries()) == set(there)
        assert len(copy.entries()) == len(there)
        assert list(copy.register.problems()) == []
        assert {risk.id: risk.title for risk in copy.register.book.all(Risk)} == titles
        assert copy.register.book == copies[0].register.book
