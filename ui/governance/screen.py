"""The governance's screen: who decides, who answers, who does, who sees."""

from risk_register.domain.accountability import gaps
from risk_register.domain.governance import Board, Meeting, Membership, Organisation, Person
from risk_register.domain.record import Record
from risk_register.domain.text import plural
from ui.desk import Desk
from ui.governance.accountable import Accountable
from ui.governance.boards import Boards
from ui.governance.organisations import Organisations
from ui.governance.people import People
from ui.pages import PagedScreen


class GovernanceScreen(PagedScreen):
    """Boards, people, organisations, and who is accountable for what."""

    title = "Governance"

    def __init__(self, desk: Desk) -> None:
        self.boards, self.people = Boards(desk), People(desk)
        self.organisations, self.accountable = Organisations(desk), Accountable(desk)
        super().__init__(
            desk,
            (self.boards, self.people, self.organisations, self.accountable),
            {Board: self.boards, Person: self.people, Organisation: self.organisations},
        )

    def told(self) -> str:
        """How many of each there are, and how many gaps."""
        book, programme = self.desk.book, self.desk.programme
        if programme is None:
            return ""
        counts = ((Board, "board", ""), (Person, "person", "people"), (Organisation, "organisation", ""))
        found = [plural(len(book.where(kind, "programme", programme)), one, many) for kind, one, many in counts]
        lacking = plural(len(gaps(book, programme, self.desk.today())), "gap")
        return f"{', '.join(found)}, {lacking} in accountability"

    def show_record(self, record: Record) -> None:
        """Show a board, a person or an organisation; what belongs to a board, with that."""
        if isinstance(record, Membership | Meeting):
            record = self.desk.book.get(Board, record.board)
        super().show_record(record)
