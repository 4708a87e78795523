"""The program tries itself: open, edit, undo, every screen, a hub, Word report, quit. Run on the built program before it is handed out."""

import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Offline
from risk_register.domain.risk import Risk
from ui.desk import Desk
from ui.window import Window

_TIME = 90_000
"""After so long (ms) the try-out has failed."""


class Smoke(QObject):
    """Does one thing after another; each begins when the one before is done. Any error ends it with code 1."""

    def __init__(self, window: Window, desk: Desk, folder: str) -> None:
        super().__init__(window)
        self._window, self._desk, self._folder = window, desk, Path(folder)
        self._title = ""
        desk.refused.connect(self._fail)
        desk.broken.connect(self._fail)

    def begin(self) -> None:
        """Begin with a new register of the sample."""
        QTimer.singleShot(_TIME, self, lambda: self._fail(TimeoutError("it took too long")))
        self._desk.opened.connect(self._on_opened)
        self._desk.create_sample(self._folder / "smoke.riskreg", failed=self._fail)

    def _then(self, step: Callable[[], None]) -> None:
        def guarded() -> None:
            try:
                step()
            except Exception as error:  # noqa: BLE001  whatever it is, the try-out has failed
                self._fail(error)

        QTimer.singleShot(0, self, guarded)

    def _on_opened(self) -> None:
        self._window.ready()
        risk = next(self._desk.book.all(Risk))
        self._title = risk.title
        self._desk.run(edit_risk(risk, title="Tried"), done=lambda _: self._then(self._undo), failed=self._fail)

    def _undo(self) -> None:
        assert next(self._desk.book.all(Risk)).title == "Tried", "the edit was not kept"
        self._desk.changed.connect(lambda _: self._then(self._draw))
        self._desk.undo()

    def _draw(self) -> None:
        assert next(self._desk.book.all(Risk)).title == self._title, "Undo did not take the edit back"
        for name in self._window.names:
            screen = self._window.go_to(name)
            assert screen, "a register is open"
            screen.grab().save(str(self._folder / f"{name}.png"))
        self._seek_hub()

    def _seek_hub(self) -> None:
        """Nobody answers there; but who is told so has all that a hub is reached with."""
        from ui.desk.login import Login  # noqa: PLC0415

        nowhere = Login("127.0.0.1:1", "none", "nobody", sslmode="disable", remember=False)
        found = AssertionError("a hub where there can be none")
        self._desk.sharing.share(nowhere, done=lambda: self._fail(found), failed=self._on_no_hub)

    def _on_no_hub(self, error: Exception) -> None:
        if isinstance(error, Offline):
            self._desk.as_at(self._desk.today(), lambda then: self._then(lambda: self._report(then)))
        else:
            self._fail(error)

    def _report(self, then: object) -> None:
        from risk_register.domain.book import Book  # noqa: PLC0415
        from risk_register.reports.board_summary import board_summary  # noqa: PLC0415
        from risk_register.reports.files import write_whole  # noqa: PLC0415
        from risk_register.reports.word import word_file  # noqa: PLC0415

        assert isinstance(then, Book), "as_at gives a book"
        assert self._desk.programme, "the sample is a programme"
        day = self._desk.today()
        report = board_summary(self._desk.book, then, self._desk.programme, today=day, since=day, author="smoke")
        write_whole(self._folder / "board.docx", word_file(report))
        if sys.stdout:
            print("smoke passed")  # noqa: T201  for whoever started the built program
        self._window.close()
        QApplication.exit(0)

    def _fail(self, error: Exception) -> None:
        if sys.stderr:
            traceback.print_exception(error)
        QApplication.exit(1)
