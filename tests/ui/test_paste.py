"""Pasting rows from Excel onto a table."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.risk import Risk
from tests.other import Other
from tests.ui.conftest import Opened, activate, settle
from tests.ui.hands import CONTROL, SHIFT, register_screen, risk
from ui.tables.paste import RowsDialog
from ui.window import Window


def pasted(qtbot: QtBot, window: Window, screen: Any, text: str) -> RowsDialog | None:
    """Press Ctrl+V on the table with rows on the clipboard."""
    QGuiApplication.clipboard().setText(text)
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_V, CONTROL)
    settle(qtbot, window)
    dialog: RowsDialog | None = screen.findChild(RowsDialog)
    if dialog:
        activate(qtbot, dialog)
    return dialog


def cells(dialog: RowsDialog) -> list[list[str]]:
    model = dialog.table.model()
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def test_rows_are_shown_field_by_field_then_taken_as_one_change_and_one_undo(window: Window, qtbot: QtBot) -> None:
    screen, before = register_screen(window), window.desk.book
    dialog = pasted(qtbot, window, screen, "Ref\tTitle\tProximity\r\nR-001\tChanged\tImminent\r\n\tA new one\t\r\n")
    assert dialog
    assert dialog.told.text() == "1 risk changes and 1 is new."
    assert cells(dialog)[0] == ["R-001", "Title", risk(window).title, "Changed"]
    assert cells(dialog)[-1] == ["New", "Title", "–", "A new one"]
    dialog.why.setFocus()
    qtbot.keyClicks(dialog.why, "The workshop")
    qtbot.keyClick(dialog.why, Qt.Key.Key_Tab)
    qtbot.keyClick(dialog.why, Qt.Key.Key_Tab)
    assert dialog.button.hasFocus(), "the keyboard alone suffices"
    qtbot.keyClick(dialog.button, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert not screen.findChildren(RowsDialog)
    assert window.desk.undo_label == "Pasted rows: changed 1 risk and added 1 risk"
    assert risk(window).title == "Changed"
    assert any(item.title == "A new one" for item in window.desk.book.all(Risk))
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert window.desk.book == before


def test_what_was_copied_from_the_table_changes_nothing_when_pasted(window: Window, qtbot: QtBot) -> None:
    for name in ("Register", "Actions"):
        screen: Any = window.go_to(name)
        settle(qtbot, window)
        screen.table.setFocus()
        qtbot.keyClick(screen.table, Qt.Key.Key_A, CONTROL)
        qtbot.keyClick(screen.table, Qt.Key.Key_C, CONTROL)
        dialog = pasted(qtbot, window, screen, QGuiApplication.clipboard().text())
        assert dialog
        assert dialog.told.text() == f"{screen.model.rowCount()} stay as they are."
        assert not dialog.doubts.toPlainText()
        assert not dialog.button.isEnabled()
        dialog.reject()


def test_what_does_not_fit_is_named_and_the_rest_can_be_taken(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    dialog = pasted(qtbot, window, screen, "Ref\tTitle\tOwner\tSky\nR-001\tChanged\tNobody Known\tBlue\nR-777\tx\t\t")
    assert dialog
    told = dialog.doubts.toPlainText()
    for words in ("“Sky” is no column", "“Nobody Known” is no person", "R-777 is not in this register"):
        assert words in told
    assert dialog.button.text() == "Take 1 row"
    dialog.reject()


def test_what_a_colleague_changes_meanwhile_is_told_and_not_overwritten(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    dialog = pasted(qtbot, window, screen, "Ref\tTitle\tTags\nR-001\tMine\twinter")
    assert dialog
    window.desk.run(edit_risk(risk(window), title="Theirs"))
    settle(qtbot, window)
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert (risk(window).title, risk(window).tags) == ("Theirs", ("winter",))
    assert "the title was changed" in window._notices.text


def test_a_refusal_names_the_risk_and_the_dialog_stays(window: Window, qtbot: QtBot) -> None:
    screen, before = register_screen(window), window.desk.book
    dialog = pasted(qtbot, window, screen, f"Ref\tTitle\nR-001\t{'x' * 400}\nR-003\tShort")
    assert dialog
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert dialog._problem.text().startswith("⚠ R-001: Title is 400 characters long")
    assert window.desk.book == before
    dialog.reject()


def test_text_that_is_no_table_is_refused_in_a_sentence(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    assert pasted(qtbot, window, screen, "Dear colleague") is None
    assert "The first row must hold the headings" in window._notices.text


def test_a_register_that_is_only_read_offers_none_of_it(
    new_window: Opened, sample_file: Path, other: Other, qtbot: QtBot
) -> None:
    other.open(sample_file)
    window = new_window(sample_file)
    assert not window.desk.writable
    screen = register_screen(window)
    assert pasted(qtbot, window, screen, "Ref\tTitle\nR-001\tMine") is None
    screen.table.choose(screen.model.id_at(0))
    screen._on_rows_menu_asked(screen.table.viewport().rect().center())
    menu = screen.findChild(QMenu)
    assert menu
    assert [item.text() for item in menu.actions() if item.isEnabled()] == ["Copy 1 row"]
    menu.close()
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL | SHIFT)
    assert not screen.findChildren(RowsDialog)
