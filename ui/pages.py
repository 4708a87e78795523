"""A screen of several pages under one name, a tab for each."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from risk_register.domain.change import Edit
from risk_register.domain.record import Record
from ui.desk import Desk
from ui.keys import chain_tabs
from ui.screen import Head, Screen
from ui.theme import SPACE


class PagedScreen(Screen):
    """Each page is a screen that reads the desk by itself; its own name is on its tab. `homes` says where a kind is."""

    def __init__(self, desk: Desk, pages: Sequence[Screen], homes: Mapping[type[Record], Screen]) -> None:
        super().__init__(desk)
        self.pages, self._homes = pages, homes
        self._head = Head(self.title)
        self.tabs = QTabWidget()
        self.tabs.setStyleSheet(f"QTabWidget::tab-bar {{ left: {SPACE + 2}px; }}")
        for page in pages:
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

    def told(self) -> str:
        """What the screen says beside its name."""
        raise NotImplementedError

    def _tell(self) -> None:
        self._head.tell(self.told())

    def reload(self) -> None:
        """Show the register that is open, the first time."""
        for page in self.pages:
            page.reload()
        self._tell()

    def take(self, edit: Edit) -> None:
        """Count anew what an edit may have changed, if anybody looks."""
        del edit
        if self.isVisible():
            self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Count what has changed while nobody looked."""
        super().showEvent(event)
        self._tell()

    def show_record(self, record: Record) -> None:
        """Bring a record into view on its page, if it has one here."""
        page = self._homes.get(type(record))
        if page is not None:
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
