"""A screen of a table and an editor: filters above, the table at the left, what is chosen at the right."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from risk_register.domain.change import Command, Edit
from risk_register.domain.custom_field import CustomField
from risk_register.domain.errors import Refused
from risk_register.domain.pasted import TAKEN, read_pasted
from risk_register.domain.record import Record
from risk_register.domain.text import plural
from ui import settings
from ui.desk import Desk
from ui.screen import Empty, Head, Screen
from ui.tables.columns import Column
from ui.tables.editor import RecordEditor
from ui.tables.filters import Filter, Filters
from ui.tables.model import RecordModel
from ui.tables.view import RecordTable
from ui.theme import primary

if TYPE_CHECKING:
    from ui.tables.bulk import Fields

R = TypeVar("R", bound=Record)


class TableScreen(Screen, Generic[R]):
    """Records of one kind, `many` of them by another word than with an s.

    `name` is what its columns and filters are remembered under; `extra` gives those of the programme's own fields;
    `bulk` the command that edits one record, and the fields that several can be given at once.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        name: str,
        kind: type[R],
        model: RecordModel[R],
        filters: Filters[R],
        sort: tuple[int, Qt.SortOrder],
        editor: RecordEditor[R],
        add: Callable[[UUID], Command],
        none: tuple[str, str],
        many: str = "",
        extra: Callable[[], tuple[Sequence[Column[R]], Sequence[Filter[R]]]] = lambda: ((), ()),
        bulk: tuple[Callable[..., Command], Callable[[], "Fields"]] | None = None,
    ) -> None:
        super().__init__(desk)
        self._kind, self._add_command, self._extra, self._bulk = kind, add, extra, bulk
        self._many = many or f"{kind.called}s"
        self.model, self.filters = model, filters
        self._show_extra()
        self.table: RecordTable[R] = RecordTable(name, model, sort)
        self.editor = editor
        self._head = Head(self.title)
        self._add, first = QPushButton(f"New {kind.called}"), QPushButton(f"Add the first {kind.called}")
        clear = QPushButton("Clear filters")
        self._columns = QToolButton()
        self._columns.setText("Columns")
        self._columns.setToolTip("Choose columns. Drag a heading to move it.")
        self._head.tools.addWidget(self._columns)
        self._head.tools.addWidget(self._add)
        primary(self._add)
        primary(first)
        empty = Empty(*none)
        empty.buttons.addWidget(first)
        hidden = Empty(f"No {kind.called} passes the filters", f"Clear them to see every {kind.called} again.")
        hidden.buttons.addWidget(clear)
        left = QWidget()
        self._left = QStackedLayout(left)
        for widget in (self.table, empty, hidden):
            self._left.addWidget(widget)
        self._splitter = self._split(name, left, editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(filters)
        column.addWidget(self._splitter, 1)
        self._columns.clicked.connect(self._on_columns_clicked)
        self._add.clicked.connect(self.add)
        first.clicked.connect(self.add)
        clear.clicked.connect(filters.clear)
        filters.changed.connect(self._on_filters_changed)
        filters.left_downwards.connect(self._on_table_wanted)
        self.table.chosen.connect(self._on_chosen)
        self.table.activated_id.connect(self._on_activated)
        self.table.paste_wanted.connect(self.paste)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._on_rows_menu_asked)
        model.counted.connect(self._count)
        self.editor.jump.connect(self.jump)
        self.editor.history_wanted.connect(self.history_wanted)
        self.editor.settle_wanted.connect(self.settle_wanted)
        self._marked = set(desk.disputed)
        desk.conflicts_changed.connect(self._on_conflicts_changed)

    @staticmethod
    def _split(name: str, left: QWidget, right: QWidget) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        settings.keep_splitter(f"{name}/splitter", splitter, [640, 460])
        return splitter

    def reload(self) -> None:
        """Show another register or programme."""
        self.editor.reload()
        self._show_extra()
        self.filters.load(self.desk.book)
        self.model.set_filter(self.filters.search.text(), self.filters.test)
        self.model.load(self.desk.book)
        self._add.setEnabled(self.desk.writable)
        if self.model.rowCount():
            self.table.choose(self.model.id_at(0))

    def take(self, edit: Edit) -> None:
        """Show what an edit changed."""
        self._add.setEnabled(self.desk.writable)  # with an edit of somebody else's one can have begun to write
        if any(isinstance(change.record, CustomField) for change in edit.changes):
            self._show_extra()
        self.filters.take(self.desk.book)
        self.model.take(edit, self.desk.book)
        self.editor.take(edit)

    def _show_extra(self) -> None:
        columns, filters = self._extra()
        self.model.set_extra(columns)
        self.filters.set_extra(filters)

    def show_record(self, record: Record) -> None:
        """Choose a record, clearing the filters if they hide it."""
        if not isinstance(record, self._kind):
            return
        if self.model.row_of(record.id) is None:
            self.filters.clear()
            self._on_filters_changed()
        self.table.choose(record.id)
        self.editor.show_id(record.id)

    def narrow(self, key: str, chosen: Sequence[str]) -> None:
        """Show only the records that one filter lets through."""
        self.filters.clear()
        self.filters.set(key, chosen)
        self._on_filters_changed()

    def add(self) -> None:
        """Add a record and put the cursor in its title."""
        if self.desk.programme and self.desk.writable:
            self.editor.keep()
            self.desk.run(self._add_command(self.desk.programme), done=self._on_added, once=self)

    def _on_added(self, edit: Edit) -> None:
        self.show_record(edit.changes[0].record)
        self.editor.title.setFocus()
        self.editor.title.selectAll()

    def once_kept(self, then: Callable[[], None]) -> None:
        """Do something once what is being typed is kept: what is asked about next must have been seen with it."""
        self.editor.keep()
        if self.desk.is_idle:
            then()
        else:
            self.desk.idle.connect(then, Qt.ConnectionType.SingleShotConnection)

    def chosen_records(self) -> list[R]:
        """The chosen records, from top to bottom."""
        found = (self.desk.book.find(self._kind, id) for id in self.table.selected_ids())
        return [record for record in found if record is not None]

    def change_chosen(self) -> None:
        """Set fields of all chosen records at once."""
        if self._bulk and self.desk.writable:
            self.once_kept(self._ask_what_to_change)

    def _ask_what_to_change(self) -> None:
        from ui.tables.bulk import BulkDialog  # noqa: PLC0415  only when first needed

        records = self.chosen_records()
        if self._bulk and records:
            edit, fields = self._bulk
            BulkDialog(self.desk, records, fields(), edit, self).open()

    def paste(self) -> None:
        """Show what rows that were copied from a workbook would change."""
        if self._may_paste():
            self.once_kept(self._show_pasted)

    def _show_pasted(self) -> None:
        from risk_register.exchange.clipboard import read_rows  # noqa: PLC0415  only when first needed
        from ui.tables.paste import RowsDialog  # noqa: PLC0415

        assert self.desk.programme, "a table is shown of one"
        titles = {column.title: column.key for column in reversed(self.model.columns)}  # the usual ones first
        kind: Any = self._kind  # one of those that may be pasted
        try:
            rows = read_rows(QApplication.clipboard().text())
            pasted = read_pasted(self.desk.book, kind, self.desk.programme, rows, titles, self.model.text_of)
        except Refused as error:
            self.desk.tell(error)
            return
        RowsDialog(self.desk, pasted, self).open()

    def _may_paste(self) -> bool:
        return self.desk.writable and self._kind in TAKEN

    def _on_rows_menu_asked(self, place: QPoint) -> None:
        number = len(self.table.selected_ids())
        if not number:
            return
        menu = QMenu(self)
        if self._bulk:
            change = menu.addAction(f"Change {plural(number, self._kind.called)}…")
            change.triggered.connect(self.change_chosen)
            change.setEnabled(self.desk.writable)
        menu.addAction(f"Copy {plural(number, 'row')}").triggered.connect(self.table.copy)
        if self._may_paste():
            menu.addAction("Paste rows…").triggered.connect(self.paste)
        menu.popup(self.table.viewport().mapToGlobal(place))

    def enter(self) -> None:
        """Put the cursor into the table."""
        self.table.setFocus()

    def keep(self) -> None:
        """Keep what is being typed."""
        self.editor.keep()

    def unsaved(self) -> list[str]:
        """What was typed in the editor and is not kept."""
        return self.editor.unsaved_words()

    def restyle(self) -> None:
        """Show the same in other colours, or on another day."""
        self.model.load(self.desk.book)
        self.editor.refresh()

    def focus_search(self) -> bool:
        """Put the cursor in the filter."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()
        return True

    def told(self) -> str:
        """What the screen says of its records beside its name."""
        return ""

    def _on_conflicts_changed(self) -> None:
        before, self._marked = self._marked, set(self.desk.disputed)
        self.model.patch(before | self._marked)

    def _on_columns_clicked(self) -> None:
        self.table.columns_menu().popup(self._columns.mapToGlobal(self._columns.rect().bottomLeft()))

    def _on_table_wanted(self) -> None:
        if self.model.rowCount():
            if self.table.current_id is None:
                self.table.choose(self.model.id_at(0))
            self.table.setFocus()

    def _on_filters_changed(self) -> None:
        self.model.set_filter(self.filters.search.text(), self.filters.test)

    def _on_chosen(self, id: UUID | None) -> None:
        if id is not None:
            self.editor.show_id(id)

    def _on_activated(self, _id: UUID) -> None:
        self.editor.title.setFocus()

    def _count(self) -> None:
        visible, total = self.model.rowCount(), self.model.total()
        self._left.setCurrentIndex(0 if visible else 2 if total else 1)
        many = self._kind.called if total == 1 else self._many
        shown = f"{visible} of {total} {many}" if visible != total else f"{total} {many}"
        self._head.tell(f"{shown}{self.told()}" if total else "")
