"""A field for a number, exact to the last digit."""

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from risk_register.domain.text import figures, read_number
from ui.fields import PAUSE
from ui.theme import mark_wrong


class NumberField(QLineEdit):
    """A number, or none: typed as one writes it, with or without its unit."""

    kept = Signal()

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.kept)
        self.textEdited.connect(self._pause.start)
        self.editingFinished.connect(self._on_left)

    def value(self) -> Any:  # noqa: ANN401
        """The number; None for none; and what is typed where that is no number, for the register to refuse."""
        number = read_number(self.text())
        return number if number is not None else self.text().strip() or None

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show a number, or what was typed for one."""
        shown = figures(value) if isinstance(value, Decimal) else value or ""
        if shown != self.text():
            self.setText(shown)
        mark_wrong(self, wrong=isinstance(value, str))

    def _on_left(self) -> None:
        self._pause.stop()
        self.set_value(self.value())
        self.kept.emit()
