"""Forms that keep themselves: no Save button, nothing typed is lost."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from risk_register.domain.book import Book
from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.edits import Unchanged, cleaned
from risk_register.domain.errors import Conflict, Refused, StoreError
from risk_register.domain.record import Record, specs
from ui.desk import Desk
from ui.fields import Field, LineField, TextField
from ui.theme import colours
from ui.words import Words

Drafts = dict[UUID, dict[str, Any]]
"""What was typed and not kept: values by field, by the record they were typed for."""


def draft_words(book: Book, kind: type[Record], drafts: Drafts) -> list[str]:
    """What was typed and not kept, a line each: `R-004, title: Resources …`."""
    told = []
    for id, fields in drafts.items():
        record = book.find(kind, id)
        for name, value in fields.items():
            words = " ".join(str(value if value is not None else "nothing").split()) or "nothing"
            told.append(f"{record.label if record else kind.called}, {specs(kind)[name].label.lower()}: {words[:60]}")
    return told


class Begun(QObject):
    """A field beside a record that is only kept when asked: a note, a new action. What is begun waits at its record."""

    def __init__(self, field: LineField | TextField) -> None:
        super().__init__(field)
        self._field = field
        self._record: Record | None = None
        self._waiting: dict[UUID, tuple[Record, str]] = {}

    def show(self, record: Record | None) -> None:
        """Go to another record: what was begun for it is there again."""
        if record is not None and self._record is not None and record.id == self._record.id:
            return
        self._waiting = self._all()
        self._record = record
        self._field.set_value(self._waiting.pop(record.id)[1] if record and record.id in self._waiting else "")

    def _all(self) -> dict[UUID, tuple[Record, str]]:
        shown = (
            {self._record.id: (self._record, self._field.value())}
            if self._record and self._field.value().strip()
            else {}
        )
        return self._waiting | shown

    def finish(self, record: Record) -> None:
        """What was begun for a record is kept: it need not wait any more."""
        if self._record is not None and self._record.id == record.id:
            self._field.set_value("")
        self._waiting.pop(record.id, None)

    def unsaved_words(self) -> list[str]:
        """What was begun and not kept, a line each: `R-004: Ask the ICB …`."""
        return [f"{record.label}: {' '.join(text.split())[:60]}" for record, text in self._all().values()]


class Form(QObject):
    """Keeps the fields of one record as they are edited.

    It remembers what its author saw, field by field: a field being typed in keeps what it began from, so a change that
    arrives meanwhile is a conflict and not an overwriting. A text that was refused stays in its field, also when one
    goes to another record and comes back: it waits in `drafts`, which forms that come and go may share.
    """

    problem = Signal(str)
    """A sentence about the fields; "" when all is well again."""

    def __init__(
        self,
        desk: Desk,
        kind: type[Record],
        edit: Callable[..., Command],
        parent: QObject | None = None,
        drafts: Drafts | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._kind, self._edit = desk, kind, edit
        self._fields: dict[str, Field] = {}
        self._seen: Record | None = None
        self._drafts: Drafts = {} if drafts is None else drafts
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
        typed = {
            name: value for name, value in cleaned(self._kind, self._typed()).items() if value != getattr(now, name)
        }
        self._seen = replace(now, **{name: getattr(self._seen, name) for name in typed})
        self._show_but(typed)
        if not typed:
            self._mark(None)

    def _show_but(self, typed: Collection[str]) -> None:
        """Show what the record holds in all fields but those typed in.

        The one with the cursor is left alone too where it says the same: a space at its end is the next word's.
        """
        for name, field in self._fields.items():
            if name not in typed and not (field.hasFocus() and not self._differs(name, field.value())):
                field.set_value(getattr(self._seen, name))

    def _typed(self) -> dict[str, Any]:
        """The fields that hold something else than the record."""
        return {name: field.value() for name, field in self._fields.items() if self._differs(name, field.value())}

    def _differs(self, name: str, value: Any) -> bool:  # noqa: ANN401
        return bool(cleaned(self._kind, {name: value})[name] != getattr(self._seen, name))

    @property
    def has_unsaved(self) -> bool:
        """Whether what is typed in the record shown is not kept."""
        return self._seen is not None and bool(self._typed())

    def unsaved(self) -> Drafts:
        """What was typed and is not kept, by record and field."""
        shown = {self._seen.id: typed} if self._seen is not None and (typed := self._typed()) else {}
        return self._drafts | shown

    def keep(self) -> None:
        """Keep what differs."""
        if self._seen is None or not self._desk.writable:
            return
        typed = self._typed()
        self._show_but(typed)
        if typed and typed != self._sent:
            self._sent = typed
            seen = self._seen
            self._desk.run(
                self._edit(seen, **typed),
                done=lambda edit: self._on_kept(seen, edit),
                failed=lambda error: self._on_failed(seen, error),
            )

    def _shows(self, record: Record) -> bool:
        return isValid(self) and self._seen is not None and self._seen.id == record.id

    def _on_kept(self, record: Record, edit: Edit) -> None:
        # What somebody had changed meanwhile was left out: it waits, the rest is kept.
        stale = {item.field for item in edit.stale}
        left = {name: value for name, value in self._drafts.pop(record.id, {}).items() if name in stale}
        if left:
            self._drafts[record.id] = left
        if self._shows(record):
            self._sent = {}

    def _on_failed(self, record: Record, error: Exception) -> None:
        if isinstance(error, Unchanged):
            self._drafts.pop(record.id, None)
            if self._shows(record):
                self._sent = {}
        elif not isinstance(error, (Refused, StoreError)):
            self._desk.broken.emit(error)
        elif not self._shows(record):
            # The person has gone on to another record: they are told above the screen, and the text waits in this one.
            self._desk.refused.emit(Refused(f"{record.label}: {error} What you typed waits there."))
        elif isinstance(error, Conflict):
            self._on_conflict(error)
        else:
            self._mark(getattr(error, "field", "") or None)
            self.problem.emit(str(error))

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


class Problem(Words):
    """Where a form says what is wrong: red, with a sign, and only there when there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wrap=True, parent=parent)
        self.hide()

    def fail(self, error: Exception, desk: Desk) -> None:
        """Say what was refused; a bug goes to the window."""
        if isinstance(error, (Refused, StoreError)):
            self.say(str(error))
        else:
            desk.broken.emit(error)

    def say(self, sentence: str) -> None:
        """Say a sentence, or nothing."""
        self.setText(f"⚠ {sentence}" if sentence else "")
        self.setStyleSheet(f"color: {colours().bad};")
        self.setVisible(bool(sentence))
