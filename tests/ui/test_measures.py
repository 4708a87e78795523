"""The measures' screen."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from risk_register.domain.book import Book
from risk_register.domain.commands.measure import add_reading, edit_measure, edit_reading
from risk_register.domain.measure import ExpectedValue, Measure, Reading
from risk_register.domain.plan import Outcome
from tests.ui.conftest import Opened, settle
from tests.ui.copies import merged
from tests.ui.hands import CONTROL, button, replace_text
from ui.conflicts.dialog import ConflictsDialog
from ui.measures.paste import PasteDialog
from ui.number import NumberField
from ui.window import Window


def screen_of(window: Window, qtbot: QtBot) -> Any:
    screen = window.go_to("Measures")
    settle(qtbot, window)
    return screen


def measure(window: Window, name: str = "EHC plans issued within 20 weeks") -> Measure:
    return next(item for item in window.desk.book.all(Measure) if item.name == name)


def readings(window: Window, of: Measure) -> dict[date, Decimal]:
    return {item.on: item.value for item in window.desk.book.where(Reading, "measure", of.id)}


def test_the_worst_stand_first_and_each_says_why(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    assert screen.model.index(0, 0).data() == "Worse than baseline"
    assert screen.model.index(screen.model.rowCount() - 1, 0).data() == "Target reached"
    assert "worse than the baseline" in screen.editor._why.text()
    screen.show_record(measure(window))
    assert "behind" in screen.editor._why.text()
    assert "6 readings in a row above the median" in screen.editor._signals.text()


def test_a_reading_is_added_from_the_table_by_enter_its_value_and_enter(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    item = measure(window)
    screen.show_record(item)
    before = readings(window, item)
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    line = screen.editor.readings.add
    assert line.value.hasFocus()
    qtbot.keyClicks(line.value, "53.5")
    qtbot.keyClick(line.value, Qt.Key.Key_Return)
    settle(qtbot, window)
    today = window.desk.today()
    assert readings(window, item) == before | {today: Decimal("53.5")}
    assert line.value.text() == ""
    assert line.value.hasFocus(), "the next value can be typed at once"
    assert screen.model.index(screen.table.currentIndex().row(), 2).data() == "53.5 %"
    assert screen.editor.chart.readings[-1].value == Decimal("53.5")
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert readings(window, item) == before


def test_a_value_that_is_none_is_told_and_stays_at_its_measure(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    first, second = (screen.model.id_at(row) for row in (0, 1))
    line = screen.editor.readings.add
    line.value.setFocus()
    qtbot.keyClicks(line.value, "n/a")
    qtbot.keyClick(line.value, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "“n/a” is no number" in line._problem.text()
    screen.table.choose(second)
    settle(qtbot, window)
    assert line.value.text() == ""
    screen.table.choose(first)
    settle(qtbot, window)
    assert line.value.text() == "n/a"
    assert any("n/a" in words for words in screen.unsaved())


def test_a_second_reading_of_a_day_is_refused_with_what_is_there(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    item = measure(window)
    screen.show_record(item)
    day, value = max(readings(window, item).items())
    line = screen.editor.readings.add
    replace_text(qtbot, line.day, f"{day:%d/%m/%Y}")
    line.value.setFocus()
    qtbot.keyClicks(line.value, "99")
    qtbot.keyClick(line.value, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert f"already: {value} %" in line._problem.text()
    assert line.value.text() == "99"


def test_a_column_of_a_workbook_is_pasted_over_the_value_and_taken_as_one_edit(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    item = measure(window)
    screen.show_record(item)
    before = readings(window, item)
    day = max(before)
    QApplication.clipboard().setText(f"Month\tValue\n{day:%d/%m/%Y}\t52\n{window.desk.today():%d/%m/%Y}\t55.5\n")
    line = screen.editor.readings.add
    line.value.setFocus()
    qtbot.keyClick(line.value, Qt.Key.Key_V, CONTROL)
    dialog = window.findChild(PasteDialog)
    assert dialog
    assert "1 new and 1 corrected" in dialog.summary.text()
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert readings(window, item) == before | {day: Decimal(52), window.desk.today(): Decimal("55.5")}
    assert window.desk.undo_label == "Added 1 reading and corrected 1 of “EHC plans issued within 20 weeks”"


def test_what_is_pasted_and_can_not_be_read_is_named_and_can_be_put_right(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    screen.show_record(measure(window))
    QApplication.clipboard().setText("not a column")
    qtbot.mouseClick(button(window, "Paste from a workbook…"), Qt.MouseButton.LeftButton)
    dialog = window.findChild(PasteDialog)
    assert dialog
    assert dialog.text.value() == "", "the clipboard holds something else"
    qtbot.keyClicks(dialog.text, "30/06/2025 lots")
    assert "“lots” is no number" in dialog._problem.text()
    assert not dialog.button.isEnabled()
    replace_text(qtbot, dialog.text, "30/06/2025 28")
    assert dialog.button.isEnabled()
    assert dialog._problem.text() == ""
    dialog.reject()


def test_fields_keep_themselves_and_a_colleagues_edit_leaves_what_is_typed(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    item = measure(window)
    screen.show_record(item)
    editor = screen.editor
    replace_text(qtbot, editor.target, "80.5 %")
    window.desk.run(edit_measure(item, unit="per cent"))
    window.desk.run(add_reading(measure=item.id, on=date(2025, 1, 31), value=Decimal(20)))
    settle(qtbot, window)
    assert editor.target.text() == "80.5 %"
    assert editor._fields["unit"][1].text() == "per cent"
    qtbot.keyClick(editor.target, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert measure(window).target == Decimal("80.5")
    replace_text(qtbot, editor.target, "eighty")
    qtbot.keyClick(editor.target, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert "“eighty” is no number" in editor.problem.text()
    qtbot.keyClick(editor.target, Qt.Key.Key_Escape)
    editor.target.setFocus()
    qtbot.keyClick(editor.target, Qt.Key.Key_Escape)
    assert editor.target.text() == "80.5"


def test_a_reading_is_corrected_in_its_row_and_removed(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    item = measure(window)
    screen.show_record(item)
    before = readings(window, item)
    day = max(before)
    row = screen.editor.readings._shown[0][1]
    replace_text(qtbot, row.value, "15")
    qtbot.keyClick(row.value, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert readings(window, item) == before | {day: Decimal(15)}
    qtbot.mouseClick(row.findChildren(type(screen._columns))[-1], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert day not in readings(window, item)
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
        settle(qtbot, window)
    assert readings(window, item) == before


def test_all_readings_are_shown_when_asked_for(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    screen.show_record(measure(window))
    section = screen.editor.readings
    assert len(section._shown) == 6
    qtbot.mouseClick(section._more, Qt.MouseButton.LeftButton)
    assert len(section._shown) == 12


def test_expected_values_bend_the_trajectory_on_the_chart(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    item = measure(window)
    screen.show_record(item)
    assert len(screen.editor.chart._trajectory) == 2
    line = screen.editor.expected.add
    replace_text(qtbot, line.day, f"{window.desk.today() + timedelta(days=60):%d/%m/%Y}")
    line.value.setFocus()
    qtbot.keyClicks(line.value, "58")
    qtbot.keyClick(line.value, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert [point.value for point in window.desk.book.where(ExpectedValue, "measure", item.id)] == [58]
    assert len(screen.editor.chart._trajectory) == 3


def test_the_chart_is_gone_through_by_keys_and_tells_each_reading(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    screen.show_record(measure(window))
    chart: Any = screen.editor.chart
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.current == 11
    assert chart.accessibleDescription().startswith("51 % on ")
    assert "part of a shift" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.current == 10
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert not chart.current
    screen.editor._area.ensureWidgetVisible(chart)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place_of(3).toPoint() + QPoint(2, 2))
    assert chart.current == 3
    for number in range(12):
        assert chart.rect().contains(chart.place_of(number).toPoint())


def test_a_new_measure_is_removed_and_comes_back(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    before = window.desk.book
    screen.add()
    settle(qtbot, window)
    assert screen.editor.title.hasFocus()
    assert screen.editor._standing.text() == "No reading yet"
    qtbot.keyClicks(screen.editor.title, "Exclusions")
    qtbot.keyClick(screen.editor.title, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert measure(window, "Exclusions")
    screen.editor._more.menu().actions()[0].trigger()
    settle(qtbot, window)
    assert window.desk.book == before
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert measure(window, "Exclusions")


def test_the_overview_and_the_search_lead_to_a_measure(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Overview")
    settle(qtbot, window)
    card = screen._cards["Measures to look at"]
    row = card._shown[-1][1]
    assert "Reading missed, reading due" in row.accessibleName()
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.current_screen is window.go_to("Measures")
    shown: Any = window.current_screen
    assert shown.editor.record.name == "Parent carers who feel listened to"
    window.search()
    from ui.search import Finder

    finder = window.findChild(Finder)
    assert finder
    qtbot.keyClicks(finder.line, "sessions attended")
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert shown.editor.record.name == "Attendance of pupils with an EHC plan"


def test_measures_can_be_begun_in_a_register_without_any(new_window: Opened, qtbot: QtBot, register: Any) -> None:
    from tests.making import made_in

    made_in(register)
    path = register.path
    register.close()
    window = new_window(path)
    screen: Any = window.go_to("Measures")
    settle(qtbot, window)
    qtbot.mouseClick(button(window, "Add the first measure"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.model.rowCount() == 1
    assert screen.editor.chart.isVisible()


def test_two_values_of_a_reading_are_a_conflict_at_its_measure_settled_by_a_third(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    item = measure(window)
    day = max(readings(window, item))

    def last(book: Book) -> Reading:
        return next(reading for reading in book.where(Reading, "measure", item.id) if reading.on == day)

    merged(
        qtbot,
        window,
        tmp_path,
        [
            lambda book: edit_reading(last(book), value=Decimal("50.5")),
            lambda book: edit_measure(book.get(Measure, item.id), outcome=None),
        ],
        [
            lambda book: edit_reading(last(book), value=Decimal(52)),
            lambda book: edit_measure(book.get(Measure, item.id), outcome=next(book.all(Outcome)).id),
        ],
    )
    screen = screen_of(window, qtbot)
    screen.show_record(item)
    assert screen.editor.dispute.isVisible()
    window.settle()
    settle(qtbot, window)
    dialog: Any = next(found for found in window.findChildren(ConflictsDialog) if found.isVisible())
    assert "EHC plans issued within 20 weeks" in dialog.list.item(0).text()
    assert len(window.desk.conflicts) == 2
    while window.desk.conflicts:
        dialog.card.write.click()
        settle(qtbot, window)
        field = dialog.card._field
        if isinstance(field, NumberField):
            replace_text(qtbot, field, "51.25")
        else:
            field.setFocus()
            qtbot.keyClick(field, Qt.Key.Key_Down)
        dialog.card.keep_third.click()
        settle(qtbot, window)
    assert readings(window, item)[day] == Decimal("51.25")
    assert not window.desk.conflicts
