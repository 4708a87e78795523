"""Who is accountable for what: one table over everything that somebody must answer for."""

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QToolButton, QVBoxLayout, QWidget

from risk_register.domain.accountability import ITEMS, accountable, doers, gaps, items, lacks, overseers, title
from risk_register.domain.book import Book
from risk_register.domain.change import Edit
from risk_register.domain.governance import Board, Person
from risk_register.domain.record import Record
from risk_register.domain.reference import in_order
from risk_register.domain.text import fold, listed, plural
from ui.audience import audience_column, is_restricted
from ui.desk import Desk
from ui.screen import Empty, Head, Screen
from ui.tables.columns import Column
from ui.tables.filters import Filter, Filters
from ui.tables.model import RecordModel
from ui.tables.view import RecordTable


class Accountable(Screen):
    """Each item with who answers for it, who does it, which board sees it, and what of that is missing."""

    title = "Who is accountable"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._is_old = False
        self.model: RecordModel[Record] = RecordModel(
            _columns(desk),
            lambda book: items(book, desk.programme) if desk.programme else (),
            lambda _edit, _book: None,  # who sees an action is said by its risks, who answers for those by their board
            lambda _book, _record: "",
        )
        self.filters = Filters("accountable", _filters(desk), "Type to filter")
        self.table = RecordTable("accountable", self.model, (0, Qt.SortOrder.AscendingOrder))
        self._head = Head(self.title)
        self._head.show_name(shown=False)
        columns = QToolButton()
        columns.setText("Columns")
        columns.setToolTip("Choose columns. Drag a heading to move it.")
        columns.clicked.connect(
            lambda: self.table.columns_menu().popup(columns.mapToGlobal(columns.rect().bottomLeft()))
        )
        self._head.tools.addWidget(columns)
        below = QWidget()
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self.table)
        self._stack.addWidget(Empty("Nothing passes the filters", "Clear them to see who is accountable for what."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.filters)
        column.addWidget(below, 1)
        self.filters.changed.connect(self._on_filters_changed)
        self.filters.left_downwards.connect(self.enter)
        self.table.activated_id.connect(self._on_activated)
        self.model.counted.connect(self._count)

    def reload(self) -> None:
        """Show another register or programme."""
        self._is_old = False
        self.filters.load(self.desk.book)
        self.model.set_filter(self.filters.search.text(), self.filters.test)
        self.model.load(self.desk.book)

    def take(self, edit: Edit) -> None:
        """Show what an edit changed: every row may have, so only once somebody looks."""
        if not self.isVisible():
            self._is_old = True
            return
        self.filters.take(self.desk.book)
        self.model.take(edit, self.desk.book)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed while nobody looked."""
        super().showEvent(event)
        if self._is_old:
            self.restyle()

    def restyle(self) -> None:
        """Show the same in other colours, or on another day."""
        self._is_old = False
        self.filters.take(self.desk.book)
        self.model.load(self.desk.book)

    def enter(self) -> None:
        """Put the cursor into the table."""
        if self.table.current_id is None and self.model.rowCount():
            self.table.choose(self.model.id_at(0))
        self.table.setFocus()

    def focus_search(self) -> bool:
        """Put the cursor in the filter."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()
        return True

    def _on_filters_changed(self) -> None:
        self.model.set_filter(self.filters.search.text(), self.filters.test)

    def _on_activated(self, id: UUID) -> None:
        record = next((found for kind in ITEMS if (found := self.desk.book.find(kind, id))), None)
        if record is not None:
            self.jump.emit(record)

    def _count(self) -> None:
        self._stack.setCurrentIndex(0 if self.model.rowCount() or not self.model.total() else 1)
        programme = self.desk.programme
        found = len(gaps(self.desk.book, programme, self.desk.today())) if programme else 0
        visible, total = self.model.rowCount(), self.model.total()
        shown = f"{visible} of {plural(total, 'item')}" if visible != total else plural(total, "item")
        self._head.tell(f"{shown}, {plural(found, 'gap')}. Enter or a double click opens one")


def _names(records: Iterable[Person | Board]) -> str:
    return listed([record.label for record in records])


def _columns(desk: Desk) -> list[Column[Record]]:
    def lacking(book: Book, record: Record) -> str:
        return listed(list(lacks(book, record, desk.today())))

    def order(book: Book, record: Record) -> tuple[int, tuple[str, int, str]]:
        del book
        return ITEMS.index(type(record)), in_order(record.label)

    return [
        Column("kind", "Kind", lambda _, record: record.called.capitalize(), order, width=115),
        Column("label", "Ref", lambda _, record: record.label, order, width=120, mark=desk.dispute),
        Column("title", "What", lambda _, record: title(record), width=225, locked=is_restricted),
        Column("gap", "Gap", lacking, width=250, alarm=lambda _book, _record: True),
        Column("accountable", "Accountable", lambda book, record: _names(accountable(book, record)), width=160),
        Column("doers", "Does it", lambda book, record: _names(doers(book, record)), width=160),
        Column("boards", "Seen by", lambda book, record: _names(overseers(book, record)), width=110),
        audience_column(),
    ]


def _filters(desk: Desk) -> list[Filter[Record]]:
    def people(book: Book) -> list[tuple[str, str]]:
        found = book.where(Person, "programme", desk.programme)
        return sorted(((str(person.id), person.label) for person in found), key=lambda item: fold(item[1]))

    def boards(book: Book) -> list[tuple[str, str]]:
        found = book.where(Board, "programme", desk.programme)
        named = sorted(((str(board.id), board.label) for board in found), key=lambda item: fold(item[1]))
        return [*named, ("None", "No board")]

    def kinds(book: Book) -> list[tuple[str, str]]:
        found = {type(record) for record in items(book, desk.programme)} if desk.programme else set()
        return [(kind.__name__, kind.called.capitalize()) for kind in ITEMS if kind in found]

    def names(book: Book, record: Record, chosen: frozenset[str]) -> bool:
        return any(str(person.id) in chosen for person in (*accountable(book, record), *doers(book, record)))

    def seen(book: Book, record: Record, chosen: frozenset[str]) -> bool:
        found = overseers(book, record)
        return any(str(board.id) in chosen for board in found) or (not found and "None" in chosen)

    return [
        Filter("gaps", "Gaps", lambda book, record, _: bool(lacks(book, record, desk.today()))),
        Filter("kind", "Kind", lambda _, record, chosen: type(record).__name__ in chosen, kinds),
        Filter("person", "Person", names, people),
        Filter("board", "Seen by", seen, boards),
    ]
