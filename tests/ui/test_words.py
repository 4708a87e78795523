"""People's own words are shown as they are, whatever Qt would read into them."""

from html import unescape
from typing import Any

from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from risk_register.domain.commands.action import edit_action
from risk_register.domain.commands.governance import edit_person
from risk_register.domain.commands.programme import edit_programme
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.governance import Person
from risk_register.domain.programme import Programme
from risk_register.domain.views import actions_of
from tests.ui.conftest import settle
from tests.ui.hands import risk
from ui.window import Window

NAME = "R&D <i>first</i> & last"


def seen(text: str) -> str:
    """What a person sees of a text that Qt takes for HTML, or not."""
    if not Qt.mightBeRichText(text):
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def test_ampersands_and_angle_brackets_are_seen_on_every_screen(window: Window, qtbot: QtBot) -> None:
    book = window.desk.book
    window.desk.run(edit_programme(next(book.all(Programme)), name=NAME))
    window.desk.run(edit_person(next(item for item in book.all(Person) if item.id == risk(window).owner), role=NAME))
    window.desk.run(edit_action(actions_of(book, risk(window).id)[0], title=NAME))
    window.desk.run(edit_risk(risk(window), title=NAME, event=NAME))
    settle(qtbot, window)
    window.menus.show_programmes()
    assert window.menus.programmes.actions()[0].text() == NAME.replace("&", "&&")
    found = 0
    for name in ("Overview", "Register", "Heat map", "Actions", "History"):
        screen: Any = window.go_to(name)
        screen.show_record(risk(window))
        settle(qtbot, window)
        settle(qtbot, window)
        for widget in [window, *window.findChildren(QWidget)]:
            if isinstance(widget, QLabel) and "R&D" in unescape(widget.text()):
                plain = widget.textFormat() is Qt.TextFormat.PlainText
                found += 1
                assert NAME[:9] in (widget.text() if plain else seen(widget.text())), widget.text()
            if isinstance(widget, QPushButton) and "R&" in widget.text():
                assert "R&&D <" in widget.text(), widget.text()
                found += 1
            if "R&D" in unescape(widget.toolTip()):
                assert NAME in seen(widget.toolTip()), widget.toolTip()
    assert found > 8


def test_the_menu_names_an_edit_with_its_ampersand(window: Window, qtbot: QtBot) -> None:
    from risk_register.domain.commands.governance import add_organisation

    assert window.desk.programme
    window.desk.run(add_organisation(programme=window.desk.programme, name="R&D Council"))
    settle(qtbot, window)
    assert window.menus.undo.text() == "&Undo  Added R&&D Council"
