"""The people of a programme: what each holds, and giving it to somebody else."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from risk_register.domain.accountability import held, words
from risk_register.domain.book import Book
from risk_register.domain.change import Command
from risk_register.domain.commands.edits import unused_name
from risk_register.domain.commands.governance import add_organisation, add_person, edit_person, remove_person
from risk_register.domain.governance import Board, Membership, Organisation, Person
from risk_register.domain.record import Record, specs
from risk_register.domain.risk import Risk
from risk_register.domain.text import fold, listed, short_day
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.fields import DateField, LineField, RecordField, TitleField
from ui.governance.reassign import ReassignDialog
from ui.section import Row, Section
from ui.tables.columns import Column
from ui.tables.editor import RecordEditor
from ui.tables.filters import Filter, Filters
from ui.tables.model import RecordModel
from ui.tables.screen import TableScreen
from ui.theme import SPACE, muted
from ui.words import Words, as_tip


def boards_of(book: Book, person: Person) -> dict[Board, str]:
    """The boards that somebody chairs or sits on, by name, and what they are there."""
    found = {book.get(Board, seat.board): seat.role or "Member" for seat in book.where(Membership, "person", person.id)}
    found |= dict.fromkeys(book.where(Board, "chair", person.id), "Chair")
    return dict(sorted(found.items(), key=lambda item: fold(item[0].name)))


def _holds(book: Book, person: Person) -> int:
    """How much somebody holds, seats on boards apart."""
    return sum(len(records) for post, records in held(book, person.id).items() if post.kind not in (Membership, Board))


class People(TableScreen[Person]):
    """Everybody whom the programme names."""

    title = "People"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            name="people",
            kind=Person,
            model=RecordModel(
                _columns(desk),
                lambda book: book.where(Person, "programme", desk.programme),
                lambda _edit, _book: None,  # what they hold can change with any record
                lambda _book, person: person.email,
            ),
            filters=Filters("people", _filters(desk), "Type to filter"),
            sort=(0, Qt.SortOrder.AscendingOrder),
            editor=PersonEditor(desk),
            add=lambda programme: add_person(
                programme=programme, name=unused_name(desk.book, programme, Person, "New person")
            ),
            many="people",
            none=("Nobody yet", "Add those who own, lead, chair or decide: by name, by role, or by both."),
        )
        self._head.show_name(shown=False)


def _columns(desk: Desk) -> list[Column[Person]]:
    def left(_book: Book, person: Person) -> bool:
        return person.has_left(desk.today())

    return [
        Column("label", "Person", lambda _, person: person.label, width=220),
        Column("role", "Role", lambda _, person: person.role, width=200, shown=False),
        Column("organisation", "Organisation", _organisation, width=120),
        Column(
            "boards", "Boards", lambda book, person: listed([item.label for item in boards_of(book, person)]), width=170
        ),
        Column("holds", "Holds", lambda book, person: str(_holds(book, person) or ""), _holds, width=70, right=True),
        Column(
            "left",
            "Left",
            lambda _, person: short_day(person.left_on),
            lambda _, person: person.left_on,
            width=110,
            alarm=left,
        ),
    ]


def _organisation(book: Book, person: Person) -> str:
    found = book.find(Organisation, person.organisation)
    return found.label if found else ""


def _filters(desk: Desk) -> list[Filter[Person]]:
    return [
        Filter(
            "organisation",
            "Organisation",
            lambda _, person, chosen: str(person.organisation) in chosen,
            lambda book: [
                *sorted(
                    ((str(item.id), item.label) for item in book.where(Organisation, "programme", desk.programme)),
                    key=lambda item: fold(item[1]),
                ),
                ("None", "None named"),
            ],
        ),
        Filter("left", "Has left", lambda _, person, __: person.has_left(desk.today())),
        Filter("holds", "Holds something", lambda book, person, _: bool(held(book, person.id))),
    ]


class PersonEditor(RecordEditor[Person]):
    """Everything about one person."""

    def __init__(self, desk: Desk) -> None:
        none = ("Nobody is chosen", "Choose somebody in the table, or press New person.")
        super().__init__(desk, Person, edit_person, none, 400)
        self._build(self.page)

    def _build(self, column: QVBoxLayout) -> None:
        desk = self.desk

        def add(name: str) -> Command:
            assert desk.programme, "somebody is shown, so there is a programme"
            return add_organisation(programme=desk.programme, name=name)

        self.title = TitleField("Name, if it is known")
        self.role = LineField("What they are there for")
        self.organisation = RecordField(
            desk, lambda book: book.where(Organisation, "programme", desk.programme), add, "None named"
        )
        self.email = LineField()
        self.left_on = DateField(desk.today)
        self.bind("name", self.title)
        facts = QGridLayout()
        facts.setSpacing(SPACE)
        for name, row, side, wide in (
            ("role", 0, 0, 2),
            ("organisation", 1, 0, 1),
            ("left_on", 1, 1, 1),
            ("email", 2, 0, 2),
        ):
            told, field = specs(Person)[name].label, getattr(self, name)
            self.bind(name, field, told)
            label = QLabel(told)
            label.setBuddy(field)
            muted(label)
            facts.addWidget(label, 2 * row, side)
            facts.addWidget(field, 2 * row + 1, side, 1, wide)
            facts.setColumnStretch(side, 1)
        self._more = QPushButton("More")
        self._more.setAccessibleName("Remove the person")
        menu = QMenu(self)
        menu.addAction("Remove this person").triggered.connect(self._on_remove_asked)
        self._more.setMenu(menu)
        top = QHBoxLayout()
        top.addStretch()
        top.addWidget(self.built_history_button())
        top.addWidget(self._more)
        self._boards, self._holds = Section("Sits on", desk), Section("Holds", desk)
        self.reassign = self._holds.add_tool("Give to somebody else…", self._on_reassign_asked)
        column.setSpacing(SPACE + 4)
        column.addLayout(top)
        column.addWidget(self.title)
        column.addLayout(facts)
        for section in (self._boards, self._holds):
            column.addSpacing(SPACE)
            column.addWidget(section)
        column.addStretch()

    def show_rest(self, record: Person | None, *, fresh: bool) -> None:
        """Show what somebody sits on and holds."""
        del fresh
        if record is None:
            return
        book, writable = self.desk.book, self.desk.writable
        for field in (self.title, self.role, self.email, self.left_on):
            field.setReadOnly(not writable)
        for widget in (self.organisation, self._more, self.reassign):
            widget.setEnabled(writable)
        boards = boards_of(book, record)
        self._boards.count(len(boards))
        self._boards.show_rows(
            [self._row(board, board.name, seat) for board, seat in boards.items()], "They sit on no board."
        )
        rows = [
            self._row(item, words(item), specs(post.kind)[post.field].label)
            for post, records in held(book, record.id).items()
            if post.kind not in (Membership, Board)
            for item in records
        ]
        self._holds.count(len(rows))
        self._holds.show_rows(rows, "Nothing that is still to be done names them.")

    def _row(self, record: Record, named: str, told: str) -> Row:
        return Row(record.id, (named, told), partial(self._built_row, record, named, told))

    def _built_row(self, record: Record, named: str, told: str) -> QWidget:
        row = QWidget()
        name, as_what = ElidedButton(named), Words(told)
        name.setToolTip(as_tip(f"{named}\nOpen it"))
        muted(as_what)
        # A control has no page of its own: it stands on its risk's.
        whole = self.desk.book.find(Risk, getattr(record, "risk", None)) or record
        name.clicked.connect(lambda: self.jump.emit(whole))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(name, 1)
        line.addWidget(as_what)
        return row

    def _on_reassign_asked(self) -> None:
        if self.record:
            self.keep()
            ReassignDialog(self.desk, self.record, self).open()

    def _on_remove_asked(self) -> None:
        if self.record:
            self.desk.run(remove_person(self.record))
