"""Fields that keep themselves: typing, undo, what is refused, what arrives meanwhile."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.risk import Risk
from risk_register.store.register import Register
from tests.ui.conftest import settle
from tests.ui.hands import CONTROL, SHIFT, answer_box, register_screen, replace_text, risk
from ui.window import Window


def test_a_title_typed_is_kept_on_leaving_the_field_and_undo_takes_it_back(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    before = risk(window).title
    replace_text(qtbot, screen.editor.title, "A better title")
    qtbot.keyClick(screen.editor.title, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert risk(window).title == "A better title"
    assert screen.model.index(screen.model.row_of(risk(window).id), 1).data() == "A better title"
    assert "Changed title of R-001" in window.menus.undo.text()
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
    window.menus.undo.setEnabled(True)
    window.menus.undo.trigger()
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


def test_what_was_kept_on_going_on_is_neither_asked_about_nor_typed_again(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    before = risk(window).title
    replace_text(qtbot, screen.editor.title, "Typed, then left")
    screen.show_record(risk(window, "R-002"))
    settle(qtbot, window)
    assert risk(window).title == "Typed, then left"
    assert screen.unsaved() == []
    window.menus.undo.trigger()
    settle(qtbot, window)
    screen.show_record(risk(window))
    settle(qtbot, window)
    screen.show_record(risk(window, "R-002"))
    settle(qtbot, window)
    assert risk(window).title == before, "coming back must not type it again"
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_what_is_refused_after_one_has_gone_on_is_told_with_its_record(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    replace_text(qtbot, screen.editor.reference, "R-003")
    screen.show_record(risk(window, "R-002"))
    settle(qtbot, window)
    assert window._notices.text.startswith("R-001: R-003 is already the reference of")
    assert not screen.editor.problem.text(), "R-002 has no problem"
    assert not screen.editor.reference.property("wrong")
    screen.show_record(risk(window))
    assert screen.editor.reference.text() == "R-003"


def test_a_controls_words_that_are_refused_wait_at_their_risk(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    field = next(iter(screen.editor.control_list.made.values())).text
    replace_text(qtbot, field, "long " * 80)
    screen.show_record(risk(window, "R-002"))
    settle(qtbot, window)
    assert "at most 300 fit" in window._notices.text
    assert any("long long" in words for words in screen.unsaved())
    screen.show_record(risk(window))
    settle(qtbot, window)
    assert next(iter(screen.editor.control_list.made.values())).text.text().startswith("long long")


def test_a_new_action_begun_waits_at_its_risk_and_closing_asks_about_it(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    line = screen.editor.action_list.add.line
    qtbot.keyClicks(line, "Write to the chief exec")
    screen.show_record(risk(window, "R-002"))
    assert line.text() == ""
    screen.show_record(risk(window))
    assert line.text() == "Write to the chief exec"
    window.close()
    settle(qtbot, window)
    box = window.findChild(QMessageBox)
    assert box
    assert "R-001: Write to the chief exec" in box.informativeText()
    box.reject()
    qtbot.keyClicks(line, "utive")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert line.text() == ""
    assert screen.unsaved() == []
    assert "Added A-030 for R-001" in window.menus.undo.text()


def test_a_reason_begun_for_a_score_waits_at_its_risk(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    scoring = screen.editor.scoring
    scoring._on_picked((2, 2))
    qtbot.keyClicks(scoring.question.why, "Half a reas")
    screen.show_record(risk(window, "R-002"))
    settle(qtbot, window)
    assert not scoring.question.isVisible()
    scoring._on_picked((1, 1))
    assert scoring.question.why.value() == ""
    screen.show_record(risk(window))
    scoring._on_picked((2, 2))
    assert scoring.question.why.value() == "Half a reas"
    qtbot.keyClick(scoring.question.why, Qt.Key.Key_Escape)
    answer_box(qtbot, window, "Discard it")
    assert screen.unsaved() == []


def test_a_space_at_the_end_stays_while_one_types_and_goes_on_leaving(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    field = screen.editor.reference
    replace_text(qtbot, field, "x-9  ")
    field.kept.emit()
    settle(qtbot, window)
    assert risk(window, "X-9").title
    assert field.text() == "x-9  ", "what is typed next may belong after it"
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert field.text() == "X-9"


def test_text_that_is_kept_cleaned_is_kept(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    QGuiApplication.clipboard().setText("Two  spaces,\x07 a bell\u2028and a line")
    field = screen.editor.cause_field
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(field, Qt.Key.Key_V, CONTROL)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert risk(window).cause == "Two  spaces, a bell\nand a line"
    assert screen.unsaved() == []
    assert field.value() == risk(window).cause
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_one_field_that_is_refused_does_not_hold_up_the_others(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    editor = screen.editor
    replace_text(qtbot, editor.reference, "R-002")
    replace_text(qtbot, editor.cause_field, "a new cause")
    replace_text(qtbot, editor.effect_field, "a new effect")
    qtbot.keyClick(editor.effect_field, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert (risk(window).cause, risk(window).effect) == ("a new cause", "a new effect")
    assert editor.reference.text() == "R-002"
    assert editor.reference.property("wrong")
    editor.reference.setFocus()
    qtbot.keyClick(editor.reference, Qt.Key.Key_Escape)
    assert editor.reference.text() == "R-001"
    assert not editor.problem.isVisible()
    assert risk(window).cause == "a new cause"


def test_escape_takes_back_the_field_with_the_cursor_alone(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    editor = screen.editor
    editor.cause_field.setPlainText("not kept yet")
    replace_text(qtbot, editor.reference, "R-002")
    qtbot.keyClick(editor.reference, Qt.Key.Key_Escape)
    assert editor.reference.text() == "R-001"
    assert editor.cause_field.value() == "not kept yet"


def test_each_refused_field_is_marked_with_its_sentence_in_view_and_again_on_coming_back(
    window: Window, qtbot: QtBot
) -> None:
    screen = register_screen(window)
    editor = screen.editor
    raised = editor.form._fields["raised_on"]
    for field, words in ((raised, "31/02/2027"), (editor.title, "")):
        replace_text(qtbot, field, words)
        qtbot.keyClick(field, Qt.Key.Key_Delete)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
        settle(qtbot, window)

    def told() -> None:
        assert raised.property("wrong")
        assert editor.title.property("wrong")
        assert "“31/02/2027” is no date" in editor.problem.text()
        assert "Title is empty" in editor.problem.text()
        assert editor.problem.isVisible()
        assert not editor.problem.visibleRegion().isEmpty(), "wherever one has scrolled to"

    told()
    screen.show_record(risk(window, "R-002"))
    settle(qtbot, window)
    assert not editor.problem.isVisible()
    screen.show_record(risk(window))
    settle(qtbot, window)
    told()
