"""The actions' screen."""

from PySide6.QtCore import Qt

from risk_register.domain import views
from risk_register.domain.action import Action
from risk_register.domain.commands.action import add_action, edit_action
from ui.actions.columns import action_columns, action_filters, searched_text, touched_actions
from ui.actions.editor import ActionEditor
from ui.actions.fields import several_actions
from ui.custom_fields import custom_columns, custom_filters
from ui.desk import Desk
from ui.tables.filters import Filters
from ui.tables.model import RecordModel
from ui.tables.screen import TableScreen


class ActionsScreen(TableScreen[Action]):
    """Every action of the programme, overdue ones first."""

    title = "Actions"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            name="actions",
            kind=Action,
            model=RecordModel(
                action_columns(desk),
                lambda book: book.where(Action, "programme", desk.programme),
                touched_actions,
                searched_text,
            ),
            filters=Filters("actions", action_filters(desk), "Type to filter"),
            sort=(0, Qt.SortOrder.AscendingOrder),
            editor=ActionEditor(desk),
            add=lambda programme: add_action(programme=programme, title="New action"),
            none=("No actions yet", "Add one here, or to a risk in the register; then chase it from this list."),
            bulk=(edit_action, lambda: several_actions(desk)),
            extra=lambda: (custom_columns(desk, Action), custom_filters(desk, Action)),
        )

    def told(self) -> str:
        """How many are open and how many overdue."""
        desk = self.desk
        late = len(views.late_actions(desk.book, desk.programme, desk.today())) if desk.programme else 0
        opened = sum(action.is_open for action in desk.book.where(Action, "programme", desk.programme))
        return f", {opened} open, {late} overdue"
