"""The register's screen: filters above, the table at the left, the editor at the right."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from risk_register.domain import views
from risk_register.domain.change import Edit
from risk_register.domain.commands.risk import add_risk
from risk_register.domain.record import Record
from risk_register.domain.risk import Risk
from risk_register.domain.text import plural
from ui import settings
from ui.desk import Desk
from ui.register.columns import risk_columns, risk_filters, searched_text, touched_risks
from ui.register.editor import Editor
from ui.screen import Empty, Head, Screen
from ui.tables.filters import Filters
from ui.tables.model import RecordModel
from ui.tables.view import RecordTable
from ui.theme import primary


class RegisterScreen(Screen):
    """Every risk of the programme."""

    title = "Register"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model: RecordModel[Risk] = RecordModel(
            risk_columns(desk),
            lambda book: book.where(Risk, "programme", desk.programme),
            touched_risks,
            searched_text,
        )
        self.filters: Filters[Risk] = Filters("register", risk_filters(desk), "Type to filter: any word, anywhere")
        self.table: RecordTable[Risk] = RecordTable("register", self.model, (2, Qt.SortOrder.DescendingOrder))
        self.editor = Editor(desk)
        self._wanted: UUID | None = None
        self._head = Head("Register")
        self._add = QPushButton("New risk")
        primary(self._add)
        self._columns = QToolButton()
        self._columns.setText("Columns")
        self._columns.setToolTip("Choose columns. Drag a heading to move it.")
        self._head.tools.addWidget(self._columns)
        self._head.tools.addWidget(self._add)
        self._none = Empty("No risks yet", "Raise the first one, or import the workbook that you keep them in (File > Import).")
        first = QPushButton("Raise the first risk")
        primary(first)
        self._none.buttons.addWidget(first)
        self._nothing = Empty("No risk passes the filters", "Clear them to see all risks again.")
        clear = QPushButton("Clear filters")
        self._nothing.buttons.addWidget(clear)
        left = QWidget()
        self._left = QStackedLayout(left)
        for widget in (self.table, self._none, self._nothing):
            self._left.addWidget(widget)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.editor)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        if not self._splitter.restoreState(settings.remembered_state("register/splitter")):
            self._splitter.setSizes([640, 460])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.filters)
        column.addWidget(self._splitter, 1)
        self._splitter.splitterMoved.connect(lambda: settings.remember_state("register/splitter", self._splitter.saveState()))  # fmt: skip
        self._columns.clicked.connect(lambda: self.table.columns_menu().popup(self._columns.mapToGlobal(self._columns.rect().bottomLeft())))  # fmt: skip
        self._add.clicked.connect(self.add)
        first.clicked.connect(self.add)
        clear.clicked.connect(self.filters.clear)
        self.filters.changed.connect(self._on_filters_changed)
        self.filters.left_downwards.connect(self._on_table_wanted)
        self.table.chosen.connect(self._on_chosen)
        self.table.activated_id.connect(lambda _: self.editor.title.setFocus())
        self.model.counted.connect(self._count)
        self.editor.jump.connect(self.jump)

    def reload(self) -> None:
        """Show another register or programme."""
        self.editor.reload()
        self.filters.load(self.desk.book)
        self.model.set_filter(self.filters.search.text(), self.filters.test)
        self.model.load(self.desk.book)
        self._add.setEnabled(self.desk.writable)
        if self.model.rowCount() and self.table.current_id is None:
            self.table.choose(self.model.id_at(0))

    def take(self, edit: Edit) -> None:
        """Show what an edit changed."""
        self.model.take(edit, self.desk.book)
        self.filters.load(self.desk.book)
        self.editor.take(edit)

    def show_record(self, record: Record) -> None:
        """Choose a risk, clearing the filters if they hide it."""
        if not isinstance(record, Risk):
            return
        if self.model.row_of(record.id) is None:
            self.filters.clear()
            self.model.set_filter("", lambda _book, _risk: True)
        self.table.choose(record.id)
        self.editor.show_risk(record.id)

    def add(self) -> None:
        """Raise a new risk and put the cursor in its title."""
        if self.desk.programme and self.desk.writable:
            self.editor.keep()
            command = add_risk(programme=self.desk.programme, title="New risk", raised_on=self.desk.today())
            self.desk.run(command, done=self._on_added)

    def _on_added(self, edit: Edit) -> None:
        self.show_record(edit.changes[0].record)
        self.editor.title.setFocus()
        self.editor.title.selectAll()

    def keep(self) -> None:
        """Keep what is being typed."""
        self.editor.keep()

    def find(self) -> None:
        """Put the cursor in the filter."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def _on_table_wanted(self) -> None:
        if self.model.rowCount():
            if self.table.current_id is None:
                self.table.choose(self.model.id_at(0))
            self.table.setFocus()

    def _on_filters_changed(self) -> None:
        self.model.set_filter(self.filters.search.text(), self.filters.test)

    def _on_chosen(self, id: UUID | None) -> None:  # noqa: A002
        if id is not None:
            self.editor.show_risk(id)

    def _count(self) -> None:
        visible, total = self.model.rowCount(), self.model.total()
        self._left.setCurrentIndex(0 if visible else 2 if total else 1)
        risks = views.live_risks(self.desk.book, self.desk.programme) if self.desk.programme else []
        outside = sum(views.outside_target(self.desk.book, risk) for risk in risks)
        shown = f"{visible} of {plural(total, 'risk')}" if visible != total else plural(total, "risk")
        self._head.tell(f"{shown}, {len(risks)} open, {outside} outside target" if total else "")
