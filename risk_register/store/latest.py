"""Which of a risk's scores is the latest, of all there are and not just those a book holds."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from risk_register.domain.change import Change, Edit
from risk_register.domain.risk import Assessment, AssessmentKind, Risk
from risk_register.store import rows
from risk_register.store.tables import TABLES

_SCORES = TABLES[Assessment]


def uncovered(connection: sa.Connection, edit: Edit) -> Edit:
    """The edit, its risks pointing to their latest scores after it.

    Taking the latest score away uncovers the latest that is left, which may have been added since.
    """
    gone = {change.id for change in edit.changes if change.after is None}
    come = [change.after for change in edit.changes if isinstance(change.after, Assessment)]

    def latest(risk: Risk, kind: AssessmentKind) -> Assessment | None:
        found = rows.read(connection, Assessment, _SCORES.c.risk == risk.id, _SCORES.c.kind == kind)
        left = [item for item in found if item.id not in gone]
        left += [item for item in come if item.risk == risk.id and item.kind is kind]
        return max(left, key=lambda item: (item.on, item.id), default=None)

    changes = []
    for change in edit.changes:
        after = change.after
        if isinstance(after, Risk):
            kinds = [kind for kind in AssessmentKind if kind.name in change.fields]
            found = {kind.name: latest(after, kind) for kind in kinds}
            points: dict[str, Any] = {name: item.id if item else None for name, item in found.items()}
            after = replace(after, **points)
        changes.append(Change(change.before, after))
    return replace(edit, changes=tuple(changes))
