"""The editor of one action: its fields, its progress, the risks it serves."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from risk_register.domain import views
from risk_register.domain.action import Action, Delivery, Update
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.action import (
    complete_action,
    edit_action,
    link_action,
    note_progress,
    reopen_action,
    unlink_action,
)
from risk_register.domain.commands.governance import add_person
from risk_register.domain.governance import Person
from risk_register.domain.risk import Risk
from risk_register.domain.text import plural
from ui.desk import Desk
from ui.fields import DateField, Form, LineField, Problem, RecordField, TextField, TitleField
from ui.register.lists import Section
from ui.screen import Empty
from ui.tables.columns import day
from ui.theme import SPACE, as_title, colours, muted, primary, quiet


class ActionEditor(QWidget):
    """Everything about one action."""

    jump = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._id: UUID | None = None
        self.form = Form(desk, edit_action, self)
        page = QWidget()
        page.setProperty("page", True)
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build(page)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(Empty("No action is chosen", "Choose one in the table, or press Ctrl+Shift+A to add one."))
        self._stack.addWidget(area)
        self.setMinimumWidth(400)

    def _build(self, page: QWidget) -> None:
        desk = self.desk

        def add(name: str) -> Command:
            assert desk.programme, "an action is shown, so there is a programme"
            return add_person(programme=desk.programme, name=name)

        self.reference, self.title = LineField(), TitleField("What will be done")
        self.reference.setMaximumWidth(110)
        self.detail = TextField("What done looks like", lines=2)
        self.owner = RecordField(desk, lambda book: book.where(Person, "programme", desk.programme), add)
        self.expected = DateField(desk.today)
        self.barrier = TextField("What holds it up, and what would help", lines=2)
        for name, field in (
            ("reference", self.reference),
            ("title", self.title),
            ("detail", self.detail),
            ("owner", self.owner),
            ("expected", self.expected),
            ("barrier", self.barrier),
        ):
            field.setAccessibleName(name.capitalize())
            self.form.bind(name, field)
        self._state = QLabel()
        self._done = QPushButton("Mark as done")
        self._done.clicked.connect(self._on_done_clicked)
        self._more = QPushButton("More")
        self._more.setAccessibleName("Cancel or reopen the action")
        menu = QMenu(self)
        menu.addAction("Cancel the action").triggered.connect(lambda: self._set(Delivery.cancelled))
        menu.addAction("Not started").triggered.connect(lambda: self._set(Delivery.not_started))
        menu.addAction("In progress").triggered.connect(self._on_reopened)
        self._more.setMenu(menu)
        self._problem = Problem()
        self.form.problem.connect(self._problem.say)
        top = QHBoxLayout()
        for widget in (self.reference, self._state):
            top.addWidget(widget)
        top.addStretch()
        top.addWidget(self._done)
        top.addWidget(self._more)
        facts = QGridLayout()
        facts.setSpacing(SPACE)
        for place, (words, field) in enumerate((("Owner", self.owner), ("Expected", self.expected))):
            label = QLabel(words)
            label.setBuddy(field)
            muted(label)
            facts.addWidget(label, 0, place)
            facts.addWidget(field, 1, place)
            facts.setColumnStretch(place, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 4 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addLayout(top)
        column.addWidget(self.title)
        column.addWidget(self._problem)
        column.addLayout(facts)
        for words, field in (("Detail", self.detail), ("Barrier", self.barrier)):
            label = QLabel(words)
            label.setBuddy(field)
            muted(label)
            column.addWidget(label)
            column.addWidget(field)
        self._risks = Section("Risks it serves", desk)
        self._link = QPushButton("Link a risk")
        quiet(self._link)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._on_menu_shown)
        self._link.setMenu(self._menu)
        self._risks.tools.addWidget(self._link)
        column.addSpacing(SPACE)
        column.addWidget(self._risks)
        column.addWidget(self._built_progress())
        column.addStretch()

    def _built_progress(self) -> QWidget:
        self._progress = Section("Progress", self.desk)
        self.note = TextField("What has happened since the last note?", lines=2)
        self._percent = QSpinBox()
        self._percent.setRange(0, 100)
        self._percent.setSuffix(" %")
        self._percent.setSingleStep(5)
        self._percent.setAccessibleName("Percent done")
        self.note_button = QPushButton("Add note")
        primary(self.note_button)
        self.note_button.clicked.connect(self._on_noted)
        row = QHBoxLayout()
        row.addWidget(QLabel("Now done"))
        row.addWidget(self._percent)
        row.addStretch()
        row.addWidget(self.note_button)
        self._note_problem = Problem()
        self._writing = QWidget()
        column = QVBoxLayout(self._writing)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.note)
        column.addWidget(self._note_problem)
        column.addLayout(row)
        self._progress.column.insertWidget(1, self._writing)
        return self._progress

    # -- what it shows

    @property
    def action(self) -> Action | None:
        """The action as it is now."""
        return self.desk.book.find(Action, self._id)

    def show_id(self, id: UUID | None) -> None:  # noqa: A002
        """Edit another action; what was typed in this one is kept first."""
        if id == self._id and id is not None:
            return
        self.keep()
        self._id = id
        self.owner.fill(self.desk.book)
        self.form.show(self.action)
        self.note.set_value("")
        self._note_problem.say("")
        self._stack.setCurrentIndex(1 if self.action else 0)
        self._show_rest()

    def take(self, _edit: Edit) -> None:
        """An edit was kept: show what it changed, leaving alone what is being typed."""
        action = self.action
        if self._id is None:
            return
        if action is None:
            self.show_id(None)
            return
        self.owner.fill(self.desk.book)
        self.form.take(action)
        self._show_rest()

    def reload(self) -> None:
        """Another register or programme: nothing is chosen."""
        self.form.show(None)
        self._id = None
        self._stack.setCurrentIndex(0)

    def _show_rest(self) -> None:
        action = self.action
        if action is None:
            return
        late = action.days_late(self.desk.today())
        c = colours()
        words = f"{plural(late, 'day')} late" if late else f"{action.delivery.value} {day(action.actual)}".strip()
        self._state.setText(words)
        self._state.setStyleSheet(f"color: {c.bad if late else c.muted}; font-weight: 600;")
        self._done.setVisible(action.is_open)
        self._percent.setValue(action.percent)
        for field in (self.reference, self.title, self.detail, self.barrier):
            field.setReadOnly(not self.desk.writable)
        for widget in (self.owner, self.expected, self._done, self._more, self._link, self._writing):
            widget.setEnabled(self.desk.writable)
        self._risks.empty()
        risks = views.risks_of(self.desk.book, action.id)
        self._risks.count(len(risks))
        for risk in risks:
            self._risks.rows.addWidget(self._risk_row(risk))
        if not risks:
            self._risks.say("It serves no risk yet.")
        self.desk.fetch(Update, "action", action.id, self._on_updates_fetched)

    def _risk_row(self, risk: Risk) -> QWidget:
        row = QWidget()
        name = QPushButton(f"{risk.reference}  {risk.title}")
        quiet(name)
        name.setStyleSheet("text-align: left;")
        name.setMinimumWidth(80)
        name.setToolTip(f"{risk.title}\nOpen it in the register")
        name.clicked.connect(lambda: self.jump.emit(risk))
        found = views.score(self.desk.book, risk)
        score = QLabel(f"{found.score} {views.band_name(self.desk.book, risk)}" if found else "Not scored")
        muted(score)
        unlink = QPushButton("✕")
        quiet(unlink)
        unlink.setAccessibleName(f"It does not serve {risk.reference}")
        unlink.setEnabled(self.desk.writable)
        unlink.clicked.connect(lambda: self.desk.run(unlink_action(action=self._shown_id, risk=risk.id)))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(name, 1)
        line.addWidget(score)
        line.addWidget(unlink)
        return row

    @property
    def _shown_id(self) -> UUID:
        assert self._id, "asked only while an action is shown"
        return self._id

    def _on_updates_fetched(self, updates: list[Update]) -> None:
        if updates and updates[0].action != self._id:
            return
        self._progress.empty()
        self._progress.count(len(updates))
        for update in sorted(updates, key=lambda item: (item.on, item.id), reverse=True):
            percent = f"  {update.percent} %" if update.percent is not None else ""
            head, text = QLabel(f"{day(update.on)}{percent}"), QLabel(update.text)
            muted(head)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._progress.rows.addWidget(head)
            self._progress.rows.addWidget(text)
        if not updates:
            self._progress.say("No note yet.")

    # -- what it does

    def _on_noted(self) -> None:
        action = self.action
        if action is None:
            return
        percent = self._percent.value()
        self.desk.run(
            note_progress(
                action=action.id,
                text=self.note.value(),
                on=self.desk.today(),
                percent=percent if percent != action.percent else None,
            ),
            done=self._on_note_kept,
            failed=self._on_note_failed,
        )

    def _on_note_kept(self, _edit: Edit) -> None:
        self.note.set_value("")
        self._note_problem.say("")

    def _on_note_failed(self, error: Exception) -> None:
        self._note_problem.say(str(error))

    def _on_done_clicked(self) -> None:
        self.keep()
        self.desk.run(complete_action(action=self._shown_id, on=self.desk.today(), note=self.note.value()), done=self._on_note_kept)  # fmt: skip

    def _set(self, delivery: Delivery) -> None:
        action = self.action
        if action:
            self.desk.run(edit_action(action, delivery=delivery, actual=None))

    def _on_reopened(self) -> None:
        self.desk.run(reopen_action(action=self._shown_id))

    def _on_menu_shown(self) -> None:
        self._menu.clear()
        action = self.action
        if action is None:
            return
        mine = {risk.id for risk in views.risks_of(self.desk.book, action.id)}
        for risk in views.live_risks(self.desk.book, action.programme):
            if risk.id not in mine:
                item = self._menu.addAction(f"{risk.reference}  {risk.title}")
                item.triggered.connect(lambda _on=False, id=risk.id: self.desk.run(link_action(action=self._shown_id, risk=id)))  # noqa: A006  # fmt: skip
        if self._menu.isEmpty():
            self._menu.addAction("No other open risk").setEnabled(False)

    def keep(self) -> None:
        """Keep what is being typed, at once."""
        self.form.keep()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed and refused; Ctrl+Enter adds the note."""
        if event.key() == Qt.Key.Key_Escape and self.form.unsaved:
            self.form.take_theirs()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:  # fmt: skip
            self._on_noted()
        else:
            super().keyPressEvent(event)
