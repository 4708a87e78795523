"""Changing several records at once."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import Unchanged, field_names, stale_sentence
from risk_register.domain.errors import Conflict, Stale
from risk_register.domain.record import Record
from risk_register.domain.text import plural

R = TypeVar("R", bound=Record)


def edit_all(seen: Sequence[R], edit: Callable[..., Command], *, why: str = "", **values: Any) -> Command:  # noqa: ANN401
    """Set the same fields of several records of a kind, as their author saw them, in one edit.

    `edit` makes the command for one of them. What somebody else has changed since is left out and told, of each record by
    itself. Raises Conflict if that leaves nothing, Unchanged if all of them are so already.
    """

    def command(book: Book) -> Edit:
        changes: list[Change] = []
        stale: list[Stale] = []
        for record in seen:
            try:
                done = edit(record, **values)(book)
            except Unchanged:
                continue
            except Conflict as conflict:
                stale += conflict.stale
                continue
            changes += done.changes
            stale += done.stale
        if stale and not changes:
            first = next(record for record in seen if record.id == stale[0].id)
            raise Conflict(stale_sentence(first, [item for item in stale if item.id == first.id]), tuple(stale))
        if not changes:
            raise Unchanged
        kind = type(seen[0])
        label = f"Changed {field_names(kind, values)} of {plural(len(changes), kind.called)}"
        return Edit(label, tuple(changes), why=why, stale=tuple(stale))

    return command
