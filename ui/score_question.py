"""What is asked when a risk is re-scored: why, at which meeting, on which day; a target's also by when."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from risk_register.domain import views
from risk_register.domain.commands.risk import rescore
from risk_register.domain.errors import Refused
from risk_register.domain.risk import AssessmentKind, Risk
from ui.desk import Desk
from ui.dialog import ask_to_discard
from ui.fields import DateField, LineField, TextField
from ui.form import Begun, Problem
from ui.matrix import Cell
from ui.theme import SPACE, primary, quiet
from ui.words import as_html


class ScoreQuestion(QWidget):
    """Asks beside the matrix. What was typed stays when another cell is picked, and when the answer is refused."""

    done = Signal(bool)
    """The score was kept or given up, or another risk is shown. Tells whether the cursor was in the question."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._risk: Risk | None = None
        self._kind = AssessmentKind.current
        self.cell: Cell | None = None
        self.setProperty("card", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._what = QLabel()
        self._what.setWordWrap(True)
        self.why = TextField("Why? The board will ask.")
        self.begun = Begun(self.why)
        self.where = LineField("Meeting, if it was agreed at one")
        self.on = DateField(desk.today, clearable=False)
        self.by = DateField(desk.today)
        self._by_label = QLabel("Reach it by")
        self.keep_button = QPushButton("Keep score")
        self.keep_button.setToolTip("Ctrl+Enter")
        primary(self.keep_button)
        cancel = QPushButton("Cancel")
        cancel.setToolTip("Escape")
        quiet(cancel)
        self._problem = Problem()
        buttons = QHBoxLayout()
        buttons.addWidget(self.keep_button)
        buttons.addWidget(cancel)
        buttons.addStretch()
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        grid.setSpacing(SPACE)
        grid.addWidget(self._what, 0, 0, 1, 2)
        grid.addWidget(self.why, 1, 0, 1, 2)
        for row, (label, field) in enumerate(
            ((QLabel("Agreed at"), self.where), (QLabel("Scored on"), self.on), (self._by_label, self.by)), start=2
        ):
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self._problem, 5, 0, 1, 2)
        grid.addLayout(buttons, 6, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.keep_button.clicked.connect(self.keep)
        cancel.clicked.connect(self.give_up)
        self.why.textChanged.connect(lambda: self._problem.say(""))
        self.why.too_long.connect(self._problem.say)
        self.hide()

    def ask(self, risk: Risk, kind: AssessmentKind, cell: Cell) -> None:
        """Ask about moving a risk's score of one kind to a cell."""
        begins = self.cell is None or self._risk is None or self._risk.id != risk.id
        self._risk, self._kind, self.cell = risk, kind, cell
        self.begun.show(risk)
        book = self._desk.book
        matrix = views.matrix_of(book, risk.programme)
        found = views.score(book, risk, kind)
        before = f"{found.score} → " if found else ""
        names = f"{matrix.likelihoods[cell[0] - 1]} × {matrix.impacts[cell[1] - 1]}, {matrix.band_name(*cell).lower()}"
        what = as_html(f"{risk.reference} {kind.value.lower()}: {before}{cell[0] * cell[1]}")
        self._what.setText(f"<b>{what}</b> &nbsp; {as_html(names)}")
        is_target = kind is AssessmentKind.target
        self.by.setVisible(is_target)
        self._by_label.setVisible(is_target)
        if begins:
            self.on.set_value(self._desk.today())
            self.by.set_value(found.by if found and is_target else None)
        self._problem.say("")
        self.show()
        self.why.setFocus()

    def keep(self) -> None:
        """Keep the score."""
        risk = self._risk
        if self.cell is None or risk is None:
            return
        try:
            on, by = self.on.day(), self.by.day() if self._kind is AssessmentKind.target else None
        except Refused as error:
            self._problem.fail(error, self._desk)
            return
        self._desk.run(
            rescore(
                risk,
                kind=self._kind,
                likelihood=self.cell[0],
                impact=self.cell[1],
                on=on or self._desk.today(),
                by=by,
                why=self.why.value(),
                where=self.where.value(),
            ),
            done=lambda _: self._on_kept(risk),
            failed=lambda error: self._on_failed(risk, error),
            once=(self, risk.id),
        )

    def _asks_about(self, risk: Risk) -> bool:
        """Whether the person has not gone on to another risk."""
        return self.cell is not None and self._risk is not None and self._risk.id == risk.id

    def _on_kept(self, risk: Risk) -> None:
        # The meeting stays: the next score is often agreed at the same.
        self.begun.finish(risk)
        if self._asks_about(risk):
            self.leave()

    def _on_failed(self, risk: Risk, error: Exception) -> None:
        if self._asks_about(risk):
            self._problem.fail(error, self._desk)
        else:
            self._desk.tell(error)

    def give_up(self) -> None:
        """Keep no score; a reason that was begun is asked about first."""
        if self.begun.is_begun:
            ask_to_discard(self, self._on_discarded)
        else:
            self.leave()

    def _on_discarded(self) -> None:
        assert self._risk, "asked about it"
        self.begun.finish(self._risk)
        self.leave()

    def leave(self) -> None:
        """Ask no more for now: another risk is shown. A reason that was begun waits at its risk."""
        focus = self.window().focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.begun.show(None)
        self.cell = None
        self.hide()
        self.done.emit(had_focus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up; Ctrl+Enter keeps."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.keep()
        else:
            super().keyPressEvent(event)
