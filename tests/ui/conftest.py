"""A window on a register of its own, driven by real events."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.hub.conftest import hub_master, one_server, shared
from ui.app import application
from ui.desk import Desk
from ui.window import Window

__all__ = ["hub_master", "one_server", "shared"]  # a server, and a register that is shared through it


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    app = application()
    yield app
    # Qt's offscreen clipboard outlives Python, and crashes on what Python put there: the run would end with 139, all green.
    app.clipboard().clear()


@pytest.fixture(autouse=True)
def remembered(world: Path, qapp: QApplication) -> None:
    """What the window remembers, in the test's own world."""
    assert qapp
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(world / "settings"))


Opened = Callable[..., Window]


@pytest.fixture
def new_window(qtbot: QtBot) -> Iterator[Opened]:
    """Opens a window as the program does: `new_window(path)`; without a path it shows the first start."""
    made: list[Window] = []

    def open_window(path: Path | None = None, who: str = "me") -> Window:
        window = Window(Desk(who))
        made.append(window)
        window.resize(1360, 860)
        window.show()
        activate(qtbot, window)
        if path:
            window.files.open(path)
        window.ready()
        settle(qtbot, window)
        return window

    yield open_window
    for window in made:
        window.desk.close()
        window.hide()
        window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def window(new_window: Opened, sample_file: Path) -> Window:
    """A window on the sample programme."""
    return new_window(sample_file)


def settle(qtbot: QtBot, window: Window) -> None:
    """Wait until everything asked of the register is answered, and painted."""
    for _ in range(3):
        QApplication.processEvents()
        qtbot.waitUntil(lambda: window.desk.is_idle, timeout=20_000)
    QApplication.processEvents()


def activate(qtbot: QtBot, window: QWidget) -> None:
    """Give a window the focus, as a window manager does when it opens and when a dialog of its closes."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
