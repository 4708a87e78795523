"""One conflict: both values in full, who said each and when, and the ways to settle it."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QTextEdit, QVBoxLayout, QWidget

from risk_register.domain import views
from risk_register.domain.conflict import OpenConflict, Side, home, subject
from risk_register.domain.merge import NEW
from risk_register.domain.record import merge_groups, specs
from risk_register.domain.text import short_day
from ui.conflicts.differences import marked
from ui.conflicts.third import can_have_third, third_field
from ui.desk import Desk
from ui.form import Problem
from ui.keys import chain_tabs
from ui.theme import SPACE, as_title, colours, muted, primary, quiet
from ui.words import Words, as_html, as_item

_LEAST_LINES = 4


class _Button(QPushButton):
    """A second click means the first: by then the next conflict stands here."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()


class Card(QWidget):
    """Shows one conflict, and tells how it is to be settled."""

    kept = Signal()
    """What stands is to stay."""
    used = Signal()
    """The other is to be taken."""
    written = Signal(object)
    """Something else is to stand: the value."""
    record_wanted = Signal(object)
    """A Record, to be shown where it is edited."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._conflict: OpenConflict | None = None
        self._field: Any = None
        self._title, self._happened = Words(wrap=True), Words(wrap=True)
        as_title(self._title, larger=2)
        muted(self._happened)
        self._open = QPushButton()
        quiet(self._open)
        self._open.clicked.connect(self._on_open_clicked)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._open, 0, Qt.AlignmentFlag.AlignTop)
        self.keep, self.use = _Button("&Keep what stands"), _Button("&Use the other")
        self.keep.clicked.connect(self.kept)
        self.use.clicked.connect(self.used)
        self.texts, self._whos = (_Text(), _Text()), (Words(wrap=True), Words(wrap=True))
        sides = QGridLayout()
        sides.setSpacing(SPACE)
        sides.setHorizontalSpacing(2 * SPACE)
        for place, (name, who, text, button) in enumerate(
            zip(("What stands", "The other"), self._whos, self.texts, (self.keep, self.use), strict=True)
        ):
            heading = Words(name)
            as_title(heading, larger=0)
            heading.setBuddy(text)
            muted(who)
            text.setAccessibleName(name)
            who.setAlignment(Qt.AlignmentFlag.AlignTop)
            for row, widget in enumerate((heading, who, text)):
                sides.addWidget(widget, row, place)
            sides.addWidget(button, 3, place, Qt.AlignmentFlag.AlignLeft)
            sides.setColumnStretch(place, 1)
        sides.setRowStretch(2, 1)
        self.write = QPushButton("&Write a third…")
        self.write.clicked.connect(self._on_write_clicked)
        self._problem = Problem()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self._happened)
        column.addLayout(sides, 1)
        column.addWidget(self.write, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._built_third())
        column.addWidget(self._problem)

    def _built_third(self) -> QWidget:
        self._third = QWidget()
        self._third_words = Words()
        as_title(self._third_words, larger=0)
        self._third_column = QVBoxLayout()
        self.keep_third, leave = QPushButton("Keep t&his"), QPushButton("Leave it")
        primary(self.keep_third)
        quiet(leave)
        self.keep_third.clicked.connect(self._on_third_kept)
        leave.clicked.connect(self.leave_third)
        buttons = QHBoxLayout()
        buttons.addWidget(self.keep_third)
        buttons.addWidget(leave)
        buttons.addStretch()
        column = QVBoxLayout(self._third)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._third_words)
        column.addLayout(self._third_column)
        column.addLayout(buttons)
        self._third.hide()
        return self._third

    # -- what it shows

    def show_conflict(self, conflict: OpenConflict, problem: str, third: object = None) -> None:
        """Show a conflict, with what was refused of it, and what was begun as a third (None: nothing)."""
        if self._conflict is None or conflict.key != self._conflict.key:
            self.leave_third()
        self._conflict = conflict
        book, writable = self._desk.book, self._desk.writable
        whole = home(conflict, book)
        self._title.setText(subject(conflict, book))
        self._open.setText(as_item(f"Show {whole.label}"))
        self._open.setEnabled(book.find(type(whole), whole.id) is not None)
        self._happened.setText(f"{conflict.happened}, neither having seen what the other did.")
        values = [self._value(side) for side in (conflict.stands, conflict.beside)]
        one, other = values
        marks = marked(one, other) if one and other else (as_html(one), as_html(other))
        for side, value, html, text, who in zip(
            (conflict.stands, conflict.beside), values, marks, self.texts, self._whos, strict=True
        ):
            moment = side.when.astimezone()
            who.setText(f"{side.who}, {short_day(moment)} at {moment:%H:%M}")
            none = "Removed" if side.record is None else "Nothing"
            if side is conflict.stands and side.record is None and conflict.field == NEW:
                none = "Not here, because what it belongs to was removed"
                who.setText("")
            text.show_html(html if value else f"<i style='color:{colours().muted}'>{none}</i>")
        for button in (self.keep, self.use, self.write, self.keep_third):
            button.setEnabled(writable)
        self.write.setVisible(can_have_third(conflict) and self._field is None)
        self._problem.say(problem)
        if third is not None and self._field is None:
            self.begin_third(third)

    def _value(self, side: Side) -> str:
        """What a side says, as people read it; of several fields each with its name."""
        conflict, record = self._conflict, side.record
        assert conflict, "asked only while one is shown"
        if record is None:
            return ""
        names = merge_groups(conflict.kind).get(conflict.field)
        if names and len(names) == 1:
            return side.words if getattr(record, names[0]) not in (None, "") else ""
        told = [
            (specs(conflict.kind)[name].label, views.shown(self._desk.book, record, name))
            for name in names or specs(conflict.kind)
            if names or name != "programme"
        ]
        return "\n".join(f"{label}: {words}" for label, words in told if words)

    # -- a third

    @property
    def third(self) -> object:
        """What was begun as a third and differs from what stands; None where nothing was."""
        if self._field is None or self._conflict is None:
            return None
        value = self._field.value()
        name = merge_groups(self._conflict.kind)[self._conflict.field][0]
        return value if value != getattr(self._conflict.stands.record, name) else None

    def _on_write_clicked(self) -> None:
        self.begin_third()

    def begin_third(self, begun: object = None) -> None:
        """Open the field in which something else is written, filled with what stands, or what was begun."""
        assert self._conflict, "the button is there only with one"
        self._field = third_field(self._desk, self._conflict)
        if begun is not None:
            self._field.set_value(begun)
        self._third_column.addWidget(self._field)
        self._third_words.setText(f"Instead of both, the {self._conflict.names}")
        self._third.show()
        self.write.hide()
        chain_tabs(self)
        self._field.setFocus()

    def leave_third(self) -> None:
        """Give up what was begun as a third."""
        if self._field is not None:
            if self._third.isAncestorOf(self.focusWidget() or self):
                self.keep.setFocus()
            self._third_column.removeWidget(self._field)
            self._field.hide()
            self._field.deleteLater()
            self._field = None
        self._third.hide()
        self.write.setVisible(self._conflict is not None and can_have_third(self._conflict))

    @property
    def is_writing(self) -> bool:
        """Whether the field for a third is open."""
        return self._field is not None

    def _on_third_kept(self) -> None:
        self.written.emit(self._field.value())

    def _on_open_clicked(self) -> None:
        if self._conflict:
            self.record_wanted.emit(home(self._conflict, self._desk.book))


class _Text(QTextEdit):
    """A text to read: it scrolls where it is long, by the keyboard too."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setMinimumHeight(_LEAST_LINES * self.fontMetrics().lineSpacing() + 3 * SPACE)

    def show_html(self, html: str) -> None:
        """Show a text, from its beginning where it is another."""
        if html != self.property("html"):
            self.setProperty("html", html)
            self.setHtml(html)
