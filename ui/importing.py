"""Importing a workbook: what was found, as it will become, then one edit."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from risk_register.domain import views
from risk_register.domain.change import Edit
from risk_register.domain.commands.importing import import_risks
from risk_register.domain.errors import Refused
from risk_register.domain.importing import Draft, Layout, Part, drafts, guess, ranked
from risk_register.domain.matrix import Matrix
from risk_register.domain.text import listed, plural
from risk_register.exchange.workbook import Sheet, read_workbook
from ui.desk import Desk
from ui.dialog import Dialog, foot
from ui.form import Problem
from ui.theme import SPACE, as_title, muted
from ui.words import Words, as_html, as_tip
from ui.working import Working

_SHOWN = 200
_DOUBTS = 5
"""So many lines of doubts are seen at once; one scrolls to the others."""


class ImportDialog(Dialog):
    """Shows each column with what it is taken for; every choice can be corrected before anything is kept."""

    @classmethod
    def begin(cls, parent: QWidget, desk: Desk, path: Path) -> None:
        """Read a workbook away from the window's thread, then show what was found."""
        if desk.path is None or desk.programme is None:
            desk.refused.emit(Refused("Open or make the register that the risks are to go into first, then import."))
            return
        if not desk.writable:
            desk.refused.emit(Refused("This register is open for reading only, so nothing can be imported into it."))
            return
        dialog = cls(desk, path, parent)
        dialog.working.begin(f"Reading {path.name} …")
        dialog.open()
        matrix = dialog.matrix

        def read() -> tuple[dict[str, Sheet], dict[str, int]]:
            sheets = {name: rows for name, rows in read_workbook(path).items() if rows}
            if not sheets:
                raise Refused(f"{path.name} holds no filled cell, so there is nothing to import.")
            return sheets, ranked(sheets, matrix)

        desk.work(read, dialog.on_read, dialog.on_read_failed)

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        super().__init__("Import a workbook", parent)
        self._desk, self._path = desk, path
        self._sheets: dict[str, Sheet] = {}
        self._counts: dict[str, int] = {}
        self._is_importing = False
        self._layout = Layout(0, (), ())
        self.drafts: list[Draft] = []
        self.resize(1080, 640)
        heading = Words(f"Import {path.name}")
        as_title(heading, larger=4)
        self._sheet, self._row = QComboBox(), QSpinBox()
        self._sheet.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._row.setMinimum(1)
        self._told, self._doubted, self._doubts = QLabel(), Words(), QPlainTextEdit()
        self._told.setWordWrap(True)
        muted(self._doubted)
        self._doubted.setBuddy(self._doubts)
        self._doubts.setReadOnly(True)
        self._doubts.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._doubts.setTabChangesFocus(True)
        self.table = QTableWidget()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setDefaultSectionSize(170)
        self._problem = Problem()
        self.working = Working()
        self.working.cancelled.connect(self.reject)
        self.button = QPushButton("Import")
        self.button.setEnabled(False)
        top = QHBoxLayout()
        for words, field in (("Sheet", self._sheet), ("Headings in row", self._row)):
            label = QLabel(words)
            label.setBuddy(field)
            top.addWidget(label)
            top.addWidget(field)
        top.addStretch()
        once = QLabel("The whole import is one edit: one Undo takes it back.")
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 2)
        column.addWidget(heading)
        column.addLayout(top)
        column.addWidget(self._told)
        column.addWidget(self.table, 1)
        column.addWidget(self._doubted)
        column.addWidget(self._doubts)
        column.addWidget(self._problem)
        column.addWidget(self.working)
        column.addLayout(foot(self, self.button, once))
        self._sheet.currentTextChanged.connect(self._on_sheet_chosen)
        self._row.valueChanged.connect(self._on_row_chosen)
        self.button.clicked.connect(self._on_import_clicked)

    def on_read_failed(self, error: Exception) -> None:
        """Say why it can't be read."""
        self._desk.tell(error)
        self.reject()

    def on_read(self, found: tuple[dict[str, Sheet], dict[str, int]]) -> None:
        """Show the sheets, and of them the one that looks most like a register."""
        self.working.end()
        self._sheets, self._counts = found
        best = next(iter(self._counts))
        with QSignalBlocker(self._sheet):
            self._sheet.addItems(list(self._sheets))
            self._sheet.setCurrentText(best)
        self._on_sheet_chosen(best)

    @property
    def matrix(self) -> Matrix:
        """The matrix on which the imported scores stand."""
        assert self._desk.programme, "begun only with a programme"
        return views.matrix_of(self._desk.book, self._desk.programme)

    def _on_sheet_chosen(self, name: str) -> None:
        rows = self._sheets[name]
        self._layout = guess(rows)
        with QSignalBlocker(self._row):
            self._row.setMaximum(len(rows))
            self._row.setValue(self._layout.heading_row + 1)
        self._show()

    def _on_row_chosen(self, row: int) -> None:
        rows = self._sheets[self._sheet.currentText()]
        found = guess(rows[row - 1 : row])
        self._layout = Layout(row - 1, found.headings, found.parts)
        self._show()

    def _on_part_chosen(self, column: int, words: str) -> None:
        parts = list(self._layout.parts)
        parts[column] = Part(words)
        self._layout = Layout(self._layout.heading_row, self._layout.headings, parts)
        self._tell()

    def _show(self) -> None:
        rows = self._sheets[self._sheet.currentText()]
        body = rows[self._layout.heading_row + 1 :][:_SHOWN]
        self.table.clear()
        self.table.setColumnCount(len(self._layout.headings))
        self.table.setRowCount(len(body) + 1)
        self.table.setHorizontalHeaderLabels([heading or "–" for heading in self._layout.headings])
        self.table.setVerticalHeaderLabels(
            ["", *(str(self._layout.heading_row + 2 + number) for number in range(len(body)))]
        )
        for column, part in enumerate(self._layout.parts):
            choice = QComboBox()
            choice.addItems([item.value for item in Part])
            choice.setCurrentText(part.value)
            choice.setAccessibleName(f"What the column {self._layout.headings[column]} holds")
            choice.currentTextChanged.connect(lambda words, column=column: self._on_part_chosen(column, words))
            self.table.setCellWidget(0, column, choice)
            for number, row in enumerate(body, start=1):
                item = QTableWidgetItem(" ".join(row[column].split()))
                item.setToolTip(as_tip(row[column]))
                self.table.setItem(number, column, item)
        self.table.setRowHeight(0, 38)
        self._tell()

    def _tell(self) -> None:
        rows = self._sheets[self._sheet.currentText()]
        self.drafts = drafts(rows, self._layout, self.matrix)
        scored = sum("current" in draft.scores or "inherent" in draft.scores for draft in self.drafts)
        left = [
            heading
            for heading, part in zip(self._layout.headings, self._layout.parts, strict=True)
            if part is Part.leave_out and heading
        ]
        out = f" Left out: {as_html(listed(left))}." if left else ""
        if self.drafts:
            told = f"<b>{plural(len(self.drafts), 'risk')}, {scored or 'none'} of them scored.</b>{out}"
        else:
            told = f"<b>No risk is found on this sheet.</b> {as_html(self._where_else())}"
        self._told.setText(told)
        self._doubt([doubt for draft in self.drafts for doubt in draft.doubts])
        self.button.setText(f"Import {plural(len(self.drafts), 'risk')}" if self.drafts else "Import")
        self.button.setEnabled(bool(self.drafts))

    def _where_else(self) -> str:
        """What to do on a sheet without risks."""
        others = [
            f"“{name}” holds {plural(count, 'risk')}"
            for name, count in self._counts.items()
            if count and name != self._sheet.currentText()
        ]
        sheets = f"Choose another sheet: {listed(others)}. Or say" if others else "Say"
        return (
            f"{sheets} in which row the headings stand, and above the table which column holds the title or the event."
        )

    def _doubt(self, doubts: list[str]) -> None:
        for widget in (self._doubted, self._doubts):
            widget.setVisible(bool(doubts))
        self._doubted.setText(f"{plural(len(doubts), 'score or date', 'scores or dates')} not understood, row by row:")
        self._doubts.setPlainText("\n".join(doubts))
        margins, margin = self._doubts.contentsMargins(), self._doubts.document().documentMargin()
        lines = min(len(doubts), _DOUBTS) * self._doubts.fontMetrics().lineSpacing()
        self._doubts.setFixedHeight(lines + margins.top() + margins.bottom() + int(2 * margin) + 2)

    def _on_import_clicked(self) -> None:
        assert self._desk.programme, "begun only with a programme"
        self.button.setEnabled(False)
        self._is_importing = True
        self.working.begin(f"Importing {plural(len(self.drafts), 'risk')} …")
        command = import_risks(
            programme=self._desk.programme, drafts=self.drafts, source=self._path.name, on=self._desk.today()
        )
        self._desk.run(command, done=self._on_imported, failed=self._on_failed)

    def _on_imported(self, _edit: Edit) -> None:
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self._is_importing = False
        self.working.end()
        self.button.setEnabled(True)
        self._problem.fail(error, self._desk)

    def reject(self) -> None:
        """Give up; what is being imported is called off first."""
        if self._is_importing:
            self._desk.cancel()
        else:
            super().reject()
