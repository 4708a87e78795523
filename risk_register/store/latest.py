"""Which of a risk's scores and reviews is the latest, of all there are and not just those a book holds."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from risk_register.domain.change import Change, Edit
from risk_register.domain.review import Review
from risk_register.domain.risk import Assessment, AssessmentKind, Risk
from risk_register.store import rows
from risk_register.store.tables import TABLES

_SCORES, _REVIEWS = TABLES[Assessment], TABLES[Review]


def uncovered(connection: sa.Connection, edit: Edit) -> Edit:
    """The edit, its risks pointing to their latest scores and reviews after it.

    Taking the latest away uncovers the latest that is left, which may have been added since.
    """
    gone = {change.id for change in edit.changes if change.after is None}
    come = [change.after for change in edit.changes if change.after is not None]

    def score(risk: Risk, kind: AssessmentKind) -> Assessment | None:
        found = rows.read(connection, Assessment, _SCORES.c.risk == risk.id, _SCORES.c.kind == kind)
        left = [item for item in found if item.id not in gone]
        left += [item for item in come if isinstance(item, Assessment) and item.risk == risk.id and item.kind is kind]
        return max(left, key=lambda item: (item.on, item.id), default=None)

    def review(risk: Risk) -> Review | None:
        left = [item for item in rows.read(connection, Review, _REVIEWS.c.risk == risk.id) if item.id not in gone]
        left += [item for item in come if isinstance(item, Review) and item.risk == risk.id]
        return max(left, key=lambda item: (item.on, item.id), default=None)

    changes = []
    for change in edit.changes:
        after = change.after
        if isinstance(after, Risk):
            points: dict[str, Any] = {
                kind.name: item.id if (item := score(after, kind)) else None
                for kind in AssessmentKind
                if kind.name in change.fields
            }
            if "reviewed" in change.fields:
                points["reviewed"] = made.id if (made := review(after)) else None
            after = replace(after, **points)
        changes.append(Change(change.before, after))
    return replace(edit, changes=tuple(changes))
