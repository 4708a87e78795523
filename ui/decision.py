"""Asking a board to decide something, and recording what it decided."""

from PySide6.QtWidgets import QWidget

from risk_register.domain.audience import Audience, for_new
from risk_register.domain.change import Command
from risk_register.domain.commands.decision import ask_decision, edit_decision, record_decision
from risk_register.domain.commands.governance import add_board
from risk_register.domain.decision import Decision
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Board
from risk_register.domain.risk import Risk
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, RecordField, choices_of
from ui.prompt import Prompt


class AskDialog(Prompt):
    """Asks which board is to decide what by when, about a risk; or changes what is asked in `decision`."""

    def __init__(
        self, desk: Desk, risk: Risk | None, decision: Decision | None = None, parent: QWidget | None = None
    ) -> None:
        about = f" about {risk.reference}" if risk else ""
        super().__init__(
            desk,
            f"Change {decision.reference}" if decision else f"Ask a board{about}",
            "What is it asked to decide? Write it as the board should read it.",
            "Change" if decision else "Ask",
            decision.question if decision else "",
            parent,
        )
        self._risk, self._decision = risk, decision
        self.board = RecordField(
            desk,
            lambda book: book.where(Board, "programme", desk.programme),
            self._board_command,
            "Choose or type one",
            failed=self.fail,
        )
        self.board.fill(desk.book)
        self.needed_by = DateField(desk.today)
        self.audience = ChoiceField(choices_of(Audience))
        if decision:
            self.board.set_value(decision.board)
            self.needed_by.set_value(decision.needed_by)
            self.audience.set_value(decision.audience)
        else:
            self.board.set_value(risk.board if risk else None)
            self.audience.set_value(for_new(risk.audience) if risk else Audience.partners)
        self.add_row("Asked of", self.board)
        self.add_row("Needed by", self.needed_by)
        self.add_row("Audience", self.audience)
        self._question = ""
        self.board.added.connect(self._on_board_added)
        self.kept.connect(self._on_kept)

    def _board_command(self, name: str) -> Command:
        assert self.desk.programme, "something is asked, so there is a programme"
        return add_board(programme=self.desk.programme, name=name)

    def _on_kept(self, question: str) -> None:
        self._question = question
        self.board.take_typed()
        if not self.board.is_adding:
            self._ask()

    def _on_board_added(self) -> None:
        if self.is_waiting:
            self._ask()

    def _ask(self) -> None:
        board = self.board.value()
        if board is None:
            self.fail(Refused("Choose the board that is asked."))
            return
        question, needed_by, audience = self._question, self.needed_by.value(), self.audience.value()
        programme = self.desk.programme
        assert programme, "something is asked, so there is a programme"
        self.run(
            edit_decision(self._decision, question=question, board=board, needed_by=needed_by, audience=audience)
            if self._decision
            else ask_decision(
                programme=programme,
                question=question,
                board=board,
                asked_on=self.desk.today(),
                needed_by=needed_by,
                risk=self._risk.id if self._risk else None,
                audience=audience,
            )
        )


class DecisionDialog(Prompt):
    """Asks what was decided, and when."""

    def __init__(self, desk: Desk, decision: Decision, parent: QWidget | None = None) -> None:
        board = desk.book.get(Board, decision.board).name
        super().__init__(
            desk,
            f"Decision on {decision.reference}",
            f"What did the {board} decide?",
            "Record decision",
            decision.answer,
            parent,
            about=decision.question,
        )
        self._decision, self._board = decision, board
        self.decided_on = DateField(desk.today, clearable=False)
        self.decided_on.set_value(decision.decided_on or desk.today())
        self.audience = ChoiceField(choices_of(Audience))
        self.audience.set_value(decision.audience)
        self.add_row("Decided on", self.decided_on)
        self.add_row("Audience", self.audience)
        self.kept.connect(self._on_kept)

    def _on_kept(self, answer: str) -> None:
        on = self.decided_on.value() or self.desk.today()
        audience = self.audience.value()
        self.run(record_decision(self._decision, answer=answer, on=on, where=self._board, audience=audience))
