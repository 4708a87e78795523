"""For whose eyes a record is: chosen in the editors, marked in the window, honoured by what is shown and written."""

import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from risk_register.domain import views
from risk_register.domain.action import Action
from risk_register.domain.audience import Audience
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.decision import Decision
from tests.ui.conftest import activate, settle
from tests.ui.hands import CONTROL, button, register_screen, replace_text, risk
from ui.decision import AskDialog, DecisionDialog
from ui.report import ReportDialog
from ui.window import Window

PARTS = Qt.ItemDataRole


def choose(qtbot: QtBot, field: QComboBox, words: str) -> None:
    """Choose by the arrow keys, as a person does."""
    field.setFocus()
    steps = field.findText(words) - field.currentIndex()
    for _ in range(abs(steps)):
        qtbot.keyClick(field, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)


def action(window: Window, reference: str) -> Action:
    return next(item for item in window.desk.book.all(Action) if item.reference == reference)


def projected(window: Window, qtbot: QtBot) -> Any:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    qtbot.mouseClick(button(screen, "Full screen"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    return screen


# -- editors


def test_a_risks_audience_is_kept_marked_undone_and_in_history(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    screen.show_record(risk(window))
    field = screen.editor.form._fields["audience"]
    assert not screen.editor.restricted.isVisible()
    choose(qtbot, field, "Restricted")
    settle(qtbot, window)
    assert risk(window).audience is Audience.restricted
    assert screen.editor.restricted.isVisible()
    assert screen.editor.restricted._words.text() == "Restricted"
    assert window.desk.undo_label == "Changed audience of R-001"
    history: Any = window.go_to("History")
    settle(qtbot, window)
    assert history.model.at(0).edit.label == "Changed audience of R-001"
    window.desk.undo()
    settle(qtbot, window)
    assert risk(window).audience is Audience.partners
    window.go_to("Register")
    assert not screen.editor.restricted.isVisible()


def test_an_action_is_marked_by_its_own_audience_and_by_that_of_all_its_risks(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Actions")
    screen.show_record(action(window, "A-004"))
    settle(qtbot, window)
    assert screen.editor.restricted._words.text() == "Restricted with its risks"
    assert screen.editor.audience.value() is Audience.partners
    screen.show_record(action(window, "A-005"))
    settle(qtbot, window)
    assert not screen.editor.restricted.isVisible()
    choose(qtbot, screen.editor.audience, "Restricted")
    settle(qtbot, window)
    assert action(window, "A-005").audience is Audience.restricted
    assert screen.editor.restricted._words.text() == "Restricted"


def test_what_is_added_to_a_restricted_risk_is_restricted_too(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    screen.show_record(risk(window, "R-002"))
    settle(qtbot, window)
    qtbot.keyClicks(screen.editor.action_list.add.line, "Talk to each of them")
    qtbot.keyClick(screen.editor.action_list.add.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    made = views.actions_of(window.desk.book, risk(window, "R-002").id)
    assert next(item for item in made if item.title == "Talk to each of them").audience is Audience.restricted
    screen.show_record(risk(window, "R-014"))
    settle(qtbot, window)
    qtbot.keyClicks(screen.editor.action_list.add.line, "Print it")
    qtbot.keyClick(screen.editor.action_list.add.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    made = views.actions_of(window.desk.book, risk(window, "R-014").id)
    assert next(item for item in made if item.title == "Print it").audience is Audience.partners, (
        "never public by itself"
    )


def test_a_decisions_audience_is_chosen_when_it_is_asked_and_when_it_is_recorded(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    screen.show_record(risk(window, "R-002"))
    settle(qtbot, window)
    section = screen.editor.decision_list
    qtbot.mouseClick(section._ask, Qt.MouseButton.LeftButton)
    ask = section.findChild(AskDialog)
    assert ask.audience.value() is Audience.restricted, "as the risk is"
    qtbot.keyClicks(ask.words, "Keep four of the posts")
    choose(qtbot, ask.audience, "Partners")
    qtbot.keyClick(ask.words, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)

    def decision() -> Decision:
        return window.desk.book.where(Decision, "risk", risk(window, "R-002").id)[0]

    assert decision().audience is Audience.partners
    qtbot.mouseClick(button(section, "Record decision…"), Qt.MouseButton.LeftButton)
    dialog = section.findChild(DecisionDialog)
    qtbot.keyClicks(dialog.words, "Agreed")
    choose(qtbot, dialog.audience, "Restricted")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert (decision().answer, decision().audience) == ("Agreed", Audience.restricted)
    qtbot.mouseClick(button(section, "Correct what was decided…"), Qt.MouseButton.LeftButton)
    dialog = section.findChildren(DecisionDialog)[-1]
    choose(qtbot, dialog.audience, "Partners")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert window.desk.undo_label == f"Changed audience of {decision().reference}", "no decision was recorded anew"


# -- tables


def test_a_restricted_row_has_a_lock_that_is_told_in_words(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    settle(qtbot, window)
    locked = {}
    for row in range(screen.model.rowCount()):
        index = screen.model.index(row, 1)
        locked[screen.model.index(row, 0).data()] = index.data(PARTS.DecorationRole) is not None
        if locked[screen.model.index(row, 0).data()]:
            assert "(restricted)" in index.data(PARTS.ToolTipRole)
            assert index.data(PARTS.AccessibleTextRole).endswith("(restricted)")
        else:
            assert "(restricted)" not in index.data(PARTS.ToolTipRole)
    assert {reference for reference, is_locked in locked.items() if is_locked} == {"R-002", "R-020"}


def test_the_register_is_narrowed_down_by_audience(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    menu = screen.filters.menu(screen.filters.chip("audience"))
    next(item for item in menu.actions() if item.text() == "Restricted").trigger()
    settle(qtbot, window)
    assert {screen.model.index(row, 0).data() for row in range(screen.model.rowCount())} == {"R-002", "R-020"}


def test_the_column_says_for_whose_eyes_an_action_is_with_its_risks(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Actions")
    settle(qtbot, window)
    number = next(place for place, column in enumerate(screen.model.columns) if column.key == "audience")
    assert screen.table.isColumnHidden(number)
    next(item for item in screen.table.columns_menu().actions() if item.text() == "Audience").trigger()
    assert not screen.table.isColumnHidden(number)
    told = {
        screen.model.index(row, 1).data(): screen.model.index(row, number).data()
        for row in range(screen.model.rowCount())
    }
    assert (told["A-004"], told["A-005"]) == ("Restricted", "Partners")


def test_copied_rows_say_restricted_where_one_of_them_is(window: Window, qtbot: QtBot) -> None:
    table = register_screen(window).table
    settle(qtbot, window)

    def copied(reference: str) -> list[str]:
        row = table._model.row_of(risk(window, reference).id)
        place = table.visualRect(table._model.index(row, 0)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.keyClick(table, Qt.Key.Key_C, CONTROL)
        return QGuiApplication.clipboard().text().splitlines()

    header, row = copied("R-002")
    assert header.split("\t")[-1] == "Audience"
    assert row.split("\t")[-1] == "Restricted"
    assert "Commissioning workforce" in row
    assert "Audience" not in copied("R-001")[0]
    qtbot.keyClick(table, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(table, Qt.Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 22
    assert sum(line.endswith("\tRestricted") for line in lines) == 2


# -- the projector


def test_the_window_shows_restricted_risks_and_the_projector_does_not(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    hidden = risk(window, "R-002")
    assert screen.map.marker_of(hidden.id)
    assert not screen.restricted.isVisible()
    assert "hidden" not in screen._head._detail._whole
    screen = projected(window, qtbot)
    assert screen.map.marker_of(hidden.id) is None
    assert hidden.title not in screen.map.tip((4, 4))
    assert screen._head._detail._whole.startswith("17 open risks")
    assert screen.restricted.text() == "Restricted too (2 hidden)"
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert screen.map.marker_of(hidden.id)
    assert not screen.restricted.isVisible()


def test_the_switch_shows_them_and_is_off_again_at_the_next_start(window: Window, qtbot: QtBot) -> None:
    screen = projected(window, qtbot)
    hidden = risk(window, "R-002")
    qtbot.mouseClick(screen.restricted, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.map.marker_of(hidden.id)
    assert screen.restricted.text() == "Restricted too"
    qtbot.mouseClick(screen.restricted, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.map.marker_of(hidden.id) is None
    qtbot.mouseClick(screen.restricted, Qt.MouseButton.LeftButton)
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    screen = projected(window, qtbot)
    assert not screen.restricted.isChecked()
    assert screen.map.marker_of(hidden.id) is None


def test_a_restricted_risk_that_was_chosen_is_put_away_before_the_screen_is_filled(
    window: Window, qtbot: QtBot
) -> None:
    screen: Any = window.go_to("Heat map")
    screen.show_record(risk(window, "R-002"))
    settle(qtbot, window)
    screen._on_moved(risk(window, "R-002").id, (2, 2))
    assert "Restricted" in screen._told.text()
    screen = projected(window, qtbot)
    assert not screen._side.isVisible()
    assert "R-002" not in screen._told.text()
    assert not screen.question.isVisible()
    screen.show_record(risk(window, "R-002"))
    assert "R-002" not in screen._told.text(), "nor can it be called up"
    screen.show_record(risk(window, "R-001"))
    window.desk.run(edit_risk(risk(window, "R-001"), audience=Audience.restricted))
    settle(qtbot, window)
    assert "R-001" not in screen._told.text(), "it goes the moment it is marked"
    assert screen.restricted.text() == "Restricted too (3 hidden)"


def test_there_is_no_switch_where_nothing_is_restricted(window: Window, qtbot: QtBot) -> None:
    for reference in ("R-002", "R-020"):
        window.desk.run(edit_risk(risk(window, reference), audience=Audience.partners))
    settle(qtbot, window)
    screen = projected(window, qtbot)
    assert not screen.restricted.isVisible()
    assert screen._head._detail._whole.startswith("19 open risks")


# -- the report


def written(window: Window, qtbot: QtBot, path: Path, eyes: str = "") -> bytes:
    activate(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    dialog = window.findChildren(ReportDialog)[-1]
    dialog.open_after.setChecked(False)
    if eyes:
        choose(qtbot, dialog.audience, eyes)
    replace_text(qtbot, dialog.file, str(path))
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    with zipfile.ZipFile(path) as file:
        return b"".join(file.read(name) for name in file.namelist())


def test_the_report_is_for_partners_unless_another_audience_is_chosen_which_is_remembered(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    told = written(window, qtbot, tmp_path / "one.docx")
    assert b"Commissioning workforce" not in told
    assert b"Audience: ".replace(b" ", "\u00a0".encode()) in told
    told = written(window, qtbot, tmp_path / "two.docx", "Restricted (Part B)")
    assert b"Commissioning workforce" in told
    assert b"Restricted (Part B)" in told
    told = written(window, qtbot, tmp_path / "three.docx")
    assert b"Commissioning workforce" in told, "remembered"


def test_the_proposed_name_says_whose_eyes_it_is_for(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    dialog = window.findChild(ReportDialog)
    assert dialog
    assert "Restricted" not in dialog.file.text()
    choose(qtbot, dialog.audience, "Restricted (Part B)")
    assert dialog.file.text().endswith(" Restricted (Part B).docx")
    choose(qtbot, dialog.audience, "Everybody (public)")
    assert dialog.file.text().endswith(" Public.docx")


def test_a_report_of_a_past_day_honours_todays_marks(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    dialog = window.findChild(ReportDialog)
    assert dialog
    dialog.open_after.setChecked(False)
    day = window.desk.today() - timedelta(days=75)
    dialog.date.set_value(day)
    dialog.since.set_value(day - timedelta(days=28))
    replace_text(qtbot, dialog.file, str(tmp_path / "past.docx"))
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    with zipfile.ZipFile(tmp_path / "past.docx") as file:
        told = b"".join(file.read(name) for name in file.namelist())
    assert b"ICB reorganisation" in told
    assert b"Commissioning workforce" not in told, "it was marked only after that day"
