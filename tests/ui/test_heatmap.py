"""The heat map's screen."""

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from tests.ui.hands import CONTROL, button, risk
from ui.window import Window


def drag(qtbot: QtBot, screen: Any, id: UUID, cell: tuple[int, int]) -> None:
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
