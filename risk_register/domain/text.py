"""Text as people bring it in: cleaned once, at the edge."""

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

# Word's XML, PostgreSQL and openpyxl each refuse some of these (trust.md 4.1): C0 except tab and newline, DEL and C1,
# lone surrogates, the non-characters of every plane, and the byte-order mark.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def clean(text: str) -> str:
    """`text` as it is kept: composed (NFC), one kind of line break, no control characters, no space at either end."""
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _BREAKS.sub("\n", text))).strip()


def one_line(text: str) -> str:
    """`text` on one line: every run of white space becomes one space."""
    return " ".join(clean(text).split())


def shortened(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, cut at a word and with an ellipsis where it is longer."""
    return text if len(text) <= limit else f"{text[: limit - 2].rsplit(' ', 1)[0]} …"


def plural(number: int, one: str, many: str = "") -> str:
    """The number with its noun: `1 risk`, `3 risks`, `no risks`."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def listed(words: list[str]) -> str:
    """Words as a sentence lists them: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def fold(text: str) -> str:
    """`text` as searches compare it: no case, no accents, so that `cafe` finds `Café`."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


_DAYS = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d/%m/%y",
    "%d.%m.%y",
    "%d %b %Y",
    "%d %B %Y",
    "%d-%b-%y",
    "%d-%b-%Y",
)


def read_day(text: str) -> date | None:
    """The day that somebody wrote: `24/11/2026`, `24.11.26`, `24 Nov 2026`, or ISO 8601; None if it is none.

    Day first, as in Britain. Of a moment in ISO 8601 the day is taken.
    """
    words = one_line(text)
    words = words[:10] if re.match(r"\d{4}-\d\d-\d\d[T ]", words) else words
    for form in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(words, form).date()  # noqa: DTZ007  a day has no zone
    return None


def short_day(day: date | None) -> str:
    """A day as tables show it: `24 Nov 2026`."""
    return f"{day.day} {day:%b %Y}" if day else ""


def long_day(day: date) -> str:
    """A day as sentences say it: `24 November 2026`."""
    return f"{day.day} {day:%B %Y}"


_NUMBER = re.compile(r"([-+−–]?)(\d{1,3}(?:,\d{3})+|\d*)(\.\d+)?")


def read_number(text: str) -> Decimal | None:
    """The number that somebody wrote: `45`, `1,234.5`, `£3.20`, `45 %`; None if it is none. Exact, to the last digit."""
    words = one_line(text).strip("%£€ ").replace("£", "")
    found = _NUMBER.fullmatch(words)
    if not found or not (found[2] or found[3]):
        return None
    sign = "-" if found[1] in ("-", "−", "–") else ""  # minus signs as Word and Excel write them
    return Decimal(f"{sign}{found[2].replace(',', '') or 0}{found[3] or ''}")


def figures(value: Decimal, places: int = 6) -> str:
    """A number as people read it, to so many decimal places: `1,234.5`."""
    text = f"{round(value, places):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
