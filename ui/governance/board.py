"""The editor of one board: what it is for, who sits on it, when it meets, what it sees."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from risk_register.domain import views
from risk_register.domain.accountability import lacks, overseen, words
from risk_register.domain.cadence import Cadence
from risk_register.domain.change import Command
from risk_register.domain.commands.governance import add_board, add_person, edit_board, remove_board
from risk_register.domain.decision import Decision
from risk_register.domain.governance import Board, Person
from risk_register.domain.record import Record, specs
from risk_register.domain.risk import Risk
from risk_register.domain.text import listed
from ui.decisions import Decisions
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.fields import ChoiceField, LineField, RecordField, TextField, TitleField, choices_of
from ui.governance.meetings import Meetings
from ui.governance.members import Members
from ui.section import Row, Section
from ui.tables.editor import RecordEditor
from ui.theme import SPACE, colours, muted
from ui.words import Words, as_tip


class BoardEditor(RecordEditor[Board]):
    """Everything about one board, group or workstream."""

    def __init__(self, desk: Desk) -> None:
        none = ("No board is chosen", "Choose one in the tree, or press New board to add one below it.")
        super().__init__(desk, Board, edit_board, none, 430)
        self._build(self.page)

    def _build(self, column: QVBoxLayout) -> None:
        self.title = TitleField("What the board is called")
        self.bind("name", self.title)
        self._remove = QMenu(self)
        self._remove.addAction("Remove this board").triggered.connect(self._on_remove_asked)
        self._more = QPushButton("More")
        self._more.setAccessibleName("Remove the board")
        self._more.setMenu(self._remove)
        top = QHBoxLayout()
        top.addStretch()
        top.addWidget(self.built_history_button())
        top.addWidget(self._more)
        self._gap = Words(wrap=True)
        column.setSpacing(SPACE + 4)
        column.addLayout(top)
        column.addWidget(self.title)
        column.addWidget(self._gap)
        column.addLayout(self._built_facts())
        self.purpose = TextField("What it decides, and what it answers for", lines=3)
        self.bind("purpose", self.purpose, "Terms of reference")
        column.addWidget(self._built_label("Terms of reference", self.purpose))
        column.addWidget(self.purpose)
        self.members, self.meetings, self.decisions = Members(self.desk), Meetings(self.desk), Decisions(self.desk)
        self._oversees = Section("Sees", self.desk)
        for section in (self.members, self.meetings, self.decisions, self._oversees):
            column.addSpacing(SPACE)
            column.addWidget(section)
        for section in (self.members, self.decisions):
            section.jump.connect(self.jump)
        column.addStretch()

    def _built_facts(self) -> QGridLayout:
        desk = self.desk
        self.short = LineField()
        self.parent_field = RecordField(
            desk,
            lambda book: (board for board in book.where(Board, "programme", desk.programme) if board.id != self._id),
            self._board_command,
            "Nobody",
        )
        self.chair = RecordField(
            desk, lambda book: book.where(Person, "programme", desk.programme), self._person_command
        )
        self.cadence = ChoiceField(choices_of(Cadence), empty="Not settled")
        facts = QGridLayout()
        facts.setSpacing(SPACE)
        fields = {"parent": self.parent_field, "chair": self.chair, "short": self.short, "cadence": self.cadence}
        for place, (name, field) in enumerate(fields.items()):
            label = specs(Board)[name].label
            self.bind(name, field, label)
            row, side = divmod(place, 2)
            facts.addWidget(self._built_label(label, field), 2 * row, side)
            facts.addWidget(field, 2 * row + 1, side)
            facts.setColumnStretch(side, 1)
        return facts

    @staticmethod
    def _built_label(name: str, field: QWidget) -> QLabel:
        label = QLabel(name)
        label.setBuddy(field)
        muted(label)
        return label

    def _board_command(self, name: str) -> Command:
        assert self.desk.programme, "a board is shown, so there is a programme"
        return add_board(programme=self.desk.programme, name=name)

    def _person_command(self, name: str) -> Command:
        assert self.desk.programme, "a board is shown, so there is a programme"
        return add_person(programme=self.desk.programme, name=name)

    # -- what it shows

    def show_rest(self, record: Board | None, *, fresh: bool) -> None:
        """Show its gaps, members, meetings, decisions and what it sees."""
        del fresh
        for section in (self.members, self.meetings, self.decisions):
            section.show_board(record)
        if record is None:
            return
        gaps = lacks(self.desk.book, record, self.desk.today())
        told = listed(list(gaps))
        self._gap.setText(f"⚠ {told[:1].upper()}{told[1:]}.")
        self._gap.setStyleSheet(f"color: {colours().bad};")
        self._gap.setVisible(bool(gaps))
        for field in (self.title, self.short, self.purpose):
            field.setReadOnly(not self.desk.writable)
        for widget in (self.parent_field, self.chair, self.cadence, self._more):
            widget.setEnabled(self.desk.writable)
        seen = [item for item in overseen(self.desk.book, record) if not isinstance(item, Decision)]
        self._oversees.count(len(seen))
        self._oversees.show_rows(map(self._seen_row, seen), "No risk and no outcome names it.")

    def _seen_row(self, record: Record) -> Row:
        book = self.desk.book
        score = views.score(book, record) if isinstance(record, Risk) else None
        told = f"{score.score} {views.band_name(book, record)}" if score and isinstance(record, Risk) else ""
        return Row(record.id, (record, told), partial(self._built_seen, record, told))

    def _built_seen(self, record: Record, told: str) -> QWidget:
        row = QWidget()
        name = ElidedButton(words(record))
        name.setToolTip(as_tip(f"{words(record)}\nOpen it"))
        name.clicked.connect(lambda: self.jump.emit(record))
        score = Words(told)
        muted(score)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(name, 1)
        line.addWidget(score)
        return row

    # -- what it does

    def _on_remove_asked(self) -> None:
        if self.record:
            self.desk.run(remove_board(self.record))

    def keep(self) -> None:
        """Keep what is being typed, in the rows too."""
        super().keep()
        self.members.keep()
        self.meetings.keep()

    def unsaved_words(self) -> list[str]:
        """What was typed or begun and is not kept, a line each."""
        return [*super().unsaved_words(), *self.members.unsaved_words(), *self.meetings.unsaved_words()]
