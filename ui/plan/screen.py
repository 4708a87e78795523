"""The plan's screen: recommendations and outcomes at the left, what is chosen at the right; or all along the months."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSplitter, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from risk_register.domain import plan_views
from risk_register.domain.change import Edit
from risk_register.domain.commands.plan import (
    add_outcome,
    add_recommendation,
    remove_outcome,
    remove_recommendation,
)
from risk_register.domain.evidence import Evidence
from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome, Recommendation
from risk_register.domain.record import Record
from risk_register.domain.resource import Resource
from risk_register.domain.text import plural
from ui import settings
from ui.desk import Desk
from ui.keys import chain_tabs, one_stop
from ui.plan.key import BragKey
from ui.plan.outcome import OutcomeEditor
from ui.plan.recommendation import RecommendationEditor
from ui.plan.timeline import Timeline
from ui.plan.tree import PlanTree
from ui.screen import Empty, Head, Screen
from ui.theme import primary


class PlanScreen(Screen):
    """The action plan, read as it is published and edited in place."""

    title = "Plan"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.tree, self.timeline, self.key = PlanTree(desk), Timeline(desk), BragKey(desk)
        self.outcome, self.recommendation = OutcomeEditor(desk), RecommendationEditor(desk)
        self._head = Head(self.title)
        self._views = QButtonGroup(self)
        self.outcomes_view, self.timeline_view = QPushButton("Outcomes"), QPushButton("Timeline")
        for button in (self.outcomes_view, self.timeline_view):
            button.setCheckable(True)
            self._views.addButton(button)
            self._head.tools.addWidget(button)
        self.outcomes_view.setChecked(True)
        one_stop(self._views)
        self._views.buttonToggled.connect(self._on_view_toggled)
        self._new_recommendation, self._new_outcome = QPushButton("New recommendation"), QPushButton("New outcome")
        primary(self._new_outcome)
        for button, act in (
            (self._new_recommendation, self.add_recommendation),
            (self._new_outcome, self.add_outcome),
        ):
            button.clicked.connect(act)
            self._head.tools.addWidget(button)
        self._editors = QStackedWidget()
        for editor in (self.outcome, self.recommendation):
            self._editors.addWidget(editor)
            editor.jump.connect(self._on_jump_asked)
            editor.history_wanted.connect(self.history_wanted)
            editor.settle_wanted.connect(self.settle_wanted)
        self.recommendation.outcome_wanted.connect(self.add_outcome)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.tree)
        self._splitter.addWidget(self._editors)
        self._splitter.setStretchFactor(1, 1)
        settings.keep_splitter("plan/splitter", self._splitter, [310, 830])
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._splitter, 1)
        column.addWidget(self.key)
        empty = Empty(
            "The plan is empty",
            "Add the first recommendation of the inspection or the board, then the outcomes that answer it, each in its "
            "five parts.",
        )
        first = QPushButton("Add the first recommendation")
        primary(first)
        first.clicked.connect(self.add_recommendation)
        empty.buttons.addWidget(first)
        bare = Empty("No milestone yet", "Add milestones to the outcomes, and they stand here along the months.")
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._pages = {"outcomes": page, "timeline": self.timeline, "empty": empty, "bare": bare}
        for widget in self._pages.values():
            self._stack.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addWidget(body, 1)
        self.tree.chosen.connect(self._on_chosen)
        self.tree.add_wanted.connect(self.add_outcome)
        self.tree.remove_wanted.connect(self._on_remove_wanted)
        self.tree.entered.connect(self._on_entered)
        self.timeline.picked.connect(self.show_record)
        desk.conflicts_changed.connect(self._on_conflicts_changed)

    # -- what it shows

    def reload(self) -> None:
        """Show another register or programme."""
        self.outcome.reload()
        self.recommendation.reload()
        self._show()

    def take(self, edit: Edit) -> None:
        """Show what an edit changed, leaving alone what is being typed."""
        self.outcome.take(edit)
        self.recommendation.take(edit)
        self._show()

    def restyle(self) -> None:
        """Show the same in other colours, or on another day."""
        self.outcome.refresh()
        self.recommendation.refresh()
        self._show()

    def _show(self) -> None:
        book, programme = self.desk.book, self.desk.programme
        self.tree.show_plan()
        self.timeline.show_plan()
        self.key.show_levels()
        outcomes = plan_views.outcomes(book, programme)
        slipping = plan_views.slipping(book, programme, self.desk.today())
        late = sum(1 for item in slipping if item.days_late(self.desk.today()))
        told = [plural(len(outcomes), "outcome")]
        if slipping:
            told.append(f"{plural(late, 'milestone')} late, {len(slipping) - late} expected late")
        has_plan = bool(plan_views.recommendations(book, programme))
        self._head.tell(", ".join(told) if has_plan else "")
        self._new_recommendation.setEnabled(self.desk.writable)
        self._new_outcome.setEnabled(self.desk.writable and has_plan)
        self._turn()

    def _turn(self) -> None:
        """Bring the page of the chosen view up."""
        if not plan_views.recommendations(self.desk.book, self.desk.programme):
            page = "empty"
        elif self.outcomes_view.isChecked():
            page = "outcomes"
        else:
            page = "timeline" if plan_views.by_workstream(self.desk.book, self.desk.programme) else "bare"
        self._stack.setCurrentWidget(self._pages[page])

    def show_record(self, record: Record) -> None:
        """Bring a recommendation, an outcome, or what belongs to one into view."""
        match record:
            case Recommendation() | Outcome():
                self._choose(record)
            case Milestone() | Evidence() | Resource():
                outcome = self.desk.book.find(Outcome, record.outcome)
                if outcome is not None:
                    self._choose(outcome)
                    QTimer.singleShot(0, self, lambda: self._reveal(record))  # once the page is laid out

    def _choose(self, record: Record) -> None:
        self.outcomes_view.setChecked(True)
        self.tree.choose(record.id)

    def _reveal(self, record: Milestone | Evidence | Resource) -> None:
        if isinstance(record, Milestone):
            self.outcome.show_milestone(record)
        else:
            section = self.outcome.evidence if isinstance(record, Evidence) else self.outcome.resources
            self.outcome.reveal(section)

    def _on_view_toggled(self, _button: object, checked: bool) -> None:  # noqa: FBT001
        if checked:
            self.keep()
            self._turn()
            chain_tabs(self)

    def _on_chosen(self, record: Record | None) -> None:
        is_recommendation = isinstance(record, Recommendation)
        self._editors.setCurrentWidget(self.recommendation if is_recommendation else self.outcome)
        self.outcome.show_id(record.id if isinstance(record, Outcome) else None)
        self.recommendation.show_id(record.id if record is not None and is_recommendation else None)

    def _on_jump_asked(self, record: Record) -> None:
        if isinstance(record, (Recommendation, Outcome)):
            self.show_record(record)
        else:
            self.jump.emit(record)

    def _on_conflicts_changed(self) -> None:
        self.outcome.refresh()
        self._show()

    # -- what it does

    def add_recommendation(self) -> None:
        """Add a recommendation and put the cursor in its text."""
        programme = self.desk.programme
        if programme is not None and self.desk.writable:
            self.keep()
            number = plan_views.next_recommendation_number(self.desk.book, programme)
            self.desk.run(add_recommendation(programme=programme, number=number), done=self._on_added, once=self)

    def add_outcome(self) -> None:
        """Add an outcome to the recommendation that one is at, and put the cursor in its first part."""
        book, at = self.desk.book, self.tree.current
        if isinstance(at, Outcome):
            at = book.find(Recommendation, at.recommendation)
        if isinstance(at, Recommendation) and self.desk.writable:
            self.keep()
            number = plan_views.next_outcome_number(book, at)
            self.desk.run(add_outcome(recommendation=at.id, number=number), done=self._on_added, once=self)

    def _on_added(self, edit: Edit) -> None:
        record = edit.changes[0].record
        self.show_record(record)
        field = self.recommendation.text if isinstance(record, Recommendation) else self.outcome.parts["want"]
        field.setFocus()

    def _on_remove_wanted(self, record: Record) -> None:
        if not self.desk.writable:
            return
        if isinstance(record, Outcome):
            self.desk.run(remove_outcome(record), once=self)
        elif isinstance(record, Recommendation):
            self.desk.run(remove_recommendation(record), once=self)

    def _on_entered(self) -> None:
        if isinstance(self.tree.current, Recommendation):
            self.recommendation.text.setFocus()
        else:
            self.outcome.parts["want"].setFocus()

    def enter(self) -> None:
        """Put the cursor into the plan."""
        (self.tree if self.outcomes_view.isChecked() else self.timeline).setFocus()

    def keep(self) -> None:
        """Keep what is being typed."""
        self.outcome.keep()
        self.recommendation.keep()

    def unsaved(self) -> list[str]:
        """What was typed and is not kept."""
        return [*self.outcome.unsaved_words(), *self.recommendation.unsaved_words()]
