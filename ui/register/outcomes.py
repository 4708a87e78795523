"""The outcomes of the plan that a risk bears on."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from risk_register.domain import plan_views
from risk_register.domain.commands.plan import link_outcome, unlink_outcome
from risk_register.domain.plan import Outcome, OutcomeLink
from risk_register.domain.risk import Risk
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.search import Finder, outcome_entry
from ui.section import Row, Section, remover
from ui.words import as_tip


class Outcomes(Section):
    """What of the plan is at risk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Outcomes at risk", desk)
        self._risk: Risk | None = None
        self._link = self.add_tool("Link an outcome…", self._on_link_asked)

    def show_risk(self, risk: Risk | None) -> None:
        """Show a risk's outcomes."""
        self._risk = risk
        links = self.desk.book.where(OutcomeLink, "risk", risk.id) if risk else ()
        self.count(len(links))
        self._link.setVisible(self.desk.writable)
        self.show_rows(map(self._row, links), "It is not said which outcome of the plan it puts at risk.")

    def _row(self, link: OutcomeLink) -> Row:
        outcome = self.desk.book.get(Outcome, link.outcome)
        return Row(link.id, (outcome, self.desk.writable), lambda: self._built_row(link, outcome))

    def _built_row(self, link: OutcomeLink, outcome: Outcome) -> QWidget:
        row = QWidget()
        name = ElidedButton(f"{outcome.number}  {outcome.want}")
        name.setToolTip(as_tip(f"{outcome.want}\nRead it in the plan"))
        name.clicked.connect(lambda: self.jump.emit(outcome))
        unlink = remover("This risk does not bear on this outcome")
        unlink.setEnabled(self.desk.writable)
        unlink.clicked.connect(lambda: self.desk.run(unlink_outcome(link)))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(name, 1)
        line.addWidget(unlink)
        return row

    def _on_link_asked(self) -> None:
        risk = self._risk
        if risk is None:
            return
        mine = {link.outcome for link in self.desk.book.where(OutcomeLink, "risk", risk.id)}
        others = [
            outcome_entry(outcome)
            for outcome in plan_views.outcomes(self.desk.book, risk.programme)
            if outcome.id not in mine
        ]
        finder = Finder(f"Link an outcome to {risk.reference}", others, self)
        finder.found.connect(lambda outcome: self.desk.run(link_outcome(risk=risk.id, outcome=outcome.id)))
        finder.open()
