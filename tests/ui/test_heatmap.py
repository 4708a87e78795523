"""The heat map's screen."""

from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from tests.ui.hands import CONTROL, button, risk
from ui.window import Window


def test_a_marker_dragged_on_the_heat_map_rescores_and_undo_brings_it_back(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    start = screen.map.marker_of(risk(window).id).center().toPoint()
    end = screen.map.cell_rect((2, 2)).center().toPoint()
    qtbot.mousePress(screen.map, Qt.MouseButton.LeftButton, pos=start)
    for part in (0.2, 0.6, 1.0):
        between = QPoint(int(start.x() + (end.x() - start.x()) * part), int(start.y() + (end.y() - start.y()) * part))
        _drag(screen.map, between)
    qtbot.mouseRelease(screen.map, Qt.MouseButton.LeftButton, pos=end)
    assert screen.question.isVisible()
    qtbot.keyClicks(screen.question.why, "It eased")
    qtbot.mouseClick(screen.question.keep_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.map.cell_at(screen.map.marker_of(risk(window).id).center()) == (2, 2)
    qtbot.keyClick(screen, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert screen.map.cell_at(screen.map.marker_of(risk(window).id).center()) == (4, 5)


def _drag(widget: QWidget, place: QPoint) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


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
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert screen._side.isVisible()
