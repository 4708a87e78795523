"""The dialog that changes the matrix: everything in it becomes one edit, once it is kept."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from risk_register.domain import views
from risk_register.domain.change import Edit
from risk_register.domain.commands.edits import Unchanged, cleaned
from risk_register.domain.commands.matrix import edit_matrix
from risk_register.domain.errors import Conflict
from risk_register.domain.matrix import Matrix, spread
from risk_register.domain.npsa import IMPACTS, LIKELIHOODS
from risk_register.domain.presets import PRESETS, resized
from risk_register.domain.record import values
from ui.desk import Desk
from ui.dialog import Dialog, ask_to_discard
from ui.fields import ChoiceField, LineField, Still
from ui.form import Problem
from ui.keys import chain_tabs
from ui.matrix import Cell
from ui.matrix_editor.bands import Bands
from ui.matrix_editor.cells import PaintedCells
from ui.matrix_editor.scale import Scale
from ui.theme import SPACE, muted, primary, quiet


class MatrixDialog(Dialog):
    """Works on a draft. What is not kept is asked about before it is lost."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Matrix and bands", parent)
        assert desk.programme, "the menu item is there only with a register"
        self._desk = desk
        self._seen = self.draft = views.matrix_of(desk.book, desk.programme)
        self._is_waiting = False
        self.resize(1080, 660)
        self.preset = ChoiceField([(name, name) for name in PRESETS], "Start from …")
        self.preset.setAccessibleName("Start from")
        self.name = LineField("What the matrix is called")
        self.name.setAccessibleName("Name")
        self.rows, self.columns = _size_field("Likelihoods"), _size_field("Impacts")
        self.cells, self.bands = PaintedCells(), Bands()
        self.likelihoods, self.impacts = Scale("Likelihood", LIKELIHOODS), Scale("Impact", IMPACTS)
        self.mapped = QCheckBox()
        self.rule = QLabel()
        self.rule.setWordWrap(True)
        muted(self.rule)
        self._problem = Problem()
        self.keep = QPushButton("Keep matrix")
        self.keep.setAutoDefault(False)
        primary(self.keep)
        self._cancel = QPushButton("Cancel")
        self._cancel.setAutoDefault(False)
        quiet(self._cancel)
        self._lay_out()
        self._wire()
        self._show()
        self.cells.cursor_cell = (1, 1)
        self.cells.setFocus()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        for words, field in (("Name", self.name), ("Likelihoods", self.rows), ("Impacts", self.columns)):
            label = QLabel(words)
            label.setBuddy(field)
            top.addWidget(label)
            top.addWidget(field, 1 if field is self.name else 0)
        top.addWidget(self.preset, 1)
        self._tabs = QTabWidget()
        self._tabs.setMinimumWidth(520)
        for title, page in (("Bands", self.bands), ("Likelihood", self.likelihoods), ("Impact", self.impacts)):
            self._tabs.addTab(page, title)
        middle = QGridLayout()
        middle.setSpacing(2 * SPACE)
        middle.addWidget(self.cells, 0, 0)
        middle.addWidget(self._tabs, 0, 1)
        middle.setColumnStretch(0, 1)
        middle.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addWidget(self.mapped)
        column.addWidget(self.rule)
        column.addWidget(self._problem)
        column.addLayout(buttons)
        chain_tabs(self)

    def _wire(self) -> None:
        self.name.textEdited.connect(lambda text: self._take(replace(self.draft, name=text)))
        self.preset.kept.connect(self._on_preset_chosen)
        for field in (self.rows, self.columns):
            field.valueChanged.connect(self._on_resized)
        self.cells.painted.connect(self._on_painted)
        self.cells.brush_wanted.connect(self.bands.choose)
        self.bands.changed.connect(self._take)
        self.likelihoods.changed.connect(
            lambda names, texts: self._take(replace(self.draft, likelihoods=names, likelihood_texts=texts))
        )
        self.impacts.changed.connect(
            lambda names, texts: self._take(replace(self.draft, impacts=names, impact_texts=texts))
        )
        self.keep.clicked.connect(self._on_keep_clicked)
        self._cancel.clicked.connect(self.reject)

    # -- the draft

    @property
    def is_changed(self) -> bool:
        """Whether the draft is another matrix than the one that was opened."""
        return cleaned(Matrix, values(self.draft)) != values(self._seen)

    def _take(self, draft: Matrix) -> None:
        self.draft = draft
        self._problem.say("")
        self._show()

    def _show(self) -> None:
        draft = self.draft
        self.name.set_value(draft.name)
        for field, levels in ((self.rows, draft.size[0]), (self.columns, draft.size[1])):
            field.blockSignals(True)
            field.setValue(levels)
            field.blockSignals(False)
        self.cells.show_matrix(draft)
        self.bands.show_matrix(draft)
        self.likelihoods.show_levels(draft.likelihoods, draft.likelihood_texts)
        self.impacts.show_levels(draft.impacts, draft.impact_texts)
        before, after = self._seen.size, draft.size
        self.mapped.setVisible(before != after)
        self.rule.setVisible(before != after)
        self.mapped.setText(f"Spread today's scores from {before[0]} x {before[1]} over {after[0]} x {after[1]}")
        self.rule.setText(
            f"{_rule('Likelihood', before[0], after[0])}{_rule('Impact', before[1], after[1])}"
            "Each such score gets another beside it that says so; the past stays as it was. Look at the appetite of your "
            "categories afterwards: their scores stay the same."
        )

    def _on_preset_chosen(self) -> None:
        if name := self.preset.value():
            self._take(replace(PRESETS[name](), id=self._seen.id))

    def _on_resized(self) -> None:
        self._take(resized(self.draft, self.rows.value(), self.columns.value()))

    def _on_painted(self, cell: Cell) -> None:
        place = (cell[0] - 1) * self.draft.size[1] + cell[1] - 1
        cells = self.draft.cells
        if cells[place] != self.bands.brush:
            self._take(replace(self.draft, cells=(*cells[:place], self.bands.brush, *cells[place + 1 :])))

    # -- keeping it

    def _on_keep_clicked(self) -> None:
        if self._is_waiting:
            return
        self._is_waiting = True
        fields = {name: value for name, value in values(self.draft).items() if name != "id"}
        command = edit_matrix(self._seen, mapped=self.mapped.isVisible() and self.mapped.isChecked(), **fields)
        self._desk.run(command, done=self._on_kept, failed=self._on_failed)

    def _on_kept(self, _edit: Edit) -> None:
        self._seen = self.draft
        super().accept()

    def _on_failed(self, error: Exception) -> None:
        self._is_waiting = False
        if isinstance(error, Unchanged):
            super().accept()
        elif isinstance(error, Conflict):
            self._seen = self._desk.book.get(Matrix, self._seen.id)
            self._problem.say(
                "Somebody has changed the matrix meanwhile. Keep matrix puts yours in its place; Cancel leaves theirs."
            )
        else:
            self._problem.fail(error, self._desk)

    def reject(self) -> None:
        """Close; a draft that would be lost is asked about first."""
        if self._is_waiting:
            return
        if self.is_changed:
            ask_to_discard(self, self._on_discarded)
        else:
            super().reject()

    def _on_discarded(self) -> None:
        super().reject()


def _size_field(words: str) -> QSpinBox:
    field = QSpinBox()
    field.setRange(3, 6)
    field.setAccessibleName(words)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.lineEdit().setTextMargins(6, 0, 0, 0)
    Still(field)
    return field


def _rule(what: str, before: int, after: int) -> str:
    """What becomes of each level: `Likelihood 1 → 1, 2 → 2, 3 → 3, 4 → 3, 5 → 4. `; "" where nothing does."""
    moves = ", ".join(f"{level} → {spread(level, before, after)}" for level in range(1, before + 1))
    return f"{what} {moves}. " if before != after else ""
