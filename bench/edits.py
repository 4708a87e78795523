"""Keeping one edit."""

import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from bench.made import filled
from bench.measure import Result, by_turns
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.risk import Risk
from risk_register.store.register import Register


def commit(folder: Path) -> Iterator[Result]:
    """One changed title, kept for good. The yardstick is one row changed by SQLite itself, just as durably."""
    for risks in (100, 10_000):
        with Register.open(filled(folder / f"{risks}.riskreg", risks)) as register:
            bare = sqlite3.connect(folder / f"bare {risks}.db", isolation_level=None)
            bare.execute("PRAGMA synchronous = FULL")
            bare.execute("CREATE TABLE risk (id INTEGER PRIMARY KEY, title TEXT)")
            bare.execute("INSERT INTO risk VALUES (1, '')")
            first = next(iter(register.book.all(Risk))).id
            number = count()

            def ours(register: Register = register, first: object = first, number: "count[int]" = number) -> None:
                risk = register.book.get(Risk, first)  # type: ignore[arg-type]
                register.run(edit_risk(risk, title=f"Title {next(number)}"))

            def theirs(bare: sqlite3.Connection = bare, number: "count[int]" = number) -> None:
                bare.execute("BEGIN IMMEDIATE")
                bare.execute("UPDATE risk SET title = ? WHERE id = 1", (str(next(number)),))
                bare.execute("COMMIT")

            mine, bares = by_turns(ours, theirs, 60)
            bare.close()
        yield Result(f"One edit kept, {risks:,} risks in the register", "a bare SQLite commit", mine, bares, 6.0)
