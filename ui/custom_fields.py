"""The fields that a programme adds: in an editor, as columns, and as filters."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from risk_register.domain import fields
from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.commands.custom_field import fill_field
from risk_register.domain.custom_field import ActionValue, CustomField, FieldType, RiskValue
from risk_register.domain.record import plain_decimal
from risk_register.domain.risk import Risk
from risk_register.domain.text import one_line, read_number
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, LineField
from ui.form import Form, Problem
from ui.keys import chain_tabs
from ui.number import NumberField
from ui.section import Section
from ui.tables.columns import Column
from ui.tables.filters import Filter
from ui.theme import SPACE, muted


class _PlainNumber(NumberField):
    """A number as a custom field keeps it: text in one form."""

    def value(self) -> str:
        """The text; what is typed where that is no number."""
        value = super().value()
        return plain_decimal(value) if isinstance(value, Decimal) else value or ""

    def set_value(self, value: str) -> None:
        """Show it."""
        number = read_number(value)
        super().set_value(number if number is not None else value)


class _PlainDay(DateField):
    """A day as a custom field keeps it."""

    def value(self) -> str:
        """The text; what is typed where that is no day."""
        value = super().value()
        return value.isoformat() if isinstance(value, date) else value or ""

    def set_value(self, value: str | date | None) -> None:
        """Show it."""
        if isinstance(value, str):
            with suppress(ValueError):  # no day: it stays as it was typed, to be told
                value = date.fromisoformat(value) if value else None
        super().set_value(value)


class _PlainChoice(ChoiceField):
    """A choice as a custom field keeps it: its words."""

    def value(self) -> str:
        """The words; "" for none."""
        return super().value() or ""

    def set_value(self, value: str | None) -> None:
        """Choose them."""
        super().set_value(value or None)


def built_widget(desk: Desk, field: CustomField) -> Any:  # noqa: ANN401  a Field that is a widget
    """A field that holds what a custom field may."""
    match field.holds:
        case FieldType.number:
            return _PlainNumber()
        case FieldType.day:
            return _PlainDay(desk.today)
        case FieldType.choice:
            return _PlainChoice([(choice, choice) for choice in field.choices], "Not said")
        case FieldType.text:
            return LineField()


class CustomFields(Section):
    """The custom fields of a risk or an action, each kept as it is edited. Not there while the programme has none."""

    def __init__(self, desk: Desk, kind: type[Risk | Action]) -> None:
        super().__init__("Fields of your own", desk)
        self._kind = kind
        self._record: Risk | Action | None = None
        self._looks: object = None
        self._grid = QWidget()
        self._forms: dict[UUID, Form] = {}
        self._names: dict[UUID, str] = {}
        self.widgets: dict[UUID, Any] = {}
        self._problem = Problem()
        self.column.addWidget(self._grid)
        self.column.addWidget(self._problem)
        self.hide()

    def show_record(self, record: Risk | Action | None) -> None:
        """Show another record's, or the same one's after an edit."""
        is_other = self._record is None or record is None or record.id != self._record.id
        self._record = record
        found = fields.fields_of(self.desk.book, record.programme, self._kind) if record else []
        looks = [(field.id, field.name, field.holds, field.choices) for field in found]
        if record is not None and looks != self._looks:
            self._build(found)
            self._looks, is_other = looks, True
        if is_other:
            self._problem.say("")
        for field in found:
            value = fields.value_of(self.desk.book, record, field.id) if record else None
            if is_other or value is None:
                self._forms[field.id].show(value)
            else:
                self._forms[field.id].take(value)
        for widget in self.widgets.values():
            widget.setEnabled(self.desk.writable)
        self.setVisible(bool(found))

    def _build(self, found: Iterable[CustomField]) -> None:
        """Make the widgets anew: the programme has other fields."""
        for form in self._forms.values():
            form.keep()
            form.deleteLater()
        self._forms.clear()
        self.widgets.clear()
        old, self._grid = self._grid, QWidget()
        self.column.replaceWidget(old, self._grid)
        old.hide()
        old.deleteLater()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE)
        kind = RiskValue if self._kind is Risk else ActionValue
        for place, field in enumerate(found):
            label, widget = QLabel(field.name), built_widget(self.desk, field)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setBuddy(widget)
            muted(label)
            row, side = divmod(place, 2)
            grid.addWidget(label, 2 * row, side)
            grid.addWidget(widget, 2 * row + 1, side)
            grid.setColumnStretch(side, 1)
            widget.setAccessibleName(field.name)
            form = self._forms[field.id] = Form(self.desk, kind, fill_field, self)
            form.bind("text", widget)
            form.problem.connect(self._problem.say)
            self.widgets[field.id] = widget
            self._names[field.id] = field.name
        chain_tabs(self)

    def keep(self) -> None:
        """Keep what is being typed."""
        for form in self._forms.values():
            form.keep()

    def unsaved_words(self) -> list[str]:
        """What was typed and is not kept, a line each."""
        return [
            f"{self._names[id]}: {one_line(str(draft.value))[:60]}"
            for id, form in self._forms.items()
            for drafts in form.unsaved().values()
            for draft in drafts.values()
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed and refused."""
        if event.key() == Qt.Key.Key_Escape and self._record is not None:
            for id, widget in self.widgets.items():
                value = fields.value_of(self.desk.book, self._record, id)
                if widget.hasFocus() and widget.value() != value.text:
                    widget.set_value(value.text)
                    self._forms[id].take(value)
                    return
        super().keyPressEvent(event)


# -- in tables


def own_fields(desk: Desk, kind: type[Risk | Action]) -> dict[str | UUID, tuple[str, Any]]:
    """A field for each custom field, by which several records are filled at once."""
    return {
        field.id: (field.name, built_widget(desk, field)) for field in fields.fields_of(desk.book, desk.programme, kind)
    }


def custom_columns(desk: Desk, kind: type[Risk | Action]) -> list[Column[Any]]:
    """A column for each custom field."""
    return [
        Column(
            f"field {field.id}",
            field.name,
            partial(_shown, field.id),
            partial(_sorted, field.id),
            width=140,
            right=field.holds is FieldType.number,
        )
        for field in fields.fields_of(desk.book, desk.programme, kind)
    ]


def custom_filters(desk: Desk, kind: type[Risk | Action]) -> list[Filter[Any]]:
    """A chip for each custom field, with the values that stand in it somewhere."""

    def choices(id: UUID, book: Book) -> list[tuple[str, str]]:
        field = book.find(CustomField, id)
        found = fields.values_in_use(book, kind, field) if field else []
        return [*((words, words) for words in found), ("", "Nothing")]

    return [
        Filter(
            f"field {field.id}",
            field.name,
            partial(_passes, field.id),
            partial(choices, field.id),
        )
        for field in fields.fields_of(desk.book, desk.programme, kind)
    ]


def _shown(id: UUID, book: Book, record: Risk | Action) -> str:
    field = book.find(CustomField, id)
    return fields.shown_value(book, record, field) if field else ""


def _passes(id: UUID, book: Book, record: Risk | Action, chosen: frozenset[str]) -> bool:
    return _shown(id, book, record) in chosen


def _sorted(id: UUID, book: Book, record: Risk | Action) -> Any:  # noqa: ANN401  what can be compared
    field = book.find(CustomField, id)
    return fields.sort_value(book, record, field) if field else None
