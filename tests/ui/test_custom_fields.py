"""Fields of a programme's own: made in a dialog, filled in an editor, shown and filtered by in a table."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from risk_register.domain.commands.custom_field import add_field, edit_field, give_value, remove_field
from risk_register.domain.custom_field import About, CustomField, FieldType, RiskValue
from risk_register.domain.fields import shown_value
from tests.ui.conftest import Opened, settle
from tests.ui.hands import CONTROL, button, register_screen, replace_text, risk
from ui import settings
from ui.programme import ProgrammeDialog
from ui.window import Window


def field(window: Window, name: str) -> CustomField:
    return next(item for item in window.desk.book.all(CustomField) if item.name == name)


def added(window: Window, qtbot: QtBot, name: str, holds: FieldType, **values: Any) -> CustomField:
    assert window.desk.programme
    window.desk.run(add_field(programme=window.desk.programme, name=name, holds=holds, **values))
    settle(qtbot, window)
    return field(window, name)


def stands(window: Window, name: str, reference: str = "R-001") -> str:
    return shown_value(window.desk.book, risk(window, reference), field(window, name))


def column_of(screen: Any, title: str) -> int:
    return [column.title for column in screen.model.columns].index(title)


@pytest.fixture
def screen(window: Window, qtbot: QtBot) -> Any:
    found = register_screen(window)
    settle(qtbot, window)
    found.show_record(risk(window))
    return found


def test_a_field_is_made_in_the_dialog_filled_in_the_editor_shown_in_the_table_and_filtered_by(
    window: Window, screen: Any, qtbot: QtBot
) -> None:
    before = screen.model.columnCount()
    dialog = ProgrammeDialog(window.desk, None, window)
    dialog.open()
    page: Any = dialog._pages["Fields"]
    dialog._tabs.setCurrentWidget(page)
    qtbot.keyClicks(page.add.line, "Zone")
    qtbot.keyClick(page.add.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    replace_text(qtbot, page.fields["choices"], "East, West")
    qtbot.keyClick(page.fields["choices"], Qt.Key.Key_Return)
    settle(qtbot, window)
    page.fields["holds"].setFocus()
    qtbot.keyClick(page.fields["holds"], Qt.Key.Key_End)
    settle(qtbot, window)
    dialog.accept()
    settle(qtbot, window)
    assert (field(window, "Zone").holds, field(window, "Zone").choices) == (FieldType.choice, ("East", "West"))

    widget = screen.editor.custom.widgets[field(window, "Zone").id]
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert stands(window, "Zone") == "East"
    assert screen.model.columnCount() == before + 1
    number = screen.model.columnCount() - 1
    assert screen.model.headerData(number, Qt.Orientation.Horizontal) == "Zone"
    assert screen.model.index(screen.model.row_of(risk(window).id), number).data() == "East"
    screen.narrow(f"field {field(window, 'Zone').id}", ["East"])
    settle(qtbot, window)
    assert screen.model.rowCount() == 1
    screen.narrow(f"field {field(window, 'Zone').id}", [""])
    settle(qtbot, window)
    assert screen.model.rowCount() == 20
    screen.filters.clear()
    settle(qtbot, window)
    screen.filters.search.setText("east")
    settle(qtbot, window)
    assert screen.model.row_of(risk(window).id) is not None


def test_numbers_and_days_are_typed_as_people_write_them_and_what_is_none_is_told_and_given_up(
    window: Window, screen: Any, qtbot: QtBot
) -> None:
    custom = screen.editor.custom
    number = added(window, qtbot, "Families", FieldType.number)
    day = added(window, qtbot, "Visit", FieldType.day)
    for widget, typed in ((custom.widgets[number.id], "1,204"), (custom.widgets[day.id], "24 Nov 2026")):
        replace_text(qtbot, widget, typed)
        qtbot.keyClick(widget, Qt.Key.Key_Return)
        settle(qtbot, window)
    assert (stands(window, "Families"), stands(window, "Visit")) == ("1,204", "24 Nov 2026")
    widget = custom.widgets[number.id]
    replace_text(qtbot, widget, "many")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "Families: “many” is no number" in custom._problem.text()
    assert screen.unsaved() == ["Families: many"]
    screen.show_record(risk(window, "R-003"))
    assert widget.text() == ""
    screen.show_record(risk(window))
    assert widget.text() == "many", "it waits at its risk"
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Escape)
    assert widget.text() == "1,204"
    assert custom._problem.text() == ""
    replace_text(qtbot, widget, " ")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert stands(window, "Families") == ""
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert stands(window, "Families") == widget.text() == "1,204"


def test_what_was_refused_in_an_empty_field_is_given_up_by_escape(window: Window, screen: Any, qtbot: QtBot) -> None:
    item = added(window, qtbot, "Families", FieldType.number)
    widget = screen.editor.custom.widgets[item.id]
    replace_text(qtbot, widget, "many")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    settle(qtbot, window)
    qtbot.keyClick(widget, Qt.Key.Key_Escape)
    assert widget.text() == ""
    assert screen.unsaved() == []


def test_a_colleagues_value_and_another_field_leave_what_is_typed(window: Window, screen: Any, qtbot: QtBot) -> None:
    custom = screen.editor.custom
    one, other = (added(window, qtbot, name, FieldType.text) for name in ("Lead inspector", "Place"))
    replace_text(qtbot, custom.widgets[one.id], "Somebody")
    window.desk.run(give_value(field=other.id, risk=risk(window).id, text="Leigh"))
    settle(qtbot, window)
    assert custom.widgets[one.id].text() == "Somebody"
    assert custom.widgets[other.id].text() == "Leigh"
    window.desk.run(give_value(field=one.id, risk=risk(window).id, text="Somebody else"))
    settle(qtbot, window)
    assert custom.widgets[one.id].text() == "Somebody"
    qtbot.keyClick(custom.widgets[one.id], Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "meanwhile" in custom._problem.text()
    assert stands(window, "Lead inspector") == "Somebody else"
    qtbot.keyClick(custom.widgets[one.id], Qt.Key.Key_Escape)
    assert custom.widgets[one.id].text() == "Somebody else"


def test_columns_come_and_go_with_their_fields_and_keep_what_is_chosen(
    window: Window, screen: Any, qtbot: QtBot
) -> None:
    tester = QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    before, columns, chosen = window.desk.book, screen.model.columnCount(), screen.table.current_id
    item = added(window, qtbot, "Families", FieldType.number)
    for reference, text in (("R-001", "9"), ("R-003", "10")):
        window.desk.run(give_value(field=item.id, risk=risk(window, reference).id, text=text))
        settle(qtbot, window)
    number, first = column_of(screen, "Families"), columns - 1
    screen.table.setColumnWidth(first, 77)
    screen.table.sortByColumn(number, Qt.SortOrder.DescendingOrder)
    assert [screen.model.index(row, number).data() for row in range(3)] == ["10", "9", ""]
    window.desk.run(edit_field(item, name="Households"))
    settle(qtbot, window)
    assert column_of(screen, "Households")
    assert screen.filters.chip(f"field {item.id}").text().startswith("Households")
    window.desk.run(remove_field(field(window, "Households")))
    settle(qtbot, window)
    assert screen.model.columnCount() == columns
    assert window.desk.book.count(RiskValue) == before.count(RiskValue)
    assert screen.table.current_id == chosen
    assert screen.table.columnWidth(first) == 77, "the columns that were there stay as they were"
    assert tester


def test_columns_that_were_hidden_stay_so_after_a_restart(
    window: Window, screen: Any, new_window: Opened, qtbot: QtBot
) -> None:
    added(window, qtbot, "Families", FieldType.number)
    last = column_of(screen, "Families")
    assert not screen.table.isColumnHidden(last)
    screen.table.setColumnHidden(last, True)
    screen.table.setColumnWidth(1, 222)
    header = screen.table.horizontalHeader()
    qtbot.waitUntil(lambda: settings.remembered_state("register/columns") == header.saveState())
    path = window.desk.path
    assert path
    window.desk.close()
    again = register_screen(new_window(Path(path)))
    assert again.table.isColumnHidden(last)
    assert again.table.columnWidth(1) == 222
    assert again.model.headerData(last, Qt.Orientation.Horizontal) == "Families"


def test_a_field_of_actions_stands_there_alone_and_one_of_both_in_both(
    window: Window, screen: Any, qtbot: QtBot
) -> None:
    only = added(window, qtbot, "Grant", FieldType.text, about=About.actions)
    both = added(window, qtbot, "Wave", FieldType.text, about=About.both)
    actions: Any = window.go_to("Actions")
    settle(qtbot, window)
    assert {only.id, both.id} <= set(actions.editor.custom.widgets)
    assert only.id not in screen.editor.custom.widgets
    assert both.id in screen.editor.custom.widgets
    widget = actions.editor.custom.widgets[only.id]
    replace_text(qtbot, widget, "DSG")
    qtbot.keyClick(widget, Qt.Key.Key_Tab)
    settle(qtbot, window)
    number = column_of(actions, "Grant")
    assert actions.model.index(actions.table.currentIndex().row(), number).data() == "DSG"


def test_a_field_is_removed_in_the_dialog_with_what_stands_in_it(window: Window, screen: Any, qtbot: QtBot) -> None:
    item = added(window, qtbot, "Families", FieldType.number)
    window.desk.run(give_value(field=item.id, risk=risk(window).id, text="9"))
    settle(qtbot, window)
    dialog = ProgrammeDialog(window.desk, item, window)
    dialog.open()
    page: Any = dialog._pages["Fields"]
    assert page.form.record == item
    qtbot.mouseClick(button(dialog, "Remove it, with all that stands in it"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert item.id not in screen.editor.custom.widgets
    assert window.desk.undo_label == "Removed the field “Families”"
    dialog.accept()
