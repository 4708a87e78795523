"""Changing several chosen records at once: what is ticked is set in all of them, as one edit."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.bulk import edit_all
from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.record import Record
from risk_register.domain.text import plural
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import RecordField, TextField
from ui.form import Problem
from ui.keys import chain_tabs
from ui.theme import SPACE, as_title, muted, primary, quiet
from ui.words import Words

Fields = Mapping[str, tuple[str, Any]]
"""What can be set in several at once: by the field's name, its words and a Field."""


class BulkDialog(Dialog):
    """Asks which fields of several records are to be set, and to what. Stays open where that is refused.

    `edit` makes the command for one record. What a record held when the dialog opened is what its author saw.
    """

    def __init__(
        self,
        desk: Desk,
        records: Sequence[Record],
        fields: Fields,
        edit: Callable[..., Command],
        parent: QWidget | None = None,
    ) -> None:
        self._told = plural(len(records), records[0].called)
        super().__init__(f"Change {self._told}", parent)
        self._desk, self._records, self._edit = desk, records, edit
        self.setMinimumWidth(560)
        heading, hint = Words(f"Change {self._told}"), Words(wrap=True)
        as_title(heading, larger=4)
        hint.setText("What is ticked is set in all of them, as one change. Undo takes all of it back.")
        muted(hint)
        self.ticks: dict[str, QCheckBox] = {}
        self.fields: dict[str, Any] = {}
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        for row, (name, (words, field)) in enumerate(fields.items()):
            tick = self.ticks[name] = QCheckBox(words)
            self.fields[name] = field
            field.setAccessibleName(words)
            if isinstance(field, RecordField):
                field.fill(desk.book)
            field.kept.connect(partial(self._on_kept, name, field.value()))
            tick.toggled.connect(self._offer)
            grid.addWidget(tick, row, 0)
            grid.addWidget(field, row, 1)
        self.why = TextField("Why, for History", lines=2)
        self.why.setAccessibleName("Why")
        self._problem = Problem()
        self.button = QPushButton(f"Change {self._told}")
        primary(self.button)
        self.button.setDefault(True)
        cancel = QPushButton("Cancel")
        quiet(cancel)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(heading)
        column.addWidget(hint)
        column.addLayout(grid)
        column.addWidget(self.why)
        column.addWidget(self._problem)
        column.addStretch()
        column.addLayout(buttons)
        cancel.clicked.connect(self.reject)
        self.button.clicked.connect(self._on_clicked)
        chain_tabs(self)
        self._offer()

    def _on_kept(self, name: str, begun: Any) -> None:  # noqa: ANN401  each field has its own type
        """Tick what was set. A field that one only goes through says so too, and must not be emptied in all of them."""
        if self.fields[name].value() != begun:
            self.ticks[name].setChecked(True)

    def _offer(self) -> None:
        """Let the button be pressed once something is ticked."""
        self._problem.say("")
        self.button.setEnabled(any(tick.isChecked() for tick in self.ticks.values()))

    def _on_clicked(self) -> None:
        values = {name: self.fields[name].value() for name, tick in self.ticks.items() if tick.isChecked()}
        self.button.setEnabled(False)
        command = edit_all(self._records, self._edit, why=self.why.value(), **values)
        self._desk.run(command, done=self._on_done, failed=self._on_failed, once=self)

    def _on_done(self, _edit: Edit) -> None:
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Unchanged):
            self._problem.say(f"All {self._told} are so already.")
        else:
            self._problem.fail(error, self._desk)
        self.button.setEnabled(True)
