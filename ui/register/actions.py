"""The actions of a risk."""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from risk_register.domain import views
from risk_register.domain.action import Action, Delivery
from risk_register.domain.audience import for_new
from risk_register.domain.change import Command
from risk_register.domain.commands.action import add_action, complete_action, link_action, reopen_action, unlink_action
from risk_register.domain.risk import Risk
from risk_register.domain.text import plural, short_day
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.search import Finder, action_entry
from ui.section import AddLine, Row, Section, remover
from ui.theme import colours
from ui.words import as_tip


class Actions(Section):
    """What is being done about the risk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Actions", desk)
        self._risk: Risk | None = None
        self._link = self.add_tool("Link an action…", self._on_link_asked)
        self.add = AddLine("Add an action, then Enter", desk, self._command)
        self.column.addWidget(self.add)

    def _command(self, title: str) -> Command:
        assert self._risk, "a risk is shown"
        risk = self._risk
        return add_action(
            programme=risk.programme,
            title=title,
            risks=[risk.id],
            owner=risk.owner,
            audience=for_new(risk.audience),  # it may be linked to a risk for more eyes later
        )

    def show_risk(self, risk: Risk | None) -> None:
        """Show a risk's actions."""
        self._risk = risk
        actions = views.actions_of(self.desk.book, risk.id) if risk else []
        self.count(len(actions))
        self.add.show_record(risk)
        self._link.setVisible(self.desk.writable)
        self.show_rows(map(self._row, actions), "Nobody is doing anything about it yet.")

    def _row(self, action: Action) -> Row:
        owner = views.shown(self.desk.book, action, "owner")
        looks = (action, owner, self.desk.today(), self.desk.writable, colours())
        return Row(action.id, looks, lambda: self._built_row(action, owner))

    def _built_row(self, action: Action, owner: str) -> QWidget:
        row = QWidget()
        done = QCheckBox()
        done.setChecked(action.delivery is Delivery.done)
        done.setEnabled(self.desk.writable)
        done.setToolTip("Done" if done.isChecked() else "Mark as done today")
        done.setAccessibleName(f"{action.reference} done")
        name = ElidedButton(f"{action.reference}  {action.title}")
        name.setToolTip(as_tip(f"{action.title}\nOpen it in Actions"))
        late = action.days_late(self.desk.today())
        if late:
            words, colour = f"{plural(late, 'day')} late", colours().bad
        elif action.is_open:
            words, colour = (f"due {short_day(action.expected)}" if action.expected else "no date"), colours().muted
        else:
            words, colour = f"{action.delivery.value.lower()} {short_day(action.actual)}".strip(), colours().good
        when = QLabel(words)
        when.setStyleSheet(f"color: {colour};")
        when.setToolTip(as_tip(f"Owner: {owner or 'nobody yet'}"))
        unlink = remover("This action does not serve this risk")
        unlink.setEnabled(self.desk.writable)
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
            self.desk.run(complete_action(action, on=self.desk.today()))
        else:
            self.desk.run(reopen_action(action))

    def _on_unlinked(self, action: Action) -> None:
        if self._risk:
            self.desk.run(unlink_action(action=action.id, risk=self._risk.id))

    def _on_link_asked(self) -> None:
        risk, book = self._risk, self.desk.book
        if risk is None:
            return
        mine = {action.id for action in views.actions_of(book, risk.id)}
        others = [
            action_entry(book, action)
            for action in book.where(Action, "programme", risk.programme)
            if action.id not in mine and action.is_open
        ]
        finder = Finder(f"Link an action to {risk.reference}", others, self)
        finder.found.connect(lambda action: self.desk.run(link_action(action=action.id, risk=risk.id)))
        finder.open()
