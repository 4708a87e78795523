"""Reviews: due by the band, and noted by one key."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from risk_register.domain import standing
from risk_register.domain.cadence import months_later
from risk_register.domain.commands.risk import close_risk
from risk_register.domain.review import Review
from tests.ui.conftest import Opened, settle
from tests.ui.hands import CONTROL, register_screen, risk
from ui.window import Window


def due(window: Window, reference: str) -> date | None:
    return standing.review_due(window.desk.book, risk(window, reference))


def chosen(window: Window, qtbot: QtBot, reference: str) -> Any:
    screen = register_screen(window)
    screen.show_record(risk(window, reference))
    settle(qtbot, window)
    return screen


def test_one_key_says_that_the_risk_shown_was_reviewed_and_undo_takes_it_back(window: Window, qtbot: QtBot) -> None:
    screen = chosen(window, qtbot, "R-002")
    before = due(window, "R-002")
    assert before is not None
    assert before < window.desk.today()
    reviews = screen.editor.reviews
    assert "⚠ The next review was due on" in reviews.due.text()
    assert "(extreme: monthly)" in reviews.due.text()
    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    settle(qtbot, window)
    assert window.desk.undo_label == "Reviewed R-002, no change"
    assert due(window, "R-002") == months_later(window.desk.today(), 1)
    assert "⚠" not in reviews.due.text()
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert due(window, "R-002") == before


def test_a_note_that_is_begun_goes_with_it_by_the_key_the_button_or_enter(window: Window, qtbot: QtBot) -> None:
    reviews = chosen(window, qtbot, "R-002").editor.reviews
    qtbot.keyClicks(reviews.add.line, "Asked HR")
    qtbot.keyClick(reviews.add.line, Qt.Key.Key_R, CONTROL)
    settle(qtbot, window)
    qtbot.keyClicks(reviews.add.line, "Asked again")
    qtbot.mouseClick(reviews.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    qtbot.keyClicks(reviews.add.line, "And again")
    qtbot.keyClick(reviews.add.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert reviews.add.line.text() == ""
    assert reviews._past.text().index("And again") < reviews._past.text().index("Asked HR")
    found: list[Review] = []
    window.desk.fetch(Review, "risk", risk(window, "R-002").id, found.extend)
    settle(qtbot, window)
    assert [item.note for item in found] == ["Asked HR", "Asked again", "And again"]


def test_on_the_heat_map_the_chosen_risk_is_meant_and_elsewhere_one_is_told_to_choose(
    window: Window, qtbot: QtBot
) -> None:
    heat: Any = window.go_to("Heat map")
    heat.show_record(risk(window, "R-002"))
    settle(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    settle(qtbot, window)
    assert window.desk.undo_label == "Reviewed R-002, no change"
    assert "Last looked at on" in heat._told.text()
    window.go_to("Actions")
    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    assert "Choose the risk that was reviewed" in window._notices.text


def test_a_closed_risk_is_not_reviewed(window: Window, qtbot: QtBot) -> None:
    reviews = chosen(window, qtbot, "R-002").editor.reviews
    window.desk.run(close_risk(risk(window, "R-002"), reason="Over", on=window.desk.today()))
    settle(qtbot, window)
    assert not reviews.button.isVisible()
    assert not reviews.add.isVisible()


def test_the_register_filters_what_is_overdue_and_the_overview_lists_it(window: Window, qtbot: QtBot) -> None:
    overview: Any = window.go_to("Overview")
    settle(qtbot, window)
    card = overview._cards["Reviews overdue"]
    number = len(card._listed)
    assert number > 0
    qtbot.mouseClick(overview._counts["review"], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    screen = register_screen(window)
    assert screen.model.rowCount() == number
    chosen(window, qtbot, "R-002")
    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    settle(qtbot, window)
    window.go_to("Overview")
    settle(qtbot, window)
    assert len(card._listed) == number - 1


def test_a_review_is_there_at_the_next_start(new_window: Opened, sample_file: Any, qtbot: QtBot) -> None:
    window = new_window(sample_file)
    chosen(window, qtbot, "R-002")
    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    settle(qtbot, window)
    before = due(window, "R-002")
    window.desk.close()
    again = new_window(sample_file)
    assert due(again, "R-002") == before
