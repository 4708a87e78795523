from typing import Any

import pytest

from risk_register.domain.change import undo
from risk_register.domain.commands.custom_field import add_field
from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.commands.pasted import take_pasted
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Conflict, Refused
from risk_register.domain.fields import value_of
from risk_register.domain.pasted import Pasted, read_pasted
from risk_register.domain.risk import Response, Risk
from risk_register.domain.views import shown
from risk_register.store.register import Register
from tests.making import TODAY, Made, first_id


def pasted(made: Made, *rows: str) -> Pasted:
    book = made.register.book

    def text(record: Any, key: str) -> str:
        return shown(book, record, key)

    return read_pasted(book, Risk, made.programme, [row.split("|") for row in rows], {}, text)


def by_reference(made: Made) -> dict[str, Risk]:
    return {risk.reference: risk for risk in made.register.book.all(Risk)}


def test_rows_are_taken_as_one_edit_and_one_undo_and_are_there_at_the_next_start(made: Made) -> None:
    field = first_id(made.run(add_field(programme=made.programme, name="Site")))
    before = made.register.book
    rows = pasted(
        made, "Reference|Title|Site", "R-001|Changed|Hull", "R-002|AP not represented|Goole", "|New|Hull", "|Newer|"
    )
    edit = made.run(take_pasted(rows, on=TODAY, why="The workshop's list"))
    assert (edit.label, edit.why) == ("Pasted rows: changed 2 risks and added 2 risks", "The workshop's list")
    found = by_reference(made)
    assert [found[name].title for name in ("R-001", "R-003", "R-004")] == ["Changed", "New", "Newer"]
    assert found["R-003"].raised_on == TODAY
    sites = [value_of(made.register.book, found[name], field).text for name in ("R-001", "R-002", "R-003", "R-004")]
    assert sites == ["Hull", "Goole", "Hull", ""]
    made.register.close()
    with Register.open(made.register.path, who="me") as again:
        assert again.book == made.register.book
        again.run(undo(edit), who="me")
        assert again.book == before


def test_what_a_colleague_has_changed_since_is_left_out_and_told(made: Made) -> None:
    rows = pasted(made, "Reference|Title|Tags", "R-001|Mine|winter")
    made.run(edit_risk(made.now(), title="Theirs"), who="Pat")
    edit = made.run(take_pasted(rows, on=TODAY))
    assert (made.now().title, made.now().tags) == ("Theirs", ("winter",))
    assert [(item.field, item.who) for item in edit.stale] == [("title", "Pat")]


def test_where_all_is_stale_nothing_is_kept_and_where_all_is_so_already_it_says_so(made: Made) -> None:
    rows = pasted(made, "Reference|Title", "R-001|Mine")
    made.run(edit_risk(made.now(), title="Theirs"), who="Pat")
    with pytest.raises(Conflict, match="title of R-001"):
        made.run(take_pasted(rows, on=TODAY))
    made.run(edit_risk(made.now(), title="Mine"), who="Pat")
    with pytest.raises(Unchanged):
        made.run(take_pasted(rows, on=TODAY))


def test_a_rule_that_one_row_breaks_is_told_with_its_risk_and_nothing_is_kept(made: Made) -> None:
    before = made.register.book
    rows = pasted(
        made, "Reference|Response|Title", "R-001|Reduce|Changed", f"R-002|{Response.exploit.value}|Changed too"
    )
    with pytest.raises(Refused, match=r"^R-002: "):
        made.run(take_pasted(rows, on=TODAY))
    assert made.register.book == before
