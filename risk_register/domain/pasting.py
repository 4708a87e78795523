"""Readings as they come from a workbook's cells: a day and a value on each line."""

from calendar import monthrange
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

from risk_register.domain.errors import Refused
from risk_register.domain.text import one_line, plural, read_day, read_number

_MONTHS = ("%b-%y", "%b %Y", "%B %Y", "%b-%Y", "%b %y", "%m/%Y", "%Y-%m")
_LONGEST = 3
"""So many words a day has: 30 Sep 2026."""


def read_readings(text: str) -> dict[date, Decimal]:
    """The value of each day in what was pasted: two columns of a workbook, or lines such as `30/09/2026  45`.

    A month stands for its last day. A heading on the first line and days without a value are passed over. Raises Refused,
    naming the line, where something else can't be read: then nothing is taken, so that nothing is missed unseen.
    """
    found: dict[date, Decimal] = {}
    lines = [line for line in text.splitlines() if line.strip()]
    for number, words in enumerate(lines, start=1):
        first, rest = _cells(words)
        day, value = _day(first), read_number(rest)
        if number == 1 and day is None and value is None:
            continue
        if day is None:
            raise Refused(f"Line {number}: “{first:.40}” is no date. Write it as 24/11/2026 or Nov 2026.", value=first)
        if not rest:
            continue
        if value is None:
            raise Refused(f"Line {number}: “{rest:.40}” is no number. Write it as 45 or 12.5.", value=rest)
        if found.get(day, value) != value:
            raise Refused(
                f"Line {number}: {day:%d/%m/%Y} has a value already in what you pasted. Leave one of them out."
            )
        found[day] = value
    if not found:
        raise Refused(f"There is no reading in {plural(len(lines), 'line')}. Give a date and a value on each line.")
    return found


def _cells(words: str) -> tuple[str, str]:
    """The first and the second cell of a line: between tabs, as workbooks copy; else the day it begins with, and the rest."""
    if "\t" in words:
        first, second, *_ = [one_line(cell) for cell in words.split("\t")]
        return first, second
    parts = words.split()
    for number in range(min(_LONGEST, len(parts)), 0, -1):
        first = " ".join(parts[:number]).rstrip(";,")
        if _day(first):
            return first, " ".join(parts[number:])
    return one_line(words), ""


def _day(words: str) -> date | None:
    day = read_day(words)
    if day is not None:
        return day
    for form in _MONTHS:
        with suppress(ValueError):
            month = datetime.strptime(words, form)  # noqa: DTZ007  a day has no zone
            return date(month.year, month.month, monthrange(month.year, month.month)[1])
    return None
