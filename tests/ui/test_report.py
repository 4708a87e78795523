"""Writing the board's report from its dialog."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from tests.ui.hands import CONTROL, replace_text
from ui import settings
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


def opened(window: Window, qtbot: QtBot) -> Any:
    from ui.report import ReportDialog

    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    dialog = window.findChild(ReportDialog)
    assert dialog
    dialog.open_after.setChecked(False)
    return dialog


@pytest.mark.parametrize("name", ["", "/", "x" * 300, "a\0b", "."])
def test_a_file_that_can_not_be_written_is_said_in_the_dialog_and_another_can_be_given(
    window: Window, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    dialog = opened(window, qtbot)
    before = dialog.height(), dialog.file.height()
    dialog.file.setText(name)
    qtbot.keyClick(dialog.file, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert dialog._problem.isVisible()
    assert dialog.height() > before[0]
    assert dialog.file.height() >= before[1], "nothing is squeezed"
    assert dialog.button.isEnabled()
    replace_text(qtbot, dialog.file, str(tmp_path / "board"))
    assert not dialog._problem.isVisible(), "the sentence goes when one types on"
    qtbot.keyClick(dialog.file, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert (tmp_path / "board.docx").exists()


def test_a_bare_name_goes_to_the_folder_shown_and_the_notice_says_where(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    settings.remember("report/folder", str(tmp_path / "papers"))
    dialog = opened(window, qtbot)
    replace_text(qtbot, dialog.file, "board")
    qtbot.keyClick(dialog.file, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert (tmp_path / "papers" / "board.docx").exists()
    assert window._notices.text == f"The report is written: {tmp_path / 'papers' / 'board.docx'}"


def test_a_report_is_written_once_however_often_it_is_pressed_and_its_dialog_is_gone(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = opened(window, qtbot)
    replace_text(qtbot, dialog.file, str(tmp_path / "board"))
    written = QSignalSpy(dialog.written)
    for _ in range(3):
        qtbot.keyClick(dialog.file, Qt.Key.Key_Return)
        qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert written.count() == 1
    assert window.findChild(type(dialog)) is None


@pytest.mark.parametrize(
    ("day", "since", "sentence"),
    [
        (date(1995, 1, 1), None, "was not in the register yet on 1 January 1995. It has been since"),
        (date(2099, 5, 1), None, "1 May 2099 is still to come"),
        (None, date(2099, 5, 1), "1 May 2099 is still to come"),
    ],
)
def test_a_day_that_nothing_can_be_said_of_is_refused_with_the_days_that_can_be_given(
    window: Window, tmp_path: Path, qtbot: QtBot, day: date | None, since: date | None, sentence: str
) -> None:
    dialog = opened(window, qtbot)
    replace_text(qtbot, dialog.file, str(tmp_path / "board"))
    if day:
        dialog.date.set_value(day)
    dialog.since.set_value(since)
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert sentence in dialog._problem.text()
    assert dialog.button.isEnabled()
    assert not list(tmp_path.glob("*.docx"))
    began = re.search(r"since (.*); give", dialog._problem.text())
    if began:
        dialog.date.set_value(datetime.strptime(began[1], "%d %B %Y").date())  # noqa: DTZ007  a day has no zone
        qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert (tmp_path / "board.docx").exists(), "the day that was named is one that can be given"


def test_what_is_no_date_is_refused_and_typing_on_takes_the_sentence_away(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = opened(window, qtbot)
    replace_text(qtbot, dialog.file, str(tmp_path / "board"))
    replace_text(qtbot, dialog.since, "last board")
    qtbot.keyClick(dialog.since, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "“last board” is no date" in dialog._problem.text()
    assert not list(tmp_path.glob("*.docx"))
    replace_text(qtbot, dialog.since, "24/11/2025")
    assert not dialog._problem.isVisible()
