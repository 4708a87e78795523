"""Forms that keep themselves: no Save button, nothing typed is lost."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
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
from risk_register.domain.text import one_line
from ui.desk import Desk
from ui.fields import Field, LineField, PercentField, TextField
from ui.theme import colours, mark_wrong
from ui.words import Words


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed in a field and not kept, and the sentence that said why."""

    value: Any
    why: str = ""


Drafts = dict[UUID, dict[str, Draft]]
"""What was typed and not kept: drafts by field, by the record they were typed for."""


def draft_words(book: Book, kind: type[Record], drafts: Drafts) -> list[str]:
    """What was typed and not kept, a line each: `R-004, title: Resources …`."""
    told = []
    for id, fields in drafts.items():
        record = book.find(kind, id)
        for name, draft in fields.items():
            words = one_line(str(draft.value if draft.value is not None else "")) or "nothing"
            told.append(f"{record.label if record else kind.called}, {specs(kind)[name].label.lower()}: {words[:60]}")
    return told


class Begun(QObject):
    """A field beside a record that is only kept when asked: a note, a new action. What is begun waits at its record.

    `rest` gives what stands in the field while nothing is begun.
    """

    def __init__(self, field: LineField | TextField | PercentField, rest: Callable[[Any], Any] = lambda _: "") -> None:
        super().__init__(field)
        self._field, self._rest = field, rest
        self._record: Record | None = None
        self._waiting: dict[UUID, tuple[Record, Any]] = {}

    def show(self, record: Record | None) -> None:
        """Go to another record, where what was begun for it is there again; or to the same one after an edit."""
        if record is not None and self._record is not None and record.id == self._record.id:
            if not self.is_begun:
                self._field.set_value(self._rest(record))
            self._record = record
            return
        self._waiting = self._all()
        self._record = record
        if record is not None:
            _, value = self._waiting.pop(record.id, (record, self._rest(record)))
            self._field.set_value(value)

    @property
    def is_begun(self) -> bool:
        """Whether something is begun for the record shown."""
        value = self._field.value()
        typed = value.strip() if isinstance(value, str) else value
        return self._record is not None and bool(typed != self._rest(self._record))

    def _all(self) -> dict[UUID, tuple[Record, Any]]:
        shown = {self._record.id: (self._record, self._field.value())} if self._record and self.is_begun else {}
        return self._waiting | shown

    def finish(self, record: Record) -> None:
        """What was begun for a record is kept: it need not wait any more."""
        if self._record is not None and self._record.id == record.id:
            self._field.set_value(self._rest(self._record))
        self._waiting.pop(record.id, None)

    def unsaved_words(self) -> list[str]:
        """What was begun and not kept, a line each: `R-004: Ask the ICB …`."""
        return [f"{record.label}: {one_line(str(value))[:60]}" for record, value in self._all().values()]


class Form(QObject):
    """Keeps the fields of one record as they are edited.

    It remembers what its author saw, field by field: a field being typed in keeps what it began from, so a change that
    arrives meanwhile is a conflict and not an overwriting. What was refused stays in its field, marked, while the other
    fields are kept; also when one goes to another record and comes back: it waits in `drafts`, which forms that come
    and go may share.
    """

    problem = Signal(str)
    """Why fields are marked, a sentence each line; "" when all is well again."""

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
        self._wrong: dict[str, str] = {}

    def bind(self, name: str, field: Any) -> None:  # noqa: ANN401  a Field; PySide6's stubs hide its signal
        """Let a field of the record be edited by a widget."""
        self._fields[name] = field
        field.kept.connect(self.keep)
        if isinstance(field, TextField):
            field.too_long.connect(lambda sentence: self._tell(self._wrong | {"": sentence}))

    @property
    def record(self) -> Record | None:
        """The record as its author saw it."""
        return self._seen

    def show(self, record: Record | None) -> None:
        """Edit another record."""
        self.keep()
        if self._seen is not None and (unsaved := self._unsaved()):
            self._drafts[self._seen.id] = unsaved
        self._seen, self._sent = record, {}
        drafts = self._drafts.pop(record.id, {}) if record is not None else {}
        for name, field in self._fields.items() if record is not None else ():
            field.set_value(drafts[name].value if name in drafts else getattr(record, name))
        self._tell({name: draft.why for name, draft in drafts.items() if draft.why})

    def take(self, now: Record) -> None:
        """The record has changed: show it in all fields but those that hold something not kept yet."""
        self._take_but({name for name in self._typed() if self._cleaned(name) != getattr(now, name)}, now)

    def _take_but(self, typed: Collection[str], now: Record) -> None:
        self._seen = replace(now, **{name: getattr(self._seen, name) for name in typed})
        self._show_but(typed)
        self._tell({name: why for name, why in self._wrong.items() if name in typed})

    def _show_but(self, typed: Collection[str]) -> None:
        """Show what the record holds in all fields but those typed in.

        The one with the cursor is left alone too where it says the same: a space at its end is the next word's.
        """
        for name, field in self._fields.items():
            if name not in typed and not (field.hasFocus() and not self._differs(name)):
                field.set_value(getattr(self._seen, name))

    def _typed(self) -> dict[str, Any]:
        """The fields that hold something else than the record."""
        return {name: field.value() for name, field in self._fields.items() if self._differs(name)}

    def _differs(self, name: str) -> bool:
        return bool(self._cleaned(name) != getattr(self._seen, name))

    def _cleaned(self, name: str) -> Any:  # noqa: ANN401
        return cleaned(self._kind, {name: self._fields[name].value()})[name]

    @property
    def has_unsaved(self) -> bool:
        """Whether what is typed in the record shown is not kept."""
        return self._seen is not None and bool(self._typed())

    def _unsaved(self) -> dict[str, Draft]:
        return {name: Draft(value, self._wrong.get(name, "")) for name, value in self._typed().items()}

    def unsaved(self) -> Drafts:
        """What was typed and is not kept, by record and field."""
        shown = {self._seen.id: typed} if self._seen is not None and (typed := self._unsaved()) else {}
        return self._drafts | shown

    # -- keeping

    def keep(self) -> None:
        """Keep what differs."""
        if self._seen is None or not self._desk.writable:
            return
        typed = self._typed()
        self._show_but(typed)
        if typed and typed != self._sent:
            self._sent = typed
            self._send(self._seen, typed)

    def _send(self, seen: Record, typed: dict[str, Any]) -> None:
        self._desk.run(
            self._edit(seen, **typed),
            done=lambda edit: self._on_kept(seen, typed, edit),
            failed=lambda error: self._on_failed(seen, typed, error),
        )

    def _shows(self, record: Record) -> bool:
        return isValid(self) and self._seen is not None and self._seen.id == record.id

    def _on_kept(self, record: Record, sent: Collection[str], edit: Edit) -> None:
        # What somebody had changed meanwhile was left out: it waits, the rest is kept.
        self._settle(record, set(sent) - {item.field for item in edit.stale})

    def _settle(self, record: Record, names: Collection[str]) -> None:
        """Those fields of a record are as in the register: nothing of them waits any more."""
        left = {name: draft for name, draft in self._drafts.pop(record.id, {}).items() if name not in names}
        if left:
            self._drafts[record.id] = left
        if self._shows(record):
            self._sent = {name: value for name, value in self._sent.items() if name not in names}
            for name in names:
                field = self._fields[name]
                if isinstance(field, (LineField, TextField)) and not self._differs(name):
                    field.forget_typing()

    def _on_failed(self, record: Record, sent: dict[str, Any], error: Exception) -> None:
        if isinstance(error, Unchanged):
            self._settle(record, sent)
        elif not isinstance(error, (Refused, StoreError)):
            self._desk.broken.emit(error)
        else:
            hint = " Press Escape in the field to take what is there now." if isinstance(error, Conflict) else ""
            wrong = _named(error) & sent.keys()
            self._refuse(record, wrong, f"{error}{hint}")
            if wrong and (rest := {name: value for name, value in sent.items() if name not in wrong}):
                self._send(record, rest)  # one that is refused does not hold up the others

    def _refuse(self, record: Record, names: Collection[str], sentence: str) -> None:
        """Mark the fields, or say of the record as a whole that it was not kept."""
        if self._shows(record):
            self._tell(self._wrong | dict.fromkeys(names or [""], sentence))
            return
        # The person has gone on to another record: they are told above the screen, and the text waits in this one.
        waiting = self._drafts.get(record.id, {})
        for name in waiting.keys() & set(names):
            waiting[name] = replace(waiting[name], why=sentence)
        self._desk.refused.emit(Refused(f"{record.label}: {sentence} What you typed waits there."))

    def take_theirs(self, *, everywhere: bool = False) -> bool:
        """Give up what is typed in the field with the cursor, or everywhere, for what the register holds.

        Returns whether there was any.
        """
        typed = set(self._typed()) if self._seen is not None else set()
        here = {name for name in typed if everywhere or self._fields[name].hasFocus()}
        if self._seen is None or not here:
            return False
        now = self._desk.book.find(self._kind, self._seen.id)
        if now is not None:
            self._sent = {name: value for name, value in self._sent.items() if name not in here}
            self._take_but(typed - here, now)
        return True

    def _tell(self, wrong: dict[str, str]) -> None:
        """Mark the fields that were refused, and say why."""
        told = bool(self._wrong)
        self._wrong = wrong
        for name, field in self._fields.items():
            if isinstance(field, QWidget):
                mark_wrong(field, wrong=name in wrong)
        if wrong or told:
            self.problem.emit("\n".join(dict.fromkeys(wrong.values())))


def _named(error: Exception) -> set[str]:
    """The fields that are to blame."""
    if isinstance(error, Conflict):
        return {item.field for item in error.stale}
    return {error.field} if isinstance(error, Refused) else set()


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
        self.setText("\n".join(f"⚠ {line}" for line in sentence.splitlines()))
        self.setStyleSheet(f"color: {colours().bad};")
        self.setVisible(bool(sentence))
