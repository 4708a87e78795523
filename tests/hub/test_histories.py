"""Any history of several copies and a hub: nothing said is lost, nothing is overwritten unseen, all agree in the end."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from risk_register.domain import merge
from risk_register.domain.errors import StoreError
from risk_register.store import journal, replica, sharing
from risk_register.store.register import Register
from risk_register.store.tables import JOURNAL
from tests.hub.replicas import NEVER, CutHub, Site, Steps, World
from tests.hub.server import Server

pytestmark = pytest.mark.xdist_group("postgresql, the second")

WORDS = ("alpha", "beta", "gamma", "delta")
KINDS = (
    ["edit"] * 8
    + ["synchronise"] * 10
    + ["settle", "control", "raise"] * 2
    + ["close", "score", "remove", "undo", "keep", "put back"]
)
"""What may happen, as often as it does."""


@pytest.fixture(scope="module")
def site(one_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield Site.make(one_server, tmp_path_factory.mktemp("site"))
    one_server.psql("DROP DATABASE history_master", database="postgres")


def machine(site: Site, folder: Path, *, replicas: int = 3) -> type[RuleBasedStateMachine]:
    """What may happen to `replicas` copies."""

    class Histories(RuleBasedStateMachine):
        @initialize()
        def begin(self) -> None:
            self.world = World(site, folder, replicas)

        # One rule for all, and the choice left to Python: Hypothesis prefers few kinds of rules, and small numbers, of
        # which most histories would be.
        @rule(seed=st.integers(0, 2**64))
        def go_on(self, seed: int) -> None:
            chosen = Random(seed)
            world, at = self.world, chosen.choice(self.world.replicas)
            kind, words = chosen.choice(KINDS), chosen.choice(WORDS)
            which, number, other = chosen.randint(0, 6), chosen.randint(0, 12), chosen.randint(0, 12)
            note(f"{at.name}: {kind} {which} {number} {other} {words}")
            match kind:
                case "edit":
                    world.edit(at, which, "title" if number % 3 else "cause", words)
                case "close":
                    world.close_or_reopen(at, which, words)
                case "score":
                    world.score(at, which, number % 5 + 1)
                case "raise":
                    world.raise_risk(at, words)
                case "remove":
                    world.remove_risk(at, which)
                case "control":
                    world.control(at, which, number % 3, words)
                case "undo":
                    world.take_back(at, which)
                case "settle":
                    world.settle(at, which, beside=bool(number % 2))
                case "synchronise":
                    # Ended at one step, and somebody types before another.
                    cut = 1 + number if which < 3 else NEVER
                    steps = Steps(cut, bool(number % 2), other, lambda: world.edit(at, which, "title", words))
                    world.synchronise(at, steps)
                    world.check_view(at)
                case "keep":
                    world.keep()
                case "put back":
                    world.put_back()

        def teardown(self) -> None:
            if hasattr(self, "world"):
                try:
                    self.world.check_all()
                    self.world.check_newcomer()
                finally:
                    self.world.close()

    return Histories


def play(site: Site, folder: Path, histories: int, *, replicas: int = 3) -> None:
    """Without shrinking, which would take minutes: the failure prints what happened."""
    run_state_machine_as_test(
        machine(site, folder, replicas=replicas),
        settings=settings(
            max_examples=histories,
            stateful_step_count=30,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            deadline=None,
            derandomize="HISTORIES" not in os.environ,
            database=None,
            report_multiple_bugs=False,
        ),
    )


def test_nothing_is_lost_nothing_overwritten_unseen_and_all_agree(site: Site, folder: Path) -> None:
    """A dozen histories here; `HISTORIES=1000` in the environment plays so many others."""
    play(site, folder, int(os.environ.get("HISTORIES", "12")))


# -- mutants: the same, with a fault built into the engine, which the histories must find


def no_check_of_ids(patch: pytest.MonkeyPatch, _site: Site) -> None:
    patch.setattr(replica, "known", lambda *_: set())


def acknowledged_before_the_commit(patch: pytest.MonkeyPatch, _site: Site) -> None:
    real = sharing.waiting

    def waiting(register: Register, limit: int | None = None, **named: Any) -> Any:
        told = real(register, limit, **named)
        with register.transaction() as file:
            ids = [entry.id for entry in told[0]]
            file.execute(sa.update(JOURNAL).where(JOURNAL.c.id.in_(ids)).values(state="sent"))
        CutHub.current.take(lambda: None)
        return told

    patch.setattr(sharing, "waiting", waiting)


def last_writer_wins(patch: pytest.MonkeyPatch, site: Site) -> None:
    patch.setattr(merge, "_has_seen", lambda *_: True)
    site.let_all_be_seen("true")


def cursor_before_the_rows(patch: pytest.MonkeyPatch, _site: Site) -> None:
    real = sharing.receive

    def receive(register: Register, page: Any, told: Any, shared: Any, **named: Any) -> Any:
        sharing.share(register, shared)
        CutHub.current.take(lambda: None)
        return real(register, page, told, shared, **named)

    def count_sent(register: Register) -> int:
        shared = sharing.hub(register)
        return shared.seq if shared else 0

    patch.setattr(sharing, "receive", receive)
    # Else the hub would find out how much is missing, and send it.
    patch.setattr(sharing, "count_sent", count_sent)


def conflicts_not_recorded(patch: pytest.MonkeyPatch, _site: Site) -> None:
    patch.setattr(replica, "decide", lambda *_: None)


def the_outbox_forgotten(patch: pytest.MonkeyPatch, _site: Site) -> None:
    real = replica.rebuild

    def rebuild(connection: sa.Connection, *told: Any) -> Any:
        with patch.context() as inner:
            inner.setattr(journal, "STANDS", sa.and_(journal.STANDS, JOURNAL.c.state == "sent"))
            return real(connection, *told)

    patch.setattr(replica, "rebuild", rebuild)


def removals_that_saw_nothing(patch: pytest.MonkeyPatch, site: Site) -> None:
    real = merge._has_seen
    patch.setattr(merge, "_has_seen", lambda entry, ground: entry.field == merge.GONE or real(entry, ground))
    site.let_all_be_seen("given ->> 'field' = '-' OR riskreg.has_seen_as_it_was(given)")


def edits_of_removed_records(patch: pytest.MonkeyPatch, site: Site) -> None:
    real = merge._has_seen

    def has_seen(entry: merge.Entry, ground: merge.Ground) -> bool:
        dead = merge.NEW not in ground.heads.get(entry.record, {}) and entry.field not in (merge.NEW, merge.GONE)
        return dead or real(entry, ground)

    patch.setattr(merge, "_has_seen", has_seen)
    site.let_all_be_seen("true")


@pytest.mark.parametrize(
    "fault",
    [
        no_check_of_ids,
        acknowledged_before_the_commit,
        last_writer_wins,
        cursor_before_the_rows,
        conflicts_not_recorded,
        the_outbox_forgotten,
        removals_that_saw_nothing,
        edits_of_removed_records,
    ],
)
def test_a_fault_in_the_engine_is_found(
    fault: Callable[[pytest.MonkeyPatch, Site], None], site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(monkeypatch, site)
    try:
        with pytest.raises((AssertionError, sa.exc.SQLAlchemyError, StoreError, BaseExceptionGroup)):
            play(site, folder, 60)
    finally:
        site.let_all_be_seen("riskreg.has_seen_as_it_was(given)")
