"""Tags on risks and actions."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from risk_register.domain.commands.risk import edit_risk
from tests.ui.conftest import settle
from tests.ui.copies import merged, risk_in
from tests.ui.hands import CONTROL, register_screen, replace_text, risk
from ui.tags import TagsField, known_tags
from ui.window import Window


def tags_of(screen: Any) -> TagsField:
    found: TagsField = screen.editor.findChild(TagsField)
    return found


def test_tags_are_typed_kept_filtered_by_and_taken_back(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    settle(qtbot, window)
    screen.show_record(risk(window))
    field = tags_of(screen)
    before = risk(window).tags
    replace_text(qtbot, field, "Board paper, #board PAPER , zebra")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert risk(window).tags == ("Board paper", "zebra")
    assert field.text() == "Board paper, zebra"
    screen.narrow("tags", ["zebra"])
    settle(qtbot, window)
    assert screen.model.rowCount() == 1
    screen.filters.clear()
    screen.filters.search.setText("zebra")
    settle(qtbot, window)
    assert screen.model.rowCount() == 1
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert risk(window).tags == before


def test_tags_in_use_are_offered_after_the_last_comma(window: Window, qtbot: QtBot) -> None:
    window.desk.run(edit_risk(risk(window, "R-002"), tags=("Zebra crossing",)))
    settle(qtbot, window)
    assert "Zebra crossing" in known_tags(window.desk)
    screen = register_screen(window)
    settle(qtbot, window)
    screen.show_record(risk(window))
    field = tags_of(screen)
    replace_text(qtbot, field, "board, zeb")
    completer = field.completer()
    assert completer
    assert completer.currentCompletion() == "board, Zebra crossing"
    popup = completer.popup()
    assert popup
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert field.text() == "board, Zebra crossing"


def test_an_action_bears_tags_and_the_search_finds_it_by_them(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Actions")
    settle(qtbot, window)
    field = tags_of(screen)
    chosen = screen.editor.record
    replace_text(qtbot, field, "quagga")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert screen.editor.record.tags == ("quagga",)
    from ui.search import everything

    assert [entry.record.id for entry in everything(window.desk) if "quagga" in entry.searched] == [chosen.id]
    screen.narrow("tags", ["quagga"])
    settle(qtbot, window)
    assert screen.model.rowCount() == 1


def test_tags_of_two_copies_are_one_group_and_other_fields_merge(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    merged(
        qtbot,
        window,
        tmp_path,
        [lambda book: edit_risk(risk_in(book), tags=("mine",))],
        [
            lambda book: edit_risk(risk_in(book), tags=("theirs", "both")),
            lambda book: edit_risk(risk_in(book), title="Their title"),
        ],
    )
    assert (risk(window).tags, risk(window).title) == (("mine",), "Their title")
    (conflict,) = window.desk.conflicts
    assert (conflict.stands.words, conflict.beside.words) == ("mine", "theirs, both")
