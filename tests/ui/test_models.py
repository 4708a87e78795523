"""Qt's own tester on every model, through every kind of edit; and what PySide6 must not do to None."""

import sys
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from risk_register.domain.commands.action import add_action, complete_action
from risk_register.domain.commands.importing import import_risks
from risk_register.domain.commands.measure import add_measure, add_reading
from risk_register.domain.commands.risk import add_risk, close_risk, edit_risk
from risk_register.domain.importing import Draft, Part
from risk_register.domain.measure import Measure
from risk_register.domain.risk import Risk
from tests.making import RAISED
from tests.ui.conftest import settle
from ui.window import Window

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def test_every_model_stays_sound_through_edits_filters_and_sorting(window: Window, qtbot: QtBot) -> None:
    screens: list[Any] = [window.go_to(name) for name in ("Register", "Actions", "History", "Measures")]
    governance: Any = window.go_to("Governance")
    issues: Any = window.go_to("Issues")
    settle(qtbot, window)
    testers = [QAbstractItemModelTester(screen.model, FATAL) for screen in screens]
    pages = (governance.people, governance.organisations, governance.accountable, *issues.pages)
    testers += [QAbstractItemModelTester(page.model, FATAL) for page in pages]
    governance.tabs.setCurrentWidget(governance.accountable)
    window.go_to("Governance")
    desk, programme = window.desk, window.desk.programme
    assert programme
    risks = list(desk.book.all(Risk))
    commands = [
        add_risk(programme=programme, title="Aardvark", raised_on=RAISED),
        edit_risk(risks[0], title="Zebra"),
        close_risk(risks[2], reason="over", on=desk.today()),
        add_action(programme=programme, title="Act", risks=[risks[0].id]),
        add_measure(programme=programme, name="Another measure"),
        add_reading(measure=next(desk.book.all(Measure)).id, on=desk.today(), value=Decimal(90)),
    ]
    for command in commands:
        desk.run(command)
        settle(qtbot, window)
    for column in range(screens[0].model.columnCount()):
        for order in Qt.SortOrder:
            screens[0].table.sortByColumn(column, order)
    for column in range(screens[3].model.columnCount()):
        screens[3].table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    for words in ("a", "icb", "nothing has this", ""):
        screens[0].filters.search.setText(words)
        screens[1].filters.search.setText(words)
        screens[3].filters.search.setText(words)
        screens[2]._search.setText(words)
        settle(qtbot, window)
        desk.run(edit_risk(desk.book.get(Risk, risks[1].id), title=f"icb {words}"))
        settle(qtbot, window)
    action = next(iter(desk.book.where(type(screens[1].editor.record), "programme", programme)))
    desk.run(complete_action(action, on=desk.today()))
    drafts = [Draft(n, {Part.title: f"Imported {n}"}, {}) for n in range(120)]
    desk.run(import_risks(programme=programme, drafts=drafts, source="x", on=desk.today()))
    settle(qtbot, window)
    assert screens[0].model.rowCount() == 142
    while desk.undo_label:
        desk.undo()
        settle(qtbot, window)
    assert screens[0].model.rowCount() == 21
    assert testers


def test_an_edit_repaints_only_the_cells_it_changes(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Register")
    settle(qtbot, window)
    told: list[tuple[int, int]] = []
    screen.model.dataChanged.connect(
        lambda first, last: told.append(
            (first.row(), (last.row() - first.row() + 1) * (last.column() - first.column() + 1))
        )
    )
    resets: list[int] = []
    screen.model.modelReset.connect(lambda: resets.append(1))
    risk = next(iter(window.desk.book.all(Risk)))
    window.desk.run(edit_risk(risk, title="Another title"))
    settle(qtbot, window)
    assert [cells for _, cells in told] == [1]
    assert not resets


def test_undo_of_an_edit_from_before_the_start_comes_from_the_journal(window: Window, qtbot: QtBot) -> None:
    window.desk.run(edit_risk(next(iter(window.desk.book.all(Risk))), title="Before the restart"))
    settle(qtbot, window)
    path = window.desk.path
    assert path
    window.files.open(path)
    settle(qtbot, window)
    assert window.desk.undo_label == "Changed title of R-001"
    window.desk.undo()
    settle(qtbot, window)
    assert next(iter(window.desk.book.all(Risk))).title != "Before the restart"


def test_a_thousand_calls_leave_none_its_references(qapp: object) -> None:
    """PySide6 6.12.0 on Python 3.11 took one at each call that returns None, and aborted after some 5,000."""
    assert qapp
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(1_000):
        label.setText(str(number % 2))
    assert abs(sys.getrefcount(None) - before) < 100
