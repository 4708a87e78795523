"""People, boards, organisations and categories of a programme."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from risk_register.domain.category import Category
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands import governance, programme
from risk_register.domain.governance import Board, Organisation, Person
from risk_register.domain.record import Record, specs
from risk_register.domain.text import fold
from ui.desk import Desk
from ui.fields import LineField, RecordField, TextField
from ui.form import Form, Problem
from ui.theme import SPACE, as_title, muted
from ui.words import Words


class PeopleDialog(QDialog):
    """Whom records can name. Like everywhere, each field keeps itself."""

    def __init__(self, desk: Desk, shown: Record | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("People, boards and categories")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 560)
        programme_id = desk.programme
        assert programme_id, "the menu item is there only with a register"
        self._pages = [
            _Page(
                desk,
                Person,
                ("name", "role", "organisation", "email"),
                lambda name: governance.add_person(programme=programme_id, name=name),
                governance.edit_person,
            ),
            _Page(
                desk,
                Board,
                ("name", "short", "parent", "chair", "purpose"),
                lambda name: governance.add_board(programme=programme_id, name=name),
                governance.edit_board,
            ),
            _Page(
                desk,
                Organisation,
                ("name", "short"),
                lambda name: governance.add_organisation(programme=programme_id, name=name),
                governance.edit_organisation,
            ),
            _Page(
                desk,
                Category,
                ("name", "description"),
                lambda name: programme.add_category(programme=programme_id, name=name),
                programme.edit_category,
            ),
        ]
        self._tabs = QTabWidget()
        for page, title in zip(
            self._pages, ("People", "Boards and groups", "Organisations", "Categories"), strict=True
        ):
            self._tabs.addTab(page, title)
            if shown is not None and page.holds(shown):
                self._tabs.setCurrentWidget(page)
                page.choose(shown.id)
        close = QPushButton("Close")
        close.setAutoDefault(False)  # Enter adds a name; it must not close the dialog
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.addWidget(self._tabs, 1)
        column.addLayout(row)

    def done(self, result: int) -> None:
        """Close once everything typed is kept; stay at what was refused."""
        for page in self._pages:
            page.form.keep()
        if not self._desk.is_idle:
            self._desk.idle.connect(lambda: self.done(result), Qt.ConnectionType.SingleShotConnection)
            return
        refused = next((page for page in self._pages if page.form.unsaved()), None)
        if refused is None:
            super().done(result)
        else:
            self._tabs.setCurrentWidget(refused)
            refused.choose(next(iter(refused.form.unsaved())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape first takes back what was typed and refused."""
        typed = [page.form for page in self._pages if page.form.has_unsaved]
        if event.key() == Qt.Key.Key_Escape and typed:
            for form in typed:
                form.take_theirs(everywhere=True)
        else:
            super().keyPressEvent(event)


class _Page(QWidget):
    """The records of one kind, and the fields of the chosen one."""

    def __init__(
        self,
        desk: Desk,
        kind: type[Record],
        fields: tuple[str, ...],
        add: Callable[[str], Command],
        edit: Callable[..., Command],
    ) -> None:
        super().__init__()
        self._desk, self._kind, self._add = desk, kind, add
        self.form = Form(desk, kind, edit, self)
        self._records: list[RecordField] = []
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumWidth(260)
        self.add_line = LineField("Add: type a name, then Enter")
        self._problem = Problem()
        self.form.problem.connect(self._problem.say)
        self._heading = Words()
        as_title(self._heading, larger=2)
        fields_form = QFormLayout()
        fields_form.setSpacing(SPACE)
        for name in fields:
            spec = specs(kind)[name]
            field: QWidget
            if spec.refers:
                field = RecordField(desk, self._lister(spec.refers), None, "None")
                self._records.append(field)
            else:
                field = TextField(lines=3) if spec.lines else LineField()
            field.setEnabled(desk.writable)
            label = QLabel(spec.label)
            label.setBuddy(field)
            muted(label)
            fields_form.addRow(label, field)
            self.form.bind(name, field)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.add_line)
        if not desk.writable:
            self.add_line.hide()
        right = QVBoxLayout()
        right.addWidget(self._heading)
        right.addLayout(fields_form)
        right.addWidget(self._problem)
        right.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, 2 * SPACE, SPACE, SPACE)
        row.setSpacing(3 * SPACE)
        row.addLayout(left)
        row.addLayout(right, 1)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.add_line.returnPressed.connect(self._on_added)
        desk.changed.connect(self._on_changed)
        self._fill(None)

    def holds(self, record: Record) -> bool:
        """Whether this page shows records of that kind."""
        return isinstance(record, self._kind)

    def choose(self, id: UUID) -> None:
        """Show a record's fields."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == id:
                self.list.setCurrentRow(row)

    def _lister(self, name: str) -> Callable[..., tuple[Record, ...]]:
        kind: type[Record] = {"Organisation": Organisation, "Board": Board, "Person": Person}[name]
        return lambda book: book.where(kind, "programme", self._desk.programme)

    def _fill(self, chosen: UUID | None) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        found = sorted(
            self._desk.book.where(self._kind, "programme", self._desk.programme), key=lambda item: fold(item.label)
        )
        for record in found:
            item = QListWidgetItem(record.label)
            item.setData(Qt.ItemDataRole.UserRole, record.id)
            self.list.addItem(item)
            if record.id == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if self.list.currentItem() is None and found:
            self.list.setCurrentRow(0)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        record = self._desk.book.find(self._kind, item.data(Qt.ItemDataRole.UserRole)) if item else None
        for field in self._records:
            field.fill(self._desk.book)
        self.form.show(record)
        self._heading.setText(record.label if record else "")

    def _on_changed(self, edit: Edit) -> None:
        if not any(isinstance(change.record, self._kind) for change in edit.changes):
            return
        shown = self.form.record
        now = self._desk.book.find(self._kind, shown.id) if shown else None
        if now:
            self.form.take(now)
            self._heading.setText(now.label)
        self._fill(now.id if now else None)

    def _on_added(self) -> None:
        if self.add_line.text().strip():
            self._desk.run(self._add(self.add_line.text()), done=self._on_kept, failed=self._on_failed)

    def _on_kept(self, edit: Edit) -> None:
        self.add_line.clear()
        self._fill(edit.changes[0].id)
        self._on_chosen(self.list.currentItem())

    def _on_failed(self, error: Exception) -> None:
        self._problem.fail(error, self._desk)
