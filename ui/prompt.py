"""Asking for a few words: a reason, a lesson, a decision."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.fields import TextField
from ui.form import Problem
from ui.theme import SPACE, as_title, primary, quiet
from ui.words import Words


class Prompt(QDialog):
    """One question, answered in words. Stays open, with the words, where the answer is refused."""

    kept = Signal(str)
    """The answer, to be kept: whoever asks then calls `accept`, or `fail`."""

    def __init__(
        self, desk: Desk, title: str, question: str, verb: str, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
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
        primary(self.button)
        self.button.setDefault(True)
        cancel = QPushButton("Cancel")
        quiet(cancel)
        cancel.clicked.connect(self.reject)
        self.button.clicked.connect(lambda: self.kept.emit(self.words.value()))
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        for widget in (heading, asked, self.words):
            column.addWidget(widget)
        column.addLayout(self._rows)
        column.addWidget(self._problem)
        column.addLayout(buttons)

    def add_row(self, words: str, field: QWidget) -> None:
        """Ask for one more thing below the words."""
        label = QLabel(words)
        label.setBuddy(field)
        row = self._rows.rowCount()
        self._rows.addWidget(label, row, 0)
        self._rows.addWidget(field, row, 1)

    def fail(self, error: Exception) -> None:
        """Say why the answer was refused."""
        self._problem.fail(error, self.desk)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the question needs: its lines are known once it has a width."""
        super().showEvent(event)
        self.resize(self.width(), max(self.height(), self.heightForWidth(self.width())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter answers."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.kept.emit(self.words.value())
        else:
            super().keyPressEvent(event)
