"""A program that edits its register and synchronises, until it is killed or its input ends.

`python -m tests.hub.working FILE URL SEED`. It prints the id of each edit once that is saved.
"""

import random
import sys
from pathlib import Path
from threading import Event, Thread

from risk_register.domain.commands.conflict import keep_standing, use_beside
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Conflict, Refused, StoreError
from risk_register.domain.risk import Risk
from risk_register.store.register import Register
from tests.hub.sharing import Copy


def main(path: str, url: str, seed: str) -> None:
    """Work."""
    chance, stop = random.Random(seed), Event()
    Thread(target=wait_for_the_end, args=(stop,), daemon=True).start()
    with Register.open(Path(path), who=Path(path).stem) as register:
        copy = Copy(Path(path).stem, register, url)
        while not stop.is_set():
            for _ in range(chance.randrange(1, 6)):
                edit(copy, chance)
            try:
                copy.synchronise()
            except StoreError:
                stop.wait(0.02)  # the hub is being started anew


def wait_for_the_end(stop: Event) -> None:
    sys.stdin.read()
    stop.set()


def edit(copy: Copy, chance: random.Random) -> None:
    """Do one of the things that people do, and print it."""
    risks, number = list(copy.register.book.all(Risk)), chance.randrange(1_000_000)
    risk = chance.choice(risks)
    conflicts = copy.register.conflicts() if chance.random() < 0.1 else []
    try:
        if conflicts:
            made = copy.run(chance.choice([keep_standing, use_beside])(chance.choice(conflicts)))
        elif chance.random() < 0.1:
            copy.raise_risk(f"raised {number}")
            made = copy.register.history(limit=1)[0].edit
        else:
            name = chance.choice(["title", "cause", "effect"])
            made = copy.run(edit_risk(risk, **{name: f"{copy.name} {number}"}))
    except (Refused, Conflict):
        return
    sys.stdout.write(f"{made.id}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
