"""The tree of boards: who reports to whom, and when each meets next."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from risk_register.domain.meetings import next_meeting
from risk_register.domain.text import short_day
from risk_register.domain.tree import circle, tree
from ui.desk import Desk
from ui.theme import Colours, colours
from ui.words import as_tip

_ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Line:
    """All that the looks of one board in the tree depend on."""

    id: UUID
    depth: int
    name: str
    due: str
    late: bool
    around: bool
    colours: Colours


class BoardTree(QTreeWidget):
    """Every board below the one it reports to. One that is dragged to another reports to that from then on."""

    chosen = Signal(object)
    """The id of the board that one moved to; None where there is none."""
    moved = Signal(object, object)
    """The id of a board that was dragged, and of the one it is to report to (None: to nobody)."""
    activated_id = Signal(object)
    """The id of the board that one double-clicked or pressed Enter on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: list[_Line] = []
        self._items: dict[UUID, QTreeWidgetItem] = {}
        self.setColumnCount(2)
        self.setHeaderLabels(["Board", "Meets next"])
        self.setAccessibleName("Boards, each below the one it reports to")
        self.setUniformRowHeights(True)
        self.setIndentation(18)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(self._on_current_changed)
        self.itemDoubleClicked.connect(lambda item: self.activated_id.emit(item.data(0, _ID)))

    @property
    def current_id(self) -> UUID | None:
        """The id of the board one is on."""
        item = self.currentItem()
        return item.data(0, _ID) if item else None

    def choose(self, id: UUID) -> None:
        """Move to a board, opening what hides it."""
        if (item := self._items.get(id)) is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def show_boards(self) -> None:
        """Show the tree as it is now. Where one stands, and what is folded away, stays so."""
        book, programme, today = self._desk.book, self._desk.programme, self._desk.today()
        branches = tree(book, programme) if programme else []
        wanted = []
        for branch in branches:
            board, due = branch.board, next_meeting(book, branch.board, today)
            wanted.append(
                _Line(
                    board.id,
                    branch.depth,
                    board.name,
                    short_day(due.on) if due else "",
                    due is not None and due.on < today,
                    bool(circle(book, board)),
                    colours(),
                )
            )
        self.setDragEnabled(self._desk.writable)
        self.setAcceptDrops(self._desk.writable)
        if wanted == self._shown:
            return
        self._shown = wanted
        current = self.current_id
        folded = {id for id, item in self._items.items() if item.childCount() and not item.isExpanded()}
        with QSignalBlocker(self):
            self._fill(wanted)
            for id, item in self._items.items():
                item.setExpanded(id not in folded)
            if current in self._items:
                self.setCurrentItem(self._items[current])
        if current not in self._items:
            first = self.topLevelItem(0)
            if first is not None:
                self.setCurrentItem(first)
            self.chosen.emit(self.current_id)

    def _fill(self, wanted: list[_Line]) -> None:
        self.clear()
        self._items = {}
        above: list[QTreeWidgetItem] = []
        for line in wanted:
            item = QTreeWidgetItem([f"{line.name} (reports to itself)" if line.around else line.name, line.due])
            item.setData(0, _ID, line.id)
            item.setToolTip(0, as_tip(line.name))
            item.setForeground(1, QBrush(QColor(line.colours.bad if line.late else line.colours.muted)))
            if line.late:
                item.setToolTip(1, as_tip("Due by then, and none was held or is arranged"))
                item.setData(1, Qt.ItemDataRole.AccessibleTextRole, f"{line.due}, overdue")
            if line.around:
                item.setForeground(0, QBrush(QColor(line.colours.bad)))
            if line.depth:
                above[line.depth - 1].addChild(item)
            else:
                self.addTopLevelItem(item)
            del above[line.depth :]
            above.append(item)
            self._items[line.id] = item

    def _on_current_changed(self, item: QTreeWidgetItem | None) -> None:
        self.chosen.emit(item.data(0, _ID) if item else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the board's fields."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id is not None:
            self.activated_id.emit(self.current_id)
        else:
            super().keyPressEvent(event)

    # -- dragging

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take what is dragged here from this tree alone."""
        super().dragMoveEvent(event)
        if event.source() is not self:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask that the board dragged report to the one it was dropped on; on nothing, to nobody.

        Between two boards it reports to what they report to. The tree itself changes once the edit is kept.
        """
        dragged, target = self.currentItem(), self.itemAt(event.position().toPoint())
        if event.source() is not self or dragged is None:
            event.ignore()
            return
        beside = self.dropIndicatorPosition() in (
            QAbstractItemView.DropIndicatorPosition.AboveItem,
            QAbstractItemView.DropIndicatorPosition.BelowItem,
        )
        above = target.parent() if target is not None and beside else target
        event.setDropAction(Qt.DropAction.CopyAction)  # a move would make Qt take the dragged row away by itself
        event.accept()
        if above is not dragged:
            self.moved.emit(dragged.data(0, _ID), above.data(0, _ID) if above is not None else None)
