"""Merging a copy that somebody else has worked on, as a person sees it."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from risk_register import places
from risk_register.domain.commands.programme import add_programme
from risk_register.domain.commands.risk import add_risk, edit_risk
from risk_register.domain.risk import Risk
from risk_register.store.register import Register
from tests.making import RAISED
from tests.ui.conftest import Opened, settle
from tests.ui.copies import by_pat, copy_of, risk_in
from tests.ui.hands import CONTROL, button, register_screen, replace_text, risk
from ui.conflicts.dialog import ConflictsDialog
from ui.search import Finder
from ui.window import Window


def merge(qtbot: QtBot, window: Window, path: Path) -> str:
    window.files.merge(path)
    settle(qtbot, window)
    return window._notices.text


def test_a_copy_is_asked_for_and_merged_and_the_notice_says_what_came(
    window: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: Any
) -> None:
    copy = copy_of(window, tmp_path)
    by_pat(copy, lambda book: edit_risk(risk_in(book), cause="theirs"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(copy), ""))
    window.menus.merge.trigger()
    settle(qtbot, window)
    assert window._notices.text == "Merged 1 edit by Pat from copy.riskreg."
    assert not window._notices._offer.isVisible()
    assert risk(window).cause == "theirs"
    assert merge(qtbot, window, copy) == "copy.riskreg holds nothing that is not in this register already."


def test_what_is_being_typed_is_kept_before_a_merge(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    copy = copy_of(window, tmp_path)
    by_pat(copy, lambda book: edit_risk(risk_in(book), title="Theirs"))
    screen = register_screen(window)
    screen.show_record(risk(window))
    replace_text(qtbot, screen.editor.title, "Typed and not left")
    merge(qtbot, window, copy)
    assert risk(window).title == "Typed and not left"
    assert [conflict.beside.words for conflict in window.desk.conflicts] == ["Theirs"]


def test_conflicts_are_offered_in_the_notice(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    copy = copy_of(window, tmp_path)
    by_pat(copy, lambda book: edit_risk(risk_in(book), title="Theirs", cause="theirs"))
    window.desk.run(edit_risk(risk(window), title="Mine", cause="mine"))
    told = merge(qtbot, window, copy)
    assert told == "Merged 1 edit by Pat from copy.riskreg. 2 conflicts wait to be settled."
    qtbot.mouseClick(button(window, "Look at 2 conflicts"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.findChild(ConflictsDialog)


def test_a_number_given_twice_is_told_and_found_by_both(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    copy = copy_of(window, tmp_path)
    assert window.desk.programme
    programme = window.desk.programme
    by_pat(copy, lambda _: add_risk(programme=programme, title="From Pat", raised_on=RAISED))
    window.desk.run(add_risk(programme=programme, title="Mine", raised_on=RAISED))
    assert "Renumbered, because the number was given twice: R-022 to R-023." in merge(qtbot, window, copy)
    theirs = next(item for item in window.desk.book.all(Risk) if item.title == "From Pat")
    screen = register_screen(window)
    screen.show_record(theirs)
    assert screen.editor.aliases.text() == "was R-022"
    assert screen.editor.aliases.isVisible()
    screen.show_record(risk(window))
    assert not screen.editor.aliases.isVisible()
    screen.filters.search.setText("r-022")
    qtbot.waitUntil(lambda: screen.model.rowCount() == 2)
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    finder = window.findChild(Finder)
    assert finder
    qtbot.keyClicks(finder.line, "r-022")
    assert [finder.list.item(row).text() for row in range(finder.list.count())] == [
        "R-022   Mine",
        "R-023   From Pat",
    ]
    finder.close()


def test_a_copy_from_before_the_merge_is_kept(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    copy = copy_of(window, tmp_path)
    by_pat(copy, lambda book: edit_risk(risk_in(book), title="Theirs"))
    window.desk.run(edit_risk(risk(window), cause="kept before"))
    merge(qtbot, window, copy)
    assert window.desk.path
    newest = places.newest_backup(window.desk.path)
    assert newest
    with Register.open(newest, write=False) as before:
        assert risk_in(before.book).cause == "kept before"
        assert risk_in(before.book).title != "Theirs"


def test_what_cannot_be_merged_is_said_and_changes_nothing(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    foreign, notes = tmp_path / "foreign.riskreg", tmp_path / "notes.riskreg"
    Register.create(foreign, fill=lambda register: register.run(add_programme(name="Another"))).close()
    notes.write_text("notes")
    before, path = window.desk.book, window.desk.path
    assert path
    assert "no copy of this register" in merge(qtbot, window, foreign)
    assert "not a risk register" in merge(qtbot, window, notes)
    assert "this register itself" in merge(qtbot, window, path)
    assert window.desk.book == before


def test_a_reader_can_merge_nothing(window: Window, new_window: Opened) -> None:
    assert window.menus.merge.isEnabled()
    assert not new_window(window.desk.path, who="Pat").menus.merge.isEnabled()


def test_the_merge_is_no_edit_to_undo_but_its_parts_are_in_history(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    copy = copy_of(window, tmp_path)
    by_pat(copy, lambda book: edit_risk(risk_in(book), cause="theirs"))
    label = window.desk.undo_label
    merge(qtbot, window, copy)
    assert window.desk.undo_label == label
    history: Any = window.go_to("History")
    settle(qtbot, window)
    assert [history.model.index(0, column).data() for column in (1, 2)] == ["Pat", "Changed cause of R-001"]


def test_a_dropped_register_is_opened_not_merged(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    copy = copy_of(window, tmp_path)
    window.files.drop(copy)
    settle(qtbot, window)
    assert window.desk.path == copy
    assert not [item for item in window.findChildren(QPushButton) if item.text().startswith("⚑") and item.isVisible()]
