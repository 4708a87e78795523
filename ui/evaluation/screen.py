"""The self-evaluation's screen: its themes, and the forward work programme below them."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from risk_register.domain import forward
from risk_register.domain.change import Edit
from risk_register.domain.commands.evaluation import add_theme
from risk_register.domain.evaluation import ForwardStep, Theme
from risk_register.domain.record import Record
from ui import settings
from ui.desk import Desk
from ui.evaluation.columns import (
    searched_text,
    step_columns,
    theme_columns,
    theme_filters,
    touched_steps,
    touched_themes,
)
from ui.evaluation.editor import ThemeEditor
from ui.tables.filters import Filters
from ui.tables.model import RecordModel
from ui.tables.screen import TableScreen
from ui.tables.view import RecordTable


class EvaluationScreen(TableScreen[Theme]):
    """The themes of the self-evaluation, and the steps of all of them by the day they are due."""

    title = "Self-evaluation"

    def __init__(self, desk: Desk) -> None:
        self.theme_editor = ThemeEditor(desk)
        super().__init__(
            desk,
            name="evaluation",
            kind=Theme,
            model=RecordModel(
                theme_columns(desk),
                lambda book: book.where(Theme, "programme", desk.programme),
                touched_themes,
                searched_text,
            ),
            filters=Filters("evaluation", theme_filters(desk), "Type to filter"),
            sort=(0, Qt.SortOrder.AscendingOrder),
            editor=self.theme_editor,
            add=lambda programme: add_theme(programme=programme, name="New theme"),
            none=(
                "No themes yet",
                "Add what the partnership judges itself on: how good it is, how you know, and what comes next.",
            ),
        )
        self.step_model = RecordModel(
            step_columns(desk),
            lambda book: forward.programme_steps(book, desk.programme),
            touched_steps,
            lambda _book, _step: "",
        )
        self.step_table = RecordTable("forward", self.step_model, (0, Qt.SortOrder.AscendingOrder))
        self.step_table.setAccessibleName("The forward work programme: Enter goes to the step")
        both = QSplitter(Qt.Orientation.Vertical)
        both.setHandleWidth(1)
        both.setChildrenCollapsible(False)
        themes = self._splitter.replaceWidget(0, both)
        assert themes, "the themes' table stands there"
        both.addWidget(themes)
        both.addWidget(self.step_table)
        themes.show()
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 1)
        settings.keep_splitter("evaluation/steps", both, [320, 360])
        self.step_table.activated_id.connect(self._on_step_activated)
        self.step_table.clicked.connect(self._on_step_clicked)

    def reload(self) -> None:
        """Show another register or programme."""
        super().reload()
        self.step_model.load(self.desk.book)

    def restyle(self) -> None:
        """Show the same in other colours, or on another day."""
        super().restyle()
        self.step_model.load(self.desk.book)

    def take(self, edit: Edit) -> None:
        """Show what an edit changed."""
        super().take(edit)
        self.step_model.take(edit, self.desk.book)

    def show_record(self, record: Record) -> None:
        """Choose a theme, or the theme of a step and that step in it."""
        if not isinstance(record, ForwardStep):
            super().show_record(record)
            return
        super().show_record(self.desk.book.get(Theme, record.theme))
        self.step_table.choose(record.id)
        self.theme_editor.steps.go_to(record)

    def _on_step_clicked(self) -> None:
        if self.step_table.current_id:
            step = self.desk.book.get(ForwardStep, self.step_table.current_id)
            super().show_record(self.desk.book.get(Theme, step.theme))

    def _on_step_activated(self, id: UUID) -> None:
        self.show_record(self.desk.book.get(ForwardStep, id))

    def told(self) -> str:
        """How many steps are open and late, and what of the system no theme covers."""
        steps = forward.programme_steps(self.desk.book, self.desk.programme)
        opened, late = (
            sum(step.is_open for step in steps),
            sum(bool(step.days_late(self.desk.today())) for step in steps),
        )
        missing = forward.uncovered(self.desk.book, self.desk.programme)
        return f", {opened} steps open, {late} late" + (f"; no theme covers {missing}" if missing else "")
