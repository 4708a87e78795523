"""Opening, making and copying registers, and importing into them: the dialogs, and what follows."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from risk_register import places
from risk_register.domain.errors import Damaged, Refused, StoreError
from ui.desk import Desk
from ui.notices import Notice
from ui.start import NewRegister

SUFFIX = "Risk registers (*.riskreg)"
WORKBOOKS = (".xlsx", ".xlsm", ".csv")


class Files(QObject):
    """Asks for files and hands them to the desk. `window` is what dialogs belong to."""

    leaving = Signal()
    """The open register is about to be left, or read: what is being typed must be kept first."""
    begun = Signal(str)
    """What the desk is about to do, in words: `Opening send.riskreg …`."""
    merged = Signal(object)
    """A Merged: what another copy of the register brought."""
    told = Signal(object)
    """A Notice for the person."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

    # -- opening

    def open(self, path: Path) -> None:
        """Open a register."""
        self.leaving.emit()
        self.begun.emit(f"Opening {path.name} …")

        def failed(error: Exception) -> None:
            if isinstance(error, Damaged):
                self._offer_backup(path)
            else:
                self._on_failed(error)

        self._desk.open(path, backups=places.backups_folder(path), failed=failed)

    def drop(self, path: Path) -> None:
        """Open a register that was dropped on the window, import a workbook."""
        if path.suffix.lower() in WORKBOOKS:
            self.import_from(path)
        else:
            self.open(path)

    def ask_and_open(self) -> None:
        """Ask for a register and open it."""
        self._ask_for("Open a register", places.registers_folder(), SUFFIX, self.open)

    def open_sample(self) -> None:
        """Open the sample programme, making it the first time."""
        path = places.sample_register()
        if path.exists():
            self.open(path)
        else:
            self.leaving.emit()
            self.begun.emit("Making the sample programme …")
            self._desk.create_sample(path, failed=self._on_failed)

    def new(self) -> NewRegister:
        """Ask for a name and make a new register."""
        dialog = NewRegister(self._desk, self._window)
        dialog.wanted.connect(lambda: self._create(dialog))
        dialog.open()
        return dialog

    def _create(self, dialog: NewRegister) -> None:
        self.leaving.emit()
        self.begun.emit("Making the register …")
        path = dialog.path
        self._desk.create(
            path, dialog.command, backups=places.backups_folder(path), done=dialog.accept, failed=dialog.fail
        )

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, (Refused, StoreError)):
            self.told.emit(Notice(str(error)))
        else:
            self._desk.broken.emit(error)

    def _tell_good(self, sentence: str) -> None:
        self.told.emit(Notice(sentence, good=True))

    def _ask_for(self, title: str, folder: Path, kinds: str, then: Callable[[Path], None]) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(folder), f"{kinds};;All files (*)")
        if name:
            then(Path(name))

    # -- places that can harm a register

    def tell_place(self) -> None:
        """Say what can happen to the register where it is, if it is written to there, and offer to move it."""
        place = self._desk.place
        if self._desk.writable and place and place.risk:
            offer = ("Move it to this computer", self.move_here) if self._desk.may_move else None
            self.told.emit(Notice(place.risk, lasting=True, offer=offer))

    def move_here(self) -> None:
        """Go on with a copy of the register among those of this computer. The file itself is left as it is."""
        old = self._desk.path
        assert old, "only an open register is offered to be moved"
        self.leaving.emit()
        self.begun.emit(f"Moving {old.name} to this computer …")
        to = places.free_path(old.stem)
        self._desk.move(
            to,
            backups=places.backups_folder(to),
            done=lambda: self._on_moved(old),
            failed=self._on_failed,
        )

    def _on_moved(self, old: Path) -> None:
        sentence = (
            f"You now work on {self._desk.path}. The old file was left as it is, and whoever opens it does not see what "
            f"you change from now on: {old}"
        )
        self.told.emit(Notice(sentence, lasting=True, good=True))

    # -- copies

    def back_up(self) -> None:
        """Ask where to, and copy the register there."""
        assert self._desk.path, "the menu item is off without a register"
        proposed = Path.home() / f"{self._desk.path.stem} {self._desk.today():%Y-%m-%d}.riskreg"
        name, _ = QFileDialog.getSaveFileName(self._window, "Back up to", str(proposed), SUFFIX)
        if name:
            self.leaving.emit()
            self._desk.back_up(Path(name), lambda _: self._tell_good(f"A checked copy was made: {name}"))

    def open_backup(self) -> None:
        """Ask for a backup of the open register and open a copy of it."""
        folder = places.backups_folder(self._desk.path) if self._desk.path else places.backups_root()
        self._ask_for("Open a backup", folder, SUFFIX, self.open_copy_of)

    def open_copy_of(self, backup: Path) -> None:
        """Open a copy of a backup, made among the registers: the backup itself stays as it is, to go back to again."""
        try:
            copy = places.copy_to_work_on(backup)
        except OSError as error:
            self.told.emit(Notice(f"No copy of {backup.name} could be made: {error.strerror or error}."))
            return
        self.open(copy)

    def ask_and_merge(self) -> None:
        """Ask for another copy of the open register, and merge what was done in it."""
        assert self._desk.path, "the menu item is off without a register"
        self._ask_for("Merge a copy of this register", self._desk.path.parent, SUFFIX, self.merge)

    def merge(self, path: Path) -> None:
        """Merge another copy of the open register; what is being typed is kept first."""
        self.leaving.emit()
        self.begun.emit(f"Merging {path.name} …")
        self._desk.merge(path, done=self.merged.emit, failed=self._on_failed)

    def _offer_backup(self, path: Path) -> None:
        newest = places.newest_backup(path)
        if newest is None:
            sentence = (
                f"{path.name} is damaged. It was left as it is. No copy of it was found on this computer: if you have "
                "one elsewhere, open it with File > Open a backup."
            )
            self.told.emit(Notice(sentence, lasting=True))
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Risk Register")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"{path.name} is damaged. It was left as it is.")
        box.setInformativeText(
            f"The newest copy was made {newest.stem[-17:-7]} at {newest.stem[-6:-4]}:{newest.stem[-4:-2]}."
        )
        copy = box.addButton("Open that copy", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy.clicked.connect(lambda: self.open_copy_of(newest))
        box.open()

    # -- bringing risks in

    def ask_and_import(self) -> None:
        """Ask for a workbook and import risks from it."""
        kinds = f"Workbooks ({' '.join(f'*{suffix}' for suffix in WORKBOOKS)})"
        self._ask_for("Import a workbook", Path.home(), kinds, self.import_from)

    def import_from(self, path: Path) -> None:
        """Import risks from a workbook; where no register is open, into a new one."""
        from ui.importing import ImportDialog  # noqa: PLC0415  only when first needed

        if self._desk.path is not None:
            self.leaving.emit()
            ImportDialog.begin(self._window, self._desk, path)
            return

        dialog = self.new()
        dialog.name.setText(path.stem)
        dialog.accepted.connect(lambda: ImportDialog.begin(self._window, self._desk, path))
