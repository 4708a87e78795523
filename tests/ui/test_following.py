"""A window that reads what another process writes, and takes over when that has closed the register."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Refused
from risk_register.domain.risk import Risk
from risk_register.store.claim import claim_path
from risk_register.store.register import Register
from tests.other import Other
from tests.ui.conftest import Opened, settle
from tests.ui.hands import CONTROL, button, register_screen, replace_text, risk
from ui.window import Window

SOON = 10_000
START = "Start writing"


def hurry(window: Window) -> Window:
    """Let a window look more often than once a second, for the tests' sake."""
    window.following._timer.setInterval(40)
    return window


def said(qtbot: QtBot, window: Window, words: str) -> None:
    qtbot.waitUntil(lambda: words in window._notices.text, timeout=SOON)


def start_writing(qtbot: QtBot, window: Window) -> None:
    said(qtbot, window, "is free")
    qtbot.mouseClick(button(window, START), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.writable, timeout=SOON)
    settle(qtbot, window)


@pytest.fixture
def reader(new_window: Opened, sample_file: Path, other: Other) -> Window:
    """A window that reads while Pat Lee writes."""
    other.open(sample_file)
    window = new_window(sample_file)
    assert window._notices.text.startswith("Pat Lee on ")
    return hurry(window)


# -- following


def test_what_the_writer_changes_is_shown_by_itself_and_nothing_that_is_read_moves(
    reader: Window, other: Other, qtbot: QtBot
) -> None:
    screen = register_screen(reader)
    reader.resize(1000, 560)
    replace_text(qtbot, screen.filters.search, "send")
    settle(qtbot, reader)
    chosen = screen.model.id_at(screen.model.rowCount() - 2)
    screen.table.choose(chosen)
    settle(qtbot, reader)
    bars = screen.table.verticalScrollBar(), screen.editor._area.verticalScrollBar()
    bars[1].setValue(120)
    before = [bar.value() for bar in bars], screen.model.rowCount(), screen.filters.search.text()
    assert all(before[0]), "both are scrolled"
    read = reader.desk.book.get(Risk, chosen)
    first = reader.desk.book.get(Risk, screen.model.id_at(0))
    other.retitle(read.reference, "SEND, read and written at once")
    other.retitle(first.reference, "SEND, far above it")
    qtbot.waitUntil(lambda: risk(reader, first.reference).title == "SEND, far above it", timeout=SOON)
    settle(qtbot, reader)
    assert screen.editor.title.value() == "SEND, read and written at once"
    assert screen.table.current_id == chosen
    assert ([bar.value() for bar in bars], screen.model.rowCount(), screen.filters.search.text()) == before
    assert reader._saved._whole == f"Pat Lee: Changed title of {first.reference}"


def test_what_the_writer_changes_is_shown_within_two_seconds(
    new_window: Opened, sample_file: Path, other: Other, qtbot: QtBot
) -> None:
    other.open(sample_file)
    window = new_window(sample_file)
    other.retitle("R-001", "Theirs")
    qtbot.waitUntil(lambda: risk(window).title == "Theirs", timeout=2_000)


def test_a_risk_that_the_writer_raises_comes_into_the_table(reader: Window, other: Other, qtbot: QtBot) -> None:
    screen = register_screen(reader)
    settle(qtbot, reader)
    chosen = screen.table.current_id
    other.add_risk("From elsewhere")
    qtbot.waitUntil(lambda: screen.model.rowCount() == 22, timeout=SOON)
    assert screen.table.current_id == chosen
    history: Any = reader.go_to("History")
    qtbot.waitUntil(lambda: history.model.index(0, 2).data() == "Raised R-022", timeout=SOON)
    other.note("Only a note")
    qtbot.waitUntil(lambda: history.model.index(0, 3).data() == "Only a note", timeout=SOON)


def test_following_shows_no_sign_of_work(reader: Window, other: Other, qtbot: QtBot) -> None:
    began: list[bool] = []
    reader.desk.began.connect(lambda: began.append(True))
    other.close()
    said(qtbot, reader, "is free")
    assert not began
    assert reader.desk.is_idle


# -- taking over


def test_once_the_writer_has_closed_one_is_asked_and_then_writes_in_the_same_window(
    new_window: Opened, sample_file: Path, other: Other, qtbot: QtBot
) -> None:
    with Register.open(sample_file) as register:
        mine = next(item for item in register.book.all(Risk) if item.reference == "R-003")
        register.run(edit_risk(mine, title="Mine of yesterday"), who="me")
    other.open(sample_file)
    window = hurry(new_window(sample_file))
    screen = register_screen(window)
    heatmap: Any = window.go_to("Heat map")
    screen.table.choose(risk(window, "R-002").id)
    window.go_to("Register")
    settle(qtbot, window)
    assert not window.menus.undo.isEnabled()
    other.retitle("R-001", "Written last")
    other.close()
    said(qtbot, window, "sample.riskreg is free")
    assert not window.desk.writable, "nobody begins to write without asking for it"
    start_writing(qtbot, window)
    assert risk(window).title == "Written last"
    assert window._notices.text == ""
    assert not window.windowTitle().endswith("(read only)")
    assert window._saved.text() == "Every change is saved as you make it"
    assert screen.table.current_id == risk(window, "R-002").id
    assert not screen.editor.title.isReadOnly()
    assert screen.editor.control_list.add.isVisible()
    assert screen._add.isEnabled()
    assert heatmap.map.may_drag
    menus = window.menus
    assert menus.add_risk.isEnabled()
    assert menus.import_workbook.isEnabled()
    replace_text(qtbot, screen.editor.title, "Written here")
    qtbot.keyClick(screen.editor.title, Qt.Key.Key_Return)
    settle(qtbot, window)
    with Register.open(sample_file, write=False) as kept:
        assert "Written here" in [item.title for item in kept.book.all(Risk)]
    screen.table.setFocus()
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
        settle(qtbot, window)
    assert risk(window, "R-003").title != "Mine of yesterday", "undone as after any opening"


def test_whoever_is_quicker_is_named_and_one_goes_on_reading(reader: Window, other: Other, qtbot: QtBot) -> None:
    path = reader.desk.path
    assert path
    other.close()
    said(qtbot, reader, "is free")
    other.open(path)
    qtbot.mouseClick(button(reader, START), Qt.MouseButton.LeftButton)
    said(qtbot, reader, "Pat Lee on ")
    assert not reader.desk.writable
    assert not reader._notices._offer.isVisible()
    other.retitle("R-001", "Still followed")
    qtbot.waitUntil(lambda: risk(reader).title == "Still followed", timeout=SOON)
    other.close()
    start_writing(qtbot, reader)


@pytest.fixture
def mortal() -> Iterator[Other]:
    process = Other()
    yield process
    process.end()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_writer_whose_program_was_killed_is_taken_over_from(
    new_window: Opened, sample_file: Path, mortal: Other, qtbot: QtBot
) -> None:
    mortal.open(sample_file)
    window = hurry(new_window(sample_file))
    mortal.retitle("R-001", "Kept before the end")
    mortal.kill()
    start_writing(qtbot, window)
    assert risk(window).title == "Kept before the end"


def test_who_may_not_write_there_is_offered_nothing_but_follows(
    new_window: Opened, sample_file: Path, qtbot: QtBot
) -> None:
    claim_path(sample_file).mkdir()  # so that no claim can be made
    window = hurry(new_window(sample_file))
    reason = window._notices.text
    assert "can't be written to" in reason
    with sqlite3.connect(sample_file) as elsewhere:
        elsewhere.execute("UPDATE risk SET title = 'Followed' WHERE reference = 'R-001'")
    elsewhere.close()
    qtbot.waitUntil(lambda: risk(window).title == "Followed", timeout=SOON)
    assert window._notices.text == reason
    assert not window._notices._offer.isVisible()


def test_a_sentence_that_passes_gives_way_to_the_one_that_lasts(reader: Window, other: Other, qtbot: QtBot) -> None:
    other.close()
    said(qtbot, reader, "is free")
    reader.desk.tell(Refused("Something passing."))
    assert reader._notices.text == "Something passing."
    assert not reader._notices._offer.isVisible()
    close = reader._notices.findChild(QToolButton)
    assert close
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert "is free" in reader._notices.text
    assert reader._notices._offer.isVisible()
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert reader._notices.text == ""
