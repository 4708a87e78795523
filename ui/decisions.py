"""The decisions asked about a risk, or of a board."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from risk_register.domain import views
from risk_register.domain.action import Action
from risk_register.domain.audience import Audience
from risk_register.domain.commands.decision import add_follow_up, remove_follow_up
from risk_register.domain.decision import Decision, FollowUp
from risk_register.domain.governance import Board, Meeting, Person
from risk_register.domain.reference import in_order
from risk_register.domain.risk import Risk
from risk_register.domain.text import short_day
from ui.audience import RestrictedMark
from ui.decision import AskDialog, DecisionDialog
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.search import Finder, action_entry
from ui.section import Row, Section, remover
from ui.theme import colours, muted, quiet
from ui.words import Words, as_tip


class Decisions(Section):
    """What boards are asked to decide, and what they decided: about a risk, or of one board."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Decisions asked", desk)
        self._about: Risk | Board | None = None
        self._ask = self.add_tool("Ask a board…", self._on_ask_asked)

    def show_risk(self, risk: Risk | None) -> None:
        """Show what is asked about a risk."""
        asked = self.desk.book.where(Decision, "risk", risk.id) if risk else ()
        self._show(risk, asked, "No board is asked to decide anything about it.")

    def show_board(self, board: Board | None) -> None:
        """Show what a board is asked: what waits first, then the latest answers."""
        asked = self.desk.book.where(Decision, "board", board.id) if board else ()
        waiting = [item for item in asked if item.decided_on is None]
        taken = [item for item in asked if item.decided_on is not None]
        waiting.sort(key=lambda item: (item.needed_by or date.max, in_order(item.reference)))
        taken.sort(key=lambda item: (item.decided_on or date.min, in_order(item.reference)), reverse=True)
        self._show(board, (*waiting, *taken), "It is not asked to decide anything.")

    def _show(self, about: Risk | Board | None, asked: Sequence[Decision], none: str) -> None:
        self._about = about
        self.count(len(asked))
        self._ask.setVisible(self.desk.writable)
        self.show_rows(map(self._row, asked), none)

    def _row(self, decision: Decision) -> Row:
        book = self.desk.book
        links = book.where(FollowUp, "decision", decision.id)
        following = [(link, book.get(Action, link.action)) for link in links]
        names = [views.shown(book, decision, name) for name in ("board", "decided_by", "meeting")]
        looks = (decision, names, following, self.desk.writable, colours())
        return Row(decision.id, looks, lambda: self._built_row(decision, following))

    def _built_row(self, decision: Decision, following: Sequence[tuple[FollowUp, Action]]) -> QWidget:
        row = QWidget()
        row.setProperty("card", True)
        row.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        question, told = Words(f"{decision.reference}  {decision.question}", wrap=True), Words(wrap=True)
        told.setText(self._told(decision))
        muted(told)
        column = QVBoxLayout(row)
        if decision.audience is Audience.restricted:
            mark = RestrictedMark()
            column.addWidget(mark, 0, Qt.AlignmentFlag.AlignLeft)
            mark.show_record(self.desk.book, decision)
        column.addWidget(question)
        column.addWidget(told)
        if decision.followed:
            column.addWidget(Words(f"What followed: {decision.followed}", wrap=True))
        for link, action in following:
            column.addWidget(self._built_following(link, action))
        if self.desk.writable:
            column.addLayout(self._buttons(decision))
        return row

    def _told(self, decision: Decision) -> str:
        """Where it stands, in a sentence."""
        book = self.desk.book
        board = views.shown(book, decision, "board")
        if decision.decided_on is None:
            needed = f", needed by {short_day(decision.needed_by)}" if decision.needed_by else ""
            return f"Asked of {board} on {short_day(decision.asked_on)}{needed}"
        person = book.find(Person, decision.decided_by)
        meeting = book.find(Meeting, decision.meeting)
        where = f" at the {book.get(Board, meeting.board).label}'s meeting" if meeting else ""
        who = f"{person.label} decided for {board}" if person else f"{board} decided"
        return f"{who}{where} on {short_day(decision.decided_on)}: {decision.answer}"

    def _built_following(self, link: FollowUp, action: Action) -> QWidget:
        row = QWidget()
        name = ElidedButton(f"{action.reference}  {action.title}")
        name.setToolTip(as_tip(f"{action.title}\nFollows from it. Open it in the actions"))
        name.clicked.connect(lambda: self.jump.emit(action))
        unlink = remover(f"{action.reference} does not follow from it")
        unlink.setEnabled(self.desk.writable)
        unlink.clicked.connect(lambda: self.desk.run(remove_follow_up(link)))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(name, 1)
        line.addWidget(unlink)
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
            about = self.desk.book.find(Risk, decision.risk)
            change.clicked.connect(lambda: AskDialog(self.desk, about, decision, self).open())
            line.addWidget(change)
        else:
            link = QPushButton("Link an action…")
            quiet(link)
            link.setAccessibleName(f"Link an action that follows from {decision.reference}")
            link.clicked.connect(lambda: self._on_link_asked(decision))
            line.addWidget(link)
        line.addStretch()
        return line

    def _on_link_asked(self, decision: Decision) -> None:
        book = self.desk.book
        mine = {link.action for link in book.where(FollowUp, "decision", decision.id)}
        others = (item for item in book.where(Action, "programme", decision.programme) if item.id not in mine)
        entries = [action_entry(book, action) for action in others]
        finder = Finder(f"Link an action that follows from {decision.reference}", entries, self)
        finder.found.connect(lambda action: self.desk.run(add_follow_up(decision=decision.id, action=action.id)))
        finder.open()

    def _on_ask_asked(self) -> None:
        match self._about:
            case Risk():
                AskDialog(self.desk, self._about, None, self).open()
            case Board():
                AskDialog(self.desk, None, None, self, board=self._about.id).open()
