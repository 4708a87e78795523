"""What the BRAG statuses mean in this programme: the key below the plan, and the dialog that changes it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QColorDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from risk_register.domain import plan_views
from risk_register.domain.brag import Brag, BragLevel
from risk_register.domain.change import Edit
from risk_register.domain.colour import readable_on
from risk_register.domain.commands.plan import edit_brag, write_brag_down
from ui.desk import Desk
from ui.dialog import KeepingDialog
from ui.fields import LineField, TextField
from ui.form import Form, Problem
from ui.keys import chain_tabs
from ui.plan.status import Pill
from ui.theme import SPACE, as_title, muted, quiet
from ui.words import Words, as_tip

_ROOM = 1000
"""From this width on (pixels) all four stand side by side."""


class BragKey(QWidget):
    """The four statuses with their definitions, side by side."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("page", True)
        self._shown = {status: (Pill(), Words(wrap=True)) for status in Brag}
        self.change = QPushButton("Change…")
        quiet(self.change)
        self.change.setAccessibleName("Change what the BRAG statuses mean")
        self.change.setToolTip(as_tip("There is no national standard: write down what the statuses mean here"))
        self.change.clicked.connect(self._on_change_clicked)
        self._parts = QGridLayout()
        self._parts.setHorizontalSpacing(2 * SPACE)
        self._parts.setVerticalSpacing(SPACE)
        self._wide = True
        self._place()
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, SPACE, 2 * SPACE, SPACE)
        row.setSpacing(2 * SPACE)
        row.addLayout(self._parts, 1)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)

    def _place(self) -> None:
        """All four side by side, or two and two."""
        for place, (pill, rule) in enumerate(self._shown.values()):
            muted(rule)
            line, side = (0, place) if self._wide else divmod(place, 2)
            self._parts.addWidget(pill, line, 2 * side, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._parts.addWidget(rule, line, 2 * side + 1)
            rule.setAlignment(Qt.AlignmentFlag.AlignTop)
        for side in range(4):
            self._parts.setColumnStretch(2 * side + 1, int(self._wide or side < 2))  # noqa: PLR2004  two and two

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the definitions the width that they need."""
        super().resizeEvent(event)
        wide = self.width() >= _ROOM
        if wide != self._wide:
            self._wide = wide
            self._place()

    def show_levels(self) -> None:
        """Show what they mean now."""
        if self._desk.programme is None:
            return
        for status, level in plan_views.brag_levels(self._desk.book, self._desk.programme).items():
            pill, rule = self._shown[status]
            pill.show_level(level)
            rule.setText(level.rule)
        self.change.setEnabled(self._desk.writable)

    def _on_change_clicked(self) -> None:
        programme = self._desk.programme
        if programme is None:
            return
        written = self._desk.book.where(BragLevel, "programme", programme)
        if len({level.status for level in written}) == len(Brag):
            self._open()
        else:
            self._desk.run(write_brag_down(programme), done=lambda _: self._open(), once=self)

    def _open(self) -> None:
        BragDialog(self._desk, self).open()


class BragDialog(KeepingDialog):
    """The words, definitions and colours of the four; like everywhere, each field keeps itself."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "What the statuses mean", parent)
        assert desk.programme, "there is a plan"
        self.resize(640, 480)
        heading, hint = Words("What the statuses mean"), Words(wrap=True)
        as_title(heading, larger=3)
        hint.setText("There is no national standard. What you write here stands as the key below the plan.")
        muted(hint)
        self._problem = Problem()
        levels = plan_views.brag_levels(desk.book, desk.programme)
        self.rows = {status: _LevelRow(desk, level) for status, level in levels.items()}
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        line = QHBoxLayout()
        line.addStretch()
        line.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(heading)
        column.addWidget(hint)
        for row in self.rows.values():
            row.form.problem.connect(self._problem.say)
            column.addWidget(row)
        column.addWidget(self._problem)
        column.addLayout(line)
        desk.changed.connect(self._on_changed)
        chain_tabs(self)

    def _on_changed(self, _edit: Edit) -> None:
        for row in self.rows.values():
            row.take()

    def keep(self) -> None:
        """Keep what is being typed, at once."""
        for row in self.rows.values():
            row.form.keep()

    def show_unkept(self) -> bool:
        """Put the cursor into the word of what is not kept."""
        held = next((row for row in self.rows.values() if row.form.has_unsaved), None)
        if held is not None:
            held.word.setFocus()
        return held is not None


class _LevelRow(QWidget):
    """One status: its word and colour, and below them its definition."""

    def __init__(self, desk: Desk, level: BragLevel) -> None:
        super().__init__()
        self._desk, self._id = desk, level.id
        self.form = Form(desk, BragLevel, edit_brag, self)
        self.word, self.rule, self.colour = LineField(), TextField(lines=2), LineField("#rrggbb")
        usual = level.status.value
        self.pick = QPushButton("Colour…")
        self.pick.setAccessibleName(f"Choose the colour of {usual}")
        self.pick.clicked.connect(self._on_pick_clicked)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.addWidget(self.word, 0, 0)
        grid.addWidget(self.colour, 0, 1)
        grid.addWidget(self.pick, 0, 2)
        grid.addWidget(self.rule, 1, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        for name, field in (("word", self.word), ("rule", self.rule), ("colour", self.colour)):
            field.setAccessibleName(f"{name.capitalize()} of {usual}")
            field.setEnabled(desk.writable)
            self.form.bind(name, field)
        self.pick.setEnabled(desk.writable)
        self.form.show(level)
        self._dress(level)

    def take(self) -> None:
        """Show it after an edit."""
        level = self._desk.book.find(BragLevel, self._id)
        if level is not None:
            self.form.take(level)
            self._dress(level)

    def _dress(self, level: BragLevel) -> None:
        self.pick.setStyleSheet(f"background: {level.colour}; color: {readable_on(level.colour)};")

    def _on_pick_clicked(self) -> None:
        level = self._desk.book.find(BragLevel, self._id)
        if level is None:
            return
        dialog = QColorDialog(QColor(level.colour), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.colorSelected.connect(self._on_picked)
        dialog.open()

    def _on_picked(self, colour: QColor) -> None:
        self.colour.set_value(colour.name())
        self.form.keep()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed and refused."""
        if event.key() != Qt.Key.Key_Escape or not self.form.take_theirs():
            super().keyPressEvent(event)
