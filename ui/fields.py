"""Fields: each says when its value is to be kept."""

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QDate, QEvent, QMimeData, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from risk_register.domain.book import Book
from risk_register.domain.change import Command, Edit
from risk_register.domain.record import PROSE, Record
from risk_register.domain.text import fold
from ui.desk import Desk
from ui.theme import as_title

PAUSE = 2_000
"""After so long a pause in typing (ms) a text is kept; also on leaving the field."""

_MOST_LINES = 14
_FITTED = 4_000
"""A text is fitted by so many of its characters: more of them fill the most lines anyhow."""


class Field(Protocol):
    """What a form needs of a field."""

    kept: Any
    """A signal: the value is to be kept."""

    def value(self) -> Any:  # noqa: ANN401
        """What stands in the field, as the record's field would hold it."""

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show a value, without asking for it to be kept."""

    def hasFocus(self) -> bool:
        """Whether the person is in it."""


class LineField(QLineEdit):
    """One line of text."""

    kept = Signal()

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.kept)
        self.textEdited.connect(self._pause.start)
        self.editingFinished.connect(self.kept)

    def value(self) -> str:
        """The text."""
        return self.text()

    def set_value(self, value: str) -> None:
        """Show a text, the cursor staying where it is."""
        if value != self.text():
            place = self.cursorPosition()
            self.setText(value)
            self.setCursorPosition(place)


class TextField(QPlainTextEdit):
    """Running text, as high as it needs to be."""

    kept = Signal()
    too_long = Signal(str)
    """A sentence: what was to be pasted does not fit."""

    def __init__(self, hint: str = "", lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines = lines
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.kept)
        self.textChanged.connect(self._on_text_changed)
        self._fit()

    def value(self) -> str:
        """The text."""
        return self.toPlainText()

    def set_value(self, value: str) -> None:
        """Show a text."""
        if value != self.toPlainText():
            blocker = QSignalBlocker(self)
            self.setPlainText(value)
            blocker.unblock()
            self._fit()

    def _on_text_changed(self) -> None:
        self._pause.start()
        self._fit()

    def _fit(self) -> None:
        """Be as high as the text, up to a limit. Measured by its font: the document lays itself out only when shown."""
        line = self.fontMetrics().lineSpacing()
        wide = self.viewport().width() - int(2 * self.document().documentMargin())
        text = self.toPlainText()[:_FITTED]
        rect = self.fontMetrics().boundingRect(0, 0, max(wide, 40), 0, Qt.TextFlag.TextWordWrap, f"{text}x")
        wanted = max(self._lines, min(_MOST_LINES, round(rect.height() / line)))
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if wanted == _MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + int(2 * self.document().documentMargin()) + 2
        self.setFixedHeight(wanted * line + around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste, unless it is far more than fits: laying out a line of a megabyte would take minutes."""
        length = len(source.text())
        if length > PROSE:
            self.too_long.emit(
                f"What you pasted is {length:,} characters long; at most {PROSE:,} fit, so it was not pasted. "
                "Keep the full text in a document and name that here."
            )
        else:
            super().insertFromMimeData(source)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field keeps its text."""
        super().focusOutEvent(event)
        self._pause.stop()
        self.kept.emit()


class TitleField(TextField):
    """A title in larger type: it wraps, but has no line breaks of its own."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(hint, 1, parent)
        as_title(self, larger=4)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


class _Still(QObject):
    """Keeps the wheel, which is meant for the page, from changing a field that it passes over."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


class ChoiceField(QComboBox):
    """One of a few. `choices` are values with their words; a first empty choice stands for None where allowed."""

    kept = Signal()

    def __init__(
        self, choices: Iterable[tuple[Any, str]], empty: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._empty = empty
        self.set_choices(choices)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(_Still(self))
        self.activated.connect(lambda _: self.kept.emit())

    def set_choices(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Offer other choices; what is chosen stays chosen."""
        with QSignalBlocker(self):
            chosen = self.value() if self.count() else None
            self._values = [*([None] if self._empty is not None else []), *(value for value, _ in choices)]
            self.clear()
            if self._empty is not None:
                self.addItem(self._empty)
            self.addItems([words for _, words in choices])
            self.set_value(chosen)

    def value(self) -> Any:  # noqa: ANN401
        """The chosen value."""
        place = self.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Choose a value."""
        self.setCurrentIndex(
            self._values.index(value) if value in self._values else (0 if self._empty is not None else -1)
        )


def choices_of(kind: type[Enum], only: Iterable[Enum] | None = None) -> list[tuple[Any, str]]:
    """The choices of an enumeration with their words."""
    return [(item, str(item.value)) for item in (only if only is not None else kind)]


class RecordField(QComboBox):
    """Another record, found by typing; a name that is not there yet can be added.

    `listed` gives the records to choose from, `add` the command that adds one of that name.
    """

    kept = Signal()

    def __init__(
        self,
        desk: Desk,
        listed: Callable[[Book], Iterable[Record]],
        add: Callable[[str], Command] | None = None,
        empty: str = "Nobody yet",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._listed, self._add = desk, listed, add
        self._ids: list[UUID | None] = [None]
        self._value: UUID | None = None
        self._line = QLineEdit()
        self._line.setPlaceholderText(empty)
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = self.completer()
        assert completer, "an editable box has one"
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(_Still(self))
        self.activated.connect(self._on_chosen)
        self._line.editingFinished.connect(self._on_typed)

    def fill(self, book: Book) -> None:
        """Offer what a book holds."""
        found = sorted(((record.label, record.id) for record in self._listed(book)), key=lambda item: fold(item[0]))
        ids: list[UUID | None] = [None, *(id for _, id in found)]
        words = ["", *(label for label, _ in found)]
        if ids != self._ids or words != [self.itemText(place) for place in range(self.count())]:
            typed = self._line.text() if self.hasFocus() else None
            with QSignalBlocker(self):
                self.clear()
                self.addItems(words)
                self._ids = ids
                self.set_value(self._value)
            if typed is not None:
                self._line.setText(typed)

    def value(self) -> UUID | None:
        """The id of the chosen record."""
        return self._value

    def set_value(self, value: UUID | None) -> None:
        """Choose a record."""
        self._value = value
        with QSignalBlocker(self):
            self.setCurrentIndex(self._ids.index(value) if value in self._ids else 0)
            self._line.setCursorPosition(0)

    def _on_chosen(self, place: int) -> None:
        self._value = self._ids[place]
        self.kept.emit()

    def _on_typed(self) -> None:
        typed = " ".join(self._line.text().split())
        labels = [fold(self.itemText(place)) for place in range(self.count())]
        if fold(typed) in labels:
            self._on_chosen(labels.index(fold(typed)))
        elif self._add is None:
            self.set_value(self._value)
        else:
            self._desk.run(self._add(typed), done=self._on_added)

    def _on_added(self, edit: Edit) -> None:
        self.fill(self._desk.book)
        self.set_value(edit.changes[0].id)
        self.kept.emit()


class DateField(QWidget):
    """A day, or none. Typed as 24/11/2026, or chosen from a calendar."""

    kept = Signal()

    def __init__(self, today: Callable[[], date], *, clearable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._edit = QDateEdit(self)
        self._edit.setCalendarPopup(True)
        self._edit.setDisplayFormat("dd/MM/yyyy")
        self._edit.setMinimumDate(QDate(1989, 12, 31))
        self._edit.setSpecialValueText("No date")
        self._edit.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._edit.installEventFilter(_Still(self))
        self._edit.installEventFilter(self)
        self._clear = QToolButton(self)
        self._clear.setText("✕")
        self._clear.setToolTip("No date")
        self._clear.setAccessibleName("No date")
        self._clear.setVisible(clearable)
        self.setFocusProxy(self._edit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._edit, 1)
        row.addWidget(self._clear)
        self.set_value(None if clearable else today())
        self._clear.clicked.connect(self._on_cleared)
        self._edit.editingFinished.connect(self.kept)
        self._edit.calendarWidget().clicked.connect(lambda _: self.kept.emit())

    def value(self) -> date | None:
        """The day; None for no date."""
        day = self._edit.date()
        return None if day == self._edit.minimumDate() else date(day.year(), day.month(), day.day())

    def set_value(self, value: date | None) -> None:
        """Show a day."""
        with QSignalBlocker(self._edit):
            self._edit.setDate(QDate(value.year, value.month, value.day) if value else self._edit.minimumDate())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin from today where there is no date, so that the calendar does not open on 1989."""
        begins = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress)
        if watched is self._edit and begins and self.value() is None:
            if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
                return False
            self.set_value(self._today())
        return False

    def _on_cleared(self) -> None:
        self.set_value(None)
        self.kept.emit()
