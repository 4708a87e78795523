"""One recommendation: its number and text, and how its outcomes stand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from risk_register.domain import plan_views
from risk_register.domain.brag import BragLevel
from risk_register.domain.commands.plan import edit_recommendation, remove_recommendation
from risk_register.domain.plan import Outcome, Recommendation
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.fields import LineField, TextField
from ui.plan.status import Pill
from ui.section import Row, Section
from ui.tables.editor import RecordEditor
from ui.theme import SPACE, as_title, colours
from ui.words import Words, as_tip


class RecommendationEditor(RecordEditor[Recommendation]):
    """Everything about one recommendation."""

    outcome_wanted = Signal()
    """An outcome is to be added to the recommendation shown."""

    def __init__(self, desk: Desk) -> None:
        none = ("The plan is empty", "Add the first recommendation, then the outcomes that answer it.")
        super().__init__(desk, Recommendation, edit_recommendation, none, 400)
        self.number, self.text = LineField(), TextField("What the inspection, or the board, recommends", lines=3)
        self.number.setFixedWidth(self.fontMetrics().horizontalAdvance("0") * 6 + 24)
        self.bind("number", self.number)
        self.bind("text", self.text, "Recommendation")
        self.more = QPushButton("More")
        self.more.setAccessibleName("Remove the recommendation")
        menu = QMenu(self)
        self.remove = menu.addAction("Remove the recommendation and its outcomes")
        self.remove.triggered.connect(self._on_remove_asked)
        self.more.setMenu(menu)
        name = Words("Recommendation")
        as_title(name, larger=4)
        head = QHBoxLayout()
        head.addWidget(name)
        head.addWidget(self.number)
        head.addStretch()
        head.addWidget(self.built_history_button())
        head.addWidget(self.more)
        self._outcomes = Section("Outcomes", desk)
        self.add = self._outcomes.add_tool("New outcome", self.outcome_wanted.emit)
        self.page.setSpacing(2 * SPACE)
        self.page.addLayout(head)
        self.page.addWidget(self.text)
        self.page.addWidget(self._outcomes)
        self.page.addStretch()

    def show_rest(self, recommendation: Recommendation | None, *, fresh: bool) -> None:  # noqa: ARG002
        """Show how its outcomes stand."""
        if recommendation is None:
            return
        book = self.desk.book
        outcomes = plan_views.outcomes_of(book, recommendation.id)
        levels = plan_views.brag_levels(book, recommendation.programme)
        self._outcomes.count(len(outcomes))
        self._outcomes.show_rows(
            [self._row(item, levels[item.status] if item.status else None) for item in outcomes],
            "No outcome answers it yet. Press New outcome.",
        )
        for field in (self.number, self.text):
            field.setReadOnly(not self.desk.writable)
        self.more.setEnabled(self.desk.writable)
        self.add.setVisible(self.desk.writable)

    def _row(self, outcome: Outcome, level: BragLevel | None) -> Row:
        return Row(outcome.id, (outcome, level, colours()), lambda: self._built_row(outcome, level))

    def _built_row(self, outcome: Outcome, level: BragLevel | None) -> QWidget:
        row, pill = QWidget(), Pill()
        name = ElidedButton(f"{outcome.number}  {outcome.want}")
        name.setToolTip(as_tip(outcome.want))
        name.clicked.connect(lambda: self.jump.emit(outcome))
        pill.show_level(level)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(name, 1)
        line.addWidget(pill)
        return row

    def _on_remove_asked(self) -> None:
        if self.record:
            self.desk.run(remove_recommendation(self.record), once=self)
