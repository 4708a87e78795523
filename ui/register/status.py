"""The status of a risk: a button whose menu offers the next steps, each with its question."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from risk_register.domain import standing, views
from risk_register.domain.change import Command
from risk_register.domain.commands.risk import close_risk, materialise_risk, reopen_risk
from risk_register.domain.errors import Refused
from risk_register.domain.risk import Risk, RiskStatus
from risk_register.domain.text import listed
from ui.desk import Desk
from ui.fields import DateField, LineField, TextField
from ui.prompt import Prompt
from ui.theme import muted
from ui.words import Words, as_tip


class StatusButton(QPushButton):
    """Says the status; its menu opens, closes and reopens the risk, or says that it has happened.

    A step that lacks something is there, says what, and can't be chosen.
    """

    asked = Signal()
    """A step was chosen and is about to be asked about: keep what is being typed first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._risk: Risk | None = None
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._on_menu_shown)
        self.setMenu(self._menu)
        self.setAccessibleName("Status")

    def show_risk(self, risk: Risk) -> None:
        """Show a risk's status."""
        self._risk = risk
        self.setText(risk.status.value)
        self.setEnabled(self._desk.writable)

    def _on_menu_shown(self) -> None:
        self._menu.clear()
        self.asked.emit()  # a step asks for what is written, so for what is being typed too
        assert self._risk, "the button is there only with a risk"
        for step in standing.steps(self._risk):
            lacks = listed(list(step.lacks))
            item = self._menu.addAction(f"{step.verb}… (first write {lacks})" if lacks else f"{step.verb}…")
            item.setEnabled(not lacks)
            item.setToolTip(as_tip(_NEEDS[step.to]))
            item.triggered.connect(lambda _on=False, step=step: self._take(step))

    def _take(self, step: standing.Step) -> None:
        risk = self._risk
        assert risk, "the button is there only with a risk"
        match step.to:
            case RiskStatus.closed:
                self._ask(CloseDialog(self._desk, risk, self))
            case RiskStatus.materialised:
                question = "What happened, and when? It is raised as an issue too."
                needed = "Write what happened first."
                self._ask_why(
                    step.verb, question, needed, lambda why: materialise_risk(risk, on=self._desk.today(), why=why)
                )
            case _:
                needed = "" if risk.status is RiskStatus.draft else "Write why it is reopened first."
                self._ask_why(step.verb, "Why?", needed, lambda why: reopen_risk(risk, why=why))

    def _ask_why(self, verb: str, question: str, needed: str, command: Callable[[str], Command]) -> None:
        assert self._risk, "the button is there only with a risk"
        prompt = Prompt(self._desk, f"{verb}: {self._risk.reference}", question, verb, parent=self, needed=needed)
        prompt.kept.connect(lambda words: prompt.run(command(words)))
        self._ask(prompt)

    def _ask(self, prompt: Prompt) -> None:
        self.asked.emit()
        prompt.open()


_NEEDS = {
    RiskStatus.open: "A draft needs its event and an owner; to reopen a risk one says why.",
    RiskStatus.materialised: "One says what happened, and when.",
    RiskStatus.closed: "One says why, on which day, and what was learnt.",
}
"""What each step asks for."""


class CloseDialog(Prompt):
    """Asks why a risk is closed, what was learnt, when, and at which meeting. Says what is still being done about it."""

    def __init__(self, desk: Desk, risk: Risk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            f"Close {risk.reference}",
            "Why is it closed? The board will ask.",
            "Close the risk",
            parent=parent,
            needed="Write the reason first.",
        )
        self._risk = risk
        self.lessons = TextField("For whoever meets the like again")
        self.lessons.set_value(risk.lessons)
        self.on = DateField(desk.today, clearable=False)
        self.on.set_value(desk.today())
        self.where = LineField("Meeting, if it was agreed at one")
        self.add_row("What was learnt", self.lessons)
        self.add_row("Closed on", self.on)
        self.add_row("Agreed at", self.where)
        still_open = [action.reference for action in views.actions_of(desk.book, risk.id) if action.is_open]
        if still_open:
            told = Words(f"Still open: {listed(still_open)}. Closing the risk leaves them open.", wrap=True)
            muted(told)
            self.add_row("Actions", told)
        self.kept.connect(self._on_kept)

    def is_begun(self) -> bool:
        """Whether there are words that would be lost, in either field."""
        return super().is_begun() or self.lessons.value().strip() != self._risk.lessons.strip()

    def _on_kept(self, reason: str) -> None:
        try:
            on = self.on.day() or self.desk.today()
        except Refused as error:
            self.fail(error)
            return
        lessons = self.lessons.value()
        self.run(close_risk(self._risk, reason=reason, on=on, where=self.where.value(), lessons=lessons))
