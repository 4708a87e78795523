"""The risks that bear on an outcome, the actions that serve it, the measures that show it: a click goes there."""

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from risk_register.domain import plan_views, progress, views
from risk_register.domain.action import Action, Impact
from risk_register.domain.change import Command
from risk_register.domain.commands.action import add_action, edit_action
from risk_register.domain.commands.measure import edit_measure
from risk_register.domain.commands.plan import link_outcome, unlink_outcome
from risk_register.domain.measure import Measure
from risk_register.domain.plan import Outcome, OutcomeLink, Recommendation
from risk_register.domain.risk import Risk
from risk_register.domain.text import plural, short_day
from ui.audience import is_restricted
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.search import Entry, Finder, action_entry, risk_entry
from ui.section import AddLine, Row, Section, remover
from ui.theme import colours, lock
from ui.words import Words, as_tip


def _line(name: ElidedButton, told: str, ink: str, unlink: QToolButton, *, restricted: bool) -> QWidget:
    row = QWidget()
    words = Words(told)
    words.setStyleSheet(f"color: {ink};")
    if restricted:
        name.setIcon(lock())
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    line.addWidget(name, 1)
    line.addWidget(words)
    line.addWidget(unlink)
    return row


class OutcomeRisks(Section):
    """What puts the outcome at risk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Risks", desk)
        self._outcome: Outcome | None = None
        self._link = self.add_tool("Link a risk…", self._on_link_asked)

    def show_owner(self, outcome: Outcome | None) -> None:
        """Show what bears on an outcome."""
        self._outcome = outcome
        found = plan_views.risks_at(self.desk.book, outcome.id) if outcome else []
        self.count(len(found))
        self._link.setVisible(self.desk.writable)
        self.show_rows([self._row(link, risk) for link, risk in found], "No risk is linked. What could stop it?")

    def _row(self, link: OutcomeLink, risk: Risk) -> Row:
        book = self.desk.book
        found = views.score(book, risk)
        score = f"{found.score} {views.band_name(book, risk)}" if found else "Not scored"
        score = score if views.is_live(risk) else risk.status.value
        looks = (risk, score, self.desk.writable, colours())
        return Row(link.id, looks, lambda: self._built_row(link, risk, score))

    def _built_row(self, link: OutcomeLink, risk: Risk, score: str) -> QWidget:
        name = ElidedButton(f"{risk.reference}  {risk.title}")
        hidden = is_restricted(self.desk.book, risk)
        name.setToolTip(as_tip(f"{risk.title}{' (restricted)' if hidden else ''}\nOpen it in the register"))
        name.clicked.connect(lambda: self.jump.emit(risk))
        unlink = remover(f"{risk.reference} does not bear on this outcome")
        unlink.setEnabled(self.desk.writable)
        unlink.clicked.connect(lambda: self.desk.run(unlink_outcome(link)))
        return _line(name, score, colours().muted, unlink, restricted=hidden)

    def _on_link_asked(self) -> None:
        outcome, book = self._outcome, self.desk.book
        if outcome is None or self.desk.programme is None:
            return
        mine = {risk.id for _, risk in plan_views.risks_at(book, outcome.id)}
        others = [risk_entry(book, risk) for risk in views.live_risks(book, self.desk.programme) if risk.id not in mine]
        finder = Finder(f"Link a risk to {outcome.label.lower()}", others, self)
        finder.found.connect(lambda risk: self.desk.run(link_outcome(risk=risk.id, outcome=outcome.id)))
        finder.open()


class OutcomeActions(Section):
    """What is done for the outcome, and what that moves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Actions", desk)
        self._outcome: Outcome | None = None
        self._link = self.add_tool("Link an action…", self._on_link_asked)
        self.add = AddLine("Add an action, then Enter", desk, self._command)
        self.column.addWidget(self.add)

    def _command(self, title: str) -> Command:
        assert self._outcome, "an outcome is shown"
        outcome = self._outcome
        programme = self.desk.book.get(Recommendation, outcome.recommendation).programme
        return add_action(programme=programme, title=title, outcome=outcome.id, owner=outcome.lead)

    def show_owner(self, outcome: Outcome | None) -> None:
        """Show what is done for an outcome."""
        self._outcome = outcome
        found = plan_views.actions_for(self.desk.book, outcome.id) if outcome else []
        self.count(len(found))
        self.add.show_record(outcome)
        self._link.setVisible(self.desk.writable)
        self.show_rows(map(self._row, found), "No action serves it yet. Link one, or add one below.")

    def _row(self, action: Action) -> Row:
        looks = (action, self.desk.today(), self.desk.writable, colours())
        return Row(action.id, looks, lambda: self._built_row(action))

    def _built_row(self, action: Action) -> QWidget:
        c, late = colours(), action.days_late(self.desk.today())
        if late:
            told, ink = f"{plural(late, 'day')} late", c.bad
        elif action.is_open:
            told, ink = (f"due {short_day(action.expected)}" if action.expected else "no date"), c.muted
        else:
            told, ink = action.delivery.value.lower(), c.good
        if action.impact is not Impact.not_known:
            told = f"{told}, impact: {action.impact.value.lower()}"
        hidden = is_restricted(self.desk.book, action)
        name = ElidedButton(f"{action.reference}  {action.title}")
        name.setToolTip(as_tip(f"{action.title}{' (restricted)' if hidden else ''}\nOpen it in Actions"))
        name.clicked.connect(lambda: self.jump.emit(action))
        unlink = remover(f"{action.reference} does not serve this outcome")
        unlink.setEnabled(self.desk.writable)
        unlink.clicked.connect(lambda: self.desk.run(edit_action(action, outcome=None)))
        return _line(name, told, ink, unlink, restricted=hidden)

    def _on_link_asked(self) -> None:
        outcome, book = self._outcome, self.desk.book
        if outcome is None:
            return
        others = [
            action_entry(book, action)
            for action in book.where(Action, "programme", self.desk.programme)
            if action.outcome != outcome.id and action.is_open
        ]
        finder = Finder(f"Link an action to {outcome.label.lower()}", others, self)
        finder.found.connect(lambda action: self.desk.run(edit_action(action, outcome=outcome.id)))
        finder.open()


class OutcomeMeasures(Section):
    """What shows whether the outcome is reached, and how it stands."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Measures", desk)
        self._outcome: Outcome | None = None
        self._link = self.add_tool("Link a measure…", self._on_link_asked)

    def show_owner(self, outcome: Outcome | None) -> None:
        """Show what is measured of an outcome."""
        self._outcome = outcome
        found = self.desk.book.where(Measure, "outcome", outcome.id) if outcome else ()
        rows = [self._row(measure) for measure in sorted(found, key=lambda item: item.name.casefold())]
        self.count(len(rows))
        self._link.setVisible(self.desk.writable)
        self.show_rows(rows, "No measure shows yet whether it works. Link one.")

    def _row(self, measure: Measure) -> Row:
        told = progress.judge(self.desk.book, measure, self.desk.today())
        return Row(measure.id, (measure, told, self.desk.writable, colours()), lambda: self._built_row(measure, told))

    def _built_row(self, measure: Measure, told: progress.Judgement) -> QWidget:
        name = ElidedButton(measure.name)
        name.setToolTip(as_tip(f"{told.why}\nOpen it in Measures"))
        name.clicked.connect(lambda: self.jump.emit(measure))
        unlink = remover(f"“{measure.name}” is not about this outcome")
        unlink.setEnabled(self.desk.writable)
        unlink.clicked.connect(lambda: self.desk.run(edit_measure(measure, outcome=None)))
        ink = colours().bad if told.standing.is_pressing else colours().muted
        return _line(name, told.standing.value, ink, unlink, restricted=False)

    def _on_link_asked(self) -> None:
        outcome, book = self._outcome, self.desk.book
        if outcome is None:
            return
        others = [
            Entry(measure, measure.name, measure.definition)
            for measure in book.where(Measure, "programme", self.desk.programme)
            if measure.outcome != outcome.id
        ]
        finder = Finder(f"Link a measure to {outcome.label.lower()}", others, self)
        finder.found.connect(lambda measure: self.desk.run(edit_measure(measure, outcome=outcome.id)))
        finder.open()
