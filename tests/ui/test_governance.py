"""The tree of boards, and what is known of each: edited in place, dragged, and never disturbed by a colleague."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from risk_register.domain.cadence import Cadence
from risk_register.domain.change import Change
from risk_register.domain.commands.governance import add_board, edit_board, edit_person
from risk_register.domain.decision import Decision
from risk_register.domain.governance import Board, Meeting, Membership, Person
from tests.ui.conftest import Opened, settle
from tests.ui.hands import replace_text
from ui.decision import AskDialog
from ui.elided import ElidedButton
from ui.window import Window


def screen(window: Window) -> Any:
    return window.go_to("Governance")


def board(window: Window, short: str = "SEND Board") -> Board:
    return next(item for item in window.desk.book.all(Board) if item.short == short)


def shown(window: Window, qtbot: QtBot, short: str = "SEND Board") -> Any:
    """The page of the boards, one of them chosen."""
    page = screen(window).boards
    screen(window).show_record(board(window, short))
    settle(qtbot, window)
    return page


def lines(tree: Any) -> dict[str, str]:
    """Every board in the tree, with the one it hangs from."""
    return {item.text(0): item.parent().text(0) if item.parent() else "" for item in tree._items.values()}


class _Drop(QDropEvent):
    """A drop that comes from the tree itself: only Qt's own dragging says so."""

    tree: Any

    def source(self) -> Any:
        return self.tree


def drop(tree: Any, dragged: str, target: str | None) -> None:
    """Drop a board in the middle of another, or on nothing."""
    items = {item.text(0): item for item in tree._items.values()}
    tree.setCurrentItem(items[dragged])
    rect = tree.visualItemRect(items[target]) if target else None
    at = QPointF(rect.center()) if rect else QPointF(20, tree.viewport().height() - 4)
    event = _Drop(at, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event.tree = tree
    tree.dropEvent(event)


def test_a_board_is_described_in_place_and_all_of_it_is_kept(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot, "Alliance")
    editor = page.editor
    replace_text(qtbot, editor.short, "ALB")
    replace_text(qtbot, editor.purpose, "To keep children on the agenda")
    qtbot.keyClick(editor.purpose, Qt.Key.Key_Tab)
    editor.cadence.setCurrentText("Quarterly")
    editor.cadence.activated.emit(editor.cadence.currentIndex())
    replace_text(qtbot, editor.title, "Alliance Board")
    window.go_to("Overview")
    settle(qtbot, window)
    kept = board(window, "ALB")
    assert (kept.name, kept.purpose, kept.cadence) == (
        "Alliance Board",
        "To keep children on the agenda",
        Cadence.quarterly,
    )
    assert "Alliance Board" in lines(page.tree)


def test_a_board_dragged_to_another_reports_to_it_and_undo_brings_it_back(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot, "WS AP")
    before = lines(page.tree)
    drop(page.tree, "Workstream: Alternative provision", "Alliance Committee")
    settle(qtbot, window)
    assert lines(page.tree)["Workstream: Alternative provision"] == "Alliance Committee"
    assert page.tree.current_id == board(window, "WS AP").id, "one stays at the board that was dragged"
    drop(page.tree, "Workstream: Alternative provision", None)
    settle(qtbot, window)
    assert lines(page.tree)["Workstream: Alternative provision"] == ""
    for _ in range(2):
        window.menus.undo.trigger()
        settle(qtbot, window)
    assert lines(page.tree) == before


def test_a_board_dragged_below_itself_is_refused_with_a_sentence_and_the_tree_stays(
    window: Window, qtbot: QtBot
) -> None:
    page = shown(window, qtbot)
    before = lines(page.tree)
    drop(page.tree, "Health and Wellbeing Board", "Workstream: Lived experience")
    settle(qtbot, window)
    assert "HWBB would report to itself. Choose a board that is not below it" in window._notices.text
    assert lines(page.tree) == before


def test_the_field_moves_a_board_by_keyboard_and_says_what_it_refuses(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot, "WS AP")
    field = page.editor.parent_field
    replace_text(qtbot, field.lineEdit(), "Alliance")
    qtbot.keyClick(field.lineEdit(), Qt.Key.Key_Return)
    settle(qtbot, window)
    assert board(window, "WS AP").parent == board(window, "Alliance").id
    page = shown(window, qtbot, "HWBB")
    replace_text(qtbot, field.lineEdit(), "WS AP")
    qtbot.keyClick(field.lineEdit(), Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "HWBB would report to itself" in page.editor.problem.text()
    assert field.property("wrong")


def test_a_new_board_stands_below_the_chosen_one_with_the_cursor_in_its_name(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    for _ in range(2):
        page.tree.choose(board(window).id)
        qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
    assert lines(page.tree)["New board 2"] == "SEND Strategic Partnership Board"
    assert page.editor.title.hasFocus()
    qtbot.keyClicks(page.editor.title, "Audit Group")
    page.editor.keep()
    settle(qtbot, window)
    assert lines(page.tree)["Audit Group"] == "SEND Strategic Partnership Board"


def test_a_member_is_added_by_a_new_name_described_and_removed(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot, "WS Voice")
    members = page.editor.members
    line = members.add.lineEdit()
    replace_text(qtbot, line, "Ada Lovelace")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, window)
    person = next(item for item in window.desk.book.all(Person) if item.name == "Ada Lovelace")
    seat = window.desk.book.where(Membership, "person", person.id)[0]
    assert seat.board == board(window, "WS Voice").id
    assert line.text() == ""
    replace_text(qtbot, members.row(seat.id).role, "Observer")
    page.editor.keep()
    settle(qtbot, window)
    assert window.desk.book.get(Membership, seat.id).role == "Observer"
    replace_text(qtbot, line, "Ada Lovelace")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "Ada Lovelace sits on the WS Voice already" in members.problem.text()
    qtbot.mouseClick(members.row(seat.id)._remove, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.desk.book.find(Membership, seat.id) is None
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert window.desk.book.get(Membership, seat.id) == members.row(seat.id).form.record


def test_a_colleagues_edit_leaves_what_is_being_typed_alone(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    members = page.editor.members
    seat = next(iter(window.desk.book.where(Membership, "board", board(window).id)))
    row = members.row(seat.id)
    replace_text(qtbot, row.role, "Spoke")
    person = window.desk.book.get(Person, seat.person)
    window.desk.run(edit_person(person, name="Grace Hopper"))
    window.desk.run(edit_board(board(window, "HWBB"), name="Health Board"))
    settle(qtbot, window)
    assert members.row(seat.id) is row
    assert (row.role.text(), row.role.hasFocus()) == ("Spoke", True)
    assert row._name.accessibleName().startswith("Grace Hopper")
    qtbot.keyClicks(row.role, "sperson")
    page.editor.keep()
    settle(qtbot, window)
    assert window.desk.book.get(Membership, seat.id).role == "Spokesperson"


def test_a_meeting_is_added_cancelled_and_says_when_the_next_is_due(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot, "WS Commissioning")
    meetings = page.editor.meetings
    qtbot.mouseClick(meetings.add, Qt.MouseButton.LeftButton)
    assert "Give the day" in meetings.problem.text()
    day = window.desk.today() + timedelta(days=9)
    for typed in ("31/02/2026", f"{day:%d/%m/%Y}"):
        replace_text(qtbot, meetings.on, typed)
        qtbot.keyClick(meetings.on, Qt.Key.Key_Return)
        settle(qtbot, window)
        if typed.startswith("31"):
            assert "is no date" in meetings.problem.text()
            assert meetings.on.text() == typed
    (made,) = window.desk.book.where(Meeting, "board", board(window, "WS Commissioning").id)
    assert made.on == day
    assert meetings._next.text().endswith("in 9 days")
    row = meetings.row(made.id)
    replace_text(qtbot, row.place, "Online")
    row.cancelled.setCurrentText("Cancelled")
    row.cancelled.activated.emit(1)
    settle(qtbot, window)
    now = window.desk.book.get(Meeting, made.id)
    assert (now.place, now.cancelled) == ("Online", True)
    assert not meetings._next.isVisible()
    row.on.setText("soon")
    row.on.kept.emit()
    settle(qtbot, window)
    assert "“soon” is no date" in meetings.problem.text()
    assert any("soon" in words for words in screen(window).unsaved())
    screen(window).show_record(board(window))
    screen(window).show_record(board(window, "WS Commissioning"))
    settle(qtbot, window)
    assert meetings.row(made.id).on.text() == "soon", "it waits at its meeting"


def test_an_overdue_meeting_is_told_in_the_tree_and_on_the_page(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot, "WS AP")
    assert "none arranged, due since" in page.editor.meetings._next.text()
    item = page.tree.currentItem()
    assert item.data(1, Qt.ItemDataRole.AccessibleTextRole).endswith("overdue")


def test_what_a_board_sees_is_listed_and_a_click_goes_there(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    rows = [widget.findChild(ElidedButton) for _, widget in page.editor._oversees._shown]
    qtbot.mouseClick(next(row for row in rows if "R-001" in row.accessibleName()), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.current_screen
    assert window.current_screen.title == "Register"


def test_a_board_is_asked_from_its_page_without_a_risk(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot, "Ops Group")
    qtbot.mouseClick(page.editor.decisions._ask, Qt.MouseButton.LeftButton)
    ask = page.editor.decisions.findChild(AskDialog)
    assert ask.board.value() == board(window, "Ops Group").id
    qtbot.keyClicks(ask.words, "Choose the reporting form")
    ask.options.set_value("1. Ours\n2. Theirs")
    qtbot.mouseClick(ask.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    made = next(item for item in window.desk.book.all(Decision) if item.question == "Choose the reporting form")
    assert (made.options, made.risk) == ("1. Ours\n2. Theirs", None)
    assert page.editor.decisions._heading.text().endswith("1")


def test_a_board_in_use_is_not_removed_and_says_by_what_and_one_unused_goes(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    page.editor._on_remove_asked()
    settle(qtbot, window)
    assert board(window)
    assert window.desk.programme
    window.desk.run(add_board(programme=window.desk.programme, name="Old group", short="OLD"))
    settle(qtbot, window)
    page = shown(window, qtbot, "OLD")
    page.editor._on_remove_asked()
    settle(qtbot, window)
    assert "Old group" not in lines(page.tree)
    assert page.editor.record is not None, "another is shown"
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert "Old group" in lines(page.tree)


def test_a_circle_that_merging_made_is_shown_and_named_in_the_overview(window: Window, qtbot: QtBot) -> None:
    sb, hwbb = board(window), board(window, "HWBB")
    page = shown(window, qtbot)
    # As two merged edits leave it: no command would.
    window.desk.book = window.desk.book.apply([Change(hwbb, replace(hwbb, parent=sb.id))])
    page._show()
    page.editor.refresh()
    told = lines(page.tree)
    assert len(told) == window.desk.book.count(Board)
    assert "SEND Strategic Partnership Board (reports to itself)" in told
    assert "Reports to itself by HWBB and SEND Board" in page.editor._gap.text()
    overview: Any = window.go_to("Overview")
    settle(qtbot, window)
    gaps = [row.looks[0] for row in overview._cards["Gaps"]._listed]
    assert any(words.startswith("HWBB") for words in gaps)


def test_what_was_folded_away_stays_so_when_something_changes(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    ops = board(window, "Ops Group")
    page.tree._items[ops.id].setExpanded(False)
    window.desk.run(edit_board(board(window, "Alliance"), name="Alliance Board"))
    settle(qtbot, window)
    assert not page.tree._items[ops.id].isExpanded()
    assert page.tree.current_id == board(window).id
    screen(window).show_record(board(window, "WS AP"))
    assert page.tree._items[ops.id].isExpanded(), "to show what is asked for"


def test_enter_in_the_tree_goes_to_the_name_and_tab_through_the_page(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    page.enter()
    qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    assert page.editor.title.hasFocus()
    seen = []
    for _ in range(12):
        focus = QApplication.focusWidget()
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    order = [page.editor.title, page.editor.parent_field, page.editor.chair, page.editor.short, page.editor.cadence]
    assert [widget for widget in seen if widget in order] == order


def test_a_reader_sees_all_of_it_and_changes_nothing(new_window: Opened, window: Window, qtbot: QtBot) -> None:
    reader = new_window(window.desk.path, who="Pat")
    assert not reader.desk.writable
    page = shown(reader, qtbot)
    assert page.editor.title.isReadOnly()
    assert not page.tree.dragEnabled()
    for widget in (page.add_button, page.editor.chair, page.editor.meetings.add, page.editor.meetings.on):
        assert not widget.isEnabled()
    assert not page.editor.members.add.isVisible()
    assert not any(row.role.isEnabled() for row in page.editor.members.made.values())
