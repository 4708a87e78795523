"""What is said of conflicts: in lists, lines and reports."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from risk_register.domain.action import Action
from risk_register.domain.commands.conflict import keep_all, use_all, use_beside
from risk_register.domain.commands.control import add_control
from risk_register.domain.conflict import OpenConflict, Side, by_record, home, subject, warning
from risk_register.domain.control import Control
from risk_register.domain.ids import new_id
from risk_register.domain.merge import GONE, NEW
from risk_register.domain.record import Record
from risk_register.domain.risk import Risk
from tests.making import Made, first_id

WHEN = datetime(2026, 11, 3, 10, 15, tzinfo=UTC)


def conflict(now: Any, field: str, other: Record | None) -> OpenConflict:
    record = now or other
    assert record
    return OpenConflict(
        type(record),
        record.id,
        record.label,
        field,
        (new_id(),),
        Side("now", now, "Ann", WHEN),
        Side("other", other, "Pat", WHEN),
    )


def about_title(made: Made) -> OpenConflict:
    return conflict(made.now(), "title", replace(made.now(), title="Theirs"))


def control_of(made: Made) -> Control:
    id = first_id(made.run(add_control(risk=made.risk, description="A call")))
    return made.register.book.get(Control, id)


def test_what_happened_is_said_in_a_few_words(made: Made) -> None:
    risk, control = made.now(), control_of(made)
    assert about_title(made).happened == "Two people changed the title"
    assert conflict(risk, GONE, None).happened == "Somebody removed the risk while somebody else changed it"
    assert conflict(None, "description", control).happened.endswith("of a control that somebody else removed")
    assert conflict(None, NEW, control).happened == "Somebody added a control to what somebody else removed"


def test_a_list_names_what_is_disputed(made: Made) -> None:
    assert about_title(made).title == "Title"
    assert conflict(made.now(), "status", made.now()).title == "Status, closed and reason for closing"
    assert conflict(made.now(), GONE, None).title == "Removed by one, changed by the other"
    assert conflict(None, NEW, control_of(made)).title == "Added to what was removed: control"


def test_a_control_is_known_by_its_risk(made: Made) -> None:
    control = control_of(made)
    found = conflict(control, "description", replace(control, description="Theirs"))
    assert home(found, made.register.book) == made.now()
    assert subject(found, made.register.book) == "Control of R-001  ICB reorganisation"
    assert set(by_record([found], made.register.book)) == {control.id, made.risk}


def test_a_record_that_is_gone_is_known_by_itself(made: Made) -> None:
    gone = replace(made.now(), id=new_id(), reference="R-099")
    found = conflict(None, "title", gone)
    assert home(found, made.register.book) == gone
    assert subject(found, made.register.book) == "R-099  ICB reorganisation"


def test_a_report_names_the_conflicts_of_its_programme(made: Made) -> None:
    action = made.now_action()
    both = [about_title(made), conflict(action, "owner", replace(action, owner=made.owner))]
    told = warning(both, made.register.book, made.programme)
    assert told == "2 conflicts wait to be settled: R-001 title and A-001 owner. What stands is shown."
    assert warning(both[:1], made.register.book, made.programme).startswith("1 conflict waits to be settled: R-001")
    assert "4 more" in warning([about_title(made)] * 10, made.register.book, made.programme)
    assert warning(both, made.register.book, new_id()) == ""
    assert warning([], made.register.book, made.programme) == ""


def test_a_control_is_of_the_programme_of_its_risk(made: Made) -> None:
    control = control_of(made)
    found = [conflict(control, "description", replace(control, description="Theirs"))]
    assert "R-001 control" in warning(found, made.register.book, made.programme)


def test_using_the_other_changes_only_what_is_disputed(made: Made) -> None:
    other = replace(made.now(), title="Theirs", cause="as it was when one looked")
    edit = use_beside(conflict(made.now(), "title", other))(made.register.book)
    assert [change.fields for change in edit.changes] == [("title",)]


def test_all_of_one_record_are_one_change_and_all_losers_are_settled(made: Made) -> None:
    now = made.now()
    both = [about_title(made), conflict(now, "cause", replace(now, cause="theirs"))]
    edit = use_all(both)(made.register.book)
    assert [change.fields for change in edit.changes] == [("title", "cause")]
    assert edit.settles == keep_all(both)(made.register.book).settles == both[0].losers + both[1].losers
    assert keep_all(both)(made.register.book).changes == ()


def test_kinds_that_people_know_by_number_are_their_own_home(made: Made) -> None:
    for found in (about_title(made), conflict(made.now_action(), "title", made.now_action())):
        assert isinstance(home(found, made.register.book), Risk | Action)
