"""A hub with people of every role, and a register shared through it that holds what is not for everybody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Any, TypeVar

import psycopg

from risk_register.domain.action import Action
from risk_register.domain.audience import Audience
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.action import add_action, edit_action, note_progress
from risk_register.domain.commands.control import add_control
from risk_register.domain.commands.decision import add_follow_up, ask_decision
from risk_register.domain.commands.issue import add_assumption, raise_issue
from risk_register.domain.commands.risk import add_risk, edit_risk, rescore
from risk_register.domain.risk import AssessmentKind, Risk
from risk_register.hub import schema
from risk_register.hub.address import Address
from risk_register.hub.connection import connect
from risk_register.hub.hub import Hub
from risk_register.hub.synchronise import Synchronised, begin, join, synchronise
from risk_register.store.register import Register
from tests.hub.server import Server
from tests.making import Made, first_id, made_in

T = TypeVar("T")
CANARY = "zqxcanary"
"""In every text of what is restricted, and in nothing else."""
LOGINS = {"reader": "rea", "contributor": "con", "editor": "edi", "administrator": "adm", "nobody": "nob"}
DAY = date(2026, 3, 2)


@dataclass
class World:
    """The hub's database; its register as its editor has it, open; the folder for more copies."""

    server: Server
    database: str
    folder: Path
    register: Register

    @property
    def risk(self) -> Risk:
        """One for everybody's eyes."""
        return next(risk for risk in self.register.book.all(Risk) if risk.title == "ICB reorganisation")

    @property
    def secret(self) -> Risk:
        """The first restricted one."""
        return next(risk for risk in self.register.book.all(Risk) if CANARY in risk.title)

    @property
    def action(self) -> Action:
        """The contributor's own."""
        return next(action for action in self.register.book.all(Action) if action.title == "Name a sponsor")

    def run(self, command: Command) -> Edit:
        """Let the editor do something."""
        return self.register.run(command, who="edi")

    @contextmanager
    def login(self, role: str) -> Iterator[psycopg.Connection[Any]]:
        """A connection of whoever has that role."""
        name = LOGINS[role]
        address, password = Address.read(self.server.url(name, database=self.database))
        with connect(address, password) as connection:
            yield connection

    @contextmanager
    def hub(self, role: str) -> Iterator[Hub]:
        with self.login(role) as connection:
            yield Hub(connection, Address.read(self.server.url(LOGINS[role], database=self.database))[0])

    def psql(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self.server.psql(sql, *values, database=self.database)

    def join(self, role: str, name: str = "") -> Register:
        with self.hub(role) as hub:
            return join(hub, self.folder / f"{name or role}.riskreg", str(hub.address), role)

    def synchronise(self, register: Register, role: str) -> Synchronised:
        with self.hub(role) as hub:
            return synchronise(hub, on(register), role)

    def publish(self) -> Synchronised:
        """The editor's register to the hub and back."""
        return self.synchronise(self.register, "editor")


def on(register: Register) -> Any:
    """Asks a register on this thread."""

    def ask(work: Callable[[Register], T]) -> T:
        return work(register)

    return ask


def make_master(server: Server, database: str, folder: Path) -> None:
    """A hub to be copied, and the file that is shared through it."""
    for name in LOGINS.values():
        server.add_user(name)
    server.psql(f"DROP DATABASE IF EXISTS {database}", database="postgres")
    server.psql(f"CREATE DATABASE {database}", database="postgres")
    with Register.create(folder / "shared.riskreg", who="edi") as register:
        made = made_in(register)
        made.run(edit_action(made.now_action(), owner=made.owner))
        made.run(
            ask_decision(programme=made.programme, question="Fund it?", board=made.board, asked_on=DAY, risk=made.other)
        )
        made.run(note_progress(made.now_action(), text="Begun", on=DAY))
        for _ in range(3):  # several alike, so that statistics have a most common value
            _add_secrets(made)
        address, password = Address.read(server.url("postgres", password=server.secret, database=database))
        with connect(address, password) as connection:
            schema.make(connection)
            for role in schema.ROLES:
                schema.admit(connection, LOGINS[role], role)
        address, password = Address.read(server.url(LOGINS["editor"], database=database))
        with connect(address, password) as connection:
            hub = Hub(connection, address)
            begin(hub, on(register), str(address))
            synchronise(hub, on(register), "edi")
        address, password = Address.read(server.url("postgres", password=server.secret, database=database))
        with connect(address, password) as connection:
            schema.admit(connection, LOGINS["contributor"], "contributor", made.owner)
            connection.execute("ANALYZE")


def _add_secrets(made: Made) -> None:
    """A restricted risk with all that can hang on one, and an action that serves nothing else."""
    id = first_id(made.run(add_risk(programme=made.programme, title=f"{CANARY} merger", raised_on=DAY)))
    risk = made.register.book.get(Risk, id)
    made.run(edit_risk(risk, audience=Audience.restricted, why=f"{CANARY} reason"))
    risk = made.register.book.get(Risk, risk.id)
    made.run(rescore(risk, kind=AssessmentKind.current, likelihood=4, impact=4, on=DAY, why=f"{CANARY} why"))
    made.run(add_control(risk=risk.id, description=f"{CANARY} control"))
    question = f"{CANARY} question"
    ask = ask_decision(programme=made.programme, question=question, board=made.board, asked_on=DAY, risk=risk.id)
    made.run(add_follow_up(decision=first_id(made.run(ask)), action=made.action))
    made.run(raise_issue(programme=made.programme, title=f"{CANARY} issue", raised_on=DAY, risk=risk.id))
    made.run(add_assumption(programme=made.programme, title=f"{CANARY} assumption", risk=risk.id))
    title = f"{CANARY} deed"
    deed = first_id(made.run(add_action(programme=made.programme, title=title, risks=[risk.id], owner=made.owner)))
    made.run(note_progress(made.register.book.get(Action, deed), text=f"{CANARY} note", on=DAY))


@contextmanager
def world_of(server: Server, master: str, file: Path, database: str, folder: Path) -> Iterator[World]:
    """A copy of the hub and of the file."""
    server.psql(f"DROP DATABASE IF EXISTS {database}", database="postgres")
    server.psql(f"CREATE DATABASE {database} TEMPLATE {master}", database="postgres")
    path = folder / "editor.riskreg"
    copyfile(file, path)
    with Register.open(path, who="edi") as register:
        yield World(server, database, folder, register)
    server.psql(f"DROP DATABASE {database} WITH (FORCE)", database="postgres")
