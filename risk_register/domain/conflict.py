"""Conflicts: two people changed the same thing, neither having seen what the other did."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from risk_register.domain.action import Mitigation, Update
from risk_register.domain.book import Book
from risk_register.domain.control import Control
from risk_register.domain.custom_field import ActionValue, RiskValue
from risk_register.domain.decision import FollowUp
from risk_register.domain.evaluation import ForwardStep
from risk_register.domain.governance import Meeting, Membership
from risk_register.domain.kinds import KINDS
from risk_register.domain.measure import ExpectedValue, Reading
from risk_register.domain.merge import GONE, NEW
from risk_register.domain.plan import OutcomeLink
from risk_register.domain.record import Record, merge_groups, specs
from risk_register.domain.risk import Assessment
from risk_register.domain.text import listed, plural, shortened

_SHOWN = 80
_NAMED = 6
"""So many conflicts are named in a report; the others are counted."""
_PARTS = (
    Control,
    Assessment,
    OutcomeLink,
    Mitigation,
    Update,
    Membership,
    Meeting,
    FollowUp,
    ExpectedValue,
    Reading,
    ForwardStep,
    RiskValue,
    ActionValue,
)
"""Kinds that people know as a part of another record: a control of R-004."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two has made of it: `words` as people read it, the whole record (None: removed), who and when."""

    words: str
    record: Record | None
    who: str
    when: datetime

    @property
    def told(self) -> str:
        """In a sentence: `“Delayed strategy” (Pat, 3 November 2026 at 10:15)`."""
        words = f"“{shortened(self.words, _SHOWN)}”" if self.record is not None else "removed"
        return f"{words} ({self.who}, {self.when.astimezone():%d/%m/%Y at %H:%M})"


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """What stands of a record's merge group (`field`; NEW and GONE for a whole record), and what was said beside it.

    `losers` are the journal's entries that do not stand; an edit that settles the conflict names them.
    """

    kind: type[Record]
    record: UUID
    label: str
    field: str
    losers: tuple[UUID, ...]
    stands: Side
    beside: Side

    @property
    def names(self) -> str:
        """What it is about: `title`, `status, closed and reason for closing`."""
        if self.field in (NEW, GONE):
            return self.kind.called
        fields = merge_groups(self.kind)[self.field]
        return listed([specs(self.kind)[name].label.lower() for name in fields])

    @property
    def key(self) -> tuple[UUID, str]:
        """What is disputed: the record and its merge group."""
        return self.record, self.field

    @property
    def title(self) -> str:
        """What it is about, as a list shows it: `Title`, `Removed by one, changed by the other`."""
        if self.field == NEW:
            both = self.stands.record is not None
            return f"{'Given by two at once' if both else 'Added to what was removed'}: {self.kind.called}"
        if self.field == GONE or self.stands.record is None:
            return "Removed by one, changed by the other"
        return f"{self.names[:1].upper()}{self.names[1:]}"

    @property
    def happened(self) -> str:
        """What happened, in a few words: `Two people changed the title`."""
        if self.field == GONE:
            return f"Somebody removed the {self.kind.called} while somebody else changed it"
        if self.stands.record is None:
            if self.field == NEW:
                return f"Somebody added a {self.kind.called} to what somebody else removed"
            return f"Somebody changed the {self.names} of a {self.kind.called} that somebody else removed"
        return f"Two people {'gave' if self.field == NEW else 'changed'} the {self.names}"

    @property
    def sentence(self) -> str:
        """The conflict as a sentence, with both values, who and when."""
        return f"{self.label}, {self.names}: {self.stands.told} stands; beside it, unseen: {self.beside.told}."


def _upwards(conflict: OpenConflict, book: Book) -> Iterator[Record]:
    """The disputed record, and what it is a part of, as they are now or were last."""
    known = conflict.stands.record or conflict.beside.record
    record = book.find(conflict.kind, conflict.record) or known
    while record is not None:
        yield record
        above = next((name for name, spec in specs(type(record)).items() if spec.required and spec.refers), None)
        if above is None or above in ("programme", "matrix"):
            return
        record = book.find(KINDS[specs(type(record))[above].refers], getattr(record, above))


def home(conflict: OpenConflict, book: Book) -> Record:
    """The record by which people know it: itself, or the risk of a control, the action of a note."""
    upwards = list(_upwards(conflict, book))
    return next((record for record in upwards if not isinstance(record, _PARTS)), upwards[-1])


def subject(conflict: OpenConflict, book: Book) -> str:
    """What it is about, as people know it: `R-004  Delayed strategy`, `Control of R-004  Delayed strategy`."""
    whole = home(conflict, book)
    name = f"{whole.label}  {getattr(whole, 'title', '') or getattr(whole, 'question', '')}".rstrip()
    part = conflict.kind.called.capitalize()
    return name if whole.id == conflict.record else f"{part} of {name}"


def by_record(conflicts: Iterable[OpenConflict], book: Book) -> dict[UUID, list[OpenConflict]]:
    """The conflicts by the id of the disputed record, and by that of the record by which people know it."""
    found: dict[UUID, list[OpenConflict]] = {}
    for conflict in conflicts:
        for id in dict.fromkeys((conflict.record, home(conflict, book).id)):
            found.setdefault(id, []).append(conflict)
    return found


def warning(conflicts: Iterable[OpenConflict], book: Book, programme: UUID) -> str:
    """What a report says of the conflicts of its programme: `2 conflicts wait to be settled: R-004 title, ...`.

    Of records that its book holds: what was removed, or is not for the eyes of its readers, is not named. "" for none.
    """
    mine = [
        f"{home(conflict, book).label} {conflict.names}"
        for conflict in conflicts
        if book.find(conflict.kind, conflict.record)
        and any(getattr(record, "programme", record.id) == programme for record in _upwards(conflict, book))
    ]
    if not mine:
        return ""
    names = mine[:_NAMED] + ([f"{len(mine) - _NAMED} more"] if len(mine) > _NAMED else [])
    wait = "waits" if len(mine) == 1 else "wait"
    return f"{plural(len(mine), 'conflict')} {wait} to be settled: {listed(names)}. What stands is shown."
