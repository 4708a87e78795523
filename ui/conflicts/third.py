"""The field in which something else than either is written."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from risk_register.domain.conflict import OpenConflict, home
from risk_register.domain.kinds import KINDS, LOG_KINDS
from risk_register.domain.record import bare, hints, merge_groups, specs
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, LineField, RecordField, TextField, choices_of
from ui.number import NumberField


def can_have_third(conflict: OpenConflict) -> bool:
    """Whether there is a field for it: not for scores, nor where several fields mean something only together."""
    names = merge_groups(conflict.kind).get(conflict.field, ())
    if len(names) != 1 or conflict.stands.record is None or conflict.beside.record is None:
        return False
    spec, hint = specs(conflict.kind)[names[0]], bare(hints(conflict.kind)[names[0]])
    if spec.refers:
        return KINDS[spec.refers] not in LOG_KINDS
    return isinstance(hint, type) and issubclass(hint, (str, Enum, date, Decimal))


def third_field(desk: Desk, conflict: OpenConflict) -> Any:  # noqa: ANN401  a Field that is a widget
    """A field of the right kind, which holds what stands."""
    name = merge_groups(conflict.kind)[conflict.field][0]
    spec, hint = specs(conflict.kind)[name], hints(conflict.kind)[name]
    kind = bare(hint)
    field: Any
    if kind is UUID:
        listed = KINDS[spec.refers]
        programme = getattr(home(conflict, desk.book), "programme", desk.programme)
        owned = "programme" in specs(listed)
        field = RecordField(
            desk, lambda book: book.where(listed, "programme", programme) if owned else book.all(listed), None, "None"
        )
        field.fill(desk.book)
    elif issubclass(kind, Enum):
        field = ChoiceField(choices_of(kind), None if kind is hint else "None")
    elif kind is Decimal:
        field = NumberField()
    elif issubclass(kind, date):
        field = DateField(desk.today, clearable=kind is not hint)
    else:
        field = TextField(lines=3) if spec.lines else LineField()
    field.set_value(getattr(conflict.stands.record, name))
    field.setAccessibleName(spec.label)
    return field
