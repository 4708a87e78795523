"""Many people who edit one register at once, each with a copy and a connection of their own."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from statistics import quantiles
from threading import Event, Lock, Thread
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
    failed: list[BaseException] = field(default_factory=list)

    def p(self, percent: int) -> float:
        """So many per cent of the synchronisations took no longer, in milliseconds."""
        return quantiles(self.took, n=100)[percent - 1] * 1000


def copied(shared: Path, folder: Path, people: int) -> list[Path]:
    """A copy of a shared register for each."""
    return [Path(copyfile(shared, folder / f"{number}.riskreg")) for number in range(people)]


def work(paths: Sequence[Path], url: str, seconds: float, pause: float = 0) -> Load:
    """Let everybody edit and synchronise, again and again with a pause, for so many seconds."""
    load, stop, lock = Load(), Event(), Lock()

    def one(number: int, path: Path) -> None:
        try:
            with Register.open(path, who=path.stem) as register, connected(url) as hub:
                risks = [risk.id for risk in register.book.all(Risk)]
                count = number
                while not stop.wait(pause):
                    count += 1
                    risk = register.book.get(Risk, risks[count * 7 % len(risks)])
                    name = ("title", "cause", "event", "effect")[count % 4]
                    edit = register.run(edit_risk(risk, **{name: f"{number} {count}"}), who=path.stem)
                    begin = time.perf_counter()
                    synchronise(hub, lambda work: work(register), path.stem)
                    with lock:
                        load.saved.append(edit.id)
                        load.took.append(time.perf_counter() - begin)
        except BaseException as error:  # noqa: BLE001  told by whoever asked
            load.failed.append(error)

    threads = [Thread(target=one, args=item) for item in enumerate(paths)]
    with quick_turns():
        for thread in threads:
            thread.start()
        stop.wait(seconds)
        stop.set()
        for thread in threads:
            thread.join()
    return load


@contextmanager
def quick_turns() -> Iterator[None]:
    """Let threads that are ready wait for one another no longer than a millisecond."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.001)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
