"""Appetite: set by category, and shown wherever a score is."""

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from risk_register.domain.category import Category
from risk_register.domain.commands.programme import edit_category
from risk_register.domain.commands.risk import rescore
from risk_register.domain.risk import AssessmentKind
from tests.ui.conftest import Opened, activate, settle
from tests.ui.hands import button, register_screen, replace_text, risk
from ui.programme import ProgrammeDialog
from ui.window import Window


def cell(window: Window, reference: str, title: str = "Appetite") -> str:
    screen = register_screen(window)
    column = next(place for place, item in enumerate(screen.model.columns) if item.title == title)
    row = screen.model.row_of(risk(window, reference).id)
    return str(screen.model.index(row, column).data())


def days_since(window: Window, day: date) -> int:
    return (window.desk.today() - day).days


def test_the_register_says_since_when_each_risk_is_outside_appetite(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    settle(qtbot, window)
    assert cell(window, "R-001").startswith("Outside, ")
    assert int(cell(window, "R-001").split()[1]) > 100, "since its first score, above as well, not since its latest"
    assert cell(window, "R-019") == "", "an opportunity"
    assert cell(window, "R-007") == "Above optimal"
    assert "7 outside appetite" in screen.told()


def test_a_score_that_falls_within_ends_it_and_undo_brings_the_days_back(window: Window, qtbot: QtBot) -> None:
    register_screen(window)
    settle(qtbot, window)
    before = cell(window, "R-001")
    window.desk.run(rescore(risk(window), kind=AssessmentKind.current, likelihood=2, impact=3, on=window.desk.today()))
    settle(qtbot, window)
    assert cell(window, "R-001") == "Within"
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert cell(window, "R-001") == before
    window.desk.run(
        rescore(
            risk(window, "R-007"),
            kind=AssessmentKind.current,
            likelihood=5,
            impact=5,
            on=window.desk.today() - timedelta(days=3),
        )
    )
    settle(qtbot, window)
    assert cell(window, "R-007") == "Outside, 3 days"


def test_a_chip_shows_only_those_and_the_longest_can_stand_first(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    settle(qtbot, window)
    qtbot.mouseClick(screen.filters.chip("appetite"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.model.rowCount() == 7
    column = next(place for place, item in enumerate(screen.model.columns) if item.key == "appetite")
    screen.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    days = [int(str(screen.model.index(row, column).data()).split()[1]) for row in range(7)]
    assert days == sorted(days, reverse=True)


def test_the_overview_counts_them_and_a_click_narrows_the_register(window: Window, qtbot: QtBot) -> None:
    overview: Any = window.go_to("Overview")
    settle(qtbot, window)
    tile = overview._counts["appetite"]
    assert tile.accessibleName() == "7 Outside appetite risks"
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.current_screen is register_screen(window)
    assert register_screen(window).model.rowCount() == 7


def test_the_editor_and_the_heat_map_say_it_too(window: Window, qtbot: QtBot) -> None:
    screen = register_screen(window)
    settle(qtbot, window)
    told = screen.editor.scoring.appetite.text()
    assert told.startswith("⚠ Outside appetite, ")
    assert told.endswith("Strategy: cautious (optimal up to 8, tolerable up to 12).")
    heat: Any = window.go_to("Heat map")
    settle(qtbot, window)
    assert "R-001 ICB reorganisation weakens the children&#x27;s agenda (Outside, " in heat.map.tip((4, 5))
    heat.show_record(risk(window))
    assert "Appetite: outside, " in heat._told.text()


def test_a_category_is_given_a_level_and_its_usual_scores_then_others(window: Window, qtbot: QtBot) -> None:
    category = next(item for item in window.desk.book.all(Category) if item.name == "Strategy")
    window.desk.run(edit_category(category, appetite=None, optimal=None, tolerable=None))
    settle(qtbot, window)
    assert cell(window, "R-001") == ""
    dialog = ProgrammeDialog(window.desk, window.desk.book.get(Category, category.id), window)
    dialog.open()
    activate(qtbot, dialog)
    settle(qtbot, window)
    page = dialog._pages["Categories"]
    fields: dict[str, Any] = page.fields
    level = fields["appetite"]
    level.setFocus()
    for _ in range(3):
        qtbot.keyClick(level, Qt.Key.Key_Down)
        settle(qtbot, window)
    assert fields["tolerable"].text() == "10", "the usual score of the third level"
    replace_text(qtbot, fields["tolerable"], "many")
    qtbot.mouseClick(button(dialog, "Close"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert dialog.isVisible()
    assert "“many” is no whole number. Write one from 1 to 36." in page._problem.text()
    replace_text(qtbot, fields["tolerable"], "15")
    qtbot.mouseClick(button(dialog, "Close"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    now = window.desk.book.get(Category, category.id)
    assert (now.appetite and now.appetite.name, now.optimal, now.tolerable) == ("cautious", 6, 15)
    assert cell(window, "R-001").startswith("Outside, ")


def test_levels_are_renamed_on_the_programmes_page(window: Window, qtbot: QtBot) -> None:
    dialog = ProgrammeDialog(window.desk, None, window)
    dialog.open()
    activate(qtbot, dialog)
    page = dialog._pages["Programme"]
    replace_text(qtbot, page.fields["appetites"], "None, Low, Moderate, High, Hungry")
    qtbot.mouseClick(button(dialog, "Close"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    register_screen(window)
    assert "Strategy: moderate (optimal" in register_screen(window).editor.scoring.appetite.text()


def test_the_days_are_there_at_the_next_start(new_window: Opened, sample_file: Any, qtbot: QtBot) -> None:
    window = new_window(sample_file)
    settle(qtbot, window)
    before = cell(window, "R-001")
    window.desk.close()
    again = new_window(sample_file)
    settle(qtbot, again)
    assert cell(again, "R-001") == before
