"""What the tests of the plan's screen do in it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from risk_register.domain.milestone import Milestone
from risk_register.domain.plan import Outcome
from tests.ui.conftest import settle
from ui.window import Window


def outcome(window: Window, number: str) -> Outcome:
    return next(item for item in window.desk.book.all(Outcome) if item.number == number)


def milestone(window: Window, begins: str) -> Milestone:
    return next(item for item in window.desk.book.all(Milestone) if item.title.startswith(begins))


def plan_screen(window: Window, qtbot: QtBot, number: str = "1.1") -> Any:
    screen = window.go_to("Plan")
    assert screen
    screen.show_record(outcome(window, number))
    settle(qtbot, window)
    return screen


def type_and_enter(qtbot: QtBot, field: QWidget, text: str) -> None:
    field.setFocus()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
