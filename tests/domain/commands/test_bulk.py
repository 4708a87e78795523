from datetime import date

import pytest

from risk_register.domain.change import undo
from risk_register.domain.commands.bulk import edit_all
from risk_register.domain.commands.custom_field import add_field, give_value
from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Conflict, Refused
from risk_register.domain.fields import value_of
from risk_register.domain.risk import Proximity, Risk
from tests.making import Made, first_id


def both(made: Made) -> list[Risk]:
    return [made.register.book.get(Risk, id) for id in (made.risk, made.other)]


def test_several_get_the_same_as_one_edit_and_one_undo(made: Made) -> None:
    before = made.register.book
    edit = made.run(edit_all(both(made), edit_risk, why="Agreed", proximity=Proximity.imminent, board=made.board))
    assert edit.label == "Changed proximity and overseen by of 2 risks"
    assert edit.why == "Agreed"
    assert {(risk.proximity, risk.board) for risk in both(made)} == {(Proximity.imminent, made.board)}
    made.run(undo(edit))
    assert made.register.book == before


def test_those_that_are_so_already_are_left_alone(made: Made) -> None:
    made.run(edit_risk(made.now(), proximity=Proximity.imminent))
    edit = made.run(edit_all(both(made), edit_risk, proximity=Proximity.imminent))
    assert edit.label == "Changed proximity of 1 risk"
    with pytest.raises(Unchanged):
        made.run(edit_all(both(made), edit_risk, proximity=Proximity.imminent))


def test_what_a_colleague_has_changed_since_is_left_out_and_told(made: Made) -> None:
    seen = both(made)
    made.run(edit_risk(made.now(), proximity=Proximity.within_year), who="Pat")
    edit = made.run(edit_all(seen, edit_risk, proximity=Proximity.imminent))
    assert [(item.id, item.who) for item in edit.stale] == [(made.risk, "Pat")]
    assert [risk.proximity for risk in both(made)] == [Proximity.within_year, Proximity.imminent]


def test_where_all_were_changed_since_it_says_so_and_keeps_nothing(made: Made) -> None:
    seen = both(made)
    for risk in seen:
        made.run(edit_risk(risk, proximity=Proximity.within_year), who="Pat")
    with pytest.raises(Conflict, match="proximity of R-001"):
        made.run(edit_all(seen, edit_risk, proximity=Proximity.imminent))


def test_what_one_of_them_may_not_be_is_refused_for_all(made: Made) -> None:
    with pytest.raises(Refused):
        made.run(edit_all(both(made), edit_risk, raised_on=date(1900, 1, 1)))
    assert {risk.raised_on.year for risk in both(made)} == {2026}


def test_tags_are_added_to_and_taken_from_what_each_has(made: Made) -> None:
    made.run(edit_risk(made.now(), tags=("winter", "Old")))
    edit = made.run(edit_all(both(made), edit_risk, add_tags=("new",), remove_tags=("old",)))
    assert [risk.tags for risk in both(made)] == [("winter", "new"), ("new",)]
    assert edit.label == "Changed tags of 2 risks"


def test_a_field_of_the_programmes_own_is_filled_and_what_a_colleague_put_there_stays(made: Made) -> None:
    field = first_id(made.run(add_field(programme=made.programme, name="Site")))
    seen = both(made)
    held = [value_of(made.register.book, risk, field) for risk in seen]
    made.run(give_value(field=field, text="Goole", risk=made.risk), who="Pat")
    filled = [(value, "Hull") for value in held]
    edit = made.run(edit_all(seen, edit_risk, filled=filled, proximity=Proximity.imminent))
    assert [value_of(made.register.book, risk, field).text for risk in seen] == ["Goole", "Hull"]
    assert edit.label == "Changed proximity and Site of 2 risks"
    assert [item.who for item in edit.stale] == ["Pat"]
