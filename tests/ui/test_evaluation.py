"""The self-evaluation's screen."""

from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from risk_register.domain.commands.evaluation import add_step, complete_step, edit_step, edit_theme
from risk_register.domain.evaluation import ForwardStep, Grade, Theme
from tests.ui.conftest import Opened, settle
from tests.ui.hands import CONTROL, button, replace_text
from ui.window import Window


def screen_of(window: Window, qtbot: QtBot) -> Any:
    screen = window.go_to("Self-evaluation")
    settle(qtbot, window)
    return screen


def theme(window: Window, number: str) -> Theme:
    return next(item for item in window.desk.book.all(Theme) if item.number == number)


def step(window: Window, title: str) -> ForwardStep:
    return next(item for item in window.desk.book.all(ForwardStep) if item.title == title)


def test_a_judgement_is_of_today_and_is_taken_back_with_its_day(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    screen.show_record(theme(window, "4"))
    editor = screen.editor
    assert editor._lacks.text() == "An inspector will ask for: judgement."
    editor.grade.setFocus()
    qtbot.keyClick(editor.grade, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert theme(window, "4").grade is Grade.positive
    assert theme(window, "4").judged_on == window.desk.today()
    assert editor.judged_on.value() == window.desk.today()
    assert "evidence" in editor._lacks.text()
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(qtbot, window)
    assert theme(window, "4").judged_on is None
    assert editor.judged_on.value() is None


def test_the_day_of_a_judgement_can_not_be_cleared_alone(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    screen.show_record(theme(window, "1"))
    replace_text(qtbot, screen.editor.judged_on, " ")
    qtbot.keyClick(screen.editor.judged_on, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert "Give the day on which" in screen.editor.problem.text()
    assert theme(window, "1").judged_on


def test_a_step_is_added_dated_owned_and_ticked_by_keyboard(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    screen.show_record(theme(window, "4"))
    line = screen.editor.steps.add.line
    line.setFocus()
    qtbot.keyClicks(line, "Ask the colleges")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, window)
    made = step(window, "Ask the colleges")
    assert made.owner == theme(window, "4").lead
    row = screen.editor.steps.made[made.id]
    row.due.setFocus()
    yesterday = window.desk.today() - timedelta(days=1)
    replace_text(qtbot, row.due, f"{yesterday:%d/%m/%Y}")
    qtbot.keyClick(row.due, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert row._when.text() == "1 day late"
    row.outcome.setFocus()
    qtbot.keyClick(row.outcome, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert step(window, "Ask the colleges").outcome
    row.done.setFocus()
    qtbot.keyClick(row.done, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert step(window, "Ask the colleges").done_on == window.desk.today()
    assert row._when.text().startswith("Done")
    qtbot.keyClick(row.done, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert step(window, "Ask the colleges").is_open


def test_a_colleagues_edit_leaves_what_is_typed_in_a_theme_and_in_a_step(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    item = theme(window, "1")
    screen.show_record(item)
    editor = screen.editor
    first = editor.steps._shown[0]
    row = first[1]
    replace_text(qtbot, row.title, "Audit twice")
    editor._texts[0].setFocus()
    settle(qtbot, window)
    replace_text(qtbot, editor._texts[0], "Early help")
    window.desk.run(edit_theme(item, areas="Not yet"))
    window.desk.run(edit_step(window.desk.book.get(ForwardStep, first[0].key), due=None))
    settle(qtbot, window)
    assert editor._texts[0].value() == "Early help"
    assert editor._texts[1].value() == "Not yet"
    assert row.title.text() == "Audit twice"
    screen.keep()
    settle(qtbot, window)
    assert theme(window, "1").strengths == "Early help"
    assert step(window, "Audit twice").due is None


def test_the_forward_work_programme_lists_all_steps_and_leads_to_each(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    model = screen.step_model
    assert model.rowCount() == window.desk.book.count(ForwardStep) == 14
    assert "late" in model.index(0, 0).data()
    assert model.index(13, 0).data().startswith("Done")
    screen.step_table.setFocus()
    screen.step_table.choose(step(window, "Visit each setting under one quality framework").id)
    qtbot.keyClick(screen.step_table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert screen.editor.record == theme(window, "5")
    row = screen.editor.steps.made[step(window, "Visit each setting under one quality framework").id]
    assert row.title.hasFocus()


def test_its_models_stay_sound_through_edits_and_undo(window: Window, qtbot: QtBot) -> None:
    screen = screen_of(window, qtbot)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, fatal) for model in (screen.model, screen.step_model)]
    before = window.desk.book
    window.desk.run(add_step(theme=theme(window, "2").id, title="Another"))
    settle(qtbot, window)
    window.desk.run(edit_theme(theme(window, "2"), number="9"))
    window.desk.run(complete_step(step(window, "Another"), on=window.desk.today()))
    screen.narrow("late", ["on"])
    settle(qtbot, window)
    assert screen.model.rowCount() == 2
    for model in (screen.model, screen.step_model):
        for column in range(model.columnCount()):
            model.sort(column, Qt.SortOrder.DescendingOrder)
    screen.editor._more.menu().actions()[0].trigger()
    settle(qtbot, window)
    while window.desk.undo_label:
        window.desk.undo()
        settle(qtbot, window)
    assert window.desk.book == before
    assert testers


def test_what_no_theme_covers_is_said(new_window: Opened, qtbot: QtBot, register: Any) -> None:
    from risk_register.domain.commands.evaluation import add_theme
    from risk_register.domain.evaluation import Scope
    from tests.making import made_in

    made = made_in(register)
    made.run(add_theme(programme=made.programme, name="Needs", scope=Scope.send))
    path = register.path
    register.close()
    window = new_window(path)
    screen = screen_of(window, qtbot)
    assert screen.told() == ", 0 steps open, 0 late; no theme covers AP"
    qtbot.mouseClick(button(window, "New theme"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.editor.title.hasFocus()
    assert screen.told() == ", 0 steps open, 0 late"


def test_the_overview_and_the_search_lead_to_a_step(window: Window, qtbot: QtBot) -> None:
    overview: Any = window.go_to("Overview")
    settle(qtbot, window)
    rows = overview._cards["Steps of the self-evaluation due"]._shown
    assert "days late" in rows[0][1].accessibleName()
    qtbot.mouseClick(rows[0][1], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    screen: Any = window.current_screen
    assert window.current_screen is window.go_to("Self-evaluation")
    assert screen.editor.record == theme(window, "1")
    window.search()
    from ui.search import Finder

    finder = window.findChild(Finder)
    assert finder
    qtbot.keyClicks(finder.line, "you said, we did")
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert screen.editor.record == theme(window, "2")
