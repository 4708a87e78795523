"""Putting a risk to another board, and what that board answered."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from risk_register.domain import standing, views
from risk_register.domain.commands.escalation import answer_escalation, escalate, withdraw_escalation
from risk_register.domain.errors import Refused
from risk_register.domain.escalation import Answer, Escalation
from risk_register.domain.governance import Board
from risk_register.domain.risk import Risk
from risk_register.domain.text import plural, short_day
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, LineField, RecordField, choices_of
from ui.prompt import Prompt
from ui.section import Row, Section
from ui.theme import colours, muted, quiet
from ui.words import Words


class Escalations(Section):
    """Where the risk was put up or down the governance tree, the newest on top."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Escalation", desk)
        self._risk: Risk | None = None
        self.ask = self.add_tool("Escalate…", self._on_ask_asked)

    def show_risk(self, risk: Risk | None) -> None:
        """Show where a risk was put."""
        self._risk = risk
        book = self.desk.book
        held = sorted(
            book.where(Escalation, "risk", risk.id) if risk else (), key=lambda item: (item.on, item.id), reverse=True
        )
        self.count(len(held))
        self.ask.setVisible(self.desk.writable and risk is not None and views.is_live(risk))
        waits = next((item for item in held if item.answer is None), None)
        self.ask.setEnabled(waits is None)
        self.ask.setToolTip("It waits for an answer; record that first." if waits else "")
        board = views.shown(book, risk, "board") if risk else ""
        overseen = f"{board} oversees it; it" if board else "No board oversees it, and it"
        self.show_rows(map(self._row, held), f"{overseen} was not put to another.")

    def _row(self, escalation: Escalation) -> Row:
        sent = standing.sent_words(self.desk.book, escalation)
        looks = (escalation, sent, self.desk.today(), self.desk.writable, colours())
        return Row(escalation.id, looks, lambda: self._built_row(escalation, sent))

    def _built_row(self, escalation: Escalation, sent: str) -> QWidget:
        row = QWidget()
        row.setProperty("card", True)
        row.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        where = f" at {escalation.where}" if escalation.where else ""
        what = Words(f"{sent}, {short_day(escalation.on)}{where}", wrap=True)
        why, answer = Words(escalation.reason, wrap=True), Words(wrap=True)
        muted(why)
        if escalation.answer and escalation.answered_on:
            words = f": {escalation.words}" if escalation.words else ""
            answer.setText(f"{escalation.answer.value} on {short_day(escalation.answered_on)}{words}")
        else:
            waited = (self.desk.today() - escalation.on).days
            days = f" {plural(waited, 'day')}" if waited > 0 else ""
            answer.setText(f"Waits{days} for an answer")
            answer.setStyleSheet(f"color: {colours().warn};")
        column = QVBoxLayout(row)
        for words_of in (what, why, answer):
            column.addWidget(words_of)
        if self.desk.writable and escalation.answer is None:
            column.addLayout(self._buttons(escalation))
        return row

    def _buttons(self, escalation: Escalation) -> QHBoxLayout:
        record, withdraw = QPushButton("Record the answer…"), QPushButton("Withdraw")
        record.clicked.connect(lambda: AnswerDialog(self.desk, escalation, self).open())
        quiet(withdraw)
        withdraw.setToolTip("The board is not asked after all")
        withdraw.clicked.connect(lambda: self.desk.run(withdraw_escalation(escalation)))
        line = QHBoxLayout()
        line.addWidget(record)
        line.addWidget(withdraw)
        line.addStretch()
        return line

    def _on_ask_asked(self) -> None:
        if self._risk:
            EscalateDialog(self.desk, self._risk, self).open()


class EscalateDialog(Prompt):
    """Asks which board is to take a risk over, and why."""

    def __init__(self, desk: Desk, risk: Risk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            f"Escalate {risk.reference}",
            "Why? The board that is asked will want to know.",
            "Escalate",
            parent=parent,
            needed="Write the reason first.",
        )
        self._risk = risk
        self.board = RecordField(
            desk, lambda book: book.where(Board, "programme", risk.programme), None, "Choose a board"
        )
        self.board.setAccessibleName("To")
        self.board.fill(desk.book)
        own = desk.book.find(Board, risk.board)
        self.board.set_value(own.parent if own else None)
        self.on, self.where = DateField(desk.today, clearable=False), LineField("Meeting, if it was agreed at one")
        self.way = Words()
        muted(self.way)
        self.add_row("To", self.board)
        self.add_row("", self.way)
        self.add_row("On", self.on)
        self.add_row("Agreed at", self.where)
        self.board.kept.connect(self._show_way)
        self.kept.connect(self._on_kept)
        self._show_way()

    def _show_way(self) -> None:
        book, to = self.desk.book, self.board.value()
        own = book.find(Board, self._risk.board)
        told = {
            "up": f"Up the tree from {own.label if own else ''}",
            "down": f"Down the tree from {own.label if own else ''}",
            "across": f"Across from {own.label}: neither reports to the other" if own else "No board oversees it yet",
        }
        same = own is not None and to == own.id
        self.way.setText(
            "" if to is None else "It oversees the risk already" if same else told[_way(self.desk, own, to)]
        )

    def _on_kept(self, reason: str) -> None:
        self.board.take_typed()
        try:
            on = self.on.day() or self.desk.today()
        except Refused as error:
            self.fail(error)
            return
        board = self.board.value()
        self.run(escalate(self._risk, to_board=board, reason=reason, on=on, where=self.where.value()))


def _way(desk: Desk, own: Board | None, to: UUID) -> str:
    return standing.way(desk.book, own.id if own else None, to)


class AnswerDialog(Prompt):
    """Asks what a board answered."""

    def __init__(self, desk: Desk, escalation: Escalation, parent: QWidget | None = None) -> None:
        board = desk.book.get(Board, escalation.to_board).label
        risk = desk.book.get(Risk, escalation.risk)
        super().__init__(
            desk,
            f"{board} on {risk.reference}",
            "What did the board say?",
            "Record the answer",
            parent=parent,
            about=escalation.reason,
        )
        self._escalation = escalation
        self.answer = ChoiceField(choices_of(Answer))
        self.answer.set_value(Answer.accepted)
        self.answer.setAccessibleName("Answer")
        self.on, self.where = DateField(desk.today, clearable=False), LineField("Meeting")
        self.effect = Words(wrap=True)
        muted(self.effect)
        self._told = {
            Answer.accepted: f"{board} oversees {risk.reference} from then on.",
            Answer.returned: f"{risk.reference} stays where it is.",
        }
        self.add_row("Answer", self.answer)
        self.add_row("", self.effect)
        self.add_row("On", self.on)
        self.add_row("At", self.where)
        self.answer.currentIndexChanged.connect(self._show_effect)
        self.kept.connect(self._on_kept)
        self._show_effect()

    def _show_effect(self) -> None:
        self.effect.setText(self._told[self.answer.value()])
        self.need("Write why it was returned first." if self.answer.value() is Answer.returned else "")

    def _on_kept(self, words: str) -> None:
        try:
            on = self.on.day() or self.desk.today()
        except Refused as error:
            self.fail(error)
            return
        answer = self.answer.value()
        self.run(answer_escalation(self._escalation, answer=answer, on=on, words=words, where=self.where.value()))
