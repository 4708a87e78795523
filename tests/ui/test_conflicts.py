"""Conflicts as a person sees and settles them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.commands.action import edit_action
from risk_register.domain.commands.control import edit_control, remove_control
from risk_register.domain.commands.risk import close_risk, edit_risk, rescore
from risk_register.domain.control import Control
from risk_register.domain.risk import AssessmentKind, Proximity, Risk
from tests.making import TODAY
from tests.ui.conftest import Opened, activate, settle
from tests.ui.copies import merged, risk_in
from tests.ui.hands import CONTROL, answer_box, button, register_screen, replace_text, risk
from ui.conflicts.dialog import ConflictsDialog
from ui.conflicts.differences import marked
from ui.window import Window

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def disputed(window: Window, tmp_path: Path, qtbot: QtBot) -> Window:
    """A window on a register with two conflicts: the title and the cause of R-001."""
    merged(
        qtbot,
        window,
        tmp_path,
        [lambda book: edit_risk(risk_in(book), title="My title", cause="my cause")],
        [lambda book: edit_risk(risk_in(book), title="Their title", cause="their cause")],
    )
    return window


def opened(window: Window, qtbot: QtBot) -> Any:
    window.settle()
    settle(qtbot, window)
    return shown(window)


def shown(window: Window) -> Any:
    found = [dialog for dialog in window.findChildren(ConflictsDialog) if dialog.isVisible()]
    return found[0] if found else None


def click(qtbot: QtBot, window: Window, widget: Any) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    settle(qtbot, window)


# -- the dialog


def test_both_values_are_shown_with_who_and_the_words_in_which_they_differ(disputed: Window, qtbot: QtBot) -> None:
    dialog = opened(disputed, qtbot)
    assert dialog._heading.text() == "2 conflicts to settle"
    assert dialog.list.item(0).text() == "R-001  My title\nTitle"
    assert [text.toPlainText() for text in dialog.card.texts] == ["My title", "Their title"]
    assert [who.text().split(",")[0] for who in dialog.card._whos] == ["me", "Pat"]


def test_the_words_that_differ_are_marked_by_more_than_colour(window: Window) -> None:
    assert window
    left, right = marked("the plan of May", "the plan of June <b>")
    assert left.startswith("the plan of <span")
    assert "underline" in left
    assert "font-weight" in right
    assert "&lt;" in right


def test_a_very_long_text_is_shown_whole_at_once() -> None:
    long = "word " * 10_000
    assert marked(long, f"{long}more") == (long, f"{long}more")


def test_keeping_what_stands_goes_on_to_the_next_and_after_the_last_the_dialog_closes(
    disputed: Window, qtbot: QtBot
) -> None:
    dialog = opened(disputed, qtbot)
    click(qtbot, disputed, dialog.card.keep)
    assert dialog.list.count() == 1
    assert [text.toPlainText() for text in dialog.card.texts] == ["my cause", "their cause"]
    click(qtbot, disputed, dialog.card.keep)
    assert shown(disputed) is None
    assert disputed._notices.text == "All conflicts are settled. Undo opens the last one again."
    assert (risk(disputed).title, risk(disputed).cause) == ("My title", "my cause")


def test_the_other_is_used_undo_opens_the_conflict_again_and_redo_settles_it(disputed: Window, qtbot: QtBot) -> None:
    dialog = opened(disputed, qtbot)
    click(qtbot, disputed, dialog.card.use)
    assert risk(disputed).title == "Their title"
    assert disputed.desk.undo_label == "Settled the title of R-001 by the other"
    dialog.reject()
    disputed.menus.undo.trigger()
    settle(qtbot, disputed)
    assert risk(disputed).title == "My title"
    assert len(disputed.desk.conflicts) == 2
    disputed.menus.redo.trigger()
    settle(qtbot, disputed)
    assert risk(disputed).title == "Their title"
    assert len(disputed.desk.conflicts) == 1


def test_undo_of_what_was_kept_opens_it_again_also_after_a_restart(
    disputed: Window, new_window: Opened, qtbot: QtBot
) -> None:
    click(qtbot, disputed, opened(disputed, qtbot).card.keep)
    shown(disputed).reject()
    path = disputed.desk.path
    disputed.desk.close()
    again = new_window(path)
    assert [conflict.field for conflict in again.desk.conflicts] == ["cause"]
    again.menus.undo.trigger()
    settle(qtbot, again)
    assert [conflict.field for conflict in again.desk.conflicts] == ["title", "cause"]


def test_a_third_is_written_prefilled_with_what_stands(disputed: Window, qtbot: QtBot) -> None:
    dialog = opened(disputed, qtbot)
    click(qtbot, disputed, dialog.card.write)
    assert isinstance(dialog.card._field, QLineEdit)
    assert dialog.card._field.text() == "My title"
    replace_text(qtbot, dialog.card._field, "Our title")
    qtbot.keyClick(dialog.card._field, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, disputed)
    assert risk(disputed).title == "Our title"
    assert not dialog.card.is_writing
    assert dialog.list.count() == 1


def test_enter_in_a_third_settles_nothing(disputed: Window, qtbot: QtBot) -> None:
    dialog = opened(disputed, qtbot)
    click(qtbot, disputed, dialog.card.write)
    qtbot.keyClick(dialog.card._field, Qt.Key.Key_Return)
    settle(qtbot, disputed)
    assert len(disputed.desk.conflicts) == 2


def test_a_third_that_is_begun_waits_at_its_conflict_and_is_asked_about(disputed: Window, qtbot: QtBot) -> None:
    dialog = opened(disputed, qtbot)
    click(qtbot, disputed, dialog.card.write)
    replace_text(qtbot, dialog.card._field, "Half a tit")
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert not dialog.card.is_writing
    qtbot.keyClick(dialog.list, Qt.Key.Key_Up)
    assert dialog.card._field.text() == "Half a tit"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.findChild(QMessageBox)
    answer_box(qtbot, dialog, "Go back to it")
    assert dialog.card._field.text() == "Half a tit"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    box = dialog.findChildren(QMessageBox)[-1]
    qtbot.mouseClick(next(item for item in box.buttons() if item.text() == "Discard it"), Qt.MouseButton.LeftButton)
    settle(qtbot, disputed)
    assert shown(disputed) is None
    assert len(disputed.desk.conflicts) == 2


def test_escape_leaves_a_third_that_is_only_opened_then_closes(disputed: Window, qtbot: QtBot) -> None:
    dialog = opened(disputed, qtbot)
    click(qtbot, disputed, dialog.card.write)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.card.is_writing
    assert shown(disputed)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(qtbot, disputed)
    assert shown(disputed) is None


def test_everything_is_settled_by_keyboard(disputed: Window, qtbot: QtBot) -> None:
    dialog = opened(disputed, qtbot)
    activate(qtbot, dialog)
    assert dialog.list.hasFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog, Qt.Key.Key_U, ALT)
    qtbot.waitUntil(lambda: risk(disputed).cause == "their cause")
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    qtbot.keyClick(dialog, Qt.Key.Key_K, ALT)
    qtbot.waitUntil(lambda: shown(disputed) is None)
    assert risk(disputed).title == "My title"


@pytest.mark.parametrize(("words", "title"), [("Keep what stands", "My title"), ("Use the others", "Their title")])
def test_all_are_settled_by_one_edit_and_undo_is_named(disputed: Window, qtbot: QtBot, words: str, title: str) -> None:
    dialog = opened(disputed, qtbot)
    assert dialog._all.text() == "For all 2:"
    click(qtbot, disputed, dialog.keep_all if dialog.keep_all.text() == words else dialog.use_all)
    assert shown(disputed) is None
    assert "Undo opens them again" in disputed._notices.text
    assert risk(disputed).title == title
    disputed.menus.undo.trigger()
    settle(qtbot, disputed)
    assert len(disputed.desk.conflicts) == 2
    assert risk(disputed).title == "My title"


def test_what_a_rule_forbids_is_said_beside_its_conflict_and_the_others_are_settled(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    """Their reference was given to another risk here meanwhile."""
    merged(
        qtbot,
        window,
        tmp_path,
        [
            lambda book: edit_risk(risk_in(book), reference="X-1", title="My title"),
            lambda book: edit_risk(risk_in(book, "R-002"), reference="X-2"),
        ],
        [lambda book: edit_risk(risk_in(book), reference="X-2", title="Their title")],
    )
    dialog = opened(window, qtbot)
    click(qtbot, window, dialog.use_all)
    assert risk(window, "X-1").title == "Their title"
    assert dialog.list.count() == 1
    assert dialog.list.item(0).text().startswith("⚠ X-1")
    assert "X-2 is already the reference of" in dialog.card._problem.text()
    click(qtbot, window, dialog.card.keep)
    assert shown(window) is None


def test_scores_and_fields_that_go_together_offer_no_third(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    def scored(likelihood: int) -> Any:
        return lambda book: rescore(
            risk_in(book), kind=AssessmentKind.current, likelihood=likelihood, impact=3, on=window.desk.today()
        )

    def closed(reason: str) -> Any:
        return lambda book: close_risk(risk_in(book, "R-002"), reason=reason, on=window.desk.today())

    merged(qtbot, window, tmp_path, [scored(1), closed("over")], [scored(5), closed("gone")])
    dialog = opened(window, qtbot)
    assert [text.toPlainText() for text in dialog.card.texts] == ["3 (1 x 3)", "15 (5 x 3)"]
    assert not dialog.card.write.isVisible()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert "Reason for closing: over" in dialog.card.texts[0].toPlainText()
    assert not dialog.card.write.isVisible()


def test_a_third_choice_date_or_person_is_chosen_in_a_field_of_its_kind(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    def action(book: Book) -> Action:
        return next(iter(book.all(Action)))

    owners = list(
        dict.fromkeys(
            item.owner for item in window.desk.book.all(Risk) if item.owner and item.owner != risk(window).owner
        )
    )[:3]
    merged(
        qtbot,
        window,
        tmp_path,
        [
            lambda book: edit_risk(risk_in(book), proximity=Proximity.imminent, owner=owners[0]),
            lambda book: edit_action(action(book), expected=TODAY),
        ],
        [
            lambda book: edit_risk(risk_in(book), proximity=Proximity.within_year, owner=owners[1]),
            lambda book: edit_action(action(book), expected=None),
        ],
    )
    dialog = opened(window, qtbot)
    third = date(2027, 1, 4)
    thirds = {"owner": owners[2], "proximity": Proximity.beyond_year, "expected": third}
    for _ in range(3):
        field = dialog._shown.field
        click(qtbot, window, dialog.card.write)
        assert dialog.card._field.value() == getattr(dialog._shown.stands.record, field)
        dialog.card._field.set_value(thirds[field])
        click(qtbot, window, dialog.card.keep_third)
    assert (risk(window).proximity, risk(window).owner) == (Proximity.beyond_year, owners[2])
    assert action(window.desk.book).expected == third
    assert shown(window) is None


def test_a_removal_beside_a_change_names_the_risk_and_can_be_taken(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    def control(book: Book) -> Control:
        return next(iter(book.all(Control)))

    id = control(window.desk.book).id
    merged(
        qtbot,
        window,
        tmp_path,
        [lambda book: edit_control(control(book), description="A daily call")],
        [lambda book: remove_control(control(book))],
    )
    dialog = opened(window, qtbot)
    assert dialog.list.item(0).text().startswith("Control of R-0")
    assert dialog.card.texts[1].toPlainText() == "Removed"
    assert "A daily call" in dialog.card.texts[0].toPlainText()
    click(qtbot, window, dialog.card.use)
    assert window.desk.book.find(Control, id) is None
    assert shown(window) is None


def test_the_record_is_a_button_away(disputed: Window, qtbot: QtBot) -> None:
    disputed.go_to("Overview")
    dialog = opened(disputed, qtbot)
    click(qtbot, disputed, dialog.card._open)
    assert shown(disputed) is None
    screen: Any = disputed.current_screen
    assert screen.title == "Register"
    assert screen.editor.record.reference == "R-001"


def test_an_edit_of_the_disputed_field_shows_in_the_conflict(disputed: Window, qtbot: QtBot) -> None:
    disputed.desk.run(edit_risk(risk(disputed), title="Written since"))
    settle(qtbot, disputed)
    assert disputed.desk.conflicts[0].stands.words == "Written since"
    disputed.desk.run(edit_risk(risk(disputed), title="Their title"))
    settle(qtbot, disputed)
    assert [conflict.field for conflict in disputed.desk.conflicts] == ["cause"], "both say the same now"


def test_a_reader_sees_conflicts_and_settles_none(disputed: Window, new_window: Opened, qtbot: QtBot) -> None:
    reader = new_window(disputed.desk.path, who="Pat")
    dialog = opened(reader, qtbot)
    for item in (dialog.card.keep, dialog.card.use, dialog.card.write, dialog.keep_all, dialog.use_all):
        assert not item.isEnabled()


# -- where else they are seen


def test_the_status_bar_counts_them_and_leads_to_them(disputed: Window, qtbot: QtBot) -> None:
    count = disputed._conflicts
    assert count.text() == "⚑ 2 conflicts"
    click(qtbot, disputed, count)
    click(qtbot, disputed, shown(disputed).card.keep)
    assert count.text() == "⚑ 1 conflict"
    click(qtbot, disputed, shown(disputed).card.keep)
    assert not count.isVisible()


def test_the_menu_leads_to_them_while_there_are_any(disputed: Window, qtbot: QtBot) -> None:
    def item() -> Any:
        disputed.menus.show_programmes()
        return next(action for action in disputed.menus.programmes.actions() if "Settle" in action.text())

    item().trigger()
    click(qtbot, disputed, shown(disputed).keep_all)
    assert not item().isEnabled()


def test_the_editor_says_what_is_disputed_and_leads_to_that_conflict(disputed: Window, qtbot: QtBot) -> None:
    screen = register_screen(disputed)
    screen.show_record(risk(disputed))
    settle(qtbot, disputed)
    line = screen.editor.dispute
    assert line.text == "⚑ Two people changed the title, and 1 more."
    disputed.desk.run(edit_risk(risk(disputed), title="Their title"))
    settle(qtbot, disputed)
    assert line.text == "⚑ Two people changed the cause."
    click(qtbot, disputed, button(screen, "Settle it"))
    assert shown(disputed)._shown.field == "cause"
    shown(disputed).reject()
    screen.show_record(risk(disputed, "R-002"))
    assert line.text == ""


def test_the_tables_mark_the_record_until_it_is_settled(disputed: Window, qtbot: QtBot) -> None:
    screen = register_screen(disputed)
    settle(qtbot, disputed)

    def cell(role: Qt.ItemDataRole) -> Any:
        return screen.model.index(screen.model.row_of(risk(disputed).id), 0).data(role)

    assert cell(Qt.ItemDataRole.DisplayRole) == "R-001", "it is copied and sorted as before"
    assert cell(Qt.ItemDataRole.DecorationRole) is not None
    assert "Two people changed the title" in cell(Qt.ItemDataRole.ToolTipRole)
    assert cell(Qt.ItemDataRole.AccessibleTextRole).startswith("R-001, Two people changed the title.")
    click(qtbot, disputed, opened(disputed, qtbot).keep_all)
    assert cell(Qt.ItemDataRole.DecorationRole) is None
    assert cell(Qt.ItemDataRole.ToolTipRole) == "<qt>R-001</qt>"


def test_another_register_shows_none_of_them(
    disputed: Window, sample_master: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other.riskreg"
    other.write_bytes(sample_master.read_bytes())
    disputed.files.open(other)
    settle(qtbot, disputed)
    assert disputed.desk.conflicts == []
    assert not disputed._conflicts.isVisible()


def test_edits_that_dispute_nothing_ask_for_no_conflicts(window: Window, qtbot: QtBot) -> None:
    asked: list[object] = []
    desk = window.desk
    desk.began.connect(lambda: asked.append(1))
    desk.run(edit_risk(risk(window), title="One thing to do"))
    settle(qtbot, window)
    assert len(asked) == 1


def test_history_says_which_change_of_an_edit_does_not_stand(disputed: Window, qtbot: QtBot) -> None:
    history: Any = disputed.go_to("History")
    settle(qtbot, disputed)
    rows = [row for row in range(history.model.rowCount()) if history.model.index(row, 1).data() == "Pat"]
    history.table.setCurrentIndex(history.model.index(rows[0], 0))
    settle(qtbot, disputed)
    assert "Lost a conflict" in history._what.text()
    assert history._what.text().count("does not stand</span>") == 2


def test_history_shows_what_was_settled_as_it_stood(disputed: Window, qtbot: QtBot) -> None:
    click(qtbot, disputed, opened(disputed, qtbot).card.keep)
    shown(disputed).reject()
    history: Any = disputed.go_to("History")
    settle(qtbot, disputed)
    assert history.model.index(0, 2).data() == "Settled the title of R-001 as it stood"
    history.table.setCurrentIndex(history.model.index(0, 0))
    settle(qtbot, disputed)
    assert "left as it stood" in history._what.text()
