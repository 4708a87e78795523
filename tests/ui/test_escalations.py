"""Putting a risk to another board, and recording the answer, in the window."""

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from risk_register.domain import standing, views
from risk_register.domain.escalation import Answer, Escalation
from tests.ui.conftest import activate, settle
from tests.ui.hands import CONTROL, button, register_screen, risk
from ui.register.escalations import AnswerDialog, EscalateDialog
from ui.window import Window

LEFT = Qt.MouseButton.LeftButton


def section(window: Window, qtbot: QtBot, reference: str) -> Any:
    screen = register_screen(window)
    screen.show_record(risk(window, reference))
    settle(qtbot, window)
    screen.editor._area.ensureWidgetVisible(screen.editor.escalations)
    return screen.editor.escalations


def asked(window: Window, qtbot: QtBot, kind: Any) -> Any:
    dialog = window.findChild(kind)
    assert dialog
    activate(qtbot, dialog)
    return dialog


def test_a_risk_is_put_to_the_board_above_with_a_reason(window: Window, qtbot: QtBot) -> None:
    shown = section(window, qtbot, "R-001")
    qtbot.mouseClick(shown.ask, LEFT)
    dialog = asked(window, qtbot, EscalateDialog)
    assert dialog.way.text() == "Up the tree from SEND Board"
    assert not dialog.button.isEnabled()
    assert dialog.needed.text() == "Write the reason first."
    qtbot.keyClicks(dialog.words, "Only the chief officers can speak for the ICB")
    assert dialog.needed.text() == ""
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert window.desk.undo_label == "Escalated R-001 to HWBB"
    assert not shown.ask.isEnabled()
    assert "record that first" in shown.ask.toolTip()
    overview: Any = window.go_to("Overview")
    settle(qtbot, window)
    assert [row.key for row in overview._cards["Escalations waiting"]._listed if row.key == risk(window).id]


def test_the_board_accepts_and_oversees_it_from_then_on(window: Window, qtbot: QtBot) -> None:
    shown = section(window, qtbot, "R-016")
    assert views.shown(window.desk.book, risk(window, "R-016"), "board") == "SEND Board"
    qtbot.mouseClick(button(shown, "Record the answer…"), LEFT)
    dialog = asked(window, qtbot, AnswerDialog)
    assert dialog.effect.text() == "HWBB oversees R-016 from then on."
    assert dialog.button.isEnabled(), "an acceptance needs no words"
    qtbot.keyClick(dialog.answer, Qt.Key.Key_Down)
    assert not dialog.button.isEnabled(), "a return does"
    assert dialog.needed.text() == "Write why it was returned first."
    qtbot.keyClick(dialog.answer, Qt.Key.Key_Up)
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    assert views.shown(window.desk.book, risk(window, "R-016"), "board") == "HWBB"
    assert not standing.open_escalations(window.desk.book, risk(window).programme)
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert views.shown(window.desk.book, risk(window, "R-016"), "board") == "SEND Board"
    (waiting,) = standing.open_escalations(window.desk.book, risk(window).programme)
    assert waiting.answer is None


def test_an_answered_one_stays_in_the_editor_and_can_be_followed_by_another(window: Window, qtbot: QtBot) -> None:
    shown = section(window, qtbot, "R-012")
    (row,) = [row for row, _ in shown._shown]
    escalation = window.desk.book.get(Escalation, row.key)
    assert escalation.answer is Answer.returned
    assert shown.ask.isEnabled()


def test_what_is_withdrawn_is_gone_and_undo_brings_it_back(window: Window, qtbot: QtBot) -> None:
    shown = section(window, qtbot, "R-016")
    qtbot.mouseClick(button(shown, "Withdraw"), LEFT)
    settle(qtbot, window)
    assert not shown._shown
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert len(shown._shown) == 1


def test_without_a_board_the_dialog_stays_with_what_was_written(window: Window, qtbot: QtBot) -> None:
    shown = section(window, qtbot, "R-005")  # overseen by the board at the top
    qtbot.mouseClick(shown.ask, LEFT)
    dialog = asked(window, qtbot, EscalateDialog)
    qtbot.keyClicks(dialog.words, "Why not")
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    assert dialog.isVisible()
    assert "Choose the board" in dialog._problem.text()
    assert dialog.words.value() == "Why not"
