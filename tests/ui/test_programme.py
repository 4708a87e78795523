"""A programme's name, and its categories."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from risk_register.domain.category import Category
from risk_register.domain.programme import Programme
from tests.ui.conftest import activate, settle
from tests.ui.hands import button, replace_text
from ui.programme import ProgrammeDialog
from ui.window import Window


def opened(window: Window, qtbot: QtBot, tab: str = "Categories") -> tuple[ProgrammeDialog, Any]:
    """The dialog, and its page of that name in front."""
    dialog = ProgrammeDialog(window.desk, None, window)
    dialog.open()
    page = dialog._pages[tab]
    dialog._tabs.setCurrentWidget(page)
    activate(qtbot, dialog)
    settle(qtbot, window)
    return dialog, page


def close(dialog: ProgrammeDialog, window: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(dialog, "Close"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)


def names(window: Window) -> list[str]:
    return [category.name for category in window.desk.book.all(Category)]


def test_a_category_is_added_and_described_and_all_is_kept_on_closing(window: Window, qtbot: QtBot) -> None:
    dialog, page = opened(window, qtbot)
    qtbot.keyClicks(page.add.line, "Climate")
    qtbot.keyClick(page.add.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert page._heading.text() == "Climate"
    assert page.add.line.text() == ""
    replace_text(qtbot, page.fields["description"], "Heat and flood")
    close(dialog, window, qtbot)
    assert window.findChild(ProgrammeDialog) is None
    assert ("Climate", "Heat and flood") in {(item.name, item.description) for item in window.desk.book.all(Category)}


def test_a_category_is_added_once_however_often_enter_is_pressed(window: Window, qtbot: QtBot) -> None:
    _, page = opened(window, qtbot)
    qtbot.keyClicks(page.add.line, "Climate")
    for _ in range(3):
        qtbot.keyClick(page.add.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert names(window).count("Climate") == 1
    assert not page.add._problem.isVisible()


def test_what_is_refused_keeps_the_dialog_open_and_escape_takes_it_back(window: Window, qtbot: QtBot) -> None:
    dialog, page = opened(window, qtbot, "Categories")
    before = page._heading.text()
    page.fields["name"].set_value("")
    close(dialog, window, qtbot)
    assert dialog.isVisible()
    assert "Name is empty" in page._problem.text()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert dialog.isVisible(), "the first takes back what was typed"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert window.findChild(ProgrammeDialog) is None
    assert before in {category.label for category in window.desk.book.all(Category)}


def test_close_goes_back_to_a_field_refused_before_with_its_mark_and_the_sentence(window: Window, qtbot: QtBot) -> None:
    dialog, page = opened(window, qtbot, "Categories")
    first = page._heading.text()
    replace_text(qtbot, page.fields["name"], " ")
    page.list.setFocus()
    settle(qtbot, window)
    page.list.setCurrentRow(2)
    settle(qtbot, window)
    dialog._tabs.setCurrentIndex(0)
    close(dialog, window, qtbot)
    assert dialog._tabs.currentIndex() == list(dialog._pages.values()).index(page)
    assert page._heading.text() == first
    assert "Name is empty" in page._problem.text()
    assert page._problem.isVisible()
    assert page.fields["name"].property("wrong")
    assert page.fields["name"].hasFocus()


def test_one_field_refused_does_not_hold_up_the_others(window: Window, qtbot: QtBot) -> None:
    dialog, page = opened(window, qtbot, "Categories")
    id = page.form.record.id
    page.fields["name"].set_value("")
    page.fields["description"].set_value("NEW")
    close(dialog, window, qtbot)
    assert dialog.isVisible()
    assert window.desk.book.get(Category, id).description == "NEW"


def test_a_name_half_typed_is_neither_lost_nor_added_on_closing(window: Window, qtbot: QtBot) -> None:
    dialog, page = opened(window, qtbot)
    qtbot.keyClicks(page.add.line, "Clim")
    before = names(window)
    dialog._tabs.setCurrentIndex(0)
    close(dialog, window, qtbot)
    assert dialog._tabs.currentIndex() == list(dialog._pages.values()).index(page)
    assert "“Clim” is not added yet" in page.add._problem.text()
    assert page.add.line.hasFocus()
    qtbot.keyClick(page.add.line, Qt.Key.Key_Escape)
    assert page.add.line.text() == ""
    assert not page.add._problem.isVisible()
    qtbot.keyClick(page.add.line, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert window.findChild(ProgrammeDialog) is None
    assert names(window) == before


def test_the_programmes_new_name_stands_everywhere_at_once_and_undo_takes_it_back(window: Window, qtbot: QtBot) -> None:
    before = window.windowTitle()
    dialog, page = opened(window, qtbot, "Programme")
    replace_text(qtbot, page.fields["name"], "Inclusion programme")
    replace_text(qtbot, page.fields["description"], "What it is for")
    qtbot.keyClick(page.fields["description"], Qt.Key.Key_Tab)
    settle(qtbot, window)
    whole = next(window.desk.book.all(Programme))
    assert (whole.name, whole.description) == ("Inclusion programme", "What it is for")
    assert window.windowTitle() == "Inclusion programme – Risk Register"
    assert window._sidebar._programme.text() == "Inclusion programme"
    assert page._heading.text() == "Inclusion programme"
    close(dialog, window, qtbot)
    activate(qtbot, window)
    for _ in range(2):
        window.menus.undo.trigger()
        settle(qtbot, window)
    assert window.windowTitle() == before


def test_tab_goes_from_the_list_to_the_line_below_it_then_through_the_fields(window: Window, qtbot: QtBot) -> None:
    dialog, page = opened(window, qtbot)
    page.list.setFocus()
    for stop in (page.add.line, *page.fields.values(), button(dialog, "Close")):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is stop
