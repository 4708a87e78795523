"""Importing a workbook."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from risk_register.domain.risk import Risk
from tests.exchange.test_workbook import workbook
from tests.ui.conftest import Opened, activate, settle
from tests.ui.hands import CONTROL, register_screen
from ui.importing import ImportDialog
from ui.start import NewRegister
from ui.window import Window


def test_a_workbook_is_imported_into_a_new_register(new_window: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    path = workbook(
        tmp_path / "Our register.xlsx",
        [["ID", "Risk", "Likelihood", "Impact"], *[[n, f"Risk {n}", 1 + n % 5, 3] for n in range(1, 80)]],
    )
    window = new_window()
    window.files.import_from(path)
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


def test_a_long_import_is_called_off_and_nothing_of_it_stays(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    rows = [[number, f"Risk {number}", 1 + number % 5, 3] for number in range(1, 6_000)]
    path = workbook(tmp_path / "Large.xlsx", [["ID", "Risk", "Likelihood", "Impact"], *rows])
    window.files.import_from(path)
    settle(qtbot, window)
    dialog = window.findChild(ImportDialog)
    assert dialog
    dialog.button.click()

    def called_off() -> bool:
        dialog.working.cancel.click()
        dialog.working.cancel.setEnabled(True)
        return "Called off" in dialog._problem.text()

    qtbot.waitUntil(called_off)
    settle(qtbot, window)
    assert dialog.button.isEnabled()
    assert window.desk.book.count(Risk) == 21
    assert window.desk.undo_label == ""


def test_a_file_that_is_no_workbook_closes_the_dialog_and_says_why(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "really text.xlsx"
    path.write_text("# Risks")
    window.files.import_from(path)
    settle(qtbot, window)
    assert window.findChild(ImportDialog) is None
    assert "it is a text file" in window._notices.text
