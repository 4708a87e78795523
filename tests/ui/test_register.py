"""The register's screen: filters, columns, copying, scoring."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.risk import Response, RiskKind
from tests.ui.conftest import Opened, settle
from tests.ui.hands import CONTROL, SHIFT, register_screen, risk
from ui.window import Window


def test_typing_filters_over_all_text_and_escape_shows_everything(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    qtbot.keyClicks(screen.filters.search, "alliance reorganised")
    settle(qtbot, window)
    assert 1 <= screen.model.rowCount() < 21
    qtbot.keyClick(screen.filters.search, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert screen.model.rowCount() == 21


def test_chips_narrow_the_table_and_are_remembered(new_window: Opened, sample_file: Path, qtbot: QtBot) -> None:
    window = new_window(sample_file)
    screen = register_screen(window)
    qtbot.mouseClick(screen.filters.chip("outside"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    narrowed = screen.model.rowCount()
    assert 0 < narrowed < 21
    menu = screen.filters.menu(screen.filters.chip("band"))
    next(item for item in menu.actions() if item.text() == "Extreme").trigger()
    settle(qtbot, window)
    assert screen.model.rowCount() == 5
    window.desk.close()
    again = new_window(sample_file)
    assert register_screen(again).model.rowCount() == 5


def test_columns_chosen_and_moved_are_there_at_the_next_start(
    new_window: Opened, sample_file: Path, qtbot: QtBot
) -> None:
    window = new_window(sample_file)
    table = register_screen(window).table
    next(item for item in table.columns_menu().actions() if item.text() == "Raised").trigger()
    table.horizontalHeader().moveSection(1, 0)
    qtbot.wait(500)
    window.desk.close()
    again = register_screen(new_window(sample_file)).table
    titles = [again.model().headerData(number, Qt.Orientation.Horizontal) for number in again._shown_columns()]
    assert titles[0] == "Title"
    assert "Raised" in titles


def test_the_selected_rows_are_copied_for_excel(window: Window, qtbot: QtBot) -> None:
    table = register_screen(window).table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Home, CONTROL)
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(table, Qt.Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Ref\tTitle\tCurrent")
    assert [line.split("\t")[0] for line in lines[1:]] == ["R-001", "R-003"]


def test_a_row_gone_to_by_a_key_with_ctrl_is_chosen(window: Window, qtbot: QtBot) -> None:
    """Qt asks which keys are held where nothing says what to select: Ctrl would take the row out of what is chosen."""
    table = register_screen(window).table
    window.go_to("Overview")
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert window.current_screen is register_screen(window)
    wanted = risk(window, "R-003").id
    table.choose(wanted)
    assert table.selected_ids() == [wanted]


def test_a_title_that_excel_would_run_is_copied_as_text(window: Window, qtbot: QtBot) -> None:
    window.desk.run(edit_risk(risk(window), title="=1+1", tags=("a\tb",)))
    settle(qtbot, window)
    table = register_screen(window).table
    assert table.choose(risk(window).id)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert "\t'=1+1\t" in data.text()
    assert "<td>&#x27;=1+1</td>" in data.html()


def test_a_click_on_the_matrix_asks_why_and_keeps_the_score(window: Window, qtbot: QtBot) -> None:
    scoring = register_screen(window).editor.scoring
    where = scoring.matrix.cell_rect((2, 4)).center().toPoint()
    qtbot.mouseClick(scoring.matrix, Qt.MouseButton.LeftButton, pos=where)
    assert scoring.question.isVisible()
    qtbot.keyClicks(scoring.question.why, "The Alliance named a sponsor")
    qtbot.keyClick(scoring.question.why, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert not scoring.question.isVisible()
    assert window.desk.undo_label == "Re-scored R-001: 20 to 8"
    screen: Any = window.go_to("History")
    settle(qtbot, window)
    assert screen.model.index(0, 2).data() == "Re-scored R-001: 20 to 8"
    assert screen.model.index(0, 3).data() == "The Alliance named a sponsor"


def test_the_matrix_is_scored_by_keyboard_alone(window: Window, qtbot: QtBot) -> None:
    scoring = register_screen(window).editor.scoring
    scoring.matrix.setFocus()
    scoring.matrix.cursor_cell = (4, 5)
    qtbot.keyClick(scoring.matrix, Qt.Key.Key_Down)
    qtbot.keyClick(scoring.matrix, Qt.Key.Key_Left)
    qtbot.keyClick(scoring.matrix, Qt.Key.Key_Return)
    assert scoring.question.cell == (3, 4)
    qtbot.keyClick(scoring.question.why, Qt.Key.Key_Escape)
    assert not scoring.question.isVisible()
    assert window.desk.undo_label == ""


def test_a_threat_becomes_an_opportunity_and_its_response_goes_with_it_in_one_edit(
    window: Window, qtbot: QtBot
) -> None:
    editor = register_screen(window).editor
    assert risk(window).response is Response.reduce
    editor.kind.setFocus()
    qtbot.keyClick(editor.kind, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert (risk(window).kind, risk(window).response) == (RiskKind.opportunity, None)
    assert "Exploit" in [editor.response.itemText(place) for place in range(editor.response.count())]
    assert editor._statement.text().count("there is an opportunity that") == 1
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert (risk(window).kind, risk(window).response) == (RiskKind.threat, Response.reduce)
    assert editor.response.value() is Response.reduce
