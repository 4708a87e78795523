from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from risk_register.domain.book import Book
from risk_register.domain.change import Change
from risk_register.domain.ids import new_id
from risk_register.domain.risk import Risk
from tests.making import RAISED

PROGRAMMES = [new_id(), new_id()]
IDS = [new_id() for _ in range(8)]


def risk(id: UUID, programme: UUID, number: int) -> Risk:
    return Risk(id=id, programme=programme, reference=f"R-{number:03}", title=f"Risk {number}", raised_on=RAISED)


STEPS = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(["put", "drop"]), st.sampled_from(PROGRAMMES), st.integers(1, 9)),
    max_size=90,
)


@given(STEPS)
def test_an_index_kept_through_edits_answers_as_one_made_anew(steps: list[tuple[UUID, str, UUID, int]]) -> None:
    book = Book()
    book.where(Risk, "programme", PROGRAMMES[0])  # so that there is an index to keep
    book.where(Risk, "reference", "R-001")
    plain: dict[UUID, Risk] = {}
    for id, verb, programme, number in steps:
        before = plain.get(id)
        after = None if verb == "drop" else risk(id, programme, number)
        if before is None and after is None:
            continue
        book = book.apply([Change(before, after)])
        plain.pop(id, None)
        if after:
            plain[id] = after
    for field, value in [("programme", PROGRAMMES[0]), ("programme", PROGRAMMES[1]), ("reference", "R-001")]:
        expected = {item.id for item in plain.values() if getattr(item, field) == value}
        assert {item.id for item in book.where(Risk, field, value)} == expected
    assert book == Book(plain.values())


def test_applying_an_edit_leaves_the_book_it_was_applied_to_alone() -> None:
    first = risk(IDS[0], PROGRAMMES[0], 1)
    book = Book([first])
    later = book.apply([Change(first, replace(first, title="Renamed"))])
    assert book.get(Risk, first.id).title == "Risk 1"
    assert later.get(Risk, first.id).title == "Renamed"


def test_a_number_once_given_is_never_given_again() -> None:
    first = risk(IDS[0], PROGRAMMES[0], 7)
    gone = Book([first]).apply([Change(first, None)])
    assert gone.numbers[PROGRAMMES[0], "R"] == 7
