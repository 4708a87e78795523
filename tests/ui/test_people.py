"""People, boards, organisations and categories."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from risk_register.domain.governance import Board, Person
from tests.ui.conftest import settle
from tests.ui.hands import button, replace_text
from ui.people import PeopleDialog
from ui.window import Window


def opened(window: Window, qtbot: QtBot) -> PeopleDialog:
    dialog = PeopleDialog(window.desk, None, window)
    dialog.open()
    settle(qtbot, window)
    return dialog


def test_somebody_is_added_and_described_and_all_is_kept_on_closing(window: Window, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    page = dialog._pages[0]
    qtbot.keyClicks(page.add_line, "Ada Lovelace")
    qtbot.keyClick(page.add_line, Qt.Key.Key_Return)
    settle(qtbot, window)
    role = page.form._fields["role"]
    replace_text(qtbot, role, "Analyst")  # type: ignore[arg-type]  # a field is a widget
    qtbot.mouseClick(button(dialog, "Close"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.findChild(PeopleDialog) is None
    assert ("Ada Lovelace", "Analyst") in {(item.name, item.role) for item in window.desk.book.all(Person)}


def test_what_is_refused_keeps_the_dialog_open_and_escape_takes_it_back(window: Window, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    dialog._tabs.setCurrentIndex(1)
    page = dialog._pages[1]
    before = page._heading.text()
    page.form._fields["name"].set_value("")
    qtbot.mouseClick(button(dialog, "Close"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert dialog.isVisible()
    assert "Name is empty" in page._problem.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "the first takes back what was typed"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert window.findChild(PeopleDialog) is None
    assert before in {board.label for board in window.desk.book.all(Board)}
