"""Finding a record by a few letters."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from risk_register.domain.views import actions_of
from tests.ui.conftest import settle
from tests.ui.hands import CONTROL, register_screen, risk
from ui.decision import DecisionDialog
from ui.programme import ProgrammeDialog
from ui.search import Finder
from ui.window import Window


def search(window: Window, qtbot: QtBot, typed: str) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    finder = window.findChild(Finder)
    assert finder
    qtbot.keyClicks(finder.line, typed)
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    settle(qtbot, window)


def test_search_jumps_to_an_action(window: Window, qtbot: QtBot) -> None:
    search(window, qtbot, "a-012")
    screen: Any = window.current_screen
    assert screen.title == "Actions"
    assert screen.editor.reference.text() == "A-012"


def test_search_jumps_to_a_risk_by_words_anywhere_in_it(window: Window, qtbot: QtBot) -> None:
    search(window, qtbot, "appeals ombudsman")
    assert register_screen(window).editor.reference.text() == "R-015"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("outcome 1.6", "1.6"),
        ("milestone memorandum", "1.6"),
        ("evidence workstream plans", "1.7"),
        ("resource legal advice", "1.1"),
    ],
)
def test_search_opens_an_outcome_by_itself_or_by_what_belongs_to_it(
    window: Window, qtbot: QtBot, typed: str, shown: str
) -> None:
    search(window, qtbot, typed)
    screen: Any = window.current_screen
    assert screen.title == "Plan"
    assert screen.outcome.number.text() == shown


def test_search_opens_a_recommendation(window: Window, qtbot: QtBot) -> None:
    search(window, qtbot, "recommendation 1")
    screen: Any = window.current_screen
    assert screen.recommendation.isVisible()
    assert screen.recommendation.number.text() == "1"


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("person alliance director", "people"),
        ("board health and wellbeing", "boards"),
        ("organisation mid and south essex", "organisations"),
    ],
)
def test_search_goes_to_boards_people_and_organisations(window: Window, qtbot: QtBot, typed: str, page: str) -> None:
    search(window, qtbot, typed)
    screen: Any = window.current_screen
    assert screen.title == "Governance"
    assert screen.page is getattr(screen, page)
    shown: Any = screen.page.editor.record
    assert typed.rsplit(maxsplit=1)[-1] in f"{shown.name} {shown.label}".lower()


def test_search_opens_a_category(window: Window, qtbot: QtBot) -> None:
    search(window, qtbot, "category legal")
    dialog = window.findChild(ProgrammeDialog)
    assert dialog
    assert dialog._tabs.tabText(dialog._tabs.currentIndex()) == "Categories"
    assert dialog._pages["Categories"].form.record.label == "Legal"  # type: ignore[union-attr]


def test_a_decision_without_a_risk_is_recorded_from_the_search(window: Window, qtbot: QtBot) -> None:
    from risk_register.domain.commands.decision import ask_decision
    from risk_register.domain.governance import Board

    board = next(window.desk.book.all(Board))
    assert window.desk.programme
    window.desk.run(
        ask_decision(
            programme=window.desk.programme, question="Meet in person?", board=board.id, asked_on=window.desk.today()
        )
    )
    settle(qtbot, window)
    search(window, qtbot, "meet in person")
    assert window.findChild(DecisionDialog)


def test_an_action_is_linked_to_a_risk_by_a_few_letters(window: Window, qtbot: QtBot) -> None:
    section = register_screen(window).editor.action_list
    qtbot.mouseClick(section._link, Qt.MouseButton.LeftButton)
    finder = section.findChild(Finder)
    assert finder
    qtbot.keyClicks(finder.line, "a-012")
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "A-012" in {action.reference for action in actions_of(window.desk.book, risk(window).id)}
    assert window.desk.undo_label == "Linked A-012 to R-001"
