"""Small registers to test on."""

import types
import typing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from risk_register.domain.action import Action
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.action import add_action
from risk_register.domain.commands.governance import add_board, add_person
from risk_register.domain.commands.programme import add_programme
from risk_register.domain.commands.risk import add_risk, rescore
from risk_register.domain.programme import Programme
from risk_register.domain.record import Record, bare, hints
from risk_register.domain.risk import AssessmentKind, Risk
from risk_register.store.register import Register

RAISED = date(2026, 1, 5)
SCORED = date(2026, 2, 2)
TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Made:
    """The ids of what `made_in` made."""

    register: Register
    programme: UUID
    owner: UUID
    board: UUID
    risk: UUID
    other: UUID
    action: UUID

    def run(self, command: Command, **told: Any) -> Edit:
        return self.register.run(command, **({"who": "me"} | told))

    def now(self) -> Risk:
        return self.register.book.get(Risk, self.risk)

    def now_action(self) -> Action:
        return self.register.book.get(Action, self.action)


def first_id(edit: Edit) -> UUID:
    return edit.changes[0].id


def made_in(register: Register) -> Made:
    def run(command: Command) -> UUID:
        return first_id(register.run(command, who="me", when=datetime(2026, 2, 2, 9, tzinfo=UTC)))

    programme = run(add_programme(name="SEND improvement"))
    # A programme brings its matrix and categories: the programme is the one that was asked for.
    programme = next(iter(register.book.all(Programme))).id
    owner = run(add_person(programme=programme, name="", role="Director of Education"))
    board = run(add_board(programme=programme, name="Partnership Board", short="SENDB"))
    risk = run(
        add_risk(
            programme=programme,
            title="ICB reorganisation",
            raised_on=RAISED,
            cause="the ICB is being reorganised",
            event="the children's agenda loses its sponsor",
            effect="children waiting longer",
            owner=owner,
        )
    )
    other = run(add_risk(programme=programme, title="AP not represented", raised_on=RAISED, event="AP is not heard"))
    scored = register.book.get(Risk, risk)
    run(rescore(scored, kind=AssessmentKind.current, likelihood=4, impact=5, on=SCORED, why="The consultation began"))
    action = run(add_action(programme=programme, title="Name a sponsor", risks=[risk], expected=date(2026, 6, 1)))
    return Made(register, programme, owner, board, risk, other, action)


# -- any record


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
NUMBERS = (
    st.decimals(-(10**12) + 1, 10**12 - 1, places=6) | st.decimals(-99, 99, places=1) | st.just(Decimal("1.250E+3"))
)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a field's declared type."""
    kind = bare(hint)
    if typing.get_origin(kind) is tuple:
        found: st.SearchStrategy[Any] = st.lists(values_of(kind.__args__[0]), max_size=6).map(tuple)
    elif issubclass(kind, Enum):
        found = st.sampled_from(kind)
    else:
        found = {
            str: TEXTS,
            bool: st.booleans(),
            int: st.integers(-(2**31), 2**31 - 1),
            Decimal: NUMBERS,
            date: DAYS,
            datetime: st.datetimes(timezones=st.just(UTC)),
            UUID: st.uuids(),
        }[kind]
    return st.none() | found if isinstance(hint, types.UnionType) else found


def records_of(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Any record of a kind: each field any value of its type."""
    return st.builds(kind, **{name: values_of(hint) for name, hint in hints(kind).items()})
