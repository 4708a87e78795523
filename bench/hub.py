"""A hub with years of work in it, and copies of its register.

`WHOLE=1 python -m bench hub` takes 20,000 risks and 1,000,000 entries of the journal instead of a tenth of each.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from shutil import copyfile

from bench.journal import make
from bench.made import filled
from bench.measure import Result, by_turns, timed
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.risk import Risk
from risk_register.hub.hub import Hub
from risk_register.hub.synchronise import join, synchronise
from risk_register.store.register import Register
from tests.hub.front import line
from tests.hub.load import copied, work
from tests.hub.server import running
from tests.hub.sharing import connected

RISKS, ENTRIES = (20_000, 1_000_000) if "WHOLE" in os.environ else (2_000, 100_000)


def hub(folder: Path) -> Iterator[Result]:
    """Joining, opening, pulling, pushing, and the questions that a long journal could make slow."""
    size = f"{RISKS:,} risks, {ENTRIES:,} entries"
    with running() as server:
        url = make(server, folder, RISKS, ENTRIES)
        with connected(url) as there:
            path = folder / "joined.riskreg"
            joined = timed(lambda: join(there, path, url, "ann").close())
            yield Result(
                f"Joining: {size}", "copying the entries bare", joined, timed(lambda: _bare(there, folder)), 40
            )
        young = filled(folder / "young.riskreg", RISKS)
        opened, plain = by_turns(lambda: Register.open(path).close(), lambda: Register.open(young).close(), 3)
        yield Result("Opening that copy", "the same risks without a past", opened, plain, 2)
        other = Path(copyfile(path, folder / "other.riskreg"))
        with (
            Register.open(path) as ours,
            Register.open(other) as theirs,
            connected(url) as mine,
            connected(url) as yours,
        ):
            yield from _questions(ours, opened)
            yield from _exchanged(ours, theirs, mine, yours)
            with line(server.port, 0.05) as far, connected(url.replace(f":{server.port}/", f":{far.port}/")) as there:
                yield from _far_away(ours, there)


def _bare(hub: Hub, folder: Path) -> None:
    """The least that joining could be: each entry from there to here."""
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.execute("CREATE TABLE journal (seq INTEGER PRIMARY KEY, id, edit, record, field, value, parents)")
    bare.execute("BEGIN")
    with hub.connection.transaction(), hub.connection.cursor("bare") as cursor:
        cursor.itersize = 10_000
        cursor.execute(
            "SELECT seq, id::text, edit::text, record::text, field, value, parents::text FROM riskreg.journal"
        )
        bare.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", cursor)
    bare.execute("COMMIT")
    bare.close()


def _questions(register: Register, opened: float) -> Iterator[Result]:
    risk = next(register.book.all(Risk))
    asked: tuple[tuple[str, Callable[[], object], float], ...] = (
        ("History, first page", register.history, 0.5),
        ("History of one risk", lambda: register.history(risk), 0.5),
        ("What one can undo", lambda: register.own_edits("Person 7", 100), 0.5),
        ("Its conflicts", register.conflicts, 0.5),
        ("As it was three months ago", lambda: register.as_at(date.today() - timedelta(days=91)), 8),
    )
    for what, ask, goal in asked:
        ask()
        yield Result(what, "opening it", timed(ask), opened, goal)


def _exchanged(ours: Register, theirs: Register, mine: Hub, yours: Hub) -> Iterator[Result]:
    risks = [risk.id for risk in ours.book.all(Risk)]
    number = count()

    def edit(times: int) -> None:
        for _ in range(times):
            told = next(number)
            risk = ours.book.get(Risk, risks[told * 17 % len(risks)])
            ours.run(edit_risk(risk, cause=f"said {told}"), who="ann")

    def push() -> None:
        synchronise(mine, lambda work: work(ours), "ann")

    def pull() -> None:
        synchronise(yours, lambda work: work(theirs), "ben")

    for times in (1, 1_000):
        edit(1)
        push()
        pull()
        kept = timed(partial(edit, times))
        yield Result(f"{times:,} kept here", "asking whether there is anything", kept, timed(pull), 3_000)
        yield Result(f"Sending {times:,}", "asking whether there is anything", timed(push), timed(push), 1_000)
        yield Result(f"Receiving {times:,}", "asking whether there is anything", timed(pull), timed(pull), 1_000)


def _far_away(register: Register, hub: Hub) -> Iterator[Result]:
    """Over a VPN it is the journeys there and back that take the time."""
    risk = next(register.book.all(Risk))
    journey = timed(lambda: hub.hello(0))
    register.run(edit_risk(risk, cause="said far away"), who="ann")
    for what, goal in (("Sending one", 6), ("Asking whether there is anything", 2)):
        took = timed(lambda: synchronise(hub, lambda work: work(register), "ann"))
        yield Result(f"{what}, from 50 ms away", "one journey there and back", took, journey, goal)


def crowd(folder: Path) -> Iterator[Result]:
    """Fifty people who each edit and synchronise every second, all on this computer. The yardstick is one alone."""
    with running() as server:
        url = make(server, folder, 100, 0)
        shared = folder / "shared.riskreg"
        loads = []
        for people, pause in ((50, 1.0), (1, 0.1)):
            (folder / str(people)).mkdir()
            loads.append(work(copied(shared, folder / str(people), people), url, 10, pause))
    many, one = loads
    failed = [*many.failed, *one.failed]
    if failed:
        raise RuntimeError(failed[0])
    yield Result(f"One of {len(many.took)} synchronisations by 50, half", "one alone", many.p(50), one.p(50), 50)
    yield Result("the slowest twentieth of them (p95)", "one alone", many.p(95), one.p(50), 200)
