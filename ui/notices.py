"""What the window has to tell: a sentence at the top that stops nobody, and the one dialog for bugs."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMessageBox, QPushButton, QToolButton, QWidget

from risk_register import __version__
from ui.theme import SPACE, colours, theme
from ui.words import Words

_SHOWN = 12_000
"""How long a sentence stays, in milliseconds."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the person. A lasting one stays until it is closed; a good one does not look like a warning.

    `offer` is what can be done about it: the words on a button, and what the button does.
    """

    sentence: str
    lasting: bool = False
    good: bool = False
    offer: tuple[str, Callable[[], None]] | None = None


class Notices(QWidget):
    """A line above the screen that says what was refused or done. It goes by itself, or when it is closed.

    What passes gives way again to what lasts.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self._said = Notice("")
        self._lasting: Notice | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = Words(wrap=True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QToolButton()
        close.setText("✕")
        close.setAccessibleName("Close this message")
        close.clicked.connect(self._on_closed)
        self._offer = QPushButton()
        self._offer.clicked.connect(self._on_offer_taken)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, SPACE, SPACE, SPACE)
        row.addWidget(self._label, 1)
        row.addWidget(self._offer)
        row.addWidget(close)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN)
        self._timer.timeout.connect(self._on_closed)
        theme().changed.connect(self._dress)
        self._dress()
        self.hide()

    def _dress(self) -> None:
        c = colours()
        ground, ink = (c.chosen, c.text) if self._said.good else (c.warn_ground, c.warn)
        self.setStyleSheet(
            f"QWidget#notices {{ background: {ground}; border-bottom: 1px solid {c.line}; }}"
            f"QWidget#notices QLabel {{ color: {ink}; background: transparent; }}"
        )

    @property
    def text(self) -> str:
        """What is being said; "" for nothing."""
        return self._label.text() if not self.isHidden() else ""

    def tell(self, notice: Notice) -> None:
        """Say a sentence."""
        self._said = notice
        if notice.lasting:
            self._lasting = notice
        self._dress()
        self._label.setText(notice.sentence)
        self._offer.setVisible(notice.offer is not None)
        if notice.offer:
            self._offer.setText(notice.offer[0])
        self.show()
        self._timer.stop() if notice.lasting else self._timer.start()

    def withdraw(self, sentence: str) -> None:
        """Say a sentence no longer, if it is said or waits: it does not hold any more."""
        if self._lasting and self._lasting.sentence == sentence:
            self._lasting = None
        if self._said.sentence == sentence:
            self._on_closed()

    def hush(self) -> None:
        """Say nothing more."""
        self._lasting = None
        self._timer.stop()
        self.hide()

    def _on_closed(self) -> None:
        waiting = self._lasting if not self._said.lasting else None
        self.hush()
        if waiting:
            self.tell(waiting)

    def _on_offer_taken(self) -> None:
        if self._said.offer:
            self._said.offer[1]()


def show_bug(parent: QWidget, error: BaseException) -> None:
    """Say that the program itself is at fault, with a text to copy. Nothing that was saved is lost."""
    text = "".join(traceback.format_exception(error))
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Risk Register")
    box.setText("Something went wrong in the program. What you had saved is safe, and you can go on working.")
    box.setInformativeText("Please send the details to whoever looks after the program.")
    box.setDetailedText(f"Risk Register {__version__}\n{text}")
    copy = box.addButton("Copy the details", QMessageBox.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QApplication.clipboard().setText(box.detailedText()))
    box.addButton(QMessageBox.StandardButton.Close)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
