"""The history's screen."""

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from risk_register.domain.risk import Risk
from tests.ui.conftest import settle
from tests.ui.hands import CONTROL
from ui.window import Window


def test_an_edit_of_months_ago_is_undone_from_history(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("History")
    settle(qtbot, window)
    rows = [row for row in range(screen.model.rowCount()) if screen.model.index(row, 2).data() == "Raised R-021"]
    screen.table.setCurrentIndex(screen.model.index(rows[0], 2))
    settle(qtbot, window)
    qtbot.mouseClick(screen._undo, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.desk.book.count(Risk) == 20
    assert screen.model.index(0, 2).data() == "Undo: Raised R-021"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert window.desk.book.count(Risk) == 21
