import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_register.domain.kinds import KINDS
from risk_register.domain.record import Record, from_plain, hints, merge_groups, references, specs, to_plain, values
from risk_register.hub.schema import _FORMS
from tests.making import NUMBERS, records_of


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@given(data=st.data())
def test_every_field_comes_back_from_json_exactly(kind: type[Record], data: st.DataObject) -> None:
    record = data.draw(records_of(kind))
    told = json.loads(json.dumps({name: to_plain(value) for name, value in values(record).items()}))
    back: dict[str, Any] = {name: from_plain(hints(kind)[name], value) for name, value in told.items()}
    assert kind(**back) == record


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_field_is_in_just_one_merge_group_and_refers_to_a_known_kind(kind: type[Record]) -> None:
    grouped = [name for names in merge_groups(kind).values() for name in names]
    assert sorted(grouped) == sorted(specs(kind))
    assert set(references(kind).values()) <= set(KINDS)


def test_what_stands_for_nothing_of_a_type_is_an_error() -> None:
    with pytest.raises((KeyError, ValueError)):
        from_plain(hints(KINDS["Risk"])["status"], "sleeping")


@given(number=NUMBERS, places=st.integers(0, 4))
def test_equal_decimals_have_one_form_that_the_hub_takes(number: Decimal, places: int) -> None:
    """Two who typed 45.5 and 45.50 said the same: the journal and the hub compare text."""
    told = to_plain(number)
    assert to_plain(Decimal(f"{number:f}" + ("" if "." in f"{number:f}" else ".") + "0" * places)) == told
    assert Decimal(told) == number
    assert re.search(_FORMS[Decimal][1], told)
