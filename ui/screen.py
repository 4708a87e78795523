"""What every screen has in common."""

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from risk_register.domain.change import Edit
from risk_register.domain.record import Record
from ui.desk import Desk
from ui.elided import ElidedLabel
from ui.theme import SPACE, as_title, muted


class Screen(QWidget):
    """One page of the window. Reads `desk.book`, asks the desk, and is told of every edit.

    A screen overrides `reload` (another register: read everything anew), `take` (an edit was kept: patch what it
    touches), and where it holds records, `show_record`.
    """

    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""

    jump = Signal(object)
    """A Record that the person wants to see where it is edited."""
    history_wanted = Signal(object)
    """A Record whose history the person wants to see."""
    settle_wanted = Signal(object)
    """The key of an OpenConflict that is to be settled."""
    band_wanted = Signal(str)
    """The name of a band whose risks are to be shown in the register."""
    filter_wanted = Signal(str)
    """The key of a filter that the register is to be narrowed by."""
    alone_wanted = Signal(bool)
    """Whether this screen is to fill the display, without sidebar, menus and status bar."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        desk.opened.connect(self.reload)
        desk.changed.connect(self.take)

    def reload(self) -> None:
        """Show another register or programme from scratch."""

    def take(self, edit: Edit) -> None:
        """Show what an edit has changed; by default all anew, right for screens without text being typed."""
        del edit
        self.reload()

    def show_record(self, record: Record) -> None:
        """Bring a record into view."""
        del record

    def enter(self) -> None:
        """The screen is gone to: put the cursor where one begins."""

    def change_chosen(self) -> None:
        """Set fields of all that is chosen at once; by default there is nothing that can be chosen."""

    def keep(self) -> None:
        """Keep what is being typed, at once: the screen or the program is about to be left."""

    def unsaved(self) -> list[str]:
        """What was typed and could not be kept, a line each: the record, the field and why."""
        return []

    def come_back(self) -> None:
        """The display is no longer filled."""

    def restyle(self) -> None:
        """Show the same in other colours, or on another day."""
        self.reload()

    def review(self) -> bool:
        """Say that the risk shown was reviewed and stays as it is. Returns whether one is shown."""
        return False

    def focus_search(self) -> bool:
        """Put the cursor where one filters this screen. Returns whether there is such a place."""
        return False


class Head(QWidget):
    """The top of a screen: its name, what it counts, and its tools at the right."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._detail = QLabel(title), ElidedLabel()
        as_title(self._title)
        muted(self._detail)
        self._detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # tools come first
        self.tools = QHBoxLayout()
        self.tools.setSpacing(SPACE)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self._title)
        row.addWidget(self._detail, 1)
        self._detail.setContentsMargins(SPACE, 6, 0, 0)
        row.addLayout(self.tools)

    def show_name(self, *, shown: bool) -> None:
        """Leave the name out where every tool needs room, or bring it back."""
        self._title.setVisible(shown)

    def tell(self, detail: str) -> None:
        """Say beside the name what the screen shows: `19 risks, 3 extreme`."""
        self._detail.say(detail)


class Empty(QWidget):
    """What a screen shows when it has nothing: why, and what to do next."""

    def __init__(self, headline: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headline, self._hint = QLabel(headline), QLabel(hint)
        as_title(self._headline, larger=3)
        muted(self._hint)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addStretch()
        for label in (self._headline, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        self.buttons = QHBoxLayout()
        self.buttons.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addLayout(self.buttons)
        column.addStretch()

    def say(self, headline: str, hint: str) -> None:
        """Say something else."""
        self._headline.setText(headline)
        self._hint.setText(hint)
