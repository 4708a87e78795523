from risk_register.domain.reference import in_order, is_reference, number_of


def test_the_number_in_a_reference_is_found_and_other_references_have_none() -> None:
    assert number_of("R-012", "R") == 12
    assert number_of("r-012", "R") == 12
    assert number_of("FIN-012", "R") == 0
    assert number_of("R-twelve", "R") == 0
    assert number_of("R-20261124", "R") == 0, "a date, and no number to count on from"


def test_references_sort_by_their_numbers() -> None:
    told = ["R-1000", "R-101", "FIN-2", "R-9", "X", "12"]
    assert sorted(told, key=in_order) == ["12", "FIN-2", "R-9", "R-101", "R-1000", "X"]


def test_a_reference_is_short_and_of_plain_signs() -> None:
    assert all(is_reference(text) for text in ("R-001", "FIN/2026.1", "Ä_1", "x" * 30))
    assert not any(is_reference(text) for text in ("", "a b", "R;1", "x" * 31, "R-1\n"))
