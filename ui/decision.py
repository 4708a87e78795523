"""Recording what a board decided."""

from PySide6.QtWidgets import QWidget

from risk_register.domain.commands.decision import record_decision
from risk_register.domain.decision import Decision
from risk_register.domain.governance import Board
from ui.desk import Desk
from ui.prompt import Prompt


class DecisionDialog(Prompt):
    """Asks what was decided."""

    def __init__(self, desk: Desk, decision: Decision, parent: QWidget | None = None) -> None:
        board = desk.book.get(Board, decision.board).name
        super().__init__(
            f"Decision on {decision.reference}",
            f"{decision.question}\n\nWhat did the {board} decide?",
            "Record decision",
            parent=parent,
        )
        self._desk, self._decision, self._board = desk, decision, board
        self.kept.connect(self._on_kept)

    def _on_kept(self, answer: str) -> None:
        command = record_decision(decision=self._decision.id, answer=answer, on=self._desk.today(), where=self._board)
        self._desk.run(command, done=lambda _: self.accept(), failed=self.fail)
