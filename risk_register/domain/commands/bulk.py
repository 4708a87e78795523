"""Changing several records at once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import Unchanged, field_names
from risk_register.domain.errors import Conflict, Stale
from risk_register.domain.record import Record
from risk_register.domain.text import plural

R = TypeVar("R", bound=Record)


def together(
    book: Book, commands: Iterable[Command], *, alone: bool = True
) -> tuple[tuple[Change, ...], tuple[Stale, ...]]:
    """What several commands change of different records, and what of it somebody else has changed since.

    Those that would change nothing are left out. Raises Conflict if what is stale leaves nothing, Unchanged if there is
    nothing at all; neither where they do not stand `alone` in their edit.
    """
    changes: list[Change] = []
    stale: list[Stale] = []
    first: Conflict | None = None
    for command in commands:
        try:
            done = command(book)
        except Unchanged:
            continue
        except Conflict as conflict:
            first = first or conflict
            stale += conflict.stale
            continue
        changes += done.changes
        stale += done.stale
    if not changes and alone:
        raise Conflict(str(first), tuple(stale)) if first else Unchanged
    return tuple(changes), tuple(stale)


def edit_all(seen: Sequence[R], edit: Callable[..., Command], *, why: str = "", **values: Any) -> Command:  # noqa: ANN401
    """Set the same fields of several records of a kind, as their author saw them, in one edit.

    `edit` makes the command for one of them. What somebody else has changed since is left out and told, of each record by
    itself. Raises Conflict if that leaves nothing, Unchanged if all of them are so already.
    """

    def command(book: Book) -> Edit:
        changes, stale = together(book, (edit(record, **values) for record in seen))
        kind = type(seen[0])
        label = f"Changed {field_names(kind, values)} of {plural(len(changes), kind.called)}"
        return Edit(label, changes, why=why, stale=stale)

    return command
