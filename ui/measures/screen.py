"""The measures' screen."""

from uuid import UUID

from PySide6.QtCore import Qt

from risk_register.domain import progress
from risk_register.domain.commands.measure import add_measure
from risk_register.domain.measure import Measure
from ui.desk import Desk
from ui.measures.columns import measure_columns, measure_filters, searched_text, touched_measures
from ui.measures.editor import MeasureEditor
from ui.tables.filters import Filters
from ui.tables.model import RecordModel
from ui.tables.screen import TableScreen


class MeasuresScreen(TableScreen[Measure]):
    """Every measure of the programme, those that need somebody first."""

    title = "Measures"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            name="measures",
            kind=Measure,
            model=RecordModel(
                measure_columns(desk),
                lambda book: book.where(Measure, "programme", desk.programme),
                touched_measures,
                searched_text,
            ),
            filters=Filters("measures", measure_filters(desk), "Type to filter"),
            sort=(0, Qt.SortOrder.AscendingOrder),
            editor=MeasureEditor(desk),
            add=lambda programme: add_measure(programme=programme, name="New measure"),
            none=(
                "No measures yet",
                "Add what shows whether the plan works: a baseline, a target, and a reading every month.",
            ),
        )

    def _on_activated(self, _id: UUID) -> None:
        """Enter goes to the next reading: that is what one comes for."""
        self.editor.keep()
        editor = self.editor
        assert isinstance(editor, MeasureEditor), "made here"
        editor.readings.enter()

    def told(self) -> str:
        """How many need somebody."""
        desk = self.desk
        found = progress.pressing(desk.book, desk.programme, desk.today()) if desk.programme else []
        due = sum(progress.is_due(desk.book, measure, desk.today()) for measure, _ in found)
        wanting = sum(judged.standing.is_pressing for _, judged in found)
        return f", {wanting} not as they should be, {due} with a reading due"
