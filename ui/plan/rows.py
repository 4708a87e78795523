"""Records of an outcome, each edited in its row, and a line that adds one."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from risk_register.domain.change import Command
from risk_register.domain.plan import Outcome
from risk_register.domain.record import Record
from ui.desk import Desk
from ui.form import Drafts
from ui.rows import RecordRow, RecordSection
from ui.section import AddLine

R = TypeVar("R", bound=Record)


class RecordRows(RecordSection[R]):
    """The records of one kind that belong to an outcome, and a line that adds one.

    `listed` gives those of an outcome, `add` the command that adds one to it, `row` makes the row of one.
    """

    def __init__(
        self,
        title: str,
        desk: Desk,
        kind: type[R],
        *,
        listed: Callable[[UUID], Sequence[R]],
        add: Callable[[UUID, str], Command],
        row: Callable[[R, Drafts], RecordRow[R]],
        none: str,
    ) -> None:
        super().__init__(title, desk, kind, row)
        self._listed, self._add, self._none_yet = listed, add, none
        self._outcome: Outcome | None = None
        self.add = AddLine(f"Add a {kind.called}, then Enter", desk, self._command)
        self.column.addWidget(self.add)

    def _command(self, text: str) -> Command:
        assert self._outcome, "an outcome is shown"
        return self._add(self._outcome.id, text)

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Show another outcome's records, or the same one's after an edit."""
        records = self._listed(outcome.id) if outcome else ()
        if self._outcome is None or outcome is None or outcome.id != self._outcome.id:
            self.problem.say("")
        self._outcome = outcome
        self.add.show_record(outcome)
        self.count(len(records))
        self.show_records(records, self._none_yet)

    def say(self, error: Exception) -> None:
        """Say why something was refused."""
        self.problem.fail(error, self.desk)

    def unsaved_words(self) -> list[str]:
        """What was typed or begun and is not kept, a line each."""
        return super().unsaved_words() + self.add.begun.unsaved_words()
