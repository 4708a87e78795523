"""The actions' screen."""

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from tests.ui.hands import CONTROL
from ui.window import Window


def test_overdue_actions_come_first_and_one_is_marked_done(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Actions")
    settle(qtbot, window)
    assert "late" in screen.model.index(0, 0).data()
    editor = screen.editor
    reference = editor.reference.text()
    qtbot.keyClicks(editor.note, "Elected at last")
    qtbot.mouseClick(editor._done, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.desk.undo_label == f"Completed {reference}"
    assert editor._state.text().startswith("Done")
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert "late" in editor._state.text()
