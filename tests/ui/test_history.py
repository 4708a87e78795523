"""The history's screen."""

from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.ids import new_id
from risk_register.domain.risk import Risk
from risk_register.store import sharing
from risk_register.store.register import Register
from risk_register.store.replica import Received
from risk_register.store.sharing import Shared
from tests.ui.conftest import Opened, settle
from tests.ui.copies import risk_in
from tests.ui.hands import CONTROL, button, register_screen
from ui.window import Window


def test_an_edit_of_months_ago_is_undone_from_history(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("History")
    settle(qtbot, window)
    rows = [row for row in range(screen.model.rowCount()) if screen.model.index(row, 2).data() == "Raised R-021"]
    screen.table.setCurrentIndex(screen.model.index(rows[0], 2))
    settle(qtbot, window)
    qtbot.mouseClick(screen._undo, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.desk.book.count(Risk) == 20
    assert screen.model.index(0, 2).data() == "Undo: Raised R-021"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert window.desk.book.count(Risk) == 21


def test_the_history_of_one_risk_is_a_button_away_and_all_another(window: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(register_screen(window), "History"), Qt.MouseButton.LeftButton)
    screen: Any = window.current_screen
    settle(qtbot, window)
    assert screen.title == "History"
    labels = [screen.model.index(row, 2).data() for row in range(screen.model.rowCount())]
    assert labels[-1] == "Raised R-001"
    assert {"Scored R-001: 16", "Added a control to R-001"} <= set(labels)
    assert not any(label.startswith("Scored R-002") for label in labels)
    qtbot.mouseClick(screen._only, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.model.rowCount() > 200
    assert not screen._only.isVisible()


def test_columns_made_wider_are_so_at_the_next_start(new_window: Opened, sample_file: Path, qtbot: QtBot) -> None:
    first: Any = new_window(sample_file)
    first.go_to("History").table.setColumnWidth(2, 333)
    qtbot.wait(500)
    first.desk.close()
    again: Any = new_window(sample_file)
    assert again.go_to("History").table.columnWidth(2) == 333


def test_an_edit_that_a_hub_merged_says_so_and_under_which_login_it_came(
    new_window: Opened, sample_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    copy = copyfile(sample_file, tmp_path / "copy.riskreg")
    with Register.open(copy, who="Ann") as other:
        edit = other.run(edit_risk(risk_in(other.book), title="Ann's title"), who="Ann")
        entries, edits = sharing.told(other)
    edits[edit.id] = replace(edits[edit.id], by="ann.smith", merged=True)
    with Register.open(sample_file) as mine:
        page = [Received(number, entry, holds=True) for number, entry in enumerate(entries, start=1)]
        sharing.receive(mine, page, edits, Shared("hub.example", new_id(), len(page)))
        assert not list(mine.problems())
    window = new_window(sample_file)
    screen: Any = window.go_to("History")
    settle(qtbot, window)
    row = [screen.model.index(0, column).data() for column in range(3)]
    assert row[1:] == ["Ann", "Changed title of R-001  (merged)"]
    assert screen._who.text().startswith("Ann, sent by ann.smith, ")
    assert "somebody had changed other fields" in screen._what.text()
    qtbot.keyClicks(screen._search, "ann.smith merged")
    assert screen.model.rowCount() == 1
