"""One outcome: its five parts as the published plan has them, and beside them what it takes and what shows it."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from risk_register.domain.change import Command
from risk_register.domain.commands.governance import add_board, add_person
from risk_register.domain.commands.plan import edit_outcome, remove_outcome
from risk_register.domain.governance import Board, Person
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import PARTS, Outcome, Recommendation
from risk_register.domain.record import specs
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.fields import LineField, RecordField, TextField
from ui.keys import chain_tabs
from ui.plan.evidence import EvidenceList
from ui.plan.links import OutcomeActions, OutcomeMeasures, OutcomeRisks
from ui.plan.milestones import Milestones
from ui.plan.resources import Resources
from ui.plan.status import BragStatus
from ui.tables.editor import RecordEditor
from ui.theme import SPACE, as_title, muted
from ui.words import Words, as_tip

_ROOM = 700
"""From this width on (pixels) what belongs to an outcome stands beside its parts, else below them."""


class OutcomeEditor(RecordEditor[Outcome]):
    """Everything about one outcome, on one page."""

    def __init__(self, desk: Desk) -> None:
        none = ("No outcome is chosen", "Choose one at the left, or press New outcome to add one.")
        super().__init__(desk, Outcome, edit_outcome, none, 400)
        self.status = BragStatus(desk)
        self.status.asked.connect(self.keep)
        self.milestones, self.evidence, self.resources = Milestones(desk), EvidenceList(desk), Resources(desk)
        self.risk_list, self.action_list = OutcomeRisks(desk), OutcomeActions(desk)
        self.measure_list = OutcomeMeasures(desk)
        self.milestones.relaid.connect(lambda: chain_tabs(self))
        for section in (self.risk_list, self.action_list, self.measure_list):
            section.jump.connect(self.jump)
        self.page.setSpacing(2 * SPACE)
        self.page.addLayout(self._built_head())
        self.page.addWidget(self.status)
        self.page.addLayout(self._built_facts())
        self.page.addSpacing(SPACE)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(4 * SPACE)
        self._columns.addLayout(self._built_parts(), 1)
        self.beside = QVBoxLayout()
        self.beside.setSpacing(3 * SPACE)
        for beside in self._sections:
            self.beside.addWidget(beside)
        self.beside.addStretch()
        self._columns.addLayout(self.beside, 1)
        self.page.addLayout(self._columns)
        self.page.addStretch()

    def _built_head(self) -> QLayout:
        self.number = LineField()
        self.number.setFixedWidth(self.fontMetrics().horizontalAdvance("0") * 6 + 24)
        self.bind("number", self.number, "Number")
        self._answers = ElidedButton("")
        muted(self._answers)
        self._answers.clicked.connect(self._on_recommendation_clicked)
        self.more = QPushButton("More")
        self.more.setAccessibleName("Remove the outcome")
        menu = QMenu(self)
        self.remove = menu.addAction("Remove the outcome")
        self.remove.triggered.connect(self._on_remove_asked)
        self.more.setMenu(menu)
        row = QHBoxLayout()
        name = Words("Outcome")
        as_title(name, larger=4)
        row.addWidget(name)
        row.addWidget(self.number)
        row.addWidget(self._answers, 1)
        row.addWidget(self.built_history_button())
        row.addWidget(self.more)
        return row

    def _built_facts(self) -> QLayout:
        desk = self.desk

        def named(name: str) -> Command:
            assert desk.programme, "an outcome is shown, so there is a programme"
            return add_person(programme=desk.programme, name=name)

        def board_named(name: str) -> Command:
            assert desk.programme, "an outcome is shown, so there is a programme"
            return add_board(programme=desk.programme, name=name)

        self.lead = RecordField(desk, lambda book: book.where(Person, "programme", desk.programme), named)
        boards = [
            RecordField(desk, lambda book: book.where(Board, "programme", desk.programme), board_named, "None yet")
            for _ in range(2)
        ]
        self.board, self.workstream = boards
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for name in ("lead", "board", "workstream"):
            words, field = specs(Outcome)[name].label, getattr(self, name)
            label = Words(words)
            label.setBuddy(field)
            muted(label)
            cell = QVBoxLayout()
            cell.setSpacing(2)
            cell.addWidget(label)
            cell.addWidget(field)
            row.addLayout(cell, 1)
            self.bind(name, field, words)
        return row

    def _built_parts(self) -> QLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        self.parts = {name: TextField(lines=1) for name in PARTS}
        for place, (name, field) in enumerate(self.parts.items()):
            words = specs(Outcome)[name].label
            label = Words(words)
            as_title(label, larger=1)
            label.setContentsMargins(5, 0 if place == 0 else SPACE + 4, 0, 0)
            label.setBuddy(field)
            field.setPlaceholderText("Write it here")
            field.setProperty("reading", True)
            column.addWidget(label)
            column.addWidget(field)
            self.bind(name, field, words)
        column.addStretch()
        return column

    # -- what it shows

    def show_rest(self, outcome: Outcome | None, *, fresh: bool) -> None:  # noqa: ARG002
        """Show how it stands and what belongs to it."""
        self.status.show_outcome(outcome)
        for section in self._sections:
            section.show_owner(outcome)
        if outcome is None:
            return
        recommendation = self.desk.book.get(Recommendation, outcome.recommendation)
        self._answers.say(f"{recommendation.label}: {recommendation.text}")
        self._answers.setToolTip(as_tip(recommendation.text))
        self.number.setReadOnly(not self.desk.writable)
        for part in self.parts.values():
            part.setReadOnly(not self.desk.writable)
        for widget in (self.lead, self.board, self.workstream, self.more):
            widget.setEnabled(self.desk.writable)

    @property
    def _sections(
        self,
    ) -> "tuple[Milestones | OutcomeMeasures | EvidenceList | OutcomeRisks | OutcomeActions | Resources, ...]":
        return (self.milestones, self.measure_list, self.evidence, self.risk_list, self.action_list, self.resources)

    def show_milestone(self, milestone: Milestone) -> None:
        """Open a milestone of the outcome that is shown."""
        row = self.milestones.open(milestone)
        if row is not None:
            self.reveal(row)

    def reveal(self, widget: QWidget) -> None:
        """Scroll to a part of the page."""
        self.page.activate()
        self._area.ensureWidgetVisible(widget, 0, 2 * SPACE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what belongs to the outcome beside its parts where there is room, else below."""
        super().resizeEvent(event)
        wide = self.width() >= _ROOM
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    # -- what it does

    def _on_recommendation_clicked(self) -> None:
        if self.record:
            self.jump.emit(self.desk.book.get(Recommendation, self.record.recommendation))

    def _on_remove_asked(self) -> None:
        if self.record:
            self.desk.run(remove_outcome(self.record), once=self)

    def keep(self) -> None:
        """Keep what is being typed, at once."""
        super().keep()
        for section in (self.milestones, self.evidence, self.resources):
            section.keep()

    def unsaved_words(self) -> list[str]:
        """What was typed or begun and is not kept, a line each."""
        return [
            *super().unsaved_words(),
            *self.milestones.unsaved_words(),
            *self.evidence.unsaved_words(),
            *self.resources.unsaved_words(),
            *self.action_list.add.begun.unsaved_words(),
        ]
