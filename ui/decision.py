"""Asking a board to decide something, and recording what it decided."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from risk_register.domain.audience import Audience, for_new
from risk_register.domain.book import Book
from risk_register.domain.change import Command
from risk_register.domain.commands.decision import ask_decision, edit_decision, record_decision
from risk_register.domain.commands.governance import add_board, add_person
from risk_register.domain.decision import Decision
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Board, Meeting, Person
from risk_register.domain.meetings import meetings_of
from risk_register.domain.risk import Risk
from risk_register.domain.text import short_day
from risk_register.domain.tree import above
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, RecordField, TextField, choices_of
from ui.prompt import Prompt


class AskDialog(Prompt):
    """Asks which board is to decide what by when, about a risk; or changes what is asked in `decision`.

    Where no risk is named, `board` is the one proposed.
    """

    def __init__(
        self,
        desk: Desk,
        risk: Risk | None,
        decision: Decision | None = None,
        parent: QWidget | None = None,
        *,
        board: UUID | None = None,
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
        self.options = TextField("What it can choose between, if that is set", lines=2)
        self.needed_by = DateField(desk.today)
        self.audience = ChoiceField(choices_of(Audience))
        if decision:
            self.board.set_value(decision.board)
            self.needed_by.set_value(decision.needed_by)
            self.audience.set_value(decision.audience)
            self.options.set_value(decision.options)
        else:
            self.board.set_value(board or (risk.board if risk else None))
            self.audience.set_value(for_new(risk.audience) if risk else Audience.partners)
        self.add_row("Options", self.options)
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
        options = self.options.value()
        programme = self.desk.programme
        assert programme, "something is asked, so there is a programme"
        self.run(
            edit_decision(
                self._decision, question=question, options=options, board=board, needed_by=needed_by, audience=audience
            )
            if self._decision
            else ask_decision(
                programme=programme,
                question=question,
                options=options,
                board=board,
                asked_on=self.desk.today(),
                needed_by=needed_by,
                risk=self._risk.id if self._risk else None,
                audience=audience,
            )
        )


class DecisionDialog(Prompt):
    """Asks what was decided, when, by whom, at which meeting; and, once that is known, what followed."""

    def __init__(self, desk: Desk, decision: Decision, parent: QWidget | None = None) -> None:
        board = desk.book.get(Board, decision.board)
        options = f"\n\nOptions:\n{decision.options}" if decision.options else ""
        super().__init__(
            desk,
            f"Decision on {decision.reference}",
            f"What did the {board.name} decide?",
            "Record decision",
            decision.answer,
            parent,
            about=f"{decision.question}{options}",
        )
        self._decision, self._board, self._taken = decision, board.name, ""
        self.meeting = RecordField(
            desk,
            lambda book: self._meetings(book, board),
            None,
            "Choose one, if it was decided at one",
            words=lambda meeting: f"{desk.book.get(Board, meeting.board).label}, {short_day(meeting.on)}",
        )
        self.decided_on = DateField(desk.today, clearable=False)
        self.decided_by = RecordField(
            desk,
            lambda book: book.where(Person, "programme", decision.programme),
            lambda name: add_person(programme=decision.programme, name=name),
            "The board itself",
            failed=self.fail,
        )
        self.followed = TextField("What has come of it", lines=2)
        self.audience = ChoiceField(choices_of(Audience))
        for field in (self.meeting, self.decided_by):
            field.fill(desk.book)
        self.meeting.set_value(decision.meeting)
        self.decided_on.set_value(decision.decided_on or desk.today())
        self.decided_by.set_value(decision.decided_by)
        self.followed.set_value(decision.followed)
        self.audience.set_value(decision.audience)
        self.add_row("At the meeting", self.meeting)
        self.add_row("Decided on", self.decided_on)
        self.add_row("Decided by", self.decided_by)
        self.add_row("What followed", self.followed)
        self.add_row("Audience", self.audience)
        self.meeting.kept.connect(self._on_meeting_chosen)
        self.decided_by.added.connect(self._on_person_added)
        self.kept.connect(self._on_kept)

    def _meetings(self, book: Book, board: Board) -> list[Meeting]:
        """The meetings that have been: of the board asked, then of those above it."""
        of = [board, *(other for other in above(book, board) if other.id != board.id)]
        held = [meeting for one in of for meeting in meetings_of(book, one)]
        return [item for item in held if not item.cancelled and item.on <= self.desk.today()]

    def _on_meeting_chosen(self) -> None:
        meeting = self.desk.book.find(Meeting, self.meeting.value())
        if meeting:
            self.decided_on.set_value(meeting.on)

    def _on_kept(self, answer: str) -> None:
        self._taken = answer
        self.decided_by.take_typed()
        if not self.decided_by.is_adding:
            self._record()

    def _on_person_added(self) -> None:
        if self.is_waiting:
            self._record()

    def _record(self) -> None:
        self.run(
            record_decision(
                self._decision,
                answer=self._taken,
                on=self.decided_on.value() or self.desk.today(),
                where=self._board,
                audience=self.audience.value(),
                meeting=self.meeting.value(),
                decided_by=self.decided_by.value(),
                followed=self.followed.value(),
            )
        )
