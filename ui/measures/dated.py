"""Values by day, each edited in its row: the readings of a measure, and what is expected of it."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from risk_register.domain.change import Command, Edit
from risk_register.domain.measure import ExpectedValue, Measure, Reading
from risk_register.domain.record import specs
from risk_register.domain.text import read_number
from ui.desk import Desk
from ui.fields import DateField, LineField
from ui.form import Begun, Drafts, Form, Problem, draft_words
from ui.number import NumberField
from ui.section import Row, Section, remover
from ui.theme import quiet

Dated = Reading | ExpectedValue
_MOST = 6
"""So many rows are shown before one asks for the rest."""
_VALUE = 84
"""How wide a value's field is, in pixels."""


class DatedSection(Section):
    """The dated values of a measure under a heading: a line to add one, and a row for each, the newest first.

    `add` makes the command that adds a day, a value and a note; `suggest` gives the day that the next one is likely of.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        kind: type[Dated],
        *,
        add: Callable[[UUID, date, Decimal, str], Command],
        edit: Callable[..., Command],
        remove: Callable[[Any], Command],
        suggest: Callable[[Measure], date],
        none: str,
    ) -> None:
        super().__init__(title, desk)
        self._kind, self._edit, self._remove, self._nothing = kind, edit, remove, none
        self._measure: Measure | None = None
        self._made: dict[UUID, _DatedRow] = {}
        self._drafts: Drafts = {}
        self._all = False
        self._problem = Problem()
        self.add = AddDated(desk, kind, add, suggest)
        self._more = QPushButton()
        quiet(self._more)
        self._more.clicked.connect(self._on_more_clicked)
        self.column.insertWidget(1, self.add)
        self.column.insertWidget(2, self._problem)
        self.column.addWidget(self._more)

    def enter(self) -> None:
        """Put the cursor where the next value is typed."""
        self.add.value.setFocus()

    def show_measure(self, measure: Measure | None) -> None:
        """Show another measure's values, or the same one's after an edit."""
        if self._measure is None or measure is None or measure.id != self._measure.id:
            self._problem.say("")
            self._all = False
        self._measure = measure
        self.add.show_measure(measure)
        self._show()

    def _show(self) -> None:
        measure = self._measure
        found: Sequence[Dated] = self.desk.book.where(self._kind, "measure", measure.id) if measure else ()
        newest = sorted(found, key=lambda item: (item.on, item.id), reverse=True)
        shown = newest if self._all else newest[:_MOST]
        ids = {item.id for item in shown}
        for id in [id for id in self._made if id not in ids]:
            self._made.pop(id).form.show(None)  # what is being typed in it is kept, or waits
        for item in shown:
            if item.id in self._made:
                self._made[item.id].form.take(item)
        self.count(len(newest))
        self.show_rows(map(self._row, shown), self._nothing)
        self._more.setText("Show the newest only" if self._all else f"Show all {len(newest)}")
        self._more.setVisible(len(newest) > _MOST)

    def _row(self, item: Dated) -> Row:
        return Row(item.id, self.desk.writable, lambda: self._built_row(item))

    def _built_row(self, item: Dated) -> QWidget:
        row = self._made[item.id] = _DatedRow(self.desk, item, self._edit, self._remove, self._drafts)
        row.form.problem.connect(self._problem.say)
        return row

    def _on_more_clicked(self) -> None:
        self._all = not self._all
        self._show()

    def keep(self) -> None:
        """Keep what is being typed."""
        for row in self._made.values():
            row.form.keep()

    def unsaved_words(self) -> list[str]:
        """What was typed and is not kept, a line each."""
        drafts = dict(self._drafts)
        for row in self._made.values():
            drafts |= row.form.unsaved()
        return draft_words(self.desk.book, self._kind, drafts) + self.add.unsaved_words()


class _DatedRow(QWidget):
    """One value: its day, what it was, and a note where the kind has one."""

    def __init__(
        self,
        desk: Desk,
        item: Dated,
        edit: Callable[..., Command],
        remove: Callable[[Any], Command],
        drafts: Drafts,
    ) -> None:
        super().__init__()
        self._desk, self._kind, self._remove = desk, type(item), remove
        self.day, self.value = DateField(desk.today, clearable=False), NumberField()
        self.value.setFixedWidth(_VALUE)
        self.day.setFixedWidth(self.day.minimumWidth() - 8)
        away = remover(f"Remove {item.label}")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.day)
        line.addWidget(self.value)
        self.form = Form(desk, type(item), edit, self, drafts)
        fields: dict[str, DateField | NumberField | LineField] = {"on": self.day, "value": self.value}
        if "note" in specs(self._kind):
            note = fields["note"] = LineField("Note")
            line.addWidget(note, 1)
        else:
            line.addStretch(1)
        line.addWidget(away)
        for name, field in fields.items():
            field.setAccessibleName(f"{specs(self._kind)[name].label} of {item.label}")
            self.form.bind(name, field)
        self.form.show(item)
        away.clicked.connect(self._on_removed)
        for widget in (*fields.values(), away):
            widget.setEnabled(desk.writable)

    def _on_removed(self) -> None:
        item = self.form.record
        if item is not None:
            self._desk.run(self._remove(self._desk.book.get(self._kind, item.id)))


class _ValueLine(LineField):
    """Where the value of a new reading is typed. Several cells that are pasted are not for this line."""

    cells_pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of pasted cells instead of putting them all into one line."""
        text = QApplication.clipboard().text() if event.matches(QKeySequence.StandardKey.Paste) else ""
        if "\t" in text.strip() or "\n" in text.strip():
            self.cells_pasted.emit(text)
        else:
            super().keyPressEvent(event)


class AddDated(QWidget):
    """A line that Enter adds to a measure: a day, a value, a note. What is begun or refused stays at its measure."""

    def __init__(
        self,
        desk: Desk,
        kind: type[Dated],
        add: Callable[[UUID, date, Decimal, str], Command],
        suggest: Callable[[Measure], date],
    ) -> None:
        super().__init__()
        self._desk, self._add, self._suggest = desk, add, suggest
        self._measure: Measure | None = None
        self.day = DateField(desk.today, clearable=False)
        self.value, self.note = _ValueLine("Value"), LineField("Note, then Enter")
        self.value.setFixedWidth(_VALUE)
        self.day.setFixedWidth(self.day.minimumWidth() - 8)
        self._begun = [Begun(self.value), Begun(self.note)]
        self._problem = Problem()
        self._button = QPushButton("Add")
        line = QHBoxLayout()
        line.setSpacing(4)
        for field, words in ((self.day, "Date"), (self.value, "Value"), (self.note, "Note")):
            field.setAccessibleName(f"{words} of a new {kind.called}")
            line.addWidget(field)
            field.returnPressed.connect(self._on_entered)
        if "note" not in specs(kind):
            self.note.hide()
            line.addStretch(1)
        line.addWidget(self._button)
        self._button.clicked.connect(self._on_entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addWidget(self._problem)

    def show_measure(self, measure: Measure | None) -> None:
        """Add to another measure, or to the same one after an edit."""
        is_other = self._measure is None or measure is None or measure.id != self._measure.id
        if is_other:
            self._problem.say("")
        self._measure = measure
        for begun in self._begun:
            begun.show(measure)
        if measure is not None and not any(begun.is_begun for begun in self._begun) and not self.day.hasFocus():
            self.day.set_value(self._suggest(measure))
        self.setVisible(self._desk.writable)

    def _on_entered(self) -> None:
        measure, typed = self._measure, self.value.text().strip()
        day, number = self.day.value(), read_number(typed)
        if measure is None:
            return
        if not typed:
            self.value.setFocus()
        elif number is None:
            self._problem.say(f"“{typed:.60}” is no number. Write it as 45 or 12.5.")
        elif not isinstance(day, date):
            self._problem.say(f"“{day or ''!s:.60}” is no date. Write it as 24/11/2026.")
        else:
            self._desk.run(
                self._add(measure.id, day, number, self.note.text()),
                done=lambda edit: self._on_added(measure, edit),
                failed=lambda error: self._problem.fail(error, self._desk),
                once=self,
            )

    def _on_added(self, measure: Measure, _edit: Edit) -> None:
        self._problem.say("")
        for begun in self._begun:
            begun.finish(measure)
        if self._measure is not None:
            self.show_measure(self._measure)
            if any(field.hasFocus() for field in (self.day, self.value, self.note, self._button)):
                self.value.setFocus()

    def unsaved_words(self) -> list[str]:
        """What was begun and not added, a line each."""
        return [words for begun in self._begun for words in begun.unsaved_words()]
