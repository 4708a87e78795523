"""Fields: each says when its value is to be kept."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QDate, QEvent, QMimeData, QObject, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QFocusEvent, QIcon, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from risk_register.domain.book import Book
from risk_register.domain.change import Command, Edit
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Person
from risk_register.domain.record import LINE, PROSE, Record
from risk_register.domain.text import fold, read_day
from ui.desk import Desk
from ui.theme import RESOURCES, as_title, mark_wrong

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


def _is_file(dragged: QMimeData) -> bool:
    return any(url.isLocalFile() for url in dragged.urls())


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

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Leave a file to the window."""
        if not _is_file(event.mimeData()):
            super().dragEnterEvent(event)

    def value(self) -> str:
        """The text."""
        return self.text()

    def set_value(self, value: str) -> None:
        """Show a text, the cursor staying where it is."""
        if value != self.text():
            place = self.cursorPosition()
            self.setText(value)
            self.setCursorPosition(place)

    def forget_typing(self) -> None:
        """The text was kept: from here on Undo takes back the edit, not the typing."""
        place = self.cursorPosition()
        self.setText(self.text())  # Qt has no other way to drop what it would undo
        self.setCursorPosition(place)


class NumberField(LineField):
    """A whole number, or none. What is typed and is no number is handed on as it is, for the register to refuse."""

    def value(self) -> Any:  # noqa: ANN401
        """The number; None where nothing stands there."""
        typed = self.text().strip()
        return int(typed) if typed.isascii() and typed.isdigit() else typed or None

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show a number, or what was typed for one."""
        super().set_value("" if value is None else str(value))


class TextField(QPlainTextEdit):
    """Running text, as high as it needs to be."""

    kept = Signal()
    too_long = Signal(str)
    """A sentence: what was to be pasted does not fit."""

    def __init__(self, hint: str = "", lines: int = 2, *, limit: int = PROSE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = limit
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

    def forget_typing(self) -> None:
        """The text was kept: from here on Undo takes back the edit, not the typing."""
        self.document().clearUndoRedoStacks()

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

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Whether it can be pasted or dropped here; a file is the window's to take."""
        return not _is_file(source) and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste, unless it is far more than fits: laying out a line of a megabyte would take minutes."""
        length = len(source.text())
        if length > PROSE:
            self.too_long.emit(
                f"What you pasted is {length:,} characters long; at most {self._limit:,} fit, so it was not pasted. "
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
        super().__init__(hint, 1, limit=LINE, parent=parent)
        as_title(self, larger=4)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


class Still(QObject):
    """Keeps the wheel, which is meant for the page, from changing a field that it passes over."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand the wheel on where the person is not in the field."""
        if isinstance(event, QWheelEvent) and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


class PercentField(QSpinBox):
    """How much is done, from 0 to 100 %."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, 100)
        self.setSuffix(" %")
        self.setSingleStep(5)
        self.lineEdit().setTextMargins(6, 0, 0, 0)
        Still(self)

    def set_value(self, value: int) -> None:
        """Show a percentage."""
        self.setValue(value)


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
        Still(self)
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

    `listed` gives the records to choose from, `add` the command that adds one of that name; `failed` is told what came
    instead, where the window is not to. `words` says more of each than its label; then they stand in the order listed.
    """

    kept = Signal()
    added = Signal()
    """A new name that was typed is among the records, and chosen."""

    def __init__(
        self,
        desk: Desk,
        listed: Callable[[Book], Iterable[Record]],
        add: Callable[[str], Command] | None = None,
        empty: str = "Nobody yet",
        parent: QWidget | None = None,
        failed: Callable[[Exception], None] | None = None,
        words: Callable[[Any], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._listed, self._add, self._failed, self._words = desk, listed, add, failed, words
        self._ids: list[UUID | None] = [None]
        self._names = [""]
        self._value: UUID | None = None
        self.is_adding = False
        self._line = QLineEdit()
        self._line.setPlaceholderText(empty)
        self._line.setMaxLength(LINE)
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = self.completer()
        assert completer, "an editable box has one"
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        Still(self)
        self.activated.connect(self._on_chosen)
        self._line.editingFinished.connect(self.take_typed)

    def fill(self, book: Book) -> None:
        """Offer what a book holds."""
        found = list(self._listed(book))
        if self._words is None:
            found.sort(key=lambda record: fold(record.label))
        ids: list[UUID | None] = [None, *(record.id for record in found)]
        words = ["", *map(self._words or self._named, found)]
        self._names = ["", *(fold(getattr(record, "name", "") or record.label) for record in found)]
        if ids != self._ids or words != [self.itemText(place) for place in range(self.count())]:
            typed = self._line.text() if self.hasFocus() else None
            with QSignalBlocker(self):
                self.clear()
                self.addItems(words)
                self._ids = ids
                self.set_value(self._value)
            if typed is not None:
                self._line.setText(typed)

    def _named(self, record: Record) -> str:
        has_left = isinstance(record, Person) and record.has_left(self._desk.today())
        return f"{record.label} (left)" if has_left else record.label

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

    def take_typed(self) -> None:
        """Choose what is typed. A new name is added first: until that is answered it `is_adding`."""
        typed = " ".join(self._line.text().split())
        wanted = fold(typed)
        found = [place for place, name in enumerate(self._names) if wanted in (name, fold(self.itemText(place)))]
        if found:  # two can share a short name: the one that is chosen stays
            self._on_chosen(next((place for place in found if self._ids[place] == self._value), found[0]))
        elif self._add is None:
            self.set_value(self._value)
        elif not self.is_adding:
            self.is_adding = True
            self._desk.run(self._add(typed), done=self._on_added, failed=self._on_failed)

    def _on_added(self, edit: Edit) -> None:
        self.is_adding = False
        self.fill(self._desk.book)
        self.set_value(edit.changes[0].id)
        self.kept.emit()
        self.added.emit()

    def _on_failed(self, error: Exception) -> None:
        self.is_adding = False
        (self._failed or self._desk.tell)(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what is typed."""
        if event.key() == Qt.Key.Key_Escape and self._line.isModified():
            self.set_value(self._value)
            self._line.setModified(False)
        else:
            super().keyPressEvent(event)


class DateField(QLineEdit):
    """A day, or none: typed as one writes a day, or chosen from a calendar (Alt+Down)."""

    kept = Signal()

    def __init__(self, today: Callable[[], date], *, clearable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._clearable = today, clearable
        self.setPlaceholderText("No date" if clearable else "24/11/2026")
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("00/00/0000") + 72)
        self._built_action("calendar.svg", "Choose from a calendar", self.open_calendar)
        self._clear = self._built_action("clear.svg", "No date", self._on_cleared)
        self._clear.setVisible(False)
        self.textChanged.connect(lambda text: self._clear.setVisible(clearable and bool(text)))
        self.set_value(None if clearable else today())
        self.editingFinished.connect(self._on_left)

    def _built_action(self, name: str, words: str, act: Callable[[], object]) -> QAction:
        action = self.addAction(QIcon(str(RESOURCES / "icons" / name)), QLineEdit.ActionPosition.TrailingPosition)
        action.setToolTip(words)
        action.triggered.connect(act)
        return action

    def value(self) -> Any:  # noqa: ANN401
        """The day; None for no date; and what is typed where that is no day, for the register to refuse."""
        return self._read() or self.text().strip() or None

    def day(self) -> date | None:
        """The day; None for no date. Raises Refused where what is typed is no day."""
        value = self.value()
        if isinstance(value, str):
            raise Refused(f"“{value:.60}” is no date. Write it as 24/11/2026.")
        return value if isinstance(value, date) else None

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show a day, or what was typed for one."""
        self.setText(f"{value:%d/%m/%Y}" if isinstance(value, date) else value or "")
        mark_wrong(self, wrong=isinstance(value, str))

    def _read(self) -> date | None:
        """What is typed as a day; without a year it is this year's."""
        typed = self.text().strip()
        year = self._today().year
        return read_day(typed) or read_day(f"{typed}/{year}") or read_day(f"{typed} {year}") if typed else None

    def _on_left(self) -> None:
        self.set_value(self.value())
        self.kept.emit()

    def _on_cleared(self) -> None:
        self.set_value(None)
        self.kept.emit()

    def open_calendar(self) -> QCalendarWidget:
        """Open a calendar below; Escape closes it and nothing is chosen."""
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        as_usual = calendar.weekdayTextFormat(Qt.DayOfWeek.Monday)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # Qt's own are red, which means late here
            calendar.setWeekdayTextFormat(day, as_usual)
        shown = self._read() or self._today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        for chosen in (calendar.clicked, calendar.activated):  # by the mouse, by Enter
            chosen.connect(lambda day: self._on_chosen(calendar, day))
        calendar.adjustSize()
        calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.show()
        calendar.setFocus()
        return calendar

    def _on_chosen(self, calendar: QCalendarWidget, day: QDate) -> None:
        calendar.close()
        self.set_value(date(day.year(), day.month(), day.day()))
        self.setFocus()
        self.kept.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go to the next and the last day, from today where there is none; Alt+Down opens the calendar."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        step = steps.get(Qt.Key(event.key()))
        if step == -1 and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif step and not self.isReadOnly():
            day = self._read()
            self.set_value(day + timedelta(days=step) if day else self._today())
        else:
            super().keyPressEvent(event)
