"""Conflicts: two people changed the same thing, neither having seen what the other did."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from risk_register.domain.merge import GONE, NEW
from risk_register.domain.record import Record, merge_groups, specs
from risk_register.domain.text import listed, shortened

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two has made of it: `words` as people read it, the whole record (None: removed), who and when."""

    words: str
    record: Record | None
    who: str
    when: datetime

    @property
    def told(self) -> str:
        """In a sentence: `“Delayed strategy” (Pat, 3 November 2026 at 10:15)`."""
        words = f"“{shortened(self.words, _SHOWN)}”" if self.record is not None else "removed"
        return f"{words} ({self.who}, {self.when.astimezone():%d/%m/%Y at %H:%M})"


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """What stands of a record's merge group (`field`; NEW and GONE for a whole record), and what was said beside it.

    `losers` are the journal's entries that do not stand; an edit that settles the conflict names them.
    """

    kind: type[Record]
    record: UUID
    label: str
    field: str
    losers: tuple[UUID, ...]
    stands: Side
    beside: Side

    @property
    def names(self) -> str:
        """What it is about: `title`, `status, closed and reason for closing`."""
        if self.field in (NEW, GONE):
            return self.kind.called
        fields = merge_groups(self.kind)[self.field]
        return listed([specs(self.kind)[name].label.lower() for name in fields])

    @property
    def sentence(self) -> str:
        """The conflict as a sentence, with both values, who and when."""
        return f"{self.label}, {self.names}: {self.stands.told} stands; beside it, unseen: {self.beside.told}."
