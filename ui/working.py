"""Showing that something takes its time, with a way to call it off."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from ui.theme import SPACE, quiet
from ui.words import Words

_PATIENCE = 400
"""What is done within this time (ms) shows nothing."""


class Working(QWidget):
    """Words, a bar that runs, and Cancel; there only while something has been going on for a while."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words()
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedSize(140, 6)
        self.cancel = QPushButton("Cancel")
        quiet(self.cancel)
        self.cancel.clicked.connect(self._on_cancel_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._words)
        row.addWidget(bar)
        row.addWidget(self.cancel)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self.show)
        self.hide()

    def begin(self, words: str) -> None:
        """Something has begun: say what."""
        self._words.setText(words)
        self.cancel.setEnabled(True)
        self._patience.start()

    def say(self, words: str) -> None:
        """It has come further: say how far."""
        if self.cancel.isEnabled():
            self._words.setText(words)

    def end(self) -> None:
        """It is done."""
        self._patience.stop()
        self.hide()

    def _on_cancel_clicked(self) -> None:
        self.cancel.setEnabled(False)
        self._words.setText("Calling it off …")
        self.cancelled.emit()
