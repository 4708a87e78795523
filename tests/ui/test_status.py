"""The status of a risk: each step says what it needs before it is tried."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from risk_register.domain.risk import RiskStatus
from tests.ui.conftest import activate, settle
from tests.ui.hands import answer_box, register_screen, replace_text, risk
from ui.prompt import Prompt
from ui.register.status import CloseDialog
from ui.window import Window

LEFT = Qt.MouseButton.LeftButton


def steps(window: Window, qtbot: QtBot, reference: str) -> dict[str, QAction]:
    screen = register_screen(window)
    screen.show_record(risk(window, reference))
    settle(qtbot, window)
    screen.editor.status._on_menu_shown()
    settle(qtbot, window)
    screen.editor.status._on_menu_shown()
    return {item.text(): item for item in screen.editor.status._menu.actions()}


def prompt(window: Window, qtbot: QtBot) -> Any:
    found = next(item for item in window.findChildren(Prompt) if item.isVisible())
    activate(qtbot, found)
    return found


def test_a_draft_says_what_it_lacks_and_cant_be_opened_before(window: Window, qtbot: QtBot) -> None:
    editor = register_screen(window).editor
    steps(window, qtbot, "R-021")
    replace_text(qtbot, editor.event_field, " ")
    found = steps(window, qtbot, "R-021")
    item = found["Open… (first write its event)"]
    assert not item.isEnabled()
    replace_text(qtbot, editor.event_field, "placements can't be reached in time")
    found = steps(window, qtbot, "R-021")
    found["Open…"].trigger()
    dialog = prompt(window, qtbot)
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    assert risk(window, "R-021").status is RiskStatus.open


def test_closing_waits_for_the_reason_and_keeps_what_was_learnt(window: Window, qtbot: QtBot) -> None:
    steps(window, qtbot, "R-001")["Close…"].trigger()
    dialog = prompt(window, qtbot)
    assert isinstance(dialog, CloseDialog)
    assert not dialog.button.isEnabled()
    assert dialog.needed.text() == "Write the reason first."
    assert any("Still open: A-0" in label.text() for label in dialog.findChildren(type(dialog.needed)))
    qtbot.keyClicks(dialog.words, "The ICB named a sponsor")
    qtbot.keyClicks(dialog.lessons, "Ask a year earlier")
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    now = risk(window, "R-001")
    assert (now.status, now.closing_reason, now.lessons) == (
        RiskStatus.closed,
        "The ICB named a sponsor",
        "Ask a year earlier",
    )
    assert "Learnt: Ask a year earlier" in register_screen(window).editor._closing.text()


def test_what_was_learnt_is_not_lost_without_being_asked(window: Window, qtbot: QtBot) -> None:
    steps(window, qtbot, "R-001")["Close…"].trigger()
    dialog = prompt(window, qtbot)
    qtbot.keyClicks(dialog.lessons, "Ask a year earlier")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    answer_box(qtbot, dialog, "Go back to it")
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    answer_box(qtbot, dialog, "Discard it")
    settle(qtbot, window)
    assert risk(window, "R-001").status is RiskStatus.open


def test_a_closed_and_a_materialised_risk_are_reopened_with_a_reason(window: Window, qtbot: QtBot) -> None:
    steps(window, qtbot, "R-018")["Reopen…"].trigger()
    dialog = prompt(window, qtbot)
    assert dialog.needed.text() == "Write why it is reopened first."
    qtbot.keyClicks(dialog.words, "The terms differ again")
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    assert risk(window, "R-018").status is RiskStatus.open
    steps(window, qtbot, "R-018")["It has happened…"].trigger()
    dialog = prompt(window, qtbot)
    assert not dialog.button.isEnabled()
    qtbot.keyClicks(dialog.words, "Two boards decided differently")
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    assert risk(window, "R-018").status is RiskStatus.materialised
    assert set(steps(window, qtbot, "R-018")) == {"Reopen…", "Close…"}
