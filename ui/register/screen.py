"""The register's screen."""

from PySide6.QtCore import Qt

from risk_register.domain import views
from risk_register.domain.commands.risk import add_risk
from risk_register.domain.risk import Risk
from ui.custom_fields import custom_columns, custom_filters
from ui.desk import Desk
from ui.register.columns import risk_columns, risk_filters, searched_text, touched_risks
from ui.register.editor import RiskEditor
from ui.tables.filters import Filters
from ui.tables.model import RecordModel
from ui.tables.screen import TableScreen


class RegisterScreen(TableScreen[Risk]):
    """Every risk of the programme."""

    title = "Register"

    def __init__(self, desk: Desk) -> None:
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
            editor=RiskEditor(desk),
            add=lambda programme: add_risk(programme=programme, title="New risk", raised_on=desk.today()),
            none=("No risks yet", "Add the first one, or import the workbook that you keep them in (File > Import)."),
            extra=lambda: (custom_columns(desk, Risk), custom_filters(desk, Risk)),
        )

    def told(self) -> str:
        """How many are open and how many outside their target."""
        risks = views.live_risks(self.desk.book, self.desk.programme) if self.desk.programme else []
        outside = sum(views.outside_target(self.desk.book, risk) for risk in risks)
        return f", {len(risks)} open, {outside} outside target"
