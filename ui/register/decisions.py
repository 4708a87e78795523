"""The decisions asked about a risk."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from risk_register.domain import views
from risk_register.domain.audience import Audience
from risk_register.domain.decision import Decision
from risk_register.domain.risk import Risk
from risk_register.domain.text import short_day
from ui.audience import RestrictedMark
from ui.decision import AskDialog, DecisionDialog
from ui.desk import Desk
from ui.section import Row, Section
from ui.theme import colours, muted, quiet
from ui.words import Words


class Decisions(Section):
    """What boards are asked to decide about the risk, and what they decided."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Decisions asked", desk)
        self._risk: Risk | None = None
        self._ask = self.add_tool("Ask a board…", self._on_ask_asked)

    def show_risk(self, risk: Risk | None) -> None:
        """Show what is asked about a risk."""
        self._risk = risk
        decisions = self.desk.book.where(Decision, "risk", risk.id) if risk else ()
        self.count(len(decisions))
        self._ask.setVisible(self.desk.writable)
        self.show_rows(map(self._row, decisions), "No board is asked to decide anything about it.")

    def _row(self, decision: Decision) -> Row:
        board = views.shown(self.desk.book, decision, "board")
        looks = (decision, board, self.desk.writable, colours())
        return Row(decision.id, looks, lambda: self._built_row(decision, board))

    def _built_row(self, decision: Decision, board: str) -> QWidget:
        row = QWidget()
        row.setProperty("card", True)
        row.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        if decision.decided_on:
            state = f"{board} decided on {short_day(decision.decided_on)}: {decision.answer}"
        else:
            needed = f", needed by {short_day(decision.needed_by)}" if decision.needed_by else ""
            state = f"Asked of {board} on {short_day(decision.asked_on)}{needed}"
        question, told = Words(f"{decision.reference}  {decision.question}", wrap=True), Words(state, wrap=True)
        muted(told)
        column = QVBoxLayout(row)
        if decision.audience is Audience.restricted:
            mark = RestrictedMark()
            column.addWidget(mark, 0, Qt.AlignmentFlag.AlignLeft)
            mark.show_record(self.desk.book, decision)
        column.addWidget(question)
        column.addWidget(told)
        if self.desk.writable:
            column.addLayout(self._buttons(decision))
        return row

    def _buttons(self, decision: Decision) -> QHBoxLayout:
        record = QPushButton("Correct what was decided…" if decision.decided_on else "Record decision…")
        record.clicked.connect(lambda: DecisionDialog(self.desk, decision, self).open())
        line = QHBoxLayout()
        line.addWidget(record)
        if not decision.decided_on:
            change = QPushButton("Change…")
            quiet(change)
            change.setAccessibleName(f"Change what {decision.reference} asks")
            change.clicked.connect(lambda: AskDialog(self.desk, self._risk, decision, self).open())
            line.addWidget(change)
        line.addStretch()
        return line

    def _on_ask_asked(self) -> None:
        if self._risk:
            AskDialog(self.desk, self._risk, None, self).open()
