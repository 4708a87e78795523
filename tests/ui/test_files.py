"""Registers opened, copied and left."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from risk_register import places
from risk_register.domain.commands.programme import add_programme
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.programme import Programme
from risk_register.store.register import Register
from tests.other import Other
from tests.ui.conftest import Opened, settle
from tests.ui.hands import button, register_screen, replace_text, risk
from ui.window import Window

MOVE = "Move it to this computer"


def test_a_damaged_register_without_a_copy_is_told_of_with_what_can_be_done(
    new_window: Opened, sample_file: Path, qtbot: QtBot
) -> None:
    whole = bytearray(sample_file.read_bytes())
    whole[8192:40960] = b"\xff" * 32768
    sample_file.write_bytes(whole)
    window = new_window()
    window.files.open(sample_file)
    settle(qtbot, window)
    assert window.findChild(QMessageBox) is None
    told = window._notices.text
    assert "sample.riskreg is damaged. It was left as it is. No copy of it was found on this computer" in told
    assert "newest copy" not in told
    assert "File > Open a backup" in told


def test_copies_go_on_where_they_went_after_another_register_could_not_be_opened(
    window: Window, sample_file: Path, qtbot: QtBot
) -> None:
    broken = sample_file.with_name("broken.riskreg")
    broken.write_bytes(sample_file.read_bytes()[:20_000])
    window.files.open(broken)
    settle(qtbot, window)
    assert "damaged" in window._notices.text
    assert window.desk.path == sample_file
    assert not places.backups_folder(broken).exists()
    assert list(places.backups_folder(sample_file).iterdir())


# -- places that can harm a register


@pytest.fixture
def synchronised(sample_file: Path) -> Path:
    """The sample in a folder that OneDrive synchronises."""
    folder = sample_file.parent / "OneDrive - Southend Council"
    folder.mkdir()
    return sample_file.rename(folder / "sample.riskreg")


def move(qtbot: QtBot, window: Window) -> None:
    qtbot.mouseClick(button(window, MOVE), Qt.MouseButton.LeftButton)
    settle(qtbot, window)


def test_a_register_in_a_synchronised_folder_is_moved_at_a_click_and_the_old_file_stays(
    new_window: Opened, synchronised: Path, qtbot: QtBot
) -> None:
    places.registers_folder().mkdir(parents=True)
    (places.registers_folder() / "sample.riskreg").write_text("another of that name")
    window = new_window(synchronised)
    assert "a folder that OneDrive synchronises, which can damage" in window._notices.text
    title = register_screen(window).editor.title
    reference = register_screen(window).editor.record.reference
    replace_text(qtbot, title, "Typed before")
    move(qtbot, window)
    moved = places.registers_folder() / "sample (2).riskreg"
    assert window.desk.path == moved
    assert window.desk.writable
    assert risk(window, reference).title == "Typed before"
    assert window.desk.undo_label == f"Changed title of {reference}"
    assert str(moved) in window._notices.text
    assert str(synchronised) in window._notices.text
    assert not window._notices._offer.isVisible()
    before = synchronised.read_bytes()
    window.desk.run(edit_risk(risk(window), title="Kept here alone"))
    settle(qtbot, window)
    assert synchronised.read_bytes() == before
    assert list(places.backups_folder(moved).iterdir())
    with Register.open(synchronised) as old:
        assert not list(old.problems())
    assert (places.registers_folder() / "sample.riskreg").read_text() == "another of that name"


def test_the_place_is_told_of_once_for_each_opening(new_window: Opened, synchronised: Path, qtbot: QtBot) -> None:
    window = new_window(synchronised)
    close = window._notices.findChild(QToolButton)
    assert close
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert window._notices.text == ""
    window.desk.run(add_programme(name="Second"))
    settle(qtbot, window)
    for programme in list(window.desk.book.all(Programme)):
        window.desk.choose(programme.id)
        settle(qtbot, window)
    assert window._notices.text == ""
    window.files.open(synchronised)
    settle(qtbot, window)
    assert "OneDrive" in window._notices.text


def test_a_register_on_this_computer_has_nothing_said_of_its_place(window: Window) -> None:
    assert window._notices.text == ""


def test_who_reads_is_told_of_the_place_when_they_begin_to_write(
    new_window: Opened, synchronised: Path, other: Other, qtbot: QtBot
) -> None:
    other.open(synchronised)
    window = new_window(synchronised)
    window.following._timer.setInterval(40)
    assert window._notices.text.startswith("Pat Lee on ")
    other.close()
    qtbot.waitUntil(lambda: "is free" in window._notices.text, timeout=10_000)
    qtbot.mouseClick(button(window, "Start writing"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "OneDrive" in window._notices.text, timeout=10_000)
    assert button(window, MOVE)


def test_a_move_that_fails_says_why_and_leaves_one_where_one_was(
    new_window: Opened, synchronised: Path, qtbot: QtBot
) -> None:
    window = new_window(synchronised)
    places.registers_folder().parent.mkdir(parents=True, exist_ok=True)
    places.registers_folder().write_text("a file in the way")
    move(qtbot, window)
    assert "No copy could be made" in window._notices.text
    assert window.desk.path == synchronised
    window.desk.run(edit_risk(risk(window), title="Still written to"))
    settle(qtbot, window)
    assert risk(window).title == "Still written to"
    close = window._notices.findChild(QToolButton)
    assert close
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert button(window, MOVE), "it is offered again"
