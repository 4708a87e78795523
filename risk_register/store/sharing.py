"""A register as one copy among others: the hub it is shared through, what it has to send, and what it takes in."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Edit
from risk_register.domain.commands.edits import renumber
from risk_register.domain.errors import Refused
from risk_register.domain.merge import Entry
from risk_register.domain.text import listed, plural
from risk_register.store import replica, rows, whole
from risk_register.store.register import Register
from risk_register.store.replica import Received
from risk_register.store.tables import HUB, JOURNAL


@dataclass(frozen=True, slots=True)
class Shared:
    """The hub that a register is shared through.

    Its address (without a password), which hub it is, and how far it was read, with the hub's hash at that number.
    """

    address: str
    epoch: UUID
    seq: int = 0
    hash: bytes = b""


def hub(register: Register) -> Shared | None:
    """The hub that a register is shared through, and how far it was read; None where it is not shared."""
    with register.transaction() as file:
        row = file.execute(sa.select(HUB)).one_or_none()
    return Shared(row.address, row.epoch, row.seq, row.hash) if row else None


def share(register: Register, shared: Shared | None) -> None:
    """Say which hub a register is shared through from now on, and how far it was read."""
    with register.transaction() as file:
        _write_hub(file, shared)


def _write_hub(file: sa.Connection, shared: Shared | None) -> None:
    file.execute(sa.delete(HUB))
    if shared is not None:
        told = {"address": shared.address, "epoch": shared.epoch, "seq": shared.seq, "hash": shared.hash}
        file.execute(sa.insert(HUB).values(id=1, **told))


# -- what it has


def waiting(
    register: Register, limit: int | None = None, *, without: Collection[UUID] = ()
) -> tuple[list[Entry], dict[UUID, Edit]]:
    """The oldest entries that the hub has not, whole edits of them, and their edits. About `limit` entries.

    Those edits left out that `without` names.
    """
    with register.transaction() as file:
        some = replica.waiting(file, limit, without)
        return some, replica.edits(file, {entry.edit for entry in some})


def count_waiting(register: Register) -> int:
    """How many edits the hub has not."""
    with register.transaction() as file:
        told = sa.select(sa.func.count(JOURNAL.c.edit.distinct())).where(replica.LOCAL)
        return int(file.scalar(told) or 0)


def sent(register: Register) -> dict[UUID, UUID]:
    """The ids of the entries that the hub has, each with its edit's."""
    with register.transaction() as file:
        told = sa.select(JOURNAL.c.id, JOURNAL.c.edit).where(replica.SENT)
        return {row.id: row.edit for row in file.execute(told)}


def count_sent(register: Register) -> int:
    """How many entries the hub has of those that are here."""
    with register.transaction() as file:
        return int(file.scalar(sa.select(sa.func.count()).where(replica.SENT)) or 0)


def told(register: Register) -> tuple[list[Entry], dict[UUID, Edit]]:
    """Every entry of the journal, and their edits."""
    with register.transaction() as file:
        every = replica.entries(file)
        return every, replica.edits(file, {entry.edit for entry in every})


# -- what it takes in


def receive(
    register: Register,
    page: Sequence[Received],
    told: Mapping[UUID, Edit],
    shared: Shared,
    *,
    gone: Collection[UUID] = (),
) -> Edit:
    """Take in what the hub has, up to the number in `shared`, and forget the entries `gone`, which it shows no more.

    Returns what that changed as one edit. Raises StoreError; then nothing of it was kept.
    """

    def work(file: sa.Connection) -> tuple[Change, ...]:
        changes = replica.receive(file, page, told, gone)
        _write_hub(file, shared)
        return changes

    return _take_in(register, work, told)


def take_whole(register: Register, pages: Iterable[tuple[Sequence[Received], Mapping[UUID, Edit], Shared]]) -> None:
    """Take in all that the hub has into a register that is empty; each page up to the number in its `shared`.

    Raises StoreError and whatever `pages` raises; then nothing of it was kept.
    """

    def work(file: sa.Connection) -> Book:
        def read() -> Iterator[whole.Page]:
            for page, edits, shared in pages:
                yield page, edits
                _write_hub(file, shared)

        return whole.take(file, read())

    register.take_in(work)


def merge(register: Register, path: Path) -> Edit:
    """Take in what was changed in another copy of a register. Returns what that changed as one edit.

    Raises Refused where the file is no copy of it, or is the register itself, and whatever opening it raises.
    """
    if path.exists() and path.samefile(register.path):
        raise Refused(f"{path.name} is this register itself. Choose the copy that somebody else has worked on.")
    with Register.open(path, write=False, called_off=register.called_off) as other:
        foreign, edits = told(other)
    with register.transaction() as file:
        here = replica.known(file, [entry.id for entry in foreign])
    if not here:
        raise Refused(
            f"{path.name} is no copy of this register: the two have nothing in common. To take risks from it, "
            "export them there and import the workbook here."
        )
    fresh = {entry.edit for entry in foreign if entry.id not in here}
    news = {id: edit for id, edit in edits.items() if id in fresh}
    return _take_in(register, lambda file: replica.bring(file, foreign, edits), news)


def offer_again(register: Register, numbers: Iterable[tuple[int, UUID]]) -> int:
    """The hub was put back to an older copy, where its entries have these numbers: offer again what it has lost.

    Returns the last number up to which the two agree.
    """
    common = 0

    def work(file: sa.Connection) -> tuple[Change, ...]:
        nonlocal common
        common, changes = replica.offer_again(file, numbers)
        # Until it is said up to where the two agree, no hash is right: who puts the same back in the same order gives
        # the hub its old hashes again, and what is offered here would seem to have been read.
        file.execute(sa.update(HUB).values(hash=b"?"))
        return changes

    _take_in(register, work, {})
    return common


def _take_in(
    register: Register, work: Callable[[sa.Connection], tuple[Change, ...]], told: Mapping[UUID, Edit]
) -> Edit:
    changes: tuple[Change, ...] = ()

    def applied(file: sa.Connection) -> Book:
        nonlocal changes
        changes = work(file)
        return rows.with_referred_to(file, register.book.apply(changes), changes)

    register.take_in(applied)
    if len(told) == 1:
        return replace(next(iter(told.values())), changes=changes)
    who = listed(list(dict.fromkeys(edit.who for edit in told.values()))) or "a colleague"
    label = f"Received {plural(len(told), 'edit')} by {who}" if told else "Took away what is no longer for your eyes"
    return Edit(label, changes, who=who)


def renumber_twins(register: Register, who: str, login: str = "") -> list[Edit]:
    """Give another number to what bears one that another copy had given before. Returns the edits that did.

    Only to what was made here, or sent to the hub under `login`: the others see to theirs.
    """
    with register.transaction() as file:
        twins = replica.twins(file, register.book, login)
    edits = []
    for record in twins:
        # Copies brought together may break a rule that each kept: a person mends that first, the rest goes on.
        with suppress(Refused):
            edits.append(register.run(renumber(record), who=who))
    return edits
