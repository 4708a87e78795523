"""The window: registers opened, what is remembered, looks."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QLineEdit, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from risk_register import places
from risk_register.domain.brag import BragLevel
from risk_register.domain.commands.governance import add_organisation
from risk_register.domain.commands.programme import add_programme
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.decision import Decision
from risk_register.domain.plan import Outcome
from risk_register.domain.programme import Programme
from tests.ui.conftest import Opened, settle
from tests.ui.hands import CONTROL, register_screen, replace_text, risk
from ui import settings
from ui.search import Finder
from ui.window import Window


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
    window.files.open(tmp_path / "notes.riskreg")
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
    again.files.open(sample_file)
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


def test_nothing_but_windows_and_dialogs_is_ever_shown_by_itself(window: Window, qtbot: QtBot) -> None:
    """A widget shown before it has a place flashes as a window of its own and takes the focus away."""
    from ui.programme import ProgrammeDialog
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
    for name in window.names:
        screen: Any = window.go_to(name)
        settle(qtbot, window)
        if hasattr(screen, "table") and hasattr(screen, "editor"):
            for row in range(0, screen.model.rowCount(), 5):
                screen.table.choose(screen.model.id_at(row))
                settle(qtbot, window)
    window.desk.run(edit_risk(risk(window), title="Changed"))
    settle(qtbot, window)
    for dialog in (ProgrammeDialog(window.desk, None, window), ReportDialog(window.desk, window), window.files.new()):
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
        for name in window.names:
            screen = window.go_to(name)
            settle(qtbot, window)
            assert screen
            picture = screen.grab().toImage()
            assert QColor(picture.pixel(2, 2)).lightness() < 60, name
        assert colours().text != colours().ground
    finally:
        window._on_appearance_chosen(Qt.ColorScheme.Unknown)


def test_edits_bear_the_name_one_gives_oneself(window: Window, qtbot: QtBot) -> None:
    window._on_name_asked()
    dialog = window.findChild(QInputDialog)
    assert dialog
    line = dialog.findChild(QLineEdit)
    assert line
    replace_text(qtbot, line, "Programme Office")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    window.desk.run(edit_risk(risk(window), title="Renamed"))
    settle(qtbot, window)
    screen: Any = window.go_to("History")
    settle(qtbot, window)
    assert screen.model.index(0, 1).data() == "Programme Office"
    assert settings.remembered("who", "") == "Programme Office"


def test_a_name_of_three_hundred_letters_makes_no_window_wider(window: Window, qtbot: QtBot) -> None:
    window.desk.run(edit_risk(risk(window), title="n" * 300))
    assert window.desk.programme
    window.desk.run(add_organisation(programme=window.desk.programme, name="o" * 300))
    for name in window.names:
        screen: Any = window.go_to(name)
        screen.show_record(risk(window))
        settle(qtbot, window)
        assert screen.minimumSizeHint().width() + 216 <= 1120, name


def test_undo_does_not_leave_a_new_register_without_its_programme(
    new_window: Opened, tmp_path: Path, qtbot: QtBot
) -> None:
    window = new_window()
    window.desk.create(tmp_path / "new.riskreg", add_programme(name="Improvement"))
    settle(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert "at least one programme" in window._notices.text
    window.menus.add_risk.trigger()
    settle(qtbot, window)
    settle(qtbot, window)
    assert window.desk.undo_label == "Raised R-001"


def test_undo_of_beginning_the_programme_shown_goes_to_another(window: Window, qtbot: QtBot) -> None:
    first = window.desk.programme
    window.desk.run(add_programme(name="Second"))
    settle(qtbot, window)
    second = next(item.id for item in window.desk.book.all(Programme) if item.id != first)
    window.desk.choose(second)
    settle(qtbot, window)
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert window.desk.programme == first
    assert "Southend" in window.windowTitle()


def test_a_reader_is_offered_nothing_that_only_a_writer_may_do(
    window: Window, new_window: Opened, qtbot: QtBot
) -> None:
    window.desk.run(edit_risk(risk(window), title="So that there is something to undo"))
    settle(qtbot, window)
    reader = new_window(window.desk.path)
    menus = reader.menus
    for item in (menus.undo, menus.redo, menus.import_workbook, menus.add_risk, menus.add_action):
        assert not item.isEnabled()
    assert menus.report.isEnabled()


def test_ctrl_f_searches_everything_where_a_screen_has_no_filter(window: Window, qtbot: QtBot) -> None:
    window.go_to("Overview")
    settle(qtbot, window)
    window.menus.filter.trigger()
    finder = window.findChild(Finder)
    assert finder
    finder.close()
    register: Any = window.go_to("Register")
    window.menus.filter.trigger()
    assert register.filters.search.hasFocus()


def test_another_day_is_shown_once_it_has_begun(window: Window, qtbot: QtBot) -> None:
    overview: Any = window.go_to("Overview")
    settle(qtbot, window)
    late = overview._cards["Overdue actions"]._heading.text()
    window.desk.today = lambda: date.today() + timedelta(days=30)
    window._on_minute()
    settle(qtbot, window)
    assert overview._cards["Overdue actions"]._heading.text() != late


def test_the_first_window_fits_its_display(new_window: Opened) -> None:
    window = new_window()
    window.restore()
    available = window.screen().availableSize()
    assert window.width() <= max(available.width(), window.minimumWidth())
    assert window.height() <= available.height()


def test_f11_is_a_key_for_the_full_screen(window: Window) -> None:
    assert QKeySequence("F11") in window.menus.full_screen.shortcuts()


def test_what_is_filtered_here_does_not_follow_what_is_filtered_in_another_window(
    window: Window, new_window: Opened, qtbot: QtBot
) -> None:
    mine: Any = window.go_to("Register")
    settle(qtbot, window)
    total = mine.model.rowCount()
    theirs: Any = new_window(window.desk.path).go_to("Register")
    theirs.narrow("band", ["Extreme"])
    window.desk.run(edit_risk(risk(window), title="An edit"))
    settle(qtbot, window)
    assert mine.model.rowCount() == total
    assert not mine.filters.is_on


def test_every_dialog_is_gone_once_it_is_closed(window: Window, qtbot: QtBot) -> None:
    from ui.decision import DecisionDialog
    from ui.help import AboutDialog, GuideDialog
    from ui.plan.key import BragDialog
    from ui.plan.status import JudgementDialog
    from ui.programme import ProgrammeDialog
    from ui.report import ReportDialog

    desk = window.desk
    dialogs = [
        window.files.new(),
        ReportDialog(desk, window),
        ProgrammeDialog(desk, None, window),
        DecisionDialog(desk, next(desk.book.all(Decision)), window),
        BragDialog(desk, window),
        JudgementDialog(desk, next(desk.book.all(Outcome)), next(desk.book.all(BragLevel)), window),
        GuideDialog(window),
        AboutDialog(window),
    ]
    for dialog in dialogs:
        dialog.open()
        settle(qtbot, window)
        dialog.reject()
    settle(qtbot, window)
    assert not window.findChildren(QDialog)
