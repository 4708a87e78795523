"""How many conflicts wait, in the status bar."""

from PySide6.QtWidgets import QPushButton, QWidget

from risk_register.domain.text import plural
from ui.desk import Desk
from ui.theme import colours, quiet, theme


class ConflictCount(QPushButton):
    """A button that says how many conflicts wait; not there while none does."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        quiet(self)
        self.setToolTip("Two people changed the same thing: settle what is to stand")
        desk.conflicts_changed.connect(self._on_conflicts_changed)
        theme().changed.connect(self._dress)
        self._dress()
        self.hide()

    def _on_conflicts_changed(self) -> None:
        number = len(self._desk.conflicts)
        self.setText(f"⚑ {plural(number, 'conflict')}")
        self.setAccessibleName(f"{plural(number, 'conflict')} to settle")
        self.setVisible(number > 0)

    def _dress(self) -> None:
        self.setStyleSheet(f"color: {colours().warn}; font-weight: 600; padding: 2px 8px;")
