"""Who is accountable, who does it, which board sees it: asked of every item, and what of it nobody has answered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from risk_register.domain import views
from risk_register.domain.action import Action, Mitigation
from risk_register.domain.book import Book
from risk_register.domain.control import Control
from risk_register.domain.decision import Decision
from risk_register.domain.governance import Board, Membership, Person
from risk_register.domain.issue import Assumption, AssumptionState, Dependency, Issue
from risk_register.domain.kinds import KINDS
from risk_register.domain.plan import Outcome, Recommendation
from risk_register.domain.record import Record, references, specs
from risk_register.domain.risk import Risk, RiskStatus
from risk_register.domain.text import listed, plural, short_day
from risk_register.domain.tree import circle

ITEMS: tuple[type[Record], ...] = (Outcome, Risk, Action, Decision, Issue, Assumption, Dependency, Board)
"""What somebody must answer for: the plan, what threatens it, what is done and asked, and the boards."""
_SAID = {(Decision, "decided_by")}
"""Fields that name somebody for what they did, not for what they are to do: whoever leaves has still done it."""


def title(record: Record) -> str:
    """What an item is about, on one line."""
    told = next((found for name in ("title", "question", "want", "name") if (found := getattr(record, name, ""))), "")
    return " ".join(told.split())


def words(record: Record) -> str:
    """An item as lists name it: `R-004  Delayed strategy`; a name alone where that is all there is."""
    about = title(record)
    return record.label if about in ("", record.label) else f"{record.label}  {about}"


def is_current(record: Record) -> bool:
    """Whether somebody has still to answer for it: no closed risk, finished action or decision taken."""
    match record:
        case Risk():
            return record.status is not RiskStatus.closed
        case Action():
            return record.is_open
        case Decision():
            return record.decided_on is None
        case Issue():
            return record.resolved_on is None
        case Assumption():
            return record.state in (AssumptionState.holds, AssumptionState.doubtful)
        case Dependency():
            return record.is_open
        case _:
            return True


def items(book: Book, programme: UUID) -> Iterator[Record]:
    """All that somebody must answer for, in the order of ITEMS."""
    for recommendation in book.where(Recommendation, "programme", programme):
        yield from book.where(Outcome, "recommendation", recommendation.id)
    for kind in (Risk, Action, Decision, Issue, Assumption, Dependency):
        yield from filter(is_current, book.where(kind, "programme", programme))
    yield from book.where(Board, "programme", programme)


# -- who answers for an item


def accountable(book: Book, record: Record) -> list[Person]:
    """Who answers for it: the owner of a risk; of an action the owners of its risks; else the board's chair."""
    match record:
        case Risk() | Issue() | Assumption() | Dependency():
            return _people(book, [record.owner])
        case Action():
            return _people(book, [risk.owner for risk in views.risks_of(book, record.id)])
        case Board():
            return _people(book, [record.chair])
        case _:
            return _people(book, [board.chair for board in overseers(book, record)])


def doers(book: Book, record: Record) -> list[Person]:
    """Who does it: the owner of an action; of a risk the owners of its open actions; the lead of an outcome."""
    match record:
        case Risk():
            return _people(book, [action.owner for action in views.actions_of(book, record.id) if action.is_open])
        case Action():
            return _people(book, [record.owner])
        case Outcome():
            return _people(book, [record.lead])
        case _:
            return []


def overseers(book: Book, record: Record) -> list[Board]:
    """The boards that see it: of an action those of its risks, of a board the one it reports to."""
    match record:
        case Action():
            ids = [risk.board for risk in views.risks_of(book, record.id)]
        case Board():
            ids = [record.parent]
        case _:
            ids = [getattr(record, "board", None)]
    return [board for id in dict.fromkeys(ids) if (board := book.find(Board, id))]


def _people(book: Book, ids: Iterable[UUID | None]) -> list[Person]:
    return [person for id in dict.fromkeys(ids) if (person := book.find(Person, id))]


def overseen(book: Book, board: Board) -> list[Record]:
    """What a board sees itself: its outcomes, its risks by score (a workstream's too), its issues and decisions."""
    named = [*book.where(Risk, "board", board.id), *book.where(Risk, "workstream", board.id)]
    risks = {risk.id: risk for risk in named if is_current(risk)}
    return [
        *sorted(book.where(Outcome, "board", board.id), key=lambda outcome: outcome.number),
        *sorted(risks.values(), key=lambda risk: (-views.current_score(book, risk), risk.reference)),
        *filter(is_current, (*book.where(Issue, "board", board.id), *book.where(Dependency, "board", board.id))),
        *views.open_decisions(book, board.programme, board.id),
    ]


# -- gaps


@dataclass(frozen=True, slots=True)
class Gap:
    """An item for which nobody, no board, or somebody who is gone answers; and that in words."""

    record: Record
    lacks: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What is lacking: `no owner and no board`."""
        return listed(list(self.lacks))


def gaps(book: Book, programme: UUID, today: date) -> list[Gap]:
    """The gaps in accountability of a programme."""
    found = ((record, lacks(book, record, today)) for record in items(book, programme))
    return [Gap(record, told) for record, told in found if told]


def lacks(book: Book, record: Record, today: date) -> tuple[str, ...]:
    """What an item lacks for somebody to answer for it; nothing for a draft that has not been opened yet."""
    match record:
        case Risk(status=RiskStatus.draft):
            return ()
        case Risk():
            own = [_lack(book, record, "owner", today), "" if record.board else "no board"]
        case Action():
            served = book.where(Mitigation, "action", record.id)
            own = [_lack(book, record, "owner", today), "" if served else "no risk, so no board sees it"]
        case Outcome():
            own = [_lack(book, record, "lead", today), "" if record.board else "no board"]
        case Issue() | Dependency():
            own = [_lack(book, record, "owner", today), "" if record.board else "no board"]
        case Assumption():
            own = [_lack(book, record, "owner", today)]
        case Board():
            around = circle(book, record)
            own = [
                f"reports to itself by {listed([board.label for board in around])}" if around else "",
                _lack(book, record, "chair", today),
                *_gone_members(book, record, today),
            ]
        case _:
            own = []
    return tuple(lack for lack in own if lack)


def _lack(book: Book, record: Record, field: str, today: date) -> str:
    person = book.find(Person, getattr(record, field))
    if person is not None and not person.has_left(today):
        return ""
    name = specs(type(record))[field].label.lower()
    return f"no {name}" if person is None else f"the {name} left on {short_day(person.left_on)}"


def _gone_members(book: Book, board: Board, today: date) -> Iterator[str]:
    for membership in book.where(Membership, "board", board.id):
        person = book.get(Person, membership.person)
        if person.has_left(today):
            yield f"{person.label}, a member, has left"


# -- what one person holds


@dataclass(frozen=True, slots=True)
class Post:
    """A field by which records name a person: the owner of risks, the chair of boards."""

    kind: type[Record]
    field: str

    def told(self, number: int) -> str:
        """In words, with how many: `Owner of 3 risks`."""
        if self.kind is Membership:
            return f"Member of {plural(number, 'board')}"
        called = self.kind.called
        many = f"{called[:-1]}ies" if called.endswith("y") else f"{called}s"
        return f"{specs(self.kind)[self.field].label} of {plural(number, called, many)}"


def held(book: Book, person: UUID) -> Mapping[Post, list[Any]]:
    """All that names somebody for what they are still to do, by post."""
    found: dict[Post, list[Any]] = {}
    for kind in KINDS.values():
        for field, target in references(kind).items():
            if target == Person.__name__ and (kind, field) not in _SAID:
                records = [record for record in book.where(kind, field, person) if _is_live(book, record)]
                if records:
                    found[Post(kind, field)] = records
    return found


def _is_live(book: Book, record: Record) -> bool:
    """Whether a record, and the risk that it is a part of, is still to be answered for."""
    risk = book.find(Risk, getattr(record, "risk", None)) if isinstance(record, Control) else None
    return is_current(record) and (risk is None or is_current(risk))
