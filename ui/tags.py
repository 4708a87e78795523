"""A field for tags, and what a table shows of them."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.risk import Risk
from risk_register.domain.tags import bears, in_use, read_tags
from ui.desk import Desk
from ui.fields import PAUSE
from ui.tables.columns import Column
from ui.tables.filters import Filter


def known_tags(desk: Desk) -> list[str]:
    """Every tag of the programme, of risks and of actions."""
    book, programme = desk.book, desk.programme
    records: Iterable[Risk | Action] = (
        *book.where(Risk, "programme", programme),
        *book.where(Action, "programme", programme),
    )
    return in_use(record.tags for record in records)


class TagsField(QLineEdit):
    """Tags between commas. Those in use are offered while one is typed. `known` gives them."""

    kept = Signal()

    def __init__(
        self, known: Callable[[], list[str]], hint: str = "inspection, winter plan", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._known = known
        self.setPlaceholderText(hint)
        self._offered = QStringListModel(self)
        completer = _OfTheLast(self)
        completer.setModel(self._offered)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.kept)
        self.textEdited.connect(self._pause.start)
        self.editingFinished.connect(self._on_left)

    def value(self) -> tuple[str, ...]:
        """The tags."""
        return read_tags(self.text())

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show tags."""
        shown = ", ".join(value)
        if shown != self.text():
            self.setText(shown)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer the tags that are in use now."""
        self._offered.setStringList(self._known())
        super().focusInEvent(event)

    def _on_left(self) -> None:
        self._pause.stop()
        self.set_value(self.value())
        self.kept.emit()


class _OfTheLast(QCompleter):
    """Completes what is typed after the last comma."""

    def splitPath(self, path: str) -> list[str]:
        """What is looked for."""
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What stands in the field once an offer is taken."""
        line = self.widget()
        assert isinstance(line, QLineEdit), "it completes a field"
        before, comma, _ = line.text().rpartition(",")
        return f"{before}{comma} {index.data()}".lstrip()


def tags_of_several(desk: Desk) -> dict[str | UUID, tuple[str, Any]]:
    """The fields by which several records get tags, or lose them, beside those that each has."""
    return {
        "add_tags": ("Add tags", TagsField(lambda: known_tags(desk))),
        "remove_tags": ("Remove tags", TagsField(lambda: known_tags(desk), "")),
    }


def tags_column() -> Column[Any]:
    """The column of tags."""
    return Column("tags", "Tags", lambda _, record: ", ".join(record.tags), width=160, shown=False)


def tags_filter(kind: type[Risk | Action], desk: Desk) -> Filter[Any]:
    """The chip that narrows down to records with any of the tags chosen."""

    def choices(book: Book) -> list[tuple[str, str]]:
        return [(tag, tag) for tag in in_use(record.tags for record in book.where(kind, "programme", desk.programme))]

    return Filter("tags", "Tags", lambda _, record, chosen: bears(record.tags, chosen), choices)
