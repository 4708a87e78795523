"""A day's work in the window, with mouse and keyboard."""

from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from risk_register import places
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.risk import Risk
from risk_register.store.register import Register
from tests.ui.conftest import Opened, activate, settle
from ui import settings
from ui.start import NewRegister, Start
from ui.window import Window

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def risk(window: Window, reference: str = "R-001") -> Risk:
    return next(item for item in window.desk.book.all(Risk) if item.reference == reference)


def register_screen(window: Window) -> Any:
    return window.go_to("Register")


def replace_text(qtbot: QtBot, field: QWidget, text: str) -> None:
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(field, text)


def button(window: QWidget, words: str) -> QPushButton:
    return next(item for item in window.findChildren(QPushButton) if item.text() == words and item.isVisible())


# -- the first start


def test_the_first_start_offers_four_ways_and_the_sample_is_one_click(new_window: Opened, qtbot: QtBot) -> None:
    window = new_window()
    start = window.findChild(Start)
    assert start
    cards = [card for card in start.findChildren(QPushButton) if card.accessibleName()]
    assert len(cards) == 4
    qtbot.mouseClick(cards[0], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.desk.book.count(Risk) == 21
    assert places.sample_register().exists()
    assert not start.isVisible()


def test_a_new_register_is_made_from_a_name_alone(new_window: Opened, qtbot: QtBot) -> None:
    window = new_window()
    dialog = window.new()
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible(), "a name is needed"
    qtbot.keyClicks(dialog.name, "My: programme/2026")
    assert dialog.path.name == "My programme 2026.riskreg"
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    settle(qtbot, window)
    activate(qtbot, window)
    assert window.windowTitle() == "My: programme/2026 – Risk Register"
    screen = register_screen(window)
    settle(qtbot, window)
    first = button(screen, "Add the first risk")
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.desk.book.count(Risk) == 1
    replace_text(qtbot, screen.editor.title, "The first risk")
    qtbot.keyClick(screen.editor.title, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert risk(window).title == "The first risk"


# -- editing


def test_a_title_typed_is_kept_on_leaving_the_field_and_undo_takes_it_back(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    before = risk(window).title
    replace_text(qtbot, screen.editor.title, "A better title")
    qtbot.keyClick(screen.editor.title, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert risk(window).title == "A better title"
    assert screen.model.index(screen.model.row_of(risk(window).id), 1).data() == "A better title"
    assert "Changed title of R-001" in window._undo.text()
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert risk(window).title == before
    assert screen.editor.title.value() == before
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    settle(qtbot, window)
    assert risk(window).title == "A better title"
    with Register.open(window.desk.path or Path(), write=False) as other:
        assert other.book == window.desk.book


def test_undo_within_a_field_takes_back_typing_first(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    field = screen.editor.cause_field
    field.setFocus()
    field.moveCursor(QTextCursor.MoveOperation.End)
    before = field.value()
    qtbot.keyClicks(field, " typed")
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.value() == before
    settle(qtbot, window)
    assert window.desk.undo_label == "", "nothing was kept, so nothing is there to undo"


def test_undo_from_the_menu_takes_back_what_is_just_being_typed(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    window.desk.run(edit_risk(risk(window), effect="first"))
    settle(qtbot, window)
    before = risk(window).title
    replace_text(qtbot, screen.editor.title, "Typed and not yet kept")
    window._undo.setEnabled(True)
    window._undo.trigger()
    settle(qtbot, window)
    assert risk(window).title == before
    assert risk(window).effect == "first"


def test_cause_event_and_effect_compose_the_statement_as_one_types(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    replace_text(qtbot, screen.editor.effect_field, "nobody knows what")
    assert screen.editor._statement.text().endswith("leading to nobody knows what.")


def test_a_change_that_arrives_while_one_types_leaves_the_typing_alone(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    seen = risk(window)
    replace_text(qtbot, screen.editor.cause_field, "my own words")
    window.desk.run(edit_risk(seen, title="From elsewhere", cause="their words"))
    settle(qtbot, window)
    assert screen.editor.title.value() == "From elsewhere"
    assert screen.editor.cause_field.value() == "my own words"
    qtbot.keyClick(screen.editor.cause_field, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert risk(window).cause == "their words"
    assert "changed the cause" in screen.editor.problem.text()
    assert screen.editor.cause_field.value() == "my own words", "nothing typed is lost"
    screen.editor.cause_field.setFocus()
    qtbot.keyClick(screen.editor.cause_field, Qt.Key.Key_Escape)
    assert screen.editor.cause_field.value() == "their words"


def test_a_megabyte_pasted_is_refused_in_a_sentence_at_once(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    field = screen.editor.cause_field
    before = risk(window).cause
    QGuiApplication.clipboard().setText("x" * 1_000_000)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_V, CONTROL)
    settle(qtbot, window)
    assert "1,000,000 characters" in screen.editor.problem.text()
    assert field.value() == risk(window).cause == before


def test_what_is_refused_waits_where_it_was_typed(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    replace_text(qtbot, screen.editor.title, "")
    QGuiApplication.clipboard().setText("long " * 100)
    qtbot.keyClick(screen.editor.title, Qt.Key.Key_V, CONTROL)
    qtbot.keyClick(screen.editor.title, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert "at most 300 fit" in screen.editor.problem.text()
    screen.show_record(risk(window, "R-002"))
    settle(qtbot, window)
    assert screen.editor.title.value() == risk(window, "R-002").title
    screen.show_record(risk(window))
    assert screen.editor.title.value().startswith("long long long")


def test_a_reference_that_is_taken_is_marked_with_who_has_it(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    replace_text(qtbot, screen.editor.reference, "R-002")
    qtbot.keyClick(screen.editor.reference, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert risk(window, "R-002").title in screen.editor.problem.text()
    assert screen.editor.reference.property("wrong")


def test_closing_with_something_refused_asks_first(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    replace_text(qtbot, screen.editor.reference, "R-002")
    window.close()
    settle(qtbot, window)
    assert window.isVisible()
    box = window.findChild(QMessageBox)
    assert box
    assert "R-001, reference: R-002" in box.informativeText()
    qtbot.mouseClick(next(item for item in box.buttons() if "Close" in item.text()), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible())


def test_closing_keeps_what_is_being_typed(window: Window, qtbot: QtBot) -> None:
    path = window.desk.path
    screen = register_screen(window)
    replace_text(qtbot, screen.editor.title, "Typed in the last second")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    window.desk.close()
    assert path
    with Register.open(path) as again:
        assert "Typed in the last second" in {item.title for item in again.book.all(Risk)}


def test_an_owner_typed_that_is_new_is_added(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    owner = screen.editor.owner
    replace_text(qtbot, owner._line, "Head of Something New")
    qtbot.keyClick(owner._line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert screen.model.index(0, 4).data() == "Head of Something New" or any(
        screen.model.index(0, number).data() == "Head of Something New" for number in range(screen.model.columnCount())
    )


# -- finding


def test_typing_filters_over_all_text_and_escape_shows_everything(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    qtbot.keyClicks(screen.filters.search, "alliance reorganised")
    settle(qtbot, window)
    assert 1 <= screen.model.rowCount() < 21
    qtbot.keyClick(screen.filters.search, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert screen.model.rowCount() == 21


def test_chips_narrow_the_table_and_are_remembered(new_window: Opened, sample_file: Path, qtbot: QtBot) -> None:
    window = new_window(sample_file)
    screen = register_screen(window)
    qtbot.mouseClick(screen.filters.chip("outside"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    narrowed = screen.model.rowCount()
    assert 0 < narrowed < 21
    menu = screen.filters.menu(screen.filters.chip("band"))
    next(item for item in menu.actions() if item.text() == "Extreme").trigger()
    settle(qtbot, window)
    assert screen.model.rowCount() == 5
    window.desk.close()
    again = new_window(sample_file)
    assert register_screen(again).model.rowCount() == 5


def test_search_jumps_to_any_record(window: Window, qtbot: QtBot) -> None:
    from ui.search import Search

    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    search = window.findChild(Search)
    assert search
    qtbot.keyClicks(search.line, "a-012")
    qtbot.keyClick(search.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current_screen is window.go_to("Actions")
    assert window.go_to("Actions").editor.reference.text() == "A-012"  # type: ignore[union-attr]


def test_columns_chosen_and_moved_are_there_at_the_next_start(
    new_window: Opened, sample_file: Path, qtbot: QtBot
) -> None:
    window = new_window(sample_file)
    table = register_screen(window).table
    next(item for item in table.columns_menu().actions() if item.text() == "Raised").trigger()
    table.horizontalHeader().moveSection(1, 0)
    qtbot.wait(500)
    window.desk.close()
    again = register_screen(new_window(sample_file)).table
    titles = [again.model().headerData(number, Qt.Orientation.Horizontal) for number in again._shown_columns()]
    assert titles[0] == "Title"
    assert "Raised" in titles


def test_the_selected_rows_are_copied_for_excel(window: Window, qtbot: QtBot) -> None:
    table = register_screen(window).table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Home, CONTROL)
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(table, Qt.Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Ref\tTitle\tCurrent")
    assert [line.split("\t")[0] for line in lines[1:]] == ["R-001", "R-003"]


# -- scoring


def test_a_click_on_the_matrix_asks_why_and_keeps_the_score(window: Window, qtbot: QtBot) -> None:
    scoring = register_screen(window).editor.scoring
    where = scoring.matrix.cell_rect((2, 4)).center().toPoint()
    qtbot.mouseClick(scoring.matrix, Qt.MouseButton.LeftButton, pos=where)
    assert scoring.question.isVisible()
    qtbot.keyClicks(scoring.question.why, "The Alliance named a sponsor")
    qtbot.keyClick(scoring.question.why, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert not scoring.question.isVisible()
    assert window.desk.undo_label == "Re-scored R-001: 20 to 8"
    screen: Any = window.go_to("History")
    settle(qtbot, window)
    assert screen.model.index(0, 2).data() == "Re-scored R-001: 20 to 8"
    assert screen.model.index(0, 3).data() == "The Alliance named a sponsor"


def test_the_matrix_is_scored_by_keyboard_alone(window: Window, qtbot: QtBot) -> None:
    scoring = register_screen(window).editor.scoring
    scoring.matrix.setFocus()
    scoring.matrix.cursor_cell = (4, 5)
    qtbot.keyClick(scoring.matrix, Qt.Key.Key_Down)
    qtbot.keyClick(scoring.matrix, Qt.Key.Key_Left)
    qtbot.keyClick(scoring.matrix, Qt.Key.Key_Return)
    assert scoring.question.cell == (3, 4)
    qtbot.keyClick(scoring.question.why, Qt.Key.Key_Escape)
    assert not scoring.question.isVisible()
    assert window.desk.undo_label == ""


def test_a_marker_dragged_on_the_heat_map_rescores_and_undo_brings_it_back(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    start = screen.map.marker_of(risk(window).id).center().toPoint()
    end = screen.map.cell_rect((2, 2)).center().toPoint()
    qtbot.mousePress(screen.map, Qt.MouseButton.LeftButton, pos=start)
    for part in (0.2, 0.6, 1.0):
        between = QPoint(int(start.x() + (end.x() - start.x()) * part), int(start.y() + (end.y() - start.y()) * part))
        _drag(screen.map, between)
    qtbot.mouseRelease(screen.map, Qt.MouseButton.LeftButton, pos=end)
    assert screen.question.isVisible()
    qtbot.keyClicks(screen.question.why, "It eased")
    qtbot.mouseClick(screen.question.keep_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.map.cell_at(screen.map.marker_of(risk(window).id).center()) == (2, 2)
    qtbot.keyClick(screen, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert screen.map.cell_at(screen.map.marker_of(risk(window).id).center()) == (4, 5)


def _drag(widget: QWidget, place: QPoint) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def test_a_cell_clicked_lists_its_risks_and_the_kind_is_switched(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    corner = screen.map.cell_rect((3, 3)).topLeft().toPoint() + QPoint(4, 4)
    qtbot.mouseClick(screen.map, Qt.MouseButton.LeftButton, pos=corner)
    references = [screen.list.item(row).text()[:5] for row in range(screen.list.count())]
    assert references == ["R-004", "R-005", "R-006", "R-010", "R-012", "R-020"]
    qtbot.mouseClick(button(screen, "Target"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.kind.value == "Target"
    assert screen.map.cell_at(screen.map.marker_of(risk(window).id).center()) == (2, 4)


def test_full_screen_shows_the_map_alone_and_escape_comes_back(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Heat map")
    settle(qtbot, window)
    qtbot.mouseClick(button(screen, "Full screen"), Qt.MouseButton.LeftButton)
    assert window.isFullScreen()
    assert not screen._side.isVisible()
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert screen._side.isVisible()


# -- actions and history


def test_overdue_actions_come_first_and_one_is_marked_done(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Actions")
    settle(qtbot, window)
    assert "late" in screen.model.index(0, 0).data()
    editor = screen.editor
    reference = editor.reference.text()
    qtbot.keyClicks(editor.note, "Elected at last")
    qtbot.mouseClick(editor._done, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.desk.undo_label == f"Completed {reference}"
    assert editor._state.text().startswith("Done")
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert "late" in editor._state.text()


def test_an_edit_of_months_ago_is_undone_from_history(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("History")
    settle(qtbot, window)
    rows = [row for row in range(screen.model.rowCount()) if screen.model.index(row, 2).data() == "Raised R-021"]
    screen.table.setCurrentIndex(screen.model.index(rows[0], 2))
    settle(qtbot, window)
    qtbot.mouseClick(screen._undo, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.desk.book.count(Risk) == 20
    assert screen.model.index(0, 2).data() == "Undo: Raised R-021"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert window.desk.book.count(Risk) == 21


# -- files


def test_a_second_window_reads_and_says_who_writes(window: Window, new_window: Opened, qtbot: QtBot) -> None:
    other = new_window(window.desk.path, who="Pat")
    assert not other.desk.writable
    assert other._notices.text.startswith("me on ")
    screen = register_screen(other)
    settle(qtbot, other)
    assert screen.editor.title.isReadOnly()
    assert other.windowTitle().endswith("(read only)")


def test_what_is_no_register_is_said_and_the_open_one_stays(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "notes.riskreg").write_text("notes")
    before = window.desk.book
    window.open(tmp_path / "notes.riskreg")
    settle(qtbot, window)
    assert "not a risk register" in window._notices.text
    assert window.desk.book == before
    window.desk.run(edit_risk(risk(window), title="Still written to"))
    settle(qtbot, window)
    assert risk(window).title == "Still written to"


def test_a_damaged_register_offers_its_newest_copy_to_work_on(
    new_window: Opened, sample_file: Path, qtbot: QtBot
) -> None:
    window = new_window(sample_file)
    expected = window.desk.book
    window.desk.close()
    copies = list(places.backups_folder(sample_file).iterdir())
    assert len(copies) == 1, "a copy was made on opening"
    whole = bytearray(sample_file.read_bytes())
    whole[8192:40960] = b"\xff" * 32768
    sample_file.write_bytes(whole)
    again = new_window()
    again.open(sample_file)
    settle(qtbot, again)
    box = again.findChild(QMessageBox)
    assert box
    assert "damaged" in box.text()
    qtbot.mouseClick(next(item for item in box.buttons() if "copy" in item.text()), Qt.MouseButton.LeftButton)
    settle(qtbot, again)
    assert again.desk.book == expected
    assert again.desk.path
    assert again.desk.path.parent == places.registers_folder(), "the copy itself stays as it is"
    assert sample_file.read_bytes() == whole


def test_the_last_register_and_screen_are_remembered(window: Window, qtbot: QtBot) -> None:
    window.go_to("Actions")
    settle(qtbot, window)
    assert settings.remembered("last register", "") == str(window.desk.path)
    assert settings.remembered("screen", "") == "Actions"


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


def test_a_workbook_is_imported_into_a_new_register(new_window: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    from tests.exchange.test_workbook import workbook
    from ui.importing import ImportDialog

    path = workbook(
        tmp_path / "Our register.xlsx",
        [["ID", "Risk", "Likelihood", "Impact"], *[[n, f"Risk {n}", 1 + n % 5, 3] for n in range(1, 80)]],
    )
    window = new_window()
    window.import_from(path)
    dialog = window.findChild(NewRegister)
    assert dialog
    assert dialog.name.text() == "Our register"
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    settle(qtbot, window)
    importing = window.findChild(ImportDialog)
    assert importing
    assert len(importing.drafts) == 79
    screen = register_screen(window)
    qtbot.mouseClick(importing.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.model.rowCount() == 79
    activate(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert screen.model.rowCount() == 0


# -- looks


def test_nothing_but_windows_and_dialogs_is_ever_shown_by_itself(window: Window, qtbot: QtBot) -> None:
    """A widget shown before it has a place flashes as a window of its own and takes the focus away."""
    from ui.people import PeopleDialog
    from ui.report import ReportDialog

    class Watch(QObject):
        strays: ClassVar[list[str]] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            alone = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
            if alone and not isinstance(watched, QDialog | QMenu | Window):
                self.strays.append(type(watched).__name__)
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)  # type: ignore[union-attr]
    for name in ("Overview", "Register", "Heat map", "Actions", "History"):
        screen: Any = window.go_to(name)
        settle(qtbot, window)
        if hasattr(screen, "table") and hasattr(screen, "editor"):
            for row in range(0, screen.model.rowCount(), 5):
                screen.table.choose(screen.model.id_at(row))
                settle(qtbot, window)
    window.desk.run(edit_risk(risk(window), title="Changed"))
    settle(qtbot, window)
    for dialog in (PeopleDialog(window.desk, window), ReportDialog(window.desk, window), window.new()):
        dialog.open()
        settle(qtbot, window)
        dialog.reject()
    window.search()
    settle(qtbot, window)
    assert not watch.strays


def test_dark_is_chosen_and_remembered(window: Window, qtbot: QtBot) -> None:
    from ui.theme import colours, theme

    window._on_appearance_chosen(Qt.ColorScheme.Dark)
    try:
        assert theme().is_dark
        assert settings.remembered("appearance", "") == "Dark"
        for name in ("Overview", "Register", "Heat map", "Actions", "History"):
            screen = window.go_to(name)
            settle(qtbot, window)
            assert screen
            picture = screen.grab().toImage()
            assert QColor(picture.pixel(2, 2)).lightness() < 60, name
        assert colours().text != colours().ground
    finally:
        window._on_appearance_chosen(Qt.ColorScheme.Unknown)


@pytest.mark.parametrize("scheme", ["LIGHT", "DARK"])
def test_text_can_be_read_on_every_ground(scheme: str) -> None:
    import ui.theme as looks
    from risk_register.domain.colour import contrast

    c = getattr(looks, scheme)
    for ground in (c.ground, c.surface, c.raised, c.chosen):
        for ink in (c.text, c.muted, c.bad):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    assert contrast(c.warn, c.warn_ground) >= 4.5
    assert contrast(c.on_accent, c.accent) >= 4.5
    assert contrast(c.side_text, c.side) >= 4.5
