"""Settling conflicts: what stands, what was said beside it, or a third."""

from dataclasses import replace
from typing import Any

from risk_register.domain.book import Book
from risk_register.domain.change import Change, Command, Edit
from risk_register.domain.commands.edits import cleaned
from risk_register.domain.conflict import OpenConflict


def keep_standing(conflict: OpenConflict) -> Command:
    """Leave it as it stands."""

    def command(_book: Book) -> Edit:
        return Edit(f"Settled the {conflict.names} of {conflict.label} as it stood", (), settles=conflict.losers)

    return command


def use_beside(conflict: OpenConflict) -> Command:
    """Take what was said beside it."""

    def command(book: Book) -> Edit:
        now = book.find(conflict.kind, conflict.record)
        label = f"Settled the {conflict.names} of {conflict.label} by the other"
        return Edit(label, _changes(now, conflict.beside.record), settles=conflict.losers)

    return command


def write_third(conflict: OpenConflict, **values: Any) -> Command:  # noqa: ANN401  each field has its own type
    """Put something else, which takes in both."""

    def command(book: Book) -> Edit:
        now = book.get(conflict.kind, conflict.record)
        fresh: Any = replace(now, **cleaned(conflict.kind, values))
        return Edit(f"Settled the {conflict.names} of {conflict.label}", _changes(now, fresh), settles=conflict.losers)

    return command


def _changes(now: Any, after: Any) -> tuple[Change, ...]:  # noqa: ANN401  a record or None
    return () if now == after else (Change(now, after),)
