import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_register.domain.action import Action
from risk_register.domain.commands.action import edit_action
from risk_register.domain.commands.edits import Unchanged
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Refused
from risk_register.domain.tags import MOST, as_tags, bears, in_use, read_tags
from tests.making import Made


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("inspection, winter plan", ("inspection", "winter plan")),
        ("#Inspection;  inspection ,, INSPECTION", ("Inspection",)),
        ("café, Cafe", ("café",)),
        (" , ; #", ()),
    ],
)
def test_tags_are_read_between_commas_each_once(typed: str, tags: tuple[str, ...]) -> None:
    assert read_tags(typed) == tags


@given(st.text())
def test_tags_that_are_shown_are_read_again(typed: str) -> None:
    tags = read_tags(typed)
    assert read_tags(", ".join(tags)) == tags == as_tags(tags)


def test_tags_in_use_are_listed_once_by_the_alphabet_and_found_whatever_their_case() -> None:
    assert in_use([("winter", "Inspection"), ("inspection",), ()]) == ["Inspection", "winter"]
    assert bears(("Inspection",), ["INSPECTION", "other"])
    assert not bears((), ["other"])


def test_risks_and_actions_bear_tags_and_the_same_again_is_no_edit(made: Made) -> None:
    edit = made.run(edit_risk(made.now(), tags=("Inspection", "#inspection", "winter plan")))
    assert edit.label == "Changed tags of R-001"
    assert made.now().tags == ("Inspection", "winter plan")
    with pytest.raises(Unchanged):
        made.run(edit_risk(made.now(), tags=("Inspection", "winter plan")))
    made.run(edit_action(made.now_action(), tags=("winter plan",)))
    assert made.register.book.get(Action, made.action).tags == ("winter plan",)


def test_tags_too_long_or_too_many_are_refused_with_a_sentence(made: Made) -> None:
    with pytest.raises(Refused, match="is 41 characters long; at most 40 fit"):
        made.run(edit_risk(made.now(), tags=("x" * 41,)))
    with pytest.raises(Refused, match="would bear 21 tags; at most 20 fit"):
        made.run(edit_risk(made.now(), tags=tuple(f"tag {number}" for number in range(MOST + 1))))
