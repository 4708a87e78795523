"""Changing several chosen records at once: what is ticked is set in all of them, as one edit."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.bulk import edit_all
from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.fields import value_of
from risk_register.domain.text import plural
from ui.desk import Desk
from ui.dialog import Dialog, ask_to_discard, foot
from ui.fields import RecordField, TextField
from ui.form import Problem
from ui.keys import chain_tabs
from ui.theme import SPACE, as_title, muted
from ui.words import Words, as_item

Fields = Mapping[str | UUID, tuple[str, Any]]
"""What can be set in several at once: by the field's name, or the id of one of the programme's own, its words and a Field."""


class BulkDialog(Dialog):
    """Asks which fields of several records are to be set, and to what. Stays open where that is refused.

    `edit` makes the command for one record. What a record held when the dialog opened is what its author saw.
    """

    def __init__(
        self,
        desk: Desk,
        records: Sequence[Any],
        fields: Fields,
        edit: Callable[..., Command],
        parent: QWidget | None = None,
    ) -> None:
        self._told = plural(len(records), records[0].called)
        super().__init__(f"Change {self._told}", parent)
        self._desk, self._records, self._edit = desk, records, edit
        own = [id for id in fields if isinstance(id, UUID)]
        self._held = {id: [value_of(desk.book, record, id) for record in records] for id in own}
        self.setMinimumWidth(560)
        heading, hint = Words(f"Change {self._told}"), Words(wrap=True)
        as_title(heading, larger=4)
        hint.setText("What is ticked is set in all of them, as one change. Undo takes all of it back.")
        muted(hint)
        self.ticks: dict[str | UUID, QCheckBox] = {}
        self.fields: dict[str | UUID, Any] = {}
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        for row, (name, (words, field)) in enumerate(fields.items()):
            tick = self.ticks[name] = QCheckBox(as_item(words))
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
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(heading)
        column.addWidget(hint)
        column.addLayout(grid)
        column.addWidget(self.why)
        column.addWidget(self._problem)
        column.addStretch()
        column.addLayout(foot(self, self.button))
        self.button.clicked.connect(self._on_clicked)
        chain_tabs(self)
        self._offer()

    def _on_kept(self, name: str | UUID, begun: Any) -> None:  # noqa: ANN401  each field has its own type
        """Tick what was set. A field that one only goes through says so too, and must not be emptied in all of them."""
        if self.fields[name].value() != begun:
            self.ticks[name].setChecked(True)

    def _offer(self) -> None:
        """Let the button be pressed once something is ticked."""
        self._problem.say("")
        self.button.setEnabled(any(tick.isChecked() for tick in self.ticks.values()))

    def _on_clicked(self) -> None:
        ticked = {name: self.fields[name].value() for name, tick in self.ticks.items() if tick.isChecked()}
        values = {name: value for name, value in ticked.items() if isinstance(name, str)}
        filled = [(held, ticked[id]) for id, several in self._held.items() if id in ticked for held in several]
        self.button.setEnabled(False)
        command = edit_all(self._records, self._edit, why=self.why.value(), filled=filled, **values)
        self._desk.run(command, done=self._on_done, failed=self._on_failed, once=self)

    def _on_done(self, _edit: Edit) -> None:
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Unchanged):
            self._problem.say(f"All {self._told} are so already.")
        else:
            self._problem.fail(error, self._desk)
        self.button.setEnabled(True)

    def reject(self) -> None:
        """Close without a change; what was set is asked about first."""
        if self.why.value().strip() or any(tick.isChecked() for tick in self.ticks.values()):
            ask_to_discard(self, self._on_discarded)
        else:
            super().reject()

    def _on_discarded(self) -> None:
        super().reject()
