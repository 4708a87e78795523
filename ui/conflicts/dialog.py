"""Settling conflicts: all that wait at the left, the chosen one at the right."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from risk_register.domain.change import Command, Edit
from risk_register.domain.commands.conflict import keep_all, keep_standing, use_all, use_beside, write_third
from risk_register.domain.conflict import OpenConflict, subject
from risk_register.domain.errors import Refused, StoreError
from risk_register.domain.record import merge_groups
from risk_register.domain.text import plural
from ui.conflicts.card import Card
from ui.desk import Desk
from ui.dialog import Dialog, ask_to_discard
from ui.keys import chain_tabs
from ui.theme import SPACE, as_title, muted
from ui.words import Words

_Key = tuple[UUID, str]


class ConflictsDialog(Dialog):
    """Every conflict that waits. It goes once the last is settled."""

    jump = Signal(object)
    """A Record, to be shown where it is edited."""
    settled = Signal(str)
    """A sentence: what was settled, and how it is taken back."""

    def __init__(self, desk: Desk, first: _Key | None = None, parent: QWidget | None = None) -> None:
        super().__init__("Settle conflicts", parent)
        self._desk = desk
        self._problems: dict[_Key, str] = {}
        self._thirds: dict[_Key, object] = {}
        self._shown: OpenConflict | None = None
        self._busy = 0
        self._said = ""
        self.resize(1000, 600)
        self._heading, hint = Words(), Words(wrap=True)
        as_title(self._heading, larger=4)
        hint.setText("Nothing is lost: both are kept in History. Choose what is to stand; Undo opens it again.")
        muted(hint)
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setAccessibleName("Conflicts")
        self.list.setFixedWidth(280)
        self.card = Card(desk)
        middle = QHBoxLayout()
        middle.setSpacing(3 * SPACE)
        middle.addWidget(self.list)
        middle.addWidget(self.card, 1)
        self._all = Words()
        self.keep_all, self.use_all = QPushButton("Keep what stands"), QPushButton("Use the others")
        close = QPushButton("Close")
        for button in (self.keep_all, self.use_all, close, *self.card.findChildren(QPushButton)):
            button.setAutoDefault(False)  # Enter in a field must not settle anything
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        for widget in (self._all, self.keep_all, self.use_all):
            buttons.addWidget(widget)
        buttons.addStretch()
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(self._heading)
        column.addWidget(hint)
        column.addLayout(middle, 1)
        column.addLayout(buttons)
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.card.kept.connect(lambda: self._settle(keep_standing))
        self.card.used.connect(lambda: self._settle(use_beside))
        self.card.written.connect(self._on_written)
        self.card.record_wanted.connect(self._on_record_wanted)
        self.keep_all.clicked.connect(lambda: self._settle_all(keep_all, keep_standing))
        self.use_all.clicked.connect(lambda: self._settle_all(use_all, use_beside))
        desk.conflicts_changed.connect(self._on_conflicts_changed)
        self._fill(first)
        self.list.setFocus()

    # -- what it shows

    def _fill(self, wanted: _Key | None) -> None:
        """List the conflicts; choose the wanted one, or that which has come into its place."""
        place = max(self.list.currentRow(), 0)
        conflicts = self._desk.conflicts
        with QSignalBlocker(self.list):
            self.list.clear()
            for number, conflict in enumerate(conflicts):
                warned = "⚠ " if conflict.key in self._problems else ""
                words = f"{warned}{subject(conflict, self._desk.book)}\n{conflict.title}"
                self.list.addItem(QListWidgetItem(words))
                if conflict.key == wanted:
                    place = number
            self.list.setCurrentRow(min(place, len(conflicts) - 1))
        self._heading.setText(f"{plural(len(conflicts), 'conflict')} to settle".capitalize())
        for widget in (self._all, self.keep_all, self.use_all):
            widget.setVisible(len(conflicts) > 1)
            widget.setEnabled(self._desk.writable)
        self._all.setText(f"For all {len(conflicts)}:")
        self._show()

    def _show(self) -> None:
        place = self.list.currentRow()
        if not 0 <= place < len(self._desk.conflicts):
            return
        conflict = self._shown = self._desk.conflicts[place]
        third = self._thirds.pop(conflict.key, None)
        self.card.show_conflict(conflict, self._problems.get(conflict.key, ""), third)
        chain_tabs(self)

    def _put_third_by(self) -> None:
        """Let what was begun as a third wait at its conflict."""
        if self._shown and self.card.is_writing:
            self._thirds.pop(self._shown.key, None)
            if (third := self.card.third) is not None:
                self._thirds[self._shown.key] = third

    def _on_row_changed(self) -> None:
        self._put_third_by()
        self._show()

    def _on_conflicts_changed(self) -> None:
        self._busy = 0
        open_still = {conflict.key for conflict in self._desk.conflicts}
        self._problems = {key: why for key, why in self._problems.items() if key in open_still}
        self._thirds = {key: third for key, third in self._thirds.items() if key in open_still}
        if not open_still:
            self._thirds.clear()
            self.settled.emit(self._said or "All conflicts are settled.")
            super().reject()
            return
        self._put_third_by()
        self._fill(self._shown.key if self._shown else None)

    # -- settling

    def _settle(self, how: Callable[[OpenConflict], Command]) -> None:
        if self._shown and not self._busy:
            self._said = "All conflicts are settled. Undo opens the last one again."
            self._run(how(self._shown), self._shown)

    def _run(self, command: Command, conflict: OpenConflict) -> None:
        self._busy += 1
        self._desk.run(
            command,
            done=lambda edit: self._on_settled(conflict, edit),
            failed=lambda error: self._on_failed(conflict, error),
        )

    def _on_settled(self, conflict: OpenConflict, _edit: Edit) -> None:
        if not isValid(self):
            return
        self._problems.pop(conflict.key, None)
        self._thirds.pop(conflict.key, None)
        if self._shown and self._shown.key == conflict.key:
            self.card.leave_third()

    def _on_failed(self, conflict: OpenConflict, error: Exception) -> None:
        if not isValid(self) or not isinstance(error, (Refused, StoreError)):
            self._desk.tell(error)
            return
        self._busy = max(0, self._busy - 1)
        self._problems[conflict.key] = str(error)
        self._put_third_by()
        self._fill(self._shown.key if self._shown else conflict.key)

    def _on_written(self, value: object) -> None:
        def how(conflict: OpenConflict) -> Command:
            return write_third(conflict, **{merge_groups(conflict.kind)[conflict.field][0]: value})

        self._settle(how)

    def _settle_all(
        self, together: Callable[[list[OpenConflict]], Command], one: Callable[[OpenConflict], Command]
    ) -> None:
        """Settle all by one edit; where one of them is refused, each by its own, so that the others are settled."""
        if self._busy:
            return
        self._busy = 1
        conflicts = list(self._desk.conflicts)

        def done(edit: Edit) -> None:
            if not isValid(self):
                return
            self._thirds.clear()
            self.card.leave_third()
            self._said = f"{edit.label}. Undo opens them again."

        def failed(error: Exception) -> None:
            if not isValid(self) or not isinstance(error, (Refused, StoreError)):
                self._desk.tell(error)
                return
            self._busy, self._said = 0, ""
            for conflict in conflicts:
                self._run(one(conflict), conflict)

        self._desk.run(together(conflicts), done=done, failed=failed)

    # -- leaving

    def _on_record_wanted(self, record: object) -> None:
        self.jump.emit(record)
        self.reject()

    def reject(self) -> None:
        """Close; a third that is begun is asked about first."""
        self._put_third_by()
        if self._thirds:
            ask_to_discard(self, self._on_discarded)
        else:
            super().reject()

    def _on_discarded(self) -> None:
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps a third; Escape leaves one that is only opened, then closes."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control and self.card.is_writing:
            self.card.keep_third.click()
        elif event.key() == Qt.Key.Key_Escape and self.card.is_writing and self.card.third is None:
            self.card.leave_third()
        else:
            super().keyPressEvent(event)
