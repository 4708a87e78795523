"""Programs killed at any moment, and the hub's server crashed: every edit that was told as saved is on the hub, once."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

import pytest

from risk_register.store.register import Register
from tests.hub.server import Server, running
from tests.hub.sharing import Copy, admitted, check_all_agree, make_hub
from tests.making import made_in

pytestmark = [
    pytest.mark.xdist_group("postgresql"),
    pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL"),
]
KILLS = int(os.environ.get("KILLS", "12"))
"""So many programs are killed; `KILLS=200` in the environment kills so many."""
CRASHES = max(3, KILLS // 16)
NAMES = ("ann", "ben", "cem", "dee")


@pytest.fixture
def crashing() -> Iterator[Server]:
    with running() as server:
        make_hub(server)
        yield server


class Program:
    """A program at work on a file."""

    def __init__(self, path: Path, url: str, seed: int) -> None:
        self.told = path.with_suffix(f".{seed}.told")
        with self.told.open("wb") as telling:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.hub.working", path, url, str(seed)],
                stdin=subprocess.PIPE,
                stdout=telling,
                stderr=subprocess.PIPE,
            )

    def saved(self) -> list[UUID]:
        """The edits it has told as saved: of a line cut off it can't be known."""
        return [UUID(line.strip()) for line in self.told.read_text().splitlines(keepends=True) if line.endswith("\n")]

    def ended(self) -> None:
        """Say where it ended by itself, and why."""
        if self.process.poll() is not None:
            assert self.process.stderr
            pytest.fail(self.process.stderr.read().decode())

    def kill(self) -> None:
        self.ended()
        self.process.kill()
        self.process.communicate()

    def end(self) -> None:
        """Let it end as programs do."""
        _, errors = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, errors.decode()


def test_every_edit_told_as_saved_is_on_the_hub_once_whoever_is_killed(crashing: Server, tmp_path: Path) -> None:
    urls = {name: admitted(crashing, name) for name in NAMES}
    paths = {name: tmp_path / f"{name}.riskreg" for name in NAMES}
    with Register.create(paths["ann"], who="ann") as register:
        made_in(register)
        ann = Copy("ann", register, urls["ann"])
        ann.begin()
        ann.synchronise()
    for name in NAMES[1:]:
        Copy.joined(tmp_path, name, urls[name]).register.close()

    chance, seeds, programs = random.Random(KILLS), iter(range(10_000)), []
    with ExitStack() as running_ones:

        def begin(name: str) -> Program:
            program = Program(paths[name], urls[name], next(seeds))
            running_ones.callback(program.process.kill)
            programs.append(program)
            return program

        at_work = {name: begin(name) for name in NAMES}
        crashes = set(chance.sample(range(KILLS), CRASHES))
        for number in range(KILLS):
            victim = NAMES[number % len(NAMES)]
            # Until it is at work, then for a moment more, so that it is killed anywhere in an edit or a synchronisation.
            wait_for(at_work[victim], chance.randrange(1, 8))
            time.sleep(chance.random() * 0.03)
            if number in crashes:
                crashing.stop("immediate")
            at_work[victim].kill()
            at_work[victim] = begin(victim)
            if number in crashes:
                crashing.start()
        for program in at_work.values():
            wait_for(program, 3)
            program.end()

    copies = [Copy(name, Register.open(paths[name], who=name), urls[name]) for name in NAMES]
    saved = [id for program in programs for id in program.saved()]
    try:
        check_all_agree(crashing, copies, saved)
    finally:
        for copy in copies:
            copy.register.close()
    sys.stdout.write(f"{KILLS} kills, {CRASHES} crashes of the server, {len(saved):,} edits told as saved, 0 lost\n")
    assert len(set(saved)) == len(saved)
    assert len(saved) > KILLS


def wait_for(program: Program, edits: int) -> None:
    """Wait until a program has told so many edits as saved."""
    end = time.monotonic() + 60
    while len(program.saved()) < edits:
        program.ended()
        assert time.monotonic() < end, "it saved nothing"
        time.sleep(0.005)
