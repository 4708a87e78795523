"""Links between risks: said in the editor, and drawn beside it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from risk_register.domain import standing
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.risk_link import LinkKind
from tests.ui.conftest import activate, settle
from tests.ui.hands import register_screen, risk
from ui.search import Finder
from ui.window import Window

LEFT = Qt.MouseButton.LeftButton


def section(window: Window, qtbot: QtBot, reference: str) -> Any:
    screen = register_screen(window)
    screen.show_record(risk(window, reference))
    settle(qtbot, window)
    screen.editor._area.ensureWidgetVisible(screen.editor.links)
    return screen.editor.links


def lines(shown: Any) -> list[str]:
    return [row.looks[0] + " " + row.looks[1].reference for row, _ in shown._shown]


def test_the_editor_says_what_a_risk_causes_and_what_bears_on_it(window: Window, qtbot: QtBot) -> None:
    shown = section(window, qtbot, "R-015")
    assert lines(shown) == ["causes R-016", "made worse by R-002"]
    assert shown.graph.told() == ("R-001 causes R-002. R-002 makes worse R-015. R-015 causes R-016."), (
        "two steps each way, in the order in which they were said"
    )


def test_a_link_is_added_by_the_menu_and_the_finder_and_taken_back_by_undo(window: Window, qtbot: QtBot) -> None:
    shown = section(window, qtbot, "R-014")
    assert not shown.graph.isVisible()
    next(item for item in shown.menu.actions() if item.text() == "It is made worse by…").trigger()
    finder = window.findChild(Finder)
    assert finder
    activate(qtbot, finder)
    qtbot.keyClicks(finder.line, "R-012")
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert lines(shown) == ["made worse by R-012"]
    (link,) = standing.links_to(window.desk.book, risk(window, "R-014").id)
    assert link[0] is LinkKind.worsens
    assert shown.graph.isVisible()
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert lines(shown) == []
    assert not shown.graph.isVisible()


def test_a_link_is_removed_from_its_line(window: Window, qtbot: QtBot) -> None:
    shown = section(window, qtbot, "R-015")
    qtbot.mouseClick(shown._shown[0][1].findChild(QToolButton), LEFT)
    settle(qtbot, window)
    assert lines(shown) == ["made worse by R-002"]
    assert window.desk.undo_label == "Unlinked R-015 and R-016"


def test_a_box_of_the_picture_is_clicked_to_go_there(window: Window, qtbot: QtBot) -> None:
    shown = section(window, qtbot, "R-015")
    node = shown.graph.picture.node(risk(window, "R-016").id)
    qtbot.mouseClick(shown.graph, LEFT, pos=shown.graph.box(node).center().toPoint())
    settle(qtbot, window)
    assert register_screen(window).editor.record == risk(window, "R-016")


def test_the_picture_is_gone_through_by_keyboard(window: Window, qtbot: QtBot) -> None:
    shown = section(window, qtbot, "R-015")
    shown.graph.setFocus()
    qtbot.keyClick(shown.graph, Qt.Key.Key_Left)
    qtbot.keyClick(shown.graph, Qt.Key.Key_Left)
    assert shown.graph.cursor_item == risk(window, "R-001").id
    qtbot.keyClick(shown.graph, Qt.Key.Key_Left)
    assert shown.graph.cursor_item == risk(window, "R-001").id, "there is nothing further"
    qtbot.keyClick(shown.graph, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert register_screen(window).editor.record == risk(window, "R-001")


def test_what_another_edit_changes_leaves_the_cursor_in_the_picture(window: Window, qtbot: QtBot) -> None:
    shown = section(window, qtbot, "R-015")
    shown.graph.setFocus()
    qtbot.keyClick(shown.graph, Qt.Key.Key_Right)
    shown.desk.run(edit_risk(risk(window, "R-016"), title="Another title"))
    settle(qtbot, window)
    assert shown.graph.cursor_item == risk(window, "R-016").id
    assert shown.graph.hasFocus()
