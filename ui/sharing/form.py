"""Asking where a hub is and who one is there."""

from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from risk_register.domain.errors import Refused, WrongPassword
from ui.desk.login import Login
from ui.theme import SPACE, mark_wrong, muted
from ui.words import Words

_WHOLE = "://"
"""What only a whole address holds."""


class LoginForm(QWidget):
    """The fields of a hub's address, the password apart. An address pasted as a whole is taken to pieces."""

    edited = Signal()

    def __init__(self, login: Login, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._login, self._typed = login, login.server
        self.server, self.database, self.user = QLineEdit(), QLineEdit(), QLineEdit()
        self.password, self.authority = QLineEdit(), QLineEdit()
        self.server.setPlaceholderText("db.example.org, or paste a whole address")
        self.database.setPlaceholderText("risks")
        self.authority.setPlaceholderText("Those that this computer trusts")
        self.authority.setToolTip("A file from IT, where the hub's certificate is not from a public authority")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.remember = QCheckBox("Keep the password in this computer's keyring")
        self._note = Words(wrap=True)
        muted(self._note)
        choose = QPushButton("Choose…")
        choose.setAccessibleName("Choose the file of the authority")
        choose.clicked.connect(self._on_choose_clicked)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE)
        self._grid.setColumnStretch(1, 1)
        for words, field in (
            ("Server", self.server),
            ("Database", self.database),
            ("User name", self.user),
            ("Password", self.password),
        ):
            self.add_row(words, field)
        self._grid.addWidget(self.remember, self._grid.rowCount(), 1, 1, 2)
        self.add_row("Certificate authority", self.authority, choose)
        self._grid.addWidget(self._note, self._grid.rowCount(), 1, 1, 2)
        for field in (self.server, self.database, self.user, self.password, self.authority):
            field.textChanged.connect(self._on_changed)
        self._show(login)
        self.server.textEdited.connect(self._on_server_edited)
        self.server.editingFinished.connect(self._take_apart)

    def add_row(self, words: str, field: QLineEdit, button: QPushButton | None = None) -> None:
        """Ask for one thing more, with a button at its right."""
        label = QLabel(words)
        label.setBuddy(field)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1, 1, 1 if button else 2)
        if button:
            self._grid.addWidget(button, row, 2)

    @property
    def login(self) -> Login:
        """What was answered. Raises Refused where the server's field holds an address that can't be read."""
        if _WHOLE in self.server.text():
            Login.read(self.server.text())
        return replace(
            self._login,
            server=self.server.text(),
            database=self.database.text(),
            user=self.user.text(),
            password=self.password.text(),
            sslrootcert=self.authority.text().strip(),
            remember=self.remember.isChecked(),
        )

    def point_at(self, error: Exception) -> None:
        """Put the cursor where what was refused can be mended."""
        fields = {"database": self.database, "user": self.user, "sslrootcert": self.authority}
        named = fields.get(error.field) if isinstance(error, Refused) else None
        field = self.password if isinstance(error, WrongPassword) else named or self.server
        mark_wrong(field, wrong=True)
        field.setFocus()
        field.selectAll()

    def begin(self) -> None:
        """Put the cursor into the first field that is empty."""
        fields = (self.server, self.database, self.user, self.password)
        next((field for field in fields if not field.text()), self.password).setFocus()

    def _show(self, login: Login) -> None:
        self._login = login
        self.server.setText(login.server)
        self.database.setText(login.database)
        self.user.setText(login.user)
        self.password.setText(login.password)
        self.authority.setText(login.sslrootcert)
        self.remember.setChecked(login.remember)
        lower = login.sslmode != Login().sslmode
        self._note.setText(f"The server's certificate is not verified (sslmode={login.sslmode})." if lower else "")
        self._note.setVisible(lower)

    def _on_server_edited(self, text: str) -> None:
        if len(text) > len(self._typed) + 1:  # pasted
            self._take_apart()
        self._typed = self.server.text()

    def _take_apart(self) -> None:
        """Where the server's field holds a whole address, share it out among the fields."""
        if _WHOLE not in self.server.text():
            return
        with suppress(Refused):  # said when it is to be used
            login = Login.read(self.server.text())
            password = login.password or self.password.text()
            self._show(replace(login, password=password, remember=self.remember.isChecked()))
            self.begin()

    def _on_changed(self) -> None:
        for field in (self.server, self.database, self.user, self.password, self.authority):
            mark_wrong(field, wrong=False)
        self.edited.emit()

    def _on_choose_clicked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "The file of the authority", self.authority.text(), "All files (*)")
        if name:
            self.authority.setText(name)
