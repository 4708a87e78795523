import json
from types import SimpleNamespace
from typing import Any

import pytest

from risk_register.domain.ids import new_id
from risk_register.domain.merge import NEW
from risk_register.domain.record import to_plain, values
from risk_register.domain.risk import Risk
from risk_register.store import journal
from risk_register.store.rows import Unreadable
from tests.making import RAISED

RISK = Risk(id=new_id(), programme=new_id(), reference="R-001", title="Old", cause="because", raised_on=RAISED)


def entry(field: str, value: Any) -> Any:
    return SimpleNamespace(kind="Risk", record=RISK.id, field=field, value=json.dumps(value))


def told(**more: Any) -> dict[str, Any]:
    return {name: to_plain(value) for name, value in values(RISK).items()} | more


def test_entries_tell_what_they_set_by_field_so_that_groups_may_be_drawn_otherwise() -> None:
    entries = [entry(NEW, told()), entry("title", {"title": "New", "cause": "since then in one group"})]
    (found,) = journal.replayed(entries).values()
    assert (found.title, found.cause) == ("New", "since then in one group")  # type: ignore[attr-defined]


def test_a_field_that_has_come_since_has_its_default_and_one_that_is_no_more_is_left_out() -> None:
    plain = told(formerly="x")
    del plain["effect"]
    (found,) = journal.replayed([entry(NEW, plain)]).values()
    assert found == RISK


@pytest.mark.parametrize("value", [{"raised_on": "soon"}, {"status": "nonsense"}, {"owner": "nobody"}, 3])
def test_an_entry_that_can_not_be_read_is_told_as_such(value: Any) -> None:
    with pytest.raises(Unreadable):
        journal.replayed([entry(NEW, told()), entry("status", value)])
