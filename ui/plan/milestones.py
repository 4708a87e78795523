"""The milestones of an outcome: a line each that tells how it runs, and opens to its dates."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from risk_register.domain import plan_views
from risk_register.domain.change import Command
from risk_register.domain.commands.governance import add_board, add_person
from risk_register.domain.commands.milestone import add_milestone, edit_milestone, remove_milestone
from risk_register.domain.governance import Board, Person
from risk_register.domain.milestone import Milestone
from risk_register.domain.record import specs
from risk_register.domain.text import short_day
from risk_register.domain.views import shown
from ui.desk import Desk
from ui.elided import ElidedLabel
from ui.fields import DateField, LineField, RecordField, TextField
from ui.form import Drafts
from ui.rows import RecordRow, RecordRows
from ui.section import remover
from ui.theme import SPACE, colours, muted, quiet
from ui.words import Words, as_tip

if TYPE_CHECKING:
    from uuid import UUID


class MilestoneRow(RecordRow[Milestone]):
    """One milestone. A click, or Space, opens its fields."""

    opened = Signal(object)
    """The id of the milestone that was opened."""

    def __init__(self, desk: Desk, milestone: Milestone, drafts: Drafts) -> None:
        super().__init__(desk, milestone, edit_milestone, drafts)
        self._drafts = drafts
        self.body: QWidget | None = None  # made when it is first opened: an outcome may have many
        self.head = QPushButton()
        quiet(self.head)
        self.head.setCheckable(True)
        self.head.toggled.connect(self._on_toggled)
        self._sign, self._title, self._runs = Words(), ElidedLabel(), ElidedLabel()
        self._sign.setFixedWidth(self.fontMetrics().horizontalAdvance("▾") + 6)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._runs)
        line = QHBoxLayout(self.head)
        line.setContentsMargins(4, 4, 4, 4)
        line.setSpacing(4)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        for label in (self._sign, self._title, self._runs):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.head.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 10)
        self._remove = remover("Remove this milestone")
        self._remove.setEnabled(desk.writable)
        self._remove.clicked.connect(self._on_remove_clicked)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.head, 1)
        top.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(top)

    def begin(self) -> None:
        """Show how it runs; and its fields where something typed in them waits."""
        milestone = self.now
        if milestone is not None:
            self.tell(milestone)
            if milestone.id in self._drafts:
                self.head.setChecked(True)

    def take(self, milestone: Milestone) -> None:
        """Show the milestone after an edit, leaving alone what is being typed."""
        if self.body is None:
            self.tell(milestone)
        else:
            super().take(milestone)

    def _built_body(self) -> QWidget:
        desk = self.desk
        self.title = LineField()
        self.baseline, self.forecast, self.actual = (DateField(desk.today) for _ in range(3))
        programme = desk.programme
        assert programme, "a milestone is shown, so there is a programme"
        self.lead = RecordField(
            desk,
            lambda book: book.where(Person, "programme", desk.programme),
            lambda name: add_person(programme=programme, name=name),
        )
        self.workstream = RecordField(
            desk,
            lambda book: book.where(Board, "programme", desk.programme),
            lambda name: add_board(programme=programme, name=name),
            "The outcome's",
        )
        self.barrier = TextField("What is in its way, and what would help", lines=2)
        self.bind("title", self.title)
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(3 * SPACE, 0, 0, SPACE)
        grid.setSpacing(4)
        grid.setHorizontalSpacing(SPACE)
        grid.addWidget(self.title, 0, 0, 1, 2)
        for name, row, place, wide in (
            ("baseline", 1, 0, 1),
            ("forecast", 1, 1, 1),
            ("actual", 3, 0, 1),
            ("lead", 3, 1, 1),
            ("workstream", 5, 0, 2),
            ("barrier", 7, 0, 2),
        ):
            label, field = Words(specs(Milestone)[name].label), getattr(self, name)
            label.setBuddy(field)
            muted(label)
            grid.addWidget(label, row, place, 1, wide)
            grid.addWidget(field, row + 1, place, 1, wide)
            self.bind(name, field)
        for place in range(2):
            grid.setColumnStretch(place, 1)
        return body

    def tell(self, milestone: Milestone) -> None:
        """Say how it runs."""
        c, today = colours(), self.desk.today()
        runs = plan_views.how_it_runs(milestone, today)
        day = short_day(milestone.actual or milestone.due)
        disputed = "⚑ disputed" if milestone.id in self.desk.disputed else ""
        lead = shown(self.desk.book, milestone, "lead")
        words = " · ".join(part for part in (disputed, f"{day}, {runs}" if day else runs, lead) if part)
        late, slips = milestone.days_late(today) > 0, milestone.is_slipping(today)
        ink = c.bad if late else c.warn if slips else c.good if milestone.actual else c.muted
        self._title.say(milestone.title)
        self._runs.say(words)
        self._runs.setStyleSheet(f"color: {ink};")
        barrier = f"\n{milestone.barrier}" if milestone.barrier else ""
        self.head.setToolTip(as_tip(f"{milestone.title}\n{words}{barrier}"))
        self.head.setAccessibleName(f"{milestone.title}, {words}")
        self._sign.setText("▾" if self.head.isChecked() else "▸")

    def _on_toggled(self, opened: bool) -> None:  # noqa: FBT001
        if self.body is None:
            self.body = self._built_body()
            self._column.addWidget(self.body)
            super().begin()
        self.body.setVisible(opened)
        self._sign.setText("▾" if opened else "▸")
        if opened:
            self.opened.emit(self._id)
        else:
            self.form.keep()

    def _on_remove_clicked(self) -> None:
        if self.now:
            self.desk.run(remove_milestone(self.now))


class Milestones(RecordRows[Milestone]):
    """The milestones of an outcome; one at a time is open."""

    relaid = Signal()
    """A row has opened or closed: other fields can be gone to."""

    def __init__(self, desk: Desk) -> None:
        def listed(outcome: "UUID") -> list[Milestone]:
            return plan_views.milestones_of(desk.book, outcome)

        def add(outcome: "UUID", title: str) -> Command:
            return add_milestone(outcome=outcome, title=title)

        super().__init__(
            "Milestones",
            desk,
            Milestone,
            listed=listed,
            add=add,
            row=self._made,
            none="No milestone yet. Add the steps by which one can tell that it is on its way, each with its day.",
        )

    def _made(self, milestone: Milestone, drafts: Drafts) -> MilestoneRow:
        row = MilestoneRow(self.desk, milestone, drafts)
        row.opened.connect(self._on_opened)
        # One that was just added has no dates yet: they come next.
        if self.add.line.hasFocus() and milestone.due is None:
            row.head.setChecked(True)
        return row

    def _on_opened(self, id: object) -> None:
        for other, row in self.made.items():
            if other != id and isinstance(row, MilestoneRow):
                row.head.setChecked(False)
        self.relaid.emit()

    def open(self, milestone: Milestone) -> QWidget | None:
        """Open a milestone and put the cursor there. Returns its row."""
        row = self.made.get(milestone.id)
        if not isinstance(row, MilestoneRow):
            return None
        row.head.setChecked(True)
        row.head.setFocus()
        return row
