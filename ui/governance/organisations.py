"""The partners of a programme, and who is of them."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from risk_register.domain.book import Book
from risk_register.domain.commands.edits import unused_name
from risk_register.domain.commands.governance import add_organisation, edit_organisation, remove_organisation
from risk_register.domain.governance import Organisation, Person
from risk_register.domain.text import fold, listed
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.fields import LineField, TitleField
from ui.governance.people import boards_of
from ui.section import Row, Section
from ui.tables.columns import Column
from ui.tables.editor import RecordEditor
from ui.tables.filters import Filters
from ui.tables.model import RecordModel
from ui.tables.screen import TableScreen
from ui.theme import SPACE, muted


def _people(book: Book, organisation: Organisation) -> list[Person]:
    return sorted(book.where(Person, "organisation", organisation.id), key=lambda person: fold(person.label))


def _boards(book: Book, organisation: Organisation) -> str:
    boards = {board.label for person in _people(book, organisation) for board in boards_of(book, person)}
    return listed(sorted(boards))


class Organisations(TableScreen[Organisation]):
    """The council, the ICB, schools, the parent carer forum."""

    title = "Organisations"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            name="organisations",
            kind=Organisation,
            model=RecordModel(
                [
                    Column("name", "Organisation", lambda _, item: item.name, width=300),
                    Column("short", "Short name", lambda _, item: item.short, width=130),
                    Column(
                        "people",
                        "People",
                        lambda book, item: str(len(_people(book, item)) or ""),
                        lambda book, item: len(_people(book, item)),
                        width=80,
                        right=True,
                    ),
                    Column("boards", "Sits on", _boards, width=220),
                ],
                lambda book: book.where(Organisation, "programme", desk.programme),
                lambda _edit, _book: None,  # who is of it, and on which boards, are other records
                lambda _book, _item: "",
            ),
            filters=Filters("organisations", [], "Type to filter"),
            sort=(0, Qt.SortOrder.AscendingOrder),
            editor=OrganisationEditor(desk),
            add=lambda programme: add_organisation(
                programme=programme, name=unused_name(desk.book, programme, Organisation, "New organisation")
            ),
            none=(
                "No organisation yet",
                "Add the partners of the programme; then say of each person where they are from.",
            ),
        )
        self._head.show_name(shown=False)


class OrganisationEditor(RecordEditor[Organisation]):
    """Everything about one partner."""

    def __init__(self, desk: Desk) -> None:
        none = ("No organisation is chosen", "Choose one in the table, or press New organisation.")
        super().__init__(desk, Organisation, edit_organisation, none, 360)
        self.title, self.short = TitleField("What the organisation is called"), LineField()
        self.bind("name", self.title)
        self.bind("short", self.short, "Short name")
        label = QLabel("Short name")
        label.setBuddy(self.short)
        muted(label)
        self._more = QPushButton("More")
        self._more.setAccessibleName("Remove the organisation")
        menu = QMenu(self)
        menu.addAction("Remove this organisation").triggered.connect(self._on_remove_asked)
        self._more.setMenu(menu)
        top = QHBoxLayout()
        top.addStretch()
        top.addWidget(self.built_history_button())
        top.addWidget(self._more)
        self._people = Section("People", desk)
        self.page.setSpacing(SPACE + 4)
        self.page.addLayout(top)
        for widget in (self.title, label, self.short, self._people):
            self.page.addWidget(widget)
        self.page.addStretch()

    def show_rest(self, record: Organisation | None, *, fresh: bool) -> None:
        """Show who is of it."""
        del fresh
        if record is None:
            return
        for field in (self.title, self.short):
            field.setReadOnly(not self.desk.writable)
        self._more.setEnabled(self.desk.writable)
        people = _people(self.desk.book, record)
        self._people.count(len(people))
        rows = [Row(person.id, person, partial(self._built_row, person)) for person in people]
        self._people.show_rows(rows, "Nobody is said to be of it.")

    def _built_row(self, person: Person) -> QWidget:
        button = ElidedButton(person.label)
        button.clicked.connect(lambda: self.jump.emit(person))
        return button

    def _on_remove_asked(self) -> None:
        if self.record:
            self.desk.run(remove_organisation(self.record))
