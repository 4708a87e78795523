"""Asking for a few words."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from risk_register.domain.decision import Decision
from risk_register.domain.errors import Refused
from tests.ui.conftest import activate, settle
from tests.ui.hands import risk
from ui.decision import AskDialog
from ui.prompt import Prompt
from ui.register.status import CloseDialog
from ui.window import Window


def opened(window: Window, qtbot: QtBot, text: str = "") -> Prompt:
    prompt = Prompt(window.desk, "Reopen: R-001", "Why?", "Reopen", text, window)
    prompt.open()
    activate(qtbot, prompt)
    return prompt


def open_decision(window: Window) -> Decision:
    return next(item for item in window.desk.book.all(Decision) if item.needed_by and not item.decided_on)


@pytest.mark.parametrize(
    "dialog",
    [
        lambda window: AskDialog(window.desk, None, open_decision(window), window),
        lambda window: CloseDialog(window.desk, risk(window), window),
    ],
)
def test_tab_goes_from_the_words_through_all_fields_and_comes_to_the_buttons_last(
    window: Window, qtbot: QtBot, dialog: Callable[[Window], Prompt]
) -> None:
    prompt = dialog(window)
    prompt.open()
    activate(qtbot, prompt)
    qtbot.keyClicks(prompt.words, "Because")  # where words are needed the button waits for them
    seen = []
    for _ in range(12):
        focused = QApplication.focusWidget()
        seen.append("button" if isinstance(focused, QPushButton) else "field")
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is prompt.words:
            break
    assert len(seen) >= 5
    assert seen == ["field"] * (len(seen) - 2) + ["button"] * 2
    assert QApplication.focusWidget() is prompt.words, "and round to the words again"


def test_words_typed_are_asked_about_before_escape_discards_them(window: Window, qtbot: QtBot) -> None:
    prompt = opened(window, qtbot)
    qtbot.keyClicks(prompt.words, "The supplier has left")
    qtbot.keyClick(prompt.words, Qt.Key.Key_Escape)
    box = prompt.findChild(QMessageBox)
    assert box
    assert "Discard what you wrote?" in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert prompt.isVisible(), "to go back is what Enter means"
    assert prompt.words.value() == "The supplier has left"
    qtbot.keyClick(prompt.words, Qt.Key.Key_Escape)
    box = next(item for item in prompt.findChildren(QMessageBox) if item.isVisible())
    discard = next(item for item in box.buttons() if "Discard" in item.text())
    qtbot.mouseClick(discard, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.findChild(Prompt) is None


@pytest.mark.parametrize("text", ["", "As it was"])
def test_where_nothing_was_typed_escape_closes_at_once(window: Window, qtbot: QtBot, text: str) -> None:
    prompt = opened(window, qtbot, text)
    qtbot.keyClick(prompt.words, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert window.findChild(Prompt) is None


def test_an_answer_is_told_once_until_it_is_refused_and_typing_on_takes_the_sentence_away(
    window: Window, qtbot: QtBot
) -> None:
    prompt = opened(window, qtbot)
    told: list[str] = []
    prompt.kept.connect(told.append)
    qtbot.keyClicks(prompt.words, "Why")
    for _ in range(2):
        qtbot.keyClick(prompt.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.mouseClick(prompt.button, Qt.MouseButton.LeftButton)
    assert told == ["Why"]
    qtbot.keyClick(prompt.words, Qt.Key.Key_Escape)
    assert prompt.isVisible(), "the answer is on its way"
    height = prompt.height()
    prompt.fail(Refused("That is no reason. Give another."))
    settle(qtbot, window)
    assert prompt._problem.isVisible()
    assert prompt.height() > height
    qtbot.keyClicks(prompt.words, "?")
    settle(qtbot, window)
    assert not prompt._problem.isVisible()
    assert prompt.height() == height
    qtbot.mouseClick(prompt.button, Qt.MouseButton.LeftButton)
    assert told == ["Why", "Why?"]


def test_what_is_too_long_to_paste_is_said(window: Window, qtbot: QtBot) -> None:
    prompt = opened(window, qtbot)
    QApplication.clipboard().setText("x" * 60_000)
    qtbot.keyClick(prompt.words, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "60,000" in prompt._problem.text()
