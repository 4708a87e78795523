"""Issues, assumptions and dependencies: added, described, resolved; and what a risk becomes that happens."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from risk_register.domain.commands.issue import edit_issue
from risk_register.domain.issue import Assumption, Dependency, Issue
from risk_register.domain.risk import RiskStatus
from tests.ui.conftest import Opened, activate, settle
from tests.ui.hands import CONTROL, button, register_screen, replace_text, risk
from ui.issues.editor import ResolveDialog
from ui.prompt import Prompt
from ui.window import Window


def issue(window: Window, reference: str = "I-002") -> Issue:
    return next(item for item in window.desk.book.all(Issue) if item.reference == reference)


def shown(window: Window, qtbot: QtBot, reference: str = "I-002") -> Any:
    window.show_record(issue(window, reference))
    settle(qtbot, window)
    screen: Any = window.current_screen
    return screen.issues


@pytest.mark.parametrize(
    ("page", "kind", "prefix"),
    [("issues", Issue, "I-"), ("assumptions", Assumption, "AS-"), ("dependencies", Dependency, "DP-")],
)
def test_each_kind_is_added_described_filtered_removed_and_comes_back(
    window: Window, qtbot: QtBot, page: str, kind: Any, prefix: str
) -> None:
    screen: Any = window.go_to("Issues")
    table = getattr(screen, page)
    screen.tabs.setCurrentWidget(table)
    settle(qtbot, window)
    before = table.model.rowCount()
    qtbot.mouseClick(button(table, f"New {kind.called}"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert table.editor.title.hasFocus()
    qtbot.keyClicks(table.editor.title, "Zebra crossing")
    replace_text(qtbot, table.editor.fields["detail"], "By the school")
    owner = table.editor.fields["owner"].lineEdit()
    replace_text(qtbot, owner, "Ada Lovelace")
    qtbot.keyClick(owner, Qt.Key.Key_Return)
    settle(qtbot, window)
    made = next(item for item in window.desk.book.all(kind) if item.title == "Zebra crossing")
    assert made.reference.startswith(prefix)
    assert made.detail == "By the school"
    assert made.owner
    table.filters.search.setText("zebra school")
    settle(qtbot, window)
    assert table.model.rowCount() == 1
    table.filters.clear()
    settle(qtbot, window)
    table.editor._on_remove_asked()
    settle(qtbot, window)
    assert table.model.rowCount() == before
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert window.desk.book.get(kind, made.id) == made


def test_an_issue_is_resolved_with_how_and_when_and_reopened(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    qtbot.mouseClick(page.editor.resolve, Qt.MouseButton.LeftButton)
    dialog = page.editor.findChild(ResolveDialog)
    activate(qtbot, dialog)
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert "Write how I-002 was resolved" in dialog._problem.text()
    qtbot.keyClicks(dialog.words, "One plan was made of the five")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert issue(window).resolved_on == window.desk.today()
    assert not page.editor.resolve.isVisible()
    page.filters.set("open", ["on"])
    settle(qtbot, window)
    row = [page.model.index(row, 0).data() for row in range(page.model.rowCount())]
    assert "I-001" not in row
    page.editor._on_reopened()
    settle(qtbot, window)
    assert issue(window).resolved_on is None


def test_a_risk_that_happens_is_an_issue_at_once_and_leads_back_to_the_risk(window: Window, qtbot: QtBot) -> None:
    editor = register_screen(window).editor
    window.show_record(risk(window, "R-005"))
    settle(qtbot, window)
    editor.status._on_menu_shown()
    next(item for item in editor.status._menu.actions() if item.text().startswith("It has happened")).trigger()
    prompt = editor.status.findChild(Prompt)
    activate(qtbot, prompt)
    qtbot.keyClicks(prompt.words, "The June report did not come")
    qtbot.keyClick(prompt.words, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert risk(window, "R-005").status is RiskStatus.materialised
    made = next(item for item in window.desk.book.all(Issue) if item.risk == risk(window, "R-005").id)
    page = shown(window, qtbot, made.reference)
    assert page.editor.fields["detail"].value() == "The June report did not come"
    assert page.editor.fields["risk"].currentText().startswith("R-005  ")
    qtbot.mouseClick(page.editor._open, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert register_screen(window).editor.reference.text() == "R-005"
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert window.desk.book.find(Issue, made.id) is None
    assert risk(window, "R-005").status is RiskStatus.open


def test_a_colleagues_edit_leaves_what_is_being_typed_alone(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    detail = page.editor.fields["detail"]
    replace_text(qtbot, detail, "Half a sen")
    window.desk.run(edit_issue(issue(window), title="Six plans"))
    settle(qtbot, window)
    assert (detail.value(), detail.hasFocus()) == ("Half a sen", True)
    assert page.editor.title.value() == "Six plans"


def test_what_is_refused_is_marked_and_waits(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    page.editor.reference.setText("I-003")
    page.editor.keep()
    settle(qtbot, window)
    assert "I-003 is already the reference of" in page.editor.problem.text()
    assert window._unsaved() == ["I-002, reference: I-003"]


def test_a_reader_changes_nothing(new_window: Opened, window: Window, qtbot: QtBot) -> None:
    reader = new_window(window.desk.path, who="Pat")
    page = shown(reader, qtbot)
    assert page.editor.title.isReadOnly()
    assert page.editor.fields["detail"].isReadOnly()
    for widget in (
        page.editor.resolve,
        page.editor._more,
        page.editor.fields["owner"],
        page.editor.fields["raised_on"],
    ):
        assert not widget.isEnabled()
