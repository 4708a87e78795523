"""What a person does in the window, for the tests."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from risk_register.domain.risk import Risk
from ui.window import Window

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def risk(window: Window, reference: str = "R-001") -> Risk:
    return next(item for item in window.desk.book.all(Risk) if item.reference == reference)


def register_screen(window: Window) -> Any:
    return window.go_to("Register")


def replace_text(qtbot: QtBot, field: QWidget, text: str) -> None:
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(field, text)


def button(window: QWidget, words: str) -> QPushButton:
    return next(item for item in window.findChildren(QPushButton) if item.text() == words and item.isVisible())


def answer_box(qtbot: QtBot, window: QWidget, words: str) -> None:
    """Press a button of the box that asks something."""
    box = window.findChild(QMessageBox)
    assert box, "it is asked"
    qtbot.mouseClick(next(item for item in box.buttons() if item.text() == words), Qt.MouseButton.LeftButton)
