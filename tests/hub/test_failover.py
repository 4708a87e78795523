"""The hub's server fails while colleagues work, and another takes its place: nothing that was saved is lost."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

import pytest

from risk_register.domain.errors import Offline, StoreError
from risk_register.hub.hub import Hub
from risk_register.store import sharing
from risk_register.store.register import Register
from tests.hub.server import Server, running
from tests.hub.sharing import Copy, admitted, check_all_agree, make_hub
from tests.making import made_in

pytestmark = pytest.mark.xdist_group("postgresql")
NAMES = ("ann", "ben", "cem")
PATIENCE = 30
"""Seconds in which whatever is waited for must happen."""


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came to pass"
        time.sleep(0.01)


@dataclass
class Colleague:
    """Somebody who edits and synchronises all the time, on a thread of their own."""

    name: str
    path: Path
    url: str
    stop: Event = field(default_factory=Event)
    saved: list[UUID] = field(default_factory=list)
    synchronised: list[float] = field(default_factory=list)
    restored: int = 0
    offline: int = 0
    error: BaseException | None = None

    def start(self) -> None:
        self.thread = Thread(target=self.work)
        self.thread.start()

    def work(self) -> None:
        try:
            with Register.open(self.path, who=self.name) as register:
                copy = Copy(self.name, register, self.url)
                while not self.stop.is_set():
                    self.edit(copy)
                    self.synchronise(copy)
        except BaseException as error:  # noqa: BLE001  told by the test
            self.error = error

    def edit(self, copy: Copy) -> None:
        number = len(self.saved)
        risks = list(copy.register.book.all(type(copy.risk())))
        edit = copy.retitle(f"{self.name} {number}", risks[number % len(risks)].id)
        self.saved.append(edit.id)
        if number % 20 == 0:
            copy.raise_risk(f"raised by {self.name} at {number}")

    def synchronise(self, copy: Copy) -> None:
        try:
            told = copy.synchronise()
        except StoreError:
            self.offline += 1
        else:
            self.restored += told.restored
            self.synchronised.append(time.monotonic())

    def goes_on(self, since: float) -> bool:
        """Whether they have edited and synchronised a few times since then."""
        if self.error is not None:
            raise self.error
        return sum(moment > since for moment in self.synchronised) >= 4


@contextmanager
def at_work(paths: dict[str, Path], urls: dict[str, str]) -> Iterator[list[Colleague]]:
    """Colleagues who work until the block ends."""
    colleagues = [Colleague(name, paths[name], urls[name]) for name in paths]
    for colleague in colleagues:
        colleague.start()
    try:
        yield colleagues
    finally:
        for colleague in colleagues:
            colleague.stop.set()
        for colleague in colleagues:
            colleague.thread.join()
    for colleague in colleagues:
        if colleague.error is not None:
            raise colleague.error


def all_go_on(colleagues: list[Colleague]) -> float:
    """Wait until everybody works with the hub; returns after how many seconds the first of them did."""
    now = time.monotonic()
    until(lambda: all(colleague.goes_on(now) for colleague in colleagues))
    return min(moment for colleague in colleagues for moment in colleague.synchronised if moment > now) - now


def check(server: Server, paths: dict[str, Path], urls: dict[str, str], colleagues: list[Colleague]) -> None:
    """What was saved anywhere is on the hub and in every copy."""
    copies = [Copy(name, Register.open(path, who=name), urls[name]) for name, path in paths.items()]
    try:
        check_all_agree(server, copies, [id for colleague in colleagues for id in colleague.saved])
    finally:
        for copy in copies:
            copy.register.close()


@pytest.fixture
def primary() -> Iterator[Server]:
    with running() as server:
        make_hub(server)
        yield server


@pytest.fixture
def standby(primary: Server) -> Iterator[Server]:
    """A streaming standby of the primary."""
    with running(lambda server: server.copy_of(primary, follows=True)) as server:
        server.start()
        until(lambda: primary.psql("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'"))
        yield server


@pytest.fixture
def hosts(primary: Server) -> str:
    return f"127.0.0.1:{primary.port}"


@pytest.fixture
def two_hosts(hosts: str, standby: Server) -> str:
    return f"{hosts},127.0.0.1:{standby.port}"


def shared(primary: Server, hosts: str, folder: Path) -> tuple[dict[str, Path], dict[str, str]]:
    """A register shared by three, closed: the files and the address of each."""
    urls = {name: admitted(primary, name, hosts=hosts) for name in NAMES}
    with Register.create(folder / "ann.riskreg", who="ann") as register:
        made_in(register)
        ann = Copy("ann", register, urls["ann"])
        ann.begin()
        ann.synchronise()
    for name in NAMES[1:]:
        Copy.joined(folder, name, urls[name]).register.close()
    return {name: folder / f"{name}.riskreg" for name in NAMES}, urls


def test_all_go_on_by_the_same_address_when_the_standby_takes_over(
    primary: Server, standby: Server, two_hosts: str, tmp_path: Path
) -> None:
    paths, urls = shared(primary, two_hosts, tmp_path)
    with at_work(paths, urls) as colleagues:
        all_go_on(colleagues)
        primary.stop("immediate")
        standby.promote()
        pause = all_go_on(colleagues)
    assert pause < 10
    check(standby, paths, urls, colleagues)


def test_what_a_standby_that_lagged_has_lost_is_offered_again(
    primary: Server, standby: Server, two_hosts: str, tmp_path: Path
) -> None:
    paths, urls = shared(primary, two_hosts, tmp_path)
    with at_work(paths, urls) as colleagues:
        all_go_on(colleagues)
        standby.psql("ALTER SYSTEM SET primary_conninfo = ''")
        standby.psql("SELECT pg_reload_conf()")
        until(lambda: not standby.psql("SELECT 1 FROM pg_stat_wal_receiver"))
        all_go_on(colleagues)
        last = standby.psql("SELECT seq FROM riskreg.clock")
        assert primary.psql("SELECT seq FROM riskreg.clock") > last, "there is something to lose"
        primary.stop("immediate")
        standby.promote()
        all_go_on(colleagues)
    assert sum(colleague.restored for colleague in colleagues) >= 1
    check(standby, paths, urls, colleagues)


def test_with_a_standby_alone_everybody_is_offline_and_keeps_what_they_do(
    primary: Server, standby: Server, two_hosts: str, tmp_path: Path
) -> None:
    paths, urls = shared(primary, two_hosts, tmp_path)
    primary.stop("immediate")
    saved = []
    for name in NAMES:
        with Register.open(paths[name], who=name) as register:
            copy = Copy(name, register, urls[name])
            saved += [copy.retitle(f"{name} goes on").id, copy.retitle(f"{name} goes on still").id]
            with pytest.raises(Offline, match="kept here"):
                copy.synchronise()
            assert sharing.count_waiting(register) == 2
    standby.promote()
    ann = Colleague("ann", paths["ann"], urls["ann"], saved=saved)
    check(standby, paths, urls, [ann])


def test_a_hub_put_back_to_a_base_backup_gets_again_what_it_has_lost(
    primary: Server, hosts: str, tmp_path: Path
) -> None:
    paths, urls = shared(primary, hosts, tmp_path)
    with at_work(paths, urls) as colleagues:
        all_go_on(colleagues)
        with running(lambda server: server.copy_of(primary, follows=False)) as old:
            all_go_on(colleagues)
            primary.stop("immediate")
            old.move_to(primary.port)
            old.start()
            all_go_on(colleagues)
            for colleague in colleagues:
                colleague.stop.set()
            for colleague in colleagues:
                colleague.thread.join()
            assert [colleague.restored for colleague in colleagues] == [1, 1, 1]
            check(old, paths, urls, colleagues)


def test_a_database_put_back_to_a_copy_gets_again_what_it_has_lost(primary: Server, hosts: str, tmp_path: Path) -> None:
    paths, urls = shared(primary, hosts, tmp_path)
    primary.psql("CREATE DATABASE kept TEMPLATE risks", database="postgres")
    with at_work(paths, urls) as colleagues:
        all_go_on(colleagues)
        primary.psql("DROP DATABASE risks WITH (FORCE)", database="postgres")
        primary.psql("ALTER DATABASE kept RENAME TO risks", database="postgres")
        all_go_on(colleagues)
    assert sum(colleague.restored for colleague in colleagues) >= 3
    check(primary, paths, urls, colleagues)


def test_a_server_that_crashes_and_comes_back_has_all_that_it_took(
    primary: Server, hosts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    push = Hub.push

    def told(hub: Hub, *given: object, **named: object) -> int:
        taken.append(push(hub, *given, **named))  # type: ignore[arg-type]
        return taken[-1]

    monkeypatch.setattr(Hub, "push", told)
    paths, urls = shared(primary, hosts, tmp_path)
    with at_work(paths, urls) as colleagues:
        for _ in range(2):
            all_go_on(colleagues)
            primary.stop("immediate")
            primary.start()
            assert primary.psql("SELECT seq FROM riskreg.clock")[0][0] >= max(taken)
        all_go_on(colleagues)
    assert sum(colleague.restored for colleague in colleagues) == 0, "nothing was lost, so nothing is offered again"
    check(primary, paths, urls, colleagues)
