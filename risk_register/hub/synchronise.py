"""Synchronising: pull, rebase, push; each step whole or not at all, so that it may be cut off anywhere and done again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

from risk_register.domain.change import Edit
from risk_register.domain.errors import Forbidden, Refused
from risk_register.domain.merge import Entry
from risk_register.hub.hub import START, Held, Hello, Hub, PutBack
from risk_register.store import sharing
from risk_register.store.register import Register
from risk_register.store.replica import Received
from risk_register.store.sharing import Shared

T = TypeVar("T")


class Ask(Protocol):
    """Does something with the register, on the thread that has it, and gives the answer."""

    def __call__(self, work: Callable[[Register], T]) -> T:
        """Do it."""


MANY = 200
"""About so many entries are given to the hub at a time; the lock is held for as long as that takes."""


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
    edits: list[Edit] = []
    restored = False
    try:
        hello = _pull(hub, ask, edits)
    except PutBack:
        restored = True
        _offer_again(hub, ask, list(hub.numbers()))
        hello = _pull(hub, ask, edits)
    edits += _renumber(ask, who, hello.login)
    outbox = _Outbox(hub, ask, hello)
    while outbox.push():
        _pull(hub, ask, edits)
        edits += _renumber(ask, who, hello.login)
    refused = tuple(outbox.refused.values())
    return Synchronised(tuple(edits), restored, len(outbox.sent), refused, ask(_shared).seq)


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
            cursor = self._ask(_shared).seq
            done = self.sent | self.refused.keys() | self._passed_over
            entries, edits = self._ask(lambda register: sharing.waiting(register, MANY, without=done))  # noqa: B023  asked at once
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
    known = ask(sharing.hub)
    if known is not None and known.epoch == hello.epoch:
        ask(lambda register: sharing.share(register, replace(known, address=address)))
        return
    numbers = list(hub.numbers()) if hello.seq else []
    sent = ask(sharing.sent)
    if numbers and not any(id in sent for _, id in numbers):
        raise Refused("That hub holds a register already. To work on it, join it; to share this one, make another hub.")
    ask(lambda register: sharing.share(register, Shared(address, hello.epoch, 0, START)))
    if sent:
        # To an empty hub nothing was sent yet, whatever another has had; to one where this was shared before, it was.
        _offer_again(hub, ask, numbers)


def join(hub: Hub, path: Path, address: str, who: str) -> Register:
    """Make a register file that is a copy of what the hub holds. Raises Refused where it holds nothing yet."""
    hello = hub.hello(0)
    if not hello.seq:
        raise Refused("That hub holds no register yet. Open yours and share it there (File > Share).")

    turned = hello.turned

    def pages() -> Iterator[tuple[Sequence[Received], Mapping[UUID, Edit], Shared]]:
        nonlocal turned
        shared = Shared(address, hello.epoch, 0, START)
        while True:
            told = hub.pull(shared)
            turned = told.hello.turned
            if told.seq == shared.seq:
                return
            shared = replace(shared, seq=told.seq, hash=told.hash)
            yield told.page, told.edits, shared

    def fill(register: Register) -> None:
        sharing.take_whole(register, pages())
        # Where something was hidden or shown between two pages, the earlier ones are looked through.
        _pull(hub, lambda work: work(register), [], all_of_it=turned != hello.turned)

    return Register.create(path, fill=fill, who=who)


def _shared(register: Register) -> Shared:
    shared = sharing.hub(register)
    if shared is None:
        raise Refused("This register is not shared. Share it first (File > Share).")
    return shared


def _pull(hub: Hub, ask: Ask, edits: list[Edit], *, all_of_it: bool = False) -> Hello:
    """Take in what the hub has, and add what that changed to `edits`. Returns what the hub said of itself.

    With `all_of_it` what it has told already is compared with what is here in any case.
    """
    while True:
        shared, count = ask(lambda register: (_shared(register), sharing.count_sent(register)))
        have = Held(-1 if all_of_it else count, lambda: ask(sharing.sent))
        all_of_it = False
        told = hub.pull(shared, have)
        if told.seq == shared.seq and not told.page and not told.gone:
            return told.hello
        upto = replace(shared, seq=told.seq, hash=told.hash)
        edit = ask(lambda register: sharing.receive(register, told.page, told.edits, upto, gone=told.gone))  # noqa: B023  asked at once
        if edit.changes:
            edits.append(edit)
        if told.seq == told.hello.seq:
            return told.hello


def _renumber(ask: Ask, who: str, login: str) -> list[Edit]:
    return ask(lambda register: sharing.renumber_twins(register, who, login))


def _offer_again(hub: Hub, ask: Ask, numbers: Sequence[tuple[int, UUID]]) -> None:
    """What a hub that has these entries lacks of what it had is offered again, what it has otherwise is read again."""
    common = ask(lambda register: sharing.offer_again(register, numbers))
    at = hub.hash_at(common) if common else START
    ask(lambda register: sharing.share(register, replace(_shared(register), seq=common, hash=at)))
