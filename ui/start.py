"""The first start: what one can begin with."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from risk_register import places
from risk_register.domain.change import Command
from risk_register.domain.commands.programme import add_programme
from risk_register.domain.errors import Refused
from risk_register.domain.text import one_line
from risk_register.reports.files import safe_name
from ui.desk import Desk
from ui.dialog import Dialog, foot
from ui.form import Problem
from ui.theme import SPACE, as_title, muted, program_icon, quiet


class Start(QWidget):
    """The ways to begin."""

    sample_wanted = Signal()
    new_wanted = Signal()
    open_wanted = Signal()
    import_wanted = Signal()
    join_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title, hint = (
            QLabel("Keep the risks of your programme"),
            QLabel(
                "Everything stays in one file on this computer. Every change is kept the moment you make it, and Undo takes it back."
            ),
        )
        as_title(title, larger=12)
        muted(hint)
        hint.setWordWrap(True)
        for label in (title, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        grid = QGridLayout()
        grid.setSpacing(2 * SPACE)
        for place, (name, words, signal) in enumerate(
            (
                (
                    "Open the sample programme",
                    "A real SEND action plan with its risks, actions and six months of scores",
                    self.sample_wanted,
                ),
                ("New register", "Begin with the NHS 5 × 5 matrix and the Orange Book's categories", self.new_wanted),
                ("Open a register", "A .riskreg file on this computer or a shared drive", self.open_wanted),
                (
                    "Import a workbook",
                    "Take the risks from the Excel or CSV register that you keep today",
                    self.import_wanted,
                ),
            )
        ):
            grid.addWidget(_Card(name, words, signal, first=place == 0), place // 2, place % 2)
        inner = QWidget()
        inner.setMaximumWidth(760)
        column = QVBoxLayout(inner)
        column.setSpacing(2 * SPACE)
        column.addStretch()
        column.addWidget(program_icon(72), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        column.addWidget(hint)
        column.addSpacing(2 * SPACE)
        column.addLayout(grid)
        join = QPushButton("Join a register that colleagues share…")
        quiet(join)
        join.clicked.connect(self.join_wanted)
        column.addWidget(join, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        row = QHBoxLayout(self)
        row.addWidget(inner)


class _Card(QPushButton):
    """A large button with a name and an explanation."""

    def __init__(self, name: str, words: str, signal: object, *, first: bool) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)
        heading, text = QLabel(name), QLabel(words)
        as_title(heading, larger=2)
        text.setWordWrap(True)
        muted(text)
        for label in (heading, text):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.addWidget(heading)
        column.addWidget(text)
        column.addStretch()
        self.setMinimumHeight(120)
        self.setMinimumWidth(300)
        if first:
            self.setDefault(True)
            self.setFocus()
        self.clicked.connect(signal)


class NewRegister(Dialog):
    """Asks for the programme's name and the file to keep it in. Stays open, with both, where that is refused."""

    wanted = Signal()
    """The register is to be made: whoever is asked then calls `accept`, or `fail`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("New register", parent)
        self._desk = desk
        self.setMinimumWidth(560)
        heading = QLabel("New register")
        as_title(heading, larger=4)
        self.name = QLineEdit()
        self.name.setPlaceholderText("Such as: Southend SEND improvement programme")
        self.file = QLineEdit()
        choose = QPushButton("Choose…")
        self._touched = False
        self._problem = Problem()
        note = QLabel("Copies are made by themselves, every hour in which something changed.")
        note.setWordWrap(True)
        muted(note)
        self.button = QPushButton("Make the register")
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        for row, (words, field) in enumerate((("Programme", self.name), ("File", self.file))):
            label = QLabel(words)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
        grid.addWidget(self.name, 0, 1, 1, 2)
        grid.addWidget(self.file, 1, 1)
        grid.addWidget(choose, 1, 2)
        grid.addWidget(note, 2, 1, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(heading)
        column.addLayout(grid)
        column.addWidget(self._problem)
        column.addStretch()
        column.addLayout(foot(self, self.button))
        self.name.textChanged.connect(self._on_name_changed)
        self.file.textEdited.connect(self._on_file_edited)
        for field in (self.name, self.file):
            field.textChanged.connect(lambda _: self._problem.say(""))
        choose.clicked.connect(self._on_choose_clicked)
        self.button.clicked.connect(self._on_make_clicked)
        self._on_name_changed("")

    @property
    def path(self) -> Path:
        """The file. Raises Refused where there can be none of that name."""
        return places.typed_path(self.file.text(), places.registers_folder(), ".riskreg")

    @property
    def command(self) -> Command:
        """What begins the programme."""
        return add_programme(name=self.name.text())

    def fail(self, error: Exception) -> None:
        """Say why the register could not be made."""
        self.button.setEnabled(True)
        self._problem.fail(error, self._desk)

    def _on_name_changed(self, name: str) -> None:
        if not self._touched:
            self.file.setText(str(places.registers_folder() / safe_name(name, ".riskreg", "Register")))

    def _on_file_edited(self) -> None:
        self._touched = True

    def _on_choose_clicked(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "New register", self.file.text(), "Risk registers (*.riskreg)")
        if name:
            self._touched = True
            self.file.setText(name)

    def _on_make_clicked(self) -> None:
        if not one_line(self.name.text()):
            self._problem.say("Give the programme a name; it stands on every report.")
            self.name.setFocus()
            return
        if wrong := self._wrong():
            self._problem.say(wrong)
            self.file.setFocus()
        else:
            self.button.setEnabled(False)  # once, however often it is pressed
            self.wanted.emit()

    def _wrong(self) -> str:
        """Why there can be no such file; "" where there can."""
        try:
            path = self.path
        except Refused as refused:
            return str(refused)
        taken = f"There is a file {path.name} in that folder already. Give another name, or open that one."
        return taken if path.exists() else ""
