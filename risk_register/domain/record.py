"""What every record has in common: an identity and fields that say what they may hold."""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, TypeVar
from uuid import UUID

T = TypeVar("T")

LINE = 300
"""Longest text of one line, in characters."""
PROSE = 50_000
"""Longest running text, in characters."""


@dataclass(frozen=True, slots=True)
class Spec:
    """What one field may hold, told once for checks, tables, forms and history.

    `refers` is the kind of record that a UUID names; `low` and `high` bound a number; `lines` says that line breaks
    are kept.
    """

    label: str
    required: bool = False
    limit: int = 0
    lines: bool = False
    low: int | None = None
    high: int | None = None
    refers: str = ""


def line(label: str, *, required: bool = False) -> Any:  # noqa: ANN401  stands where a dataclass field's default does
    """Make a field of one line of text."""
    return field(default="", metadata={"spec": Spec(label, required=required, limit=LINE)})


def prose(label: str) -> Any:  # noqa: ANN401
    """Make a field of running text."""
    return field(default="", metadata={"spec": Spec(label, limit=PROSE, lines=True)})


def refers(kind: str, label: str = "", *, required: bool = False) -> Any:  # noqa: ANN401
    """Make a field that names another record by its id."""
    spec = Spec(label or kind, required=required, refers=kind)
    return field(metadata={"spec": spec}) if required else field(default=None, metadata={"spec": spec})


def number(label: str, default: int | None, low: int, high: int) -> Any:  # noqa: ANN401
    """Make a field of a whole number from `low` to `high`."""
    return field(default=default, metadata={"spec": Spec(label, low=low, high=high)})


def other(label: str, default: object = ...) -> Any:  # noqa: ANN401
    """Make a field of any other type: a date, a choice, a list. Without a default it must be given."""
    spec = Spec(label, required=default is ...)
    return field(metadata={"spec": spec}) if default is ... else field(default=default, metadata={"spec": spec})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that a register holds. Never changed: an edit replaces it by another with the same id.

    `groups` are its merge groups: fields that mean something only together, so that they are compared, journalled and
    merged as one. A group bears the name of its first field. `called` is what people call one of the kind.
    """

    groups: ClassVar[tuple[tuple[str, ...], ...]] = ()
    called: ClassVar[str] = "record"

    id: UUID

    @property
    def label(self) -> str:
        """What people call this one: `R-004`, `Operations Group`."""
        return self.called


def _worked_out_once(question: Callable[[type[Record]], T]) -> Callable[[type[Record]], T]:
    """Remember the answer for each kind: kinds do not change while the program runs."""
    answers: dict[type[Record], T] = {}

    def remembered(kind: type[Record]) -> T:
        if kind not in answers:
            answers[kind] = question(kind)
        return answers[kind]

    return remembered


@_worked_out_once
def specs(kind: type[Record]) -> Mapping[str, Spec]:
    """Every field of `kind` but its id, in the order declared."""
    return {item.name: item.metadata["spec"] for item in fields(kind) if item.name != "id"}


@_worked_out_once
def hints(kind: type[Record]) -> Mapping[str, Any]:
    """The declared type of each field, id included."""
    told = typing.get_type_hints(kind)
    return {item.name: told[item.name] for item in fields(kind)}


def bare(hint: Any) -> Any:  # noqa: ANN401
    """The type without its `| None`."""
    if isinstance(hint, types.UnionType):
        return next(part for part in hint.__args__ if part is not type(None))
    return hint


@_worked_out_once
def merge_groups(kind: type[Record]) -> Mapping[str, tuple[str, ...]]:
    """Every merge group of `kind` by name: those declared, and each other field by itself."""
    named = {group[0]: group for group in kind.groups}
    grouped = {name for group in kind.groups for name in group}
    return named | {name: (name,) for name in specs(kind) if name not in grouped}


@_worked_out_once
def references(kind: type[Record]) -> Mapping[str, str]:
    """The fields of `kind` that name other records, with the kind each names."""
    return {name: spec.refers for name, spec in specs(kind).items() if spec.refers}


def values(record: Record) -> dict[str, Any]:
    """All fields of a record, id included."""
    return {item.name: getattr(record, item.name) for item in fields(record)}


# -- plain values: how a field stands in the journal, in JSON, and in exports


def to_plain(value: object) -> Any:  # noqa: ANN401  JSON has no narrower type
    """A field's value as JSON can hold it: enumerations by name, dates in ISO 8601 (moments in UTC), ids as text.

    A decimal is text too: a number of JSON would come back from PostgreSQL or a spreadsheet as a binary fraction.
    """
    match value:
        case Enum():
            return value.name
        case datetime():
            return value.isoformat()
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Decimal():
            return plain_decimal(value)
        case tuple():
            return [to_plain(item) for item in value]
        case _:
            return value


def from_plain(hint: Any, plain: Any) -> Any:  # noqa: ANN401
    """The value of declared type `hint` that `to_plain` turned into `plain`: exactly what went in.

    Raises ValueError or KeyError where it stands for nothing of that type.
    """
    if plain is None:
        return None
    kind = bare(hint)
    if typing.get_origin(kind) is tuple:
        return tuple(from_plain(kind.__args__[0], item) for item in plain)
    if issubclass(kind, Enum):
        return kind[plain]
    if kind in (datetime, date):
        return kind.fromisoformat(plain)
    if kind in (UUID, Decimal):
        return kind(plain)
    return plain


def plain_decimal(value: Decimal) -> str:
    """A decimal in its one form, whatever was typed: `12.5` for 12.50 and 1.25E+1, so that equal ones are equal as text."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
