"""Importing a workbook: what was found, as it will become, then one edit."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
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
from risk_register.domain.importing import Draft, Layout, Part, drafts, guess, likeliest
from risk_register.domain.matrix import Matrix
from risk_register.domain.text import listed, plural
from risk_register.exchange.workbook import Sheet, read_workbook
from ui.desk import Desk
from ui.form import Problem
from ui.theme import SPACE, as_title, muted, primary, quiet
from ui.words import Words, as_html, as_tip
from ui.working import Working

_SHOWN = 200


class ImportDialog(QDialog):
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

        def read() -> tuple[dict[str, Sheet], str]:
            sheets = {name: rows for name, rows in read_workbook(path).items() if rows}
            if not sheets:
                raise Refused(f"{path.name} holds no filled cell, so there is nothing to import.")
            return sheets, likeliest(sheets, matrix)

        desk.work(read, dialog.on_read, dialog.on_read_failed)

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._path = desk, path
        self._sheets: dict[str, Sheet] = {}
        self._layout = Layout(0, (), ())
        self.drafts: list[Draft] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Import a workbook")
        self.resize(1080, 640)
        heading = Words(f"Import {path.name}")
        as_title(heading, larger=4)
        self._sheet, self._row = QComboBox(), QSpinBox()
        self._row.setMinimum(1)
        self._told, self._doubts = QLabel(), Words(wrap=True)
        self._told.setWordWrap(True)
        muted(self._doubts)
        self.table = QTableWidget()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setDefaultSectionSize(170)
        self._problem = Problem()
        self.working = Working()
        self.working.cancelled.connect(self._on_cancelled)
        self.button = QPushButton("Import")
        self.button.setEnabled(False)
        primary(self.button)
        cancel = QPushButton("Cancel")
        quiet(cancel)
        top = QHBoxLayout()
        for words, field in (("Sheet", self._sheet), ("Headings in row", self._row)):
            label = QLabel(words)
            label.setBuddy(field)
            top.addWidget(label)
            top.addWidget(field)
        top.addStretch()
        buttons = QHBoxLayout()
        buttons.addWidget(QLabel("The whole import is one edit: one Undo takes it back."), 1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 2)
        column.addWidget(heading)
        column.addLayout(top)
        column.addWidget(self._told)
        column.addWidget(self.table, 1)
        column.addWidget(self._doubts)
        column.addWidget(self._problem)
        column.addWidget(self.working)
        column.addLayout(buttons)
        self._sheet.currentTextChanged.connect(self._on_sheet_chosen)
        self._row.valueChanged.connect(self._on_row_chosen)
        self.button.clicked.connect(self._on_import_clicked)
        cancel.clicked.connect(self.reject)

    def on_read_failed(self, error: Exception) -> None:
        """Say why it can't be read."""
        self._desk.tell(error)
        self.reject()

    def on_read(self, found: tuple[dict[str, Sheet], str]) -> None:
        """Show the sheets, and of them the one that looks most like a register."""
        self.working.end()
        self._sheets, best = found
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
        self._told.setText(f"<b>{plural(len(self.drafts), 'risk')}, {scored} of them scored.</b>{out}")
        doubts = [doubt for draft in self.drafts for doubt in draft.doubts]
        more = f" And {len(doubts) - 3} more." if len(doubts) > 3 else ""  # noqa: PLR2004
        self._doubts.setText(" ".join(doubts[:3]) + more)
        self.button.setText(f"Import {plural(len(self.drafts), 'risk')}")
        self.button.setEnabled(bool(self.drafts))

    def _on_import_clicked(self) -> None:
        assert self._desk.programme, "begun only with a programme"
        self.button.setEnabled(False)
        self.working.begin(f"Importing {plural(len(self.drafts), 'risk')} …")
        command = import_risks(
            programme=self._desk.programme, drafts=self.drafts, source=self._path.name, on=self._desk.today()
        )
        self._desk.run(command, done=self._on_imported, failed=self._on_failed)

    def _on_imported(self, _edit: Edit) -> None:
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self.working.end()
        self.button.setEnabled(True)
        self._problem.fail(error, self._desk)

    def _on_cancelled(self) -> None:
        if self._sheets:
            self._desk.cancel()
        else:
            self.reject()
