"""Asking for a few words: a reason, a lesson."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from risk_register.domain.errors import Refused, StoreError
from ui.fields import Problem, TextField
from ui.theme import SPACE, as_title, primary, quiet


class Prompt(QDialog):
    """One question, answered in words. Stays open, with the words, where the answer is refused."""

    kept = Signal(str)

    def __init__(self, title: str, question: str, verb: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        heading, asked = QLabel(title), QLabel(question)
        as_title(heading, larger=3)
        asked.setWordWrap(True)
        self.words = TextField(lines=4)
        self.words.set_value(text)
        self._problem = Problem()
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
        for widget in (heading, asked, self.words, self._problem):
            column.addWidget(widget)
        column.addLayout(buttons)

    def fail(self, error: Exception) -> None:
        """Say why the answer was refused."""
        if not isinstance(error, (Refused, StoreError)):
            raise error
        self._problem.say(str(error))

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
