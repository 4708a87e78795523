"""Rows as workbooks copy and paste them: cells between tabs, rows on lines, quoted where a cell holds either."""

import csv
import io
from collections.abc import Iterable, Sequence
from html import escape

from risk_register.domain.errors import Refused
from risk_register.domain.text import clean, read_number

_FORMULA = tuple("=+-@")
"""What a workbook takes a cell for a formula by. Anybody may have written it in a title, and it would run with whoever
pastes it (OWASP, CSV injection)."""


def as_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as text that Excel pastes into cells; line breaks stay within their cell."""
    written = io.StringIO(newline="")
    csv.writer(written, csv.excel_tab, lineterminator="\n").writerows(
        [[_harmless(cell) for cell in row] for row in rows]
    )
    return written.getvalue().removesuffix("\n")


def as_html(rows: Iterable[Sequence[str]]) -> str:
    """Rows as a table that Word pastes, and Excel where it is offered both."""
    within = '<br style="mso-data-placement:same-cell">'  # Excel begins a new row at any other line break
    cells = ([escape(_harmless(cell)).replace("\n", within) for cell in row] for row in rows)
    made = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    return f"<table>{made}</table>"


def read_rows(text: str) -> list[list[str]]:
    """The cells of each row that was copied from a workbook, or by `as_text`; rows without any text are left out.

    Raises Refused where it is no table.
    """
    lines = csv.reader(io.StringIO(text, newline=""), csv.excel_tab)
    try:
        rows = [[_plain(clean(cell)) for cell in line] for line in lines]
    except csv.Error as error:
        raise Refused(
            f"What you copied can't be read as a table: {error}. Copy the rows in Excel once more."
        ) from error
    return [row for row in rows if any(row)]


def _harmless(cell: str) -> str:
    """A cell that is shown as it is: an apostrophe before what would be a formula. A number stays one."""
    return f"'{cell}" if cell.startswith(_FORMULA) and read_number(cell) is None else cell


def _plain(cell: str) -> str:
    """A cell without the apostrophe that made it harmless."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
