"""Custom fields: adding one to a programme, and filling it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import Unchanged, added, edited, new
from risk_register.domain.custom_field import About, ActionValue, CustomField, CustomValue, FieldType, RiskValue
from risk_register.domain.errors import Conflict, Refused, Stale
from risk_register.domain.fields import empty_value
from risk_register.domain.risk import Risk
from risk_register.domain.tags import as_tags
from risk_register.domain.text import one_line

if TYPE_CHECKING:
    from risk_register.domain.record import Record


def add_field(
    *,
    programme: UUID,
    name: str,
    about: About = About.risks,
    holds: FieldType = FieldType.text,
    choices: tuple[str, ...] = (),
) -> Command:
    """Add a field to the programme's risks, actions, or both."""
    field = new(CustomField, programme=programme, name=name, about=about, holds=holds, choices=as_tags(choices))
    return lambda _book: Edit(f"Added the field “{field.name}”", added(field))


def edit_field(seen: CustomField, **values: Any) -> Command:  # noqa: ANN401
    """Change what a field is called, holds, or belongs to."""
    if "choices" in values:
        values["choices"] = as_tags(values["choices"])
    return lambda book: edited(book, seen, values, of=f"the field “{seen.name}”")


def remove_field(field: CustomField) -> Command:
    """Remove a field with all that stands in it."""

    def command(book: Book) -> Edit:
        now = book.get(CustomField, field.id)
        kept: list[Record] = [*book.where(RiskValue, "field", now.id), *book.where(ActionValue, "field", now.id)]
        return Edit(f"Removed the field “{now.name}”", tuple(Change(item, None) for item in (*kept, now)))

    return command


def fill_field(seen: CustomValue, *, text: str) -> Command:
    """Put something into a field of a record as its author saw it; nothing clears it.

    Raises Refused where the field can't hold it, Conflict where somebody has filled it meanwhile.
    """

    def command(book: Book) -> Edit:
        field = book.get(CustomField, seen.field)
        record: Risk | Action
        record = book.get(Risk, seen.of) if isinstance(seen, RiskValue) else book.get(Action, seen.of)
        label = f"{'Set' if one_line(text) else 'Cleared'} {field.name} of {record.label}"
        now = book.find(type(seen), seen.id)
        if now is not None and not one_line(text):
            if now.text != seen.text:
                raise Conflict(
                    f"Somebody has changed {field.name} of {record.label} to “{field.shown(now.text)}” meanwhile. Look at "
                    "that, then decide.",
                    (Stale(type(seen).__name__, seen.id, "text", seen.text, now.text, ""),),
                )
            return Edit(label, (Change(now, None),))
        plain = field.plain(text)
        if plain is None:
            raise misfit(field, text)
        if now is not None:
            return edited(book, seen, {"text": plain}, label)
        if not plain:
            raise Unchanged
        return Edit(label, added(replace(seen, text=plain)))

    return command


def give_value(*, field: UUID, text: str, risk: UUID | None = None, action: UUID | None = None) -> Command:
    """Put something into a field of a risk or an action, whatever stands there."""
    kind, record = (Risk, risk) if risk else (Action, action)
    assert record, "a risk or an action is named"
    empty = empty_value(kind, record, field)
    return lambda book: fill_field(book.find(type(empty), empty.id) or empty, text=text)(book)


def misfit(field: CustomField, text: str) -> Refused:
    """Say why a field can't hold a text."""
    told = f"{field.name}: “{text:.60}” "
    match field.holds:
        case FieldType.number:
            told += "is no number. Write it as 45 or 12.5."
        case FieldType.day:
            told += "is no date. Write it as 24/11/2026."
        case _:
            told += f"is none of its choices. Choose one of {', '.join(field.choices) or 'them, once there are any'}."
    return Refused(told, field="text", value=text)
