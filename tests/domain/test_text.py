import json
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_register.domain.text import clean, figures, fold, listed, long_day, one_line, plural, read_number, short_day


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("a\x00b\x0bc\x1fd", "abcd"),
        ("first\r\nsecond\rthird\u2028fourth", "first\nsecond\nthird\nfourth"),
        ("  R&D <b> =SUM(A1) ", "R&D <b> =SUM(A1)"),
        ("\ufeffrisk\uffff\ud800", "risk"),
        ("e\u0301", "é"),
        ("👩‍👧 tab\tstays", "👩‍👧 tab\tstays"),
    ],
)
def test_clean_keeps_what_people_write_and_drops_what_word_and_postgresql_refuse(given_text: str, kept: str) -> None:
    assert clean(given_text) == kept


@given(st.text())
def test_clean_text_is_a_fixed_point_that_utf8_and_json_take(text: str) -> None:
    kept = clean(text)
    assert clean(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert json.loads(json.dumps(kept).encode()) == kept
    kept.encode("utf-8")


@given(st.text())
def test_one_line_has_no_line_break(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


def test_words_for_numbers_lists_and_days() -> None:
    assert plural(1, "risk") == "1 risk"
    assert plural(2, "risk") == "2 risks"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert short_day(date(2026, 11, 4)) == "4 Nov 2026"
    assert short_day(None) == ""
    assert long_day(date(2026, 11, 4)) == "4 November 2026"
    assert fold("Ärger") == fold("ärger")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("45", "45"),
        ("45.50 %", "45.5"),
        ("£1,234.5", "1234.5"),
        ("-£3", "-3"),
        ("−3", "-3"),
        (".5", "0.5"),
        ("1,23", None),
        ("45,5", None),
        ("4 5", None),
        ("", None),
        ("-", None),
        ("1e5", None),
        ("n/a", None),
    ],
)
def test_a_number_is_read_as_people_write_it_in_britain(typed: str, number: str | None) -> None:
    assert read_number(typed) == (None if number is None else Decimal(number))


def test_a_number_is_shown_without_what_adds_nothing() -> None:
    assert figures(Decimal("1234567.50")) == "1,234,567.5"
    assert figures(Decimal("1E+3")) == "1,000"
    assert figures(Decimal(2) / 3, 1) == "0.7"
    assert figures(Decimal("-0.04"), 1) == "0"


@given(st.decimals(-(10**12), 10**12, places=6))
def test_a_number_that_is_shown_is_read_again(number: Decimal) -> None:
    assert read_number(figures(number)) == number
