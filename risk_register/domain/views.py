"""Questions that screens and reports ask of a book (or of two: movement). Nothing here is stored."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from risk_register.domain.action import Action, Mitigation
from risk_register.domain.audience import Audience, narrower, wider
from risk_register.domain.book import Book
from risk_register.domain.change import Change
from risk_register.domain.decision import Decision
from risk_register.domain.errors import Refused
from risk_register.domain.issue import Assumption, Dependency, Issue
from risk_register.domain.kinds import KINDS
from risk_register.domain.matrix import Matrix
from risk_register.domain.programme import Programme
from risk_register.domain.record import Record, references, specs
from risk_register.domain.reference import in_order
from risk_register.domain.risk import Assessment, AssessmentKind, Risk, RiskKind, RiskStatus
from risk_register.domain.text import figures, long_day


def matrix_of(book: Book, programme: UUID) -> Matrix:
    """The matrix on which a programme's risks are scored."""
    return book.get(Matrix, book.get(Programme, programme).matrix)


def past(day: date, today: date) -> date:
    """A day as at which the register can be shown. Raises Refused where it is still to come."""
    if day > today:
        raise Refused(
            f"{long_day(day)} is still to come, so the register can't be shown as at that day. Give one up to today."
        )
    return day


def not_yet(programme: Programme, day: date, began: datetime) -> Refused:
    """What is said of a day on which a programme was not in the register; it `began` later."""
    first = began.astimezone().date()
    return Refused(
        f"{programme.name} was not in the register yet on {long_day(day)}. It has been since {long_day(first)}; give that "
        "day or a later one."
    )


def scores_with_bands(matrix: Matrix) -> list[tuple[int, int]]:
    """The score of every cell of a matrix, with the index of its band."""
    columns = len(matrix.impacts)
    return [((place // columns + 1) * (place % columns + 1), band) for place, band in enumerate(matrix.cells)]


def score(book: Book, risk: Risk, kind: AssessmentKind = AssessmentKind.current) -> Assessment | None:
    """The latest assessment of that kind."""
    return book.find(Assessment, getattr(risk, kind.name))


def band_name(book: Book, risk: Risk, kind: AssessmentKind = AssessmentKind.current) -> str:
    """The band a risk is in: `Extreme`; "" where it is not scored."""
    found = score(book, risk, kind)
    return matrix_of(book, risk.programme).band_name(*found.cell) if found else ""


def is_live(risk: Risk) -> bool:
    """Whether a risk is watched: open, or materialised and not yet closed."""
    return risk.status in (RiskStatus.open, RiskStatus.materialised)


def live_risks(book: Book, programme: UUID) -> list[Risk]:
    """The risks of a programme that are watched, greatest current score first, then by reference."""
    risks = [risk for risk in book.where(Risk, "programme", programme) if is_live(risk)]
    return sorted(risks, key=lambda risk: (-current_score(book, risk), in_order(risk.reference)))


def current_score(book: Book, risk: Risk) -> int:
    """The current score; 0 where there is none."""
    found = score(book, risk)
    return found.score if found else 0


def outside_target(book: Book, risk: Risk) -> bool:
    """Whether a watched risk has not reached its target: above it for a threat, below it for an opportunity."""
    now, target = score(book, risk), score(book, risk, AssessmentKind.target)
    if not (is_live(risk) and now and target):
        return False
    return now.score > target.score if risk.kind is RiskKind.threat else now.score < target.score


def actions_of(book: Book, risk: UUID) -> list[Action]:
    """The actions that serve a risk: open ones first, by expected date."""
    found = [book.get(Action, link.action) for link in book.where(Mitigation, "risk", risk)]
    return sorted(
        found, key=lambda action: (not action.is_open, action.expected or date.max, in_order(action.reference))
    )


def risks_of(book: Book, action: UUID) -> list[Risk]:
    """The risks that an action serves, by reference."""
    found = [book.get(Risk, link.risk) for link in book.where(Mitigation, "action", action)]
    return sorted(found, key=lambda risk: in_order(risk.reference))


def next_action(book: Book, risk: UUID) -> Action | None:
    """The open action of a risk that is expected first."""
    found = actions_of(book, risk)
    return found[0] if found and found[0].is_open else None


def late_actions(book: Book, programme: UUID, today: date) -> list[Action]:
    """The open actions past their expected date, latest first."""
    late = [action for action in book.where(Action, "programme", programme) if action.days_late(today)]
    return sorted(late, key=lambda action: (-action.days_late(today), in_order(action.reference)))


def open_decisions(book: Book, programme: UUID, board: UUID | None = None) -> list[Decision]:
    """The decisions asked and not taken, the first needed first; of one board where it is named."""
    asked = (item for item in book.where(Decision, "programme", programme) if item.decided_on is None)
    found = [item for item in asked if board in (None, item.board)]
    return sorted(found, key=lambda item: (item.needed_by or date.max, in_order(item.reference)))


class Direction(Enum):
    """What became of a risk between two days: the arrow and, never without it, the word."""

    up = ("▲", "Up")
    down = ("▼", "Down")
    unchanged = ("►", "Unchanged")
    new = ("★", "New")
    scored = ("●", "First scored")
    closed = ("■", "Closed")
    reopened = ("↺", "Reopened")
    unscored = ("–", "Not scored")

    @property
    def arrow(self) -> str:
        """A sign that prints in black and white."""
        return self.value[0]

    @property
    def word(self) -> str:
        """The word that goes with the sign."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Movement:
    """One risk on an earlier day and now. `then` and `now` are its current scores on those days."""

    risk: Risk
    then: Assessment | None
    now: Assessment | None
    direction: Direction

    @property
    def moved_cell(self) -> bool:
        """Whether it stands in another cell than it did."""
        return self.then is not None and self.now is not None and self.then.cell != self.now.cell


def movement(
    then: Book,
    now: Book,
    risk: Risk,
    kind: AssessmentKind = AssessmentKind.current,
    *,
    untold: Container[UUID] = (),
) -> Movement:
    """How `risk` (of the book `now`) moved since the book `then`; of those `untold` nothing earlier is said."""
    if risk.id in untold:
        return Movement(risk, None, score(now, risk, kind), Direction.new if is_live(risk) else Direction.unchanged)
    earlier = then.find(Risk, risk.id)
    was_live = earlier is not None and is_live(earlier)
    before = score(then, earlier, kind) if earlier is not None and was_live else None
    after = score(now, risk, kind)
    if before is not None and after is not None and before.id != after.id:
        before = _on_todays_matrix(then, now, before, risk)
    return Movement(risk, before, after, _direction(earlier, risk, before, after))


def _on_todays_matrix(then: Book, now: Book, before: Assessment, risk: Risk) -> Assessment:
    """An earlier score as it would stand now that the matrix has another size: what was only spread has not moved."""
    matrix, earlier = matrix_of(now, risk.programme), matrix_of(then, risk.programme)
    if matrix.size == earlier.size:
        return before
    likelihood, impact = matrix.mapped(before.cell, earlier)
    return replace(before, likelihood=likelihood, impact=impact)


def _direction(earlier: Risk | None, risk: Risk, before: Assessment | None, after: Assessment | None) -> Direction:
    if risk.status is RiskStatus.closed:
        # One that was raised and closed in between has closed too.
        was_closed = earlier is not None and earlier.status is RiskStatus.closed
        return Direction.unchanged if was_closed else Direction.closed
    if risk.status is RiskStatus.draft:
        return Direction.unchanged
    if earlier is None or earlier.status is RiskStatus.draft:
        return Direction.new
    if earlier.status is RiskStatus.closed:
        return Direction.reopened
    if after is None:
        return Direction.unscored
    if before is None:
        return Direction.scored
    if before.score == after.score:
        return Direction.unchanged
    return Direction.up if after.score > before.score else Direction.down


def movements(then: Book, now: Book, programme: UUID, *, untold: Container[UUID] = ()) -> list[Movement]:
    """How each watched risk moved, greatest score first, and after them those closed since."""
    live = [movement(then, now, risk, untold=untold) for risk in live_risks(now, programme)]
    others = sorted(
        (risk for risk in now.where(Risk, "programme", programme) if not is_live(risk)),
        key=lambda risk: in_order(risk.reference),
    )
    ended = [movement(then, now, risk, untold=untold) for risk in others]
    return live + [item for item in ended if item.direction is Direction.closed]


def by_cell(book: Book, risks: Iterable[Risk], kind: AssessmentKind) -> dict[tuple[int, int], list[Risk]]:
    """The risks standing in each cell (likelihood, impact) of the matrix, by reference; unscored ones in none."""
    cells: dict[tuple[int, int], list[Risk]] = {}
    for risk in sorted(risks, key=lambda item: in_order(item.reference)):
        found = score(book, risk, kind)
        if found:
            cells.setdefault(matrix_of(book, risk.programme).nearest(found.cell), []).append(risk)
    return cells


# -- for whose eyes


def audience_of(book: Book, record: Record) -> Audience:
    """Who may see a record: those of its own mark; and one about a risk (or several) only who may see that.

    An action that serves several risks is for those who may see any of them. What bears no mark is for everybody.
    """
    match record:
        case Risk():
            return record.audience
        case Action():
            served = [book.get(Risk, link.risk).audience for link in book.where(Mitigation, "action", record.id)]
            return narrower(record.audience, wider(*served)) if served else record.audience
        case Decision() | Issue() | Assumption():
            risk = book.find(Risk, record.risk)
            return narrower(record.audience, risk.audience) if risk else record.audience
        case Dependency():
            return record.audience
        case _:
            return Audience.public


def for_audience(book: Book, audience: Audience, today: Book | None = None) -> Book:
    """`book` as an audience may see it: without what is hidden from it, and without what belongs to that.

    For a book of the past give `today`'s too. Then a mark of either day hides: what is restricted now is not to be read
    in what was said before it was; and who marks a record for more eyes releases it as it is, not what was said of it
    while it was for few.
    """
    seen = {mark for mark in Audience if audience.may_see(mark)}
    hidden = _hidden(today, seen, set()) if today is not None and today is not book else set[UUID]()
    hidden = _hidden(book, seen, hidden)
    gone: dict[type[Record], dict[UUID, Record]] = {kind: {} for kind in KINDS.values()}
    for marked in (Risk, Action, Decision, Issue, Assumption, Dependency):
        gone[marked] = {id: record for id in hidden if (record := book.find(marked, id)) is not None}
    links = [
        (kind, name, gone[KINDS[target]], specs(kind)[name].required)
        for kind in KINDS.values()
        for name, target in references(kind).items()
    ]
    # The kinds stand in an order in which each follows what it must refer to, so one pass finds all that must go. Rows
    # are looked through rather than indexed: this is asked once of a book, and an index costs ten times as much.
    for kind, name, lost, required in links:
        if required and lost:
            gone[kind] |= {row.id: row for row in book.all(kind) if getattr(row, name) in lost}
    left: dict[UUID, tuple[Record, dict[str, Any]]] = {}
    for kind, name, lost, required in links:
        for row in book.all(kind) if lost and not required else ():
            if getattr(row, name) in lost and row.id not in gone[kind]:
                left.setdefault(row.id, (row, {}))[1][name] = None
    removed = [Change(record, None) for records in gone.values() for record in records.values()]
    return book.apply([*removed, *(Change(row, replace(row, **nothing)) for row, nothing in left.values())])


def hidden_risks(book: Book, audience: Audience) -> set[UUID]:
    """The risks of a book that an audience may not see, by the marks in that book."""
    return {risk.id for risk in book.all(Risk) if not audience.may_see(risk.audience)}


def _hidden(book: Book, seen: Container[Audience], hidden: set[UUID]) -> set[UUID]:
    """`hidden`, and the ids of all that is marked and hidden in this book, or about what is."""
    found = hidden | {risk.id for risk in book.all(Risk) if risk.audience not in seen}
    links = list(book.all(Mitigation))
    found |= {link.action for link in links} - {link.action for link in links if link.risk not in found}
    found |= {action.id for action in book.all(Action) if action.audience not in seen}
    about: list[Decision | Issue | Assumption] = [*book.all(Decision), *book.all(Issue), *book.all(Assumption)]
    found |= {item.id for item in about if item.audience not in seen or item.risk in found}
    return found | {item.id for item in book.all(Dependency) if item.audience not in seen}


def shown(book: Book, record: Record, field: str) -> str:
    """A field's value as people read it: names for ids, words for choices, British dates."""
    return shown_value(book, type(record), field, getattr(record, field))


def shown_value(book: Book, kind: type[Record], field: str, value: object) -> str:
    """A value of that field as people read it."""
    match value:
        case None:
            return ""
        case UUID():
            found = book.find(KINDS[specs(kind)[field].refers], value)
            if isinstance(found, Assessment):
                return f"{found.score} ({found.likelihood} x {found.impact})"
            return found.label if found else ""
        case Enum():
            return str(value.value)
        case date():
            return f"{value:%d/%m/%Y}"
        case Decimal():
            return figures(value)
        case tuple():
            return ", ".join(str(item) for item in value)
        case _:
            return str(value)
