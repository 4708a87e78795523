"""The controls of a risk, each edited in its row."""

from PySide6.QtWidgets import QHBoxLayout

from risk_register.domain.commands.control import add_control, edit_control, remove_control
from risk_register.domain.control import Control, Effectiveness
from ui.desk import Desk
from ui.fields import ChoiceField, LineField, choices_of
from ui.form import Drafts
from ui.rows import RecordRow, RecordRows
from ui.section import remover
from ui.words import as_tip


class ControlRow(RecordRow[Control]):
    """One control: what it is, and how well it works."""

    def __init__(self, desk: Desk, control: Control, drafts: Drafts) -> None:
        super().__init__(desk, control, edit_control, drafts)
        self.text = LineField()
        self._choice = ChoiceField(choices_of(Effectiveness))
        self._choice.setFixedWidth(150)
        remove = remover("Remove this control")
        remove.setEnabled(desk.writable)
        remove.clicked.connect(self._on_remove_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.text, 1)
        row.addWidget(self._choice)
        row.addWidget(remove)
        self.bind("description", self.text)
        self.bind("effectiveness", self._choice)

    def tell(self, control: Control) -> None:
        """Say in full what is cut."""
        self.text.setToolTip(as_tip(control.description))
        if not self.text.hasFocus():
            self.text.setCursorPosition(0)

    def _on_remove_clicked(self) -> None:
        if self.now:
            self.desk.run(remove_control(self.now))


class Controls(RecordRows[Control]):
    """What already holds the risk down."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            "Controls",
            desk,
            Control,
            listed=lambda risk: desk.book.where(Control, "risk", risk),
            add=lambda risk, text: add_control(risk=risk, description=text),
            row=lambda control, drafts: ControlRow(desk, control, drafts),
            none="Nothing is in place yet that lowers its likelihood or impact.",
        )
