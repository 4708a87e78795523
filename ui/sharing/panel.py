"""All about the hub of the open register: how they stand, who is here, what was not taken, and what can be done."""

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPushButton, QVBoxLayout, QWidget

from risk_register.domain.kinds import KINDS
from risk_register.domain.record import Record
from ui.desk import Desk
from ui.desk.login import Login
from ui.dialog import Dialog
from ui.elided import ElidedButton
from ui.sharing.standing import at_length
from ui.theme import SPACE, as_title, colours, muted, primary, quiet
from ui.words import Words


class SharingDialog(Dialog):
    """Tells of the hub as long as it is open: what changes there changes here."""

    sign_in_wanted = Signal()
    """Another address, name or password is to be given."""
    jump = Signal(object)
    """A record at which a colleague is."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Sharing", parent)
        self._desk, self._sharing = desk, desk.sharing
        self.setMinimumWidth(640)
        heading, self._where = Words("Sharing"), Words(wrap=True)
        as_title(heading, larger=4)
        muted(self._where)
        self._state = Words(wrap=True)
        self._people, self._refused = QVBoxLayout(), QVBoxLayout()
        self.now = QPushButton("Synchronise now")
        primary(self.now)
        self.now.setDefault(True)
        self.sign_in = QPushButton("Sign in anew…")
        self.stop = QPushButton("Stop sharing…")
        close = QPushButton("Close")
        for button in (self.stop, close):
            quiet(button)
        self.now.clicked.connect(self._sharing.synchronise)
        self.sign_in.clicked.connect(self._on_sign_in_clicked)
        self.stop.clicked.connect(self._on_stop_clicked)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        for button in (self.stop, self.sign_in):
            buttons.addWidget(button)
        buttons.addStretch()
        for button in (close, self.now):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(heading)
        column.addWidget(self._where)
        column.addWidget(self._state)
        column.addLayout(self._refused)
        column.addLayout(self._people)
        column.addStretch()
        column.addLayout(buttons)
        self._sharing.changed.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        sharing = self._sharing
        if not sharing.address:
            self.accept()
            return
        login = Login.kept(sharing.address)
        self._where.setText(f"Through the hub {login.database} at {login.server}, as {login.user}.")
        self._state.setText(at_length(sharing, datetime.now().astimezone()))
        wrong = sharing.standing is not None and sharing.standing.error is not None
        self._state.setStyleSheet(f"color: {colours().warn if wrong else colours().text};")
        _empty(self._refused)
        _empty(self._people)
        standing = sharing.standing
        if standing is None:
            return
        if standing.stuck:
            self._refused.addWidget(_small_title("Not taken by the hub; kept in this copy"))
        for item in standing.stuck:
            self._refused.addWidget(Words(f"{item.edit.label}. {item.why}", wrap=True))
        if standing.connected:
            self._people.addWidget(_small_title("Here now" if standing.colleagues else "Nobody else is here now"))
        for colleague in standing.colleagues:
            self._people.addWidget(self._built_colleague(colleague.who, colleague.record))

    def _built_colleague(self, who: str, at: UUID | None) -> QWidget:
        record = next((found for kind in KINDS.values() if (found := self._desk.book.find(kind, at))), None)
        if record is None:
            name = Words(who)
            name.setContentsMargins(SPACE + 2, SPACE, 0, SPACE)  # as the button of who is at a record
            return name
        title = getattr(record, "title", "")
        button = ElidedButton(f"{who}: {record.label}{f'  {title}' if title else ''}")
        button.clicked.connect(lambda: self._on_colleague_clicked(record))
        return button

    def _on_colleague_clicked(self, record: Record) -> None:
        self.accept()
        self.jump.emit(record)

    def _on_sign_in_clicked(self) -> None:
        self.accept()
        self.sign_in_wanted.emit()

    def _on_stop_clicked(self) -> None:
        waiting = self._sharing.waiting
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Risk Register")
        box.setText("Stop sharing this register?")
        box.setInformativeText(
            "Your copy stays as it is, and so does the hub; what is changed on one side no longer reaches the other."
            + (f" {waiting} of your edits {'is' if waiting == 1 else 'are'} not there yet." if waiting else "")
            + " To go on later, share it again at the same address."
        )
        back = box.addButton("Go on sharing", QMessageBox.ButtonRole.RejectRole)
        box.addButton("Stop sharing", QMessageBox.ButtonRole.DestructiveRole).clicked.connect(self._sharing.stop)
        box.setDefaultButton(back)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()


def _small_title(text: str) -> Words:
    label = Words(text)
    as_title(label, larger=0)
    return label


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.deleteLater()
