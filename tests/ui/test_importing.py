"""Importing a workbook."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Opened, activate, settle
from tests.ui.hands import CONTROL, register_screen
from ui.start import NewRegister


def test_a_workbook_is_imported_into_a_new_register(new_window: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    from tests.exchange.test_workbook import workbook
    from ui.importing import ImportDialog

    path = workbook(
        tmp_path / "Our register.xlsx",
        [["ID", "Risk", "Likelihood", "Impact"], *[[n, f"Risk {n}", 1 + n % 5, 3] for n in range(1, 80)]],
    )
    window = new_window()
    window.import_from(path)
    dialog = window.findChild(NewRegister)
    assert dialog
    assert dialog.name.text() == "Our register"
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    settle(qtbot, window)
    importing = window.findChild(ImportDialog)
    assert importing
    assert len(importing.drafts) == 79
    screen = register_screen(window)
    qtbot.mouseClick(importing.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.model.rowCount() == 79
    activate(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert screen.model.rowCount() == 0
