"""Importing a workbook."""

from pathlib import Path

import openpyxl
import pytest
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


@pytest.mark.parametrize("how", ["its Cancel", "Escape"])
def test_a_long_import_is_called_off_and_nothing_of_it_stays(
    window: Window, tmp_path: Path, qtbot: QtBot, how: str
) -> None:
    rows = [[number, f"Risk {number}", 1 + number % 5, 3] for number in range(1, 6_000)]
    path = workbook(tmp_path / "Large.xlsx", [["ID", "Risk", "Likelihood", "Impact"], *rows])
    window.files.import_from(path)
    settle(qtbot, window)
    dialog = window.findChild(ImportDialog)
    assert dialog
    dialog.button.click()

    def called_off() -> bool:
        if "Called off" in dialog._problem.text():
            return True
        if how == "Escape":
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        dialog.working.cancel.click()
        dialog.working.cancel.setEnabled(True)
        return False

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


def opened(window: Window, qtbot: QtBot, path: Path) -> ImportDialog:
    window.files.import_from(path)
    settle(qtbot, window)
    dialog = window.findChild(ImportDialog)
    assert dialog
    activate(qtbot, dialog)
    return dialog


def test_every_doubt_can_be_read(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    rows: list[list[object]] = [[number, f"Risk {number}", "20%", None] for number in range(1, 105)]
    dialog = opened(window, qtbot, workbook(tmp_path / "r.xlsx", [["ID", "Risk", "Likelihood", "Impact"], *rows]))
    assert dialog._doubted.text() == "104 scores or dates not understood, row by row:"
    told = dialog._doubts.toPlainText().splitlines()
    assert len(told) == 104
    assert told[-1] == "Row 105: current likelihood “20%” without an impact, so that score is left out."
    bar = dialog._doubts.verticalScrollBar()
    assert bar.maximum() > 0
    dialog._doubts.setFocus()
    qtbot.keyClick(dialog._doubts, Qt.Key.Key_End, CONTROL)
    assert dialog._doubts.viewport().rect().contains(dialog._doubts.cursorRect()), "the last one is in view"
    assert dialog.table.isVisible()
    assert dialog.table.height() > 100


def test_the_names_of_sheets_can_be_read_and_one_without_risks_says_which_has_them(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    book = openpyxl.Workbook()
    assert book.active
    book.active.title = "Risk register template, empty"
    book.active.append(["ID", "Risk", "Likelihood", "Impact", "Owner", "Category"])
    book.create_sheet("Risks").append(["ID", "Risk", "Likelihood", "Impact"])
    book["Risks"].append([1, "A partner leaves", 4, 5])
    book.save(tmp_path / "r.xlsx")
    dialog = opened(window, qtbot, tmp_path / "r.xlsx")
    box = dialog._sheet
    assert box.currentText() == "Risks"
    longest = box.fontMetrics().horizontalAdvance("Risk register template, empty")
    assert box.width() > longest + 30, "with its arrow and the room around"
    box.setCurrentText("Risk register template, empty")
    assert "No risk is found on this sheet" in dialog._told.text()
    assert "“Risks” holds 1 risk" in dialog._told.text()
    assert not dialog.button.isEnabled()
    assert dialog.button.text() == "Import"


def test_enter_imports_once(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    before = window.desk.book.count(Risk)
    path = workbook(tmp_path / "r.xlsx", [["ID", "Risk", "Likelihood", "Impact"], [1, "A partner leaves", 4, 5]])
    dialog = opened(window, qtbot, path)
    for _ in range(3):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.desk.book.count(Risk) == before + 1
    assert window.findChild(ImportDialog) is None
