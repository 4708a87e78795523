"""Pasting rows from a workbook onto a table: what would change is shown before it is kept, as one edit."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from risk_register.domain.change import Edit
from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.commands.pasted import take_pasted
from risk_register.domain.pasted import Difference, Pasted, summary
from risk_register.domain.text import one_line, plural
from ui.desk import Desk
from ui.dialog import Dialog, ask_to_discard, foot
from ui.fields import TextField
from ui.form import Problem
from ui.keys import chain_tabs
from ui.theme import SPACE, as_title, muted
from ui.words import Words, as_tip

_SHOWN = 500
"""So many differences are listed; how many more there are is said."""
_DOUBTS = 5
"""So many lines of what is left out are seen at once; one scrolls to the others."""
_NOTHING = "–"


class RowsDialog(Dialog):
    """Shows field by field what pasted rows would change, and what of them is left out."""

    def __init__(self, desk: Desk, pasted: Pasted, parent: QWidget | None = None) -> None:
        super().__init__("Paste rows", parent)
        self._desk, self._pasted = desk, pasted
        self.resize(860, 560)
        heading, self.told = Words("Paste rows"), Words(summary(pasted), wrap=True)
        as_title(heading, larger=4)
        differences = [item for row in pasted.rows for item in row.differences]
        self.table = self._built_table(differences)
        self.table.setVisible(bool(differences))
        more = Words(f"and {plural(len(differences) - _SHOWN, 'difference')} more")
        more.setVisible(len(differences) > _SHOWN)
        muted(more)
        doubted, self.doubts = Words("Left out, and why:"), QPlainTextEdit()
        muted(doubted)
        doubted.setBuddy(self.doubts)
        self.doubts.setPlainText("\n".join(pasted.doubts))
        self.doubts.setReadOnly(True)
        self.doubts.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.doubts.setTabChangesFocus(True)
        for widget in (doubted, self.doubts):
            widget.setVisible(bool(pasted.doubts))
        self.doubts.setFixedHeight(
            (min(len(pasted.doubts), _DOUBTS) + 1) * self.doubts.fontMetrics().lineSpacing() + 2 * SPACE
        )
        self.why = TextField("Why, for History", lines=2)
        self.why.setAccessibleName("Why")
        self.why.setVisible(bool(pasted.rows))
        self._problem = Problem()
        self.button = QPushButton(f"Take {plural(len(pasted.rows), 'row')}" if pasted.rows else "Take the rows")
        self.button.setEnabled(bool(pasted.rows))
        once = Words("One change: one Undo takes all of it back.")
        muted(once)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 2)
        for widget in (heading, self.told):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        for widget in (more, doubted, self.doubts, self.why, self._problem):
            column.addWidget(widget)
        column.addLayout(foot(self, self.button, once))
        self.button.clicked.connect(self._on_clicked)
        chain_tabs(self)

    @staticmethod
    def _built_table(differences: Sequence[Difference]) -> QTableWidget:
        shown = differences[:_SHOWN]
        table = QTableWidget(len(shown), 4)
        table.setHorizontalHeaderLabels(["Of", "Field", "Now", "Will be"])
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for number, width in enumerate((90, 140)):
            table.setColumnWidth(number, width)
        for number in (2, 3):
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        for row, item in enumerate(shown):
            for number, words in enumerate((item.of, item.field, item.before or _NOTHING, item.after or _NOTHING)):
                cell = QTableWidgetItem(one_line(words))
                cell.setToolTip(as_tip(words))
                table.setItem(row, number, cell)
        return table

    def _on_clicked(self) -> None:
        self._problem.say("")
        self.button.setEnabled(False)
        command = take_pasted(self._pasted, on=self._desk.today(), why=self.why.value())
        self._desk.run(command, done=self._on_done, failed=self._on_failed, once=self)

    def _on_done(self, _edit: Edit) -> None:
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Unchanged):
            self._problem.say("Meanwhile all of it is so already.")
        else:
            self._problem.fail(error, self._desk)
        self.button.setEnabled(True)

    def reject(self) -> None:
        """Close without a change; a reason that was typed is asked about first."""
        if self.why.value().strip():
            ask_to_discard(self, self._on_discarded)
        else:
            super().reject()

    def _on_discarded(self) -> None:
        super().reject()
