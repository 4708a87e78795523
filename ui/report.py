"""Making the board's Word report."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
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
from risk_register.domain import views
from risk_register.domain.audience import Audience
from risk_register.domain.book import Book
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Board
from risk_register.domain.programme import Programme
from risk_register.reports.files import OpenElsewhere, safe_name, write_whole
from ui import settings
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import ChoiceField, DateField
from ui.form import Problem
from ui.theme import SPACE, as_title, muted, primary, quiet
from ui.working import Working

_BACK = timedelta(days=28)

_EYES = [
    (Audience.public, "Everybody (public)"),
    (Audience.partners, "Partners"),
    (Audience.restricted, "Restricted (Part B)"),
]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The report that was asked for, whatever is chosen while it is written."""

    path: Path
    board: UUID | None
    audience: Audience
    day: date
    since: date | None


class ReportDialog(Dialog):
    """Asks for which board, as at which day, compared with which; then writes, and offers to open it."""

    written = Signal(str)
    """The path of the file that was written."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Board summary in Word", parent)
        self._desk = desk
        self._folder = Path(
            settings.remembered("report/folder", "")
            or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        self.setMinimumWidth(560)
        heading, hint = (
            QLabel("Board summary in Word"),
            QLabel("Summary, decisions asked, heat map with movement, top risks, what changed, what is late."),
        )
        as_title(heading, larger=4)
        hint.setWordWrap(True)
        muted(hint)
        boards = [(board.id, board.name) for board in desk.book.where(Board, "programme", desk.programme)]
        self.board = ChoiceField(boards, "All boards")
        self.board.set_value(self._remembered_board(boards))
        self.audience = ChoiceField(_EYES)
        self.audience.set_value(_remembered_audience())
        self.date = DateField(desk.today, clearable=False)
        self.date.set_value(desk.today())
        self.since = DateField(desk.today)
        self.since.set_value(self._remembered_since())
        self.file = QLineEdit()
        choose = QPushButton("Choose…")
        self.open_after = QCheckBox("Open it when it is written")
        self.open_after.setChecked(settings.remembered("report/open", True))
        self._problem = Problem()
        self._other = QPushButton()
        self._other.hide()
        self._working = Working()
        self._working.cancelled.connect(self.reject)
        self.button = QPushButton("Write the report")
        primary(self.button)
        self.button.setDefault(True)
        self._cancel = QPushButton("Cancel")
        quiet(self._cancel)
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        for row, (words, field) in enumerate(
            (
                ("For", self.board),
                ("For the eyes of", self.audience),
                ("As at", self.date),
                ("Compared with", self.since),
                ("File", self.file),
            )
        ):
            label = QLabel(words)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(choose, 4, 2)
        grid.addWidget(self.open_after, 5, 1)
        grid.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._other)
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        for widget in (heading, hint):
            column.addWidget(widget)
        column.addLayout(grid)
        column.addWidget(self._problem)
        column.addWidget(self._working)
        column.addLayout(buttons)
        self._touched = False
        self._wanted: _Wanted | None = None
        self.file.textEdited.connect(self._on_file_edited)
        for line in self.findChildren(QLineEdit):
            line.textEdited.connect(self._hush)
        self.board.kept.connect(self._hush)
        self.board.kept.connect(self._propose)
        self.audience.kept.connect(self._propose)
        self.date.kept.connect(self._propose)
        choose.clicked.connect(self._on_choose_clicked)
        self.button.clicked.connect(self._on_write_clicked)
        self._cancel.clicked.connect(self.reject)
        self._other.clicked.connect(self._on_other_clicked)
        self.rejected.connect(self._on_rejected)
        self._propose()

    def _remembered_board(self, boards: list[tuple[UUID, str]]) -> UUID | None:
        known = {str(id): id for id, _ in boards}
        return known.get(settings.remembered("report/board", ""))

    def _remembered_since(self) -> date:
        try:
            last = date.fromisoformat(settings.remembered("report/since", ""))
        except ValueError:
            last = self._desk.today() - _BACK
        return min(last, self._desk.today())

    @property
    def path(self) -> Path:
        """The file to write. Raises Refused where there can be none of that name."""
        return places.typed_path(self.file.text(), self._folder, ".docx")

    def _propose(self) -> None:
        if not self._touched:
            board = self._desk.book.find(Board, self.board.value())
            programme = self._desk.book.find(Programme, self._desk.programme)
            whom = board.name if board else programme.name if programme else ""
            eyes: Audience = self.audience.value()
            # Each audience's in a file of its own, and what is for few says so before it is opened or sent.
            mark = "" if eyes is Audience.partners else f" {eyes.on_papers}"
            name = safe_name(f"Risk summary {whom} {self.date.value()}{mark}", ".docx")
            self.file.setText(str(self._folder / name))

    def _hush(self) -> None:
        """What was said is being seen to."""
        self._problem.say("")
        self._other.hide()

    def _on_file_edited(self) -> None:
        self._touched = True

    def _on_choose_clicked(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Write the report to", self.file.text(), "Word documents (*.docx)")
        if name:
            self._hush()
            self._touched = True
            self.file.setText(name)

    # -- writing it

    def _on_write_clicked(self) -> None:
        self._hush()
        try:
            day = views.past(self.date.day() or self._desk.today(), self._desk.today())
            self._wanted = _Wanted(self.path, self.board.value(), self.audience.value(), day, self.since.day())
        except Refused as refused:
            self._problem.say(str(refused))
            return
        self._busy(busy=True)
        if day < self._desk.today():
            self._desk.as_at(day, self._on_now_fetched, self._on_failed)
        else:
            self._on_now_fetched(self._desk.book)

    def _on_now_fetched(self, now: Book) -> None:
        wanted, programme = self._wanted, self._desk.book.find(Programme, self._desk.programme)
        if wanted is None:
            return
        assert programme, "the menu item is off without a register"
        if now.find(Programme, programme.id) is None:
            self._desk.history(
                programme, lambda past: self._on_failed(views.not_yet(programme, wanted.day, past[-1].edit.when))
            )
        elif wanted.since:
            self._desk.as_at(wanted.since, lambda then: self._write(wanted, now, then), self._on_failed)
        else:
            self._write(wanted, now, None)

    def _write(self, wanted: _Wanted, now: Book, then: Book | None) -> None:
        if self._wanted is not wanted:
            return
        programme, who, today = self._desk.programme, self._desk.who, self._desk.today()
        marks = self._desk.book
        assert programme, "the menu item is off without a register"
        conflicts = self._desk.conflicts if wanted.day == today else ()

        def work() -> Path:
            from risk_register.reports.board_summary import board_summary  # noqa: PLC0415  Word and matplotlib
            from risk_register.reports.word import word_file  # noqa: PLC0415

            report = board_summary(
                now,
                then,
                programme,
                board=wanted.board,
                audience=wanted.audience,
                marks=marks,
                today=wanted.day,
                since=wanted.since,
                author=who,
                written=today,
                conflicts=conflicts,
            )
            data = word_file(report)
            if self._wanted is wanted:  # Cancel was not pressed meanwhile
                write_whole(wanted.path, data)
            return wanted.path

        self._desk.work(work, self._on_written, self._on_failed)

    def _on_written(self, path: Path) -> None:
        if self._wanted is None:
            return
        self._busy(busy=False)
        settings.remember("report/folder", str(path.parent))
        settings.remember("report/board", str(self._wanted.board or ""))
        settings.remember("report/audience", self._wanted.audience.name)
        settings.remember("report/since", str(self._wanted.since or ""))
        settings.remember("report/open", self.open_after.isChecked())
        if self.open_after.isChecked():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.accept()
        self.written.emit(str(path))

    def _on_failed(self, error: Exception) -> None:
        if self._wanted is None:
            return
        self._busy(busy=False)
        if isinstance(error, OpenElsewhere):
            self._other.setText(f"Save as {error.free.name}")
            self._other.setProperty("path", str(error.free))
            self._other.show()
        self._problem.fail(error, self._desk)

    def _on_other_clicked(self) -> None:
        self._touched = True
        self.file.setText(self._other.property("path"))
        self._on_write_clicked()

    def _on_rejected(self) -> None:
        self._wanted = None

    def _busy(self, *, busy: bool) -> None:
        self._working.begin("Writing the report …") if busy else self._working.end()
        self.button.setEnabled(not busy)


def _remembered_audience() -> Audience:
    name = settings.remembered("report/audience", "")
    return Audience[name] if name in Audience.__members__ else Audience.partners
