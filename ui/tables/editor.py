"""The editor beside a table: one record on one page, its fields keeping themselves."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from risk_register.domain.change import Command, Edit
from risk_register.domain.record import Record
from risk_register.domain.text import listed
from ui.conflicts import DisputeLine
from ui.desk import Desk
from ui.fields import RecordField, TitleField
from ui.form import Form, Problem, draft_words
from ui.keys import chain_tabs
from ui.screen import Empty
from ui.sharing.company import CompanyLine
from ui.theme import SPACE, muted, quiet
from ui.words import Words

R = TypeVar("R", bound=Record)


class RecordEditor(QWidget, Generic[R]):
    """Everything about one record. Who makes it lays out `page` and binds fields to `form`.

    `edit` makes the command that keeps the fields; `none` is said while no record is chosen: what, and what to do.
    """

    jump = Signal(object)
    """A record that was asked for, to be shown on its own screen."""
    history_wanted = Signal(object)
    """The record shown: its history was asked for."""
    settle_wanted = Signal(object)
    """The key of an OpenConflict of the record shown: it is to be settled."""
    title: TitleField

    def __init__(
        self, desk: Desk, kind: type[R], edit: Callable[..., Command], none: tuple[str, str], width: int
    ) -> None:
        super().__init__()
        self.desk = desk
        self._kind = kind
        self._id: UUID | None = None
        self.form = Form(desk, kind, edit, self)
        self.problem = Problem()
        self.form.problem.connect(self.problem.say)
        self.record_fields: list[RecordField] = []
        self.aliases = Words()
        self.aliases.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.aliases.setToolTip("Its reference before it was renumbered; searching for that finds it too")
        muted(self.aliases)
        self.aliases.hide()
        page = QWidget()
        page.setProperty("page", True)
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.page = QVBoxLayout(page)
        self.page.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 4 * SPACE)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(page)
        self.problem.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, SPACE)
        self.problem.setProperty("strip", True)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.dispute = DisputeLine(desk)
        self.dispute.settle_wanted.connect(self._on_settle_wanted)
        column.addWidget(self.dispute)
        self.company = CompanyLine(desk)
        column.addWidget(self.company)
        column.addWidget(self._area, 1)
        column.addWidget(self.problem)  # below the page, so that it is in view wherever one has scrolled to
        self._stack = QStackedLayout(self)
        self._stack.addWidget(Empty(*none))
        self._stack.addWidget(whole)
        self.setMinimumWidth(width)

    def _on_settle_wanted(self, key: object) -> None:
        self.keep()
        self.settle_wanted.emit(key)

    def _tell_aliases(self) -> None:
        aliases = getattr(self.record, "aliases", ())
        self.aliases.setText(f"was {listed(list(aliases))}" if aliases else "")
        self.aliases.setVisible(bool(aliases))

    def built_history_button(self) -> QPushButton:
        """A button that asks for the record's history."""
        button = QPushButton("History")
        quiet(button)
        button.setToolTip("Who changed what, when and why")
        button.clicked.connect(lambda: self.history_wanted.emit(self.record))
        return button

    @property
    def record(self) -> R | None:
        """The record as it is now."""
        return self.desk.book.find(self._kind, self._id)

    @property
    def shown_id(self) -> UUID:
        """The id of the record that is shown."""
        assert self._id, "asked only while a record is shown"
        return self._id

    def show_id(self, id: UUID | None) -> None:
        """Edit another record; what was typed in this one is kept first."""
        if id == self._id and id is not None:
            return
        self.keep()
        self._id = id
        self._fill()
        self.form.show(self.record)
        self.dispute.show_id(id)
        self.company.show_id(id)
        if self.isVisible():
            self.desk.sharing.look_at(id)
        self._tell_aliases()
        self._stack.setCurrentIndex(1 if self.record else 0)
        self.show_rest(self.record, fresh=True)
        chain_tabs(self)
        self._area.verticalScrollBar().setValue(0)

    def take(self, edit: Edit) -> None:
        """An edit was kept: show what it changed, leaving alone what is being typed."""
        del edit
        self.refresh()

    def refresh(self) -> None:
        """Show the record as it is now, leaving alone what is being typed."""
        if self._id is None:
            return
        record = self.record
        if record is None:
            self.show_id(None)
            return
        self._fill()
        self.form.take(record)
        self._tell_aliases()
        self.show_rest(record, fresh=False)
        chain_tabs(self)

    def reload(self) -> None:
        """Another register or programme: nothing is chosen."""
        self.form.show(None)
        self._id = None
        self._stack.setCurrentIndex(0)

    def show_rest(self, record: R | None, *, fresh: bool) -> None:
        """Show what is not a field of the form. `fresh`: another record than before."""
        raise NotImplementedError

    def keep(self) -> None:
        """Keep what is being typed, at once."""
        self.form.keep()

    def unsaved_words(self) -> list[str]:
        """What was typed and is not kept, a line each."""
        return draft_words(self.desk.book, self._kind, self.form.unsaved())

    def showEvent(self, event: QShowEvent) -> None:
        """Colleagues see at which record one is."""
        super().showEvent(event)
        self.desk.sharing.look_at(self._id)

    def hideEvent(self, event: QHideEvent) -> None:
        """One is at none any more."""
        super().hideEvent(event)
        self.desk.sharing.look_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed and refused."""
        if event.key() != Qt.Key.Key_Escape or not self.form.take_theirs():
            super().keyPressEvent(event)

    def bind(self, name: str, field: Any, words: str = "") -> None:  # noqa: ANN401  a Field
        """Let a widget edit a field of the record; `words` name it to a screen reader."""
        field.setAccessibleName(words or name.capitalize())
        self.form.bind(name, field)
        if isinstance(field, RecordField):
            self.record_fields.append(field)

    def _fill(self) -> None:
        for field in self.record_fields:
            field.fill(self.desk.book)
