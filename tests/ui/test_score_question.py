"""What is asked beside the matrix when a risk is re-scored."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from risk_register.domain import views
from risk_register.domain.risk import AssessmentKind
from tests.ui.conftest import activate, settle
from tests.ui.hands import CONTROL, answer_box, register_screen, replace_text, risk
from ui.window import Window


def asked(window: Window, qtbot: QtBot, cell: tuple[int, int] = (3, 4), reference: str = "R-001") -> Any:
    """The question, asked in the register's editor by a click on a cell."""
    screen = register_screen(window)
    screen.show_record(risk(window, reference))
    settle(qtbot, window)
    scoring = screen.editor.scoring
    place = scoring.matrix.cell_rect(cell).center().toPoint()
    qtbot.mouseClick(scoring.matrix, Qt.MouseButton.LeftButton, pos=place)
    assert scoring.question.isVisible()
    return scoring.question


def test_a_reason_is_asked_about_before_escape_discards_it(window: Window, qtbot: QtBot) -> None:
    question = asked(window, qtbot)
    qtbot.keyClicks(question.why, "The transition board has met")
    qtbot.keyClick(question.why, Qt.Key.Key_Escape)
    answer_box(qtbot, window, "Go back to it")
    activate(qtbot, window)
    assert question.isVisible()
    assert question.why.value() == "The transition board has met"
    qtbot.keyClick(question.why, Qt.Key.Key_Escape)
    answer_box(qtbot, window, "Discard it")
    settle(qtbot, window)
    assert not question.isVisible()
    assert question.begun.unsaved_words() == []


def test_without_a_reason_escape_closes_it_at_once_and_the_cursor_goes_back_to_the_matrix(
    window: Window, qtbot: QtBot
) -> None:
    question = asked(window, qtbot)
    assert QApplication.focusWidget() is question.why
    qtbot.keyClick(question.why, Qt.Key.Key_Escape)
    assert window.findChild(QMessageBox) is None
    assert not question.isVisible()
    assert QApplication.focusWidget() is register_screen(window).editor.scoring.matrix


def test_going_on_to_another_risk_in_the_table_leaves_the_cursor_there(window: Window, qtbot: QtBot) -> None:
    question = asked(window, qtbot)
    table = register_screen(window).table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert not question.isVisible()
    assert QApplication.focusWidget() is table


@pytest.mark.parametrize(
    ("day", "said"), [("31/2/2026", "“31/2/2026” is no date. Write it as 24/11/2026."), ("1/5/2099", "still to come")]
)
def test_a_day_that_cannot_be_is_refused_beside_the_field_and_nothing_is_lost(
    window: Window, qtbot: QtBot, day: str, said: str
) -> None:
    question = asked(window, qtbot)
    before = views.score(window.desk.book, risk(window), AssessmentKind.current)
    qtbot.keyClicks(question.why, "The chair resigned")
    replace_text(qtbot, question.on, day)
    qtbot.keyClick(question.on, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert said in question._problem.text()
    assert question.why.value() == "The chair resigned"
    assert views.score(window.desk.book, risk(window), AssessmentKind.current) == before
    replace_text(qtbot, question.on, "1/11")
    qtbot.keyClick(question.on, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert not question.isVisible()
    found = views.score(window.desk.book, risk(window), AssessmentKind.current)
    assert found
    assert (found.score, found.why, f"{found.on:%d %m}") == (12, "The chair resigned", "01 11")


def test_a_score_kept_late_leaves_what_is_begun_for_the_next_risk(window: Window, qtbot: QtBot) -> None:
    question = asked(window, qtbot)
    qtbot.keyClicks(question.why, "First")
    question.keep()
    again = asked_at_once(window, "R-002")
    again.why.setPlainText("Second")
    settle(qtbot, window)
    assert window.desk.undo_label == "Re-scored R-001: 20 to 12"
    assert again.isVisible()
    assert again.why.value() == "Second"
    assert [words[:5] for words in again.begun.unsaved_words()] == ["R-002"]


def asked_at_once(window: Window, reference: str) -> Any:
    """The question about another risk, before the register has answered."""
    screen = register_screen(window)
    screen.show_record(risk(window, reference))
    screen.editor.scoring._on_picked((2, 2))
    return screen.editor.scoring.question
