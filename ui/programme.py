"""A programme's name, its categories, and the fields of its own."""

from collections.abc import Callable
from enum import Enum
from typing import Any, get_origin
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
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

from risk_register.domain.appetite import MEANINGS, Appetite
from risk_register.domain.category import Category
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands import custom_field, programme
from risk_register.domain.custom_field import CustomField
from risk_register.domain.kinds import KINDS
from risk_register.domain.programme import Programme
from risk_register.domain.record import Record, Spec, bare, hints, specs
from risk_register.domain.text import fold
from ui.desk import Desk
from ui.dialog import KeepingDialog
from ui.fields import ChoiceField, LineField, NumberField, RecordField, TextField, choices_of
from ui.form import Form, Problem
from ui.keys import chain_tabs
from ui.section import AddLine
from ui.tags import TagsField
from ui.theme import SPACE, as_title, muted
from ui.words import Words


class ProgrammeDialog(KeepingDialog):
    """What the programme is called, into what its risks fall, and its own fields. Like everywhere, each field keeps itself."""

    def __init__(self, desk: Desk, shown: Record | None = None, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Name, categories and fields", parent)
        self.resize(820, 560)
        whole = desk.book.find(Programme, desk.programme)
        assert whole, "the menu item is there only with a register"
        self._pages = {
            "Programme": _Page(desk, Programme, ("name", "description", "appetites"), programme.edit_programme),
            "Categories": _ListPage(
                desk,
                Category,
                ("name", "description", "appetite", "optimal", "tolerable"),
                programme.edit_category,
                whole,
                lambda name: programme.add_category(programme=whole.id, name=name),
            ),
            "Fields": _ListPage(
                desk,
                CustomField,
                ("name", "about", "holds", "choices"),
                custom_field.edit_field,
                whole,
                lambda name: custom_field.add_field(programme=whole.id, name=name),
                custom_field.remove_field,
            ),
        }
        self._pages["Programme"].show_record(whole)
        self._tabs = QTabWidget()
        for title, page in self._pages.items():
            self._tabs.addTab(page, title)
            chain_tabs(page)
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

    def keep(self) -> None:
        """Keep what is being typed, at once."""
        for page in self._pages.values():
            page.form.keep()

    def show_unkept(self) -> bool:
        """Show the page of what is not kept."""
        held = next((page for page in self._pages.values() if page.has_unkept), None)
        if held is not None:
            self._tabs.setCurrentWidget(held)
            held.show_unkept()
        return held is not None


class _Page(QWidget):
    """The fields of one record, each kept as it is edited."""

    def __init__(self, desk: Desk, kind: type[Record], names: tuple[str, ...], edit: Callable[..., Command]) -> None:
        super().__init__()
        self._desk, self._kind = desk, kind
        self.form = Form(desk, kind, edit, self)
        self.fields: dict[str, QWidget] = {}
        self._heading, self._problem = Words(), Problem()
        as_title(self._heading, larger=2)
        self.form.problem.connect(self._problem.say)
        rows = QFormLayout()
        rows.setSpacing(SPACE)
        for name in names:
            spec = specs(kind)[name]
            field = self._built_field(name, spec, bare(hints(kind)[name]))
            field.setEnabled(desk.writable)
            label = QLabel(spec.label)
            label.setBuddy(field)
            muted(label)
            rows.addRow(label, field)
            self.fields[name] = field
            self.form.bind(name, field)
        right = self.right = QVBoxLayout()
        right.addWidget(self._heading)
        right.addLayout(rows)
        right.addWidget(self._problem)
        right.addStretch()
        self.columns = QHBoxLayout(self)
        self.columns.setContentsMargins(SPACE, 2 * SPACE, SPACE, SPACE)
        self.columns.setSpacing(3 * SPACE)
        self.columns.addLayout(right, 1)
        desk.changed.connect(self._on_changed)

    def _built_field(self, name: str, spec: Spec, hint: Any) -> QWidget:  # noqa: ANN401
        if spec.refers:
            kind = KINDS[spec.refers]
            return RecordField(
                self._desk, lambda book: book.where(kind, "programme", self._desk.programme), None, "None"
            )
        if name == "appetite":
            field = ChoiceField([], "Not set")
            field.setToolTip("\n".join(f"{level.value}: {words}" for level, words in MEANINGS.items()))
            return field
        if name == "appetites":
            return TagsField(list)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return ChoiceField(choices_of(hint))
        if get_origin(hint) is tuple:
            return TagsField(list, "high, medium, low")
        if spec.high is not None:
            return NumberField("None")
        return TextField(lines=3) if spec.lines else LineField()

    def holds(self, record: Record) -> bool:
        """Whether this page shows records of that kind."""
        return isinstance(record, self._kind)

    def choose(self, id: UUID) -> None:
        """Show a record's fields."""
        self.show_record(self._desk.book.find(self._kind, id))

    def show_record(self, record: Record | None) -> None:
        """Show the fields of a record, or none."""
        self._fill()
        self.form.show(record)
        self._heading.setText(record.label if record else "")

    def _fill(self) -> None:
        for field in self.fields.values():
            if isinstance(field, RecordField):
                field.fill(self._desk.book)
        whole = self._desk.book.find(Programme, self._desk.programme)
        if whole and "appetite" in self.fields:
            level = self.fields["appetite"]
            assert isinstance(level, ChoiceField), "made so"
            level.set_choices([(item, whole.level(item)) for item in Appetite])

    @property
    def has_unkept(self) -> bool:
        """Whether something is typed here and not kept."""
        return bool(self.form.unsaved())

    def show_unkept(self) -> None:
        """Put the cursor into what is typed and not kept; a sentence stands there that says why."""
        for id, drafts in self.form.unsaved().items():
            self.choose(id)
            self.fields[next(iter(drafts))].setFocus()
            return

    def _on_changed(self, edit: Edit) -> None:
        del edit
        self._fill()
        shown = self.form.record
        now = self._desk.book.find(self._kind, shown.id) if shown else None
        if now:
            self.form.take(now)
            self._heading.setText(now.label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed and refused."""
        if event.key() != Qt.Key.Key_Escape or not self.form.take_theirs():
            super().keyPressEvent(event)


class _ListPage(_Page):
    """The records of one kind beside the fields of the chosen one."""

    def __init__(
        self,
        desk: Desk,
        kind: type[Record],
        names: tuple[str, ...],
        edit: Callable[..., Command],
        whole: Programme,
        add: Callable[[str], Command],
        remove: Callable[[Any], Command] | None = None,
    ) -> None:
        super().__init__(desk, kind, names, edit)
        if remove:
            self.away = QPushButton("Remove it, with all that stands in it")
            self.away.setAutoDefault(False)
            self.away.setEnabled(desk.writable)
            self.away.clicked.connect(lambda: self._on_remove_asked(remove))
            self.right.insertWidget(2, self.away, 0, Qt.AlignmentFlag.AlignLeft)
        self._whole = whole
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedWidth(260)
        self.add = AddLine("Add: type a name, then Enter", desk, add)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.add)
        self.columns.insertLayout(0, left)
        self.add.show_record(whole)
        self.list.currentItemChanged.connect(self._on_chosen)
        self._list(None)

    def choose(self, id: UUID) -> None:
        """Show a record's fields."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == id:
                self.list.setCurrentRow(row)

    def _on_remove_asked(self, remove: Callable[[Any], Command]) -> None:
        shown = self.form.record
        if shown is not None:
            self.form.keep()
            self._desk.run(remove(shown), failed=lambda error: self._problem.fail(error, self._desk))

    def _list(self, chosen: UUID | None) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        found = sorted(
            self._desk.book.where(self._kind, "programme", self._whole.id), key=lambda item: fold(item.label)
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
        elif not found:
            self.show_record(None)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        self.show_record(self._desk.book.find(self._kind, item.data(Qt.ItemDataRole.UserRole)) if item else None)

    def _on_changed(self, edit: Edit) -> None:
        super()._on_changed(edit)
        mine = [change for change in edit.changes if isinstance(change.record, self._kind)]
        if mine:
            shown = self.form.record
            self._list(shown.id if shown else None)
            if mine[0].before is None:
                self.choose(mine[0].id)

    @property
    def has_unkept(self) -> bool:
        """Whether something is typed here and not kept, or a name begun and not added."""
        return super().has_unkept or bool(self.add.begun.unsaved_words())

    def show_unkept(self) -> None:
        """Put the cursor into what is typed and not kept, or into the name that is begun."""
        if super().has_unkept:
            super().show_unkept()
        else:
            self.add.say(
                f"“{self.add.line.text():.60}” is not added yet. Press Enter to add it, Escape to leave it out."
            )
            self.add.line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up a name that is begun, too."""
        if event.key() == Qt.Key.Key_Escape and self.add.line.hasFocus() and self.add.line.text():
            self.add.begun.finish(self._whole)
            self.add.say("")
        else:
            super().keyPressEvent(event)
