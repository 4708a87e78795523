"""Changing several rows at once."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from risk_register.domain.audience import Audience
from risk_register.domain.commands.custom_field import add_field
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.custom_field import CustomField
from risk_register.domain.fields import value_of
from risk_register.domain.review import Review
from risk_register.domain.risk import Response, Risk
from tests.ui.conftest import activate, settle
from tests.ui.hands import CONTROL, SHIFT, answer_box, register_screen, replace_text, risk
from ui.prompt import Prompt
from ui.tables.bulk import BulkDialog
from ui.window import Window


def chosen(qtbot: QtBot, window: Window, screen: Any, number: int) -> list[Any]:
    """Choose the first rows by Shift and the arrow; returns their ids."""
    screen.table.choose(screen.model.id_at(0))
    screen.table.setFocus()
    for _ in range(number - 1):
        qtbot.keyClick(screen.table, Qt.Key.Key_Down, SHIFT)
    settle(qtbot, window)
    ids: list[Any] = screen.table.selected_ids()
    assert len(ids) == number
    return ids


def asked(qtbot: QtBot, window: Window, screen: Any) -> BulkDialog:
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL | SHIFT)
    dialog: BulkDialog = screen.findChild(BulkDialog)
    activate(qtbot, dialog)
    return dialog


def test_several_risks_get_another_owner_as_one_change_and_one_undo(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    ids, before = chosen(qtbot, window, screen, 3), window.desk.book
    dialog = asked(qtbot, window, screen)
    assert dialog.windowTitle() == "Change 3 risks"
    assert not dialog.button.isEnabled(), "nothing is ticked"
    owner = dialog.fields["owner"]
    replace_text(qtbot, owner.lineEdit(), "Head of SEND")
    qtbot.keyClick(owner.lineEdit(), Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert dialog.ticks["owner"].isChecked(), "what was set is meant"
    qtbot.keyClicks(dialog.why, "The restructure")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert not screen.findChildren(BulkDialog), "it is done"
    risks = [window.desk.book.get(Risk, id) for id in ids]
    assert len({item.owner for item in risks}) == 1
    assert window.desk.undo_label == "Changed owner of 3 risks"
    while window.desk.undo_label != "Changed owner of 3 risks":
        window.menus.undo.trigger()
        settle(qtbot, window)
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert [window.desk.book.get(Risk, id).owner for id in ids] == [before.get(Risk, id).owner for id in ids]


def test_what_a_colleague_changes_meanwhile_is_told_and_not_overwritten(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    ids = chosen(qtbot, window, screen, 2)
    dialog = asked(qtbot, window, screen)
    first = window.desk.book.get(Risk, ids[0])
    window.desk.run(edit_risk(first, audience=Audience.public))
    settle(qtbot, window)
    dialog.fields["audience"].set_value(Audience.restricted)
    dialog.ticks["audience"].setChecked(True)
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    audiences = [window.desk.book.get(Risk, id).audience for id in ids]
    assert audiences == [Audience.public, Audience.restricted]
    assert "the audience was changed" in window._notices.text


def test_all_being_so_already_is_said_and_the_dialog_stays(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    ids = chosen(qtbot, window, screen, 2)
    for id in ids:
        window.desk.run(edit_risk(window.desk.book.get(Risk, id), audience=Audience.public))
        settle(qtbot, window)
    dialog = asked(qtbot, window, screen)
    dialog.fields["audience"].set_value(Audience.public)
    dialog.ticks["audience"].setChecked(True)
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert dialog._problem.text() == "⚠ All 2 risks are so already."
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "what was set is asked about first"
    answer_box(qtbot, dialog, "Discard it")
    assert not dialog.isVisible()


def test_the_menu_of_the_rows_changes_and_copies_them(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Actions")
    settle(qtbot, window)
    chosen(qtbot, window, screen, 2)
    screen._on_rows_menu_asked(screen.table.viewport().rect().center())
    menu = screen.findChild(QMenu)
    assert menu
    assert [item.text() for item in menu.actions()] == ["Change 2 actions…", "Copy 2 rows", "Paste rows…"]
    menu.actions()[0].trigger()
    dialog = screen.findChild(BulkDialog)
    assert dialog
    names = {name for name in dialog.fields if isinstance(name, str)}
    assert names == {"owner", "expected", "impact", "outcome", "audience", "add_tags", "remove_tags"}
    menu.close()
    dialog.reject()


def test_nothing_is_asked_where_nothing_can_be_chosen(window: Window, qtbot: QtBot) -> None:
    window.go_to("Overview")
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL | SHIFT)
    assert not window.findChildren(BulkDialog)
    assert risk(window)


def test_going_through_the_fields_by_tab_ticks_nothing(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    chosen(qtbot, window, screen, 2)
    dialog = asked(qtbot, window, screen)
    for _ in range(30):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert [name for name, tick in dialog.ticks.items() if tick.isChecked()] == []
    dialog.reject()


def test_tags_are_added_and_removed_beside_those_that_each_has(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    ids = chosen(qtbot, window, screen, 2)
    window.desk.run(edit_risk(window.desk.book.get(Risk, ids[0]), tags=("winter", "old")))
    window.desk.run(edit_risk(window.desk.book.get(Risk, ids[1]), tags=("own",)))
    settle(qtbot, window)
    dialog = asked(qtbot, window, screen)
    for name, words in (("add_tags", "inspection"), ("remove_tags", "Old")):
        dialog.fields[name].setFocus()
        qtbot.keyClicks(dialog.fields[name], words)
        qtbot.keyClick(dialog.fields[name].completer().popup(), Qt.Key.Key_Escape)
        qtbot.keyClick(dialog.fields[name], Qt.Key.Key_Tab)
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert [window.desk.book.get(Risk, id).tags for id in ids] == [("winter", "inspection"), ("own", "inspection")]
    assert window.desk.undo_label == "Changed tags of 2 risks"


def test_a_field_of_the_programmes_own_is_filled_in_all_of_them(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    window.desk.run(add_field(programme=window.desk.programme or UUID(int=0), name="Site & ward"))
    settle(qtbot, window)
    field = next(item for item in window.desk.book.all(CustomField) if item.name == "Site & ward")
    ids = chosen(qtbot, window, screen, 2)
    dialog = asked(qtbot, window, screen)
    dialog.fields[field.id].setFocus()
    qtbot.keyClicks(dialog.fields[field.id], "Hull")
    qtbot.keyClick(dialog.fields[field.id], Qt.Key.Key_Tab)
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    book = window.desk.book
    assert [value_of(book, book.get(Risk, id), field.id).text for id in ids] == ["Hull", "Hull"]
    assert window.desk.undo_label == "Changed Site & ward of 2 risks"


def test_a_response_that_one_of_them_may_not_have_is_told_with_its_reference(window: Window, qtbot: QtBot) -> None:
    screen, before = register_screen(window), window.desk.book
    ids = chosen(qtbot, window, screen, 2)
    dialog = asked(qtbot, window, screen)
    dialog.fields["response"].set_value(Response.exploit)
    dialog.ticks["response"].setChecked(True)
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    reference = before.get(Risk, ids[0]).reference
    assert dialog._problem.text().startswith(f"⚠ {reference}: Exploit is no response to a threat.")
    assert window.desk.book == before


def test_several_risks_are_reviewed_at_once_with_a_note(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    ids, before = chosen(qtbot, window, screen, 3), window.desk.book
    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    prompt = screen.findChild(Prompt)
    assert prompt
    activate(qtbot, prompt)
    assert prompt.windowTitle() == "3 risks: reviewed, no change"
    qtbot.keyClicks(prompt.words, "Looked at by the group")
    qtbot.keyClick(prompt.words, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    book = window.desk.book
    reviews = [book.find(Review, book.get(Risk, id).reviewed) for id in ids]
    assert [review.note for review in reviews if review] == ["Looked at by the group"] * 3
    assert window.desk.undo_label == "Reviewed 3 risks, no change"
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert window.desk.book == before


def test_what_is_being_typed_is_kept_before_several_are_changed(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    ids = chosen(qtbot, window, screen, 2)
    shown = screen.editor.record.id
    assert shown in ids
    screen.editor.title.setFocus()
    qtbot.keyClick(screen.editor.title, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(screen.editor.title, "Typed")
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL | SHIFT)
    settle(qtbot, window)
    dialog = screen.findChild(BulkDialog)
    assert dialog
    assert "Typed" in {record.title for record in dialog._records}
    dialog.reject()
