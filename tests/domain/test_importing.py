import pytest

from risk_register.domain.importing import level
from risk_register.domain.matrix import npsa_matrix

LIKELIHOODS = npsa_matrix().likelihoods


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("4", 4),
        ("4.0", 4),
        ("Likely", 4),
        ("4 - Likely", 4),
        ("4 (likely to happen)", 4),
        ("4: High", 4),
        ("4/5", 4),
        ("4 out of 5", 4),
        ("3 – Moderate.", 3),
        ("almost certain", 5),
        ("VH", 5),
        ("60 %", 4),
        ("0.3", 3),
        ("L", 2),
    ],
)
def test_a_cell_that_says_a_level_is_read(cell: str, meant: int) -> None:
    assert level(cell, LIKELIHOODS) == meant


@pytest.mark.parametrize(
    "cell", ["", "6", "0", "5-10%", "5 - 10", "5 days", "1 in 100", "1/10", "2.5", "3,000", "3 months", "tbc", "4 or 5"]
)
def test_a_cell_that_says_something_else_is_no_level(cell: str) -> None:
    assert level(cell, LIKELIHOODS) is None
