"""Fields that keep themselves: no Save button, nothing typed is lost."""

from collections.abc import Callable, Iterable
from dataclasses import replace
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
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from risk_register.domain.book import Book
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.errors import Conflict, Refused, StoreError
from risk_register.domain.record import PROSE, Record, specs
from risk_register.domain.text import fold
from ui.desk import Desk
from ui.theme import as_title, colours

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
        around = margins.top() + margins.bottom() + int(2 * self.document().documentMargin()) + 12
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


class Form(QObject):
    """Keeps the fields of one record as they are edited.

    It remembers what its author saw, field by field: a field being typed in keeps what it began from, so a change that
    arrives meanwhile is a conflict and not an overwriting. A text that was refused stays in its field, also when one
    goes to another record and comes back.
    """

    problem = Signal(str)
    """A sentence about the fields; "" when all is well again."""

    def __init__(
        self, desk: Desk, kind: type[Record], edit: Callable[..., Command], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._kind, self._edit = desk, kind, edit
        self._fields: dict[str, Field] = {}
        self._seen: Record | None = None
        self._drafts: dict[UUID, dict[str, Any]] = {}
        self._sent: dict[str, Any] = {}

    def bind(self, name: str, field: Any) -> None:  # noqa: ANN401  a Field; PySide6's stubs hide its signal
        """Let a field of the record be edited by a widget."""
        self._fields[name] = field
        field.kept.connect(self.keep)
        if isinstance(field, TextField):
            field.too_long.connect(self.problem)

    @property
    def record(self) -> Record | None:
        """The record as its author saw it."""
        return self._seen

    def show(self, record: Record | None) -> None:
        """Edit another record."""
        self.keep()
        if self._seen is not None and (unsaved := self._typed()):
            self._drafts[self._seen.id] = unsaved
        self._seen, self._sent = record, {}
        self._mark(None)
        if record is None:
            return
        drafts = self._drafts.pop(record.id, {})
        for name, field in self._fields.items():
            field.set_value(drafts.get(name, getattr(record, name)))

    def take(self, now: Record) -> None:
        """The record has changed: show it in all fields but those that hold something not kept yet."""
        assert self._seen is not None, "a record is shown"
        typed = self._typed()
        same = {name: value for name, value in typed.items() if value == getattr(now, name)}
        for name in same:
            del typed[name]
        self._seen = replace(now, **{name: getattr(self._seen, name) for name in typed})
        for name, field in self._fields.items():
            if name not in typed:
                field.set_value(getattr(now, name))
        if not typed:
            self._mark(None)

    def _typed(self) -> dict[str, Any]:
        """The fields that hold something else than the record."""
        return {name: field.value() for name, field in self._fields.items() if self._differs(name, field.value())}

    def _differs(self, name: str, value: Any) -> bool:  # noqa: ANN401
        held = getattr(self._seen, name)
        return (value.strip() != held) if isinstance(value, str) else bool(value != held)

    @property
    def unsaved(self) -> dict[str, Any]:
        """What was typed and could not be kept."""
        return (self._typed() if self._seen is not None else {}) | {
            name: value for draft in self._drafts.values() for name, value in draft.items()
        }

    def unsaved_words(self) -> list[str]:
        """What was typed and could not be kept, a line each: `R-004, title: Resources …`."""
        drafts = dict(self._drafts)
        if self._seen is not None and (typed := self._typed()):
            drafts[self._seen.id] = typed
        told = []
        for id, fields in drafts.items():
            record = self._desk.book.find(self._kind, id)
            for name, value in fields.items():
                words = " ".join(str(value if value is not None else "nothing").split()) or "nothing"
                label = specs(self._kind)[name].label.lower()
                told.append(f"{record.label if record else ''}, {label}: {words[:60]}")
        return told

    def keep(self) -> None:
        """Keep what differs."""
        if self._seen is None or not self._desk.writable:
            return
        typed = self._typed()
        if typed and typed != self._sent:
            self._sent = typed
            self._desk.run(self._edit(self._seen, **typed), done=self._on_kept, failed=self._on_failed)

    def _on_kept(self, _edit: Edit) -> None:
        self._sent = {}

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Unchanged):
            self._sent = {}
        elif isinstance(error, Conflict):
            self._on_conflict(error)
        elif isinstance(error, (Refused, StoreError)):
            self._mark(getattr(error, "field", "") or None)
            self.problem.emit(str(error))
        else:
            self._desk.broken.emit(error)

    def _on_conflict(self, error: Conflict) -> None:
        """Show what is there now; the person's own words stay in the field until they choose."""
        self._mark(error.stale[0].field if error.stale else None)
        self.problem.emit(f"{error} Press Escape in the field to take what is there now.")

    def take_theirs(self) -> None:
        """Give up what is typed and show what the register holds."""
        if self._seen is not None:
            now = self._desk.book.find(type(self._seen), self._seen.id)
            self._seen, self._sent = now, {}
            if now is not None:
                for name, field in self._fields.items():
                    field.set_value(getattr(now, name))
            self._mark(None)

    def _mark(self, wrong: str | None) -> None:
        for name, field in self._fields.items():
            if isinstance(field, QWidget) and bool(field.property("wrong")) != (name == wrong):
                field.setProperty("wrong", name == wrong)
                field.style().unpolish(field)
                field.style().polish(field)
        if wrong is None:
            self.problem.emit("")


class Problem(QLabel):
    """Where a form says what is wrong: red, with a sign, and only there when there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say a sentence, or nothing."""
        self.setText(f"⚠ {sentence}" if sentence else "")
        self.setStyleSheet(f"color: {colours().bad};")
        self.setVisible(bool(sentence))
