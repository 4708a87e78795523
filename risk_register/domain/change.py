"""Edits: what one thing that a person did has changed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from risk_register.domain.errors import Refused, Stale
from risk_register.domain.ids import new_id
from risk_register.domain.record import LINE, Record, merge_groups
from risk_register.domain.text import clean, one_line, shortened

if TYPE_CHECKING:
    from risk_register.domain.book import Book

UNDO = "Undo: "
"""How the label of an edit begins that takes another back."""

NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after; no `before` where it is new, no `after` where it is removed.

    Carries undo, history, refresh, conflicts, *as at* and movement: there is no second mechanism for any of them.
    """

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record as it is afterwards, or as it was if it is gone."""
        record = self.after if self.after is not None else self.before
        assert record is not None, "a change has at least one side"
        return record

    @property
    def kind(self) -> type[Record]:
        """The kind of the record."""
        return type(self.record)

    @property
    def id(self) -> UUID:
        """The id of the record."""
        return self.record.id

    @property
    def groups(self) -> tuple[str, ...]:
        """The merge groups that differ; none for a record that is new or removed."""
        if self.before is None or self.after is None:
            return ()
        return tuple(
            name
            for name, names in merge_groups(self.kind).items()
            if any(getattr(self.before, item) != getattr(self.after, item) for item in names)
        )

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that differ; none for a record that is new or removed."""
        if self.before is None or self.after is None:
            return ()
        every = (item for names in merge_groups(self.kind).values() for item in names)
        return tuple(item for item in every if getattr(self.before, item) != getattr(self.after, item))

    def inverse(self) -> "Change":
        """What takes this change back."""
        return Change(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Edit:
    """Everything that one command changed, kept or undone together.

    `who` and `when` are set by the register that keeps it. `undoes` names the edit that this one takes back. `stale`
    are the fields that the command left out because somebody had changed them meanwhile. `settles` are the journal's
    entries that lost a conflict which this edit settles. `by` is the login under which a hub took it, where it did;
    `merged` says that a colleague had changed other fields of the same records meanwhile. `lost` are the records and
    merge groups (of the edits that the register is asked for) that lost a conflict: what it said of them did not stand.
    """

    label: str
    changes: tuple[Change, ...]
    where: str = ""
    why: str = ""
    undoes: UUID | None = None
    stale: tuple[Stale, ...] = ()
    settles: tuple[UUID, ...] = ()
    who: str = ""
    when: datetime = NEVER
    id: UUID = field(default_factory=new_id)
    by: str = ""
    merged: bool = False
    lost: frozenset[tuple[UUID, str]] = frozenset()

    @property
    def news(self) -> str:
        """What others are told of it: `Ann Lee: Re-scored R-004`. Of several in one the label says whose they are."""
        return self.label if self.when == NEVER else f"{self.who}: {self.label}"

    def said(self, who: str, when: datetime) -> "Edit":
        """This edit with who made it and when, its words cleaned as those of records are."""
        return replace(
            self,
            label=shortened(one_line(self.label), LINE),
            who=shortened(one_line(who), LINE),
            when=when,
            where=one_line(self.where),
            why=clean(self.why),
        )


Command = Callable[["Book"], Edit]
"""What a person can do: given today's book, what it changes. Raises Refused where a rule forbids it."""


def undo(edit: Edit) -> Command:
    """Take an edit back: an edit like any other, so undoing it is redo.

    What of it lost a conflict does not stand, so it is not taken back. Raises Refused where that is all of it.
    """

    def command(_book: "Book") -> Edit:
        label = edit.label.removeprefix(UNDO) if edit.label.startswith(UNDO) else f"{UNDO}{edit.label}"
        standing = [_without(change, edit.lost) for change in edit.changes]
        if edit.lost and not any(standing):
            raise Refused(
                f"“{edit.label}” does not stand: somebody had said something else. Settle that conflict instead."
            )
        changes = tuple(change.inverse() for change in reversed(standing) if change and change.before != change.after)
        return Edit(label, changes, undoes=edit.id)

    return command


def _without(change: Change, lost: frozenset[tuple[UUID, str]]) -> Change | None:
    """A change without what lost a conflict; None where nothing is left of it."""
    if not lost:
        return change
    if change.before is None or change.after is None:
        return None if any(record == change.id for record, _ in lost) else change
    groups = merge_groups(change.kind)
    names = [name for group in change.groups if (change.id, group) in lost for name in groups[group]]
    kept = replace(change.after, **{name: getattr(change.before, name) for name in names})
    return Change(change.before, kept) if kept != change.before or not names else None
