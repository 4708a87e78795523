"""What has changed from one book to a later one."""

from risk_register.domain.book import Book
from risk_register.domain.change import Change
from risk_register.domain.kinds import KINDS, LOG_KINDS


def changes_between(before: Book, after: Book) -> tuple[Change, ...]:
    """The changes that make one book of another: what has come, differs or is gone.

    Nothing is said to be gone of the kinds that only grow: a book merely holds fewer of them once nothing refers to them.
    """
    changes: list[Change] = []
    for kind in KINDS.values():
        old = {record.id: record for record in before.all(kind)}
        new = {record.id: record for record in after.all(kind)}
        for id, record in new.items():
            was = old.get(id)
            if was is not record and was != record:
                changes.append(Change(was, record))
        if kind not in LOG_KINDS:
            changes += [Change(record, None) for id, record in old.items() if id not in new]
    return tuple(changes)
