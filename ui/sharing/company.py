"""Which colleagues are at the record that an editor shows, as a line above it."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from risk_register.domain.text import listed
from ui.desk import Desk
from ui.theme import SPACE, colours, theme
from ui.words import Words


class CompanyLine(Words):
    """Says who else is at one record; not there while nobody is."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(wrap=True, parent=parent)
        self._sharing = desk.sharing
        self._id: UUID | None = None
        self.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, SPACE)
        self._sharing.changed.connect(self._tell)
        theme().changed.connect(self._dress)
        self._dress()
        self.hide()

    def show_id(self, id: UUID | None) -> None:
        """Tell of another record."""
        self._id = id
        self._tell()

    def _dress(self) -> None:
        self.setStyleSheet(f"background: {colours().chosen}; color: {colours().text};")

    def _tell(self) -> None:
        standing = self._sharing.standing
        colleagues = standing.colleagues if standing and self._id else ()
        here = sorted({colleague.who for colleague in colleagues if colleague.record == self._id})
        self.setText(f"● {listed(here)} {'is' if len(here) == 1 else 'are'} at this record too." if here else "")
        self.setVisible(bool(here))
