"""Starting the program: paint the window first, open the register meanwhile."""

import argparse
import gc
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from risk_register import __version__
from ui import settings, theme
from ui.desk import Desk
from ui.window import Window


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window. Returns the exit code."""
    wanted = _parsed(sys.argv[1:] if arguments is None else arguments)
    app = application()
    desk = Desk(settings.remembered("who", "") or getpass.getuser())
    window = Window(desk)
    window.restore()
    window.show()
    if wanted.smoke:
        from ui.smoke import Smoke  # noqa: PLC0415  only when asked for

        Smoke(window, desk, wanted.smoke).begin()
    else:
        # After the first paint, so that the window is there at once.
        QTimer.singleShot(0, lambda: _open_first(window, wanted))
    code = app.exec()
    desk.close()
    return code


def application() -> QApplication:
    """The QApplication, with its name and looks."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["risk-register"])
    app.setApplicationName("Risk Register")
    app.setApplicationDisplayName("Risk Register")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("risk-register")
    app.setWindowIcon(QIcon(str(theme.RESOURCES / "icons" / "program.svg")))
    theme.start(app)
    _Collector(app)
    return app


class _Collector(QObject):
    """Lets Python collect its garbage on the window's thread alone.

    On the register's thread it would delete widgets there, which Qt does not bear.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        gc.disable()
        timer = QTimer(self, interval=1_000)
        timer.timeout.connect(self._collect)
        timer.start()

    @staticmethod
    def _collect() -> None:
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return


def _open_first(window: Window, wanted: argparse.Namespace) -> None:
    last = settings.remembered("last register", "")
    if wanted.register:
        window.files.open(Path(wanted.register))
    elif wanted.sample:
        window.files.open_sample()
    elif last and Path(last).exists():
        window.files.open(Path(last))
    window.ready()


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="risk-register", description="Keep the risks of a change programme.")
    parser.add_argument("register", nargs="?", help="the register file to open (default: the last one)")
    parser.add_argument("--sample", action="store_true", help="open the sample programme")
    parser.add_argument(
        "--smoke", metavar="FOLDER", help="open, edit, undo, draw and report in FOLDER, then quit (for tests)"
    )
    parser.add_argument("--version", action="version", version=f"Risk Register {__version__}")
    return parser.parse_args(arguments)
