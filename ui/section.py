"""A part of an editor's page: a heading, rows, and a way to add one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from risk_register.domain.change import Command, Edit
from risk_register.domain.record import Record
from ui.desk import Desk
from ui.fields import LineField
from ui.form import Begun, Problem
from ui.theme import SPACE, as_title, muted, quiet
from ui.words import Words


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a section: whose it is, all that its looks depend on, and how its widget is made."""

    key: UUID
    looks: object
    build: Callable[[], QWidget] = field(compare=False)


class Section(QWidget):
    """A heading with a count, tools at its right, and rows below it."""

    jump = Signal(object)
    """A Record that was clicked, to be shown where it is edited."""

    def __init__(self, title: str, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._title = title
        self._heading = QLabel(title)
        as_title(self._heading, larger=1)
        self.tools = QHBoxLayout()
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addLayout(self.tools)
        self._shown: list[tuple[Row, QWidget]] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._none = Words(wrap=True)
        muted(self._none)
        self._none.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE)
        self.column.addLayout(head)
        self.column.addLayout(self._rows)
        self.column.addWidget(self._none)

    def add_tool(self, words: str, act: Callable[[], None]) -> QPushButton:
        """Put a quiet button at the right of the heading."""
        button = QPushButton(words)
        quiet(button)
        button.clicked.connect(act)
        self.tools.addWidget(button)
        return button

    def count(self, number: int) -> None:
        """Say how many there are."""
        self._heading.setText(f"{self._title}  {number}" if number else self._title)

    def show_rows(self, rows: Iterable[Row], none: str) -> None:
        """Show these rows; `none` is said where there are none.

        A row that looks as it did stays the widget that it was, so that nobody loses a click or the cursor. Where the
        row that held the cursor is made anew or goes, the cursor stays in its place.
        """
        wanted, before = list(rows), self._shown
        kept = {row.key: widget for row, widget in before if row in wanted}
        self._shown = [(row, kept.get(row.key) or row.build()) for row in wanted]
        while self._rows.takeAt(0) is not None:
            pass
        for _, widget in self._shown:
            self._rows.addWidget(widget)
            widget.show()
        self._none.setText(none)
        self._none.setVisible(not wanted)
        for place, (row, widget) in enumerate(before):
            if row.key not in kept:
                for part, held in enumerate(_parts(widget)):
                    if held.hasFocus():
                        self._put_cursor(row.key, place, part)
                widget.hide()
                widget.deleteLater()

    def _put_cursor(self, key: UUID, place: int, part: int) -> None:
        """Put the cursor into a part of the row of that key, or of the one now in its place, or of the last."""
        rows = [widget for _, widget in self._shown]
        same = [widget for row, widget in self._shown if row.key == key]
        for widget in [*same, *rows[place : place + 1], *rows[-1:]]:
            parts = _parts(widget)
            if part < len(parts) and parts[part].isEnabled():
                parts[part].setFocus()
                return


def _parts(row: QWidget) -> list[QWidget]:
    """What of a row takes the cursor, in the order in which it was made."""
    return [part for part in (row, *row.findChildren(QWidget)) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]


class AddLine(QWidget):
    """A line of text that Enter adds to a record. What is refused or unfinished stays, at the record it was begun for.

    `add` makes the command that adds the text to the record shown.
    """

    def __init__(self, hint: str, desk: Desk, add: Callable[[str], Command]) -> None:
        super().__init__()
        self._desk, self._add = desk, add
        self._record: Record | None = None
        self.line = LineField(hint)
        self.line.setAccessibleName(hint)
        self.begun = Begun(self.line)
        self._problem = Problem()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        column.addWidget(self._problem)
        self.line.returnPressed.connect(self.enter)

    def show_record(self, record: Record | None) -> None:
        """Add to another record, or the same one after an edit."""
        if self._record is None or record is None or record.id != self._record.id:
            self._problem.say("")
        self._record = record
        self.begun.show(record)
        self.setVisible(self._desk.writable)

    def say(self, sentence: str) -> None:
        """Say a sentence below the line, or nothing."""
        self._problem.say(sentence)

    def enter(self) -> None:
        """Add what is typed, as Enter does."""
        record = self._record
        if record is not None and self.line.text().strip():
            self._desk.run(
                self._add(self.line.text()),
                done=lambda edit: self._on_added(record, edit),
                failed=self._on_failed,
                once=self,
            )

    def _on_added(self, record: Record, _edit: Edit) -> None:
        self._problem.say("")
        self.begun.finish(record)

    def _on_failed(self, error: Exception) -> None:
        self._problem.fail(error, self._desk)


def remover(tip: str) -> QToolButton:
    """A small button that takes a row away; `tip` says what that means."""
    button = QToolButton()
    button.setText("✕")
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button
