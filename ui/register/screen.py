"""The register's screen."""

from PySide6.QtCore import Qt

from risk_register.domain import standing, views
from risk_register.domain.commands.review import review_all
from risk_register.domain.commands.risk import add_risk, edit_risk
from risk_register.domain.risk import Risk
from risk_register.domain.text import plural
from ui.custom_fields import custom_columns, custom_filters
from ui.desk import Desk
from ui.prompt import Prompt
from ui.register.columns import risk_columns, risk_filters, searched_text, touched_risks
from ui.register.editor import RiskEditor
from ui.register.fields import several_risks
from ui.tables.filters import Filters
from ui.tables.model import RecordModel
from ui.tables.screen import TableScreen


class RegisterScreen(TableScreen[Risk]):
    """Every risk of the programme."""

    title = "Register"

    def __init__(self, desk: Desk) -> None:
        self.risk_editor = RiskEditor(desk)
        super().__init__(
            desk,
            name="register",
            kind=Risk,
            model=RecordModel(
                risk_columns(desk),
                lambda book: book.where(Risk, "programme", desk.programme),
                touched_risks,
                searched_text,
            ),
            filters=Filters("register", risk_filters(desk), "Type to filter"),
            sort=(2, Qt.SortOrder.DescendingOrder),
            editor=self.risk_editor,
            add=lambda programme: add_risk(programme=programme, title="New risk", raised_on=desk.today()),
            none=("No risks yet", "Add the first one, or import the workbook that you keep them in (File > Import)."),
            bulk=(edit_risk, lambda: several_risks(desk)),
            extra=lambda: (custom_columns(desk, Risk), custom_filters(desk, Risk)),
        )
        desk.outside.changed.connect(self.model.patch)
        desk.outside.changed.connect(self.editor.refresh)

    def review(self) -> bool:
        """Say that the risk in the editor was reviewed and stays as it is; of several chosen, once a note is asked for."""
        if len(self.table.selected_ids()) > 1:
            self.once_kept(self._ask_of_several)
            return True
        self.editor.keep()
        self.risk_editor.reviews.review()
        return self.editor.record is not None

    def _ask_of_several(self) -> None:
        risks = self.chosen_records()
        question = "A note for each of them, if there is something to say:"
        prompt = Prompt(
            self.desk, f"{plural(len(risks), 'risk')}: reviewed, no change", question, "Reviewed", parent=self
        )
        prompt.kept.connect(lambda note: prompt.run(review_all(risks, on=self.desk.today(), note=note)))
        prompt.open()

    def told(self) -> str:
        """How many are open and how many outside their target, or outside appetite."""
        risks = views.live_risks(self.desk.book, self.desk.programme) if self.desk.programme else []
        book = self.desk.book
        target = sum(views.outside_target(book, risk) for risk in risks)
        appetite = sum(standing.outside_appetite(book, risk) for risk in risks)
        told = f", {len(risks)} open, {target} outside target"
        return f"{told}, {appetite} outside appetite" if appetite else told
