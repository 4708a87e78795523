"""The first start, and a register made from it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from risk_register import places
from risk_register.domain.risk import Risk
from tests.ui.conftest import Opened, activate, settle
from tests.ui.hands import button, register_screen, replace_text, risk
from ui.start import Start


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
