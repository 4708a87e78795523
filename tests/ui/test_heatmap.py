"""The heat map's screen."""

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from tests.ui.hands import CONTROL, button, replace_text, risk
from ui.window import Window


def drag(qtbot: QtBot, screen: Any, id: UUID, cell: tuple[int, int], *, escape: bool = False) -> None:
    start = screen.map.marker_of(id).center().toPoint()
    end = screen.map.cell_rect(cell).center().toPoint()
    qtbot.mousePress(screen.map, Qt.MouseButton.LeftButton, pos=start)
    for part in (0.2, 0.6, 1.0):
        between = QPoint(int(start.x() + (end.x() - start.x()) * part), int(start.y() + (end.y() - start.y()) * part))
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(between),
            QPointF(screen.map.mapToGlobal(between)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(screen.map, event)
    if escape:
        qtbot.keyClick(screen.map, Qt.Key.Key_Escape)
    qtbot.mouseRelease(screen.map, Qt.MouseButton.LeftButton, pos=end)


def test_a_marker_dragged_on_the_heat_map_rescores_and_undo_brings_it_back(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    drag(qtbot, screen, risk(window).id, (2, 2))
    assert screen.question.isVisible()
    qtbot.keyClicks(screen.question.why, "It eased")
    qtbot.mouseClick(screen.question.keep_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.map.cell_at(screen.map.marker_of(risk(window).id).center()) == (2, 2)
    qtbot.keyClick(screen, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert screen.map.cell_at(screen.map.marker_of(risk(window).id).center()) == (4, 5)


def test_a_cell_clicked_lists_its_risks_and_the_kind_is_switched(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    corner = screen.map.cell_rect((3, 3)).topLeft().toPoint() + QPoint(4, 4)
    qtbot.mouseClick(screen.map, Qt.MouseButton.LeftButton, pos=corner)
    references = [screen.list.item(row).text()[:5] for row in range(screen.list.count())]
    assert references == ["R-004", "R-005", "R-006", "R-010", "R-012", "R-020"]
    qtbot.mouseClick(button(screen, "Target"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.kind.value == "Target"
    assert screen.map.cell_at(screen.map.marker_of(risk(window).id).center()) == (2, 4)


def test_full_screen_shows_the_map_alone_and_escape_comes_back(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    qtbot.mouseClick(button(screen, "Full screen"), Qt.MouseButton.LeftButton)
    assert window.isFullScreen()
    assert not screen._side.isVisible()
    assert not window._sidebar.isVisible()
    assert not window.statusBar().isVisible()
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert screen._side.isVisible()
    assert window._sidebar.isVisible()


def test_a_risk_is_rescored_without_leaving_the_full_screen_and_undone_there(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    qtbot.mouseClick(button(screen, "Full screen"), Qt.MouseButton.LeftButton)
    drag(qtbot, screen, risk(window).id, (3, 4))
    assert window.isFullScreen()
    assert screen.question.isVisible()
    assert not screen.list.isVisible()
    qtbot.keyClicks(screen.question.why, "A sponsor was named")
    qtbot.keyClicks(screen.question.where, "SEND Board")
    qtbot.keyClick(screen.question.why, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert (window.desk.undo_label, window.isFullScreen()) == ("Re-scored R-001: 20 to 12", True)
    qtbot.keyClick(screen, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert screen.map.cell_at(screen.map.marker_of(risk(window).id).center()) == (4, 5)
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert not screen._side.isVisible(), "the first Escape puts the risk away"
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert not window.isFullScreen()


def test_leaving_the_full_screen_by_the_windows_own_key_gives_everything_back(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    qtbot.mouseClick(button(screen, "Full screen"), Qt.MouseButton.LeftButton)
    window.menus.full_screen.trigger()
    settle(qtbot, window)
    assert not window.isFullScreen()
    assert window._sidebar.isVisible()
    assert screen._side.isVisible()


def test_movement_since_a_day_to_come_is_refused_and_none_is_shown(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    assert "moved since" in screen._head._detail._whole
    screen._since.set_value(date(2099, 5, 1))
    screen._since.kept.emit()
    settle(qtbot, window)
    assert "1 May 2099 is still to come" in window._notices.text
    assert "moved" not in screen._head._detail._whole


def test_escape_lets_go_of_a_marker_and_nothing_is_asked(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    drag(qtbot, screen, risk(window).id, (2, 2), escape=True)
    assert not screen.question.isVisible()
    assert screen._heading.text() == "All open risks", "nor is the cell below picked"
    drag(qtbot, screen, risk(window).id, (2, 2))
    assert screen.question.isVisible()


def test_by_keyboard_alone_a_risk_is_chosen_moved_and_given_up(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    assert QApplication.focusWidget() is screen.map
    screen.list.setFocus()
    qtbot.keyClick(screen.list, Qt.Key.Key_Down)
    screen._move.setFocus()
    qtbot.keyClick(screen._move, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is screen.map
    qtbot.keyClick(screen.map, Qt.Key.Key_Down)
    qtbot.keyClick(screen.map, Qt.Key.Key_Return)
    assert (screen.question._risk.reference, screen.question.cell) == ("R-003", (4, 4))
    qtbot.keyClick(screen.question.where, Qt.Key.Key_Escape)
    assert not screen.question.isVisible()
    assert QApplication.focusWidget() is screen.map
    assert window.desk.undo_label == ""


def test_a_marker_clicked_while_a_risk_is_moved_stands_for_its_cell(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    screen.show_record(risk(window))
    qtbot.mouseClick(screen._move, Qt.MouseButton.LeftButton)
    place = screen.map.marker_of(risk(window, "R-003").id).center().toPoint()
    qtbot.mouseClick(screen.map, Qt.MouseButton.LeftButton, pos=place)
    assert (screen.question._risk.reference, screen.question.cell) == ("R-001", (5, 4))


def test_another_kind_chosen_while_scoring_is_the_one_that_is_scored(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    drag(qtbot, screen, risk(window).id, (1, 3))
    qtbot.mouseClick(button(screen, "Target"), Qt.MouseButton.LeftButton)
    assert screen.question.by.isVisible()
    qtbot.keyClicks(screen.question.why, "The board set it lower")
    qtbot.keyClick(screen.question.why, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert window.desk.undo_label == "Re-scored R-001 (target): 8 to 3"


def test_a_day_that_is_none_is_said_and_shows_no_movement(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    replace_text(qtbot, screen._since, "31/9/2026")
    qtbot.keyClick(screen._since, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "“31/9/2026” is no date" in window._notices.text
    assert "moved" not in screen._head._detail._whole
    assert screen._since.text() == "31/9/2026"


def test_other_colours_leave_what_is_chosen_and_what_is_answered(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    drag(qtbot, screen, risk(window).id, (1, 3))
    qtbot.keyClicks(screen.question.why, "Half a rea")
    screen.restyle()
    settle(qtbot, window)
    assert screen.question.isVisible()
    assert screen.question.why.value() == "Half a rea"
    assert screen.map.chosen == risk(window).id
