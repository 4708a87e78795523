"""The status of a risk: a button whose menu offers the next steps, each with its question."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from risk_register.domain.change import Command
from risk_register.domain.commands.risk import close_risk, materialise_risk, reopen_risk
from risk_register.domain.risk import Risk, RiskStatus
from ui.desk import Desk
from ui.fields import DateField, LineField
from ui.prompt import Prompt


class StatusButton(QPushButton):
    """Says the status; its menu opens, closes and reopens the risk, or says that it has happened."""

    asked = Signal()
    """A step was chosen and is about to be asked about: keep what is being typed first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._risk: Risk | None = None
        self._menu = QMenu(self)
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
        risk = self._risk
        assert risk, "the button is there only with a risk"
        if risk.status is not RiskStatus.open:
            verb = "Open" if risk.status is RiskStatus.draft else "Reopen"
            self._offer(f"{verb}…", verb, "Why?", lambda why: reopen_risk(risk, why=why))
        if risk.status in (RiskStatus.open, RiskStatus.draft):
            question = "What happened, and when? It is raised as an issue too."
            today = self._desk.today
            self._offer(
                "It has happened…",
                "It has happened",
                question,
                lambda why: materialise_risk(risk, on=today(), why=why),
            )
        if risk.status is not RiskStatus.closed:
            self._menu.addAction("Close…").triggered.connect(lambda: self._ask(CloseDialog(self._desk, risk, self)))

    def _offer(self, item: str, verb: str, question: str, command: Callable[[str], Command]) -> None:
        self._menu.addAction(item).triggered.connect(lambda: self._ask_why(verb, question, command))

    def _ask_why(self, verb: str, question: str, command: Callable[[str], Command]) -> None:
        assert self._risk, "the button is there only with a risk"
        prompt = Prompt(self._desk, f"{verb}: {self._risk.reference}", question, verb, parent=self)
        prompt.kept.connect(lambda words: prompt.run(command(words)))
        self._ask(prompt)

    def _ask(self, prompt: Prompt) -> None:
        self.asked.emit()
        prompt.open()


class CloseDialog(Prompt):
    """Asks why a risk is closed, when, and at which meeting."""

    def __init__(self, desk: Desk, risk: Risk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            f"Close {risk.reference}",
            "Why is it closed, and what was learnt? The board will ask.",
            "Close the risk",
            parent=parent,
        )
        self._risk = risk
        self.on = DateField(desk.today, clearable=False)
        self.on.set_value(desk.today())
        self.where = LineField("Meeting, if it was agreed at one")
        self.add_row("Closed on", self.on)
        self.add_row("Agreed at", self.where)
        self.kept.connect(self._on_kept)

    def _on_kept(self, reason: str) -> None:
        on = self.on.value() or self.desk.today()
        self.run(close_risk(self._risk, reason=reason, on=on, where=self.where.value()))
