"""Reading other people's workbooks: bounded in time and size, and every refusal a sentence."""

import csv
import io
import time
import warnings
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from risk_register.domain.errors import Refused, Unreachable
from risk_register.domain.text import clean

if TYPE_CHECKING:
    from openpyxl import Workbook

Sheet = list[list[str]]
"""Rows of cells as text; a date as 2026-11-24."""

MOST_BYTES, MOST_RATIO, MOST_PARTS = 200_000_000, 200, 2_000
MOST_ROWS, MOST_COLUMNS, MOST_SECONDS = 20_000, 200, 10.0


def read_workbook(path: Path) -> dict[str, Sheet]:
    """The sheets of an .xlsx, .xlsm or .csv file by name; empty rows at the end are left out.

    Raises Refused where it is no workbook or too large, Unreachable where it can't be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreachable(f"{path} can't be read: {error.strerror or error}.") from error
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return {path.stem: _read_csv(path, data)}
    _check_zip(path, data)
    try:
        return _read_xlsx(path, data)
    except Refused:
        raise
    except Exception as error:
        raise Refused(
            f"{path.name} is damaged or no workbook of Excel's, so nothing was imported ({type(error).__name__})."
        ) from error


def _check_zip(path: Path, data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            f"{path.name} is protected by a password, or of Excel before 2007. Save it without a password as .xlsx."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            sizes = [(part.file_size, part.compress_size) for part in parts.infolist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        words = data[:60].decode("utf-8", "replace").split("\n")[0].strip()
        hint = f" It begins with “{clean(words)[:40]}”, so it is a text file." if _is_text(data) else ""
        raise Refused(
            f"{path.name} is not a workbook, whatever its name says.{hint} Open it in Excel and save it as .xlsx."
        ) from None
    total = sum(size for size, _ in sizes)
    if (
        total > MOST_BYTES
        or len(sizes) > MOST_PARTS
        or any(size > MOST_RATIO * max(packed, 5000) for size, packed in sizes)
    ):
        raise Refused(
            f"{path.name} unpacks to {total / 1e6:,.0f} MB, more than a register has. Delete what is not needed, then save it again."
        )


def _is_text(data: bytes) -> bool:
    return b"\0" not in data[:1000]


def _read_xlsx(path: Path, data: bytes) -> dict[str, Sheet]:
    import openpyxl  # noqa: PLC0415  a fifth of a second

    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("openpyxl must read XML through defusedxml")
    end = time.monotonic() + MOST_SECONDS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl does not support is formatting, which is not read
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return _read_sheets(path, book, end)


def _read_sheets(path: Path, book: "Workbook", end: float) -> dict[str, Sheet]:
    sheets: dict[str, Sheet] = {}
    for sheet in book.worksheets:
        rows: Sheet = []
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
            if number > MOST_ROWS or time.monotonic() > end:
                raise Refused(
                    f"The sheet {sheet.title} of {path.name} has more rows than a register. Keep at most {MOST_ROWS:,}."
                )
            rows.append([_text(cell) for cell in row])
        sheets[sheet.title] = _trimmed(rows)
    return sheets


def _read_csv(path: Path, data: bytes) -> Sheet:
    text = ""
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "cp1252", "latin-1"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if "\0" in text:
        raise Refused(f"{path.name} is not text. If it is a workbook, give it its name ending .xlsx back.")
    try:
        form: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:8000], delimiters=",;\t|")
    except csv.Error:
        form = csv.excel
    try:
        rows = [[clean(cell) for cell in row[:MOST_COLUMNS]] for row in csv.reader(io.StringIO(text, newline=""), form)]
    except csv.Error as error:
        raise Refused(f"{path.name} can't be read as a table: {error}.") from error
    if len(rows) > MOST_ROWS:
        raise Refused(f"{path.name} has more rows than a register. Keep at most {MOST_ROWS:,}.")
    return _trimmed(rows)


def _trimmed(rows: Sheet) -> Sheet:
    while rows and not any(rows[-1]):
        rows.pop()
    wide = max((column + 1 for row in rows for column, cell in enumerate(row) if cell), default=0)
    return [(row + [""] * wide)[:wide] for row in rows]


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return clean(str(cell))
