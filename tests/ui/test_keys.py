"""Going through the window by keyboard."""

from itertools import pairwise, takewhile
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.risk import AssessmentKind, Risk
from tests.ui.conftest import settle
from tests.ui.hands import register_screen
from ui.window import Window


def went_through(qtbot: QtBot, start: QWidget, steps: int) -> list[QWidget]:
    start.setFocus()
    found = []
    for _ in range(steps):
        here = QApplication.focusWidget()
        assert here
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        after = QApplication.focusWidget()
        assert after
        found.append(after)
    return found


def test_tab_goes_from_the_tools_over_the_filters_and_the_table_to_the_editor(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    settle(qtbot, window)
    found = went_through(qtbot, screen._columns, 15)
    filters = screen.filters
    assert found == [
        screen._add,
        filters.search,
        *(
            filters.chip(key)
            for key in ("status", "band", "owner", "category", "tags", "audience", "outside", "overdue")
        ),
        *screen.filters._chips[screen.filters._usual :],
        screen.table,
        screen.editor.reference,
        screen.editor.kind,
        found[-1],
    ]


def test_tab_goes_through_a_risk_from_top_to_bottom(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    settle(qtbot, window)
    editor = screen.editor
    page = editor._area.widget()
    found = list(takewhile(page.isAncestorOf, went_through(qtbot, editor.reference, 60)))
    heights = [widget.mapTo(page, widget.rect().topLeft()).y() for widget in found]
    assert len(found) > 25
    assert all(after > before - 20 for before, after in pairwise(heights)), "never back up"


def test_tab_stops_once_at_the_three_scores_and_arrows_go_between_them(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    settle(qtbot, window)
    tiles = screen.editor.scoring._tiles
    found = went_through(qtbot, screen.editor.effect_field, 2)
    assert found == [tiles[AssessmentKind.current], screen.editor.scoring.matrix]
    tiles[AssessmentKind.current].setFocus()
    qtbot.keyClick(tiles[AssessmentKind.current], Qt.Key.Key_Right)
    assert screen.editor.scoring.kind is AssessmentKind.target


def test_the_sidebar_is_one_stop_at_the_screen_that_is_shown(window: Window, qtbot: QtBot) -> None:
    register_screen(window)
    settle(qtbot, window)
    buttons: Any = window._sidebar._buttons
    stops = [name for name, button in buttons.items() if button.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["Register"]
    buttons["Register"].setFocus()
    qtbot.keyClick(buttons["Register"], Qt.Key.Key_Down)
    settle(qtbot, window)
    assert buttons["Heat map"].isChecked()


def test_ticking_an_action_leaves_the_cursor_and_the_page_where_they_are(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    settle(qtbot, window)
    actions = screen.editor.action_list
    row, widget = actions._shown[0]
    box = widget.findChildren(QWidget)[0]
    box.setFocus()
    scrolled = screen.editor._area.verticalScrollBar().value()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    settle(qtbot, window)
    again = next(made for item, made in actions._shown if item.key == row.key).findChildren(QWidget)[0]
    assert again.hasFocus()
    assert again.isChecked()
    assert abs(screen.editor._area.verticalScrollBar().value() - scrolled) < 60
    qtbot.keyClick(again, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert window.desk.undo_label.startswith("Reopened")


def test_rows_that_an_edit_leaves_as_they_were_stay_the_same_widgets(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    settle(qtbot, window)
    editor = screen.editor
    before = [widget for section in (editor.action_list, editor.decision_list) for _, widget in section._shown]
    editor.title.setFocus()
    qtbot.keyClicks(editor.title, "x")
    qtbot.keyClick(editor.title, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert window.desk.undo_label.startswith("Changed title")
    assert before
    assert before == [widget for section in (editor.action_list, editor.decision_list) for _, widget in section._shown]


def test_removing_a_control_puts_the_cursor_on_the_next(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    settle(qtbot, window)
    controls = screen.editor.control_list
    assert len(controls._shown) > 1
    remove = controls._shown[0][1].findChildren(QWidget)[-1]
    remove.setFocus()
    follows = controls._shown[1][1]
    qtbot.keyClick(remove, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert window.desk.undo_label.startswith("Removed a control")
    assert follows.isAncestorOf(QApplication.focusWidget() or window)


def test_tab_goes_through_the_overview_card_by_card_also_when_more_is_shown(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Overview")
    settle(qtbot, window)
    assert screen.hasFocus(), "nothing is marked before a key is pressed"
    late, highest = screen._cards[:2]
    rows = [widget for _, widget in late._shown]
    found = went_through(qtbot, screen, len(screen._tiles) + len(rows) + 2)
    assert found == [*screen._tiles, *rows, late._more, highest._shown[0][1]]
    qtbot.mouseClick(late._more, Qt.MouseButton.LeftButton)
    rows = [widget for _, widget in late._shown]
    assert len(rows) == 8
    assert went_through(qtbot, rows[0], 9) == [*rows[1:], late._fewer, highest._shown[0][1]]


def test_the_cursor_stays_at_a_row_of_the_overview_that_an_edit_makes_anew(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Overview")
    settle(qtbot, window)
    row, widget = screen._cards[1]._shown[0]
    widget.setFocus()
    seen = window.desk.book.get(Risk, row.key)
    window.desk.run(edit_risk(seen, title="The ICB's reorganisation weakens the agenda"))
    settle(qtbot, window)
    again = screen._cards[1]._shown[0][1]
    assert again is not widget
    assert QApplication.focusWidget() is again
