"""How the window marks what is not for every eye: a lock, and the word beside it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from risk_register.domain import views
from risk_register.domain.action import Action
from risk_register.domain.audience import Audience
from risk_register.domain.book import Book
from risk_register.domain.record import Record
from ui.tables.columns import Column
from ui.tables.filters import Filter
from ui.theme import SPACE, colours, lock
from ui.words import Words

_SIDE = 16


def is_restricted(book: Book, record: Record) -> bool:
    """Whether only those who keep the register may see a record, by its own mark or by that of what it is about."""
    return views.audience_of(book, record) is Audience.restricted


def audience_column() -> Column[Any]:
    """The column that says for whose eyes each record is."""
    order = list(Audience)
    return Column(
        "audience",
        "Audience",
        lambda book, record: views.audience_of(book, record).value,
        lambda book, record: order.index(views.audience_of(book, record)),
        width=110,
        shown=False,
    )


def audience_filter() -> Filter[Any]:
    """The chip that narrows a table down by whose eyes its records are for."""
    return Filter(
        "audience",
        "Audience",
        lambda book, record, chosen: views.audience_of(book, record).name in chosen,
        lambda _: [(item.name, item.value) for item in Audience],
    )


class RestrictedMark(QWidget):
    """Says `Restricted`, with a lock, where a record is."""

    def __init__(self) -> None:
        super().__init__()
        self._lock, self._words = QLabel(), Words()
        self._lock.setPixmap(lock().pixmap(_SIDE, _SIDE))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, 2, SPACE + 2, 2)
        row.setSpacing(4)
        row.addWidget(self._lock)
        row.addWidget(self._words)
        self.hide()

    def show_record(self, book: Book, record: Record) -> None:
        """Mark a record, if it is to be."""
        self.setVisible(is_restricted(book, record))
        own = getattr(record, "audience", None) is Audience.restricted
        about = "risks" if isinstance(record, Action) else "risk"
        self._words.setText("Restricted" if own else f"Restricted with its {about}")
        self.setToolTip("Only reports for Part B have it, and the projector shows it only if you say so.")
        self.setAccessibleDescription(self.toolTip())
        c = colours()
        self.setStyleSheet(f"background: {c.warn_ground}; color: {c.warn}; border-radius: 4px; font-weight: 600;")
