from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from risk_register.domain.change import undo
from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.commands.measure import (
    add_measure,
    add_reading,
    edit_expected,
    edit_measure,
    edit_reading,
    expect_value,
    remove_expected,
    remove_measure,
    remove_reading,
    take_readings,
)
from risk_register.domain.errors import Conflict, Refused
from risk_register.domain.measure import ExpectedValue, Measure, Reading
from risk_register.store.register import Register
from tests.making import Made, first_id

SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)


@pytest.fixture
def measure(made: Made) -> Measure:
    edit = made.run(add_measure(programme=made.programme, name=" EHC plans  within 20 weeks ", board=made.board))
    return made.register.book.get(Measure, first_id(edit))


def readings(made: Made) -> dict[date, Decimal]:
    return {item.on: item.value for item in made.register.book.all(Reading)}


def test_a_measure_is_kept_changed_and_removed_with_its_parts_and_all_of_it_comes_back(
    made: Made, measure: Measure, tmp_path: Path
) -> None:
    assert measure.name == "EHC plans within 20 weeks"
    made.run(edit_measure(measure, target=Decimal("90.50"), target_on=date(2027, 7, 31)))
    made.run(add_reading(measure=measure.id, on=OCTOBER, value=Decimal("45.5"), note="After the backlog"))
    made.run(expect_value(measure=measure.id, on=date(2027, 1, 31), value=Decimal(60)))
    whole = made.register.book
    removed = made.run(remove_measure(measure))
    assert removed.label == "Removed the measure “EHC plans within 20 weeks”"
    assert not any(made.register.book.count(kind) for kind in (Measure, Reading, ExpectedValue))
    made.run(undo(removed))
    assert made.register.book == whole
    made.register.close()
    with Register.open(tmp_path / "programme.riskreg") as again:
        assert again.book == whole
        assert again.book.get(Measure, measure.id).target == Decimal("90.5")
        assert not list(again.problems())


def test_a_day_has_one_reading(made: Made, measure: Measure) -> None:
    made.run(add_reading(measure=measure.id, on=OCTOBER, value=Decimal(45)))
    with pytest.raises(Refused, match="has a reading of 31/10/2026 already: 45 %"):
        made.run(add_reading(measure=measure.id, on=OCTOBER, value=Decimal(46)))


def test_pasted_readings_are_added_corrected_or_left_in_one_edit(made: Made, measure: Measure) -> None:
    made.run(add_reading(measure=measure.id, on=SEPTEMBER, value=Decimal(40)))
    column = {date(2026, 8, 31): Decimal(38), SEPTEMBER: Decimal(41), OCTOBER: Decimal(45)}
    edit = made.run(take_readings(measure=measure.id, readings=column))
    assert edit.label == "Added 2 readings and corrected 1 of “EHC plans within 20 weeks”"
    assert readings(made) == column
    with pytest.raises(Unchanged):
        made.run(take_readings(measure=measure.id, readings=column))
    made.run(undo(edit))
    assert readings(made) == {SEPTEMBER: Decimal(40)}


def test_readings_and_expected_values_are_corrected_and_removed(made: Made, measure: Measure) -> None:
    made.run(add_reading(measure=measure.id, on=OCTOBER, value=Decimal(54)))
    reading = next(made.register.book.all(Reading))
    edit = made.run(edit_reading(reading, value=Decimal(45)))
    assert edit.label == "Changed value of the reading of 31/10/2026 of “EHC plans within 20 weeks”"
    with pytest.raises(Conflict):
        made.run(edit_reading(reading, value=Decimal(44)))
    made.run(remove_reading(made.register.book.get(Reading, reading.id)))
    assert readings(made) == {}
    made.run(expect_value(measure=measure.id, on=OCTOBER, value=Decimal(50)))
    point = next(made.register.book.all(ExpectedValue))
    with pytest.raises(Refused, match="an expected value for 31/10/2026 already"):
        made.run(expect_value(measure=measure.id, on=OCTOBER, value=Decimal(51)))
    made.run(edit_expected(point, value=Decimal(52)))
    made.run(remove_expected(made.register.book.get(ExpectedValue, point.id)))
    assert not made.register.book.count(ExpectedValue)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"target": "ninety"}, "“ninety” is no number"),
    ({"target": Decimal("1.1234567")}, "too many digits"),
    ({"target": Decimal("NaN")}, "too many digits"),
    ({"target": Decimal("1E+15")}, "too many digits"),
    ({"name": ""}, "Measure is empty"),
    ({"baseline_on": date(2027, 8, 1), "target_on": date(2027, 7, 31)}, "not after its baseline"),
]


@pytest.mark.parametrize(("values", "says"), WRONG)
def test_what_can_not_be_is_refused_with_a_sentence(
    made: Made, measure: Measure, values: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        made.run(edit_measure(measure, **values))


def test_a_reading_of_a_day_to_come_is_refused(made: Made, measure: Measure) -> None:
    with pytest.raises(Refused, match="still to come"):
        made.run(add_reading(measure=measure.id, on=date(2099, 1, 1), value=Decimal(1)))
