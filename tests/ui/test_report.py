"""Writing the board's report from its dialog."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from tests.ui.hands import CONTROL, replace_text
from ui.window import Window


def test_a_report_is_written_from_its_dialog_and_one_open_in_word_is_left_alone(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    from ui.report import ReportDialog

    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    dialog = window.findChild(ReportDialog)
    assert dialog
    path = tmp_path / "board.docx"
    path.write_bytes(b"open")
    (tmp_path / "~$ard.docx").write_text("")
    replace_text(qtbot, dialog.file, str(path))
    dialog.open_after.setChecked(False)
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert "open in Word" in dialog._problem.text()
    assert path.read_bytes() == b"open"
    qtbot.mouseClick(dialog._other, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert (tmp_path / "board (2).docx").read_bytes().startswith(b"PK")
    assert window._notices.text == f"The report is written: {tmp_path / 'board (2).docx'}"
