"""Asking a board, changing what is asked, recording what it decided."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QToolButton
from pytestqt.qtbot import QtBot

from risk_register.domain import views
from risk_register.domain.commands.governance import add_board
from risk_register.domain.decision import Decision, FollowUp
from risk_register.domain.governance import Meeting
from tests.ui.conftest import activate, settle
from tests.ui.hands import CONTROL, answer_box, button, register_screen, replace_text, risk
from ui.decision import AskDialog, DecisionDialog
from ui.elided import ElidedButton
from ui.search import Finder
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


def asking(window: Window, qtbot: QtBot) -> AskDialog:
    screen = register_screen(window)
    screen.show_record(risk(window, "R-002"))
    settle(qtbot, window)
    section = screen.editor.decision_list
    qtbot.mouseClick(section._ask, Qt.MouseButton.LeftButton)
    dialog: AskDialog = section.findChild(AskDialog)
    activate(qtbot, dialog)
    return dialog


@pytest.mark.parametrize("how", ["enter", "click", "ctrl+enter elsewhere"])
def test_a_new_board_typed_is_added_and_is_the_one_that_is_asked(window: Window, qtbot: QtBot, how: str) -> None:
    ask = asking(window, qtbot)
    qtbot.keyClicks(ask.words, "Fund a handover post")
    line = ask.board.lineEdit()
    assert line
    replace_text(qtbot, line, "Finance Committee")
    if how == "enter":
        qtbot.keyClick(line, Qt.Key.Key_Return)
    elif how == "click":
        qtbot.mouseClick(ask.button, Qt.MouseButton.LeftButton)
    else:
        ask.words.setFocus()
        qtbot.keyClick(ask.words, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    asked = decisions(window, "R-002")
    assert [views.shown(window.desk.book, item, "board") for item in asked] == ["Finance Committee"]
    assert window.findChild(AskDialog) is None


def test_a_board_that_can_not_be_added_keeps_the_dialog_open_and_none_is_asked(window: Window, qtbot: QtBot) -> None:
    ask = asking(window, qtbot)
    qtbot.keyClicks(ask.words, "Fund a handover post")
    line = ask.board.lineEdit()
    assert line
    line.setMaxLength(500)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_A, CONTROL)
    line.insert("x" * 400)
    for _ in range(2):
        qtbot.keyClick(line, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert "Name is 400 characters long" in ask._problem.text()
    assert not decisions(window, "R-002")
    replace_text(qtbot, line, "Finance Committee")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert len(decisions(window, "R-002")) == 1


def test_a_decision_is_asked_once_however_often_it_is_pressed(window: Window, qtbot: QtBot) -> None:
    ask = asking(window, qtbot)
    qtbot.keyClicks(ask.words, "Fund a handover post")
    for _ in range(3):
        qtbot.keyClick(ask.words, Qt.Key.Key_Return, CONTROL)
        qtbot.mouseClick(ask.button, Qt.MouseButton.LeftButton)
        qtbot.keyClick(ask, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert len(decisions(window, "R-002")) == 1


def test_a_question_left_unchanged_is_no_change(window: Window, qtbot: QtBot) -> None:
    decision = next(item for item in window.desk.book.all(Decision) if item.decided_on is None)
    dialog = AskDialog(window.desk, None, decision, window)
    dialog.open()
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.findChild(AskDialog) is None


def test_what_is_decided_about_scrolls_where_it_is_long_and_the_buttons_stay_on_the_screen(
    window: Window, qtbot: QtBot
) -> None:
    decision = next(item for item in window.desk.book.all(Decision) if item.decided_on is None)
    dialog = DecisionDialog(window.desk, replace(decision, question="Fund it? " * 2_000), window)
    dialog.open()
    settle(qtbot, window)
    room = dialog.screen().availableGeometry()
    assert dialog.frameGeometry().height() <= room.height()
    assert dialog.button.isVisible()
    assert dialog.rect().contains(dialog.button.geometry())
    assert dialog.words.height() >= 4 * dialog.words.fontMetrics().lineSpacing()


def test_a_short_question_takes_no_more_room_than_it_needs(window: Window, qtbot: QtBot) -> None:
    decision = next(item for item in window.desk.book.all(Decision) if item.decided_on is None)
    dialog = DecisionDialog(window.desk, replace(decision, question="Fund it?"), window)
    dialog.open()
    settle(qtbot, window)
    passage = dialog.findChild(QScrollArea)
    assert passage
    assert passage.height() < 2 * dialog.fontMetrics().lineSpacing()


def test_of_two_boards_with_one_short_name_the_one_chosen_is_asked(window: Window, qtbot: QtBot) -> None:
    assert window.desk.programme
    for name in ("Finance Group", "Finance Committee"):
        window.desk.run(add_board(programme=window.desk.programme, name=name, short="FIN"))
    settle(qtbot, window)
    ask = asking(window, qtbot)
    qtbot.keyClicks(ask.words, "Fund a handover post")
    twins = [place for place in range(ask.board.count()) if ask.board.itemText(place) == "FIN"]
    ask.board.setFocus()
    ask.board.setCurrentIndex(twins[1])
    ask.board.activated.emit(twins[1])
    chosen = ask.board.value()
    qtbot.mouseClick(ask.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert decisions(window, "R-002")[0].board == chosen
    assert len(twins) == 2


def waiting(window: Window) -> Decision:
    """The decision on the vote of the alternative provision seat, asked of the SEND Board and not taken."""
    return next(item for item in window.desk.book.all(Decision) if item.reference == "D-005")


def test_a_decision_is_taken_at_a_meeting_by_somebody_and_what_followed_is_noted(window: Window, qtbot: QtBot) -> None:
    dialog = DecisionDialog(window.desk, waiting(window), window)
    dialog.open()
    activate(qtbot, dialog)
    shown = [dialog.meeting.itemText(place) for place in range(1, dialog.meeting.count())]
    assert shown[0].startswith("SEND Board, "), "of the board asked, the latest first"
    assert any(words.startswith("HWBB, ") for words in shown), "then of those above it"
    days = [window.desk.book.get(Meeting, id).on for id in dialog.meeting._ids[1:] if id]
    assert max(days) <= window.desk.today(), "none that is still to come"
    qtbot.keyClicks(dialog.words, "One vote")
    dialog.meeting.setCurrentIndex(1)
    dialog.meeting.activated.emit(1)
    assert dialog.decided_on.value() == days[0], "the day is the meeting's"
    line = dialog.decided_by.lineEdit()
    assert line
    replace_text(qtbot, line, "Ada Lovelace")
    qtbot.keyClicks(dialog.followed, "The terms were adopted")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    done = waiting(window)
    assert (done.answer, done.decided_on, done.followed) == ("One vote", days[0], "The terms were adopted")
    assert views.shown(window.desk.book, done, "decided_by") == "Ada Lovelace"
    assert done.meeting
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert (waiting(window).answer, waiting(window).meeting) == ("", None)


def test_a_day_that_is_not_the_meetings_is_refused_and_all_that_was_typed_stays(window: Window, qtbot: QtBot) -> None:
    dialog = DecisionDialog(window.desk, waiting(window), window)
    dialog.open()
    activate(qtbot, dialog)
    qtbot.keyClicks(dialog.words, "One vote")
    qtbot.keyClicks(dialog.followed, "The terms were adopted")
    dialog.meeting.setCurrentIndex(1)
    dialog.meeting.activated.emit(1)
    dialog.decided_on.set_value(window.desk.today())
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert "so D-005 can't have been decided at it" in dialog._problem.text()
    assert (dialog.words.value(), dialog.followed.value()) == ("One vote", "The terms were adopted")


@pytest.mark.parametrize("field", ["words", "followed"])
def test_escape_asks_before_anything_that_was_written_is_lost(window: Window, qtbot: QtBot, field: str) -> None:
    dialog = DecisionDialog(window.desk, waiting(window), window)
    dialog.open()
    activate(qtbot, dialog)
    qtbot.keyClicks(getattr(dialog, field), "One vote")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    answer_box(qtbot, dialog, "Discard it")
    settle(qtbot, window)
    assert window.findChild(DecisionDialog) is None


def test_an_action_is_linked_to_the_decision_that_it_follows_from_and_unlinked(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    screen.show_record(risk(window, "R-003"))
    settle(qtbot, window)
    section = screen.editor.decision_list
    before = window.desk.book.count(FollowUp)
    qtbot.mouseClick(button(section, "Link an action…"), Qt.MouseButton.LeftButton)
    finder = section.findChild(Finder)
    assert finder
    qtbot.keyClicks(finder.line, "A-012")
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.desk.book.count(FollowUp) == before + 1

    def rows() -> list[ElidedButton]:
        found = [row for _, widget in section._shown for row in widget.findChildren(ElidedButton)]
        return [row for row in found if row.accessibleName().startswith("A-012")]

    (row,) = rows()
    line: Any = row.parentWidget()
    unlink = line.findChild(QToolButton)
    qtbot.mouseClick(unlink, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert not rows()
    window.menus.undo.trigger()
    settle(qtbot, window)
    (row,) = rows()
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.current_screen
    assert window.current_screen.title == "Actions"
