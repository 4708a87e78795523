"""Type to filter, and chips that narrow a table down."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QLineEdit, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from risk_register.domain.book import Book
from risk_register.domain.record import Record
from ui import settings
from ui.tables.columns import alike
from ui.theme import SPACE
from ui.words import as_item

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Filter(Generic[R]):
    """One chip. With `choices` it opens a list of which several can hold; without, it is on or off.

    `choices` gives key and words of each; `test` says whether a record passes for the chosen keys.
    """

    key: str
    title: str
    test: Callable[[Book, R, frozenset[str]], bool]
    choices: Callable[[Book], Iterable[tuple[str, str]]] | None = None


class _Chip(QPushButton):
    """A filter's button: its name, and what is chosen."""

    def __init__(self, shown: Filter[Any], parent: QWidget) -> None:
        super().__init__(shown.title, parent)
        self.filter = shown
        self.chosen: frozenset[str] = frozenset()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_chosen(self, chosen: frozenset[str], words: Sequence[str]) -> None:
        """Show what is chosen: `Status: Open, Draft`."""
        self.chosen = chosen
        self.setChecked(bool(chosen))
        most = 2
        told = ", ".join(words[:most]) + (f" +{len(words) - most}" if len(words) > most else "")
        arrow = " ▾" if self.filter.choices else ""
        self.setText(
            as_item(f"{self.filter.title}: {told}{arrow}")
            if words and self.filter.choices
            else self.filter.title + arrow
        )


class Filters(QWidget, Generic[R]):
    """A search field and chips. `name` is what they are remembered under."""

    changed = Signal()

    def __init__(self, name: str, filters: Sequence[Filter[R]], hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._book = Book()
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(hint)
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(220)
        self.search.setMaximumWidth(340)
        self.search.installEventFilter(self)
        self._usual = len(filters)
        self._chips: list[_Chip] = []
        self._clear = QToolButton(self)
        self._clear.setText("Clear")
        self._clear.clicked.connect(self.clear)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.changed)
        self.search.textChanged.connect(self._soon.start)
        self._row = Flow(self)
        self._row.setContentsMargins(3 * SPACE, 0, 3 * SPACE, SPACE)
        self._row.addWidget(self.search)
        self._add(filters)
        self._clear.hide()

    def _add(self, filters: Sequence[Filter[R]]) -> None:
        """Put chips at the end, with Clear after them."""
        self._row.removeWidget(self._clear)
        for item in filters:
            chip = _Chip(item, self)
            chip.clicked.connect(self._on_menu_asked if item.choices else self._on_toggled)
            self._chips.append(chip)
            self._row.addWidget(chip)
        self._row.addWidget(self._clear)

    def set_extra(self, extra: Sequence[Filter[R]]) -> None:
        """Show these chips after the usual ones: the programme's own fields. Those that are there already stay."""
        kept = alike([chip.filter for chip in self._chips[self._usual :]], extra)
        for chip in self._chips[self._usual + kept :]:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        del self._chips[self._usual + kept :]
        self._add(extra[kept:])
        for chip in self._chips[self._usual + kept :]:
            chip.chosen = self._remembered(chip)
            chip.show()

    def _remembered(self, chip: _Chip) -> frozenset[str]:
        return frozenset(settings.remembered_words(f"{self._name}/filter {chip.filter.key}"))

    def load(self, book: Book) -> None:
        """Take the choices from another book, and what was chosen last time."""
        for chip in self._chips:
            chip.chosen = self._remembered(chip)
        self.take(book)

    def take(self, book: Book) -> None:
        """Take the choices from a book that was edited; what is chosen stays so."""
        self._book = book
        for chip in self._chips:
            self._show(chip, chip.chosen)
        self._clear.setVisible(self.is_on)

    @property
    def is_on(self) -> bool:
        """Whether anything is filtered out."""
        return bool(self.search.text()) or any(chip.chosen for chip in self._chips)

    def test(self, book: Book, record: R) -> bool:
        """Whether a record passes every chip."""
        return all(chip.filter.test(book, record, chip.chosen) for chip in self._chips if chip.chosen)

    def set(self, key: str, chosen: Iterable[str]) -> None:
        """Choose by program: `set("band", ["Extreme"])`."""
        self._choose(next(chip for chip in self._chips if chip.filter.key == key), frozenset(chosen))

    def clear(self) -> None:
        """Show everything."""
        self.search.clear()
        for chip in self._chips:
            self._show(chip, frozenset())
            settings.remember_words(f"{self._name}/filter {chip.filter.key}", [])
        self._tell()

    def _show(self, chip: _Chip, chosen: frozenset[str]) -> None:
        if chip.filter.choices:
            known = dict(chip.filter.choices(self._book))
            chosen &= known.keys()
            chip.show_chosen(chosen, [words for key, words in known.items() if key in chosen])
        else:
            chip.show_chosen(chosen, [])

    def _choose(self, chip: _Chip, chosen: frozenset[str]) -> None:
        self._show(chip, chosen)
        settings.remember_words(f"{self._name}/filter {chip.filter.key}", sorted(chosen))
        self._tell()

    def _tell(self) -> None:
        self._clear.setVisible(self.is_on)
        self._soon.start()

    def _on_toggled(self) -> None:
        chip = self.sender()
        assert isinstance(chip, _Chip), "only chips are connected"
        self._choose(chip, frozenset() if chip.chosen else frozenset({"on"}))

    def _on_menu_asked(self) -> None:
        chip = self.sender()
        assert isinstance(chip, _Chip), "only chips are connected"
        chip.setChecked(bool(chip.chosen))
        self.menu(chip).popup(chip.mapToGlobal(QPoint(0, chip.height() + 2)))

    def chip(self, key: str) -> QPushButton:
        """The button of a filter."""
        return next(chip for chip in self._chips if chip.filter.key == key)

    def menu(self, chip: QPushButton) -> QMenu:
        """The list of a chip's choices; it stays open while several are ticked."""
        assert isinstance(chip, _Chip), "only chips have menus"
        assert chip.filter.choices, "a chip without choices is on or off"
        menu = _TickMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, words in chip.filter.choices(self._book):
            action = menu.addAction(as_item(words))
            action.setCheckable(True)
            action.setChecked(key in chip.chosen)
            action.toggled.connect(
                lambda on, key=key: self._choose(chip, chip.chosen | {key} if on else chip.chosen - {key})
            )
        if menu.isEmpty():
            menu.addAction("Nothing to choose from yet").setEnabled(False)
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape empties the search field; Down goes to the table."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
                self.left_downwards.emit()
                return True
        return super().eventFilter(watched, event)

    left_downwards = Signal()
    """The person wants to go from the search field to the table."""


class _TickMenu(QMenu):
    """A menu that stays open while its items are ticked."""

    def mouseReleaseEvent(self, event: Any) -> None:  # noqa: ANN401  a QMouseEvent
        """Tick without closing."""
        action = self.activeAction()
        if action and action.isCheckable():
            action.toggle()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick without closing."""
        action = self.activeAction()
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return) and action and action.isCheckable():
            action.toggle()
        else:
            super().keyPressEvent(event)


class Flow(QLayout):
    """Widgets side by side, going on in the next line where the first is full."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[Any] = []

    def addItem(self, item: Any) -> None:  # noqa: ANN401  a QLayoutItem
        """Take a widget in."""
        self._items.append(item)

    def count(self) -> int:
        """How many widgets there are."""
        return len(self._items)

    def itemAt(self, index: int) -> Any:  # noqa: ANN401
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> Any:  # noqa: ANN401
        """Let one of them go."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Neither."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at a width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """As wide as what is widest, as high as one line."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """As wide as what is widest."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        """Place the widgets."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        inside = rect.marginsRemoved(margins)
        x, y, high = inside.left(), inside.top(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > inside.left() and x + size.width() > inside.right() + 1:
                x, y, high = inside.left(), y + high + SPACE, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, high = x + size.width() + SPACE, max(high, size.height())
        return y + high - rect.top() + margins.bottom()


__all__ = ["Filter", "Filters", "Flow"]
