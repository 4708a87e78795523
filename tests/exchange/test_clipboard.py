"""Rows to and from a workbook's clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_register.domain.errors import Refused
from risk_register.domain.text import clean
from risk_register.exchange.clipboard import as_html, as_text, read_rows
from tests.making import TEXTS


def test_cells_stand_between_tabs_and_keep_their_line_breaks() -> None:
    rows = [["Ref", "Title"], ["R-001", 'Two lines:\none "quoted", one\tnot']]
    assert as_text(rows) == 'Ref\tTitle\nR-001\t"Two lines:\none ""quoted"", one\tnot"'
    assert read_rows(as_text(rows)) == rows


@pytest.mark.parametrize("formula", ["=HYPERLINK(A1)", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)"])
def test_what_excel_would_run_is_shown_as_it_is(formula: str) -> None:
    assert as_text([["Title"], [formula]]) == f"Title\n'{formula}"
    assert "<td>&#x27;" in as_html([[formula]])
    assert read_rows(as_text([["Title"], [formula]])) == [["Title"], [formula]]


def test_a_negative_number_stays_a_number() -> None:
    assert as_text([["-4.5"]]) == "-4.5"


def test_a_line_break_of_a_cell_begins_no_row_in_excel() -> None:
    html = as_html([["a\nb <c>"]])
    assert html == '<table><tr><td>a<br style="mso-data-placement:same-cell">b &lt;c&gt;</td></tr></table>'


def test_what_excel_copies_is_read_and_empty_rows_are_left_out() -> None:
    assert read_rows('Ref\tTitle\r\nR-001\t"a\nb"\r\n\t\r\n') == [["Ref", "Title"], ["R-001", "a\nb"]]


@given(st.lists(st.lists(TEXTS.map(clean).filter(bool), min_size=2, max_size=2), max_size=4))
def test_what_is_copied_is_read_as_it_was(rows: list[list[str]]) -> None:
    assert read_rows(as_text(rows)) == [[cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@" and cell[1:2] else cell
                                         for cell in row] for row in rows]  # fmt: skip


def test_what_is_no_table_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match="Copy the rows in Excel once more"):
        read_rows(f'"{"x" * 200_000}')
