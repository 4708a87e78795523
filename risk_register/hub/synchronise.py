"""Synchronising: pull, rebase, push; each step whole or not at all, so that it may be cut off anywhere and done again."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

from risk_register.domain.change import Edit
from risk_register.domain.errors import Refused, StoreError
from risk_register.hub.hub import START, Hub
from risk_register.store.register import Received, Register, Shared

T = TypeVar("T")


class Ask(Protocol):
    """Does something with the register, on the thread that has it, and gives the answer."""

    def __call__(self, work: Callable[[Register], T]) -> T:
        """Do it."""


MANY = 200
"""About so many entries are given to the hub at a time; the lock is held for as long as that takes."""


class OtherHub(StoreError):
    """The address leads to another hub than the one that the register is shared through."""


@dataclass(frozen=True, slots=True)
class Synchronised:
    """What synchronising has brought, as edits of the register; whether the hub was found put back to an older copy."""

    edits: tuple[Edit, ...]
    restored: bool = False


def synchronise(hub: Hub, ask: Ask, who: str) -> Synchronised:
    """Bring a register and its hub together. Raises OtherHub, TooNew, NotARegister, and what the connection raises."""
    shared = _shared(ask)
    hello = hub.hello(shared.seq)
    if hello.epoch != shared.epoch:
        raise OtherHub(
            "The address leads to another hub than the one this register is shared through, so nothing was sent or "
            "taken. Was the hub made anew? Then share the register there again (File > Share)."
        )
    restored = hello.there != (shared.hash or START)
    if restored:
        _offer_again(hub, ask)
    edits = [*_pull(hub, ask), *_renumber(ask, who, hello.login)]
    if hello.roles[-1:] != ("reader",):
        hidden: set[UUID] = set()
        while given := _push(hub, ask, hidden):
            edits += [*_pull(hub, ask), *_renumber(ask, who, hello.login)]
            hidden |= ask(lambda register: register.still_waiting(given))
    return Synchronised(tuple(edits), restored)


def begin(hub: Hub, ask: Ask, address: str) -> None:
    """Share a register through an empty hub from now on. Raises Refused where the hub holds another."""
    hello = hub.hello(0)
    if hello.seq:
        raise Refused("That hub holds a register already. To work on it, join it; to share this one, make another hub.")
    ask(lambda register: register.share(Shared(address, hello.epoch, 0, START)))


def join(hub: Hub, path: Path, address: str, who: str) -> Register:
    """Make a register file that is a copy of what the hub holds. Raises Refused where it holds nothing yet."""
    hello = hub.hello(0)
    if not hello.seq:
        raise Refused("That hub holds no register yet. Open yours and share it there (File > Share).")

    def pages() -> Iterator[tuple[Sequence[Received], Mapping[UUID, Edit], Shared]]:
        shared = Shared(address, hello.epoch, 0, START)
        while True:
            page, told, last = hub.pull(shared.seq)
            if not page:
                return
            shared = replace(shared, seq=page[-1].seq, hash=last)
            yield page, told, shared

    return Register.create(path, fill=lambda register: register.take_whole(pages()), who=who)


def _shared(ask: Ask) -> Shared:
    shared = ask(lambda register: register.hub)
    if shared is None:
        raise Refused("This register is not shared. Share it first (File > Share).")
    return shared


def _pull(hub: Hub, ask: Ask) -> list[Edit]:
    edits: list[Edit] = []
    while True:
        shared = _shared(ask)
        page, told, last = hub.pull(shared.seq)
        if not page:
            return edits
        upto = replace(shared, seq=page[-1].seq, hash=last)
        edit = ask(lambda register: register.receive(page, told, upto))  # noqa: B023  asked at once
        if edit.changes:
            edits.append(edit)


def _renumber(ask: Ask, who: str, login: str) -> list[Edit]:
    return ask(lambda register: register.renumber(who, login))


def _push(hub: Hub, ask: Ask, hidden: Collection[UUID]) -> list[UUID]:
    """Give the hub the oldest edits that it has not. Returns the ids of their entries.

    `hidden` has been given already: the hub does not show it to this login, so it never comes back.
    """
    cursor = _shared(ask).seq
    entries, edits = ask(lambda register: register.waiting(MANY + len(hidden)))
    entries = [entry for entry in entries if entry.id not in hidden]
    if entries:
        hub.push(entries, edits, cursor=cursor)
    return [entry.id for entry in entries]


def _offer_again(hub: Hub, ask: Ask) -> None:
    """The hub was put back: what it has lost is offered again, what it has otherwise is read again."""
    numbers = list(hub.numbers())
    common = ask(lambda register: register.offer_again(numbers))
    at = hub.hash_at(common) if common else START
    shared = _shared(ask)
    ask(lambda register: register.share(replace(shared, seq=common, hash=at)))
