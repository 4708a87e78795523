"""When a board meets: its meetings, and the day by which the next is due."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from risk_register.domain.commands.governance import add_meeting, edit_meeting, remove_meeting
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Board, Meeting
from risk_register.domain.meetings import meetings_of, next_meeting
from risk_register.domain.text import plural, short_day
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, LineField, TextField
from ui.form import Drafts
from ui.keys import chain_tabs
from ui.rows import RecordRow, RecordSection
from ui.section import remover
from ui.theme import colours, quiet
from ui.words import Words

_MOST = 4
"""So many meetings are shown at first: the next, and what was decided at lately."""


def next_words(desk: Desk, board: Board) -> tuple[str, bool]:
    """When a board meets next, in words, and whether that is overdue: `Next: 3 Dec 2026, in 8 days`."""
    today = desk.today()
    found = next_meeting(desk.book, board, today)
    if found is None:
        return ("", False)
    if found.meeting is None:
        late = (today - found.on).days
        told = f"due since {short_day(found.on)}" if late > 0 else f"due by {short_day(found.on)}"
        return (f"Next: none arranged, {told}", late > 0)
    days = (found.on - today).days
    when = f"in {plural(days, 'day')}" if days else "today"
    return (f"Next: {short_day(found.on)}, {when}", False)


class _MeetingRow(RecordRow[Meeting]):
    """One meeting: day, place, whether it was called off, and notes."""

    def __init__(self, desk: Desk, meeting: Meeting, drafts: Drafts) -> None:
        super().__init__(desk, meeting, edit_meeting, drafts)
        self.on = DateField(desk.today, clearable=False)
        self.place = LineField("Place")
        self.cancelled = ChoiceField([(False, "Takes place"), (True, "Cancelled")])
        self.cancelled.setFixedWidth(130)
        self.notes = TextField("Notes", lines=1)
        remove = remover(f"Remove the {meeting.label}")
        remove.clicked.connect(self._on_remove_clicked)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.on)
        row.addWidget(self.place, 1)
        row.addWidget(self.cancelled)
        row.addWidget(remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.notes)
        for name, field in (("on", self.on), ("place", self.place), ("cancelled", self.cancelled)):
            field.setAccessibleName(f"{'Day' if name == 'on' else name.capitalize()} of the {meeting.label}")
        self.notes.setAccessibleName(f"Notes on the {meeting.label}")
        self.form.bind("on", self.on)
        self.form.bind("place", self.place)
        self.form.bind("cancelled", self.cancelled)
        self.form.bind("notes", self.notes)
        for widget in (self.on, self.cancelled, remove):
            widget.setEnabled(desk.writable)
        for text in (self.place, self.notes):
            text.setReadOnly(not desk.writable)

    def _on_remove_clicked(self) -> None:
        meeting = self.form.record
        if isinstance(meeting, Meeting):
            self.desk.run(remove_meeting(meeting))


class Meetings(RecordSection[Meeting]):
    """The meetings of a board, the newest first, and a line that adds one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Meetings", desk, Meeting, lambda meeting, drafts: _MeetingRow(desk, meeting, drafts))
        self._board: Board | None = None
        self._all = False
        self._next = Words(wrap=True)
        self.column.insertWidget(1, self._next)
        self._more = QPushButton()
        quiet(self._more)
        self._more.clicked.connect(self._on_more_clicked)
        self.on = DateField(desk.today)
        self.on.setAccessibleName("Day of a meeting to add")
        self.add = QPushButton("Add meeting")
        self.add.clicked.connect(self._on_add_clicked)
        self.on.returnPressed.connect(self._on_add_clicked)
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.on)
        row.addWidget(self.add)
        row.addStretch()
        row.addWidget(self._more)
        self.column.addWidget(self._line)

    def show_board(self, board: Board | None) -> None:
        """Show another board's meetings, or the same one's after an edit."""
        if board is None or self._board is None or board.id != self._board.id:
            self.problem.say("")
            self._all = False
            self.on.set_value(None)
        self._board = board
        meetings = meetings_of(self.desk.book, board) if board else []
        self.count(len(meetings))
        told, late = next_words(self.desk, board) if board else ("", False)
        self._next.setText(told)
        self._next.setVisible(bool(told))
        self._next.setStyleSheet(f"color: {colours().bad if late else colours().text}; font-weight: 600;")
        shown = meetings if self._all else self._first(meetings)
        self.show_records(shown, "No meeting is noted yet.")
        left = len(meetings) - len(shown)
        self._more.setText(f"{plural(left, 'earlier one', 'earlier ones')}")
        self._more.setVisible(left > 0)
        self.on.setEnabled(self.desk.writable)
        self.add.setEnabled(self.desk.writable)

    def _first(self, meetings: list[Meeting]) -> list[Meeting]:
        """All that are to come, and the latest of the others."""
        coming = sum(meeting.on >= self.desk.today() for meeting in meetings)
        return meetings[: max(_MOST, coming + 1)]

    def _on_more_clicked(self) -> None:
        self._all = True
        self.show_board(self._board)
        chain_tabs(self)

    def _on_add_clicked(self) -> None:
        board = self._board
        if board is None:
            return
        try:
            on = self.on.day()
        except Refused as error:
            self.problem.fail(error, self.desk)
            return
        if on is None:
            self.problem.say("Give the day of the meeting that you add.")
            self.on.setFocus()
            return
        self.desk.run(
            add_meeting(board=board.id, on=on), done=lambda _: self._on_added(), failed=self._on_failed, once=self
        )

    def _on_added(self) -> None:
        self.problem.say("")
        self.on.set_value(None)

    def _on_failed(self, error: Exception) -> None:
        self.problem.fail(error, self.desk)

    def unsaved_words(self) -> list[str]:
        """What was typed and is not kept, a line each; a day begun too."""
        begun = [f"{self._board.label}, a meeting on {self.on.text()}"] if self._board and self.on.text() else []
        return super().unsaved_words() + begun
