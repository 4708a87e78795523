"""A part of an editor's page whose rows are records, each edited in place."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from risk_register.domain.change import Command
from risk_register.domain.record import Record
from ui.desk import Desk
from ui.form import Drafts, Form, Problem, draft_words
from ui.section import Row, Section

R = TypeVar("R", bound=Record)


class RecordRow(QWidget, Generic[R]):
    """One record in a row. Who makes it lays out fields and binds them to `form`."""

    def __init__(self, desk: Desk, record: R, edit: Callable[..., Command], drafts: Drafts) -> None:
        super().__init__()
        self.desk = desk
        self.form = Form(desk, type(record), edit, self, drafts)

    def take(self, record: R) -> None:
        """Show the record as it is now, leaving alone what is being typed."""
        self.form.take(record)


class RecordSection(Section, Generic[R]):
    """Rows that keep themselves. What is refused waits at its record, also while another page is shown."""

    def __init__(self, title: str, desk: Desk, kind: type[R], build: Callable[[R, Drafts], RecordRow[R]]) -> None:
        super().__init__(title, desk)
        self._kind, self._build = kind, build
        self._made: dict[UUID, RecordRow[R]] = {}
        self._drafts: Drafts = {}
        self.problem = Problem()
        self.column.addWidget(self.problem)

    def show_records(self, records: Sequence[R], none: str) -> None:
        """Show these records; those that stay keep their rows, and what is being typed in them."""
        ids = {record.id for record in records}
        for id in [id for id in self._made if id not in ids]:
            self._made.pop(id).form.show(None)  # what is being typed in it is kept, or waits
        for record in records:
            if record.id in self._made:
                self._made[record.id].take(record)
        self.show_rows(map(self._row, records), none)

    def _row(self, record: R) -> Row:
        # Everything else of a row's looks is patched by `take`; whether one may write at all is not.
        return Row(record.id, self.desk.writable, lambda: self._built_row(record))

    def _built_row(self, record: R) -> QWidget:
        row = self._made[record.id] = self._build(record, self._drafts)
        row.form.show(record)
        row.form.problem.connect(self.problem.say)
        return row

    def row(self, id: UUID) -> RecordRow[R]:
        """The row of a record that is shown."""
        return self._made[id]

    def keep(self) -> None:
        """Keep what is being typed."""
        for row in self._made.values():
            row.form.keep()

    def unsaved_words(self) -> list[str]:
        """What was typed and is not kept, a line each."""
        drafts = dict(self._drafts)
        for row in self._made.values():
            drafts |= row.form.unsaved()
        return draft_words(self.desk.book, self._kind, drafts)
