"""Synchronising: pull, rebase, push; each step whole or not at all, so that it may be cut off anywhere and done again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

from risk_register.domain.change import Edit
from risk_register.domain.errors import Forbidden, Refused, StoreError
from risk_register.domain.merge import Entry
from risk_register.hub.hub import START, Held, Hello, Hub
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
class NotTaken:
    """An edit that the hub does not take from this login, and why, in a sentence. It stays in the register, waiting."""

    edit: Edit
    why: str


@dataclass(frozen=True, slots=True)
class Synchronised:
    """What synchronising has brought, as edits of the register; whether the hub was found put back to an older copy.

    `sent` is how many edits the hub took, `refused` what it does not take; `seq` the hub's number up to which the two
    are together.
    """

    edits: tuple[Edit, ...]
    restored: bool = False
    sent: int = 0
    refused: tuple[NotTaken, ...] = ()
    seq: int = 0


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
    if restored:  # the hub was put back
        _offer_again(hub, ask, list(hub.numbers()))
    edits = [*_pull(hub, ask), *_renumber(ask, who, hello.login)]
    outbox = _Outbox(hub, ask, hello)
    while outbox.push():
        edits += [*_pull(hub, ask), *_renumber(ask, who, hello.login)]
    refused = tuple(outbox.refused.values())
    return Synchronised(tuple(edits), restored, len(outbox.sent), refused, _shared(ask).seq)


class _Outbox:
    """What the hub has not yet. Each edit is offered once: one that is refused keeps none of the others back."""

    def __init__(self, hub: Hub, ask: Ask, hello: Hello) -> None:
        self._hub = hub
        self._ask = ask
        self._hello = hello
        self.sent: set[UUID] = set()
        self.refused: dict[UUID, NotTaken] = {}
        self._passed_over: set[UUID] = set()

    def push(self) -> bool:
        """Give the hub the oldest edits that it has not. Returns whether it took any."""
        while True:
            cursor = _shared(self._ask).seq
            done = self.sent | self.refused.keys() | self._passed_over
            entries, edits = self._ask(lambda register: register.waiting(MANY, without=done))  # noqa: B023  asked at once
            if not entries:
                return False
            lots: dict[UUID, list[Entry]] = {}
            for entry in entries:
                lots.setdefault(entry.edit, []).append(entry)
            for id in lots:
                self._sort_out(edits[id])
            lots = {id: lot for id, lot in lots.items() if id not in self.refused.keys() | self._passed_over}
            if self._give(list(lots.values()), edits, cursor):
                return True

    def _sort_out(self, edit: Edit) -> None:
        """Keep back what need not be tried."""
        if "editor" in self._hello.roles:
            return
        if edit.by not in ("", self._hello.login):
            self._passed_over.add(edit.id)  # the hub was put back, and whoever made it will offer it again
        elif "contributor" not in self._hello.roles:
            self.refused[edit.id] = NotTaken(edit, f"You may only read at the hub at {self._hub.address.place}. {_ASK}")

    def _give(self, lots: list[list[Entry]], edits: Mapping[UUID, Edit], cursor: int) -> bool:
        if not lots:
            return False
        try:
            self._hub.push([entry for lot in lots for entry in lot], edits, cursor=cursor)
        except Forbidden as error:
            if len(lots) > 1:
                return sum(self._give([lot], edits, cursor) for lot in lots) > 0  # every one of them
            edit = edits[lots[0][0].edit]
            self.refused[edit.id] = NotTaken(edit, str(error))
            return False
        self.sent |= {lot[0].edit for lot in lots}
        return True


_ASK = "Ask whoever runs it for the role that you need."


def begin(hub: Hub, ask: Ask, address: str) -> None:
    """Share a register through an empty hub from now on; or meet its own hub again, at that address.

    Raises Refused where the hub holds another register.
    """
    hello = hub.hello(0)
    known = ask(lambda register: register.hub)
    if known is not None and known.epoch == hello.epoch:
        ask(lambda register: register.share(replace(known, address=address)))
        return
    numbers = list(hub.numbers()) if hello.seq else []
    sent = ask(lambda register: register.sent())
    if numbers and not any(id in sent for _, id in numbers):
        raise Refused("That hub holds a register already. To work on it, join it; to share this one, make another hub.")
    ask(lambda register: register.share(Shared(address, hello.epoch, 0, START)))
    if sent:
        # To an empty hub nothing was sent yet, whatever another has had; to one where this was shared before, it was.
        _offer_again(hub, ask, numbers)


def join(hub: Hub, path: Path, address: str, who: str) -> Register:
    """Make a register file that is a copy of what the hub holds. Raises Refused where it holds nothing yet."""
    hello = hub.hello(0)
    if not hello.seq:
        raise Refused("That hub holds no register yet. Open yours and share it there (File > Share).")

    def pages() -> Iterator[tuple[Sequence[Received], Mapping[UUID, Edit], Shared]]:
        shared = Shared(address, hello.epoch, 0, START)
        while True:
            told = hub.pull(shared.seq, shared.hash)
            if told.seq == shared.seq:
                return
            shared = replace(shared, seq=told.seq, hash=told.hash)
            yield told.page, told.edits, shared

    def fill(register: Register) -> None:
        register.take_whole(pages())
        # Where something was hidden or shown between two pages, the earlier ones are looked through.
        turned = hub.hello(0).turned != hello.turned
        _pull(hub, lambda work: work(register), all_of_it=turned)

    return Register.create(path, fill=fill, who=who)


def _shared(ask: Ask) -> Shared:
    shared = ask(lambda register: register.hub)
    if shared is None:
        raise Refused("This register is not shared. Share it first (File > Share).")
    return shared


def _pull(hub: Hub, ask: Ask, *, all_of_it: bool = False) -> list[Edit]:
    """Take in what the hub has; with `all_of_it` what it has told already is compared with what is here in any case."""
    edits: list[Edit] = []
    while True:
        shared, count = ask(lambda register: (register.hub, register.count_sent()))
        assert shared, "it was asked before"
        have = Held(-1 if all_of_it else count, lambda: ask(lambda register: register.sent()))
        all_of_it = False
        told = hub.pull(shared.seq, shared.hash, have)
        if told.seq == shared.seq and not told.page and not told.gone:
            return edits
        upto = replace(shared, seq=told.seq, hash=told.hash)
        edit = ask(lambda register: register.receive(told.page, told.edits, upto, gone=told.gone))  # noqa: B023  asked at once
        if edit.changes:
            edits.append(edit)


def _renumber(ask: Ask, who: str, login: str) -> list[Edit]:
    return ask(lambda register: register.renumber(who, login))


def _offer_again(hub: Hub, ask: Ask, numbers: Sequence[tuple[int, UUID]]) -> None:
    """What a hub that has these entries lacks of what it had is offered again, what it has otherwise is read again."""
    common = ask(lambda register: register.offer_again(numbers))
    at = hub.hash_at(common) if common else START
    shared = _shared(ask)
    ask(lambda register: register.share(replace(shared, seq=common, hash=at)))
