"""The governance's screen: four pages under one name."""

from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from risk_register.domain.accountability import gaps
from risk_register.domain.change import Edit
from risk_register.domain.governance import Board, Meeting, Membership, Organisation, Person
from risk_register.domain.record import Record
from risk_register.domain.text import plural
from ui.desk import Desk
from ui.governance.accountable import Accountable
from ui.governance.boards import Boards
from ui.governance.organisations import Organisations
from ui.governance.people import People
from ui.keys import chain_tabs
from ui.screen import Head, Screen
from ui.theme import SPACE


class GovernanceScreen(Screen):
    """Who decides, who answers, who does, who sees. Each page reads the desk by itself."""

    title = "Governance"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.boards, self.people = Boards(desk), People(desk)
        self.organisations, self.accountable = Organisations(desk), Accountable(desk)
        self.pages: list[Screen] = [self.boards, self.people, self.organisations, self.accountable]
        self._head = Head(self.title)
        self.tabs = QTabWidget()
        self.tabs.setStyleSheet(f"QTabWidget::tab-bar {{ left: {SPACE + 2}px; }}")
        for page in self.pages:
            self.tabs.addTab(page, page.title)
            page.jump.connect(self.jump)
            page.history_wanted.connect(self.history_wanted)
            page.settle_wanted.connect(self.settle_wanted)
            chain_tabs(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(lambda _: self.keep())
        desk.opened.disconnect(self.reload)  # the pages are told themselves; twice would be for nothing
        desk.opened.connect(self._tell)

    @property
    def page(self) -> Screen:
        """The page in front."""
        return self.pages[self.tabs.currentIndex()]

    def reload(self) -> None:
        """Show the register that is open, the first time."""
        for page in self.pages:
            page.reload()
        self._tell()

    def take(self, edit: Edit) -> None:
        """Count anew what an edit may have changed."""
        del edit
        self._tell()

    def _tell(self) -> None:
        book, programme = self.desk.book, self.desk.programme
        if programme is None:
            return
        found = [
            plural(len(book.where(kind, "programme", programme)), one, many)
            for kind, one, many in (
                (Board, "board", ""),
                (Person, "person", "people"),
                (Organisation, "organisation", ""),
            )
        ]
        found.append(f"{plural(len(gaps(book, programme, self.desk.today())), 'gap')} in accountability")
        self._head.tell(", ".join(found))

    def show_record(self, record: Record) -> None:
        """Show a board, a person or an organisation; what belongs to a board, with that."""
        match record:
            case Membership() | Meeting():
                self.show_record(self.desk.book.get(Board, record.board))
                return
            case Board():
                page: Screen = self.boards
            case Person():
                page = self.people
            case _:
                page = self.organisations
        self.tabs.setCurrentWidget(page)
        page.show_record(record)

    def enter(self) -> None:
        """Put the cursor where one begins on the page in front."""
        self.page.enter()

    def keep(self) -> None:
        """Keep what is being typed."""
        for page in self.pages:
            page.keep()

    def unsaved(self) -> list[str]:
        """What was typed and is not kept, on whichever page."""
        return [words for page in self.pages for words in page.unsaved()]

    def restyle(self) -> None:
        """Show the same in other colours, or on another day."""
        for page in self.pages:
            page.restyle()
        self._tell()

    def focus_search(self) -> bool:
        """Put the cursor where one filters the page in front."""
        return self.page.focus_search()
