"""Copies of a register that are edited apart, cut off, and synchronised with a hub that is put back at times.

The oracle is no part of the engine: it asks the hub's and the files' tables in plain SQL.
"""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any, TypeVar
from uuid import UUID

import psycopg

from risk_register.domain.change import Change, Command, Edit, undo
from risk_register.domain.commands.conflict import keep_standing, use_beside
from risk_register.domain.commands.control import add_control, edit_control, remove_control
from risk_register.domain.commands.risk import add_risk, close_risk, edit_risk, reopen_risk, rescore
from risk_register.domain.control import Control
from risk_register.domain.errors import Conflict, Refused
from risk_register.domain.kinds import KINDS
from risk_register.domain.programme import Programme
from risk_register.domain.record import merge_groups
from risk_register.domain.risk import AssessmentKind, Risk, RiskStatus
from risk_register.hub import schema
from risk_register.hub.address import Address
from risk_register.hub.connection import connect
from risk_register.hub.hub import Hub
from risk_register.hub.synchronise import begin, synchronise
from risk_register.store import sharing
from risk_register.store.register import Register
from tests.hub.server import Server
from tests.making import made_in

T = TypeVar("T")
DAY = date(2026, 3, 2)
NAMES = ("Ann", "Ben", "Cem", "Dee")
SKEWS = (0, 3_650, -3_650, 1)
"""How far each one's clock is off, in days."""


class Cut(Exception):
    """The program ends here, between two steps."""


NEVER = 1_000_000


@dataclass
class Steps:
    """Counts the steps of synchronising: cuts off at one of them, and lets somebody type before another."""

    left: int = NEVER
    after: bool = False
    until_typing: int = 0
    typing: Callable[[], None] = lambda: None

    def take(self, step: Callable[[], T]) -> T:
        self.left -= 1
        self.until_typing -= 1
        if self.until_typing == 0:
            self.typing()
        if self.left == 0 and not self.after:
            raise Cut
        answer = step()
        if self.left == 0:
            raise Cut
        return answer


class CutHub(Hub):
    """A hub whose connection may be cut before or after any question."""

    steps = Steps()
    current = Steps()

    def hello(self, known: int) -> Any:
        return self.steps.take(lambda: super(CutHub, self).hello(known))

    def pull(self, *told: Any) -> Any:
        return self.steps.take(lambda: super(CutHub, self).pull(*told))

    def push(self, *told: Any, **named: Any) -> int:
        return self.steps.take(lambda: super(CutHub, self).push(*told, **named))


@dataclass
class Site:
    """A hub's database with a register shared in it, to be copied for each history."""

    server: Server
    file: Path

    @classmethod
    def make(cls, server: Server, folder: Path) -> "Site":
        server.psql("DROP DATABASE IF EXISTS history_master", database="postgres")
        server.psql("CREATE DATABASE history_master", database="postgres")
        site = cls(server, folder / "shared.riskreg")
        with site.connected("history_master") as connection:
            schema.make(connection)
        with Register.create(site.file, who="me") as register:
            made_in(register)
            with site.connected("history_master") as connection:
                hub = Hub(connection, ADDRESS)
                begin(hub, lambda work: work(register), "hub")
                synchronise(hub, lambda work: work(register), "me")
        return site

    def let_all_be_seen(self, answer: str) -> None:
        """Let the hub of later histories believe what it is told of who had seen what, where `answer` holds."""
        self.server.psql(
            "DO $$ BEGIN IF to_regprocedure('riskreg.has_seen_as_it_was(jsonb)') IS NULL THEN "
            "ALTER FUNCTION riskreg.has_seen(jsonb) RENAME TO has_seen_as_it_was; END IF; END $$;"
            "CREATE OR REPLACE FUNCTION riskreg.has_seen(given jsonb) RETURNS boolean LANGUAGE sql STABLE "
            f"SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$ SELECT {answer} $$",
            database="history_master",
        )

    def connected(self, database: str) -> psycopg.Connection[Any]:
        url = self.server.url("postgres", password=self.server.secret, database=database)
        address, password = Address.read(url)
        return connect(address, password)


ADDRESS = Address.read("postgresql://u@localhost/db?sslmode=disable")[0]


@dataclass
class Replica:
    """One person's copy."""

    name: str
    path: Path
    skew: timedelta
    register: Register = field(init=False)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        self.register = Register.open(self.path, who=self.name)

    def run(self, command: Command) -> bool:
        try:
            self.register.run(command, who=self.name, when=datetime(2026, 6, 1, tzinfo=UTC) + self.skew)
        except (Refused, Conflict):
            return False
        return True


class World:
    """A hub and the copies of its register, for one history."""

    count = 0

    def __init__(self, site: Site, folder: Path, replicas: int) -> None:
        World.count += 1
        self.site = site
        self.database = f"history_{World.count}"
        self.folder = folder / self.database
        self.folder.mkdir()
        self._copy_database("history_master", self.database)
        self.kept: str | None = None
        self.replicas = []
        for number in range(replicas):
            path = self.folder / f"{NAMES[number]}.riskreg"
            copyfile(site.file, path)
            self.replicas.append(Replica(NAMES[number], path, timedelta(days=SKEWS[number])))

    def _copy_database(self, source: str, to: str) -> None:
        self.site.server.psql(f"DROP DATABASE IF EXISTS {to}", database="postgres")
        self.site.server.psql(f"CREATE DATABASE {to} TEMPLATE {source}", database="postgres")

    def close(self) -> None:
        for replica in self.replicas:
            replica.register.close()
        for name in (self.database, self.kept):
            if name:
                self.site.server.psql(f"DROP DATABASE IF EXISTS {name}", database="postgres")

    # -- what may happen

    def risks(self, replica: Replica) -> list[Risk]:
        return list(replica.register.book.all(Risk))

    def edit(self, replica: Replica, which: int, name: str, words: str) -> None:
        risks = self.risks(replica)
        if risks:
            values: dict[str, Any] = {name: words}
            replica.run(edit_risk(risks[which % len(risks)], **values))

    def close_or_reopen(self, replica: Replica, which: int, words: str) -> None:
        risks = self.risks(replica)
        if risks:
            risk = risks[which % len(risks)]
            closed = risk.status is RiskStatus.closed
            replica.run(reopen_risk(risk) if closed else close_risk(risk, reason=words, on=DAY))

    def score(self, replica: Replica, which: int, likelihood: int) -> None:
        risks = self.risks(replica)
        if risks:
            risk = risks[which % len(risks)]
            kind = AssessmentKind.current
            replica.run(rescore(risk, kind=kind, likelihood=likelihood, impact=3, on=DAY, why="so"))

    def raise_risk(self, replica: Replica, words: str) -> None:
        programme = next(replica.register.book.all(Programme)).id
        replica.run(add_risk(programme=programme, title=words, raised_on=DAY))

    def remove_risk(self, replica: Replica, which: int) -> None:
        """With its controls; one that was scored or that an action serves is refused."""
        risks = self.risks(replica)
        if risks:
            risk = risks[which % len(risks)]
            controls = replica.register.book.where(Control, "risk", risk.id)
            changes = tuple(Change(record, None) for record in (*controls, risk))
            replica.run(lambda _: Edit(f"Removed {risk.reference}", changes))

    def control(self, replica: Replica, which: int, what: int, words: str) -> None:
        controls = list(replica.register.book.all(Control))
        risks = self.risks(replica)
        if what == 0 and risks:
            replica.run(add_control(risk=risks[which % len(risks)].id, description=words))
        elif controls:
            control = controls[which % len(controls)]
            replica.run(remove_control(control) if what == 1 else edit_control(control, description=words))

    def take_back(self, replica: Replica, which: int) -> None:
        own = replica.register.own_edits(replica.name, 5)
        if own:
            replica.run(undo(replica.register.edit(own[which % len(own)].id)))

    def settle(self, replica: Replica, which: int, *, beside: bool) -> None:
        conflicts = replica.register.conflicts()
        if conflicts:
            conflict = conflicts[which % len(conflicts)]
            replica.run(use_beside(conflict) if beside else keep_standing(conflict))

    def synchronise(self, replica: Replica, steps: Steps | None = None) -> None:
        """Synchronise, and begin the program anew where it was cut off."""
        steps = steps or Steps()
        with self.site.connected(self.database) as connection:
            hub = CutHub(connection, ADDRESS)
            hub.steps = CutHub.current = steps
            try:
                synchronise(hub, lambda work: steps.take(lambda: work(replica.register)), replica.name)
            except Cut:
                replica.register.close()
                connection.close()
                replica.open()

    def keep(self) -> None:
        """Make a copy of the hub, to be put back some time."""
        self.kept = f"{self.database}_kept"
        self._copy_database(self.database, self.kept)

    def put_back(self) -> None:
        if self.kept:
            self._copy_database(self.kept, self.database)

    # -- what must hold

    def check_view(self, replica: Replica) -> None:
        """What somebody typed is what they see, unless another saw it and went on, or it waits as a conflict."""
        lost = {row[0] for row in self._file(replica, "SELECT entry FROM conflict")}
        last: dict[tuple[str, str], Any] = {}
        gone: set[str] = set()
        rows = self._file(replica, "SELECT id, kind, record, field, value FROM journal ORDER BY seq IS NULL, seq, n")
        for id, kind, record, name, value in rows:
            if id in lost:
                continue
            if name == "-":
                gone.add(record)
                continue
            if name == "+":
                gone.discard(record)
            groups = merge_groups(KINDS[kind])
            for group in groups if name == "+" else [name]:
                for column in groups[group]:
                    if column in json.loads(value):
                        last[record, column] = (kind, json.loads(value)[column])
        for (record, column), (kind, value) in last.items():
            if kind == "Risk" and column in ("title", "cause", "closing_reason"):
                held = replica.register.book.find(Risk, UUID(record))
                assert (held is None) == (record in gone), f"{record} is there, or not, as was said last"
                if held is not None:
                    assert getattr(held, column) == value, f"{column} shows what was said last"

    def check_all(self) -> None:
        """Everybody synchronises until nothing comes any more; then all agree and nothing is lost."""
        for _ in range(3):
            for replica in self.replicas:
                self.synchronise(replica)
        with self.site.connected(self.database) as connection:
            journal = connection.execute(
                "SELECT id, kind, record, field, value, parents, holds FROM riskreg.journal ORDER BY seq"
            ).fetchall()
            beside = {row[0] for row in connection.execute("SELECT entry FROM riskreg.conflict")}
            titles = dict(connection.execute("SELECT id, title FROM riskreg.risk").fetchall())
            assert connection.execute("SELECT riskreg.problems()").fetchall() == []
        there = {row[0] for row in journal}
        assert len(there) == len(journal), "nothing is there twice"
        self._check_seen(journal)
        assert beside == {row[0] for row in journal if not row[6]}, "what does not hold is a conflict, no more, no less"
        for replica in self.replicas:
            problems = list(replica.register.problems())
            assert problems == [], problems
            said = {UUID(row[0]) for row in self._file(replica, "SELECT id FROM journal")}
            assert said == there, "what was said anywhere is everywhere"
            assert sharing.count_waiting(replica.register) == 0
            lost = {UUID(row[0]) for row in self._file(replica, "SELECT entry FROM conflict")}
            assert lost == beside, "everybody knows the same conflicts"
            assert {risk.id: risk.title for risk in self.risks(replica)} == titles
            assert replica.register.book == self.replicas[0].register.book
            self.check_view(replica)

    def _check_seen(self, journal: list[Any]) -> None:
        """Nobody's words were overwritten unseen, nor removed unseen, nor was anything said of what was gone."""
        heads: dict[UUID, dict[str, UUID]] = {}
        held: dict[UUID, dict[str, Any]] = {}
        for id, kind, record, name, value, parents, holds in journal:
            if not holds:
                continue
            own = heads.setdefault(record, {})
            told = json.loads(value)
            if name == "-":
                assert all(head in parents for key, head in own.items() if key != "-"), "a removal saw all there was"
                heads[record], held[record] = {"-": id}, {}
                continue
            if name == "+":
                alike = held.get(record) == told
                assert "+" not in own or alike, "nothing is added over another"
                assert "-" not in own or own["-"] in parents, "who brings it back knew that it was gone"
                heads[record], held[record] = {"+": id}, dict(told)
                continue
            assert "+" in own, "nothing is said of a record that is gone"
            alike = all(held[record].get(key) == item for key, item in told.items())
            assert own.get(name, own["+"]) in parents or alike, f"the {name} of a {kind} was not overwritten unseen"
            own[name] = id
            held[record] |= told

    def _file(self, replica: Replica, question: str) -> list[Any]:
        """Ask a copy's file, past the program. Ids come as SQLite has them, made into text with dashes."""
        connection = sqlite3.connect(f"file:{replica.path}?mode=ro", uri=True)
        try:
            rows = connection.execute(question).fetchall()
        finally:
            connection.close()
        return [tuple(_dashed(value) for value in row) for row in rows]


def _dashed(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 32:
        try:
            return str(UUID(value))
        except ValueError:
            return value
    return value
