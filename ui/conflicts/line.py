"""What is disputed of the record that an editor shows, as a line above it."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.desk import Desk
from ui.theme import SPACE, colours, theme
from ui.words import Words


class DisputeLine(QWidget):
    """Says what is disputed of one record, with the way to settle it; not there while nothing is."""

    settle_wanted = Signal(object)
    """The key of an OpenConflict, to be settled."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._id: UUID | None = None
        self._words = Words(wrap=True)
        self.button = QPushButton("Settle it")
        self.button.clicked.connect(self._on_clicked)
        self.setProperty("strip", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, SPACE)
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        desk.conflicts_changed.connect(self._tell)
        theme().changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def text(self) -> str:
        """What is said; "" while nothing is."""
        return "" if self.isHidden() else self._words.text()

    def show_id(self, id: UUID | None) -> None:
        """Tell of another record."""
        self._id = id
        self._tell()

    def _tell(self) -> None:
        found = self._desk.disputed.get(self._id, []) if self._id else []
        if found:
            more = f", and {len(found) - 1} more" if len(found) > 1 else ""
            self._words.setText(f"⚑ {found[0].happened}{more}.")
            self.button.setText("Settle it" if len(found) == 1 else "Settle them")
            self.button.setAccessibleName(f"{found[0].happened}: settle it")
        self.setVisible(bool(found))

    def _dress(self) -> None:
        self._words.setStyleSheet(f"color: {colours().warn}; background: transparent;")

    def _on_clicked(self) -> None:
        for conflict in self._desk.disputed.get(self._id, [])[:1] if self._id else []:
            self.settle_wanted.emit(conflict.key)
