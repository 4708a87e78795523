"""The editor of one action: its fields, its progress, the risks it serves."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from risk_register.domain import plan_views, views
from risk_register.domain.action import Action, Delivery, Impact, Update
from risk_register.domain.audience import Audience
from risk_register.domain.change import Edit
from risk_register.domain.commands.action import (
    complete_action,
    edit_action,
    link_action,
    note_progress,
    reopen_action,
    unlink_action,
)
from risk_register.domain.risk import Risk
from risk_register.domain.text import plural, short_day
from ui.audience import RestrictedMark
from ui.custom_fields import CustomFields
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.fields import ChoiceField, DateField, LineField, PercentField, RecordField, TextField, TitleField, choices_of
from ui.form import Begun, Problem
from ui.named import person_field
from ui.search import Finder, risk_entry
from ui.section import Row, Section, remover
from ui.tables.editor import RecordEditor
from ui.tags import TagsField, known_tags
from ui.theme import SPACE, colours, muted, primary
from ui.words import Words, as_tip


class ActionEditor(RecordEditor[Action]):
    """Everything about one action."""

    def __init__(self, desk: Desk) -> None:
        none = ("No action is chosen", "Choose one in the table, or press Ctrl+Shift+A to add one.")
        super().__init__(desk, Action, edit_action, none, 400)
        self._build(self.page)

    def _build(self, column: QVBoxLayout) -> None:
        desk = self.desk
        self.reference, self.title = LineField(), TitleField("What will be done")
        self.reference.setMaximumWidth(110)
        self.detail = TextField("What done looks like", lines=2)
        self.owner = person_field(desk)
        self.expected = DateField(desk.today)
        self.audience = ChoiceField(choices_of(Audience))
        self.impact = ChoiceField(choices_of(Impact))
        self.impact.setToolTip("Does the measure, or the score, that it is for go the right way?")
        self.outcome = RecordField(
            desk, lambda book: plan_views.outcomes(book, desk.programme), empty="None of the plan"
        )
        self.tags = TagsField(lambda: known_tags(desk))
        self.barrier = TextField("What holds it up, and what would help", lines=2)
        for name in (
            "reference",
            "title",
            "detail",
            "owner",
            "expected",
            "impact",
            "outcome",
            "audience",
            "tags",
            "barrier",
        ):
            self.bind(name, getattr(self, name))
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
        top = QHBoxLayout()
        top.addWidget(self.reference)
        top.addStretch()
        top.addWidget(self.built_history_button())
        top.addWidget(self._more)
        state = QHBoxLayout()
        self.restricted = RestrictedMark()
        state.addWidget(self._state)
        state.addWidget(self.restricted, 0, Qt.AlignmentFlag.AlignVCenter)
        state.addStretch()
        state.addWidget(self._done)
        facts = QGridLayout()
        facts.setSpacing(SPACE)
        for place, (words, field) in enumerate(
            (
                ("Owner", self.owner),
                ("Expected", self.expected),
                ("Impact so far", self.impact),
                ("Outcome of the plan", self.outcome),
                ("Audience", self.audience),
                ("Tags", self.tags),
            )
        ):
            label = QLabel(words)
            label.setBuddy(field)
            muted(label)
            row, side = divmod(place, 2)
            facts.addWidget(label, 2 * row, side)
            facts.addWidget(field, 2 * row + 1, side)
            facts.setColumnStretch(side, 1)
        column.setSpacing(SPACE + 4)
        column.addLayout(top)
        column.addWidget(self.aliases)
        column.addWidget(self.title)
        column.addLayout(state)
        column.addLayout(facts)
        for words, text in (("Detail", self.detail), ("Barrier", self.barrier)):
            label = QLabel(words)
            label.setBuddy(text)
            muted(label)
            column.addWidget(label)
            column.addWidget(text)
        self.custom = CustomFields(desk, Action)
        column.addWidget(self.custom)
        self._risks = Section("Risks it serves", desk)
        self._link = self._risks.add_tool("Link a risk…", self._on_link_asked)
        column.addSpacing(SPACE)
        column.addWidget(self._risks)
        column.addWidget(self._built_progress())
        column.addStretch()

    def _built_progress(self) -> QWidget:
        self._progress = Section("Progress", self.desk)
        self.note = TextField("What has happened since the last note?", lines=2)
        self.note.setAccessibleName("A note on progress")
        self._begun = Begun(self.note)
        self._note_problem = Problem()
        self.note.too_long.connect(self._note_problem.say)
        self.percent = PercentField()
        self.percent.setAccessibleName("Percent done")
        self._moved = Begun(self.percent, lambda action: action.percent)
        self.note_button = QPushButton("Add note")
        primary(self.note_button)
        self.note_button.clicked.connect(self._on_noted)
        self.note.textChanged.connect(self._offer_note)
        self.percent.valueChanged.connect(self._offer_note)
        row = QHBoxLayout()
        row.addWidget(QLabel("Now done"))
        row.addWidget(self.percent)
        row.addStretch()
        row.addWidget(self.note_button)
        self._writing = QWidget()
        column = QVBoxLayout(self._writing)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.note)
        column.addWidget(self._note_problem)
        column.addLayout(row)
        self._progress.column.insertWidget(1, self._writing)
        return self._progress

    # -- what it shows

    def show_rest(self, action: Action | None, *, fresh: bool) -> None:
        """Show its delivery, the risks it serves and its progress."""
        self.custom.show_record(action)
        self._begun.show(action)
        self._moved.show(action)
        self._offer_note()
        if fresh:
            self._note_problem.say("")
        if action is None:
            return
        self.restricted.show_record(self.desk.book, action)
        late = action.days_late(self.desk.today())
        c = colours()
        words = f"{plural(late, 'day')} late" if late else f"{action.delivery.value} {short_day(action.actual)}".strip()
        self._state.setText(words)
        self._state.setStyleSheet(f"color: {c.bad if late else c.muted}; font-weight: 600;")
        self._done.setVisible(action.is_open)
        for field in (self.reference, self.title, self.detail, self.barrier):
            field.setReadOnly(not self.desk.writable)
        for fact in (self.owner, self.expected, self.impact, self.outcome, self.audience, self.tags):
            fact.setEnabled(self.desk.writable)
        for widget in (self._done, self._more, self._link, self._writing):
            widget.setEnabled(self.desk.writable)
        risks = views.risks_of(self.desk.book, action.id)
        self._risks.count(len(risks))
        self._risks.show_rows(map(self._risk_row, risks), "It serves no risk yet.")
        self.desk.fetch(Update, "action", action.id, self._on_updates_fetched)

    def _risk_row(self, risk: Risk) -> Row:
        found = views.score(self.desk.book, risk)
        score = f"{found.score} {views.band_name(self.desk.book, risk)}" if found else "Not scored"
        return Row(risk.id, (risk, score, self.desk.writable), lambda: self._built_risk_row(risk, score))

    def _built_risk_row(self, risk: Risk, score: str) -> QWidget:
        row = QWidget()
        name = ElidedButton(f"{risk.reference}  {risk.title}")
        name.setToolTip(as_tip(f"{risk.title}\nOpen it in the register"))
        name.clicked.connect(lambda: self.jump.emit(risk))
        told = Words(score)
        muted(told)
        unlink = remover(f"It does not serve {risk.reference}")
        unlink.setEnabled(self.desk.writable)
        unlink.clicked.connect(lambda: self.desk.run(unlink_action(action=self.shown_id, risk=risk.id)))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(name, 1)
        line.addWidget(told)
        line.addWidget(unlink)
        return row

    def _on_updates_fetched(self, updates: list[Update]) -> None:
        if updates and updates[0].action != self._id:
            return
        self._progress.count(len(updates))
        newest = sorted(updates, key=lambda item: (item.on, item.id), reverse=True)
        self._progress.show_rows([Row(item.id, None, partial(_note_row, item)) for item in newest], "No note yet.")

    # -- what it does

    def _on_noted(self) -> None:
        action = self.record
        if action is None or not self.note_button.isEnabled():
            return
        percent = self.percent.value()
        self.desk.run(
            note_progress(
                action,
                text=self.note.value(),
                on=self.desk.today(),
                percent=percent if percent != action.percent else None,
            ),
            done=lambda edit: self._on_note_kept(action, edit),
            failed=self._on_note_failed,
            once=self,
        )

    def _offer_note(self) -> None:
        self.note_button.setEnabled(self._begun.is_begun or self._moved.is_begun)

    def _on_note_kept(self, action: Action, _edit: Edit) -> None:
        self._begun.finish(action)
        self._moved.finish(action)
        self._note_problem.say("")

    def _on_note_failed(self, error: Exception) -> None:
        self._note_problem.fail(error, self.desk)

    def _on_done_clicked(self) -> None:
        action = self.record
        if action is None:
            return
        self.keep()
        self.desk.run(
            complete_action(action, on=self.desk.today(), note=self.note.value()),
            done=lambda edit: self._on_note_kept(action, edit),
            failed=self._on_note_failed,
            once=self,
        )

    def _set(self, delivery: Delivery) -> None:
        action = self.record
        if action:
            self.desk.run(edit_action(action, delivery=delivery, actual=None))

    def _on_reopened(self) -> None:
        if self.record:
            self.desk.run(reopen_action(self.record))

    def _on_link_asked(self) -> None:
        action, book = self.record, self.desk.book
        if action is None:
            return
        mine = {risk.id for risk in views.risks_of(book, action.id)}
        others = [risk_entry(book, risk) for risk in views.live_risks(book, action.programme) if risk.id not in mine]
        finder = Finder(f"Link a risk to {action.reference}", others, self)
        finder.found.connect(lambda risk: self.desk.run(link_action(action=action.id, risk=risk.id)))
        finder.open()

    def keep(self) -> None:
        """Keep what is being typed, in the programme's own fields too."""
        super().keep()
        self.custom.keep()

    def unsaved_words(self) -> list[str]:
        """What was typed or begun and is not kept, a line each."""
        return [
            *super().unsaved_words(),
            *self.custom.unsaved_words(),
            *self._begun.unsaved_words(),
            *self._moved.unsaved_words(),
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter adds the note."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_noted()
        else:
            super().keyPressEvent(event)


def _note_row(update: Update) -> QWidget:
    row = QWidget()
    percent = f"  {update.percent} %" if update.percent is not None else ""
    head, text = QLabel(f"{short_day(update.on)}{percent}"), Words(update.text, wrap=True)
    muted(head)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 4)
    column.setSpacing(2)
    column.addWidget(head)
    column.addWidget(text)
    return row
