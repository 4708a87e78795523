"""The next steps of a theme, each edited in its rows."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from risk_register.domain import forward, plan_views
from risk_register.domain.action import Delivery
from risk_register.domain.change import Command
from risk_register.domain.commands.evaluation import (
    add_step,
    complete_step,
    edit_step,
    remove_step,
    reopen_step,
)
from risk_register.domain.commands.governance import add_person
from risk_register.domain.evaluation import ForwardStep, Theme
from risk_register.domain.governance import Person
from ui.desk import Desk
from ui.evaluation.columns import when
from ui.fields import DateField, LineField, RecordField
from ui.form import Drafts, Form, Problem, draft_words
from ui.section import AddLine, Row, Section, remover
from ui.theme import colours

if TYPE_CHECKING:
    from uuid import UUID


class Steps(Section):
    """What is done next about a theme."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Next steps", desk)
        self._theme: Theme | None = None
        self._made: dict[UUID, _StepRow] = {}
        self._drafts: Drafts = {}
        self._problem = Problem()
        self.add = AddLine("Add a step, then Enter", desk, self._command)
        self.column.addWidget(self._problem)
        self.column.addWidget(self.add)

    def _command(self, title: str) -> Command:
        assert self._theme, "a theme is shown"
        return add_step(theme=self._theme.id, title=title, owner=self._theme.lead)

    def show_theme(self, theme: Theme | None) -> None:
        """Show another theme's steps, or the same one's after an edit."""
        if self._theme is None or theme is None or theme.id != self._theme.id:
            self._problem.say("")
        self._theme = theme
        self.add.show_record(theme)
        steps = forward.steps_of(self.desk.book, theme.id) if theme else []
        ids = {step.id for step in steps}
        for id in [id for id in self._made if id not in ids]:
            self._made.pop(id).form.show(None)  # what is being typed in it is kept, or waits
        for step in steps:
            if step.id in self._made:
                self._made[step.id].take(step)
        self.count(len(steps))
        self.show_rows(map(self._row, steps), "Nothing is planned for it yet.")

    def _row(self, step: ForwardStep) -> Row:
        return Row(step.id, self.desk.writable, lambda: self._built_row(step))

    def _built_row(self, step: ForwardStep) -> QWidget:
        row = self._made[step.id] = _StepRow(self.desk, step, self._drafts)
        row.form.problem.connect(self._problem.say)
        return row

    def go_to(self, step: ForwardStep) -> None:
        """Put the cursor into a step."""
        if step.id in self._made:
            self._made[step.id].title.setFocus()

    def keep(self) -> None:
        """Keep what is being typed."""
        for row in self._made.values():
            row.form.keep()

    def unsaved_words(self) -> list[str]:
        """What was typed and is not kept, a line each."""
        drafts = dict(self._drafts)
        for row in self._made.values():
            drafts |= row.form.unsaved()
        return draft_words(self.desk.book, ForwardStep, drafts) + self.add.begun.unsaved_words()


class _StepRow(QWidget):
    """One step: whether it is done and what it is; below that by when, by whom, and for which outcome."""

    def __init__(self, desk: Desk, step: ForwardStep, drafts: Drafts) -> None:
        super().__init__()
        self._desk = desk

        def add(name: str) -> Command:
            assert desk.programme, "a theme is shown, so there is a programme"
            return add_person(programme=desk.programme, name=name)

        self.done, self.title, self._when = QCheckBox(), LineField(), QLabel()
        self.due = DateField(desk.today)
        self.owner = RecordField(desk, lambda book: book.where(Person, "programme", desk.programme), add)
        self.outcome = RecordField(desk, lambda book: plan_views.outcomes(book, desk.programme), empty="No outcome")
        away = remover("Remove this step")
        first, second = QHBoxLayout(), QHBoxLayout()
        second.setContentsMargins(26, 0, 0, 6)
        for line, widget, stretch in (
            (first, self.done, 0),
            (first, self.title, 1),
            (first, self._when, 0),
            (first, away, 0),
            (second, self.due, 0),
            (second, self.owner, 3),
            (second, self.outcome, 2),
        ):
            line.setSpacing(4)
            line.addWidget(widget, stretch)
        self.due.setFixedWidth(self.due.minimumWidth())
        for box in (self.owner, self.outcome):
            box.setMinimumContentsLength(3)  # a narrow window has room for no more
            box.fill(desk.book)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)
        self.form = Form(desk, ForwardStep, edit_step, self, drafts)
        for name, field in (
            ("title", self.title),
            ("due", self.due),
            ("owner", self.owner),
            ("outcome", self.outcome),
        ):
            field.setAccessibleName(f"{name.capitalize()} of the step {step.title}")
            self.form.bind(name, field)
        self.form.show(step)
        self.title.setCursorPosition(0)
        self._tell(step)
        self.done.clicked.connect(self._on_ticked)
        away.clicked.connect(self._on_removed)
        for widget in (self.done, self.title, self.due, self.owner, self.outcome, away):
            widget.setEnabled(desk.writable)

    def take(self, step: ForwardStep) -> None:
        """Show the step after an edit, leaving alone what is being typed."""
        for field in (self.owner, self.outcome):
            field.fill(self._desk.book)
        self.form.take(step)
        self._tell(step)

    def _tell(self, step: ForwardStep) -> None:
        self.done.setChecked(step.delivery is Delivery.done)
        self.done.setAccessibleName(f"{step.title} done")
        self.done.setToolTip("Done" if self.done.isChecked() else "Mark as done today")
        late = step.days_late(self._desk.today())
        self._when.setText(when(step, self._desk) if late or not step.is_open else "")
        self._when.setStyleSheet(f"color: {colours().bad if late else colours().good};")

    def _now(self) -> ForwardStep | None:
        step = self.form.record
        return self._desk.book.find(ForwardStep, step.id) if step else None

    def _on_ticked(self, on: bool) -> None:  # noqa: FBT001
        if step := self._now():
            self.form.keep()
            self._desk.run(complete_step(step, on=self._desk.today()) if on else reopen_step(step))

    def _on_removed(self) -> None:
        if step := self._now():
            self._desk.run(remove_step(step))
