"""The levels of likelihood or of impact: what each is called, and what it means."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from risk_register.domain.matrix import spread
from ui.fields import ChoiceField, LineField, TextField
from ui.keys import chain_tabs
from ui.theme import SPACE, muted


class Scale(QWidget):
    """A row for each level, the greatest on top. `wordings` are descriptors to take over, by what they speak of."""

    changed = Signal(object, object)
    """The names and the descriptors of all levels, from 1 up, as they are now wanted."""

    def __init__(self, what: str, wordings: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._what, self._wordings = what, wordings
        self.rows: list[tuple[LineField, TextField]] = []
        self._numbers: list[QLabel] = []
        self.wording = ChoiceField([(key, key) for key in wordings], "Take over descriptors (NPSA 2008) …")
        self.wording.kept.connect(self._on_wording_chosen)
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE)
        self._grid.setColumnStretch(2, 1)
        top = QHBoxLayout()
        top.addWidget(self.wording)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addLayout(top)
        column.addLayout(self._grid)
        column.addStretch()

    def show_levels(self, names: tuple[str, ...], texts: tuple[str, ...]) -> None:
        """Show the levels; a row that is being typed in stays the widget that it is."""
        if len(self.rows) != len(names):
            self._build(len(names))
        for (name, text), called, means in zip(self.rows, names, texts, strict=True):
            name.set_value(called)
            text.set_value(means)

    def _build(self, levels: int) -> None:
        gone: list[QWidget] = [*self._numbers, *(field for row in self.rows for field in row)]
        for old in gone:
            self._grid.removeWidget(old)
            old.deleteLater()
        self.rows, self._numbers = [], []
        for level in range(1, levels + 1):
            number, name, text = QLabel(f"{level}"), LineField("Its name"), TextField("What it means", lines=2)
            muted(number)
            name.setFixedWidth(130)
            name.setAccessibleName(f"{self._what} {level}")
            text.setAccessibleName(f"What {self._what.lower()} {level} means")
            name.textEdited.connect(self._tell)
            text.textChanged.connect(self._tell)
            for place, widget in enumerate((number, name, text)):
                self._grid.addWidget(widget, levels - level, place)
            self.rows.append((name, text))
            self._numbers.append(number)
        chain_tabs(self)

    def _tell(self) -> None:
        self.changed.emit(tuple(name.value() for name, _ in self.rows), tuple(text.value() for _, text in self.rows))

    def _on_wording_chosen(self) -> None:
        words = self._wordings.get(self.wording.value() or "")
        if words:
            levels = len(self.rows)
            for place, (_, text) in enumerate(self.rows, start=1):
                text.set_value(words[spread(place, levels, len(words)) - 1])
            self._tell()
