from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from risk_register.domain import views
from risk_register.domain.action import Action
from risk_register.domain.audience import Audience
from risk_register.domain.change import undo
from risk_register.domain.commands.custom_field import (
    add_field,
    edit_field,
    fill_field,
    give_value,
    remove_field,
)
from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.custom_field import About, ActionValue, CustomField, FieldType, RiskValue
from risk_register.domain.errors import Conflict, Refused
from risk_register.domain.fields import fields_of, shown_value, sort_value, value_of, values_in_use
from risk_register.domain.risk import Risk
from risk_register.store import sharing
from risk_register.store.register import Register
from tests.making import Made, first_id


def field(made: Made, name: str = "Inspection finding", **values: Any) -> CustomField:
    edit = made.run(add_field(programme=made.programme, name=name, **values))
    return made.register.book.get(CustomField, first_id(edit))


def fill(made: Made, of: CustomField, text: str) -> None:
    made.run(fill_field(value_of(made.register.book, made.now(), of.id), text=text))


def shown(made: Made, of: CustomField) -> str:
    return shown_value(made.register.book, made.now(), of)


@pytest.mark.parametrize(
    ("holds", "typed", "kept", "reads"),
    [
        (FieldType.text, "  two  words ", "two words", "two words"),
        (FieldType.number, "1,234.50", "1234.5", "1,234.5"),
        (FieldType.day, "24 Nov 2026", "2026-11-24", "24 Nov 2026"),
        (FieldType.choice, "area for IMPROVEMENT", "Area for improvement", "Area for improvement"),
    ],
)
def test_a_field_is_filled_kept_in_one_form_and_read_as_people_write_it(
    made: Made, holds: FieldType, typed: str, kept: str, reads: str
) -> None:
    item = field(made, holds=holds, choices=("Priority action", "Area for improvement"))
    fill(made, item, typed)
    assert value_of(made.register.book, made.now(), item.id).text == kept
    assert shown(made, item) == reads
    assert values_in_use(made.register.book, Risk, item) == [reads]
    assert next(iter(made.register.history())).edit.label == "Set Inspection finding of R-001"


def test_a_value_is_changed_cleared_given_again_and_all_is_taken_back(made: Made, tmp_path: Path) -> None:
    item = field(made)
    before = made.register.book
    fill(made, item, "one")
    fill(made, item, "two")
    fill(made, item, " ")
    assert made.register.book == before
    with pytest.raises(Unchanged):
        fill(made, item, "")
    fill(made, item, "three")
    made.run(give_value(field=field(made, "Funding", about=About.actions).id, action=made.action, text="DSG"))
    whole = made.register.book
    removed = made.run(remove_field(item))
    assert not made.register.book.count(RiskValue)
    made.run(undo(removed))
    assert made.register.book == whole
    made.register.close()
    with Register.open(tmp_path / "programme.riskreg") as again:
        assert again.book == whole
        assert not list(again.problems())


@pytest.mark.parametrize(
    ("holds", "typed", "says"),
    [
        (FieldType.number, "some", "Inspection finding: “some” is no number"),
        (FieldType.day, "soon", "Inspection finding: “soon” is no date"),
        (FieldType.choice, "none", "“none” is none of its choices. Choose one of A, B"),
    ],
)
def test_what_a_field_can_not_hold_is_refused_with_a_sentence(
    made: Made, holds: FieldType, typed: str, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        fill(made, field(made, holds=holds, choices=("A", "B")), typed)


def test_a_field_is_not_changed_so_that_what_stands_in_it_does_not_fit(made: Made) -> None:
    item = field(made, holds=FieldType.choice, choices=("A", "B"))
    fill(made, item, "A")
    with pytest.raises(Refused, match="R-001 holds “A” in Inspection finding, which would not fit any more"):
        made.run(edit_field(item, choices=("B", "C")))
    with pytest.raises(Refused, match="R-001 holds “A” in Inspection finding, which would not fit any more"):
        made.run(edit_field(item, holds=FieldType.number))
    with pytest.raises(Refused, match="Clear that first, or let it belong to both"):
        made.run(edit_field(item, about=About.actions))
    made.run(edit_field(item, choices=("A", "C", "c"), about=About.both))
    assert made.register.book.get(CustomField, item.id).choices == ("A", "C")
    with pytest.raises(Refused, match="Another field is called"):
        field(made, "inspection FINDING")


def test_a_value_that_somebody_has_set_meanwhile_is_not_overwritten(made: Made) -> None:
    item = field(made)
    seen = value_of(made.register.book, made.now(), item.id)
    made.run(fill_field(seen, text="theirs"))
    with pytest.raises(Conflict):
        made.run(fill_field(seen, text="mine"))
    with pytest.raises(Conflict, match="to “theirs” meanwhile"):
        made.run(fill_field(replace(seen, text="what I saw"), text=""))
    assert shown(made, item) == "theirs"


def test_two_copies_that_fill_the_same_field_have_one_value_and_a_conflict(made: Made, tmp_path: Path) -> None:
    item = field(made)
    copy = copyfile(made.register.path, tmp_path / "copy.riskreg")
    fill(made, item, "mine")
    with Register.open(copy) as other:
        other.run(fill_field(value_of(other.book, other.book.get(Risk, made.risk), item.id), text="theirs"), who="Pat")
    sharing.merge(made.register, copy)
    assert shown(made, item) == "mine"
    (conflict,) = made.register.conflicts()
    assert conflict.title == "Given by two at once: value of a field"
    assert conflict.happened == "Two people gave the value of a field"
    assert conflict.beside.record == replace(value_of(made.register.book, made.now(), item.id), text="theirs")


def test_what_stands_in_a_field_of_a_restricted_risk_is_hidden_with_it(made: Made) -> None:
    item = field(made, about=About.both)
    fill(made, item, "secret")
    made.run(give_value(field=item.id, action=made.action, text="open"))
    made.run(edit_risk(made.now(), audience=Audience.restricted))
    seen = views.for_audience(made.register.book, Audience.partners)
    assert not seen.count(RiskValue)
    assert not seen.count(ActionValue), "the action serves that risk alone"


def test_numbers_and_days_are_ordered_by_what_they_are_and_what_is_not_filled_has_no_place(made: Made) -> None:
    item = field(made, holds=FieldType.number)
    for risk, text in ((made.risk, "9"), (made.other, "10")):
        made.run(give_value(field=item.id, risk=risk, text=text))
    book = made.register.book
    assert values_in_use(book, Risk, item) == ["9", "10"]
    assert sort_value(book, book.get(Action, made.action), item) is None
    assert fields_of(book, made.programme, Risk) == [item]
    assert fields_of(book, made.programme, Action) == []
