"""Fields: what typing, keys, the wheel, the clipboard and drops do to a value."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from risk_register.domain.governance import Board, Person
from tests.ui.conftest import settle
from tests.ui.hands import CONTROL, register_screen, replace_text, risk
from ui.fields import DateField, LineField, PercentField, TextField
from ui.window import Window

TODAY = date(2026, 11, 24)


def shown(qtbot: QtBot, *, clearable: bool = True) -> DateField:
    field = DateField(lambda: TODAY, clearable=clearable)
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    return field


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15/01/2027", date(2027, 1, 15)),
        ("5/2/2027", date(2027, 2, 5)),
        ("5.2.27", date(2027, 2, 5)),
        ("31-12-2026", date(2026, 12, 31)),
        ("2027-03-01", date(2027, 3, 1)),
        ("1 Mar 2027", date(2027, 3, 1)),
        ("29/11", date(2026, 11, 29)),
        ("29 November", date(2026, 11, 29)),
        ("", None),
    ],
)
@pytest.mark.parametrize("before", [None, date(2026, 6, 30)])
def test_a_day_is_taken_as_it_is_typed(qtbot: QtBot, typed: str, meant: date | None, before: date | None) -> None:
    field = shown(qtbot)
    field.set_value(before)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, typed)
    with qtbot.waitSignal(field.kept):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == field.day() == meant
    assert field.text() == (f"{meant:%d/%m/%Y}" if meant else "")


def test_what_is_no_day_stays_as_typed_in_red(qtbot: QtBot) -> None:
    field = shown(qtbot)
    qtbot.keyClicks(field, "31/02/2027")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.value(), field.property("wrong")) == ("31/02/2027", "31/02/2027", True)
    with pytest.raises(Exception, match="“31/02/2027” is no date"):
        field.day()
    field.selectAll()
    qtbot.keyClicks(field, "28/02/2027")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.day(), field.property("wrong")) == (date(2027, 2, 28), False)


def test_arrow_keys_go_from_day_to_day_beginning_today(qtbot: QtBot) -> None:
    field = shown(qtbot)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.day() == TODAY
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.day() == TODAY - timedelta(days=1)


def test_a_day_is_chosen_from_the_calendar_and_escape_chooses_none(qtbot: QtBot) -> None:
    field = shown(qtbot)
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar: Any = QApplication.activePopupWidget()
    qtbot.keyClick(calendar, Qt.Key.Key_Escape)
    assert field.day() is None
    calendar = field.open_calendar()
    with qtbot.waitSignal(field.kept):
        grid = calendar.findChild(QWidget, "qt_calendar_calendarview")
        qtbot.keyClick(grid, Qt.Key.Key_Right)
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert field.day() == TODAY + timedelta(days=1)


def test_tab_and_other_keys_leave_an_empty_date_empty(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Actions")
    settle(qtbot, window)
    editor = screen.editor
    editor.expected.set_value(None)
    editor.form.keep()
    settle(qtbot, window)
    editor.expected.setFocus()
    qtbot.keyClick(editor.expected, Qt.Key.Key_Control)
    qtbot.keyClick(editor.expected, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert not editor.expected.hasFocus()
    assert editor.expected.value() is None


def test_the_cross_in_a_date_takes_it_away_at_once_and_only_where_there_may_be_none(qtbot: QtBot) -> None:
    field = shown(qtbot)
    assert not field._clear.isVisible()
    field.set_value(TODAY)
    with qtbot.waitSignal(field.kept):
        field._clear.trigger()
    assert field.day() is None
    assert not shown(qtbot, clearable=False)._clear.isVisible()


def test_the_wheel_passing_over_a_field_changes_nothing(qtbot: QtBot) -> None:
    field = PercentField()
    qtbot.addWidget(field)
    field.show()
    field.set_value(40)
    field.clearFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(field.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, wheel)
    assert field.value() == 40


def test_a_file_dropped_on_a_text_is_the_windows_to_take(qtbot: QtBot, tmp_path: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "register.xlsx"))])
    words = QMimeData()
    words.setText("words")
    field = TextField()
    qtbot.addWidget(field)
    assert not field.canInsertFromMimeData(dropped)
    assert field.canInsertFromMimeData(words)


def test_a_name_typed_in_part_is_taken_back_by_escape(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    people = window.desk.book.count(Person)
    owner = screen.editor.owner
    before = owner._line.text()
    owner.setFocus()
    owner._line.selectAll()
    qtbot.keyClicks(owner._line, "Dir")
    owner.completer().popup().hide()
    qtbot.keyClick(owner, Qt.Key.Key_Escape)
    assert owner._line.text() == before
    qtbot.keyClick(owner, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert window.desk.book.count(Person) == people


def test_a_board_is_found_by_its_full_name_too(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    field = screen.editor.form._fields["board"]
    board = next(item for item in window.desk.book.all(Board) if item.short and item.id != field.value())
    replace_text(qtbot, field._line, board.name.upper())
    qtbot.keyClick(field._line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert risk(window).board == board.id


def test_an_owner_known_by_role_alone_is_taken_away_by_emptying_the_field(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    assert risk(window).owner
    replace_text(qtbot, screen.editor.owner._line, "")
    qtbot.keyClick(screen.editor.owner._line, Qt.Key.Key_Delete)
    qtbot.keyClick(screen.editor.owner._line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert risk(window).owner is None


def test_enter_and_leaving_at_once_add_a_new_name_once(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    people = window.desk.book.count(Person)
    replace_text(qtbot, screen.editor.owner._line, "Head of Something New")
    qtbot.keyClick(screen.editor.owner._line, Qt.Key.Key_Return)
    qtbot.keyClick(screen.editor.owner._line, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert window.desk.book.count(Person) == people + 1


def test_once_typing_is_kept_undo_takes_back_the_edit_and_undo_again_the_one_before(
    window: Window, qtbot: QtBot
) -> None:
    screen = register_screen(window)
    first = risk(window).effect
    for field, words in ((screen.editor.effect_field, " first"), (screen.editor.cause_field, " then")):
        field.setFocus()
        qtbot.keyClicks(field, words)
        field.kept.emit()
        settle(qtbot, window)
    cause = screen.editor.cause_field
    assert cause.hasFocus()
    qtbot.keyClick(cause, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert "then" not in risk(window).cause
    cause.kept.emit()
    settle(qtbot, window)
    qtbot.keyClick(cause, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert risk(window).effect == first
    assert "then" not in risk(window).cause, "it did not come back"


def test_one_line_of_text_forgets_what_was_typed_too(qtbot: QtBot) -> None:
    field = LineField()
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "abc")
    assert field.isUndoAvailable()
    field.forget_typing()
    assert not field.isUndoAvailable()
    assert (field.text(), field.cursorPosition()) == ("abc", 3)
