"""The controls of a risk, each edited in its row."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from risk_register.domain.change import Command
from risk_register.domain.commands.control import add_control, edit_control, remove_control
from risk_register.domain.control import Control, Effectiveness
from risk_register.domain.risk import Risk
from ui.desk import Desk
from ui.fields import ChoiceField, LineField, choices_of
from ui.form import Drafts, Form, Problem, draft_words
from ui.section import AddLine, Row, Section, remover
from ui.words import as_tip

if TYPE_CHECKING:
    from uuid import UUID


class _ControlRow(QWidget):
    """One control: what it is, and how well it works."""

    def __init__(self, desk: Desk, control: Control, drafts: Drafts) -> None:
        super().__init__()
        self._desk = desk
        self._text = LineField()
        self._text.setAccessibleName("Control")
        self._choice = ChoiceField(choices_of(Effectiveness))
        self._choice.setFixedWidth(150)
        self._choice.setAccessibleName("Effectiveness")
        remove = remover("Remove this control")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._text, 1)
        row.addWidget(self._choice)
        row.addWidget(remove)
        self.form = Form(desk, Control, edit_control, self, drafts)
        self.form.bind("description", self._text)
        self.form.bind("effectiveness", self._choice)
        self.form.show(control)
        self._text.setCursorPosition(0)
        self._text.setToolTip(as_tip(control.description))
        remove.clicked.connect(self._on_remove_clicked)
        for widget in (self._text, self._choice, remove):
            widget.setEnabled(desk.writable)

    def _on_remove_clicked(self) -> None:
        control = self.form.record
        if isinstance(control, Control):
            self._desk.run(remove_control(self._desk.book.get(Control, control.id)))


class Controls(Section):
    """What already holds the risk down."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Controls", desk)
        self._risk: Risk | None = None
        self._made: dict[UUID, _ControlRow] = {}
        self._drafts: Drafts = {}
        self._problem = Problem()
        self.add = AddLine("Add a control, then Enter", desk, self._command)
        self.column.addWidget(self._problem)
        self.column.addWidget(self.add)

    def _command(self, text: str) -> Command:
        assert self._risk, "a risk is shown"
        return add_control(risk=self._risk.id, description=text)

    def show_risk(self, risk: Risk | None) -> None:
        """Show another risk's controls, or the same one's after an edit."""
        controls = self.desk.book.where(Control, "risk", risk.id) if risk else ()
        if self._risk is None or risk is None or risk.id != self._risk.id:
            self._problem.say("")
        self._risk = risk
        self.add.show_record(risk)
        self.count(len(controls))
        ids = {control.id for control in controls}
        for id in [id for id in self._made if id not in ids]:
            self._made.pop(id).form.show(None)  # what is being typed in it is kept, or waits
        for control in controls:
            if control.id in self._made:
                self._made[control.id].form.take(control)
        self.show_rows(map(self._row, controls), "Nothing is in place yet that lowers its likelihood or impact.")

    def _row(self, control: Control) -> Row:
        return Row(control.id, self.desk.writable, lambda: self._built_row(control))

    def _built_row(self, control: Control) -> QWidget:
        row = self._made[control.id] = _ControlRow(self.desk, control, self._drafts)
        row.form.problem.connect(self._problem.say)
        return row

    def keep(self) -> None:
        """Keep what is being typed."""
        for row in self._made.values():
            row.form.keep()

    def unsaved_words(self) -> list[str]:
        """What was typed and is not kept, a line each."""
        drafts = dict(self._drafts)
        for row in self._made.values():
            drafts |= row.form.unsaved()
        return draft_words(self.desk.book, Control, drafts) + self.add.begun.unsaved_words()
