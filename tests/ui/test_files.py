"""Registers opened, copied and left."""

from pathlib import Path

from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Opened, settle


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
