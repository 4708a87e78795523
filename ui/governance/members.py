"""Who sits on a board, and as what."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from risk_register.domain.change import Command
from risk_register.domain.commands.governance import add_member, add_person, edit_member, remove_member
from risk_register.domain.governance import Board, Membership, Organisation, Person
from risk_register.domain.text import fold, listed, short_day
from ui.desk import Desk
from ui.elided import ElidedButton
from ui.fields import LineField, RecordField
from ui.form import Drafts
from ui.rows import RecordRow, RecordSection
from ui.section import remover
from ui.theme import muted
from ui.words import Words, as_tip


class _MemberRow(RecordRow[Membership]):
    """One member: a click on the name goes to them; what they are on the board is typed beside it."""

    jump = Signal(object)

    def __init__(self, desk: Desk, membership: Membership, drafts: Drafts) -> None:
        super().__init__(desk, membership, edit_member, drafts)
        self._name = ElidedButton("")
        self._name.clicked.connect(self._on_name_clicked)
        self.role = LineField("Member")
        self.role.setFixedWidth(170)
        self._remove = remover("")
        self._remove.clicked.connect(self._on_remove_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._name, 1)
        row.addWidget(self.role)
        row.addWidget(self._remove)
        self.form.bind("role", self.role)
        for widget in (self.role, self._remove):
            widget.setEnabled(desk.writable)

    def tell(self, membership: Membership) -> None:
        """Name the member, as they are now."""
        person = self.desk.book.find(Person, membership.person)
        if person is None:
            return
        organisation = self.desk.book.find(Organisation, person.organisation)
        gone = f", left on {short_day(person.left_on)}" if person.has_left(self.desk.today()) else ""
        of = f"  ({organisation.label})" if organisation else ""
        self._name.say(f"{person.label}{of}{gone}")
        self._name.setToolTip(as_tip(f"{person.label}{of}{gone}\nOpen in People"))
        self.role.setAccessibleName(f"What {person.label} is on the board")
        self._remove.setToolTip(as_tip(f"{person.label} sits on it no more"))
        self._remove.setAccessibleName(f"{person.label} sits on it no more")

    def _on_name_clicked(self) -> None:
        membership = self.form.record
        if isinstance(membership, Membership):
            self.jump.emit(self.desk.book.get(Person, membership.person))

    def _on_remove_clicked(self) -> None:
        membership = self.form.record
        if isinstance(membership, Membership):
            self.desk.run(remove_member(membership))


class Members(RecordSection[Membership]):
    """The members of a board, the organisations that they are of, and a line that adds one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Members", desk, Membership, self._built)
        self._board: Board | None = None
        self._organisations = Words(wrap=True)
        muted(self._organisations)
        self.add = RecordField(
            desk,
            lambda book: book.where(Person, "programme", desk.programme),
            self._person_command,
            "Add a member: choose one, or type a new name",
        )
        self.add.setAccessibleName("Add a member")
        self.add.kept.connect(self._on_chosen)
        self.column.addWidget(self.add)
        self.column.addWidget(self._organisations)

    def _built(self, membership: Membership, drafts: Drafts) -> RecordRow[Membership]:
        row = _MemberRow(self.desk, membership, drafts)
        row.jump.connect(self.jump)
        return row

    def _person_command(self, name: str) -> Command:
        assert self.desk.programme, "a board is shown, so there is a programme"
        return add_person(programme=self.desk.programme, name=name)

    def show_board(self, board: Board | None) -> None:
        """Show another board's members, or the same one's after an edit."""
        book = self.desk.book
        if board is None or self._board is None or board.id != self._board.id:
            self.problem.say("")
            self.add.set_value(None)
        self._board = board
        self.add.fill(book)
        self.add.setVisible(self.desk.writable)
        members = book.where(Membership, "board", board.id) if board else ()
        self.count(len(members))
        ordered = sorted(members, key=lambda item: fold(book.get(Person, item.person).label))
        self.show_records(ordered, "Nobody is named as a member yet.")
        of = {
            organisation.name
            for item in members
            if (organisation := book.find(Organisation, book.get(Person, item.person).organisation))
        }
        self._organisations.setText(f"Of {listed(sorted(of))}." if of else "")
        self._organisations.setVisible(bool(of))

    def _on_chosen(self) -> None:
        person, board = self.add.value(), self._board
        if person is not None and board is not None:
            self.add.set_value(None)
            self.desk.run(add_member(board=board.id, person=person), failed=self._on_failed, once=self)

    def _on_failed(self, error: Exception) -> None:
        self.problem.fail(error, self.desk)
