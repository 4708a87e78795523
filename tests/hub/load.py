"""Many people who edit one register at once, each with a copy and a connection of their own."""

import multiprocessing
import os
import random
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from statistics import quantiles
from typing import Any
from uuid import UUID

from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.risk import Risk
from risk_register.hub.synchronise import synchronise
from risk_register.store.register import Register
from tests.hub.sharing import connected


@dataclass
class Load:
    """What came of it: the edits that were saved, and how long each synchronisation took, in seconds."""

    saved: list[UUID] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def p(self, percent: int) -> float:
        """So many per cent of the synchronisations took no longer, in milliseconds."""
        return quantiles(self.took, n=100)[percent - 1] * 1000


def copied(shared: Path, folder: Path, people: int) -> list[Path]:
    """A copy of a shared register for each."""
    return [Path(copyfile(shared, folder / f"{number}.riskreg")) for number in range(people)]


def work(paths: Sequence[Path], url: str, seconds: float, pause: float = 0) -> Load:
    """Let everybody edit and synchronise, again and again with a pause, for so many seconds, each in a process."""
    # Threads would wait for one another in Python much longer than for the hub; forked from one that has imported all.
    context: Any = multiprocessing.get_context("forkserver" if os.name != "nt" else "spawn")
    context.set_forkserver_preload([__name__])
    results, together = context.Queue(), context.Barrier(len(paths) + 1)
    people = [
        context.Process(target=_one, args=(item, url, seconds, pause, together, results)) for item in enumerate(paths)
    ]
    for person in people:
        person.start()
    together.wait(timeout=120)
    load = Load()
    for _ in people:
        saved, took, failed = results.get(timeout=seconds + 120)
        load.saved += saved
        load.took += took
        load.failed += failed
    for person in people:
        person.join()
    return load


def _one(item: tuple[int, Path], url: str, seconds: float, pause: float, together: Any, results: Any) -> None:
    number, path = item
    saved: list[UUID] = []
    took: list[float] = []
    failed: list[str] = []
    try:
        with Register.open(path, who=path.stem) as register, connected(url) as hub:
            risks = [risk.id for risk in register.book.all(Risk)]
            chance = random.Random(number)
            synchronise(hub, lambda work: work(register), path.stem)
            together.wait(timeout=120)
            begun = time.monotonic()
            end = begun + seconds
            time.sleep(pause * chance.random())
            while time.monotonic() < end:
                risk = register.book.get(Risk, chance.choice(risks))
                field = chance.choice(["title", "cause", "event", "effect"])
                saved.append(
                    register.run(edit_risk(risk, **{field: f"{number} {len(saved)} {begun}"}), who=path.stem).id
                )
                begin = time.perf_counter()
                synchronise(hub, lambda work: work(register), path.stem)
                took.append(time.perf_counter() - begin)
                time.sleep(pause * 2 * chance.random())
    except Exception:  # noqa: BLE001  told by the test
        failed.append(traceback.format_exc())
    results.put((saved, took, failed))
