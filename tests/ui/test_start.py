"""The first start, and a register made from it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from risk_register import places
from risk_register.domain.risk import Risk
from tests.exchange.test_workbook import workbook
from tests.ui.conftest import Opened, activate, settle
from tests.ui.hands import button, register_screen, replace_text, risk
from ui.importing import ImportDialog
from ui.start import NewRegister, Start


def test_the_first_start_offers_four_ways_and_the_sample_is_one_click(new_window: Opened, qtbot: QtBot) -> None:
    window = new_window()
    start = window.findChild(Start)
    assert start
    cards = [card for card in start.findChildren(QPushButton) if card.accessibleName()]
    assert len(cards) == 4
    qtbot.mouseClick(cards[0], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.desk.book.count(Risk) == 21
    assert places.sample_register().exists()
    assert not start.isVisible()


def test_a_new_register_is_made_from_a_name_alone(new_window: Opened, qtbot: QtBot) -> None:
    window = new_window()
    dialog = window.files.new()
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible(), "a name is needed"
    qtbot.keyClicks(dialog.name, "My: programme/2026")
    assert dialog.path.name == "My programme 2026.riskreg"
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    settle(qtbot, window)
    activate(qtbot, window)
    assert window.windowTitle() == "My: programme/2026 – Risk Register"
    screen = register_screen(window)
    settle(qtbot, window)
    first = button(screen, "Add the first risk")
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.desk.book.count(Risk) == 1
    replace_text(qtbot, screen.editor.title, "The first risk")
    qtbot.keyClick(screen.editor.title, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert risk(window).title == "The first risk"


@pytest.mark.parametrize("name", ["", "/", "x" * 300, "a\tb"])
def test_a_file_that_can_not_be_made_is_said_in_the_dialog_until_one_types_on(
    new_window: Opened, qtbot: QtBot, name: str
) -> None:
    window = new_window()
    dialog = window.files.new()
    qtbot.keyClicks(dialog.name, "SEND")
    before = dialog.height(), dialog.name.height()
    dialog.file.setText(name)
    qtbot.keyClick(dialog.file, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert dialog._problem.isVisible()
    assert dialog.height() > before[0], "there is room for the sentence"
    assert dialog.name.height() >= before[1], "and nothing is squeezed by it"
    qtbot.keyClicks(dialog.file, "s")
    assert not dialog._problem.isVisible()
    settle(qtbot, window)
    assert dialog.height() == before[0]
    assert window.desk.path is None


def test_a_bare_name_goes_to_the_registers_and_is_made_once_however_often_enter_is_pressed(
    new_window: Opened, qtbot: QtBot
) -> None:
    window = new_window()
    opened = QSignalSpy(window.desk.opened)
    dialog = window.files.new()
    qtbot.keyClicks(dialog.name, "SEND")
    replace_text(qtbot, dialog.file, "mine")
    for _ in range(3):
        qtbot.keyClick(dialog.file, Qt.Key.Key_Return)
        dialog.button.click()
    settle(qtbot, window)
    assert opened.count() == 1
    assert window.desk.path == places.registers_folder() / "mine.riskreg"
    assert window._notices.text == ""
    assert window.findChild(NewRegister) is None


def test_a_register_that_can_not_be_made_leaves_the_dialog_with_what_was_typed_and_why(
    new_window: Opened, sample_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = new_window()
    (tmp_path / "file").write_text("")
    window.files.import_from(workbook(tmp_path / "Our register.xlsx", [["ID", "Risk"], [1, "A partner leaves"]]))
    dialog = window.findChild(NewRegister)
    assert dialog
    replace_text(qtbot, dialog.file, str(tmp_path / "file" / "below" / "send"))
    qtbot.keyClick(dialog.file, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "can't be made" in dialog._problem.text()
    assert dialog.name.text() == "Our register"
    assert dialog.button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    window.files.open(sample_file)
    settle(qtbot, window)
    assert window.desk.book.count(Risk) == 21
    assert window.findChild(ImportDialog) is None, "the import that was given up is not begun by the next register"
