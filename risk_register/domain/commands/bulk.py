"""Changing several records at once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.custom_field import fill_field
from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.custom_field import ActionValue, CustomField, CustomValue, RiskValue
from risk_register.domain.errors import Conflict, Stale
from risk_register.domain.record import Record, specs
from risk_register.domain.text import fold, listed, plural

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


def edit_all(
    seen: Sequence[R],
    edit: Callable[..., Command],
    *,
    why: str = "",
    add_tags: Iterable[str] = (),
    remove_tags: Iterable[str] = (),
    filled: Sequence[tuple[CustomValue, str]] = (),
    **values: Any,  # noqa: ANN401
) -> Command:
    """Set the same fields of several records of a kind, as their author saw them, in one edit.

    `edit` makes the command for one of them. Tags are added to, and taken from, what each has. `filled` are values of
    custom fields as they were, each with what goes into it. What somebody else has changed since is left out and told, of each
    record by itself. Raises Conflict if that leaves nothing, Unchanged if all of them are so already.
    """
    more, fewer = tuple(add_tags), {fold(tag) for tag in remove_tags}

    def of_one(record: Any) -> Command:  # noqa: ANN401  what bears tags is no kind of its own
        tags = [tag for tag in (*record.tags, *more) if fold(tag) not in fewer] if more or fewer else None
        return edit(record, **values, **({} if tags is None else {"tags": tags}))

    def command(book: Book) -> Edit:
        fills = (fill_field(value, text=text) for value, text in filled)
        changes, stale = together(book, (*map(of_one, seen), *fills))
        kind = type(seen[0])
        names = [name for name in (*values, "tags") if any(name in change.fields for change in changes)]
        labels = [specs(kind)[name].label.lower() for name in names]
        own = {change.record.field for change in changes if isinstance(change.record, (RiskValue, ActionValue))}
        told = listed([*labels, *sorted(book.get(CustomField, id).name for id in own)])
        touched = {getattr(change.record, "of", change.id) for change in changes}
        return Edit(f"Changed {told} of {plural(len(touched), kind.called)}", changes, why=why, stale=stale)

    return command
