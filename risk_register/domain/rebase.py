"""An edit put on today's book: what its author did, without what they did not touch."""

from dataclasses import replace

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Edit
from risk_register.domain.errors import Stale
from risk_register.domain.kinds import LOG_KINDS
from risk_register.domain.record import merge_groups, specs


def rebased(edit: Edit, book: Book) -> tuple[Edit, tuple[Stale, ...]]:
    """The edit as it would change `book`, and the fields that no longer hold what it expects.

    A field that the edit does not change keeps today's value, whatever the edit's records say of it. So an undo takes
    back what it did and nothing else.
    """
    changes: list[Change] = []
    stale: list[Stale] = []
    for change in edit.changes:
        now = book.find(change.kind, change.id)
        name = change.kind.__name__
        if change.kind in LOG_KINDS:
            changes.append(change)  # never altered, and a book need not hold it: the row itself is the check
        elif change.before is None:
            if now is not None:
                stale.append(Stale(name, change.id, "", None, now, change.after))
            changes.append(change)
        elif now is None:
            stale.append(Stale(name, change.id, "", change.before, None, change.after))
        elif change.after is None:
            stale += [
                Stale(name, change.id, field, getattr(change.before, field), getattr(now, field), None)
                for field in specs(change.kind)
                if getattr(change.before, field) != getattr(now, field)
            ]
            changes.append(Change(now, None))
        else:
            for group in change.groups:
                stale += [
                    Stale(
                        name,
                        change.id,
                        field,
                        getattr(change.before, field),
                        getattr(now, field),
                        getattr(change.after, field),
                    )
                    for field in merge_groups(change.kind)[group]
                    if getattr(change.before, field) != getattr(now, field)
                ]
            fresh = {field: getattr(change.after, field) for field in change.fields}
            changes.append(Change(now, replace(now, **fresh)))
    return replace(edit, changes=tuple(changes)), tuple(stale)
