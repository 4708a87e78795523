"""The lists in a risk's editor: controls, actions, decisions and outcomes."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from risk_register.domain import views
from risk_register.domain.action import Action
from risk_register.domain.commands.action import add_action, complete_action, link_action, reopen_action, unlink_action
from risk_register.domain.commands.control import add_control, edit_control, remove_control
from risk_register.domain.commands.decision import ask_decision
from risk_register.domain.commands.plan import link_outcome, unlink_outcome
from risk_register.domain.control import Control, Effectiveness
from risk_register.domain.decision import Decision
from risk_register.domain.governance import Board
from risk_register.domain.plan import Outcome, OutcomeLink, Recommendation
from risk_register.domain.risk import Risk
from risk_register.domain.text import plural, short_day
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.fields import ChoiceField, Form, LineField, Problem, choices_of
from ui.theme import SPACE, as_title, colours, muted, quiet


class Section(QWidget):
    """A heading, rows, and a way to add one."""

    jump = Signal(object)

    def __init__(self, title: str, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.risk: Risk | None = None
        self._title = title
        self._heading = QLabel(title)
        as_title(self._heading, larger=1)
        self.tools = QHBoxLayout()
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addLayout(self.tools)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(4)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE)
        self.column.addLayout(head)
        self.column.addLayout(self.rows)

    def count(self, number: int) -> None:
        """Say how many there are."""
        self._heading.setText(f"{self._title}  {number}" if number else self._title)

    def empty(self) -> None:
        """Take all rows away."""
        while (item := self.rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()

    def say(self, words: str) -> None:
        """Say why there is no row."""
        label = QLabel(words)
        label.setWordWrap(True)
        muted(label)
        self.rows.addWidget(label)

    def keep(self) -> None:
        """Keep what is being typed."""


def _remover(tip: str) -> QToolButton:
    button = QToolButton()
    button.setText("✕")
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button


class _ControlRow(QWidget):
    """One control: what it is, and how well it works."""

    def __init__(self, desk: Desk, control: Control) -> None:
        super().__init__()
        self._desk = desk
        self._text = LineField()
        self._choice = ChoiceField(choices_of(Effectiveness))
        self._choice.setFixedWidth(150)
        remove = _remover("Remove this control")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._text, 1)
        row.addWidget(self._choice)
        row.addWidget(remove)
        self.form = Form(desk, Control, edit_control, self)
        self.form.bind("description", self._text)
        self.form.bind("effectiveness", self._choice)
        self.form.show(control)
        self._text.setCursorPosition(0)
        self._text.setToolTip(control.description)
        remove.clicked.connect(self._on_remove_clicked)
        for widget in (self._text, self._choice, remove):
            widget.setEnabled(desk.writable)

    def _on_remove_clicked(self) -> None:
        control = self.form.record
        if isinstance(control, Control):
            self._desk.run(remove_control(self._desk.book.get(Control, control.id)))


class Controls(Section):
    """What already holds the risk down."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Controls", desk)
        self._rows: dict[UUID, _ControlRow] = {}
        self.add_line = LineField("Add a control, then Enter")
        self._problem = Problem()
        self.add_line.returnPressed.connect(self._on_added)
        self.column.addWidget(self.add_line)
        self.column.addWidget(self._problem)

    def show_risk(self, risk: Risk | None) -> None:
        """Show another risk's controls, or the same one's after an edit."""
        controls = self.desk.book.where(Control, "risk", risk.id) if risk else ()
        same = self.risk is not None and risk is not None and risk.id == self.risk.id
        self.risk = risk
        self.add_line.setVisible(self.desk.writable)
        self.count(len(controls))
        if same and list(self._rows) == [item.id for item in controls]:
            for item in controls:
                self._rows[item.id].form.take(item)
            return
        for row in self._rows.values():
            row.form.keep()
        self.empty()
        self._rows = {item.id: _ControlRow(self.desk, item) for item in controls}
        for row in self._rows.values():
            row.form.problem.connect(self._problem.say)
            self.rows.addWidget(row)
        if not controls:
            self.say("Nothing is in place yet that lowers its likelihood or impact.")

    def _on_added(self) -> None:
        if self.risk and self.add_line.text().strip():
            self.desk.run(
                add_control(risk=self.risk.id, description=self.add_line.text()),
                done=lambda _: self.add_line.clear(),
                failed=lambda error: self._problem.say(str(error)),
            )

    def keep(self) -> None:
        """Keep what is being typed."""
        for row in self._rows.values():
            row.form.keep()


class Actions(Section):
    """What is being done about the risk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Actions", desk)
        self.add_line = LineField("Add an action, then Enter")
        self._problem = Problem()
        self._link = QPushButton("Link an action")
        quiet(self._link)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._on_menu_shown)
        self._link.setMenu(self._menu)
        self.tools.addWidget(self._link)
        self.add_line.returnPressed.connect(self._on_added)
        self.column.addWidget(self.add_line)
        self.column.addWidget(self._problem)

    def show_risk(self, risk: Risk | None) -> None:
        """Show a risk's actions."""
        self.risk = risk
        self.empty()
        actions = views.actions_of(self.desk.book, risk.id) if risk else []
        self.count(len(actions))
        self.add_line.setVisible(self.desk.writable)
        self._link.setVisible(self.desk.writable)
        for action in actions:
            self.rows.addWidget(self._row(action))
        if not actions:
            self.say("Nobody is doing anything about it yet.")

    def _row(self, action: Action) -> QWidget:
        row = QWidget()
        done = QCheckBox()
        done.setChecked(action.delivery.name == "done")
        done.setEnabled(self.desk.writable)
        done.setToolTip("Done" if done.isChecked() else "Mark as done today")
        done.setAccessibleName(f"{action.reference} done")
        name = ElidedButton(f"{action.reference}  {action.title}")
        name.setToolTip(f"{action.title}\nOpen it in Actions")
        late = action.days_late(self.desk.today())
        owner = views.shown(self.desk.book, action, "owner")
        if late:
            words, colour = f"{plural(late, 'day')} late", colours().bad
        elif action.is_open:
            words, colour = (f"due {short_day(action.expected)}" if action.expected else "no date"), colours().muted
        else:
            words, colour = f"{action.delivery.value.lower()} {short_day(action.actual)}".strip(), colours().good
        when = QLabel(words)
        when.setStyleSheet(f"color: {colour};")
        when.setToolTip(f"Owner: {owner or 'nobody yet'}")
        unlink = _remover("This action does not serve this risk")
        if not self.desk.writable:
            unlink.hide()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(done)
        line.addWidget(name, 1)
        line.addWidget(when)
        line.addWidget(unlink)
        done.clicked.connect(lambda on: self._on_ticked(action, on))
        name.clicked.connect(lambda: self.jump.emit(action))
        unlink.clicked.connect(lambda: self._on_unlinked(action))
        return row

    def _on_ticked(self, action: Action, on: bool) -> None:  # noqa: FBT001
        if on:
            self.desk.run(complete_action(action=action.id, on=self.desk.today()))
        else:
            self.desk.run(reopen_action(action=action.id))

    def _on_unlinked(self, action: Action) -> None:
        if self.risk:
            self.desk.run(unlink_action(action=action.id, risk=self.risk.id))

    def _on_added(self) -> None:
        if self.risk and self.add_line.text().strip():
            self.desk.run(
                add_action(
                    programme=self.risk.programme,
                    title=self.add_line.text(),
                    risks=[self.risk.id],
                    owner=self.risk.owner,
                ),
                done=lambda _: self.add_line.clear(),
                failed=lambda error: self._problem.say(str(error)),
            )

    def _on_menu_shown(self) -> None:
        self._menu.clear()
        if self.risk is None:
            return
        mine = {action.id for action in views.actions_of(self.desk.book, self.risk.id)}
        for action in self.desk.book.where(Action, "programme", self.risk.programme):
            if action.id not in mine and action.is_open:
                item = self._menu.addAction(f"{action.reference}  {action.title}")
                item.triggered.connect(lambda _on=False, id=action.id: self._on_linked(id))
        if self._menu.isEmpty():
            self._menu.addAction("No other open actions").setEnabled(False)

    def _on_linked(self, action: UUID) -> None:
        if self.risk:
            self.desk.run(link_action(action=action, risk=self.risk.id))


class Decisions(Section):
    """What boards are asked to decide about the risk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Decisions asked", desk)
        self.add_line = LineField("Ask a board to decide something, then choose which")
        self._ask = QPushButton("Ask")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._on_menu_shown)
        self._ask.setMenu(self._menu)
        self._ask.setEnabled(False)
        self._problem = Problem()
        self.add_line.textChanged.connect(lambda text: self._ask.setEnabled(bool(text.strip())))
        self.add_line.returnPressed.connect(self._ask.showMenu)
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.add_line, 1)
        row.addWidget(self._ask)
        self.column.addWidget(self._line)
        self.column.addWidget(self._problem)

    def show_risk(self, risk: Risk | None) -> None:
        """Show what is asked about a risk."""
        self.risk = risk
        self.empty()
        decisions = self.desk.book.where(Decision, "risk", risk.id) if risk else ()
        self.count(len(decisions))
        self._line.setVisible(self.desk.writable)
        for decision in decisions:
            self.rows.addWidget(self._row(decision))

    def _row(self, decision: Decision) -> QWidget:
        row = QWidget()
        row.setProperty("card", True)
        row.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        board = views.shown(self.desk.book, decision, "board")
        if decision.decided_on:
            state = f"{board} decided on {short_day(decision.decided_on)}: {decision.answer}"
        else:
            needed = f", needed by {short_day(decision.needed_by)}" if decision.needed_by else ""
            state = f"Asked of {board} on {short_day(decision.asked_on)}{needed}"
        question, told = QLabel(f"{decision.reference}  {decision.question}"), QLabel(state)
        for label in (question, told):
            label.setWordWrap(True)
        muted(told)
        words = QVBoxLayout()
        words.addWidget(question)
        words.addWidget(told)
        line = QHBoxLayout(row)
        line.addLayout(words, 1)
        if not decision.decided_on and self.desk.writable:
            record = QPushButton("Record decision…")
            record.clicked.connect(lambda: self._on_record_clicked(decision))
            line.addWidget(record)
        return row

    def _on_record_clicked(self, decision: Decision) -> None:
        from ui.decision import DecisionDialog  # noqa: PLC0415

        DecisionDialog(self.desk, decision, self).open()

    def _on_menu_shown(self) -> None:
        self._menu.clear()
        if self.risk is None:
            return
        for board in self.desk.book.where(Board, "programme", self.risk.programme):
            self._menu.addAction(board.name).triggered.connect(lambda _on=False, id=board.id: self._on_asked(id))
        if self._menu.isEmpty():
            self._menu.addAction("Add a board first (Programme > People, boards and categories)").setEnabled(False)

    def _on_asked(self, board: UUID) -> None:
        if self.risk:
            self.desk.run(
                ask_decision(
                    programme=self.risk.programme,
                    question=self.add_line.text(),
                    board=board,
                    asked_on=self.desk.today(),
                    risk=self.risk.id,
                ),
                done=lambda _: self.add_line.clear(),
                failed=lambda error: self._problem.say(str(error)),
            )


class Outcomes(Section):
    """The outcomes of the plan that the risk bears on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Outcomes at risk", desk)
        self._link = QPushButton("Link an outcome")
        quiet(self._link)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._on_menu_shown)
        self._link.setMenu(self._menu)
        self.tools.addWidget(self._link)

    def show_risk(self, risk: Risk | None) -> None:
        """Show a risk's outcomes."""
        self.risk = risk
        self.empty()
        links = self.desk.book.where(OutcomeLink, "risk", risk.id) if risk else ()
        self.count(len(links))
        self._link.setVisible(self.desk.writable)
        for link in links:
            outcome = self.desk.book.get(Outcome, link.outcome)
            row = QWidget()
            label = QLabel(f"{outcome.number}  {outcome.want}")
            label.setWordWrap(True)
            label.setToolTip(_five_parts(outcome))
            unlink = _remover("This risk does not bear on this outcome")
            if not self.desk.writable:
                unlink.hide()
            unlink.clicked.connect(lambda _on=False, link=link: self.desk.run(unlink_outcome(link)))
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(label, 1)
            line.addWidget(unlink, 0, Qt.AlignmentFlag.AlignTop)
            self.rows.addWidget(row)

    def _on_menu_shown(self) -> None:
        self._menu.clear()
        if self.risk is None:
            return
        mine = {link.outcome for link in self.desk.book.where(OutcomeLink, "risk", self.risk.id)}
        for recommendation in self.desk.book.where(Recommendation, "programme", self.risk.programme):
            for outcome in self.desk.book.where(Outcome, "recommendation", recommendation.id):
                if outcome.id not in mine:
                    item = self._menu.addAction(f"{outcome.number}  {outcome.want}")
                    item.triggered.connect(lambda _on=False, id=outcome.id: self._on_linked(id))
        if self._menu.isEmpty():
            self._menu.addAction("The plan has no other outcomes").setEnabled(False)

    def _on_linked(self, outcome: UUID) -> None:
        if self.risk:
            self.desk.run(link_outcome(risk=self.risk.id, outcome=outcome))


def _five_parts(outcome: Outcome) -> str:
    parts = (
        ("What we want", outcome.want),
        ("What we will do", outcome.will_do),
        ("Where are we now", outcome.where_now),
        ("What we will see", outcome.will_see),
        ("The difference this will make", outcome.difference),
    )
    return "".join(f"<p><b>{name}:</b> {text}</p>" for name, text in parts if text)


__all__ = ["Actions", "Controls", "Decisions", "Outcomes", "Section"]
