"""A part of an editor's page whose rows are records, each edited in place."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from risk_register.domain.change import Command
from risk_register.domain.record import Record, specs
from ui.desk import Desk
from ui.fields import RecordField
from ui.form import Drafts, Form, Problem, draft_words
from ui.section import AddLine, Row, Section

R = TypeVar("R", bound=Record)


class RecordRow(QWidget, Generic[R]):
    """One record, its fields keeping themselves. Who makes one lays out fields and binds them."""

    def __init__(self, desk: Desk, record: R, edit: Callable[..., Command], drafts: Drafts) -> None:
        super().__init__()
        self.desk = desk
        self._kind = type(record)
        self._id = record.id
        self._bound: list[Any] = []
        self.form = Form(desk, self._kind, edit, self, drafts)

    def bind(self, name: str, field: Any) -> None:  # noqa: ANN401  a Field
        """Let a widget edit a field, named to a screen reader as the record names it."""
        field.setAccessibleName(specs(self._kind)[name].label)
        field.setEnabled(self.desk.writable)
        self._bound.append(field)
        self.form.bind(name, field)

    def begin(self) -> None:
        """Show the record for the first time, once its fields are bound."""
        self._fill()
        record = self.now
        self.form.show(record)
        if record is not None:
            self.tell(record)

    def take(self, record: R) -> None:
        """Show the record after an edit, leaving alone what is being typed."""
        self._fill()
        self.form.take(record)
        self.tell(record)

    def tell(self, record: R) -> None:
        """Show what is not a field of the form."""

    @property
    def now(self) -> R | None:
        """The record as it is now."""
        return self.desk.book.find(self._kind, self._id)

    def _fill(self) -> None:
        for field in self._bound:
            if isinstance(field, RecordField):
                field.fill(self.desk.book)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed and refused."""
        if event.key() != Qt.Key.Key_Escape or not self.form.take_theirs():
            super().keyPressEvent(event)


class RecordSection(Section, Generic[R]):
    """Rows that keep themselves. What is refused waits at its record, also while another page is shown."""

    def __init__(self, title: str, desk: Desk, kind: type[R], build: Callable[[R, Drafts], RecordRow[R]]) -> None:
        super().__init__(title, desk)
        self._kind, self._build = kind, build
        self.made: dict[UUID, RecordRow[R]] = {}
        self._drafts: Drafts = {}
        self.problem = Problem()
        self.column.addWidget(self.problem)

    def show_records(self, records: Sequence[R], none: str) -> None:
        """Show these records; those that stay keep their rows, and what is being typed in them."""
        ids = {record.id for record in records}
        for id in [id for id in self.made if id not in ids]:
            self.made.pop(id).form.show(None)  # what is being typed in it is kept, or waits
        for record in records:
            if record.id in self.made:
                self.made[record.id].take(record)
        self.show_rows(map(self._row, records), none)

    def _row(self, record: R) -> Row:
        # Everything else of a row's looks is patched by `take`; whether one may write at all is not.
        return Row(record.id, self.desk.writable, lambda: self._built_row(record))

    def _built_row(self, record: R) -> QWidget:
        row = self.made[record.id] = self._build(record, self._drafts)
        row.form.problem.connect(self.problem.say)
        row.begin()
        return row

    def row(self, id: UUID) -> RecordRow[R]:
        """The row of a record that is shown."""
        return self.made[id]

    def keep(self) -> None:
        """Keep what is being typed."""
        for row in self.made.values():
            row.form.keep()

    def unsaved_words(self) -> list[str]:
        """What was typed and is not kept, a line each."""
        drafts = dict(self._drafts)
        for row in self.made.values():
            drafts |= row.form.unsaved()
        return draft_words(self.desk.book, self._kind, drafts)


class RecordRows(RecordSection[R]):
    """The records of one kind that belong to another record, and a line that adds one.

    `listed` gives those of an owner by its id, `add` the command that adds one to it, `row` makes the row of one.
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
        self._owner: Record | None = None
        self.add = AddLine(f"Add a {kind.called}, then Enter", desk, self._command)
        self.column.addWidget(self.add)

    def _command(self, text: str) -> Command:
        assert self._owner, "it is shown"
        return self._add(self._owner.id, text)

    def show_owner(self, owner: Record | None) -> None:
        """Show another owner's records, or the same one's after an edit."""
        records = self._listed(owner.id) if owner else ()
        if self._owner is None or owner is None or owner.id != self._owner.id:
            self.problem.say("")
        self._owner = owner
        self.add.show_record(owner)
        self.count(len(records))
        self.show_records(records, self._none_yet)

    def say(self, error: Exception) -> None:
        """Say why something was refused."""
        self.problem.fail(error, self.desk)

    def unsaved_words(self) -> list[str]:
        """What was typed or begun and is not kept, a line each."""
        return super().unsaved_words() + self.add.begun.unsaved_words()
