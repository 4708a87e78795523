"""Sharing and joining, from menus and status bar; and what is told of the hub without being asked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from risk_register import places
from risk_register.domain.errors import StoreError, WrongPassword
from ui.desk import Desk
from ui.notices import Notice

if TYPE_CHECKING:
    from ui.desk.login import Login


class Hubs(QObject):
    """Asks what must be known to share or join, and says what a person must see to."""

    told = Signal(object)
    """A Notice."""
    over = Signal(str)
    """What was told and does not hold any more."""
    leaving = Signal()
    """What is being typed must be kept now: another register is to be opened."""
    begun = Signal(str)
    """What is being done, in words."""
    jump = Signal(object)
    """A record that is to be shown."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._sharing, self._window = desk, desk.sharing, window
        self._said = ""
        self._sharing.changed.connect(self._on_changed)
        self._sharing.restored.connect(self._on_restored)
        self._sharing.refused.connect(self._on_refused)

    # -- asked for

    def share(self) -> None:
        """Share the open register; or tell how it stands with its hub where it is shared."""
        if self._sharing.address:
            self.tell()
            return
        from ui.desk.login import Login  # noqa: PLC0415  only where a register is shared; as below

        self._ask(
            "Share this register",
            "Colleagues then work on it too, each with a copy of their own, with or without a connection. It needs a hub: "
            "a PostgreSQL database that whoever runs your server has made ready (see the guide, Sharing).",
            "Share",
            Login(),
        )

    def sign_in(self) -> None:
        """Ask for another name, password or address for the hub of the open register."""
        from ui.desk.login import Login  # noqa: PLC0415

        self._ask(
            "Sign in to the hub",
            "What you change meanwhile is kept in your copy and sent once you are signed in.",
            "Sign in",
            Login.kept(self._sharing.address),
        )

    def _ask(self, title: str, words: str, verb: str, login: "Login") -> None:
        from ui.sharing.dialogs import LoginDialog  # noqa: PLC0415

        dialog = LoginDialog(self._desk, title, words, verb, login, self._window)

        def share(given: "Login") -> None:
            self.begun.emit("Connecting to the hub …")
            self._sharing.share(given, done=dialog.accept, failed=dialog.fail)

        dialog.wanted.connect(share)
        dialog.open()

    def tell(self) -> None:
        """Tell how the open register stands with its hub."""
        from ui.sharing.panel import SharingDialog  # noqa: PLC0415

        dialog = SharingDialog(self._desk, self._window)
        dialog.sign_in_wanted.connect(self.sign_in)
        dialog.jump.connect(self.jump)
        dialog.finished.connect(self._sharing.heed)
        dialog.open()

    def look_after(self) -> None:
        """Do what the status bar's words are about: sign in, or tell more."""
        standing = self._sharing.standing
        if standing is not None and isinstance(standing.error, WrongPassword):
            self.sign_in()
        else:
            self.tell()

    def join(self) -> None:
        """Ask for a hub, and make a copy of what it holds."""
        from ui.sharing.dialogs import JoinDialog  # noqa: PLC0415

        dialog = JoinDialog(self._desk, self._window)

        def join(given: "Login") -> None:
            path = dialog.path
            self.leaving.emit()
            self.begun.emit("Making your copy …")
            backups = places.backups_folder(path)
            self._sharing.join(path, given, backups=backups, done=dialog.accept, failed=dialog.fail)

        dialog.wanted.connect(join)
        dialog.open()

    # -- told

    def _on_changed(self) -> None:
        """Say once what nothing is tried after, for as long as that is so."""
        standing = self._sharing.standing
        error = standing.error if standing is not None and standing.final else None
        sentence = str(error or "")
        if sentence == self._said:
            return
        self.over.emit(self._said)
        self._said = sentence
        if error is not None and not isinstance(error, StoreError):
            self._desk.tell(error)
        elif isinstance(error, WrongPassword):
            self.told.emit(Notice(sentence, lasting=True, offer=("Sign in…", self.sign_in)))
        elif error is not None:
            self.told.emit(Notice(sentence, lasting=True, offer=("More…", self.tell)))

    def _on_restored(self) -> None:
        sentence = "The hub was put back to an older copy. What it had lost of yours was given to it again."
        self.told.emit(Notice(sentence, lasting=True, good=True))

    def _on_refused(self, label: str, why: str) -> None:
        sentence = f"“{label}” stays in your copy alone. {why}"
        self.told.emit(Notice(sentence, lasting=True, offer=("More…", self.tell)))
