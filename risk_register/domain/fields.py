"""Questions asked of custom fields: which there are, and what stands in them."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.custom_field import About, ActionValue, CustomField, CustomValue, RiskValue, value_id
from risk_register.domain.risk import Risk
from risk_register.domain.text import fold

_ABOUT: dict[type[Risk | Action], About] = {Risk: About.risks, Action: About.actions}


def has_field(kind: type[Risk | Action], field: CustomField) -> bool:
    """Whether records of a kind have a custom field."""
    return field.about in (_ABOUT[kind], About.both)


def fields_of(book: Book, programme: UUID | None, kind: type[Risk | Action]) -> list[CustomField]:
    """The custom fields of a programme's risks or actions, in the order in which they were added."""
    found = [field for field in book.where(CustomField, "programme", programme) if has_field(kind, field)]
    return sorted(found, key=lambda field: field.id)  # so that a new one moves no column of a table


def empty_value(kind: type[Risk | Action], record: UUID, field: UUID) -> CustomValue:
    """What stands in a field that is not filled: a value that is not in the register."""
    id = value_id(field, record)
    if kind is Risk:
        return RiskValue(id=id, risk=record, field=field, text="")
    return ActionValue(id=id, action=record, field=field, text="")


def value_of(book: Book, record: Risk | Action, field: UUID) -> CustomValue:
    """What stands in a field of a record; an empty value where it is not filled."""
    empty = empty_value(type(record), record.id, field)
    return book.find(type(empty), empty.id) or empty


def shown_value(book: Book, record: Risk | Action, field: CustomField) -> str:
    """What stands in a field of a record as people read it; "" where it is not filled."""
    text = value_of(book, record, field.id).text
    return field.shown(text) if text else ""


def sort_value(book: Book, record: Risk | Action, field: CustomField) -> Any:  # noqa: ANN401  what can be compared
    """What to order records by: numbers and days by what they are, before what does not fit; None where not filled."""
    text = value_of(book, record, field.id).text
    return _order(field, text) if text else None


def _order(field: CustomField, text: str) -> tuple[int, Any]:
    value = field.parsed(text)
    return (0, value) if isinstance(value, (Decimal, date)) else (1, fold(value))


def values_in_use(book: Book, kind: type[Risk | Action], field: CustomField) -> list[str]:
    """Every value that stands in a field of risks or of actions, as people read it, in its order."""
    held: tuple[CustomValue, ...]
    held = book.where(RiskValue, "field", field.id) if kind is Risk else book.where(ActionValue, "field", field.id)
    texts = {value.text for value in held}
    return [field.shown(text) for text in sorted(texts, key=lambda text: _order(field, text))]
