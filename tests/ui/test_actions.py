"""The actions' screen."""

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from tests.ui.hands import CONTROL
from ui.window import Window


def test_overdue_actions_come_first_and_one_is_marked_done(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Actions")
    settle(qtbot, window)
    assert "late" in screen.model.index(0, 0).data()
    editor = screen.editor
    reference = editor.reference.text()
    qtbot.keyClicks(editor.note, "Elected at last")
    qtbot.mouseClick(editor._done, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.desk.undo_label == f"Completed {reference}"
    assert editor._state.text().startswith("Done")
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert "late" in editor._state.text()


def test_a_percentage_begun_waits_at_its_action_and_closing_asks_about_it(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Actions")
    settle(qtbot, window)
    editor = screen.editor
    first, second = (screen.model.id_at(row) for row in (0, 1))
    before = editor.record.percent
    editor.percent.setValue(before + 5)
    screen.table.choose(second)
    settle(qtbot, window)
    assert editor.percent.value() == editor.record.percent
    screen.table.choose(first)
    settle(qtbot, window)
    assert editor.percent.value() == before + 5
    assert any(f"{before + 5}" in words for words in screen.unsaved())
    editor.note_button.setFocus()
    for _ in range(2):
        qtbot.mouseClick(editor.note_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert editor.record.percent == before + 5
    assert not editor._note_problem.isVisible(), "the second click means the first"
    assert not editor.note_button.isEnabled()
    assert screen.unsaved() == []


def test_an_action_edited_out_of_the_filter_stays_until_one_leaves_it(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Actions")
    settle(qtbot, window)
    screen.narrow("overdue", ["on"])
    settle(qtbot, window)
    chosen, visible = screen.table.current_id, screen.model.rowCount()
    assert visible > 1
    qtbot.mouseClick(screen.editor._done, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.table.current_id == chosen == screen.editor.shown_id
    assert screen.model.rowCount() == visible
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_Up)
    settle(qtbot, window)
    assert screen.model.rowCount() == visible - 1
    assert screen.model.row_of(chosen) is None
    assert screen.table.current_id == screen.editor.shown_id != chosen
