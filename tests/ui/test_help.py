"""What the Help menu shows."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from ui.help import _GUIDE, GuideDialog
from ui.window import Window

TEXT = (_GUIDE / "guide.md").read_text(encoding="utf-8")


def shown_heading(guide: GuideDialog) -> str:
    return guide.text.textCursor().block().text()


def test_f1_opens_the_guide_beside_the_window_and_its_links_lead_to_their_sections(
    window: Window, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    settle(qtbot, window)
    guide = window.findChild(GuideDialog)
    assert guide
    assert not guide.isModal()
    for words, link in re.findall(r"^- \[(.+)\]\(#(.+)\)$", TEXT, re.MULTILINE):
        guide.go_to(link.replace("-", " "))
        assert shown_heading(guide) == words
    qtbot.keyClick(window, Qt.Key.Key_F1)
    settle(qtbot, window)
    assert len(window.findChildren(GuideDialog)) == 1, "the one that is open comes to the front"


def test_the_shortcuts_are_a_section_of_the_guide(window: Window, qtbot: QtBot) -> None:
    window._on_shortcuts_asked()
    settle(qtbot, window)
    guide = window.findChild(GuideDialog)
    assert guide
    assert shown_heading(guide) == "Keyboard"
    assert guide.text.verticalScrollBar().value() > 0


def test_every_picture_of_the_guide_is_there() -> None:
    names = re.findall(r"!\[.+\]\((.+)\)", TEXT)
    assert names
    assert all(not QImage(str(_GUIDE / name)).isNull() for name in names)


def test_every_menu_item_that_the_guide_names_is_there(window: Window) -> None:
    window.menus.show_programmes()
    items = {
        action.text().replace("&", "").rstrip("…")
        for menu in window.menuBar().findChildren(QMenu)
        for action in menu.actions()
    }
    for menu, item in re.findall(r"\*\*(File|Programme|Edit|View|Help) > (.+?)\*\*", TEXT):
        assert item in items, f"{menu} > {item}"
