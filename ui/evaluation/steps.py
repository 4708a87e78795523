"""The next steps of a theme, each edited in its rows."""

from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout

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
from risk_register.domain.evaluation import ForwardStep, Theme
from ui.desk import Desk
from ui.evaluation.columns import when
from ui.fields import DateField, LineField, RecordField
from ui.form import Drafts
from ui.named import person_field
from ui.rows import RecordRow, RecordRows
from ui.section import remover
from ui.theme import colours


class StepRow(RecordRow[ForwardStep]):
    """One step: whether it is done and what it is; below that by when, by whom, and for which outcome."""

    def __init__(self, desk: Desk, step: ForwardStep, drafts: Drafts) -> None:
        super().__init__(desk, step, edit_step, drafts)
        self.done, self.title, self._when = QCheckBox(), LineField(), QLabel()
        self.due = DateField(desk.today)
        self.owner = person_field(desk)
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)
        for name in ("title", "due", "owner", "outcome"):
            field = getattr(self, name)
            self.bind(name, field)
            field.setAccessibleName(f"{name.capitalize()} of the step {step.title}")
        self.done.clicked.connect(self._on_ticked)
        away.clicked.connect(self._on_removed)
        for widget in (self.done, away):
            widget.setEnabled(desk.writable)

    def tell(self, step: ForwardStep) -> None:
        """Show whether it is done, or late."""
        if not self.title.hasFocus():
            self.title.setCursorPosition(0)
        self.done.setChecked(step.delivery is Delivery.done)
        self.done.setAccessibleName(f"{step.title} done")
        self.done.setToolTip("Done" if self.done.isChecked() else "Mark as done today")
        late = step.days_late(self.desk.today())
        self._when.setText(when(step, self.desk) if late or not step.is_open else "")
        self._when.setStyleSheet(f"color: {colours().bad if late else colours().good};")

    def _on_ticked(self, on: bool) -> None:  # noqa: FBT001
        if step := self.now:
            self.form.keep()
            self.desk.run(complete_step(step, on=self.desk.today()) if on else reopen_step(step))

    def _on_removed(self) -> None:
        if step := self.now:
            self.desk.run(remove_step(step))


class Steps(RecordRows[ForwardStep]):
    """What is done next about a theme."""

    def __init__(self, desk: Desk) -> None:
        def add(theme: UUID, title: str) -> Command:
            return add_step(theme=theme, title=title, owner=desk.book.get(Theme, theme).lead)

        super().__init__(
            "Next steps",
            desk,
            ForwardStep,
            listed=lambda theme: forward.steps_of(desk.book, theme),
            add=add,
            row=lambda step, drafts: StepRow(desk, step, drafts),
            none="Nothing is planned for it yet.",
        )

    def go_to(self, step: ForwardStep) -> None:
        """Put the cursor into a step."""
        row = self.made.get(step.id)
        if isinstance(row, StepRow):
            row.title.setFocus()
