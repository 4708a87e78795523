"""Asking for a few words: a reason, a lesson, a decision."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.edits import Unchanged
from ui.desk import Desk
from ui.dialog import Dialog, ask_to_discard, foot
from ui.fields import TextField
from ui.form import Problem
from ui.keys import chain_tabs
from ui.theme import SPACE, as_title, muted
from ui.words import Words


class Prompt(Dialog):
    """One question, answered in words. Stays open, with the words, where the answer is refused.

    `about` is what the question is about, in full: where it is long it scrolls. `needed` says that words are needed: until
    there are some the button can't be pressed, and the sentence stands beside it.
    """

    kept = Signal(str)
    """The answer, to be kept: whoever asks then calls `accept`, or `fail`. It is told once until then."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        question: str,
        verb: str,
        text: str = "",
        parent: QWidget | None = None,
        *,
        about: str = "",
        needed: str = "",
    ) -> None:
        super().__init__(title, parent)
        self.desk = desk
        self._text, self.is_waiting = text, False
        self._texts: list[tuple[TextField, str]] = []
        self._needs = needed
        self.setMinimumWidth(460)
        heading, asked = Words(title), Words(question, wrap=True)
        as_title(heading, larger=3)
        self.words = TextField(lines=4)
        self.words.set_value(text)
        self.words.setAccessibleName(question)
        self._problem = Problem()
        self._rows = QGridLayout()
        self._rows.setSpacing(SPACE)
        self._rows.setColumnStretch(1, 1)
        self.button = QPushButton(verb)
        self.button.clicked.connect(self._answer)
        self.words.textChanged.connect(lambda: self._problem.say(""))
        self.words.too_long.connect(self._problem.say)
        self.needed = Words(needed, wrap=True)
        muted(self.needed)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(heading)
        if about:
            column.addWidget(_Passage(about), 1)
        column.addWidget(asked)
        column.addWidget(self.words)
        column.addLayout(self._rows)
        column.addWidget(self._problem)
        column.addLayout(foot(self, self.button, self.needed))
        self.words.textChanged.connect(self._offer)
        self._offer()
        self.words.setFocus()

    def _offer(self) -> None:
        """Let the button be pressed once what it needs is there."""
        lacks = self._needs if not self.words.value().strip() else ""
        self.button.setEnabled(not lacks and not self.is_waiting)
        self.needed.setText(lacks)

    def need(self, sentence: str) -> None:
        """Need words, or with "" no longer."""
        self._needs = sentence
        self._offer()

    def add_row(self, words: str, field: QWidget) -> None:
        """Ask for one more thing below the words."""
        label = QLabel(words)
        label.setBuddy(field)
        if isinstance(field, TextField):
            self._texts.append((field, field.value()))
            field.too_long.connect(self._problem.say)
        row = self._rows.rowCount()
        self._rows.addWidget(label, row, 0)
        self._rows.addWidget(field, row, 1)
        chain_tabs(self)  # to the buttons last: who types on after Tab must not press one

    def _answer(self) -> None:
        if self.button.isEnabled():
            self._wait(waiting=True)
            self.kept.emit(self.words.value())

    def _wait(self, *, waiting: bool) -> None:
        self.is_waiting = waiting
        self._offer()

    def run(self, command: Command) -> None:
        """Do what was answered, and close once it is kept."""
        self.desk.run(command, done=self._on_done, failed=self.fail)

    def _on_done(self, _edit: Edit) -> None:
        self.accept()

    def fail(self, error: Exception) -> None:
        """Say why the answer was refused."""
        if isinstance(error, Unchanged):
            self.accept()
        else:
            self._wait(waiting=False)
            self._problem.fail(error, self.desk)

    def reject(self) -> None:
        """Close without an answer; words that would be lost are asked about first."""
        if self.is_waiting:
            return  # the answer is on its way: it closes the dialog, or says why not
        if not self.is_begun():
            super().reject()
            return
        ask_to_discard(self, self._on_discarded)

    def is_begun(self) -> bool:
        """Whether there are words that would be lost."""
        asked = [(self.words, self._text), *self._texts]
        return any((typed := field.value().strip()) and typed != begun.strip() for field, begun in asked)

    def _on_discarded(self) -> None:
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter answers."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._answer()
        else:
            super().keyPressEvent(event)


class _Passage(QScrollArea):
    """A text as high as it is, but for one that would take more than its share of the screen: that scrolls."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setMinimumHeight(1)  # a scroll area takes several lines of its own accord
        self._words = Words(text, wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setWidget(self._words)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """What the text needs, up to a fifth of the screen: the answer and its buttons need the rest."""
        return min(self._words.heightForWidth(width), self.screen().availableGeometry().height() // 5)
