"""Asking who takes over what somebody holds."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from risk_register.domain.accountability import Post, held
from risk_register.domain.commands.governance import add_person
from risk_register.domain.commands.reassign import reassign
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Person
from risk_register.domain.text import plural
from ui.desk import Desk
from ui.dialog import Dialog, foot
from ui.fields import DateField, RecordField
from ui.form import Problem
from ui.keys import chain_tabs
from ui.theme import SPACE, as_title
from ui.words import Words, as_item


class ReassignDialog(Dialog):
    """What somebody holds, a line for each post with how many; what is ticked goes to another, as one edit."""

    def __init__(self, desk: Desk, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(f"What {person.label} holds", parent)
        self._desk, self._person, self._is_waiting = desk, person, False
        self.setMinimumWidth(480)
        heading = Words(f"Give what {person.label} holds to somebody else", wrap=True)
        as_title(heading, larger=3)
        self.to = RecordField(
            desk,
            lambda book: (
                other
                for other in book.where(Person, "programme", person.programme)
                if other.id != person.id and not other.has_left(desk.today())
            ),
            lambda name: add_person(programme=person.programme, name=name),
            "Choose who takes over, or type a new name",
            failed=self._on_failed,
        )
        self.to.fill(desk.book)
        self.posts: dict[Post, QCheckBox] = {}
        ticks = QVBoxLayout()
        ticks.setSpacing(SPACE)
        for post, records in held(desk.book, person.id).items():
            tick = self.posts[post] = QCheckBox(as_item(post.told(len(records))))
            tick.setChecked(True)
            tick.setToolTip("\n".join(record.label for record in records[:20]))
            tick.toggled.connect(self._tell)
            ticks.addWidget(tick)
        self._counts = {post: len(records) for post, records in held(desk.book, person.id).items()}
        nothing = Words(f"Nothing that is still to be done names {person.label}.", wrap=True)
        nothing.setVisible(not self.posts)
        self.leaves = QCheckBox("They leave on")
        self.left_on = DateField(desk.today, clearable=False)
        if person.left_on:
            self.left_on.set_value(person.left_on)
        self.leaves.setChecked(person.left_on is None)
        self.leaves.toggled.connect(self._tell)
        self.left_on.setAccessibleName("The day on which they leave")
        self._problem = Problem()
        self.button = QPushButton()
        self.button.clicked.connect(self._on_answered)
        label = QLabel("Who takes over")
        label.setBuddy(self.to)
        taking, leaving = QHBoxLayout(), QHBoxLayout()
        taking.addWidget(label)
        taking.addWidget(self.to, 1)
        leaving.addWidget(self.leaves)
        leaving.addWidget(self.left_on)
        leaving.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(heading)
        column.addLayout(ticks)
        column.addWidget(nothing)
        column.addLayout(taking)
        column.addLayout(leaving)
        column.addWidget(self._problem)
        column.addLayout(foot(self, self.button))
        self.to.added.connect(self._on_person_added)
        self._tell()
        chain_tabs(self)
        self.to.setFocus()

    def _chosen(self) -> list[Post]:
        return [post for post, tick in self.posts.items() if tick.isChecked()]

    def _tell(self) -> None:
        """Say on the button what it will do."""
        number = sum(self._counts[post] for post in self._chosen())
        self.button.setText(f"Give over {plural(number, 'record')}" if number else "Mark as left")
        self.left_on.setEnabled(self.leaves.isChecked())

    def _on_answered(self) -> None:
        if not self._is_waiting:
            self._wait(waiting=True)
            self.to.take_typed()
            if not self.to.is_adding:
                self._reassign()

    def _on_person_added(self) -> None:
        if self._is_waiting:
            self._reassign()

    def _reassign(self) -> None:
        try:
            day = self.left_on.day() if self.leaves.isChecked() else None
        except Refused as error:
            self._on_failed(error)
            return
        command = reassign(person=self._person.id, to=self.to.value(), posts=self._chosen(), left_on=day)
        self._desk.run(command, done=lambda _: self.accept(), failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._wait(waiting=False)
        self._problem.fail(error, self._desk)

    def _wait(self, *, waiting: bool) -> None:
        self._is_waiting = waiting
        self.button.setEnabled(not waiting)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field chooses there; Ctrl+Enter answers."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._on_answered()
            elif self.button.hasFocus():
                self.button.click()
        else:
            super().keyPressEvent(event)
