"""The thread that keeps a register and its hub together, with a real server."""

import queue
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

import pytest

from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Offline, WrongPassword
from risk_register.domain.risk import Risk
from risk_register.hub import background as module
from risk_register.hub.background import Background, Left, Standing
from risk_register.store import sharing
from risk_register.store.register import Register
from tests.hub.hubs import LOGINS, World
from tests.hub.server import PASSWORD

pytestmark = pytest.mark.xdist_group("postgresql")


class Kept:
    """A copy of the register on a thread of its own, as the window has it, and what its background has told."""

    def __init__(self, path: Path, address: str, password: str = PASSWORD) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)
        self.register: Register = self._thread.submit(Register.open, path).result()
        self.told: queue.SimpleQueue[Standing] = queue.SimpleQueue()
        self.left = False
        self.background = Background(address, password, lambda: path.stem, self.ask, self.told.put)

    def ask(self, work: Callable[[Register], Any]) -> Any:
        if self.left:
            raise Left("It was closed.")
        return self._thread.submit(work, self.register).result()

    def retitle(self, risk: UUID, title: str) -> None:
        self.ask(lambda register: register.run(edit_risk(register.book.get(Risk, risk), title=title), who="me"))
        self.background.wake()

    def until(self, holds: Callable[[Standing], bool], seconds: float = 15) -> Standing:
        """Wait until that is told."""
        ends = monotonic() + seconds
        while True:
            standing = self.told.get(timeout=max(0.01, ends - monotonic()))
            if holds(standing):
                return standing

    def title(self, risk: UUID) -> str:
        return self.register.book.get(Risk, risk).title

    def close(self) -> None:
        assert self.background.stop(10)
        self._thread.submit(self.register.close).result()
        self._thread.shutdown()


@contextmanager
def kept(world: World, name: str, role: str = "editor", password: str = PASSWORD) -> Iterator[Kept]:
    """A colleague's copy, with its background begun."""
    path = world.folder / f"{name}.riskreg"
    world.join(role, name).close()
    copy = Kept(path, world.server.url(LOGINS[role], database=world.database, password=""), password)
    copy.background.start()
    try:
        yield copy
    finally:
        copy.close()


@pytest.fixture
def ann(shared: World) -> Iterator[Kept]:
    with kept(shared, "ann") as copy:
        copy.until(lambda standing: standing.connected)
        yield copy


def test_what_a_colleague_edits_is_here_within_two_seconds(shared: World, ann: Kept) -> None:
    with kept(shared, "ben") as ben:
        ben.until(lambda standing: standing.connected)
        began, risk = monotonic(), shared.risk.id
        ann.retitle(risk, "Told at once")
        while ben.title(risk) != "Told at once":
            ben.until(lambda _: True, seconds=2)
        assert monotonic() - began < 2


def test_without_a_connection_it_works_on_and_sends_later(shared: World, ann: Kept) -> None:
    shared.server.stop("immediate")
    gone = ann.until(lambda standing: not standing.connected)
    assert isinstance(gone.error, Offline)
    assert not gone.final
    assert gone.since is not None
    ann.retitle(shared.risk.id, "Typed on a train")
    assert ann.ask(sharing.count_waiting) == 1
    shared.server.start()
    ann.until(lambda standing: standing.connected)
    assert shared.psql("SELECT title FROM riskreg.risk WHERE id = %s", shared.risk.id) == [("Typed on a train",)]


def test_a_wrong_password_is_tried_once(shared: World) -> None:
    with kept(shared, "ann", password="not it") as ann:  # noqa: S106
        standing = ann.until(lambda standing: standing.final)
        assert isinstance(standing.error, WrongPassword)
        assert "not it" not in str(standing.error)
        ann.background.wake()
        with pytest.raises(queue.Empty):
            ann.until(lambda _: True, seconds=0.3)


def test_colleagues_see_who_is_here_and_at_which_record(shared: World, ann: Kept) -> None:
    with kept(shared, "ben") as ben:
        ben.until(lambda standing: any(colleague.who == "ann" for colleague in standing.colleagues))
        ann.background.look_at(shared.risk.id)
        ben.until(lambda standing: any(colleague.record == shared.risk.id for colleague in standing.colleagues))
        ann.until(lambda standing: any(colleague.who == "ben" for colleague in standing.colleagues))
    ann.until(lambda standing: not standing.colleagues)


def test_who_is_cut_off_is_here_no_more(shared: World, ann: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POLL", 0.2)
    with shared.hub("editor") as hub:
        hub.be_here("ben", None)
        ann.until(lambda standing: bool(standing.colleagues))
    ann.until(lambda standing: not standing.colleagues)


def test_what_the_hub_does_not_tell_of_is_asked_for(shared: World, ann: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POLL", 0.2)
    ann.background.wake()
    (push,) = shared.psql("SELECT replace(pg_get_functiondef('riskreg.push'::regproc), 'pg_notify', 'concat')")
    shared.psql(push[0])
    risk = shared.risk
    shared.run(edit_risk(risk, title="Nobody said so"))
    shared.publish()
    while ann.title(risk.id) != "Nobody said so":
        ann.until(lambda _: True)


def test_ending_brings_the_hub_what_it_has_not(shared: World) -> None:
    with kept(shared, "ann") as ann:
        ann.until(lambda standing: standing.connected)
        ann.ask(
            lambda register: register.run(
                edit_risk(register.book.get(Risk, shared.risk.id), title="Typed at last"), who="ann"
            )
        )
    assert shared.psql("SELECT title FROM riskreg.risk WHERE id = %s", shared.risk.id) == [("Typed at last",)]
    assert shared.psql("SELECT count(*) FROM riskreg.presence WHERE login = 'edi'") == [(0,)]


def test_it_ends_where_the_register_was_closed(ann: Kept) -> None:
    ann.left = True
    ann.background.wake()
    assert ann.background.stop(10)


def test_who_stays_at_a_record_tells_nobody_again(shared: World) -> None:
    with shared.hub("editor") as listening, shared.hub("reader") as telling:
        listening.connection.autocommit = True
        listening.connection.execute("LISTEN riskreg")
        for record in (None, None, shared.risk.id, shared.risk.id):
            telling.be_here("rea", record)
        assert len(list(listening.connection.notifies(timeout=0.2))) == 2
