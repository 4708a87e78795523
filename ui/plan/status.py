"""How an outcome stands: a button in the status's colour whose menu judges it anew, and what the milestones say beside it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from risk_register.domain import plan_views
from risk_register.domain.brag import Brag, BragLevel
from risk_register.domain.colour import readable_on
from risk_register.domain.commands.plan import judge_outcome
from risk_register.domain.plan import Outcome
from ui.desk import Desk
from ui.fields import LineField
from ui.prompt import Prompt
from ui.theme import SPACE, colours, muted
from ui.words import Words, as_item, as_tip

_ASKED: Mapping[Brag, str] = {
    Brag.blue: "What shows that it is done and embedded?",
    Brag.green: "Why? It may stay empty.",
    Brag.amber: "What is at risk, and what is the recovery plan?",
    Brag.red: "Why is it off track, and what is asked of the board?",
}


class BragStatus(QWidget):
    """The status, the reason for it, and what else could be said where the two differ."""

    asked = Signal()
    """A judgement is about to be asked for: keep what is being typed first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._outcome: Outcome | None = None
        self.button = QPushButton()
        self.button.setMinimumWidth(120)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._on_menu_shown)
        self.button.setMenu(self.menu)
        self.reason, self.suggested = Words(wrap=True), Words(wrap=True)
        for words in (self.reason, self.suggested):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.suggested.setContentsMargins(SPACE + 4, 6, SPACE, 6)
        line = QHBoxLayout()
        line.setSpacing(SPACE + 4)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.reason.setContentsMargins(0, 6, 0, 0)
        line.addWidget(self.reason, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(line)
        column.addWidget(self.suggested)

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Show how an outcome stands."""
        self._outcome = outcome
        if outcome is None:
            return
        c, levels = colours(), self._levels()
        level = levels[outcome.status] if outcome.status else None
        self.button.setText(as_item(level.word) if level else "No status yet")
        self.button.setToolTip(as_tip(level.rule if level else "Say how it stands"))
        self.button.setAccessibleName(f"BRAG status: {self.button.text()}")
        self.button.setEnabled(self._desk.writable)
        if level:
            ink = readable_on(level.colour)
            self.button.setStyleSheet(
                f"QPushButton {{ background: {level.colour}; color: {ink}; border: 2px solid {level.colour};"
                "border-radius: 6px; padding: 5px 26px 5px 12px; font-weight: 600; }"
                f"QPushButton:focus {{ border-color: {c.text}; }}"
            )
        else:
            self.button.setStyleSheet("")
        self.reason.setText(outcome.status_reason)
        found = plan_views.suggestion(self._desk.book, outcome, self._desk.today())
        differs = found is not None and found.status is not outcome.status
        self.suggested.setVisible(differs)
        if found is not None:
            told = f"Its milestones say {levels[found.status].word.lower()}: {found.why}"
            self.suggested.setText(told)
            self.suggested.setStyleSheet(
                f"background: {c.raised}; color: {c.text}; border-left: 3px solid {levels[found.status].colour};"
            )

    def _levels(self) -> Mapping[Brag, BragLevel]:
        assert self._desk.programme, "an outcome is shown, so there is a programme"
        return plan_views.brag_levels(self._desk.book, self._desk.programme)

    def _on_menu_shown(self) -> None:
        self.menu.clear()
        outcome = self._outcome
        assert outcome, "the button is there only with an outcome"
        lack = plan_views.lacks_for_blue(self._desk.book, outcome.id)
        for status, level in self._levels().items():
            item = self.menu.addAction(as_item(f"{level.word}…"))
            item.triggered.connect(lambda _on=False, status=status: self._ask(status))
            if status is Brag.blue and lack:
                item.setText(as_item(f"{level.word} (needs evidence first)"))
                item.setEnabled(False)
        if outcome.status:
            self.menu.addSeparator()
            clear = self.menu.addAction("No status")
            clear.triggered.connect(lambda: self._desk.run(judge_outcome(outcome, status=None)))

    def _ask(self, status: Brag) -> None:
        assert self._outcome, "the button is there only with an outcome"
        self.asked.emit()
        JudgementDialog(self._desk, self._outcome, self._levels()[status], self).open()


class JudgementDialog(Prompt):
    """Asks why an outcome stands as it does, and where that was agreed."""

    def __init__(self, desk: Desk, outcome: Outcome, level: BragLevel, parent: QWidget | None = None) -> None:
        same = outcome.status is level.status
        super().__init__(
            desk,
            f"{outcome.label}: {level.word}",
            _ASKED[level.status],
            f"Judge it {level.word.lower()}",
            outcome.status_reason if same else "",
            parent,
            about=level.rule,
        )
        self._outcome, self._status = outcome, level.status
        self.where = LineField("Meeting, if it was agreed at one")
        self.add_row("Agreed at", self.where)
        self.kept.connect(self._on_kept)

    def _on_kept(self, reason: str) -> None:
        self.run(judge_outcome(self._outcome, status=self._status, reason=reason, where=self.where.value()))


class Pill(Words):
    """A status's word on its colour."""

    def show_level(self, level: BragLevel | None) -> None:
        """Show a status, or that there is none yet."""
        muted(self)
        self.setText(level.word if level else "No status")
        self.setStyleSheet(
            f"background: {level.colour}; color: {readable_on(level.colour)}; border-radius: 9px; padding: 2px 9px;"
            "font-weight: 600;"
            if level
            else "padding: 2px 0;"
        )
