"""Pasting a column of readings from a workbook: what they are is said before they are taken."""

from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from risk_register.domain.change import Edit
from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.commands.measure import take_readings
from risk_register.domain.errors import Refused
from risk_register.domain.measure import Measure, Reading
from risk_register.domain.pasting import read_readings
from risk_register.domain.text import listed, long_day, plural
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import TextField
from ui.form import Problem
from ui.theme import SPACE, muted, primary
from ui.words import Words


class PasteDialog(Dialog):
    """Readings of one measure, a day and a value on each line."""

    def __init__(self, desk: Desk, measure: Measure, text: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Readings of “{measure.name}”", parent)
        self.setMinimumWidth(460)
        self._desk, self._measure = desk, measure
        told = Words(
            "Two columns of a workbook: the day, or the month, and the value. A day that has a reading is corrected.",
            wrap=True,
        )
        muted(told)
        self.text = TextField("30/09/2026\t45\n31/10/2026\t47.5", lines=8)
        self.text.setAccessibleName("A day and a value on each line")
        self.text.setTabChangesFocus(True)
        self.text.set_value(text)
        self.summary, self._problem = Words(wrap=True), Problem()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.button = self.buttons.addButton("Add readings", QDialogButtonBox.ButtonRole.AcceptRole)
        primary(self.button)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        for widget in (told, self.text, self.summary, self._problem, self.buttons):
            column.addWidget(widget)
        self.text.textChanged.connect(self._on_text_changed)
        self._on_text_changed()

    def _on_text_changed(self) -> None:
        self._problem.say("")
        self.summary.hide()
        self.button.setEnabled(False)
        if not self.text.value().strip():
            return
        try:
            found = read_readings(self.text.value())
        except Refused as error:
            self._problem.say(str(error))
            return
        held = {item.on: item.value for item in self._desk.book.where(Reading, "measure", self._measure.id)}
        new = sum(on not in held for on in found)
        other = sum(on in held and held[on] != value for on, value in found.items())
        same = len(found) - new - other
        parts = [f"{new} new"] * bool(new) + [f"{other} corrected"] * bool(other) + [f"{same} as they are"] * bool(same)
        span = f" from {long_day(min(found))} to {long_day(max(found))}" if len(found) > 1 else ""
        self.summary.setText(f"{plural(len(found), 'reading')}{span}: {listed(parts)}.")
        self.summary.show()
        self.button.setEnabled(bool(new or other))

    def _on_accepted(self) -> None:
        command = take_readings(measure=self._measure.id, readings=read_readings(self.text.value()))
        self.button.setEnabled(False)
        self._desk.run(command, done=self._on_done, failed=self._on_failed, once=self)

    def _on_done(self, _edit: Edit) -> None:
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Unchanged):
            self.accept()
        else:
            self.button.setEnabled(True)
            self._problem.fail(error, self._desk)
