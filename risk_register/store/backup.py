"""Copies of a register: made whole or not at all, checked, and thinned out with age."""

import os
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

from risk_register.domain.errors import Cancelled, Unreachable
from risk_register.store.file import CALLED_OFF

_STAMP = "%Y-%m-%d %H%M%S"
_NAME = re.compile(r"(?P<stem>.+) (?P<stamp>\d{4}-\d\d-\d\d \d{6})\.riskreg")

HOURLY, DAILY, MONTHLY = 24, 14, 12
"""How many copies are kept of each age."""


def copy_whole(source: sqlite3.Connection, to: Path) -> None:
    """Copy an open register to a file that appears only once the copy is whole and was checked.

    Raises Unreachable where there is no room, no right to write, or the copy came out damaged; Cancelled.
    """
    part = to.with_name(to.name + ".part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        source.execute("VACUUM INTO ?", (str(part),))
        with closing(sqlite3.connect(part)) as copy:
            answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if answer != "ok":
            raise sqlite3.DatabaseError(answer)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(to)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            part.unlink()
        if str(error) == "interrupted":
            raise Cancelled(CALLED_OFF) from error
        reason = getattr(error, "strerror", None) or error
        raise Unreachable(
            f"No copy could be made at {to}: {reason}. Choose another folder or free some space."
        ) from error


def back_up(
    source: sqlite3.Connection, register: Path, folder: Path, now: datetime, *, every: timedelta
) -> Path | None:
    """Copy a register into `folder` unless the newest copy there is younger than `every`; then thin out old copies.

    Returns the copy made, if any. Raises Unreachable.
    """
    copies = backups(register, folder)
    if copies and timedelta(0) <= now - _made(copies[0]) < every:  # one of the future came of a wrong clock
        return None
    to = folder / f"{register.stem} {now.strftime(_STAMP)}.riskreg"
    copy_whole(source, to)
    for copy in _superfluous([to, *copies], now):
        copy.unlink(missing_ok=True)
    return to


def backups(register: Path, folder: Path) -> list[Path]:
    """The copies of a register in `folder`, newest first."""
    found = [
        path
        for path in folder.glob("*.riskreg")
        if (match := _NAME.fullmatch(path.name)) and match["stem"] == register.stem
    ]
    return sorted(found, key=lambda path: path.name, reverse=True)


def _made(copy: Path) -> datetime:
    match = _NAME.fullmatch(copy.name)
    assert match, "only names that match are listed"
    return datetime.strptime(match["stamp"], _STAMP).astimezone()


def _superfluous(copies: Iterable[Path], now: datetime) -> list[Path]:
    """The copies to drop: of each hour of the last day, each day, each month, the newest is kept."""
    kept: set[Path] = set()
    for pattern, most in (("%Y-%m-%d %H", HOURLY), ("%Y-%m-%d", DAILY), ("%Y-%m", MONTHLY)):
        periods: dict[str, Path] = {}
        for copy in copies:
            periods.setdefault(_made(copy).strftime(pattern), copy)
        kept |= set(list(periods.values())[:most])
    return [copy for copy in copies if copy not in kept and _made(copy) < now]
