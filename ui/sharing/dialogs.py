"""Sharing a register, signing in again, and joining one that others share: a form each, that stays open where it is refused."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from risk_register import places
from risk_register.domain.errors import Refused
from risk_register.reports.files import safe_name
from ui.desk import Desk
from ui.desk.login import Login
from ui.dialog import Dialog, foot
from ui.elided import ElidedLabel
from ui.form import Problem
from ui.keys import chain_tabs
from ui.sharing.form import LoginForm
from ui.theme import SPACE, as_title, muted
from ui.words import Words


class LoginDialog(Dialog):
    """Asks where a hub is and who one is there; what is then done is its maker's."""

    wanted = Signal(object)
    """A Login: whoever is asked then calls `accept`, or `fail`."""

    def __init__(
        self, desk: Desk, title: str, words: str, verb: str, login: Login, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self._desk, self._waiting = desk, False
        self.setMinimumWidth(600)
        heading, told = Words(title), Words(words, wrap=True)
        as_title(heading, larger=4)
        muted(told)
        self.form = LoginForm(login)
        self._problem = Problem()
        self.button = QPushButton(verb)
        self._progress = ElidedLabel()
        muted(self._progress)
        desk.progressed.connect(self._progress.say)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(heading)
        column.addWidget(told)
        column.addWidget(self.form)
        column.addWidget(self._problem)
        column.addStretch()
        column.addLayout(foot(self, self.button, self._progress))
        self.form.edited.connect(lambda: self._problem.say(""))
        self.button.clicked.connect(self._on_clicked)
        chain_tabs(self)
        self.form.begin()

    @property
    def problem(self) -> str:
        """What is said to be wrong; "" for nothing."""
        return self._problem.text() if not self._problem.isHidden() else ""

    def _check(self) -> None:
        """Raise Refused where what was typed can't be used."""
        assert self.form.login.address

    def _on_clicked(self) -> None:
        try:
            self._check()
        except Refused as refused:
            self.fail(refused)
            return
        self._wait(waiting=True)
        self.wanted.emit(self.form.login)

    def _wait(self, *, waiting: bool) -> None:
        self._waiting = waiting
        self.button.setEnabled(not waiting)
        self._progress.say("Connecting to the hub …" if waiting else "")

    def fail(self, error: Exception) -> None:
        """Say why it was refused, and point at what can be mended."""
        self._wait(waiting=False)
        self._problem.fail(error, self._desk)
        self.form.point_at(error)

    def reject(self) -> None:
        """Close; or call off what is under way, which then says so."""
        if self._waiting:
            self._desk.cancel()
        else:
            super().reject()


class JoinDialog(LoginDialog):
    """Asks also for the file in which the copy is kept."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.file = QLineEdit()
        super().__init__(
            desk,
            "Join a shared register",
            "You get a copy of your own, and work on it with or without a connection. What you and your colleagues "
            "change is brought together in the background.",
            "Join",
            Login(),
            parent,
        )
        choose = QPushButton("Choose…")
        choose.setAccessibleName("Choose where the copy is kept")
        choose.clicked.connect(self._on_choose_clicked)
        self.form.add_row("Your copy", self.file, choose)
        self._touched = False
        self.file.textEdited.connect(self._on_file_edited)
        self.file.textChanged.connect(lambda _: self._problem.say(""))
        self.form.database.textChanged.connect(self._on_database_changed)
        self._on_database_changed("")
        chain_tabs(self)

    @property
    def path(self) -> Path:
        """The file. Raises Refused where there can be none of that name, or is one."""
        path = places.typed_path(self.file.text(), places.registers_folder(), ".riskreg")
        if path.exists():
            raise Refused(
                f"There is a file {path.name} in that folder already. Give another name, or open that one.",
                field="file",
            )
        return path

    def _check(self) -> None:
        super()._check()
        assert self.path

    def fail(self, error: Exception) -> None:
        """Say why it was refused."""
        super().fail(error)
        if isinstance(error, Refused) and error.field == "file":
            self.file.setFocus()

    def _on_database_changed(self, name: str) -> None:
        if not self._touched:
            stem = Path(safe_name(name, ".riskreg", "Shared register")).stem
            self.file.setText(str(places.free_path(stem)))

    def _on_file_edited(self) -> None:
        self._touched = True

    def _on_choose_clicked(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Your copy", self.file.text(), "Risk registers (*.riskreg)")
        if name:
            self._touched = True
            self.file.setText(name)
