"""What must hold of fields of a programme's own, and of what stands in them."""

from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.custom_field import ActionValue, CustomField, CustomValue, FieldType, RiskValue
from risk_register.domain.errors import Refused
from risk_register.domain.fields import has_field
from risk_register.domain.risk import Risk


def check_custom_field(field: CustomField, book: Book) -> None:
    """What stands in a field fits it still. Raises Refused."""
    values: list[CustomValue] = [*book.where(RiskValue, "field", field.id), *book.where(ActionValue, "field", field.id)]
    for value in values:
        kind = Risk if isinstance(value, RiskValue) else Action
        record = book.get(kind, value.of)
        if not has_field(kind, field):
            raise Refused(
                f"{record.label} holds “{value.text:.40}” in {field.name}. Clear that first, or let it belong to both.",
                field="about",
                value=field.about,
            )
        if field.plain(value.text) != value.text:
            raise Refused(
                f"{record.label} holds “{value.text:.40}” in {field.name}, which would not fit any more. Change that first.",
                field="choices" if field.holds is FieldType.choice and field.choices else "holds",
                value=field.holds,
            )


def check_value(value: CustomValue, book: Book) -> None:
    """A value fits its field. Raises Refused."""
    field = book.get(CustomField, value.field)
    kind = Risk if isinstance(value, RiskValue) else Action
    if not has_field(kind, field):
        raise Refused(f"{field.name} is no field of {kind.called}s.", field="field", value=field.id)
    if field.plain(value.text) != value.text:
        raise Refused(f"{field.name} can't hold “{value.text:.60}”.", field="text", value=value.text)
