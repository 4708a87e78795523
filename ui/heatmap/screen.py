"""The heat map's screen: the map, what to show on it, and the list of a cell beside it."""

from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from risk_register.domain import views
from risk_register.domain.audience import Audience
from risk_register.domain.book import Book
from risk_register.domain.change import Edit
from risk_register.domain.commands.review import note_review
from risk_register.domain.errors import Refused
from risk_register.domain.record import Record
from risk_register.domain.risk import AssessmentKind, Risk
from ui.desk import Desk
from ui.fields import DateField
from ui.heatmap.map import HeatMap
from ui.heatmap.shown import shown_to, told_of
from ui.keys import one_stop
from ui.matrix import Cell
from ui.score_question import ScoreQuestion
from ui.screen import Head, Screen
from ui.theme import SPACE, as_title, colours, lock, muted, quiet
from ui.words import Words

_BACK = timedelta(days=61)
_SIDE = 330
"""The greatest width of what stands beside the map, in pixels."""


class HeatMapScreen(Screen):
    """Every open risk on the matrix."""

    title = "Heat map"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.map = HeatMap()
        self.question = ScoreQuestion(desk)
        self.list = QListWidget()
        self._then: Book | None = None
        self._then_day: date | None = None
        self._cell: Cell | None = None
        self._chosen: UUID | None = None
        self._moving = self._is_large = False
        self._head, self._lock = Head("Heat map"), lock()
        self._kinds = QButtonGroup(self)
        for kind in AssessmentKind:
            button = QPushButton(kind.value)
            button.setCheckable(True)
            button.setChecked(kind is AssessmentKind.current)
            self._kinds.addButton(button)
            self._head.tools.addWidget(button)
        one_stop(self._kinds)
        self._head.tools.addSpacing(SPACE)
        self._since = DateField(desk.today)
        self._since.setFixedWidth(150)
        self._since.set_value(desk.today() - _BACK)
        label = QLabel("Moved since")
        label.setBuddy(self._since)
        self.restricted = QPushButton("Restricted too")
        self.restricted.setCheckable(True)
        self.restricted.setToolTip("Show on the projector what only those may see who keep the register.")
        self.restricted.hide()
        self._full = QPushButton("Full screen")
        self._full.setCheckable(True)
        self._full.setToolTip("For the projector: the map alone. Escape comes back.")
        for widget in (label, self._since, self.restricted, self._full):
            self._head.tools.addWidget(widget)
        self._side = self._built_side()
        row = QHBoxLayout()
        row.setContentsMargins(3 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.map, 3)
        row.addWidget(self._side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(row, 1)
        self._kinds.buttonClicked.connect(self._on_kind_clicked)
        self._since.kept.connect(self._fetch_then)
        self._full.clicked.connect(self._on_full_clicked)
        self.restricted.clicked.connect(self._show)
        self.map.picked.connect(self._on_cell_picked)
        self.map.marker_clicked.connect(self._on_marker_clicked)
        self.map.marker_opened.connect(lambda id: self.jump.emit(desk.book.get(Risk, id)))
        self.map.moved.connect(self._on_moved)
        self.question.done.connect(self._on_answered)
        self.list.itemActivated.connect(self._on_item_activated)
        self.list.currentItemChanged.connect(self._on_item_changed)
        desk.outside.changed.connect(self._tell)

    def _built_side(self) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(250)
        side.setMaximumWidth(_SIDE)
        self._heading, self._told = Words(), QLabel()
        as_title(self._heading, larger=2)
        self._told.setWordWrap(True)
        self._told.setTextFormat(Qt.TextFormat.RichText)
        self._all = QPushButton("Show all")
        quiet(self._all)
        self._all.clicked.connect(self._on_all_clicked)
        self._open, self._move = QPushButton("Open"), QPushButton("Re-score…")
        self._move.setToolTip("Then click a cell, or go to it with the arrow keys and press Enter. Or drag the marker.")
        self._open.clicked.connect(self._on_open_clicked)
        self._move.clicked.connect(self._on_move_clicked)
        self.list.setWordWrap(True)
        self.list.setIconSize(QSize(14, 14))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setAccessibleName("Risks on the map")
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._all)
        buttons = QHBoxLayout()
        buttons.addWidget(self._open)
        buttons.addWidget(self._move)
        buttons.addStretch()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self._told)
        column.addLayout(buttons)
        column.addWidget(self.question)
        column.addStretch()
        self._beside = (self._heading, self._all, self.list)
        muted(self._told)
        return side

    @property
    def kind(self) -> AssessmentKind:
        """Which score the map shows."""
        chosen = self._kinds.checkedButton()
        assert chosen, "one is always checked"
        return AssessmentKind(chosen.text())

    @property
    def audience(self) -> Audience:
        """Who looks on: in full screen the whole room, unless it is said that it may see all."""
        all_may = self.restricted.isChecked() or not self._full.isChecked()
        return Audience.restricted if all_may else Audience.partners

    def enter(self) -> None:
        """Put the cursor on the map."""
        self.map.setFocus()

    def reload(self) -> None:
        """Show another register or programme."""
        self._cell = self._chosen = None
        self._then = None
        self.question.leave()
        self.restyle()
        if self.desk.programme:
            self._fetch_then()

    def take(self, edit: Edit) -> None:
        """Show what an edit changed."""
        del edit
        self.restyle()

    def restyle(self) -> None:
        """Show the same in other colours, or on another day; what is being answered stays."""
        self.map.may_drag = self.desk.writable
        if self.desk.programme:
            self.map.show_matrix(views.matrix_of(self.desk.book, self.desk.programme))
            self._show()

    def review(self) -> bool:
        """Say that the chosen risk was reviewed and stays as it is."""
        risk = self.desk.book.find(Risk, self._chosen)
        if risk is not None and self.desk.writable:
            self.desk.run(note_review(risk, on=self.desk.today()), once=(self, risk.id))
        return risk is not None

    def unsaved(self) -> list[str]:
        """Reasons that were begun for scores and not kept."""
        return self.question.begun.unsaved_words()

    def show_record(self, record: Record) -> None:
        """Choose a risk's marker."""
        self._choose(record.id)

    def _fetch_then(self) -> None:
        try:
            since = self._since.day()
        except Refused as error:
            self._on_then_refused(error)
            return
        if since is None:
            self._show_since(None, None)
        else:
            self.desk.as_at(since, lambda then: self._show_since(since, then), self._on_then_refused)

    def _on_then_refused(self, error: Exception) -> None:
        self._show_since(None, None)
        self.desk.tell(error)

    def _show_since(self, since: date | None, then: Book | None) -> None:
        self._then_day, self._then = since, then
        self._show()

    def _show(self) -> None:
        programme = self.desk.programme
        if programme is None:
            return
        shown = shown_to(self.audience, self.desk.book, self._then, programme, self.kind)
        if self._chosen is not None and self._chosen not in shown.in_sight:
            self._put_away()
        self.map.chosen = self._chosen
        self.map.show_risks(dict(shown.cells), shown.earlier, self._standing)
        self.restricted.setText(shown.switch)
        self.restricted.setVisible(self._full.isChecked() and shown.restricted > 0)
        self._head.tell(shown.sentence(self._then_day))
        self._fill(shown.risks, shown.cells)

    def _put_away(self) -> None:
        """Leave the risk that was chosen: it is gone, or not for who looks on now."""
        self._chosen, self._moving = None, False
        self.question.leave()
        self.map.marked = self._cell
        self._arrange()

    def _fill(self, risks: list[Risk], cells: dict[Cell, list[Risk]]) -> None:
        book = self.desk.book
        assert self.map.matrix, "shown with its matrix"
        self._all.setVisible(self._cell is not None)
        if self._cell is None:
            shown, heading = risks, "All open risks"
        else:
            shown = cells.get(self._cell, [])
            heading = f"{self._cell[0]} × {self._cell[1]} = {self._cell[0] * self._cell[1]}  {self.map.matrix.band_name(*self._cell)}"
        self._heading.setText(heading)
        self.list.blockSignals(True)
        self.list.clear()
        for risk in shown:
            found = views.score(book, risk, self.kind)
            item = QListWidgetItem(f"{risk.reference}   {found.score if found else '–'}   {risk.title}")
            item.setData(Qt.ItemDataRole.UserRole, risk.id)
            if risk.audience is Audience.restricted:
                item.setIcon(self._lock)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()} (restricted)")
                item.setToolTip("Restricted: not shown in full screen")
            self.list.addItem(item)
            if risk.id == self._chosen:
                self.list.setCurrentItem(item)
        if not shown:
            self.list.addItem("No open risk stands here." if self._cell else "No open risk yet.")
            self.list.item(0).setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        risk = self.desk.book.find(Risk, self._chosen)
        self._open.setVisible(risk is not None)
        self._move.setVisible(risk is not None and self.desk.writable and not self.question.isVisible())
        if risk is None:
            self._told.setText("Click a marker or a cell. Drag a marker to re-score the risk.")
            return
        hint = f"<p style='color:{colours().accent}'>Choose the cell it moves to.</p>" if self._moving else ""
        self._told.setText(told_of(self.desk.book, risk, self.kind, self._standing(risk)) + hint)

    def _standing(self, risk: Risk) -> str:
        """How a risk stands against its appetite: of its current score, so with that alone."""
        return self.desk.outside.words(risk) if self.kind is AssessmentKind.current else ""

    def _choose(self, id: UUID | None) -> None:
        self._chosen = id
        self._moving = False
        self._arrange()
        self._show()

    def _on_kind_clicked(self) -> None:
        risk = self.desk.book.find(Risk, self._chosen)
        if risk is not None and self.question.cell:
            self._ask(risk, self.question.cell)
        self._show()

    def _on_cell_picked(self, cell: Cell) -> None:
        risk = self.desk.book.find(Risk, self._chosen)
        if risk is not None and (self._moving or self.question.isVisible()):
            self._ask(risk, cell)
        else:
            self._cell = None if cell == self._cell else cell
            self.map.marked = self._cell
            self._show()

    def _on_marker_clicked(self, id: UUID, cell: Cell) -> None:
        if self._moving:
            self._on_cell_picked(cell)
            return
        self.question.leave()
        again = self._full.isChecked() and id == self._chosen
        self._choose(None if again else id)

    def _on_moved(self, id: UUID, cell: Cell) -> None:
        self._choose(id)
        self._ask(self.desk.book.get(Risk, id), cell)

    def _ask(self, risk: Risk, cell: Cell) -> None:
        self._moving = False
        self.map.marked = cell
        self.question.ask(risk, self.kind, cell)
        self._tell()

    def _on_answered(self, had_focus: bool) -> None:  # noqa: FBT001
        if had_focus:
            self.map.setFocus()
        self.map.marked = self._cell
        self.map.update()
        self._tell()

    def _on_move_clicked(self) -> None:
        self._moving = True
        risk = self.desk.book.find(Risk, self._chosen)
        found = views.score(self.desk.book, risk, self.kind) if risk else None
        self.map.cursor_cell = found.cell if found else (1, 1)
        self.map.setFocus()
        self._tell()

    def _on_open_clicked(self) -> None:
        risk = self.desk.book.find(Risk, self._chosen)
        if risk:
            self.jump.emit(risk)

    def _on_all_clicked(self) -> None:
        self._cell = self.map.marked = None
        self._show()

    def _on_item_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(Qt.ItemDataRole.UserRole):
            self._chosen = self.map.chosen = item.data(Qt.ItemDataRole.UserRole)
            self._moving = False
            self.map.update()
            self._tell()

    def _on_item_activated(self, item: QListWidgetItem) -> None:
        if item.data(Qt.ItemDataRole.UserRole):
            self.jump.emit(self.desk.book.get(Risk, item.data(Qt.ItemDataRole.UserRole)))

    # -- the projector

    def _on_full_clicked(self) -> None:
        self._set_full(full=self._full.isChecked())

    def _set_full(self, *, full: bool) -> None:
        """The map alone, in larger type, over the whole screen; or back."""
        self._full.setChecked(full)
        if full != self._is_large:
            self._is_large = full
            self.restricted.setChecked(False)  # each time anew: who looked on last time may not be who does now
            for widget, times in ((self.map, 1.6), *((child, 1.3) for child in self._side.findChildren(QWidget))):
                font = widget.font()
                font.setPointSizeF(font.pointSizeF() * (times if full else 1 / times))
                widget.setFont(font)
        self._head.show_name(shown=not full)  # its room is the switch's
        self._side.setMaximumWidth(_SIDE * 3 // 2 if full else _SIDE)
        self._arrange()
        self._show()  # before the screen is filled
        self.alone_wanted.emit(full)

    def _arrange(self) -> None:
        """On the projector nothing stands beside the map but the risk that is talked about."""
        full = self._full.isChecked()
        self._side.setVisible(self._chosen is not None or not full)
        for widget in self._beside:
            widget.setVisible(not full)
        if not full:
            self._all.setVisible(self._cell is not None)

    def come_back(self) -> None:
        """The window has left the full screen."""
        if self._full.isChecked():
            self._set_full(full=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up moving and scoring; in full screen it then puts the risk away, and comes back."""
        full = self._full.isChecked()
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._moving:
            self._moving = False
            self._tell()
        elif self.question.cell:
            self.question.give_up()
        elif full and self._chosen is not None:
            self._choose(None)
        elif full:
            self._set_full(full=False)
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen is shown: with the sidebar."""
        self.come_back()
        super().hideEvent(event)
