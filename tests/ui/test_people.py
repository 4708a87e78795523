"""People and organisations: what they hold, giving it to somebody else, and who is accountable for what."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from risk_register.domain.accountability import ITEMS, held
from risk_register.domain.action import Action
from risk_register.domain.commands.governance import edit_person
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.governance import Organisation, Person
from risk_register.domain.risk import Risk
from tests.ui.conftest import Opened, activate, settle
from tests.ui.hands import button, replace_text, risk
from ui.elided import ElidedButton
from ui.governance.reassign import ReassignDialog
from ui.window import Window


def person(window: Window, role: str = "Director of Children's Services") -> Person:
    return next(item for item in window.desk.book.all(Person) if item.role == role)


def shown(window: Window, qtbot: QtBot, role: str = "Director of Children's Services") -> Any:
    """The page of the people, one of them chosen."""
    screen: Any = window.go_to("Governance")
    screen.show_record(person(window, role))
    settle(qtbot, window)
    return screen.people


def named(section: Any) -> list[ElidedButton]:
    """The buttons of a section's rows."""
    return [widget.findChild(ElidedButton) for _, widget in section._shown]


def test_somebody_is_added_described_and_kept(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    for _ in range(2):  # a second has a name of its own
        qtbot.mouseClick(button(page, "New person"), Qt.MouseButton.LeftButton)
        settle(qtbot, window)
    assert page.editor.title.value() == "New person 2"
    replace_text(qtbot, page.editor.title, "Ada Lovelace")
    replace_text(qtbot, page.editor.role, "Analyst")
    line = page.editor.organisation.lineEdit()
    replace_text(qtbot, line, "University")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, window)
    made = next(item for item in window.desk.book.all(Person) if item.name == "Ada Lovelace")
    university = next(item for item in window.desk.book.all(Organisation) if item.name == "University")
    assert (made.role, made.organisation) == ("Analyst", university.id)


def test_a_name_without_a_role_can_not_be_cleared_and_the_sentence_says_so(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    qtbot.mouseClick(button(page, "New person"), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    page.editor.title.set_value("")
    page.editor.keep()
    settle(qtbot, window)
    assert "Give a name, a role, or both" in page.editor.problem.text()
    assert page.editor.title.property("wrong")


def test_what_somebody_holds_is_listed_and_a_click_goes_there(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    rows = named(page.editor._holds)
    assert len(rows) == sum(map(len, held(window.desk.book, person(window).id).values())) - 2, "but the two seats"
    qtbot.mouseClick(next(row for row in rows if "R-004" in row.accessibleName()), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    screen: Any = window.current_screen
    assert (screen.title, screen.editor.reference.text()) == ("Register", "R-004")
    page = shown(window, qtbot)
    qtbot.mouseClick(named(page.editor._boards)[0], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    screen = window.current_screen
    assert screen.page is screen.boards
    assert screen.boards.editor.record.short == "HWBB"


def reassigning(qtbot: QtBot, page: Any) -> ReassignDialog:
    qtbot.mouseClick(page.editor.reassign, Qt.MouseButton.LeftButton)
    dialog: ReassignDialog = page.editor.findChild(ReassignDialog)
    activate(qtbot, dialog)
    return dialog


def test_all_that_somebody_holds_goes_to_another_as_one_edit_and_undo_takes_it_back(
    window: Window, qtbot: QtBot
) -> None:
    page = shown(window, qtbot)
    before, leaving = window.desk.book, person(window)
    dialog = reassigning(qtbot, page)
    assert {tick.text() for tick in dialog.posts.values()} == {
        "Member of 2 boards",
        "Lead of 3 outcomes",
        "Lead of 1 milestone",
        "Lead of 1 theme",
        "Owner of 1 step",
        "Owner of 3 risks",
        "Owner of 2 controls",
        "Owner of 2 actions",
    }
    assert dialog.button.text() == "Give over 15 records"
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert "Choose who takes over from Director of Children's Services" in dialog._problem.text()
    line = dialog.to.lineEdit()
    assert line
    replace_text(qtbot, line, "Assistant Director, SEND")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    book = window.desk.book
    assert held(book, leaving.id) == {}
    assert book.get(Person, leaving.id).left_on == window.desk.today()
    assert book.get(Risk, risk(window, "R-004").id).owner == person(window, "Assistant Director, SEND").id
    window.menus.undo.trigger()
    settle(qtbot, window)
    assert window.desk.book == before


def test_only_what_is_ticked_goes_over_to_somebody_new(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    dialog = reassigning(qtbot, page)
    for post, tick in dialog.posts.items():
        tick.setChecked(post.kind is Action)
    dialog.leaves.setChecked(False)
    assert dialog.button.text() == "Give over 2 records"
    line = dialog.to.lineEdit()
    assert line
    replace_text(qtbot, line, "Grace Hopper")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    grace = next(item for item in window.desk.book.all(Person) if item.name == "Grace Hopper")
    assert len(window.desk.book.where(Action, "owner", grace.id)) == 2
    assert person(window).left_on is None
    assert risk(window, "R-004").owner == person(window).id
    assert window.findChild(ReassignDialog) is None


def test_a_day_that_is_none_is_refused_and_stays(window: Window, qtbot: QtBot) -> None:
    dialog = reassigning(qtbot, shown(window, qtbot))
    dialog.left_on.setText("Friday")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert "“Friday” is no date" in dialog._problem.text()
    assert dialog.left_on.text() == "Friday"
    assert dialog.button.isEnabled()


def test_the_reassigning_works_by_keyboard_alone(window: Window, qtbot: QtBot) -> None:
    dialog = reassigning(qtbot, shown(window, qtbot))
    line = dialog.to.lineEdit()
    assert line
    assert dialog.to.hasFocus()
    qtbot.keyClicks(line, "SEND Programme Manager")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter in the field chooses there"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert held(window.desk.book, person(window).id) == {}


def test_a_colleagues_edit_leaves_a_name_being_typed_alone(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    replace_text(qtbot, page.editor.title, "Ada")
    window.desk.run(edit_risk(risk(window), title="Changed"))
    window.desk.run(edit_person(person(window), email="a@example.org"))
    settle(qtbot, window)
    assert page.editor.title.hasFocus()
    assert page.editor.title.value() == "Ada"
    assert page.editor.email.text() == "a@example.org"


def test_organisations_list_their_people_and_one_in_use_is_not_removed(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Governance")
    forum = next(item for item in window.desk.book.all(Organisation) if item.short == "PCF")
    screen.show_record(forum)
    settle(qtbot, window)
    page = screen.organisations
    assert [row.accessibleName() for _, row in page.editor._people._shown] == ["Parent Carer Forum co-chair"]
    page.editor._on_remove_asked()
    settle(qtbot, window)
    assert "PCF is still used: organisation of person Parent Carer Forum co-chair" in window._notices.text
    assert window.desk.book.find(Organisation, forum.id)


def accountable(window: Window, qtbot: QtBot) -> Any:
    screen: Any = window.go_to("Governance")
    screen.tabs.setCurrentWidget(screen.accountable)
    settle(qtbot, window)
    return screen.accountable


def cells(page: Any) -> dict[str, dict[str, str]]:
    """What the table shows, by reference and column."""
    keys = [column.key for column in page.model.columns]
    rows = [
        {key: page.model.index(row, place).data() for place, key in enumerate(keys)}
        for row in range(page.model.rowCount())
    ]
    return {row["label"]: row for row in rows}


def test_one_table_says_of_every_item_who_answers_who_does_it_and_who_sees_it(window: Window, qtbot: QtBot) -> None:
    page = accountable(window, qtbot)
    found = cells(page)
    assert {row["kind"] for row in found.values()} == {kind.called.capitalize() for kind in ITEMS}
    assert (found["R-001"]["accountable"], found["R-001"]["boards"]) == ("Alliance Director", "SEND Board")
    assert found["Outcome 1.4"]["accountable"].startswith("Cabinet Member")
    assert found["Outcome 1.4"]["doers"] == "Director of Children's Services"


def test_the_gaps_are_a_click_away_and_go_once_they_are_mended(window: Window, qtbot: QtBot) -> None:
    page = accountable(window, qtbot)
    page.filters.set("gaps", ["on"])
    settle(qtbot, window)
    assert cells(page)["SEND Board"]["gap"] == "Headteacher representative, a member, has left"
    number = page.model.rowCount()
    now = risk(window, "R-003")
    window.desk.run(edit_risk(now, owner=None))
    settle(qtbot, window)
    assert cells(page)["R-003"]["gap"] == "no owner"
    window.go_to("Overview")
    window.menus.undo.trigger()
    settle(qtbot, window)
    page = accountable(window, qtbot)
    assert page.model.rowCount() == number, "what changed while nobody looked is shown"


@pytest.mark.parametrize(("reference", "title"), [("R-001", "Register"), ("A-003", "Actions"), ("WS AP", "Governance")])
def test_enter_goes_to_the_record(window: Window, qtbot: QtBot, reference: str, title: str) -> None:
    page = accountable(window, qtbot)
    page.filters.search.setText(reference)
    settle(qtbot, window)
    row = next(row for row in range(page.model.rowCount()) if page.model.index(row, 1).data() == reference)
    page.table.choose(page.model.id_at(row))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current_screen
    assert window.current_screen.title == title


def test_what_can_not_be_kept_is_asked_about_before_closing(window: Window, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    page.editor.left_on.setText("soon")
    page.editor.keep()
    settle(qtbot, window)
    assert window._unsaved() == ["Director of Children's Services, left on: soon"]


def test_a_reader_is_offered_nothing_that_would_be_refused(new_window: Opened, window: Window, qtbot: QtBot) -> None:
    reader = new_window(window.desk.path, who="Pat")
    page = shown(reader, qtbot)
    assert page.editor.title.isReadOnly()
    assert not page.editor.reassign.isEnabled()
    assert not button(page, "New person").isEnabled()


def test_a_day_on_which_somebody_leaves_later_is_no_gap_yet(window: Window, qtbot: QtBot) -> None:
    day = window.desk.today() + timedelta(days=30)
    window.desk.run(edit_person(person(window), left_on=day))
    settle(qtbot, window)
    assert not any("Children's Services" in row["gap"] for row in cells(accountable(window, qtbot)).values())


def test_who_has_left_is_said_wherever_an_owner_is_chosen(window: Window, qtbot: QtBot) -> None:
    screen: Any = window.go_to("Actions")
    window.desk.run(edit_person(person(window), left_on=window.desk.today()))
    settle(qtbot, window)
    window.show_record(next(item for item in window.desk.book.all(Action) if item.owner == person(window).id))
    settle(qtbot, window)
    assert screen.editor.owner.currentText() == "Director of Children's Services (left)"
    screen.editor.owner.take_typed()
    assert screen.editor.owner.value() == person(window).id
