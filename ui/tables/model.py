"""The table model: the visible records in order, patched by cell as edits arrive."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from risk_register.domain.book import Book
from risk_register.domain.change import Edit
from risk_register.domain.record import Record
from risk_register.domain.text import fold
from ui.tables.columns import Cell, Column, alike
from ui.theme import colours, icon, lock
from ui.words import as_tip

R = TypeVar("R", bound=Record)
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

CELL = Qt.ItemDataRole.UserRole
"""The role that gives a Cell, and in column 0 of `RECORD` the id."""

_MANY = 50
"""From so many rows come or gone on (an import, its undo) the model is reset: once is quicker than a thousand times."""


@dataclass(slots=True)
class _Row:
    """What is shown of one record, worked out once and kept until an edit touches it."""

    cells: list[Cell | None]
    folded: str | None = None


class RecordModel(QAbstractTableModel, Generic[R]):
    """The records of one kind that pass the filter, in the chosen order.

    `listed` gives all records that there are to show, `touched` the ids of those that an edit changes the look of
    (None: all of them), `searched` the text that typing to filter looks through beside the cells.
    """

    counted = Signal()
    """How many are visible has changed."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        listed: Callable[[Book], Iterable[R]],
        touched: Callable[[Edit, Book], set[UUID] | None],
        searched: Callable[[Book, R], str],
    ) -> None:
        super().__init__()
        self.columns = columns
        self._usual = len(columns)
        self._listed, self._touched, self._searched = listed, touched, searched
        self._book = Book()
        self._records: dict[UUID, R] = {}
        self._rows: dict[UUID, _Row] = {}
        self._ids: list[UUID] = []
        self._places: dict[UUID, int] = {}
        self._words: list[str] = []
        self._test: Callable[[Book, R], bool] = lambda _book, _record: True
        self._sort_by, self._descending = 0, False
        self._held: UUID | None = None
        self._lock = lock()

    # -- contents

    def load(self, book: Book) -> None:
        """Show a book from scratch."""
        self.beginResetModel()
        self._book = book
        self._records = {record.id: record for record in self._listed(book)}
        self._rows.clear()
        self._set_order(self._ordered())
        self.endResetModel()
        self.counted.emit()

    def take(self, edit: Edit, book: Book) -> None:
        """Patch what an edit changes: cells in place, rows inserted and removed; nothing else moves."""
        self._book = book
        touched = self._touched(edit, book)
        self._records = {record.id: record for record in self._listed(book)}
        places = list(self._places) if touched is None else [id for id in touched if id in self._places]
        for id in touched if touched is not None else list(self._rows):
            if id not in self._places:
                self._rows.pop(id, None)
        gone = [id for id in places if not self._passes(id, fresh=True)]
        ordered = self._ordered()
        come = [id for id in ordered if id not in self._places]
        if len(gone) + len(come) > _MANY:
            self._rows.clear()
            self.beginResetModel()
            self._set_order(ordered)
            self.endResetModel()
            self.counted.emit()
            return
        self._remove(gone)
        for id in places:
            if id in self._places:
                self._patch(id)
        self._insert(come, ordered)
        if ordered != self._ids:
            self._move(ordered)
        self.counted.emit()

    def _passes(self, id: UUID, *, fresh: bool = False) -> bool:
        record = self._records.get(id)
        if record is not None and id == self._held and id in self._places:
            return True
        if record is None or not self._test(self._book, record):
            return False
        if not self._words:
            return True
        if fresh and id in self._rows:
            self._rows[id].folded = None
        text = self._folded(id, record)
        return all(word in text for word in self._words)

    def _folded(self, id: UUID, record: R) -> str:
        row = self._rows.setdefault(id, _Row([None] * len(self.columns)))
        if row.folded is None:
            cells = " ".join(column.text(self._book, record) for column in self.columns)
            row.folded = fold(f"{cells} {self._searched(self._book, record)}")
        return row.folded

    def _ordered(self) -> list[UUID]:
        visible = [id for id in self._records if self._passes(id)]
        column = self.columns[self._sort_by]
        key = column.sort or (lambda book, record: column.text(book, record).casefold())
        keys = {id: key(self._book, self._records[id]) for id in visible}
        # What is empty stands last whichever way one sorts.
        filled = [id for id in visible if keys[id] is not None and keys[id] != ""]
        empty = [id for id in visible if keys[id] is None or keys[id] == ""]
        return sorted(filled, key=keys.__getitem__, reverse=self._descending) + empty

    def _set_order(self, ids: list[UUID]) -> None:
        self._ids = ids
        self._places = {id: place for place, id in enumerate(ids)}

    def _remove(self, ids: Iterable[UUID]) -> None:
        for place in sorted((self._places[id] for id in ids), reverse=True):
            self.beginRemoveRows(_NOWHERE, place, place)
            self._rows.pop(self._ids.pop(place), None)
            self._set_order(self._ids)
            self.endRemoveRows()

    def _insert(self, ids: Sequence[UUID], ordered: Sequence[UUID]) -> None:
        wanted = {id: place for place, id in enumerate(ordered)}
        for id in ids:
            place = sum(1 for other in self._ids if wanted[other] < wanted[id])
            self.beginInsertRows(_NOWHERE, place, place)
            self._ids.insert(place, id)
            self._set_order(self._ids)
            self.endInsertRows()

    def _patch(self, id: UUID) -> None:
        row = self._rows.get(id)
        if row is None:
            return
        row.folded = None
        for number, old in enumerate(row.cells):
            if old is not None:
                row.cells[number] = new = self._made(self.columns[number], self._records[id])
                if new != old:
                    index = self.index(self._places[id], number)
                    self.dataChanged.emit(index, index)

    def patch(self, ids: Iterable[UUID]) -> None:
        """Show anew what no edit has changed: which records are marked, what the register was asked for meanwhile."""
        for id in ids:
            if id in self._places:
                self._patch(id)
        ordered = self._ordered()
        if ordered != self._ids:
            self._move(ordered)

    def _move(self, ordered: list[UUID]) -> None:
        """Put the rows in another order; what is selected or being edited stays so."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._ids[index.row()] for index in before]
        self._set_order(ordered)
        after = [self.index(self._places[id], index.column()) for id, index in zip(ids, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def set_extra(self, extra: Sequence[Column[R]]) -> None:
        """Show these columns after the usual ones: the programme's own fields. Those that are there already stay."""
        was = self.columns[self._usual :]
        kept = self._usual + alike(was, extra)
        columns = [*self.columns[: self._usual], *extra]
        if len(self.columns) > kept:
            if self._sort_by >= kept:
                self._sort_by = 0
            self.beginRemoveColumns(_NOWHERE, kept, len(self.columns) - 1)
            self.columns = columns[:kept]
            self._rows.clear()
            self.endRemoveColumns()
        if len(columns) > kept:
            self.beginInsertColumns(_NOWHERE, kept, len(columns) - 1)
            self.columns = columns
            self._rows.clear()
            self.endInsertColumns()

    # -- filter and order

    def set_filter(self, words: str, test: Callable[[Book, R], bool]) -> None:
        """Show the records that hold every word somewhere and pass the test."""
        self._words, self._test = fold(words).split(), test
        self._held = None
        self.beginResetModel()
        self._set_order(self._ordered())
        self.endResetModel()
        self.counted.emit()

    def hold(self, id: UUID | None) -> None:
        """Keep one record in view though an edit takes it out of the filter: it is the one being edited."""
        let_go, self._held = self._held, id
        if let_go is not None and let_go in self._places and not self._passes(let_go):
            self._remove([let_go])
            self.counted.emit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column."""
        if 0 <= column < len(self.columns):
            self._sort_by, self._descending = column, order is Qt.SortOrder.DescendingOrder
            self._move(self._ordered())

    # -- what the view asks

    def id_at(self, row: int) -> UUID:
        """The id of the record in a row."""
        return self._ids[row]

    def row_of(self, id: UUID) -> int | None:
        """The row of a record, None if it is filtered out."""
        return self._places.get(id)

    def text_of(self, record: R, key: str) -> str:
        """What the column of that key shows of a record, visible or not."""
        return next(column for column in self.columns if column.key == key).text(self._book, record)

    def total(self) -> int:
        """How many records there are, visible or not."""
        return len(self._records)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many records are visible."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are, shown or not."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The text of a cell, its alignment, or the Cell itself."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(index).text
        if role == CELL:
            return self._cell(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[index.column()].right else Qt.AlignmentFlag.AlignLeft
            return Qt.AlignmentFlag.AlignVCenter | side
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(self._cell(index).mark or _told(self._cell(index))) or None
        cell = self._cell(index)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon("flag-fill", colours().warn) if cell.mark else self._lock if cell.locked else None
        if role == Qt.ItemDataRole.AccessibleTextRole and (cell.mark or cell.locked):
            return _told(cell)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The title of a column."""
        if orientation == Qt.Orientation.Horizontal:
            column = self.columns[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return column.title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
                return Qt.AlignmentFlag.AlignVCenter | side
        return None

    def _cell(self, index: Index) -> Cell:
        id = self._ids[index.row()]
        row = self._rows.setdefault(id, _Row([None] * len(self.columns)))
        cell = row.cells[index.column()]
        if cell is None:
            cell = row.cells[index.column()] = self._made(self.columns[index.column()], self._records[id])
        return cell

    def _made(self, column: Column[R], record: R) -> Cell:
        return Cell(
            column.text(self._book, record),
            column.pill(self._book, record) if column.pill else "",
            column.alarm(self._book, record) if column.alarm else False,
            column.locked(self._book, record) if column.locked else False,
            column.mark(record) if column.mark else "",
        )


def _told(cell: Cell) -> str:
    """What a cell says to who can't see its lock or flag, or asks what that means."""
    return ", ".join([f"{cell.text} (restricted)" if cell.locked else cell.text, *([cell.mark] if cell.mark else [])])
