"""The dialog that changes the matrix, by mouse and by keyboard."""

from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication, QColorDialog
from pytestqt.qtbot import QtBot

from risk_register.domain import views
from risk_register.domain.colour import contrast, made_readable, readable_on
from risk_register.domain.commands.matrix import edit_matrix
from risk_register.domain.matrix import Matrix
from risk_register.domain.risk import AssessmentKind
from tests.ui.conftest import Opened, activate, settle
from tests.ui.hands import answer_box, button, register_screen, replace_text, risk
from ui.matrix_editor import MatrixDialog
from ui.window import Window

LEFT = Qt.MouseButton.LeftButton


def opened(window: Window, qtbot: QtBot) -> MatrixDialog:
    window.menus.show_programmes()
    next(item for item in window.menus.programmes.actions() if item.text() == "&Matrix and bands…").trigger()
    dialog = window.findChild(MatrixDialog)
    assert dialog
    activate(qtbot, dialog)
    settle(qtbot, window)
    return dialog


def kept(window: Window, qtbot: QtBot, dialog: MatrixDialog) -> Matrix:
    qtbot.mouseClick(dialog.keep, LEFT)
    settle(qtbot, window)
    return matrix(window)


def matrix(window: Window) -> Matrix:
    assert window.desk.programme
    return views.matrix_of(window.desk.book, window.desk.programme)


def place(dialog: MatrixDialog, cell: tuple[int, int]) -> QPoint:
    return dialog.cells.cell_rect(cell).center().toPoint()


def test_cells_are_painted_by_dragging_kept_as_one_edit_and_taken_back_by_one_undo(
    window: Window, qtbot: QtBot
) -> None:
    dialog = opened(window, qtbot)
    dialog.bands.rows()[0].brush.click()
    qtbot.mousePress(dialog.cells, LEFT, pos=place(dialog, (4, 4)))
    drag_to(dialog, (4, 5))
    qtbot.mouseRelease(dialog.cells, LEFT, pos=place(dialog, (4, 5)))
    now = kept(window, qtbot, dialog)
    assert (now.band_name(4, 4), now.band_name(4, 5), now.band_name(5, 5)) == ("Low", "Low", "Extreme")
    assert views.band_name(window.desk.book, risk(window)) == "Low"
    assert window.findChild(MatrixDialog) is None
    assert window.desk.undo_label == "Changed the matrix NPSA 5 x 5"
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert views.band_name(window.desk.book, risk(window)) == "Extreme"


def drag_to(dialog: MatrixDialog, cell: tuple[int, int]) -> None:
    """Move the pointer with the button held: QTest's own move holds none."""
    at = place(dialog, cell).toPointF()
    held = QMouseEvent(
        QEvent.Type.MouseMove, at, dialog.cells.mapToGlobal(at), LEFT, LEFT, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(dialog.cells, held)


def test_cells_are_painted_by_keyboard_alone(window: Window, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    dialog.cells.setFocus()
    qtbot.keyClick(dialog.cells, Qt.Key.Key_Right)
    qtbot.keyClick(dialog.cells, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.cells, Qt.Key.Key_4)
    assert dialog.bands.brush == 3
    qtbot.keyClick(dialog.cells, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.cells, Qt.Key.Key_Space)
    now = kept(window, qtbot, dialog)
    assert (now.band_name(2, 2), now.band_name(3, 2), now.band_name(1, 1)) == ("Extreme", "Extreme", "Low")


def test_bands_are_named_coloured_added_removed_and_reviewed_as_one_says(window: Window, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    rows = dialog.bands.rows()
    replace_text(qtbot, rows[3].name, "Very high")
    rows[2].months.setValue(2)
    qtbot.mouseClick(rows[3].colour, LEFT)
    chooser = dialog.findChild(QColorDialog)
    assert chooser
    chooser.setCurrentColor(QColor("#7b1fa2"))
    chooser.accept()
    rows[0].brush.click()
    qtbot.mouseClick(dialog.bands.add, LEFT)
    replace_text(qtbot, dialog.bands.rows()[1].name, "Watched")
    dialog.cells.setFocus()
    dialog.cells.cursor_cell = (1, 1)
    qtbot.keyClick(dialog.cells, Qt.Key.Key_2)
    qtbot.mouseClick(dialog.bands.rows()[2].remove, LEFT)
    now = kept(window, qtbot, dialog)
    assert now.bands == ("Low", "Watched", "High", "Very high")
    assert now.colours[3] == "#7b1fa2"
    assert now.months == (12, 12, 2, 1)
    assert now.band_name(1, 1) == "Watched"
    assert now.band_name(2, 2) == "Watched", "cells of the band that is gone fall to the one below"
    screen: Any = window.go_to("Overview")
    settle(qtbot, window)
    assert [tile.name for tile in screen._tiles] == ["Very high", "High", "Watched", "Low"]


def test_words_on_every_colour_can_be_read() -> None:
    assert made_readable("#cc3d3d") == "#cc3d3d"
    for ground in ("#777777", "#7f7f7f", "#767676", "#8a6d3b", "#ff0000", "#0000ff", "#1aa34a"):
        made = made_readable(ground)
        assert contrast(readable_on(made), made) >= 4.5, ground


def test_a_colour_on_which_words_could_not_be_read_is_made_lighter_and_that_is_said(
    window: Window, qtbot: QtBot
) -> None:
    dialog = opened(window, qtbot)
    dialog.bands.recolour(0, "#787878")
    assert dialog.draft.colours[0] != "#787878"
    assert "a little lighter" in dialog.bands._told.text()
    dialog.bands.recolour(0, "#ffffff")
    assert dialog.bands._told.text() == ""


def test_a_smaller_size_names_the_risks_that_do_not_fit_or_spreads_todays_scores(window: Window, qtbot: QtBot) -> None:
    before = matrix(window)
    dialog = opened(window, qtbot)
    dialog.rows.setValue(4)
    dialog.columns.setValue(4)
    assert "Likelihood 1 → 1, 2 → 2, 3 → 3, 4 → 3, 5 → 4." in dialog.rule.text()
    assert kept(window, qtbot, dialog) == before
    assert dialog.isVisible()
    assert "scored beyond 4 x 4" in dialog._problem.text()
    assert "R-001, " in dialog._problem.text()
    qtbot.mouseClick(dialog.mapped, LEFT, pos=QPoint(8, dialog.mapped.height() // 2))
    assert kept(window, qtbot, dialog).size == (4, 4)
    found = views.score(window.desk.book, risk(window))
    assert found
    assert found.cell == (3, 4)
    heat: Any = window.go_to("Heat map")
    settle(qtbot, window)
    assert heat.map.rows == heat.map.columns == 4
    editor = register_screen(window).editor
    settle(qtbot, window)
    assert "The matrix went from 5 x 5 to 4 x 4" in editor.scoring._past.text()
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert matrix(window) == before
    assert not list(problems(window, qtbot))


def problems(window: Window, qtbot: QtBot) -> list[str]:
    found: list[str] = []
    register = window.desk._register
    assert register
    window.desk._ask(lambda: list(register.problems()), found.extend)
    settle(qtbot, window)
    return found


def test_words_of_the_levels_are_typed_or_taken_over_by_domain(window: Window, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    dialog._tabs.setCurrentIndex(2)
    dialog.impacts.wording.setFocus()
    for _ in range(7):
        qtbot.keyClick(dialog.impacts.wording, Qt.Key.Key_Down)
    finance = dialog.impacts._wordings["Finance and claims"]
    assert dialog.impacts.wording.value() == "Finance and claims"
    name, text = dialog.impacts.rows[0]
    replace_text(qtbot, name, "Slight")
    assert text.value() == finance[0]
    now = kept(window, qtbot, dialog)
    assert now.impacts[0] == "Slight"
    assert now.impact_texts == finance


def test_a_preset_can_be_started_from_and_what_is_refused_stays_in_the_dialog(window: Window, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    dialog.preset.setFocus()
    for _ in range(3):
        qtbot.keyClick(dialog.preset, Qt.Key.Key_Down)
    assert dialog.draft.band_name(1, 5) == "High"
    replace_text(qtbot, dialog.bands.rows()[0].name, "High")
    kept(window, qtbot, dialog)
    assert "Give each band a name of its own." in dialog._problem.text()
    replace_text(qtbot, dialog.bands.rows()[0].name, "Low")
    assert kept(window, qtbot, dialog).name == "5 x 5, rare catastrophes high"


def test_a_draft_is_not_lost_without_being_asked(window: Window, qtbot: QtBot) -> None:
    before = matrix(window)
    dialog = opened(window, qtbot)
    replace_text(qtbot, dialog.name, "Ours")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    answer_box(qtbot, dialog, "Go back to it")
    assert dialog.isVisible()
    qtbot.mouseClick(button(dialog, "Cancel"), LEFT)
    answer_box(qtbot, dialog, "Discard it")
    settle(qtbot, window)
    assert window.findChild(MatrixDialog) is None
    assert matrix(window) == before


def test_a_colleagues_change_is_not_overwritten_unseen(window: Window, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    window.desk.run(edit_matrix(matrix(window), colours=("#ffffff", *matrix(window).colours[1:])))
    settle(qtbot, window)
    replace_text(qtbot, dialog.bands.rows()[0].name, "Small")
    assert kept(window, qtbot, dialog).bands[0] == "Low"
    assert "Somebody has changed the matrix meanwhile" in dialog._problem.text()
    assert kept(window, qtbot, dialog).bands[0] == "Small"


def test_a_changed_matrix_is_there_at_the_next_start(new_window: Opened, sample_file: Any, qtbot: QtBot) -> None:
    window = new_window(sample_file)
    dialog = opened(window, qtbot)
    replace_text(qtbot, dialog.bands.rows()[3].name, "Critical")
    before = kept(window, qtbot, dialog)
    window.desk.close()
    again = new_window(sample_file)
    assert matrix(again) == before
    assert views.band_name(again.desk.book, risk(again), AssessmentKind.current) == "Critical"
