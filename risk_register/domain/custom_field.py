"""Fields that a programme adds to its risks and actions, and what stands in them."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import ClassVar
from uuid import UUID, uuid5

from risk_register.domain.record import Record, line, other, plain_decimal, refers
from risk_register.domain.text import figures, fold, one_line, read_day, read_number, short_day


class FieldType(Enum):
    """What a custom field holds."""

    text = "Text"
    number = "Number"
    day = "Date"
    choice = "Choice"


class About(Enum):
    """Which records have a custom field."""

    risks = "Risks"
    actions = "Actions"
    both = "Risks and actions"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField(Record):
    """A field of the programme's own: what it is called, what it holds, and which records have it."""

    called: ClassVar[str] = "field"
    groups: ClassVar[tuple[tuple[str, ...], ...]] = (("holds", "choices"),)

    programme: UUID = refers("Programme", required=True)
    name: str = line("Name", required=True)
    about: About = other("Belongs to", About.risks)
    holds: FieldType = other("Holds", FieldType.text)
    choices: tuple[str, ...] = other("Choices", ())

    @property
    def label(self) -> str:
        """Its name."""
        return self.name

    def plain(self, typed: str) -> str | None:
        """What was typed in the one form in which it is kept: `12.5`, `2026-11-24`; None where the field can't hold it."""
        typed = one_line(typed)
        match self.holds:
            case FieldType.text:
                return typed
            case FieldType.number:
                number = read_number(typed)
                return plain_decimal(number) if number is not None else None
            case FieldType.day:
                day = read_day(typed)
                return day.isoformat() if day else None
            case FieldType.choice:
                return next((choice for choice in self.choices if fold(choice) == fold(typed)), None)

    def shown(self, text: str) -> str:
        """What is kept as people read it: `1,234.5`, `24 Nov 2026`."""
        value = self.parsed(text)
        if isinstance(value, Decimal):
            return figures(value)
        return short_day(value) if isinstance(value, date) else text

    def parsed(self, text: str) -> Decimal | date | str:
        """What is kept as one sorts by it; the text itself where it does not fit, as after the field was changed."""
        if self.holds is FieldType.number:
            return number if (number := read_number(text)) is not None else text
        if self.holds is FieldType.day:
            with suppress(ValueError):
                return date.fromisoformat(text)
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskValue(Record):
    """What stands in a custom field of a risk.

    Its id follows from the field's and the risk's: two copies that fill the same field make the same record, so that
    other values are a conflict and not two answers beside each other.
    """

    called: ClassVar[str] = "value of a field"

    risk: UUID = refers("Risk", required=True)
    field: UUID = refers("CustomField", "Field", required=True)
    text: str = line("Value", required=True)

    @property
    def of(self) -> UUID:
        """The id of the risk."""
        return self.risk


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionValue(Record):
    """What stands in a custom field of an action; its id is made as a risk's is."""

    called: ClassVar[str] = "value of a field"

    action: UUID = refers("Action", required=True)
    field: UUID = refers("CustomField", "Field", required=True)
    text: str = line("Value", required=True)

    @property
    def of(self) -> UUID:
        """The id of the action."""
        return self.action


CustomValue = RiskValue | ActionValue


def value_id(field: UUID, record: UUID) -> UUID:
    """The id of what stands in a field of a record."""
    return uuid5(field, str(record))
