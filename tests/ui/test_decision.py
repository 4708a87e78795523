"""Asking a board, changing what is asked, recording what it decided."""

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from risk_register.domain.decision import Decision
from tests.ui.conftest import settle
from tests.ui.hands import CONTROL, button, register_screen, replace_text, risk
from ui.decision import AskDialog, DecisionDialog
from ui.window import Window


def decisions(window: Window, reference: str) -> list[Decision]:
    return list(window.desk.book.where(Decision, "risk", risk(window, reference).id))


def test_a_board_is_asked_by_a_day_then_the_question_changed_then_answered(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    screen.show_record(risk(window, "R-002"))
    settle(qtbot, window)
    section = screen.editor.decision_list
    qtbot.mouseClick(section._ask, Qt.MouseButton.LeftButton)
    ask = section.findChild(AskDialog)
    assert ask
    qtbot.mouseClick(ask.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert "Write what the board is asked to decide" in ask._problem.text()
    qtbot.keyClicks(ask.words, "Fund a handover post")
    ask.needed_by.set_value(window.desk.today() + timedelta(days=30))
    qtbot.keyClick(ask.words, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    made = decisions(window, "R-002")[0]
    assert (made.question, made.needed_by) == ("Fund a handover post", window.desk.today() + timedelta(days=30))
    assert made.board == risk(window, "R-002").board, "the board that oversees the risk is proposed"

    qtbot.mouseClick(button(section, "Change…"), Qt.MouseButton.LeftButton)
    change = next(item for item in section.findChildren(AskDialog) if item.isVisible())
    replace_text(qtbot, change.words, "Fund two handover posts")
    qtbot.mouseClick(change.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert decisions(window, "R-002")[0].question == "Fund two handover posts"

    qtbot.mouseClick(button(section, "Record decision…"), Qt.MouseButton.LeftButton)
    record = section.findChild(DecisionDialog)
    assert record
    qtbot.keyClicks(record.words, "Agreed")
    record.decided_on.set_value(window.desk.today() - timedelta(days=1))
    qtbot.mouseClick(record.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert "so it can't have been decided on" in record._problem.text()
    record.decided_on.set_value(window.desk.today())
    qtbot.mouseClick(record.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    done = decisions(window, "R-002")[0]
    assert (done.answer, done.decided_on) == ("Agreed", window.desk.today())
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert decisions(window, "R-002")[0].decided_on is None


def test_a_decision_dated_in_the_future_is_refused_and_the_words_stay(window: Window, qtbot: QtBot) -> None:
    section = register_screen(window).editor.decision_list
    qtbot.mouseClick(button(section, "Record decision…"), Qt.MouseButton.LeftButton)
    record = section.findChild(DecisionDialog)
    assert record
    qtbot.keyClicks(record.words, "Agreed")
    record.decided_on.set_value(window.desk.today() + timedelta(days=9))
    qtbot.mouseClick(record.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert "still to come" in record._problem.text()
    assert record.words.value() == "Agreed"
