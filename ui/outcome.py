"""Reading one outcome of the plan: its five parts as the plan has them, and the risks that bear on it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from risk_register.domain.plan import Outcome, OutcomeLink, Recommendation
from risk_register.domain.record import specs
from risk_register.domain.risk import Risk
from ui.desk import Desk
from ui.dialog import Dialog
from ui.elided import ElidedButton
from ui.theme import SPACE, as_title, muted
from ui.words import Words

_PARTS = ("want", "will_do", "where_now", "will_see", "difference")


class OutcomeDialog(Dialog):
    """One outcome; a click on a risk goes there."""

    jump = Signal(object)

    def __init__(self, desk: Desk, outcome: Outcome, parent: QWidget | None = None) -> None:
        super().__init__(outcome.label, parent)
        self.resize(680, 620)
        recommendation = desk.book.get(Recommendation, outcome.recommendation)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(4)
        heading, answers = Words(outcome.label), Words(f"{recommendation.label}: {recommendation.text}", wrap=True)
        as_title(heading, larger=4)
        muted(answers)
        column.addWidget(heading)
        column.addWidget(answers)
        for name in _PARTS:
            if text := getattr(outcome, name):
                self._add(column, specs(Outcome)[name].label)
                column.addWidget(Words(text, wrap=True))
        self._add(column, "Risks that bear on it")
        links = desk.book.where(OutcomeLink, "outcome", outcome.id)
        for link in links:
            risk = desk.book.get(Risk, link.risk)
            button = ElidedButton(f"{risk.reference}  {risk.title}")
            button.clicked.connect(lambda _on=False, risk=risk: self._on_risk_clicked(risk))
            column.addWidget(button)
        if not links:
            column.addWidget(Words("None is linked yet. Link it from the risk, under Outcomes at risk.", wrap=True))
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.setContentsMargins(0, 0, 2 * SPACE, 2 * SPACE)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        whole.addWidget(buttons)

    def _add(self, column: QVBoxLayout, name: str) -> None:
        label = Words(name)
        as_title(label, larger=0.5)
        column.addSpacing(SPACE)
        column.addWidget(label)

    def _on_risk_clicked(self, risk: Risk) -> None:
        self.accept()
        self.jump.emit(risk)
