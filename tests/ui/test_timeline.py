"""The milestones along the months, met with the mouse and with keys."""

from datetime import timedelta
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from risk_register.domain.commands.milestone import edit_milestone
from tests.ui.conftest import settle
from tests.ui.plans import milestone
from ui.theme import colours
from ui.window import Window


def timeline_screen(window: Window, qtbot: QtBot) -> Any:
    screen: Any = window.go_to("Plan")
    qtbot.mouseClick(screen.timeline_view, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.timeline.isVisible()
    return screen


def test_a_click_on_a_milestone_goes_to_its_outcome_and_opens_it(window: Window, qtbot: QtBot) -> None:
    screen = timeline_screen(window, qtbot)
    wanted = milestone(window, "Revised terms")
    place = screen.timeline.mark_rect(wanted).center().toPoint()
    qtbot.mouseClick(screen.timeline.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, window)
    assert screen.outcomes_view.isChecked()
    assert screen.outcome.number.text() == "1.1"
    assert screen.outcome.milestones.made[wanted.id].body.isVisible()


def test_arrow_keys_go_from_one_to_the_next_and_enter_opens_it(window: Window, qtbot: QtBot) -> None:
    screen = timeline_screen(window, qtbot)
    window.resize(1000, 560)
    line = screen.timeline
    screen.enter()
    first = line.current
    assert first.title == "Alternative provision takes its seat on the Partnership Board"
    assert first.title in line.accessibleDescription()
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert line.current.title == "Evidence gathered from every alternative provision setting"
    qtbot.keyClick(line, Qt.Key.Key_End)
    last = line.current
    assert line.viewport().rect().contains(line.mark_rect(last).center().toPoint()), "it is scrolled to"
    qtbot.keyClick(line, Qt.Key.Key_Home)
    assert line.current is first
    assert line.verticalScrollBar().value() == 0
    qtbot.keyClick(line, Qt.Key.Key_End)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert screen.outcome.milestones.made[last.id].body.isVisible()


def test_the_words_of_a_milestone_say_its_dates_how_it_runs_and_what_is_in_its_way(
    window: Window, qtbot: QtBot
) -> None:
    line = timeline_screen(window, qtbot).timeline
    told = line.describe(milestone(window, "Memorandum"))
    assert told.startswith("Outcome 1.6: Memorandum on SEND commissioning signed\nbaseline ")
    assert "days late" in told
    assert told.endswith(
        "Head of Children's Joint Commissioning\nThe ICB will not sign before its structure is settled."
    )


def test_what_slips_is_drawn_between_its_baseline_and_its_forecast_and_moves_with_it(
    window: Window, qtbot: QtBot
) -> None:
    line = timeline_screen(window, qtbot).timeline
    slips = milestone(window, "Alternative provision takes")

    def ends() -> tuple[float, float]:
        mark = next(mark for mark in line._chart.marks if mark.item.id == slips.id)
        return mark.promised, mark.ends

    def colour_between() -> QColor:
        field, rect = line._field(), line.mark_rect(slips)
        x = field.left() + (sum(ends()) / 2 + 0.01) * field.width()
        return QColor(line.viewport().grab().toImage().pixel(QPoint(int(x), int(rect.center().y()))))

    assert colour_between() == QColor(colours().warn)
    before = ends()
    later = (slips.forecast or window.desk.today()) + timedelta(days=40)
    window.desk.run(edit_milestone(slips, forecast=later))
    settle(qtbot, window)
    assert ends()[0] == before[0]
    assert ends()[1] > before[1]
    assert colour_between() == QColor(colours().warn)


def test_the_months_stay_in_view_and_today_is_marked(window: Window, qtbot: QtBot) -> None:
    line = timeline_screen(window, qtbot).timeline
    window.resize(1000, 560)
    settle(qtbot, window)
    line.verticalScrollBar().setValue(line.verticalScrollBar().maximum())
    assert line.verticalScrollBar().value() > 0
    picture, field = line.viewport().grab().toImage(), line._field()
    x = int(field.left() + line._chart.today * field.width())
    assert picture.pixelColor(x, line._top - 3) == QColor(colours().accent)
